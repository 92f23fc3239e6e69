-- Offers, their places by date, who stays in them from when until when, and totals of every day that follow from it (CAP-1, CAP-2, CAP-9).
-- Days are days of the operator's zone. Every period is half open: its first day is in it, its last day is not.
create schema capacity;

-- What differs by jurisdiction, as its pack says.
create table capacity.setting (
  pack text primary key references packs.pack,
  -- a municipality that referred somebody within so many months counts as affected
  referred_months smallint not null check (referred_months between 0 and 60),
  -- after so many days without a report an offer is marked as stale (CAP-9)
  stale_days smallint not null check (stale_days between 1 and 366),
  -- numbers of people below this are not told (INS-5)
  threshold smallint not null check (threshold between 1 and 100),
  -- the paragraphs by which offers are made, in the order in which they are listed
  paragraphs jsonb not null
);

create table capacity.offer (
  id uuid primary key default uuidv7(),
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 120),
  pack text not null references capacity.setting,
  names jsonb not null,
  -- houses have one name, seldom translated: lists are sorted by it
  sort_name text collate "und-x-icu" not null generated always as (coalesce(names->>'da', names->>'uk', names->>'de', names->>'en')) stored,
  description jsonb,
  -- the municipality, region or provider that runs it
  organisation_id uuid not null references access.organisation,
  -- its card in the directory, where it has one
  service_id uuid references directory.service,
  -- code of a paragraph of its pack
  paragraph text not null,
  -- terms of the taxonomy, each with those above it
  target_groups text[] not null,
  area text not null references access.area,
  place_name text check (length(place_name) between 1 and 300),
  longitude double precision check (longitude between -180 and 180),
  latitude double precision check (latitude between -90 and 90),
  opened date not null,
  -- the first day on which it is closed
  closed date check (closed > opened),
  example boolean not null default false,
  -- when somebody last said how it stands
  reported_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  check ((longitude is null) = (latitude is null))
);
create index offer_pack on capacity.offer (pack, sort_name, id);
create index offer_target_groups on capacity.offer using gin (target_groups);
create index offer_organisation on capacity.offer (organisation_id);
create index offer_service on capacity.offer (service_id) where service_id is not null;
create index offer_area on capacity.offer (area);

-- Approved and open places by date. Written by capacity.change_places alone.
create table capacity.places (
  id uuid primary key default uuidv7(),
  offer_id uuid not null references capacity.offer,
  during daterange not null check (not isempty(during) and not lower_inf(during)),
  approved integer not null check (approved between 0 and 5000),
  -- of those, so many can be used
  open integer not null check (open >= 0),
  reason text not null check (length(reason) between 3 and 1000),
  -- the adjustment that carries the number, where one was needed (CAP-3)
  adjustment_id uuid,
  changed_at timestamptz not null default now(),
  check (open <= approved),
  constraint places_one_at_a_time exclude using gist (offer_id with =, during with &&)
);

-- People at work, in full-time posts, by date.
create table capacity.staffing (
  id uuid primary key default uuidv7(),
  offer_id uuid not null references capacity.offer,
  during daterange not null check (not isempty(during) and not lower_inf(during)),
  posts numeric(8, 2) not null check (posts >= 0),
  constraint staffing_one_at_a_time exclude using gist (offer_id with =, during with &&)
);

-- A single place: a room, a flat, a chair in a workshop.
create table capacity.place (
  id uuid primary key default uuidv7(),
  offer_id uuid not null references capacity.offer,
  label text not null check (length(label) between 1 and 40),
  -- its number among the places of the offer
  position integer not null check (position > 0),
  unique (offer_id, label),
  unique (offer_id, position),
  unique (id, offer_id)
);

-- Who is where, from when until when. Never a name: the key is a sign that means something to the operator alone.
create table capacity.stay (
  id uuid primary key default uuidv7(),
  offer_id uuid not null references capacity.offer,
  place_id uuid not null,
  -- who referred the person and pays
  municipality_id uuid not null references access.organisation,
  person_key text not null
    -- no name, and no number that a state gives: ten digits in a row are one
    check (person_key ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$' and person_key ~ '[0-9]' and regexp_replace(person_key, '[._-]', '', 'g') !~ '[0-9]{9}'),
  during daterange not null check (not isempty(during) and not lower_inf(during)),
  -- why somebody stays although all approved places are taken
  over_reason text check (length(over_reason) between 3 and 500),
  -- why its days were changed: of the statement that changes them, kept in capacity.stay_change
  change_reason text check (length(change_reason) between 3 and 500),
  reported_at timestamptz not null default now(),
  -- told by the database alone: a stay that was entered by mistake is withdrawn soon, or never
  entered_at timestamptz not null default now(),
  foreign key (place_id, offer_id) references capacity.place (id, offer_id),
  constraint stay_one_person_a_place exclude using gist (place_id with =, during with &&),
  constraint stay_one_place_a_person exclude using gist (offer_id with =, person_key with =, during with &&)
);
create index stay_offer on capacity.stay (offer_id);
create index stay_municipality on capacity.stay (municipality_id, offer_id);

-- What the days of a stay were before somebody changed them, and why. Written by the trigger alone.
create table capacity.stay_change (
  id uuid primary key default uuidv7(),
  stay_id uuid not null references capacity.stay on delete cascade,
  former daterange not null,
  during daterange not null,
  reason text,
  changed_by uuid references access.account,
  changed_at timestamptz not null default now()
);
create index stay_change_stay on capacity.stay_change (stay_id, id);
create index stay_change_changed_by on capacity.stay_change (changed_by) where changed_by is not null;

create table capacity.waiting (
  id uuid primary key default uuidv7(),
  offer_id uuid not null references capacity.offer,
  municipality_id uuid not null references access.organisation,
  person_key text not null
    check (person_key ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$' and person_key ~ '[0-9]' and regexp_replace(person_key, '[._-]', '', 'g') !~ '[0-9]{9}'),
  during daterange not null check (not isempty(during) and not lower_inf(during)),
  ended text check (ended in ('moved-in', 'elsewhere', 'no-longer-needed', 'declined')),
  reported_at timestamptz not null default now(),
  check ((ended is null) = upper_inf(during)),
  constraint waiting_once exclude using gist (offer_id with =, person_key with =, during with &&)
);
create index waiting_offer on capacity.waiting (offer_id);
create index waiting_municipality on capacity.waiting (municipality_id, offer_id);

-- A municipality asked for a place on that day. Not for whom.
create table capacity.referral (
  id uuid primary key default uuidv7(),
  offer_id uuid not null references capacity.offer,
  municipality_id uuid not null references access.organisation,
  referred_on date not null
);
create index referral_offer on capacity.referral (offer_id, referred_on);
create index referral_municipality on capacity.referral (municipality_id, offer_id);

-- How every day of an offer stands: one row for all days in a row that stand alike. Follows from stays, places and waiting, in the same
-- transaction; nobody writes it. Days on which nothing is counted have no row.
create table capacity.day_total (
  offer_id uuid not null references capacity.offer,
  from_day date not null,
  until_day date not null check (until_day > from_day),
  approved integer not null,
  open integer not null,
  occupied integer not null check (occupied >= 0),
  over integer not null generated always as (greatest(occupied - approved, 0)) stored,
  free integer not null generated always as (greatest(open - occupied, 0)) stored,
  waiting integer not null,
  primary key (offer_id, from_day)
);
-- History ends in the past: what stands today is found among the few rows that have not ended.
create index day_total_standing on capacity.day_total (until_day, from_day);
create index day_total_over on capacity.day_total (offer_id) where over > 0;

create type capacity.offer_days as (offer_id uuid, during daterange);

-- Counts anew what was changed. Whole rows that touch it are counted with it, so that alike days stay in one row.
create function capacity.recount(changed capacity.offer_days[]) returns void
  language plpgsql volatile security definer set search_path = '' as $$
declare
  pieces capacity.offer_days[];
begin
  -- Changes of one offer wait for each other here; always in the same order.
  perform from capacity.offer o where o.id in (select c.offer_id from unnest(changed) c) order by o.id for no key update;
  select array_agg((wide.offer_id, daterange(wide.from_day, wide.until_day))::capacity.offer_days) into pieces from (
    select c.offer_id,
      least(lower(c.during), min(t.from_day)) as from_day,
      greatest(coalesce(upper(c.during), 'infinity'), max(t.until_day)) as until_day
    from (select u.offer_id, range_merge(range_agg(u.during)) as during from unnest(changed) u group by u.offer_id) c
    left join capacity.day_total t
      on t.offer_id = c.offer_id and t.until_day >= lower(c.during) and t.from_day <= coalesce(upper(c.during), 'infinity')
    group by c.offer_id, c.during) wide;
  delete from capacity.day_total t using unnest(pieces) p
    where t.offer_id = p.offer_id and t.from_day >= lower(p.during) and t.from_day < upper(p.during);
  insert into capacity.day_total (offer_id, from_day, until_day, approved, open, occupied, waiting)
    with counted as (
      select p.offer_id, step.day, sum(known.approved * step.sign) as approved, sum(known.open * step.sign) as open,
        sum(known.occupied * step.sign) as occupied, sum(known.waiting * step.sign) as waiting
      from unnest(pieces) p
      -- offset 0: for few offers the indexes are asked, whatever the planner thinks of the array
      cross join lateral (
        select n.during, n.approved, n.open, 0 as occupied, 0 as waiting from capacity.places n where n.offer_id = p.offer_id and n.during && p.during
        union all
        select s.during, 0, 0, 1, 0 from capacity.stay s where s.offer_id = p.offer_id and s.during && p.during
        union all
        select w.during, 0, 0, 0, 1 from capacity.waiting w where w.offer_id = p.offer_id and w.during && p.during
        offset 0) known
      cross join lateral (values (greatest(lower(known.during), lower(p.during)), 1),
        (least(coalesce(upper(known.during), 'infinity'), upper(p.during)), -1)) step (day, sign)
      group by p.offer_id, step.day),
    running as (
      select c.offer_id, c.day, lead(c.day) over days as next_day, sum(c.approved) over days as approved, sum(c.open) over days as open,
        sum(c.occupied) over days as occupied, sum(c.waiting) over days as waiting
      from counted c where c.approved <> 0 or c.open <> 0 or c.occupied <> 0 or c.waiting <> 0
      window days as (partition by c.offer_id order by c.day))
    select r.offer_id, r.day, r.next_day, r.approved, r.open, r.occupied, r.waiting from running r
    where r.approved > 0 or r.open > 0 or r.occupied > 0 or r.waiting > 0;
end $$;

-- More people than approved places: only with a reason. Asked about the days that a stay has gained.
create function capacity.require_reason(offer uuid, gained datemultirange) returns void
  language plpgsql stable security definer set search_path = '' as $$
declare
  full_day date;
begin
  select greatest(t.from_day, lower(gained)) into full_day from capacity.day_total t
    where t.offer_id = offer and t.over > 0 and gained && daterange(t.from_day, t.until_day) order by t.from_day limit 1;
  if full_day is not null then
    raise exception 'all approved places are taken around %: a stay beyond them needs a reason', full_day
      using errcode = '23514', constraint = 'stay_over_needs_reason';
  end if;
end $$;

create function capacity.stays_added() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform capacity.recount(array(select (n.offer_id, n.during)::capacity.offer_days from added n));
  perform capacity.require_reason(n.offer_id, datemultirange(n.during)) from added n
    where n.over_reason is null and exists (select from capacity.day_total t where t.offer_id = n.offer_id and t.over > 0);
  return null;
end $$;
create function capacity.stays_changed() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform capacity.recount(array(
    select (n.offer_id, range_merge(datemultirange(n.during) - datemultirange(o.during) + (datemultirange(o.during) - datemultirange(n.during))))::capacity.offer_days
    from changed n join former o on o.id = n.id where n.during <> o.during));
  -- a reason that is taken away was needed on all of the days
  perform capacity.require_reason(n.offer_id, case when o.over_reason is null then datemultirange(n.during) - datemultirange(o.during) else datemultirange(n.during) end)
    from changed n join former o on o.id = n.id where n.over_reason is null and (n.during <> o.during or o.over_reason is not null);
  return null;
end $$;
create function capacity.places_changed() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  -- rare, and few: what they spanned before and after is counted whole
  perform capacity.recount(array(
    select (n.offer_id, n.during)::capacity.offer_days from changed n union all select (o.offer_id, o.during)::capacity.offer_days from former o));
  return null;
end $$;
create function capacity.waiting_changed() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform capacity.recount(array(
    select (n.offer_id, range_merge(datemultirange(n.during) - datemultirange(o.during) + (datemultirange(o.during) - datemultirange(n.during))))::capacity.offer_days
    from changed n join former o on o.id = n.id where n.during <> o.during));
  return null;
end $$;
create function capacity.periods_added() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform capacity.recount(array(select (n.offer_id, n.during)::capacity.offer_days from added n));
  return null;
end $$;
create function capacity.periods_removed() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform capacity.recount(array(select (o.offer_id, o.during)::capacity.offer_days from former o));
  return null;
end $$;
-- Who stayed is not unmade: days that change leave what they were.
create function capacity.keep_stay_change() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.during <> old.during then
    insert into capacity.stay_change (stay_id, former, during, reason, changed_by)
      values (old.id, old.during, new.during, new.change_reason, access.actor());
  end if;
  new.change_reason := null;
  return new;
end $$;
create trigger stay_change_kept before update on capacity.stay for each row execute function capacity.keep_stay_change();

create trigger stay_added after insert on capacity.stay referencing new table as added
  for each statement execute function capacity.stays_added();
create trigger stay_changed after update on capacity.stay referencing old table as former new table as changed
  for each statement execute function capacity.stays_changed();
create trigger stay_removed after delete on capacity.stay referencing old table as former
  for each statement execute function capacity.periods_removed();
create trigger waiting_added after insert on capacity.waiting referencing new table as added
  for each statement execute function capacity.periods_added();
create trigger waiting_changed after update on capacity.waiting referencing old table as former new table as changed
  for each statement execute function capacity.waiting_changed();
create trigger waiting_removed after delete on capacity.waiting referencing old table as former
  for each statement execute function capacity.periods_removed();
create trigger places_added after insert on capacity.places referencing new table as added
  for each statement execute function capacity.periods_added();
create trigger places_changed after update on capacity.places referencing old table as former new table as changed
  for each statement execute function capacity.places_changed();
create trigger places_removed after delete on capacity.places referencing old table as former
  for each statement execute function capacity.periods_removed();

-- Organisations in which the actor holds one of these roles. A person reads their own memberships, so this needs no rights of its owner.
create function capacity.works_in(roles text[]) returns setof uuid language sql stable parallel safe set search_path = ''
  as $$ select m.organisation_id from access.membership m
        where m.account_id = access.actor() and m.role = any (roles) and m.since <= now() and (m.until is null or m.until > now()) $$;

-- Offers whose places and stays the actor reports.
create function capacity.own_offers() returns setof uuid language sql stable parallel safe set search_path = ''
  as $$ select o.id from capacity.offer o where o.organisation_id in (select capacity.works_in('{provider}')) $$;

-- Municipalities and other authorities whose referrals the actor knows.
create function capacity.own_municipalities() returns setof uuid language sql stable parallel safe set search_path = ''
  as $$ select capacity.works_in('{case_worker,team_lead,economist}') $$;

-- CAP-2, CAP-3: municipalities affected by an offer: people of theirs live there in that time, wait for it, or were referred to it in the
-- last months before. Never how many. The operator is none of them.
create function capacity.users_of(offer uuid, from_day date, until_day date)
  returns table (municipality_id uuid, residents boolean, waiting boolean, referred boolean)
  language sql stable parallel safe security definer set search_path = '' as $$
    with known as (
      select s.municipality_id as id, 1 as way from capacity.stay s where s.offer_id = offer and s.during && daterange(from_day, until_day)
      union all
      select w.municipality_id, 2 from capacity.waiting w where w.offer_id = offer and w.during && daterange(from_day, until_day)
      union all
      select r.municipality_id, 3 from capacity.referral r join capacity.offer o on o.id = r.offer_id join capacity.setting t on t.pack = o.pack
        where r.offer_id = offer and r.referred_on < until_day and r.referred_on >= from_day - make_interval(months => t.referred_months))
    select known.id, bool_or(way = 1), bool_or(way = 2), bool_or(way = 3) from known
      join capacity.offer o on o.id = offer where known.id <> o.organisation_id group by known.id $$;

-- CAP-2: a public offer in which somebody of another municipality lives on that day, or did in the last months before: a proposal for the annex.
create function capacity.used_by_others(offer uuid, day date) returns boolean
  language sql stable parallel safe security definer set search_path = '' as $$
    select exists (select from capacity.offer o join access.organisation own on own.id = o.organisation_id join capacity.setting t on t.pack = o.pack
      join capacity.stay s on s.offer_id = o.id
      where o.id = offer and own.kind = 'public' and s.municipality_id <> o.organisation_id
        and s.during && daterange((day - make_interval(months => t.referred_months))::date, day + 1)) $$;

-- CAP-2: does the annex of the framework agreement in force on that day name the offer? Null where no agreement of its region was in force.
-- An amendment in force stands before the agreement that it changes; each offer may have days of its own.
create function capacity.annex_names(offer uuid, day date) returns boolean
  language sql stable security definer set search_path = '' as $$
    select exists (select from jsonb_array_elements(annex.offers) named where named ->> 'offer' = o.slug
      and coalesce((named ->> 'since')::date, day) <= day and coalesce((named ->> 'until')::date, day) >= day)
    from capacity.offer o cross join lateral (
      select v.offers from governance.framework_agreement a
        join governance.framework_text t on t.agreement_id = a.id and t.round = a.round and t.purpose = 'agreement'
        cross join lateral jsonb_array_elements(t.versions) n join governance.framework_version v on v.id = (n.value ->> 'id')::uuid
      where a.pack = o.pack and a.in_force_on <= day and coalesce(a.ended_on, a.until) >= day and governance.framework_part(a, v.part) ->> 'kind' = 'offers'
      order by a.in_force_on desc, (a.amends is not null) desc, a.id desc limit 1) annex
    where o.id = offer $$;

-- CAP-2: is the offer in scope of the framework agreement on that day? The annex decides; where none is in force, the proposal stands in for it.
create function capacity.is_in_scope(offer uuid, day date) returns boolean
  language sql stable security definer set search_path = '' as $$
    select coalesce(capacity.annex_names(offer, day), capacity.used_by_others(offer, day)) $$;

-- CAP-3: is a change of places from that day on one of an offer in scope? The annex of that day decides, also where it is another than today's. Where none is
-- in force then, use proposes it, on that day or today: that all who live there will have left by then is no way round.
create function capacity.change_in_scope(offer uuid, day date, today date) returns boolean
  language sql stable security definer set search_path = '' as $$
    select coalesce(capacity.annex_names(offer, day), capacity.used_by_others(offer, day) or capacity.used_by_others(offer, today)) $$;

-- CAP-3: does this adjustment carry that number of places from that day? As long as nothing knows of adjustments, none does.
create function capacity.adjustment_carries(adjustment uuid, offer uuid, from_day date, approved integer) returns boolean
  language sql stable security definer set search_path = '' as $$ select false $$;

-- The day it is in a region.
create function capacity.today_of(region text) returns date language sql stable set search_path = ''
  as $$ select (now() at time zone coalesce(p.manifest ->> 'timeZone', 'UTC'))::date from packs.pack p where p.id = region $$;

-- CAP-3: fewer than half of the approved places open is closing for a time: it needs a last day, and all such days together are at most so many of
-- any 365. Longer is an end, and an end takes the way of an adjustment.
create function capacity.paused(approved integer, open integer) returns boolean language sql immutable parallel safe set search_path = ''
  as $$ select open * 2 < approved $$;
create function capacity.most_paused_days() returns integer language sql immutable parallel safe set search_path = '' as $$ select 90 $$;

-- The most days in any 365 that an offer is closed for a time, of those that end after a day; null where a closing has no last day.
create function capacity.paused_days(offer uuid, day date) returns integer language sql stable security definer set search_path = ''
  as $$ with closed as (select p.during from capacity.places p where p.offer_id = offer and capacity.paused(p.approved, p.open))
        select case when not coalesce(bool_or(upper_inf(ends.during)), false) then coalesce(max((
          select sum(least(upper(c.during), upper(ends.during)) - greatest(lower(c.during), upper(ends.during) - 365))
          from closed c where c.during && daterange(upper(ends.during) - 365, upper(ends.during)))), 0)::integer end
        from closed ends where upper_inf(ends.during) or upper(ends.during) > day $$;

-- The only way to another number of places: from that day until the next change that is known already, or until a day from which all is as before.
create function capacity.change_places(offer uuid, from_day date, approved integer, open integer, reason text, adjustment uuid default null,
    until_day date default null)
  returns uuid language plpgsql volatile security definer set search_path = '' as $$
declare
  subject capacity.offer%rowtype;
  current capacity.places%rowtype;
  made uuid;
  today date;
  in_scope boolean;
  reach daterange;
begin
  select * into subject from capacity.offer o where o.id = offer for no key update;
  if subject.id is null then
    raise exception 'there is no such offer' using errcode = '42501';
  end if;
  if access.purpose() is distinct from 'administration' and adjustment is null and not exists (select from capacity.own_offers() o where o = offer) then
    raise exception 'only its operator changes the places of an offer' using errcode = '42501';
  end if;
  if from_day < subject.opened then
    raise exception 'the offer opens later' using errcode = '23514', constraint = 'places_after_opening';
  end if;
  select * into current from capacity.places p where p.offer_id = offer and p.during @> from_day;
  -- an adjustment carries its places once, when it comes into force
  if adjustment is not null and (pg_trigger_depth() = 0 or not capacity.adjustment_carries(adjustment, offer, from_day, approved)) then
    raise exception 'this adjustment does not carry that number of places' using errcode = '42501';
  end if;
  -- a number that is said to hold since before somebody used the offer holds for those who use it today
  today := capacity.today_of(subject.pack);
  in_scope := capacity.change_in_scope(offer, from_day, today) or capacity.change_in_scope(offer, greatest(from_day, today), today);
  -- history that comes with an offer, in the transaction that registers it, was settled before
  if adjustment is null and current.id is not null and current.approved <> approved
      and not (access.purpose() = 'administration' and subject.created_at = now())
      and in_scope then
    raise exception 'approved places of an offer in scope of the framework agreement change through an adjustment' using errcode = '42501';
  end if;
  if current.id is not null and lower(current.during) = from_day then
    update capacity.places p set approved = change_places.approved, open = change_places.open, reason = change_places.reason,
      adjustment_id = change_places.adjustment, changed_at = now() where p.id = current.id;
    made := current.id;
  else
    update capacity.places p set during = daterange(lower(p.during), from_day) where p.id = current.id;
    insert into capacity.places (offer_id, during, approved, open, reason, adjustment_id)
      values (offer, daterange(from_day, coalesce(upper(current.during),
        (select min(lower(p.during)) from capacity.places p where p.offer_id = offer and lower(p.during) > from_day))),
        approved, open, reason, adjustment)
      returning id into made;
  end if;
  if until_day is not null then
    select p.during into reach from capacity.places p where p.id = made;
    if until_day <= from_day or current.id is null or not coalesce(until_day <= upper(reach), true) then
      raise exception 'places change for a time that ends before the next change' using errcode = '23514', constraint = 'places_until';
    end if;
    if until_day is distinct from upper(reach) then
      update capacity.places p set during = daterange(from_day, until_day) where p.id = made;
      insert into capacity.places (offer_id, during, approved, open, reason, adjustment_id)
        values (offer, daterange(until_day, upper(reach)), current.approved, current.open, current.reason, current.adjustment_id);
    end if;
  end if;
  if adjustment is not null and current.id is not null then
    -- what was known for later days follows: an adjustment is not undone by the end of a closing for a time
    update capacity.places p set approved = greatest(p.approved + change_places.approved - current.approved, 0),
      open = least(p.open + greatest(change_places.approved - current.approved, 0), greatest(p.approved + change_places.approved - current.approved, 0))
      where p.offer_id = change_places.offer and lower(p.during) > from_day;
  elsif adjustment is null and in_scope and capacity.paused(approved, open)
      and not (access.purpose() = 'administration' and subject.created_at = now())
      and coalesce(capacity.paused_days(offer, from_day) > capacity.most_paused_days(), true) then
    raise exception 'an offer in scope closes for a time only with its last day, and for at most % days in a year', capacity.most_paused_days()
      using errcode = '42501', constraint = 'places_pause';
  end if;
  insert into capacity.place (offer_id, label, position)
    select offer, n::text, n from generate_series(1, approved) n
    where not exists (select from capacity.place p where p.offer_id = offer and (p.position = n or p.label = n::text))
    on conflict do nothing;
  return made;
end $$;

-- The end of an offer: no places from that day, by the same rules.
create function capacity.close_offer(offer uuid, from_day date, reason text, adjustment uuid default null) returns void
  language plpgsql volatile security definer set search_path = '' as $$
begin
  perform capacity.change_places(offer, from_day, 0, 0, reason, adjustment);
  -- what was planned for later has no offer any more
  delete from capacity.places p where p.offer_id = offer and lower(p.during) > from_day;
  update capacity.places p set during = daterange(lower(p.during), null) where p.offer_id = offer and lower(p.during) = from_day;
  update capacity.offer o set closed = from_day, version = o.version + 1 where o.id = offer;
end $$;

alter table capacity.setting enable row level security;
alter table capacity.setting force row level security;
create policy setting_read on capacity.setting for select to linden_program using (true);
create policy setting_write on capacity.setting for all to linden_program
  using (access.purpose() = 'administration') with check (access.purpose() = 'administration');

alter table capacity.offer enable row level security;
alter table capacity.offer force row level security;
create policy offer_read on capacity.offer for select to linden_program using (true);
create policy offer_add on capacity.offer for insert to linden_program
  with check (access.purpose() = 'administration' or organisation_id in (select capacity.works_in('{provider}')));
create policy offer_change on capacity.offer for update to linden_program
  using (access.purpose() = 'administration' or organisation_id in (select capacity.works_in('{provider}')));

alter table capacity.places enable row level security;
alter table capacity.places force row level security;
create policy places_read on capacity.places for select to linden_program using (true);

alter table capacity.staffing enable row level security;
alter table capacity.staffing force row level security;
create policy staffing_read on capacity.staffing for select to linden_program using (true);
create policy staffing_write on capacity.staffing for all to linden_program
  using (access.purpose() = 'administration' or offer_id in (select capacity.own_offers()))
  with check (access.purpose() = 'administration' or offer_id in (select capacity.own_offers()));

alter table capacity.place enable row level security;
alter table capacity.place force row level security;
create policy place_read on capacity.place for select to linden_program using (true);
create policy place_write on capacity.place for insert to linden_program
  with check (access.purpose() = 'administration' or offer_id in (select capacity.own_offers()));

-- The operator's own people report stays. Who referred and pays sees its own. Nobody else sees any.
alter table capacity.stay enable row level security;
alter table capacity.stay force row level security;
create policy stay_read on capacity.stay for select to linden_program
  using (access.purpose() = 'administration' or offer_id in (select capacity.own_offers()) or municipality_id in (select capacity.own_municipalities()));
create policy stay_report on capacity.stay for insert to linden_program
  with check ((access.purpose() = 'administration' or offer_id in (select capacity.own_offers()))
    and municipality_id in (select o.id from access.organisation o where o.kind = 'public'));
create policy stay_change on capacity.stay for update to linden_program
  using (access.purpose() = 'administration' or offer_id in (select capacity.own_offers()));
create policy stay_withdraw on capacity.stay for delete to linden_program
  using (access.purpose() = 'administration' or offer_id in (select capacity.own_offers()));

alter table capacity.stay_change enable row level security;
alter table capacity.stay_change force row level security;
create policy stay_change_read on capacity.stay_change for select to linden_program
  using (exists (select from capacity.stay s where s.id = stay_id));

alter table capacity.waiting enable row level security;
alter table capacity.waiting force row level security;
create policy waiting_read on capacity.waiting for select to linden_program
  using (access.purpose() = 'administration' or offer_id in (select capacity.own_offers()) or municipality_id in (select capacity.own_municipalities()));
create policy waiting_add on capacity.waiting for insert to linden_program
  with check ((access.purpose() = 'administration' or offer_id in (select capacity.own_offers()) or municipality_id in (select capacity.works_in('{case_worker,team_lead}')))
    and municipality_id in (select o.id from access.organisation o where o.kind = 'public'));
create policy waiting_change on capacity.waiting for update to linden_program
  using (access.purpose() = 'administration' or offer_id in (select capacity.own_offers()) or municipality_id in (select capacity.works_in('{case_worker,team_lead}')));

alter table capacity.referral enable row level security;
alter table capacity.referral force row level security;
create policy referral_read on capacity.referral for select to linden_program
  using (access.purpose() = 'administration' or offer_id in (select capacity.own_offers()) or municipality_id in (select capacity.own_municipalities()));
create policy referral_add on capacity.referral for insert to linden_program
  with check ((access.purpose() = 'administration' or offer_id in (select capacity.own_offers()) or municipality_id in (select capacity.works_in('{case_worker,team_lead}')))
    and municipality_id in (select o.id from access.organisation o where o.kind = 'public'));

-- INS-5: how many wait for these offers on a day, as it is told to everybody: nobody, 1 in place of any number below the threshold, or a multiple of it.
create function capacity.waiting_told(offers uuid[], day date) returns integer
  language sql stable parallel safe security definer set search_path = '' as $$
    select case when coalesce(known.people, 0) = 0 then 0 when known.people < known.threshold then 1
        else (floor(known.people::numeric / known.threshold + 0.5) * known.threshold)::integer end
    from (select sum(t.waiting) as people, max(s.threshold)::integer as threshold from unnest(offers) asked (id)
      join capacity.offer o on o.id = asked.id join capacity.setting s on s.pack = o.pack
      -- the one row of that day, found at once however long the years before it are
      cross join lateral (select l.waiting, l.until_day from capacity.day_total l where l.offer_id = asked.id and l.from_day <= day
        order by l.from_day desc limit 1) t
      where t.until_day > day) known $$;

-- Totals are public, but for how many wait; they follow from the rest, and no policy lets anybody write them.
alter table capacity.day_total enable row level security;
alter table capacity.day_total force row level security;
create policy day_total_read on capacity.day_total for select to linden_program using (true);

revoke all on all functions in schema capacity from public;
grant usage on schema capacity to linden_program;
grant select, insert, update on capacity.setting to linden_program;
grant select, insert on capacity.offer to linden_program;
-- An offer keeps its address, its pack, its operator and its first day. It is closed by capacity.close_offer alone.
grant update (names, description, service_id, paragraph, target_groups, area, place_name, longitude, latitude, reported_at, version)
  on capacity.offer to linden_program;
grant select on capacity.places to linden_program;
-- How many wait is told by capacity.waiting_told, which rounds; the lists themselves are read by whoever reports or refers.
grant select (offer_id, from_day, until_day, approved, open, occupied, over, free) on capacity.day_total to linden_program;
grant select, insert, update on capacity.staffing to linden_program;
grant select, insert on capacity.place to linden_program;
-- Of a stay its days and the reason change; a stay that never was is withdrawn.
grant select, delete on capacity.stay to linden_program;
grant insert (offer_id, place_id, municipality_id, person_key, during, over_reason, reported_at) on capacity.stay to linden_program;
grant update (during, over_reason, change_reason, reported_at) on capacity.stay to linden_program;
grant select on capacity.stay_change to linden_program;
grant select, insert on capacity.waiting, capacity.referral to linden_program;
grant update (during, ended, reported_at) on capacity.waiting to linden_program;
grant execute on function capacity.waiting_told, capacity.works_in, capacity.own_offers, capacity.own_municipalities, capacity.users_of, capacity.used_by_others,
  capacity.annex_names, capacity.is_in_scope, capacity.change_in_scope, capacity.change_places, capacity.close_offer to linden_program;

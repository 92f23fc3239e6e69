-- Supply and demand (CAP-7): needs that no offer met, how municipalities rate supply, and what was needed year by year.

-- Languages in which staff of an offer can speak with people (BCP 47). None: nobody has said.
alter table capacity.offer add column languages text[] not null default '{}'
  check (array_position(languages, null) is null and cardinality(languages) <= 40);
grant update (languages) on capacity.offer to linden_program;

-- One row is one need of one person, who is named nowhere. Cases, officers and the API report it.
create table capacity.unmet_need (
  id uuid primary key default uuidv7(),
  municipality_id uuid not null references access.organisation,
  -- a term of the taxonomy
  target_group text not null check (target_group ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(target_group) <= 120),
  reason text not null check (reason in ('no-offer', 'no-place', 'too-far', 'too-late', 'language', 'other')),
  needed_on date not null,
  -- a sign of whoever reports, so that one need counts once; never a name
  source_key text check (source_key ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$'),
  reported_at timestamptz not null default now(),
  unique (municipality_id, source_key)
);
create index unmet_need_group on capacity.unmet_need (target_group, needed_on);

-- How a municipality finds that supply fits demand in a year: 1 far too little, 3 fits, 5 far too much. A statement of an authority, and public.
create table capacity.rating (
  municipality_id uuid not null references access.organisation,
  target_group text not null check (target_group ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(target_group) <= 120),
  year smallint not null check (year between 2000 and 2100),
  rating smallint not null check (rating between 1 and 5),
  -- what is missing, in the words of the municipality
  words text check (length(words) between 3 and 2000),
  version integer not null default 1,
  rated_at timestamptz not null default now(),
  primary key (municipality_id, target_group, year),
  constraint rating_too_little_needs_words check (rating > 2 or words is not null)
);
create index rating_group on capacity.rating (target_group, year);

-- Days of places, of stays and of waiting in each year up to yesterday, made every night from the totals of days.
create table capacity.year_demand (
  offer_id uuid not null references capacity.offer,
  year smallint not null,
  -- days of the year that are counted here: all of them, once it is over
  days smallint not null check (days between 1 and 366),
  approved_days bigint not null,
  occupied_days bigint not null,
  waiting_days bigint not null,
  primary key (offer_id, year)
);

create function capacity.refresh_years(today date) returns integer
  language plpgsql volatile security definer set search_path = '' as $$
declare
  made integer;
begin
  if access.purpose() <> 'capacity' then
    raise exception 'years are counted by the job that does it every night' using errcode = '42501';
  end if;
  delete from capacity.year_demand;
  insert into capacity.year_demand (offer_id, year, days, approved_days, occupied_days, waiting_days)
    select t.offer_id, y.year, least(y.next, today) - y.first, sum(t.approved * part.days), sum(t.occupied * part.days), sum(t.waiting * part.days)
    from capacity.day_total t
    cross join lateral generate_series(extract(year from t.from_day)::integer, extract(year from least(t.until_day, today) - 1)::integer) as years (year)
    cross join lateral (select years.year, make_date(years.year, 1, 1) as first, make_date(years.year + 1, 1, 1) as next) y
    cross join lateral (select least(t.until_day, y.next, today) - greatest(t.from_day, y.first) as days) part
    where t.from_day < today and part.days > 0
    group by t.offer_id, y.year, y.first, y.next;
  get diagnostics made = row_count;
  return made;
end $$;

-- Whole places that were used or waited for on an average day of each year that is over, by target group. Occupancy is public, so that demand of few offers
-- would tell how long one person waited: a year is told where at least the threshold of offers are in it (INS-5).
create function capacity.demand_told(region text) returns table (target_group text, year smallint, places double precision)
  language sql stable parallel safe security definer set search_path = '' as $$
    select term.code, y.year, round(sum(y.occupied_days + y.waiting_days)::numeric / max(y.days))::float8
    from capacity.year_demand y join capacity.offer o on o.id = y.offer_id join capacity.setting s on s.pack = o.pack
      cross join lateral unnest(o.target_groups) as term (code)
    where o.pack = region and y.days = (make_date(y.year + 1, 1, 1) - make_date(y.year, 1, 1))
    group by term.code, y.year having count(*) >= max(s.threshold) $$;

-- How long people waited or wait who came to a list since that day: whole days, without who, where or for whom. A list of three people tells of three
-- people, so whoever publishes it keeps to the threshold.
create function capacity.waiting_spells(pack text, since date, today date)
  returns table (target_group text, days integer, ended text)
  language sql stable parallel safe security definer set search_path = '' as $$
    select term.code, least(coalesce(upper(w.during), today), today) - lower(w.during),
      case when w.ended is null or upper(w.during) > today then 'still' when w.ended = 'moved-in' then 'place' else 'other' end
    from capacity.waiting w join capacity.offer o on o.id = w.offer_id cross join lateral unnest(o.target_groups) as term (code)
    where o.pack = waiting_spells.pack and lower(w.during) >= since and lower(w.during) <= today $$;

-- Needs of a region that were not met since that day, counted. Whoever publishes them keeps to the threshold.
create function capacity.unmet_counts(pack text, since date, today date) returns table (target_group text, reason text, needs integer)
  language sql stable parallel safe security definer set search_path = '' as $$
    select n.target_group, n.reason, count(*)::integer from capacity.unmet_need n join access.organisation m on m.id = n.municipality_id
    where m.pack = unmet_counts.pack and n.needed_on >= since and n.needed_on <= today group by n.target_group, n.reason $$;

alter table capacity.unmet_need enable row level security;
alter table capacity.unmet_need force row level security;
create policy unmet_need_read on capacity.unmet_need for select to linden_program
  using (municipality_id in (select capacity.works_in('{case_worker,team_lead}')));
create policy unmet_need_add on capacity.unmet_need for insert to linden_program
  with check (municipality_id in (select capacity.works_in('{case_worker,team_lead}'))
    and municipality_id in (select o.id from access.organisation o where o.kind = 'public'));

alter table capacity.rating enable row level security;
alter table capacity.rating force row level security;
create policy rating_read on capacity.rating for select to linden_program using (true);
create policy rating_add on capacity.rating for insert to linden_program
  with check (municipality_id in (select capacity.works_in('{team_lead,economist,secretariat}'))
    and municipality_id in (select o.id from access.organisation o where o.kind = 'public'));
create policy rating_change on capacity.rating for update to linden_program
  using (municipality_id in (select capacity.works_in('{team_lead,economist,secretariat}')));

alter table capacity.year_demand enable row level security;
alter table capacity.year_demand force row level security;
create policy year_demand_read on capacity.year_demand for select to linden_program using (true);

-- Who waits for a service on the list of another part waits for a place of its offer: a job keeps that (INT-9).
create policy waiting_noted on capacity.waiting for select to linden_program using (access.purpose() = 'capacity');
create policy waiting_note on capacity.waiting for insert to linden_program
  with check (access.purpose() = 'capacity' and municipality_id in (select o.id from access.organisation o where o.kind = 'public'));
create policy waiting_note_end on capacity.waiting for update to linden_program using (access.purpose() = 'capacity');

revoke all on function capacity.demand_told, capacity.refresh_years, capacity.waiting_spells, capacity.unmet_counts from public;
grant execute on function capacity.demand_told, capacity.refresh_years, capacity.waiting_spells, capacity.unmet_counts to linden_program;
grant select, insert on capacity.unmet_need, capacity.rating to linden_program;
-- A rating is said anew; whose, of what and for which year stays.
grant update (rating, words, version, rated_at) on capacity.rating to linden_program;
-- How many waited is told by functions that round or add up, and by no column.
grant select (offer_id, year, days, approved_days, occupied_days) on capacity.year_demand to linden_program;

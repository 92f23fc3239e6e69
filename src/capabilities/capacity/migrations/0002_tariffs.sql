-- What a day costs, and why: tariff sheets whose every figure has a source (CAP-5), and the yearly collection of all of them (CAP-10).
-- Money is numeric, exact to the smallest coin. Nothing here divides and rounds in between: quotients are whole numbers of coins.
create function capacity.is_money(amount numeric) returns boolean language sql immutable parallel safe set search_path = ''
  as $$ select amount = round(amount, 2) and abs(amount) < 1000000000000 $$;

-- n ÷ d in coins, a half goes up. Exact: div gives the whole quotient of numbers of any length.
create function capacity.half_up(dividend numeric, divisor numeric, digits integer) returns numeric
  language sql immutable parallel safe set search_path = ''
  as $$ select round(div(dividend * 2 * power(10::numeric, digits) + divisor, divisor * 2) / power(10::numeric, digits), digits) $$;

create function capacity.days_of(year integer) returns integer language sql immutable parallel safe set search_path = ''
  as $$ select make_date(year + 1, 1, 1) - make_date(year, 1, 1) $$;

-- How tariffs are made in a jurisdiction, from one year on. Data of packs.
create table capacity.tariff_rule (
  pack text not null references packs.pack,
  from_year smallint not null check (from_year between 2000 and 2200),
  until_year smallint check (until_year >= from_year),
  scheme text not null check (scheme in ('days', 'points')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  digits smallint not null check (digits between 0 and 2),
  -- occupancy that may be assumed, in per cent, without anybody's consent
  occupancy_least numeric not null,
  occupancy_most numeric not null check (occupancy_most >= occupancy_least),
  -- the same for acute, respite and short stays, and by which paragraphs they are offered
  short_least numeric not null,
  short_most numeric not null check (short_most >= short_least),
  short_paragraphs text[] not null,
  -- a result beyond so many per cent of the costs is carried into a later year
  band numeric not null check (band between 0 and 100),
  carried_after smallint not null check (carried_after between 1 and 10),
  -- who collects tariffs from everybody, and enters them on behalf of operators
  collected_by uuid not null references access.organisation,
  -- the whole, with sources, bodies that consent, index figures
  profile jsonb not null,
  primary key (pack, from_year)
);
create index tariff_rule_collected_by on capacity.tariff_rule (collected_by);

-- A body that may has consented to another occupancy of an offer (CAP-5). Entered by its secretariat, never by who wants it.
create table capacity.tariff_consent (
  id uuid primary key default uuidv7(),
  offer_id uuid not null references capacity.offer,
  from_year smallint not null check (from_year between 2000 and 2200),
  until_year smallint not null check (until_year >= from_year),
  least numeric not null check (least > 0 and least <= 200 and least = round(least, 2)),
  most numeric not null check (most >= least and most <= 200 and most = round(most, 2)),
  decision_id uuid not null references governance.decision,
  entered_by uuid not null references access.account,
  entered_at timestamptz not null default now()
);
create index tariff_consent_offer on capacity.tariff_consent (offer_id);
create index tariff_consent_decision on capacity.tariff_consent (decision_id);
create index tariff_consent_entered_by on capacity.tariff_consent (entered_by);

create table capacity.tariff_sheet (
  id uuid primary key default uuidv7(),
  offer_id uuid not null references capacity.offer,
  year smallint not null check (year between 2000 and 2200),
  -- published sheets of an offer and year are numbered; the one with the highest number holds
  edition smallint check (edition > 0),
  state text not null default 'draft' check (state in ('draft', 'published')),
  scheme text not null check (scheme in ('days', 'points')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  places numeric check (places > 0 and places <= 5000 and places = round(places, 2)),
  days smallint check (days > 0),
  -- in per cent
  occupancy numeric check (occupancy > 0 and occupancy <= 200 and occupancy = round(occupancy, 2)),
  direct numeric check (direct >= 0 and capacity.is_money(direct)),
  indirect numeric check (indirect >= 0 and capacity.is_money(indirect)),
  capital numeric check (capital >= 0 and capacity.is_money(capital)),
  -- a surplus of an earlier year lowers the tariff: then it is below nothing
  carried numeric check (capacity.is_money(carried)),
  -- a day; in the scheme of points the value of one point stands in its place
  tariff numeric check (tariff > 0 and capacity.is_money(tariff)),
  point_value numeric check (point_value > 0 and point_value = round(point_value, 5)),
  -- by which an occupancy outside the bounds was consented to: found by the database
  consent_id uuid references capacity.tariff_consent,
  -- the wrong sheet that this one stands in for, and why
  supersedes uuid unique references capacity.tariff_sheet,
  reason text check (length(reason) between 3 and 1000),
  version integer not null default 1,
  entered_by uuid not null references access.account,
  entered_at timestamptz not null default now(),
  published_at timestamptz,
  check (days <= capacity.days_of(year)),
  check ((state = 'published') = (published_at is not null and edition is not null)),
  check (state = 'draft' or case scheme
    when 'days' then num_nonnulls(places, days, occupancy, direct, indirect, capital, carried, tariff) = 8 and point_value is null
    else point_value is not null and tariff is null end),
  check ((supersedes is null) = (reason is null)),
  unique (offer_id, year, edition)
);
create unique index tariff_sheet_one_draft on capacity.tariff_sheet (offer_id, year) where state = 'draft';
create index tariff_sheet_year on capacity.tariff_sheet (year, offer_id) where state = 'published';
create index tariff_sheet_consent on capacity.tariff_sheet (consent_id) where consent_id is not null;
create index tariff_sheet_entered_by on capacity.tariff_sheet (entered_by);

-- Every figure with where it comes from. Those of one part add up to what the sheet says of it.
create table capacity.tariff_line (
  sheet_id uuid not null references capacity.tariff_sheet on delete cascade,
  position smallint not null check (position > 0),
  part text not null check (part in ('direct', 'indirect', 'capital', 'carried', 'places', 'days', 'occupancy', 'point-value')),
  label text not null check (length(label) between 2 and 200),
  amount numeric not null check (abs(amount) < 1000000000000),
  source text not null check (length(source) between 3 and 500),
  source_date date,
  source_url text check (source_url ~ '^https?://' and length(source_url) <= 500),
  primary key (sheet_id, position)
);

create table capacity.tariff_supplement (
  sheet_id uuid not null references capacity.tariff_sheet on delete cascade,
  position smallint not null check (position > 0),
  name text not null check (length(name) between 2 and 200),
  amount numeric not null check (amount > 0 and capacity.is_money(amount)),
  per text not null check (per in ('day', 'month', 'once')),
  -- why it is needed beside the tariff
  reason text not null check (length(reason) between 10 and 1000),
  primary key (sheet_id, position)
);

-- Services of a scheme of points: price = points × value of a point.
create table capacity.tariff_item (
  sheet_id uuid not null references capacity.tariff_sheet on delete cascade,
  position smallint not null check (position > 0),
  name text not null check (length(name) between 2 and 200),
  points numeric not null check (points > 0 and points < 1000000 and points = round(points, 2)),
  price numeric not null check (price >= 0 and capacity.is_money(price)),
  primary key (sheet_id, position)
);

-- What a year left over (above nothing) or lacked (below), of the costs that the tariff was made from.
create table capacity.tariff_result (
  id uuid primary key default uuidv7(),
  offer_id uuid not null references capacity.offer,
  year smallint not null check (year between 2000 and 2200),
  costs numeric not null check (costs > 0 and capacity.is_money(costs)),
  result numeric not null check (capacity.is_money(result)),
  -- what lies beyond the band, with the sign of the result: written by the database
  beyond numeric not null default 0 check (capacity.is_money(beyond)),
  source text not null check (length(source) between 3 and 500),
  entered_by uuid not null references access.account,
  entered_at timestamptz not null default now(),
  unique (offer_id, year)
);
create index tariff_result_entered_by on capacity.tariff_result (entered_by);

create function capacity.tariff_rule_of(offer uuid, year integer) returns capacity.tariff_rule
  language sql stable parallel safe set search_path = ''
  as $$ select r from capacity.offer o join capacity.tariff_rule r on r.pack = o.pack
        where o.id = offer and year >= r.from_year and (r.until_year is null or year <= r.until_year) $$;

-- What lies beyond the band of so many per cent of the costs. Cut to whole coins towards nothing: nobody carries more than there is.
create function capacity.beyond_band(result numeric, costs numeric, band numeric) returns numeric
  language sql immutable parallel safe set search_path = ''
  as $$ select sign(result) * greatest(0, trunc(abs(result) - costs * band / 100, 2)) $$;

create function capacity.judge_result() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  rule capacity.tariff_rule%rowtype;
begin
  rule := capacity.tariff_rule_of(new.offer_id, new.year);
  if rule.pack is null then
    raise exception 'no rule says how tariffs of % are made', new.year using errcode = '23514', constraint = 'tariff_rule_missing';
  end if;
  new.beyond := capacity.beyond_band(new.result, new.costs, rule.band);
  return new;
end $$;
create trigger tariff_result_beyond before insert on capacity.tariff_result for each row execute function capacity.judge_result();

-- What earlier years carry into this one; nothing where no result is known. A surplus lowers the tariff.
create function capacity.carried_into(offer uuid, year integer) returns numeric
  language sql stable parallel safe security definer set search_path = ''
  as $$ select -r.beyond from capacity.tariff_result r, capacity.tariff_rule_of(offer, year) rule
        where r.offer_id = offer and r.year = carried_into.year - rule.carried_after $$;

-- Has a body that may consent agreed to it, and does its decision still stand? A decision about people is none of these.
create function capacity.consents(decision uuid, rule jsonb) returns boolean
  language sql stable parallel safe security definer set search_path = ''
  as $$ select exists (select from governance.decision d join governance.body b on b.id = d.body_id
        join jsonb_array_elements(rule->'consentBy') c on c->>'body' = b.slug and c->>'matter' = d.matter
        where d.id = decision and d.outcome = 'agreed' and not d.about_person and not governance.superseded(d.id)) $$;

create function capacity.judge_consent() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  rule capacity.tariff_rule%rowtype;
begin
  rule := capacity.tariff_rule_of(new.offer_id, new.from_year);
  if rule.pack is null or not capacity.consents(new.decision_id, rule.profile) then
    raise exception 'this is no decision of a body that may consent to another occupancy' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger tariff_consent_decided before insert on capacity.tariff_consent for each row execute function capacity.judge_consent();

-- CAP-5: a sheet is published when it recomputes to the coin, and then never changes.
create function capacity.judge_sheet() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  offered capacity.offer%rowtype;
  rule capacity.tariff_rule%rowtype;
  latest capacity.tariff_sheet%rowtype;
  sums record;
  due numeric;
  least numeric;
  most numeric;
  wrong text;
begin
  if tg_op = 'DELETE' then
    if old.state = 'published' then
      raise exception 'a published tariff sheet stays' using errcode = '42501';
    end if;
    return old;
  end if;
  if tg_op = 'UPDATE' and old.state = 'published' then
    raise exception 'a published tariff sheet never changes: publish a new one that takes its place' using errcode = '42501';
  end if;
  if new.state = 'draft' then
    return new;
  end if;
  if tg_op = 'INSERT' then
    raise exception 'a tariff sheet is a draft before it is published' using errcode = '42501';
  end if;
  -- Sheets of one offer are published one after the other.
  select * into offered from capacity.offer o where o.id = new.offer_id for no key update;
  rule := capacity.tariff_rule_of(new.offer_id, new.year);
  if rule.pack is null then
    raise exception 'no rule says how tariffs of % are made', new.year using errcode = '23514', constraint = 'tariff_rule_missing';
  end if;
  if (new.scheme, new.currency) is distinct from (rule.scheme, rule.currency) then
    raise exception 'tariffs of % are made by % in %', new.year, rule.scheme, rule.currency using errcode = '23514', constraint = 'tariff_scheme';
  end if;
  select * into latest from capacity.tariff_sheet s
    where s.offer_id = new.offer_id and s.year = new.year and s.state = 'published' order by s.edition desc limit 1;
  if latest.id is distinct from new.supersedes then
    raise exception 'a new sheet takes the place of the one that holds' using errcode = '23514', constraint = 'tariff_supersedes';
  end if;
  new.edition := coalesce(latest.edition, 0) + 1;
  new.published_at := now();
  select coalesce(sum(l.amount) filter (where l.part = 'direct'), 0) as direct, coalesce(sum(l.amount) filter (where l.part = 'indirect'), 0) as indirect,
    coalesce(sum(l.amount) filter (where l.part = 'capital'), 0) as capital, coalesce(sum(l.amount) filter (where l.part = 'carried'), 0) as carried,
    sum(l.amount) filter (where l.part = 'places') as places, sum(l.amount) filter (where l.part = 'days') as days,
    sum(l.amount) filter (where l.part = 'occupancy') as occupancy, sum(l.amount) filter (where l.part = 'point-value') as point_value
    into sums from capacity.tariff_line l where l.sheet_id = new.id;
  if rule.scheme = 'points' then
    if sums.point_value is distinct from new.point_value then
      raise exception 'the value of a point is not the figure that has a source' using errcode = '23514', constraint = 'tariff_sums';
    end if;
    select i.name into wrong from capacity.tariff_item i
      where i.sheet_id = new.id and i.price <> capacity.half_up(i.points * new.point_value, 1, rule.digits) limit 1;
    if wrong is not null then
      raise exception 'the price of "%" is not its points times the value of a point', wrong using errcode = '23514', constraint = 'tariff_recomputes';
    end if;
    if not exists (select from capacity.tariff_item i where i.sheet_id = new.id) then
      raise exception 'a sheet of points names what it prices' using errcode = '23514', constraint = 'tariff_sums';
    end if;
    return new;
  end if;
  if (new.direct, new.indirect, new.capital, new.carried, new.places, new.days::numeric, new.occupancy)
    is distinct from (sums.direct, sums.indirect, sums.capital, sums.carried, sums.places, sums.days, sums.occupancy) then
    raise exception 'the figures of the sheet are not the sums of their lines' using errcode = '23514', constraint = 'tariff_sums';
  end if;
  due := capacity.carried_into(new.offer_id, new.year);
  if due is not null and due <> new.carried then
    raise exception 'the result of % carries % into %', new.year - rule.carried_after, due, new.year using errcode = '23514', constraint = 'tariff_carried';
  end if;
  if offered.paragraph = any (rule.short_paragraphs) then
    least := rule.short_least; most := rule.short_most;
  else
    least := rule.occupancy_least; most := rule.occupancy_most;
  end if;
  new.consent_id := null;
  if new.occupancy not between least and most then
    select c.id into new.consent_id from capacity.tariff_consent c
      where c.offer_id = new.offer_id and new.year between c.from_year and c.until_year and new.occupancy between c.least and c.most
        and capacity.consents(c.decision_id, rule.profile) limit 1;
  end if;
  if new.occupancy not between least and most and new.consent_id is null then
    raise exception 'occupancy between % and %: another one needs the consent of a body that may give it', least, most
      using errcode = '23514', constraint = 'tariff_occupancy';
  end if;
  if new.direct + new.indirect + new.capital + new.carried <= 0
    or new.tariff <> capacity.half_up((new.direct + new.indirect + new.capital + new.carried) * 100, new.places * new.days * new.occupancy, rule.digits) then
    raise exception 'the tariff is not what its figures make' using errcode = '23514', constraint = 'tariff_recomputes';
  end if;
  return new;
end $$;
create trigger tariff_sheet_judged before insert or update or delete on capacity.tariff_sheet for each row execute function capacity.judge_sheet();

-- What belongs to a published sheet stays as it is.
create function capacity.keep_published() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  sheet uuid := case tg_op when 'DELETE' then old.sheet_id else new.sheet_id end;
begin
  if exists (select from capacity.tariff_sheet s where s.id = sheet and s.state = 'published') then
    raise exception 'a published tariff sheet never changes: publish a new one that takes its place' using errcode = '42501';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger tariff_line_kept before insert or update or delete on capacity.tariff_line for each row execute function capacity.keep_published();
create trigger tariff_supplement_kept before insert or update or delete on capacity.tariff_supplement for each row execute function capacity.keep_published();
create trigger tariff_item_kept before insert or update or delete on capacity.tariff_item for each row execute function capacity.keep_published();

-- May the actor enter tariffs of this offer? Economists of its operator, and the secretariat that collects them all.
create function capacity.prices(offer uuid) returns boolean language sql stable parallel safe set search_path = ''
  as $$ select exists (select from capacity.offer o where o.id = offer and (o.organisation_id in (select capacity.works_in('{economist}'))
        or exists (select from capacity.tariff_rule r where r.pack = o.pack and r.collected_by in (select capacity.works_in('{secretariat}'))))) $$;

-- The yearly collection: one workbook from each municipality and operator (CAP-10).
create table capacity.collection (
  id uuid primary key default uuidv7(),
  pack text not null references packs.pack,
  -- the year whose tariffs are collected
  year smallint not null check (year between 2000 and 2200),
  due date not null,
  state text not null default 'open' check (state in ('open', 'closed')),
  opened_by uuid not null references access.account,
  opened_at timestamptz not null default now(),
  closed_at timestamptz check ((closed_at is not null) = (state = 'closed')),
  unique (pack, year)
);
create index collection_opened_by on capacity.collection (opened_by);

create table capacity.collection_part (
  id uuid primary key default uuidv7(),
  collection_id uuid not null references capacity.collection,
  organisation_id uuid not null references access.organisation,
  -- what its workbook holds before anybody fills it in: last year's figures, offers, places
  prefilled jsonb not null,
  -- how often the workbook was made anew; an older one is refused
  made smallint not null default 1 check (made > 0),
  unique (collection_id, organisation_id)
);
create index collection_part_organisation on capacity.collection_part (organisation_id);

-- A workbook that came back, whatever came of it. The last one that was accepted holds.
create table capacity.collection_upload (
  id uuid primary key default uuidv7(),
  part_id uuid not null references capacity.collection_part,
  name text not null check (length(name) between 1 and 200),
  sha256 bytea not null check (length(sha256) = 32),
  -- the file itself, where it came by form
  file_id uuid references files.file,
  accepted boolean not null,
  -- what is not as it should be: where, what, why; also of an accepted one
  deviations jsonb not null,
  sent_by uuid not null references access.account,
  sent_at timestamptz not null default now(),
  -- the same file twice is one file
  unique (part_id, sha256)
);
create index collection_upload_newest on capacity.collection_upload (part_id, sent_at desc, id desc);
create index collection_upload_sent_by on capacity.collection_upload (sent_by);
create index collection_upload_file on capacity.collection_upload (file_id) where file_id is not null;

create table capacity.collection_offer (
  upload_id uuid not null references capacity.collection_upload,
  offer_id uuid not null references capacity.offer,
  places numeric not null check (places > 0 and places = round(places, 2)),
  days smallint not null check (days between 1 and 366),
  occupancy numeric not null check (occupancy > 0 and occupancy = round(occupancy, 2)),
  -- of the year before, in per cent
  actual numeric check (actual >= 0 and actual = round(actual, 2)),
  direct numeric not null check (direct >= 0 and capacity.is_money(direct)),
  indirect numeric not null check (indirect >= 0 and capacity.is_money(indirect)),
  capital numeric not null check (capital >= 0 and capacity.is_money(capital)),
  carried numeric not null check (capacity.is_money(carried)),
  tariff numeric not null check (tariff > 0 and capacity.is_money(tariff)),
  primary key (upload_id, offer_id),
  check (tariff = capacity.half_up((direct + indirect + capital + carried) * 100, places * days * occupancy, 2))
);
create index collection_offer_offer on capacity.collection_offer (offer_id);

create table capacity.collection_supplement (
  upload_id uuid not null references capacity.collection_upload,
  position smallint not null check (position > 0),
  offer_id uuid not null references capacity.offer,
  name text not null check (length(name) between 2 and 200),
  amount numeric not null check (amount > 0 and capacity.is_money(amount)),
  reason text not null check (length(reason) between 10 and 1000),
  primary key (upload_id, position)
);
create index collection_supplement_offer on capacity.collection_supplement (offer_id);

-- What a municipality spends by each paragraph: in the year before, and as planned.
create table capacity.collection_spending (
  upload_id uuid not null references capacity.collection_upload,
  paragraph text not null check (length(paragraph) between 1 and 40),
  spent numeric not null check (spent >= 0 and capacity.is_money(spent)),
  planned numeric not null check (planned >= 0 and capacity.is_money(planned)),
  primary key (upload_id, paragraph)
);

-- Who opened the collection, and whoever else is secretariat there.
create function capacity.collects(collection uuid) returns boolean language sql stable parallel safe set search_path = ''
  as $$ select exists (select from capacity.collection c join capacity.tariff_rule r on r.pack = c.pack
        where c.id = collection and r.collected_by in (select capacity.works_in('{secretariat}'))) $$;
create function capacity.fills(part uuid) returns boolean language sql stable parallel safe set search_path = ''
  as $$ select exists (select from capacity.collection_part p where p.id = part
        and (p.organisation_id in (select capacity.works_in('{economist}')) or capacity.collects(p.collection_id))) $$;
-- Is the report of this upload public? Once its collection is closed.
create function capacity.is_reported(part uuid) returns boolean language sql stable parallel safe security definer set search_path = ''
  as $$ select exists (select from capacity.collection_part p join capacity.collection c on c.id = p.collection_id
        where p.id = part and c.state = 'closed') $$;
-- When did the workbook come that holds? Told to everybody; what stands in it is not.
create function capacity.answered_at(part uuid) returns timestamptz language sql stable parallel safe security definer set search_path = ''
  as $$ select max(u.sent_at) from capacity.collection_upload u where u.part_id = part and u.accepted $$;
create function capacity.knows_upload(upload uuid) returns boolean language sql stable parallel safe set search_path = ''
  as $$ select exists (select from capacity.collection_upload u where u.id = upload) $$;

-- A workbook comes while the collection is open; afterwards nothing changes in it.
create function capacity.judge_upload() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if not exists (select from capacity.collection_part p join capacity.collection c on c.id = p.collection_id
                 where p.id = new.part_id and c.state = 'open') then
    raise exception 'this collection is closed' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger collection_upload_in_time before insert on capacity.collection_upload for each row execute function capacity.judge_upload();

alter table capacity.tariff_rule enable row level security;
alter table capacity.tariff_rule force row level security;
create policy tariff_rule_read on capacity.tariff_rule for select to linden_program using (true);
create policy tariff_rule_write on capacity.tariff_rule for all to linden_program
  using (access.purpose() = 'administration') with check (access.purpose() = 'administration');

alter table capacity.tariff_sheet enable row level security;
alter table capacity.tariff_sheet force row level security;
create policy tariff_sheet_read on capacity.tariff_sheet for select to linden_program using (state = 'published' or capacity.prices(offer_id));
create policy tariff_sheet_add on capacity.tariff_sheet for insert to linden_program
  with check (entered_by = access.actor() and state = 'draft' and capacity.prices(offer_id));
create policy tariff_sheet_change on capacity.tariff_sheet for update to linden_program
  using (capacity.prices(offer_id)) with check (capacity.prices(offer_id));
create policy tariff_sheet_drop on capacity.tariff_sheet for delete to linden_program using (state = 'draft' and capacity.prices(offer_id));

-- Who sees a sheet sees what belongs to it; who may enter it may enter that.
alter table capacity.tariff_line enable row level security;
alter table capacity.tariff_line force row level security;
create policy tariff_line_read on capacity.tariff_line for select to linden_program
  using (exists (select from capacity.tariff_sheet s where s.id = sheet_id));
create policy tariff_line_write on capacity.tariff_line for all to linden_program
  using (exists (select from capacity.tariff_sheet s where s.id = sheet_id and capacity.prices(s.offer_id)));
alter table capacity.tariff_supplement enable row level security;
alter table capacity.tariff_supplement force row level security;
create policy tariff_supplement_read on capacity.tariff_supplement for select to linden_program
  using (exists (select from capacity.tariff_sheet s where s.id = sheet_id));
create policy tariff_supplement_write on capacity.tariff_supplement for all to linden_program
  using (exists (select from capacity.tariff_sheet s where s.id = sheet_id and capacity.prices(s.offer_id)));
alter table capacity.tariff_item enable row level security;
alter table capacity.tariff_item force row level security;
create policy tariff_item_read on capacity.tariff_item for select to linden_program
  using (exists (select from capacity.tariff_sheet s where s.id = sheet_id));
create policy tariff_item_write on capacity.tariff_item for all to linden_program
  using (exists (select from capacity.tariff_sheet s where s.id = sheet_id and capacity.prices(s.offer_id)));

alter table capacity.tariff_result enable row level security;
alter table capacity.tariff_result force row level security;
create policy tariff_result_read on capacity.tariff_result for select to linden_program using (true);
create policy tariff_result_add on capacity.tariff_result for insert to linden_program
  with check (entered_by = access.actor() and capacity.prices(offer_id));

alter table capacity.tariff_consent enable row level security;
alter table capacity.tariff_consent force row level security;
create policy tariff_consent_read on capacity.tariff_consent for select to linden_program using (true);
create policy tariff_consent_add on capacity.tariff_consent for insert to linden_program
  with check (entered_by = access.actor() and exists (select from capacity.offer o join capacity.tariff_rule r on r.pack = o.pack
    where o.id = offer_id and r.collected_by in (select capacity.works_in('{secretariat}'))));

alter table capacity.collection enable row level security;
alter table capacity.collection force row level security;
create policy collection_read on capacity.collection for select to linden_program using (true);
create policy collection_open on capacity.collection for insert to linden_program
  with check (opened_by = access.actor() and state = 'open'
    and exists (select from capacity.tariff_rule r where r.pack = collection.pack and r.collected_by in (select capacity.works_in('{secretariat}'))));
create policy collection_close on capacity.collection for update to linden_program using (capacity.collects(id));

-- Whether a municipality has answered is plain to everybody; what it answered is not, until the report is out.
alter table capacity.collection_part enable row level security;
alter table capacity.collection_part force row level security;
create policy collection_part_read on capacity.collection_part for select to linden_program using (true);
create policy collection_part_write on capacity.collection_part for insert to linden_program with check (capacity.collects(collection_id));
create policy collection_part_change on capacity.collection_part for update to linden_program using (capacity.collects(collection_id));

alter table capacity.collection_upload enable row level security;
alter table capacity.collection_upload force row level security;
create policy collection_upload_read on capacity.collection_upload for select to linden_program
  using (capacity.fills(part_id) or (accepted and capacity.is_reported(part_id)));
create policy collection_upload_add on capacity.collection_upload for insert to linden_program
  with check (sent_by = access.actor() and capacity.fills(part_id));

alter table capacity.collection_offer enable row level security;
alter table capacity.collection_offer force row level security;
create policy collection_offer_read on capacity.collection_offer for select to linden_program using (capacity.knows_upload(upload_id));
create policy collection_offer_add on capacity.collection_offer for insert to linden_program
  with check (exists (select from capacity.collection_upload u where u.id = upload_id and u.sent_by = access.actor()));
alter table capacity.collection_supplement enable row level security;
alter table capacity.collection_supplement force row level security;
create policy collection_supplement_read on capacity.collection_supplement for select to linden_program using (capacity.knows_upload(upload_id));
create policy collection_supplement_add on capacity.collection_supplement for insert to linden_program
  with check (exists (select from capacity.collection_upload u where u.id = upload_id and u.sent_by = access.actor()));
alter table capacity.collection_spending enable row level security;
alter table capacity.collection_spending force row level security;
create policy collection_spending_read on capacity.collection_spending for select to linden_program using (capacity.knows_upload(upload_id));
create policy collection_spending_add on capacity.collection_spending for insert to linden_program
  with check (exists (select from capacity.collection_upload u where u.id = upload_id and u.sent_by = access.actor()));

revoke all on function capacity.judge_sheet, capacity.judge_consent, capacity.keep_published, capacity.judge_result, capacity.judge_upload, capacity.consents,
  capacity.carried_into, capacity.is_reported, capacity.answered_at from public;
grant execute on function capacity.is_money, capacity.half_up, capacity.days_of, capacity.tariff_rule_of, capacity.beyond_band, capacity.carried_into,
  capacity.consents, capacity.prices, capacity.collects, capacity.fills, capacity.is_reported, capacity.answered_at, capacity.knows_upload to linden_program;
grant select, insert, update on capacity.tariff_rule to linden_program;
-- What was published is kept by the trigger; which offer and year a draft is for never changes.
grant select, insert, delete on capacity.tariff_sheet to linden_program;
grant update (state, scheme, currency, places, days, occupancy, direct, indirect, capital, carried, tariff, point_value, supersedes, reason, version,
  entered_by, entered_at) on capacity.tariff_sheet to linden_program;
grant select, insert, delete on capacity.tariff_line, capacity.tariff_supplement, capacity.tariff_item to linden_program;
grant select, insert on capacity.tariff_consent, capacity.tariff_result, capacity.collection_upload, capacity.collection_offer, capacity.collection_supplement,
  capacity.collection_spending to linden_program;
grant select, insert on capacity.collection, capacity.collection_part to linden_program;
grant update (state, closed_at) on capacity.collection to linden_program;
grant update (prefilled, made) on capacity.collection_part to linden_program;

-- CAP-1: a stay is withdrawn only as a mistake: within fourteen days of being entered, and never once a year that it is part of is closed, by the result
-- entered for it or by a closed collection. Whoever stayed has stayed: later its days change, and the record keeps what they were.
create function capacity.may_withdraw(stay capacity.stay) returns boolean language sql stable security definer set search_path = ''
  as $$ select stay.entered_at >= now() - interval '14 days'
          and not exists (select from capacity.tariff_result r
            where r.offer_id = stay.offer_id and stay.during && daterange(make_date(r.year, 1, 1), make_date(r.year + 1, 1, 1)))
          and not exists (select from capacity.collection c join capacity.offer o on o.pack = c.pack
            where o.id = stay.offer_id and c.state = 'closed' and stay.during && daterange(make_date(c.year - 1, 1, 1), make_date(c.year, 1, 1))) $$;
create function capacity.judge_withdrawal() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if not capacity.may_withdraw(old) then
    raise exception 'a stay is withdrawn soon after it was entered by mistake, or it is ended' using errcode = '42501', constraint = 'stay_withdraw_soon';
  end if;
  return old;
end $$;
create trigger stay_withdrawn_soon before delete on capacity.stay for each row execute function capacity.judge_withdrawal();
revoke all on function capacity.may_withdraw, capacity.judge_withdrawal from public;
grant execute on function capacity.may_withdraw to linden_program;

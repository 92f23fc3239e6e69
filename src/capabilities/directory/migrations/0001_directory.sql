-- Which services exist, for whom, on what conditions. The card is kept whole (`card`), as its schema describes it;
-- the columns beside it are made from it in the same statement and serve lists, search and facets.
create schema directory;

-- Points of the earth as points of a ball of radius 1: the nearer in space, the nearer on the ground, and an index knows the nearest.
create extension if not exists cube with schema public;

create function directory.place(longitude double precision, latitude double precision) returns public.cube
  language sql immutable parallel safe
  return case when longitude is null or latitude is null then null else public.cube(array[
    cos(radians(latitude)) * cos(radians(longitude)), cos(radians(latitude)) * sin(radians(longitude)), sin(radians(latitude))]) end;

create table directory.organisation (
  id uuid primary key references access.organisation,
  -- the organisation as its schema describes it, without its locations
  profile jsonb not null,
  version integer not null default 1,
  -- where an import found it: data set and id there
  dataset text,
  dataset_id text,
  last_modified timestamptz not null default now(),
  unique (dataset, dataset_id)
);

create table directory.location (
  id uuid primary key default uuidv7(),
  slug text not null unique,
  organisation_id uuid not null references directory.organisation,
  area text not null references access.area,
  details jsonb not null,
  version integer not null default 1,
  longitude double precision,
  latitude double precision,
  place public.cube generated always as (directory.place(longitude, latitude)) stored,
  dataset text,
  dataset_id text,
  last_modified timestamptz not null default now(),
  unique (dataset, dataset_id)
);
create index location_place on directory.location using gist (place);
create index location_organisation on directory.location (organisation_id);
create index location_area on directory.location (area);

create table directory.taxonomy (
  facet text primary key check (facet in ('kind', 'target-group', 'situation')),
  id uuid not null unique default uuidv7(),
  names jsonb not null
);

create table directory.term (
  code text primary key,
  id uuid not null unique default uuidv7(),
  facet text not null references directory.taxonomy,
  parent text references directory.term deferrable initially deferred,
  -- codes from the top of its facet down to this term
  path text[] not null,
  names jsonb not null,
  details jsonb not null,
  -- its names and everyday words in all languages
  lexemes tsvector not null
);
create index term_facet on directory.term (facet);

create table directory.act (
  pack text not null references packs.pack,
  id text not null,
  details jsonb not null,
  primary key (pack, id)
);

create table directory.question (
  id text primary key,
  position integer not null,
  details jsonb not null
);

create table directory.service (
  id uuid primary key default uuidv7(),
  slug text not null unique,
  organisation_id uuid not null references directory.organisation,
  -- the pack whose register of acts and area tree the card refers to
  pack text references packs.pack,
  card jsonb not null,
  version integer not null default 1,
  status text not null default 'active' check (status in ('active', 'inactive', 'defunct', 'temporarily closed')),
  -- areas served, each with all areas above it, so that "serves Viborg" is one test of containment
  areas text[] not null,
  -- areas served, as the card names them
  areas_served text[] not null,
  -- kind, target groups and situations, each with the terms above it
  terms text[] not null,
  forms text[] not null,
  languages text[] not null,
  accessibility text[] not null,
  cost text not null check (cost in ('free', 'differentiated', 'full')),
  crisis boolean not null,
  example boolean not null,
  -- lexemes of the card in all its languages, made in Node; weight A name, B kind and groups, C the rest; and, without weight,
  -- marks such as `t=shelter`, `#3`: facets, areas, hours and shelf, so that one index answers words and choices together
  lexemes tsvector not null,
  -- those of its names alone: small enough to lie in the row itself, so that ranking reads nothing else
  name_lexemes tsvector not null generated always as (ts_filter(lexemes, '{a}')) stored,
  -- what is counted beside the list: `t=` terms with those above them, `f=` form, `c=` cost, `l=` language, `x=` accessibility
  facets text[] not null,
  -- every name as it would be typed in full: lower case, one space between words
  name_keys text[] not null,
  -- of 64 services 1 stands on shelf 0, 3 on 1, 12 on 2, 48 on 3: common words are looked for shelf by shelf
  shelf smallint not null,
  -- minutes of the week, in local time, at which it or one of its places is open; null when nobody says
  open_minutes int4multirange,
  -- the name in each language, else in the one that the card was written in, as lists are sorted
  name_en text collate "en-x-icu" not null generated always as (coalesce(card->'names'->>'en', card->'names'->>(card->>'writtenIn'), card->'names'->>'uk', card->'names'->>'da', card->'names'->>'de')) stored,
  name_uk text collate "uk-x-icu" not null generated always as (coalesce(card->'names'->>'uk', card->'names'->>(card->>'writtenIn'), card->'names'->>'en', card->'names'->>'da', card->'names'->>'de')) stored,
  name_da text collate "da-x-icu" not null generated always as (coalesce(card->'names'->>'da', card->'names'->>(card->>'writtenIn'), card->'names'->>'en', card->'names'->>'uk', card->'names'->>'de')) stored,
  name_de text collate "de-x-icu" not null generated always as (coalesce(card->'names'->>'de', card->'names'->>(card->>'writtenIn'), card->'names'->>'en', card->'names'->>'uk', card->'names'->>'da')) stored,
  -- points of its locations, for distance
  longitude double precision,
  latitude double precision,
  assured_at timestamptz,
  assured_by text,
  -- the moment from which the record counts as not assured (DIR-6)
  assurance_due timestamptz not null,
  dataset text,
  dataset_id text,
  created_at timestamptz not null default now(),
  last_modified timestamptz not null default now(),
  unique (dataset, dataset_id)
);
create index service_organisation on directory.service (organisation_id);
-- fastupdate off: a search must not read the list of what is not yet sorted in
create index service_lexemes on directory.service using gin (lexemes) with (fastupdate = off);
create index service_terms on directory.service using gin (terms) with (fastupdate = off);
create index service_name_en on directory.service (name_en, id) where status = 'active';
create index service_name_uk on directory.service (name_uk, id) where status = 'active';
create index service_name_da on directory.service (name_da, id) where status = 'active';
create index service_name_de on directory.service (name_de, id) where status = 'active';
create index service_modified on directory.service (last_modified, id);
-- the short address of a service ends in the last ten digits of its id
create index service_short on directory.service (right(id::text, 10));
create index service_due on directory.service (assurance_due) where status = 'active';

create table directory.service_location (
  id uuid primary key default uuidv7(),
  service_id uuid not null references directory.service on delete cascade,
  location_id uuid not null references directory.location,
  unique (service_id, location_id)
);
create index service_location_location on directory.service_location (location_id);

-- DIR-7: every change is a version; the newest one equals the service itself.
create table directory.service_version (
  service_id uuid not null references directory.service,
  version integer not null,
  card jsonb not null,
  status text not null,
  at timestamptz not null default now(),
  account_id uuid references access.account,
  origin text not null,
  -- what was done: 'add', 'change', 'restore 3', 'import …', 'status'
  deed text not null,
  primary key (service_id, version)
);

-- A provider's change that waits for an editor (DIR-7).
create table directory.proposal (
  id uuid primary key default uuidv7(),
  service_id uuid not null references directory.service,
  base_version integer not null,
  card jsonb not null,
  -- the status that the service has once this is accepted
  status text not null check (status in ('active', 'inactive', 'defunct', 'temporarily closed')),
  account_id uuid references access.account,
  at timestamptz not null default now(),
  state text not null default 'waiting' check (state in ('waiting', 'accepted', 'declined', 'withdrawn')),
  decided_by uuid references access.account,
  decided_at timestamptz,
  reason text
);
create unique index proposal_waiting on directory.proposal (service_id) where state = 'waiting';
create index proposal_decided on directory.proposal (decided_at) where state <> 'waiting';

-- Which organisations' changes wait for an editor.
create table directory.approval_rule (
  organisation_id uuid primary key references directory.organisation,
  since timestamptz not null default now()
);

-- DIR-6: one link for all cards of a provider. The link itself is kept nowhere, only its hash.
create table directory.assurance_request (
  id uuid primary key default uuidv7(),
  organisation_id uuid not null references directory.organisation,
  -- addresses that the letter went to
  emails text[] not null,
  token_hash bytea not null unique check (length(token_hash) = 32),
  sent_at timestamptz not null default now(),
  expires_at timestamptz not null,
  answered_at timestamptz
);
create index assurance_request_organisation on directory.assurance_request (organisation_id, sent_at desc);

-- What readers say is wrong with a card; nothing about who they are.
create table directory.remark (
  id uuid primary key default uuidv7(),
  service_id uuid not null references directory.service,
  text text not null check (length(text) between 3 and 2000),
  -- said through the link in a freshness letter, so by the provider itself
  from_provider boolean not null default false,
  at timestamptz not null default now(),
  settled_at timestamptz,
  settled_by uuid references access.account
);
create index remark_open on directory.remark (service_id) where settled_at is null;

-- DIR-4: kind, area, day; nothing about the person.
create table directory.unmet_search (
  day date not null,
  area text not null,
  kind text not null,
  count integer not null default 1 check (count > 0),
  primary key (day, area, kind)
);

-- Words of all cards, for typos (trigrams).
create table directory.word (
  word text not null,
  locale text not null,
  primary key (word, locale)
);
create index word_trigrams on directory.word using gin (word gin_trgm_ops);

create table directory.import (
  id uuid primary key default uuidv7(),
  at timestamptz not null default now(),
  format text not null,
  dataset text not null,
  sha256 text not null,
  report jsonb not null
);

-- Who has a say over an organisation's cards: editors in charge of its area, and its own staff. A person reads their own
-- memberships, so these need no rights of their owner.
create function directory.edits(organisation uuid) returns boolean language sql stable parallel safe set search_path = ''
  as $$ select exists (select from access.membership m join access.organisation own on own.id = m.organisation_id
          join access.organisation theirs on theirs.id = organisation join access.area area on area.code = theirs.area
        where m.account_id = access.actor() and m.role = 'editor' and m.since <= now() and (m.until is null or m.until > now())
          and own.area = any (area.path)) $$;
create function directory.provides(organisation uuid) returns boolean language sql stable parallel safe set search_path = ''
  as $$ select exists (select from access.membership m
        where m.account_id = access.actor() and m.role = 'provider' and m.organisation_id = organisation
          and m.since <= now() and (m.until is null or m.until > now())) $$;
create function directory.tends(service uuid) returns boolean language sql stable parallel safe set search_path = ''
  as $$ select coalesce((select directory.provides(s.organisation_id) or directory.edits(s.organisation_id)
        from directory.service s where s.id = service), false) $$;
create function directory.edits_service(service uuid) returns boolean language sql stable parallel safe set search_path = ''
  as $$ select coalesce((select directory.edits(s.organisation_id) from directory.service s where s.id = service), false) $$;

-- Personal data: who changed what, whom a letter went to. Another provider sees none of it.
alter table directory.service_version enable row level security;
alter table directory.service_version force row level security;
create policy version_read on directory.service_version for select to linden_program
  using (access.purpose() = 'administration' or directory.tends(service_id));
create policy version_add on directory.service_version for insert to linden_program
  with check (account_id is not distinct from access.actor() or access.purpose() = 'administration');

alter table directory.proposal enable row level security;
alter table directory.proposal force row level security;
create policy proposal_read on directory.proposal for select to linden_program
  using (access.purpose() = 'administration' or directory.tends(service_id));
create policy proposal_add on directory.proposal for insert to linden_program
  with check (access.purpose() = 'administration' or (account_id = access.actor() and state = 'waiting' and directory.tends(service_id)));
-- Only an editor decides; a provider may take back what waits.
create policy proposal_decide on directory.proposal for update to linden_program
  using (access.purpose() = 'administration' or directory.tends(service_id))
  with check (access.purpose() = 'administration' or directory.edits_service(service_id) or (state in ('waiting', 'withdrawn') and directory.tends(service_id)));

alter table directory.assurance_request enable row level security;
alter table directory.assurance_request force row level security;
create policy assurance_all on directory.assurance_request to linden_program
  using (access.purpose() in ('administration', 'assurance') or directory.edits(organisation_id))
  with check (access.purpose() in ('administration', 'assurance') or directory.edits(organisation_id));

alter table directory.remark enable row level security;
alter table directory.remark force row level security;
create policy remark_add on directory.remark for insert to linden_program
  with check (settled_at is null and (not from_provider or access.purpose() = 'assurance'));
create policy remark_read on directory.remark for select to linden_program
  using (access.purpose() = 'administration' or directory.tends(service_id));
create policy remark_settle on directory.remark for update to linden_program
  using (directory.tends(service_id));

grant usage on schema directory to linden_program;
grant select, insert, update on all tables in schema directory to linden_program;
grant execute on all functions in schema directory to linden_program;
grant delete on directory.service_location, directory.approval_rule to linden_program;

-- A large import gathers entries of the search index and sorts them in once, instead of word by word: three times as fast.
-- Both settings are made in the import's own transaction, so that no other ever sees the first, and none finds a list to read.
create function directory.gather_search_entries(gather boolean) returns void
  language plpgsql security definer set search_path = '' as $$
begin
  if gather then
    alter index directory.service_lexemes set (fastupdate = on);
    alter index directory.service_terms set (fastupdate = on);
  else
    perform pg_catalog.gin_clean_pending_list('directory.service_lexemes'), pg_catalog.gin_clean_pending_list('directory.service_terms');
    alter index directory.service_lexemes set (fastupdate = off);
    alter index directory.service_terms set (fastupdate = off);
  end if;
end $$;
revoke all on function directory.gather_search_entries from public;
grant execute on function directory.gather_search_entries to linden_program;

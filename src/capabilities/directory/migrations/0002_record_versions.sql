-- Every change of an organisation or a place is a version too (DIR-7): who, when, what.
create table directory.organisation_version (
  organisation_id uuid not null references directory.organisation,
  version integer not null,
  profile jsonb not null,
  at timestamptz not null default now(),
  account_id uuid references access.account,
  origin text not null,
  -- what was done: 'add', 'change', 'restore 3', 'import …', 'pack …'; 'kept' is how a record stood when its versions began
  deed text not null,
  primary key (organisation_id, version)
);

create table directory.location_version (
  location_id uuid not null references directory.location,
  version integer not null,
  details jsonb not null,
  at timestamptz not null default now(),
  account_id uuid references access.account,
  origin text not null,
  deed text not null,
  primary key (location_id, version)
);

insert into directory.organisation_version (organisation_id, version, profile, at, origin, deed)
select id, version, profile, last_modified, 'job', 'kept' from directory.organisation;
insert into directory.location_version (location_id, version, details, at, origin, deed)
select id, version, details, last_modified, 'job', 'kept' from directory.location;

-- Personal data: who changed what. Another provider sees none of it.
create function directory.tends_organisation(organisation uuid) returns boolean language sql stable parallel safe set search_path = ''
  as $$ select directory.provides(organisation) or directory.edits(organisation) $$;
create function directory.tends_location(location uuid) returns boolean language sql stable parallel safe set search_path = ''
  as $$ select coalesce((select directory.tends_organisation(l.organisation_id) from directory.location l where l.id = location), false) $$;

alter table directory.organisation_version enable row level security;
alter table directory.organisation_version force row level security;
create policy organisation_version_read on directory.organisation_version for select to linden_program
  using (access.purpose() = 'administration' or directory.tends_organisation(organisation_id));
create policy organisation_version_add on directory.organisation_version for insert to linden_program
  with check (account_id is not distinct from access.actor() or access.purpose() = 'administration');

alter table directory.location_version enable row level security;
alter table directory.location_version force row level security;
create policy location_version_read on directory.location_version for select to linden_program
  using (access.purpose() = 'administration' or directory.tends_location(location_id));
create policy location_version_add on directory.location_version for insert to linden_program
  with check (account_id is not distinct from access.actor() or access.purpose() = 'administration');

grant select, insert on directory.organisation_version, directory.location_version to linden_program;
grant execute on function directory.tends_organisation, directory.tends_location to linden_program;

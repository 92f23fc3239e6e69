-- Who is who, who works where, and who may open what.
-- Locks: the program's role reads and writes here only as far as the policies below let the actor of the transaction.

create function access.purpose() returns text language sql stable parallel safe
  as $$ select nullif(current_setting('app.purpose', true), '') $$;

create table access.area (
  code text primary key,
  parent text references access.area,
  level text not null check (level in ('country', 'region', 'municipality', 'city', 'district')),
  names jsonb not null,
  longitude double precision,
  latitude double precision,
  population integer check (population > 0),
  geometry jsonb,
  pack text not null,
  -- codes from the top of the tree down to this area: "lies in" is path @> array[code]
  path text[] not null
);
create index area_path on access.area using gin (path);
create index area_parent on access.area (parent);

create table access.organisation (
  id uuid primary key default uuidv7(),
  slug text not null unique,
  names jsonb not null,
  kind text not null check (kind in ('public', 'non-profit', 'commercial', 'informal')),
  area text not null references access.area,
  pack text,
  example boolean not null default false,
  created_at timestamptz not null default now()
);
create index organisation_area on access.organisation (area);

create table access.person (
  id uuid primary key default uuidv7(),
  name text not null check (length(name) between 1 and 200),
  created_at timestamptz not null default now()
);

create table access.account (
  id uuid primary key default uuidv7(),
  person_id uuid not null references access.person,
  email text not null check (length(email) between 3 and 320),
  locale text check (locale in ('en', 'uk', 'da', 'de')),
  disabled_at timestamptz,
  created_at timestamptz not null default now()
);
create unique index account_email on access.account (lower(email));
create index account_person on access.account (person_id);

create table access.membership (
  account_id uuid not null references access.account,
  organisation_id uuid not null references access.organisation,
  role text not null check (role in ('case_worker', 'team_lead', 'provider', 'editor', 'secretariat', 'body_member', 'facilitator',
    'duty_officer', 'funder', 'economist', 'volunteer_coordinator', 'data_protection_officer', 'administrator')),
  since timestamptz not null default now(),
  until timestamptz,
  primary key (account_id, organisation_id, role)
);
create index membership_organisation on access.membership (organisation_id);

create table access.grant (
  id uuid primary key default uuidv7(),
  account_id uuid not null references access.account,
  object_kind text not null,
  object_id uuid not null,
  basis text not null check (length(basis) > 0),
  granted_by uuid references access.account,
  since timestamptz not null default now(),
  until timestamptz
);
create index grant_account on access.grant (account_id, object_kind, object_id);
create index grant_object on access.grant (object_kind, object_id);

create table access.token (
  id uuid primary key default uuidv7(),
  account_id uuid not null references access.account,
  name text not null check (length(name) between 1 and 100),
  -- SHA-256 of the token; the token itself is shown once and kept nowhere
  hash bytea not null unique check (length(hash) = 32),
  scopes text[] not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz
);
create index token_account on access.token (account_id);

-- Security definer: a policy on membership may not ask membership again, and the answer concerns the actor alone.
create function access.has_role(wanted text) returns boolean language sql stable parallel safe security definer set search_path = ''
  as $$ select exists (select 1 from access.membership m where m.account_id = access.actor() and m.role = wanted and (m.until is null or m.until > now())) $$;

create function access.is_colleague(other uuid) returns boolean language sql stable parallel safe security definer set search_path = ''
  as $$ select exists (select 1 from access.membership mine join access.membership theirs using (organisation_id)
        where mine.account_id = access.actor() and theirs.account_id = other
          and (mine.until is null or mine.until > now()) and (theirs.until is null or theirs.until > now())) $$;

create function access.is_own_person(other uuid) returns boolean language sql stable parallel safe security definer set search_path = ''
  as $$ select exists (select 1 from access.account a where a.person_id = other and (a.id = access.actor() or access.is_colleague(a.id))) $$;

alter table access.person enable row level security;
alter table access.person force row level security;
create policy person_read on access.person for select to linden_program
  using (access.purpose() in ('administration', 'sign-in') or access.has_role('administrator') or access.has_role('data_protection_officer') or access.is_own_person(id));
create policy person_add on access.person for insert to linden_program
  with check (access.purpose() in ('administration', 'registration') or access.has_role('administrator'));
create policy person_change on access.person for update to linden_program
  using (access.purpose() = 'administration' or access.has_role('administrator') or exists (select 1 from access.account a where a.person_id = person.id and a.id = access.actor()));

alter table access.account enable row level security;
alter table access.account force row level security;
create policy account_read on access.account for select to linden_program
  using (access.purpose() in ('administration', 'sign-in', 'registration') or id = access.actor() or access.has_role('administrator')
         or access.has_role('data_protection_officer') or access.is_colleague(id));
create policy account_add on access.account for insert to linden_program
  with check (access.purpose() in ('administration', 'registration') or access.has_role('administrator'));
create policy account_change on access.account for update to linden_program
  using (access.purpose() = 'administration' or id = access.actor() or access.has_role('administrator'))
  with check (access.purpose() = 'administration' or id = access.actor() or access.has_role('administrator'));

alter table access.membership enable row level security;
alter table access.membership force row level security;
create policy membership_read on access.membership for select to linden_program
  using (access.purpose() in ('administration', 'sign-in') or account_id = access.actor() or access.has_role('administrator') or access.has_role('data_protection_officer'));
create policy membership_write on access.membership for all to linden_program
  using (access.purpose() = 'administration' or access.has_role('administrator'))
  with check (access.purpose() = 'administration' or access.has_role('administrator'));

alter table access.grant enable row level security;
alter table access.grant force row level security;
create policy grant_read on access.grant for select to linden_program
  using (access.purpose() = 'administration' or account_id = access.actor() or access.has_role('data_protection_officer'));
create policy grant_write on access.grant for all to linden_program
  using (access.purpose() = 'administration' or granted_by = access.actor())
  with check (access.purpose() = 'administration' or granted_by = access.actor());

alter table access.token enable row level security;
alter table access.token force row level security;
create policy token_read on access.token for select to linden_program
  using (access.purpose() in ('administration', 'sign-in') or account_id = access.actor());
create policy token_add on access.token for insert to linden_program
  with check (access.purpose() = 'administration' or account_id = access.actor());
create policy token_change on access.token for update to linden_program
  using (access.purpose() in ('administration', 'sign-in') or account_id = access.actor())
  with check (access.purpose() in ('administration', 'sign-in') or account_id = access.actor());

grant usage on schema access to linden_program;
grant select, insert, update on access.area, access.organisation, access.person, access.account, access.token to linden_program;
grant select, insert, update, delete on access.membership, access.grant to linden_program;

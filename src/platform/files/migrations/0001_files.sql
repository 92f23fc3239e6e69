-- Files that people hand in. Their contents lie encrypted in a folder or in object storage; the key of each stands here, wrapped.
create schema files;

create table files.file (
  id uuid primary key default uuidv7(),
  name text not null check (length(name) between 1 and 255),
  type text not null,
  -- bytes, before they are encrypted
  size bigint not null check (size > 0),
  sha256 bytea not null check (length(sha256) = 32),
  wrapped_key bytea not null,
  storage text not null check (storage in ('folder', 's3')),
  -- name of the encrypted bytes there
  location uuid not null unique,
  created_by uuid,
  created_at timestamptz not null default now()
);
create index file_creator on files.file (created_by);

-- Encrypted bytes that no file holds: received and not yet kept, or let go. They are removed after the moment given.
create table files.loose (
  location uuid primary key,
  storage text not null check (storage in ('folder', 's3')),
  until timestamptz not null,
  created_by uuid
);
create index loose_until on files.loose (until);

alter table files.file enable row level security;
alter table files.file force row level security;
create policy file_own on files.file to linden_program
  using (created_by = access.actor() or access.purpose() = 'files')
  with check (created_by is not distinct from access.actor() or access.purpose() = 'files');

alter table files.loose enable row level security;
alter table files.loose force row level security;
create policy loose_own on files.loose to linden_program
  using (created_by is not distinct from access.actor() or access.purpose() = 'files')
  with check (created_by is not distinct from access.actor() or access.purpose() = 'files');

grant usage on schema files to linden_program;
grant select, insert, delete on files.file, files.loose to linden_program;

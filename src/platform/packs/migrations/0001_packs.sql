-- The jurisdictions that this instance has loaded.
create schema packs;

create table packs.pack (
  id text primary key,
  -- absent for what all packs share
  manifest jsonb,
  -- hash over all files of the pack: an unchanged pack is not loaded again
  sha256 text not null,
  loaded_at timestamptz not null default now()
);

grant usage on schema packs to linden_program;
grant select, insert, update on packs.pack to linden_program;

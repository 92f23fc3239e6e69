-- Typed links between public things, written by commands as they act, never typed by hand.
create schema thread;

create table thread.link (
  id uuid primary key default uuidv7(),
  from_kind text not null,
  from_id uuid not null,
  relation text not null check (relation ~ '^[a-z-]+$'),
  to_kind text not null,
  to_id uuid not null,
  at timestamptz not null default now(),
  unique (from_kind, from_id, relation, to_kind, to_id),
  check ((from_kind, from_id) <> (to_kind, to_id))
);
create index link_backwards on thread.link (to_kind, to_id);

grant usage on schema thread to linden_program;
grant select, insert on thread.link to linden_program;

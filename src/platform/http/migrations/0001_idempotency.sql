-- A request that arrives twice is done once: its outcome is stored with the change, in the same transaction.
create schema http;

create table http.idempotency (
  -- anonymous senders share the zero id; their keys are random and known to nobody else
  actor uuid not null,
  key text not null check (length(key) between 8 and 200),
  command text not null,
  request bytea not null,
  outcome jsonb,
  at timestamptz not null default now(),
  primary key (actor, key)
);
create index idempotency_at on http.idempotency (at);

alter table http.idempotency enable row level security;
alter table http.idempotency force row level security;
create policy idempotency_own on http.idempotency to linden_program
  using (actor = coalesce(access.actor(), '00000000-0000-0000-0000-000000000000'))
  with check (actor = coalesce(access.actor(), '00000000-0000-0000-0000-000000000000'));

grant usage on schema http to linden_program;
grant select, insert, update on http.idempotency to linden_program;

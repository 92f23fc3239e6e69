-- How often something was tried or asked for: several processes count together.
create schema limits;

create table limits.counter (
  -- what is counted, and a keyed hash of the account or network address that asks
  key text primary key check (length(key) <= 200),
  count integer not null,
  until timestamptz not null
);
create index counter_until on limits.counter (until);

alter table limits.counter enable row level security;
alter table limits.counter force row level security;
create policy counter_count on limits.counter to linden_program
  using (access.purpose() in ('limits', 'sign-in')) with check (access.purpose() in ('limits', 'sign-in'));
create policy counter_forget on limits.counter to linden_program
  using (access.purpose() = 'forgetting') with check (false);

grant usage on schema limits to linden_program;
grant select, insert, update, delete on limits.counter to linden_program;

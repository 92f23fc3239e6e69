-- The year wheel (GOV-7): milestones that come again are data of packs; a secretariat adds its own, and moves one occurrence.
create table governance.year_wheel (
  id uuid primary key default uuidv7(),
  slug text not null unique,
  pack text not null references packs.pack,
  -- whose secretariat keeps it
  organisation_id uuid not null references access.organisation,
  -- the wheel with its milestones, as its schema describes it
  profile jsonb not null,
  -- the pack no longer has it
  withdrawn boolean not null default false
);
create index year_wheel_pack on governance.year_wheel (pack);
create index year_wheel_organisation on governance.year_wheel (organisation_id);

create table governance.own_milestone (
  id uuid primary key default uuidv7(),
  wheel_id uuid not null references governance.year_wheel,
  profile jsonb not null,
  added_by uuid not null references access.account,
  added_at timestamptz not null default now(),
  withdrawn_at timestamptz
);
create index own_milestone_wheel on governance.own_milestone (wheel_id) where withdrawn_at is null;
create index own_milestone_added_by on governance.own_milestone (added_by);

-- One occurrence on another day. The newest counts; what was said before stays.
create table governance.milestone_move (
  id uuid primary key default uuidv7(),
  wheel_id uuid not null references governance.year_wheel,
  -- slug of a milestone of the pack, or id of an own one
  milestone text not null check (length(milestone) between 1 and 120),
  -- the day that its rule gives
  by_rule date not null,
  day date not null,
  reason text not null check (length(reason) between 3 and 500),
  moved_by uuid not null references access.account,
  moved_at timestamptz not null default now()
);
create index milestone_move_wheel on governance.milestone_move (wheel_id, milestone, by_rule, id desc);
create index milestone_move_moved_by on governance.milestone_move (moved_by);

-- Who was reminded of what: once for each day on which it falls.
create table governance.milestone_reminder (
  wheel_id uuid not null references governance.year_wheel,
  milestone text not null,
  day date not null,
  reminded_at timestamptz not null default now(),
  primary key (wheel_id, milestone, day)
);

create function governance.keeps_wheel(wheel uuid) returns boolean language sql stable parallel safe set search_path = ''
  as $$ select exists (select from governance.year_wheel w where w.id = wheel and governance.works_as(w.organisation_id, '{secretariat}')) $$;

alter table governance.year_wheel enable row level security;
alter table governance.year_wheel force row level security;
create policy year_wheel_read on governance.year_wheel for select to linden_program using (true);
create policy year_wheel_write on governance.year_wheel for all to linden_program
  using (access.purpose() = 'administration') with check (access.purpose() = 'administration');

alter table governance.own_milestone enable row level security;
alter table governance.own_milestone force row level security;
create policy own_milestone_read on governance.own_milestone for select to linden_program using (true);
create policy own_milestone_add on governance.own_milestone for insert to linden_program
  with check (added_by = access.actor() and governance.keeps_wheel(wheel_id));
create policy own_milestone_withdraw on governance.own_milestone for update to linden_program
  using (governance.keeps_wheel(wheel_id)) with check (governance.keeps_wheel(wheel_id));

alter table governance.milestone_move enable row level security;
alter table governance.milestone_move force row level security;
create policy milestone_move_read on governance.milestone_move for select to linden_program using (true);
create policy milestone_move_add on governance.milestone_move for insert to linden_program
  with check (moved_by = access.actor() and governance.keeps_wheel(wheel_id));

alter table governance.milestone_reminder enable row level security;
alter table governance.milestone_reminder force row level security;
create policy milestone_reminder_job on governance.milestone_reminder for all to linden_program
  using (access.purpose() = 'administration') with check (access.purpose() = 'administration');

grant execute on function governance.keeps_wheel to linden_program;
grant select, insert, update on governance.year_wheel to linden_program;
grant select, insert on governance.own_milestone to linden_program;
grant update (withdrawn_at) on governance.own_milestone to linden_program;
grant select, insert on governance.milestone_move to linden_program;
grant select, insert on governance.milestone_reminder to linden_program;

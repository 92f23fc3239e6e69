-- Seats of bodies by rule, and who holds them from when until when (GOV-1).
create table governance.seat (
  id uuid primary key default uuidv7(),
  body_id uuid not null references governance.body,
  -- as its rule makes it: 'chair', 'director/herning-kommune', 'member/2'
  key text not null,
  -- the organisation that alone fills it
  organisation_id uuid references access.organisation,
  -- several may hold it at the same time
  shared boolean not null,
  -- the rule is gone from the pack; who held the seat stays known
  withdrawn boolean not null default false,
  unique (body_id, key)
);
create index seat_organisation on governance.seat (organisation_id) where organisation_id is not null;

create table governance.mandate (
  id uuid primary key default uuidv7(),
  seat_id uuid not null references governance.seat,
  -- a name, an organisation, or both; never how to reach somebody
  name text check (length(name) between 1 and 200),
  organisation_id uuid references access.organisation,
  since date not null,
  -- the last day; without it the mandate goes on
  until date check (until >= since),
  during daterange not null generated always as (daterange(since, until, '[]')) stored,
  -- as the rule of the seat was when the mandate was given
  shared boolean not null,
  given_by uuid not null references access.account,
  given_at timestamptz not null default now(),
  check (name is not null or organisation_id is not null),
  constraint mandate_alone exclude using gist (seat_id with =, during with &&) where (not shared)
);
create index mandate_seat on governance.mandate (seat_id, since);
create index mandate_organisation on governance.mandate (organisation_id) where organisation_id is not null;
create index mandate_given_by on governance.mandate (given_by);

-- May the actor know who sits in this body? Members of a public body are public by office; of all others its secretariat knows them.
create function governance.knows_members(body uuid) returns boolean language sql stable parallel safe set search_path = ''
  as $$ select exists (select from governance.body b where b.id = body
        and (b.profile->'public' = 'true'::jsonb or governance.works_as(b.organisation_id, '{secretariat}'))) $$;

-- What the seat says holds for whoever gets it, whichever way the row comes.
create function governance.judge_mandate() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  seat governance.seat%rowtype;
begin
  -- The rule of a seat does not change while somebody gets it.
  select * into seat from governance.seat s where s.id = new.seat_id for share;
  if seat.withdrawn then
    raise exception 'this seat is there no longer' using errcode = '42501';
  end if;
  if seat.organisation_id is not null and seat.organisation_id is distinct from new.organisation_id then
    raise exception 'this seat is filled by one organisation alone' using errcode = '42501';
  end if;
  new.shared := seat.shared;
  return new;
end $$;
create trigger mandate_fits_seat before insert on governance.mandate for each row execute function governance.judge_mandate();

alter table governance.seat enable row level security;
alter table governance.seat force row level security;
create policy seat_read on governance.seat for select to linden_program using (true);
create policy seat_write on governance.seat for all to linden_program
  using (access.purpose() = 'administration') with check (access.purpose() = 'administration');

alter table governance.mandate enable row level security;
alter table governance.mandate force row level security;
create policy mandate_read on governance.mandate for select to linden_program
  using (exists (select from governance.seat s where s.id = seat_id and governance.knows_members(s.body_id)));
create policy mandate_give on governance.mandate for insert to linden_program
  with check (given_by = access.actor() and exists (select from governance.seat s join governance.body b on b.id = s.body_id
    where s.id = seat_id and governance.works_as(b.organisation_id, '{secretariat}')));
create policy mandate_end on governance.mandate for update to linden_program
  using (exists (select from governance.seat s join governance.body b on b.id = s.body_id
    where s.id = seat_id and governance.works_as(b.organisation_id, '{secretariat}')));

revoke all on function governance.judge_mandate from public;
grant execute on function governance.knows_members to linden_program;
grant select, insert, update on governance.seat to linden_program;
-- Of a mandate its last day alone changes, and nothing is deleted: who sat where stays known.
grant select, insert on governance.mandate to linden_program;
grant update (until) on governance.mandate to linden_program;

-- Bodies, and what they have decided. A body is data of a pack; a decision is written once and never changed (GOV-4).
create schema governance;

create table governance.body (
  id uuid primary key default uuidv7(),
  slug text not null unique,
  -- the body as its schema describes it
  profile jsonb not null,
  -- whose staff keep its secretariat
  organisation_id uuid not null references access.organisation,
  area text not null references access.area,
  pack text not null references packs.pack
);
create index body_pack on governance.body (pack);
create index body_organisation on governance.body (organisation_id);

create table governance.decision (
  id uuid primary key default uuidv7(),
  body_id uuid not null references governance.body,
  -- as the secretariat gives it; left empty, the next free number of the body's year
  number text not null default '' check (length(number) between 1 and 40),
  decided_on date not null,
  year smallint not null generated always as (extract(year from decided_on)) stored,
  matter text not null,
  outcome text not null check (outcome in ('agreed', 'declined', 'postponed')),
  title jsonb not null,
  words jsonb,
  -- GOV-13: read through a grant alone
  about_person boolean not null,
  -- what it is about, such as 'intake.request'; a public decision leads to no such thing
  subject_kind text,
  subject_id uuid,
  -- by its secretariat, or by a worker who copied it from the minutes
  entered text not null check (entered in ('by-secretariat', 'from-minutes')),
  recorded_by uuid not null references access.account,
  recorded_at timestamptz not null default now(),
  -- the wrong decision that this one stands in for
  supersedes uuid unique references governance.decision,
  unique (body_id, year, number),
  check ((subject_kind is null) = (subject_id is null)),
  check (about_person or subject_id is null),
  check (supersedes <> id)
);
create index decision_newest on governance.decision (body_id, decided_on desc, id desc);
create index decision_public on governance.decision (decided_on desc, id desc) where not about_person;
create index decision_subject on governance.decision (subject_id, subject_kind) where subject_id is not null;

-- Does the actor work in this organisation, in one of these roles? A person reads their own memberships, so this needs no rights of its owner.
create function governance.works_as(organisation uuid, roles text[]) returns boolean language sql stable parallel safe set search_path = ''
  as $$ select exists (select from access.membership m
        where m.account_id = access.actor() and m.organisation_id = organisation and m.role = any (roles)
          and m.since <= now() and (m.until is null or m.until > now())) $$;

-- Does this account work in this organisation? Answered to colleagues alone.
create function governance.is_colleague_in(account uuid, organisation uuid) returns boolean
  language sql stable parallel safe security definer set search_path = ''
  as $$ select exists (select from access.membership mine join access.membership theirs using (organisation_id)
        where mine.account_id = access.actor() and theirs.account_id = account and organisation_id = organisation
          and (mine.until is null or mine.until > now()) and (theirs.until is null or theirs.until > now())) $$;

-- May the actor read a decision about a person (GOV-13)? Through a grant that leads back, from hand to hand, to whoever recorded it:
-- nobody grants what they do not hold, and what was passed on ends with the hand that passed it on.
create function governance.reads(decision uuid, recorder uuid) returns boolean
  language sql stable parallel safe security definer set search_path = ''
  as $$ with recursive
          held as (select g.account_id, g.granted_by from access.grant g
                   where g.object_kind = 'governance.decision' and g.object_id = decision
                     and g.since <= now() and (g.until is null or g.until > now())),
          reader as (select held.account_id from held where held.account_id = recorder and held.granted_by = recorder
                     union select held.account_id from held join reader on reader.account_id = held.granted_by)
        select exists (select from reader where reader.account_id = access.actor()) $$;

-- Has a later decision taken the place of this one? Told also to those who may not read the later one.
create function governance.superseded(decision uuid) returns boolean
  language sql stable parallel safe security definer set search_path = ''
  as $$ select exists (select from governance.decision later where later.supersedes = decision) $$;

-- INT-6: is this a decision of that body about that subject, which agrees and still stands? Tells nothing else of it.
create function governance.decision_agrees(decision uuid, body text, subject uuid) returns boolean
  language sql stable parallel safe security definer set search_path = ''
  as $$ select exists (select from governance.decision d join governance.body b on b.id = d.body_id
        where d.id = decision and b.slug = body and d.subject_id = subject and d.outcome = 'agreed'
          and not governance.superseded(d.id)) $$;

-- Only an entitled body decides (GOV-4), and numbers are given one after the other.
create function governance.judge_decision() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  body governance.body%rowtype;
  about_people boolean;
  former governance.decision%rowtype;
begin
  -- Decisions of one body wait for each other here.
  select * into body from governance.body b where b.id = new.body_id for no key update;
  select (matter->>'aboutPeople')::boolean into about_people
    from jsonb_array_elements(body.profile->'decidesOn') matter where matter->>'slug' = new.matter;
  if about_people is null then
    raise exception 'this body may not decide on %', new.matter using errcode = '42501';
  end if;
  if new.about_person <> about_people then
    raise exception 'whether it is about a person follows from its matter' using errcode = '42501';
  end if;
  if new.supersedes is not null then
    select * into former from governance.decision d where d.id = new.supersedes;
    if former.id is null or (former.about_person and not governance.reads(former.id, former.recorded_by)) then
      raise exception 'nobody supersedes a decision that they may not read' using errcode = '42501';
    end if;
    if former.body_id <> new.body_id or former.about_person <> new.about_person then
      raise exception 'a decision is superseded by the body that made it, and stays as public as it was' using errcode = '42501';
    end if;
  end if;
  if new.number = '' then
    select coalesce(max(d.number::bigint), 0) + 1 into new.number from governance.decision d
      where d.body_id = new.body_id and d.year = extract(year from new.decided_on) and d.number ~ '^[0-9]{1,9}$';
  end if;
  return new;
end $$;
create trigger decision_entitled before insert on governance.decision for each row execute function governance.judge_decision();

-- GOV-13: the thread is public, so a decision about a person has no place in it, whoever writes the link.
create function governance.keep_out_of_thread() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from governance.decision d where d.about_person
             and ((new.from_kind = 'governance.decision' and d.id = new.from_id) or (new.to_kind = 'governance.decision' and d.id = new.to_id))) then
    raise exception 'a decision about a person never enters the thread' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger governance_decision before insert on thread.link for each row
  when ('governance.decision' in (new.from_kind, new.to_kind)) execute function governance.keep_out_of_thread();

-- What a body may decide on is data of packs: nobody widens it between two decisions.
alter table governance.body enable row level security;
alter table governance.body force row level security;
create policy body_read on governance.body for select to linden_program using (true);
create policy body_write on governance.body for all to linden_program
  using (access.purpose() = 'administration') with check (access.purpose() = 'administration');

alter table governance.decision enable row level security;
alter table governance.decision force row level security;
create policy decision_read on governance.decision for select to linden_program
  using (not about_person or governance.reads(id, recorded_by));
create policy decision_add on governance.decision for insert to linden_program
  with check (recorded_by = access.actor() and exists (select from governance.body b where b.id = body_id
    and ((entered = 'by-secretariat' and governance.works_as(b.organisation_id, '{secretariat}'))
      or (entered = 'from-minutes' and about_person and governance.works_as(b.organisation_id, '{case_worker,team_lead}')))));

revoke all on function governance.is_colleague_in, governance.reads, governance.superseded, governance.decision_agrees,
  governance.judge_decision, governance.keep_out_of_thread from public;
grant usage on schema governance to linden_program;
grant select, insert, update on governance.body to linden_program;
-- No update, no delete: a wrong decision is superseded.
grant select, insert on governance.decision to linden_program;
grant execute on function governance.works_as, governance.is_colleague_in, governance.reads, governance.superseded,
  governance.decision_agrees to linden_program;

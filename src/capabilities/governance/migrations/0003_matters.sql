-- What bodies deal with, and how: matters on their way (GOV-2), meetings and their minutes (GOV-3), dialogues, and what is delegated (GOV-14).

-- Does everybody read what this body deals with? Only where something says so.
create function governance.is_public(body uuid) returns boolean language sql stable parallel safe set search_path = ''
  as $$ select exists (select from governance.body b where b.id = body and b.profile->'public' = 'true'::jsonb) $$;

-- Does the actor keep the secretariat of this body?
create function governance.keeps(body uuid) returns boolean language sql stable parallel safe set search_path = ''
  as $$ select exists (select from governance.body b where b.id = body and governance.works_as(b.organisation_id, '{secretariat}')) $$;

-- ── Matters (GOV-2) ──────────────────────────────────────────────────────────────────────────────────────────────────────────

create table governance.matter (
  id uuid primary key default uuidv7(),
  -- the body with which it is now
  body_id uuid not null references governance.body,
  -- what that body decides about it, of its 'decidesOn'; never about people (GOV-13)
  kind text not null check (length(kind) <= 120),
  title jsonb not null,
  words jsonb,
  -- where it came from: a sort of origin, the thing itself where there is one, and how it is called
  source text not null check (source in ('body', 'member', 'contribution', 'user-organisation', 'adjustment', 'agreement',
    'dispute', 'dialogue', 'recommendation', 'consultation', 'authority')),
  source_kind text check (source_kind ~ '^[a-z]+\.[a-z-]+$'),
  source_id uuid,
  source_name text check (length(source_name) between 1 and 200),
  state text not null check (state in ('idea', 'prepared', 'on-agenda', 'decided', 'postponed', 'withdrawn', 'carried-out', 'followed-up')),
  -- from here on everybody reads it; an idea is nobody's business yet
  published_at timestamptz,
  raised_by uuid not null references access.account,
  raised_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  check ((source_kind is null) = (source_id is null))
);
create index matter_body on governance.matter (body_id, changed_at desc, id desc);
create index matter_public on governance.matter (changed_at desc, id desc) where published_at is not null;
create index matter_source on governance.matter (source_kind, source_id) where source_id is not null;
create index matter_raised_by on governance.matter (raised_by);

-- The way of a matter over bodies. Written once; the matter follows from its steps, and nobody moves it past them.
create table governance.matter_step (
  id uuid primary key default uuidv7(),
  matter_id uuid not null references governance.matter,
  deed text not null check (deed in ('raised', 'prepared', 'scheduled', 'taken-off', 'decided', 'sent-on', 'postponed', 'withdrawn', 'carried-out', 'followed-up')),
  -- as the matter stood before; nothing at the first step
  from_state text,
  -- the body that did it, and the one it was sent to
  body_id uuid not null references governance.body,
  to_body_id uuid references governance.body,
  -- what the new body decides about it
  to_kind text,
  meeting_id uuid,
  decision_id uuid references governance.decision,
  words text check (length(words) between 1 and 2000),
  made_by uuid not null references access.account,
  made_at timestamptz not null default now(),
  check ((deed = 'sent-on') = (to_body_id is not null)),
  check ((deed = 'sent-on') = (to_kind is not null)),
  check ((deed = 'raised') = (from_state is null)),
  check ((deed = 'decided') = (decision_id is not null)),
  check (deed not in ('postponed', 'withdrawn') or words is not null)
);
create index matter_step_way on governance.matter_step (matter_id, made_at, id);
-- A decision decides one matter.
create unique index matter_step_decision on governance.matter_step (decision_id) where decision_id is not null;
create index matter_step_meeting on governance.matter_step (meeting_id) where meeting_id is not null;
create index matter_step_made_by on governance.matter_step (made_by);

-- Whether this body decides on such a thing in public: undefined where it does not decide on it.
create function governance.decides_publicly(body uuid, kind text) returns boolean language sql stable parallel safe set search_path = ''
  as $$ select not (m->>'aboutPeople')::boolean from governance.body b, jsonb_array_elements(b.profile->'decidesOn') m
        where b.id = body and m->>'slug' = kind $$;

-- A body may deal with what it cannot decide: then the kind is 'theme', and no decision comes of it there.
create function governance.deals_with(body uuid, kind text) returns boolean language sql stable parallel safe set search_path = ''
  as $$ select kind = 'theme' or coalesce(governance.decides_publicly(body, kind), false) $$;

create function governance.judge_matter() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if not governance.deals_with(new.body_id, new.kind) then
    raise exception 'this body has no such matter, or it is about a person and has no path' using errcode = '42501';
  end if;
  if new.state not in ('idea', 'prepared') then
    raise exception 'a matter begins as an idea, or prepared' using errcode = '42501';
  end if;
  new.published_at := case when new.state = 'prepared' and governance.is_public(new.body_id) then new.raised_at end;
  return new;
end $$;
create trigger matter_begins before insert on governance.matter for each row execute function governance.judge_matter();

-- A matter goes on from where it stands, and only where it may.
create function governance.judge_matter_step() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  matter governance.matter%rowtype;
  decision governance.decision%rowtype;
  after text;
begin
  select * into matter from governance.matter m where m.id = new.matter_id for no key update;
  if new.deed = 'raised' then
    if exists (select from governance.matter_step s where s.matter_id = new.matter_id) then
      raise exception 'a matter is raised once' using errcode = '42501';
    end if;
    return new;
  end if;
  -- somebody was faster: tried again, and then seen
  if matter.state is distinct from new.from_state then
    raise exception 'this matter has moved on meanwhile' using errcode = '40001';
  end if;
  if matter.body_id <> new.body_id then
    raise exception 'this matter is with another body' using errcode = '42501';
  end if;
  after := case
    when new.deed = 'prepared' and new.from_state in ('idea', 'postponed') then 'prepared'
    when new.deed = 'scheduled' and new.from_state in ('prepared', 'postponed') then 'on-agenda'
    when new.deed = 'taken-off' and new.from_state = 'on-agenda' then 'prepared'
    when new.deed = 'decided' and new.from_state in ('prepared', 'on-agenda') then 'decided'
    when new.deed = 'sent-on' and new.from_state in ('prepared', 'on-agenda', 'postponed', 'decided') then 'prepared'
    when new.deed = 'postponed' and new.from_state in ('prepared', 'on-agenda') then 'postponed'
    when new.deed = 'withdrawn' and new.from_state in ('idea', 'prepared', 'on-agenda', 'postponed') then 'withdrawn'
    when new.deed = 'carried-out' and new.from_state = 'decided' then 'carried-out'
    when new.deed = 'followed-up' and new.from_state = 'carried-out' then 'followed-up'
  end;
  if after is null then
    raise exception 'a matter that is % cannot be %', new.from_state, new.deed using errcode = '42501';
  end if;
  if new.deed = 'decided' then
    select * into decision from governance.decision d where d.id = new.decision_id;
    if decision.body_id is distinct from matter.body_id or decision.about_person then
      raise exception 'a matter is decided by a public decision of the body with which it is' using errcode = '42501';
    end if;
  end if;
  if new.deed = 'sent-on' then
    if new.to_body_id = matter.body_id or not governance.deals_with(new.to_body_id, new.to_kind) then
      raise exception 'the other body has no such matter' using errcode = '42501';
    end if;
  end if;
  update governance.matter m set
    state = after,
    body_id = coalesce(new.to_body_id, m.body_id),
    kind = coalesce(new.to_kind, m.kind),
    published_at = coalesce(m.published_at, case when after <> 'withdrawn' and governance.is_public(coalesce(new.to_body_id, m.body_id)) then new.made_at end),
    changed_at = new.made_at
  where m.id = matter.id;
  return new;
end $$;
create trigger matter_step_fits before insert on governance.matter_step for each row execute function governance.judge_matter_step();

-- ── Meetings (GOV-3) ─────────────────────────────────────────────────────────────────────────────────────────────────────────

create table governance.meeting (
  id uuid primary key default uuidv7(),
  body_id uuid not null references governance.body,
  -- GOV-14: in a dialogue, state, providers and people sit side by side
  form text not null default 'meeting' check (form in ('meeting', 'dialogue')),
  title text check (length(title) between 1 and 200),
  -- the language in which it is held and written down
  locale text not null check (locale in ('en', 'uk', 'da', 'de')),
  starts_at timestamptz not null,
  ends_at timestamptz check (ends_at > starts_at),
  place text check (length(place) between 1 and 300),
  state text not null default 'planned' check (state in ('planned', 'invited', 'held', 'approved', 'cancelled')),
  agenda_published_at timestamptz,
  invited_at timestamptz,
  held_at timestamptz,
  approved_at timestamptz,
  cancelled_why text check (length(cancelled_why) between 1 and 500),
  -- the version of the minutes that is being written; approved ones stand in their own table
  writing smallint not null default 1 check (writing between 1 and 100),
  -- what was said before the first item and after the last one
  opening text check (length(opening) <= 20000),
  created_by uuid not null references access.account,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  version integer not null default 1,
  check ((state = 'cancelled') = (cancelled_why is not null))
);
create index meeting_by_day on governance.meeting (starts_at desc, id desc);
create index meeting_of_body on governance.meeting (body_id, starts_at desc, id desc);
create index meeting_changed on governance.meeting (changed_at);
create index meeting_created_by on governance.meeting (created_by);

alter table governance.matter_step add foreign key (meeting_id) references governance.meeting;

create table governance.agenda_item (
  id uuid primary key default uuidv7(),
  meeting_id uuid not null references governance.meeting,
  position smallint not null check (position between 1 and 500),
  title text not null check (length(title) between 1 and 300),
  -- what the body decides here, of its 'decidesOn'; without it nothing is decided
  kind text,
  matter_id uuid references governance.matter,
  presenter text check (length(presenter) between 1 and 200),
  -- confidential: everybody reads the headline and this ground, and nothing else
  secret_ground text check (length(secret_ground) between 3 and 300),
  -- GOV-13: stands in no public agenda at all
  about_person boolean not null default false,
  withdrawn_at timestamptz,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  unique (meeting_id, position) deferrable initially deferred
);
create index agenda_item_matter on governance.agenda_item (matter_id) where matter_id is not null;

-- What the item is about. Apart from the item, for of a confidential one everybody reads the headline alone.
create table governance.agenda_words (
  item_id uuid primary key references governance.agenda_item,
  words text not null check (length(words) between 1 and 20000)
);

create table governance.agenda_paper (
  id uuid primary key default uuidv7(),
  item_id uuid not null references governance.agenda_item,
  file_id uuid not null unique references files.file on delete cascade,
  name text not null check (length(name) between 1 and 255),
  type text not null,
  size bigint not null,
  confidential boolean not null,
  added_by uuid not null references access.account,
  added_at timestamptz not null default now(),
  withdrawn_at timestamptz
);
create index agenda_paper_item on governance.agenda_paper (item_id, added_at);
create index agenda_paper_added_by on governance.agenda_paper (added_by);

-- Who was told of the meeting by letter. An account, where the address belongs to one, may read all of its papers.
create table governance.invitation (
  meeting_id uuid not null references governance.meeting,
  email text not null check (length(email) between 3 and 320),
  account_id uuid references access.account,
  sent_at timestamptz not null default now(),
  primary key (meeting_id, email)
);
create index invitation_account on governance.invitation (account_id) where account_id is not null;

create table governance.attendance (
  id uuid primary key default uuidv7(),
  meeting_id uuid not null references governance.meeting,
  -- the seat; a guest has none. In a dialogue the side instead
  seat_id uuid references governance.seat,
  side text check (side in ('state', 'providers', 'people')),
  mandate_id uuid references governance.mandate,
  name text not null check (length(name) between 1 and 200),
  presence text not null default 'unknown' check (presence in ('unknown', 'present', 'proxy', 'excused', 'absent')),
  -- who stands in
  proxy text check (length(proxy) between 1 and 200),
  -- has this seat a vote; set from the rule of the seat, whoever writes the row
  votes boolean not null default false,
  unique nulls not distinct (meeting_id, seat_id, mandate_id, name),
  check (seat_id is null or side is null),
  check ((presence = 'proxy') = (proxy is not null))
);
create index attendance_seat on governance.attendance (seat_id) where seat_id is not null;
create index attendance_mandate on governance.attendance (mandate_id) where mandate_id is not null;

-- Who has a conflict of interest in an item does not vote on it, and is not counted.
create table governance.conflict (
  item_id uuid not null references governance.agenda_item,
  attendance_id uuid not null references governance.attendance,
  ground text not null check (length(ground) between 3 and 300),
  primary key (item_id, attendance_id)
);
create index conflict_attendance on governance.conflict (attendance_id);

create table governance.vote (
  item_id uuid not null references governance.agenda_item,
  attendance_id uuid not null references governance.attendance,
  vote text not null check (vote in ('yes', 'no', 'abstain')),
  -- nobody votes twice
  primary key (item_id, attendance_id)
);
create index vote_attendance on governance.vote (attendance_id);

-- What was decided on an item, how, and whether enough were there. Where nobody knows how many must be, that stays unknown and is said.
create table governance.item_decision (
  item_id uuid primary key references governance.agenda_item,
  decision_id uuid not null unique references governance.decision,
  how text not null check (how in ('consensus', 'majority', 'unanimity')),
  yes smallint not null default 0,
  no smallint not null default 0,
  abstain smallint not null default 0,
  quorum boolean,
  -- GOV-14: what it costs, where the body decides within a limit
  amount numeric(14, 2) check (amount >= 0),
  currency text check (currency ~ '^[A-Z]{3}$'),
  check ((amount is null) = (currency is null))
);

-- Minutes as they are typed, one text for each item.
create table governance.minutes_line (
  item_id uuid primary key references governance.agenda_item,
  words text not null check (length(words) between 1 and 20000),
  changed_at timestamptz not null default now()
);

-- Minutes as they were approved. A correction is a new version; no version is ever changed.
create table governance.minutes (
  meeting_id uuid not null references governance.meeting,
  version smallint not null check (version >= 1),
  -- what everybody may read
  content jsonb not null,
  approved_by text not null check (approved_by in ('chair', 'meeting')),
  -- the meeting that approved it, where a later one did
  approved_in uuid references governance.meeting,
  -- a later version says what it corrects
  correction text check (length(correction) between 3 and 1000),
  entered_by uuid not null references access.account,
  approved_at timestamptz not null default now(),
  -- under which words it is found, in four languages
  found_by tsvector not null,
  primary key (meeting_id, version),
  check ((version = 1) = (correction is null)),
  check ((approved_by = 'meeting') = (approved_in is not null)),
  check (approved_in <> meeting_id)
);
create index minutes_found on governance.minutes using gin (found_by);
create index minutes_approved_in on governance.minutes (approved_in) where approved_in is not null;
create index minutes_entered_by on governance.minutes (entered_by);
create index minutes_newest on governance.minutes (approved_at desc);

-- The same for items that are confidential: read by the secretariat and by those who were invited.
create table governance.minutes_closed (
  meeting_id uuid not null,
  version smallint not null,
  content jsonb not null,
  primary key (meeting_id, version),
  foreign key (meeting_id, version) references governance.minutes
);

create table governance.task (
  id uuid primary key default uuidv7(),
  meeting_id uuid not null references governance.meeting,
  item_id uuid references governance.agenda_item,
  title text not null check (length(title) between 1 and 300),
  owner text not null check (length(owner) between 1 and 200),
  due date not null,
  done_on date,
  created_by uuid not null references access.account,
  created_at timestamptz not null default now()
);
create index task_meeting on governance.task (meeting_id, due);
create index task_item on governance.task (item_id) where item_id is not null;
create index task_due on governance.task (due) where done_on is null;
create index task_created_by on governance.task (created_by);

-- GOV-14: a body may decide on this, up to this sum, because another body decided so.
create table governance.delegation (
  id uuid primary key default uuidv7(),
  body_id uuid not null references governance.body,
  kind text not null,
  most numeric(14, 2) not null check (most >= 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- the decision by which it was delegated
  decision_id uuid not null references governance.decision,
  since date not null,
  until date check (until >= since),
  during daterange not null generated always as (daterange(since, until, '[]')) stored,
  given_by uuid not null references access.account,
  constraint delegation_once exclude using gist (body_id with =, kind with =, during with &&)
);
create index delegation_decision on governance.delegation (decision_id);
create index delegation_given_by on governance.delegation (given_by);

-- ── What the database refuses ───────────────────────────────────────────────────────────────────────────────────────────────

create function governance.judge_meeting() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'planned' then
      raise exception 'a meeting begins planned' using errcode = '42501';
    end if;
    return new;
  end if;
  if old.state is distinct from new.state and not (old.state, new.state) in
      (('planned', 'invited'), ('planned', 'held'), ('invited', 'held'), ('held', 'approved'), ('approved', 'held'), ('planned', 'cancelled'), ('invited', 'cancelled')) then
    raise exception 'a meeting that is % does not become %', old.state, new.state using errcode = '42501';
  end if;
  if new.state = 'approved' and not exists (select from governance.minutes m where m.meeting_id = new.id and m.version = new.writing) then
    raise exception 'a meeting is closed by its approved minutes' using errcode = '42501';
  end if;
  if old.state = 'approved' and new.state = 'held' and new.writing <> old.writing + 1 then
    raise exception 'approved minutes stay: a correction is a new version' using errcode = '42501';
  end if;
  if old.state in ('approved', 'cancelled') and old.state = new.state then
    raise exception 'this meeting is closed' using errcode = '42501';
  end if;
  if new.opening is distinct from old.opening and exists (select from governance.minutes m where m.meeting_id = new.id and m.version = new.writing) then
    raise exception 'approved minutes are never changed' using errcode = '42501';
  end if;
  -- GOV-14: equal seats
  if new.form = 'dialogue' and new.state in ('invited', 'held') and new.state <> old.state and (
      select count(distinct n) > 1 or min(n) = 0 from (
        select count(a.id) as n from (values ('state'), ('providers'), ('people')) s (side)
        left join governance.attendance a on a.meeting_id = new.id and a.side = s.side group by s.side) sides) then
    raise exception 'in a dialogue the three sides have the same number of seats' using errcode = '42501';
  end if;
  new.version := old.version + 1;
  return new;
end $$;
create trigger meeting_goes_on before insert or update on governance.meeting for each row execute function governance.judge_meeting();

-- What is decided about people stands in an agenda by the name of its kind, without a word of its own (GOV-13).
create function governance.judge_item() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  meeting governance.meeting%rowtype;
  names jsonb;
begin
  select * into meeting from governance.meeting m where m.id = new.meeting_id;
  if meeting.state in ('approved', 'cancelled') then
    raise exception 'the agenda of a closed meeting is not changed' using errcode = '42501';
  end if;
  if tg_op = 'UPDATE' and (new.kind is distinct from old.kind or new.matter_id is distinct from old.matter_id or new.secret_ground is distinct from old.secret_ground)
      and exists (select from governance.item_decision d where d.item_id = new.id) then
    raise exception 'what was decided on is not changed' using errcode = '42501';
  end if;
  new.about_person := false;
  if new.kind is not null then
    select (m->>'aboutPeople')::boolean, m->'names' into new.about_person, names
      from governance.body b, jsonb_array_elements(b.profile->'decidesOn') m where b.id = meeting.body_id and m->>'slug' = new.kind;
    if names is null then
      raise exception 'this body may not decide on %', new.kind using errcode = '42501';
    end if;
  end if;
  if new.about_person then
    new.title := coalesce(names->>meeting.locale, names->>'en', new.kind);
    if new.matter_id is not null then
      raise exception 'a matter about a person has no path' using errcode = '42501';
    end if;
  end if;
  return new;
end $$;
create trigger agenda_item_fits before insert or update on governance.agenda_item for each row execute function governance.judge_item();

-- Words, papers and minutes of an item: nothing of a person's matter, and nothing after the minutes are approved.
create function governance.judge_item_content() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  item governance.agenda_item%rowtype;
  meeting governance.meeting%rowtype;
begin
  select * into item from governance.agenda_item i where i.id = case when tg_op = 'DELETE' then old.item_id else new.item_id end;
  select * into meeting from governance.meeting m where m.id = item.meeting_id;
  if item.about_person and tg_op <> 'DELETE' then
    raise exception 'what is about a person stands in the decision alone' using errcode = '42501';
  end if;
  if meeting.state in ('approved', 'cancelled') or exists (select from governance.minutes m where m.meeting_id = meeting.id and m.version = meeting.writing) then
    raise exception 'approved minutes are never changed' using errcode = '42501';
  end if;
  if tg_table_name = 'minutes_line' and meeting.state <> 'held' then
    raise exception 'minutes are written at a meeting' using errcode = '42501';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger agenda_words_fit before insert or update or delete on governance.agenda_words for each row execute function governance.judge_item_content();
create trigger agenda_paper_fits before insert or update on governance.agenda_paper for each row execute function governance.judge_item_content();
create trigger minutes_line_fits before insert or update or delete on governance.minutes_line for each row execute function governance.judge_item_content();

-- A seat votes where its rule says so, whoever writes the row.
create function governance.judge_attendance() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  meeting governance.meeting%rowtype;
  seat governance.seat%rowtype;
begin
  select * into meeting from governance.meeting m where m.id = new.meeting_id for share;
  if meeting.state in ('approved', 'cancelled') then
    raise exception 'who was there is not changed after the minutes are approved' using errcode = '42501';
  end if;
  if (new.side is not null) <> (meeting.form = 'dialogue' and new.seat_id is null) then
    raise exception 'the three sides sit in a dialogue, seats in a meeting' using errcode = '42501';
  end if;
  new.votes := new.side is not null;
  if new.seat_id is not null then
    select * into seat from governance.seat s where s.id = new.seat_id;
    if seat.body_id <> meeting.body_id then
      raise exception 'this seat is of another body' using errcode = '42501';
    end if;
    if new.mandate_id is not null and not exists (select from governance.mandate m where m.id = new.mandate_id and m.seat_id = new.seat_id) then
      raise exception 'this mandate is of another seat' using errcode = '42501';
    end if;
    select rule->>'role' <> 'attendant' into new.votes from governance.body b, jsonb_array_elements(b.profile->'seats') rule
      where b.id = meeting.body_id and rule->>'slug' = split_part(seat.key, '/', 1);
    new.votes := coalesce(new.votes, false);
  end if;
  if tg_op = 'UPDATE' and new.presence not in ('present', 'proxy') and exists (select from governance.vote v where v.attendance_id = new.id) then
    raise exception 'who has voted was there' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger attendance_fits before insert or update on governance.attendance for each row execute function governance.judge_attendance();

-- How many votes there are, and how many of them are here.
create function governance.votes_here(meeting uuid, out here integer, out seats integer) language sql stable security definer set search_path = ''
  as $$ select count(*) filter (where a.votes and a.presence in ('present', 'proxy'))::integer,
          greatest(count(*) filter (where a.votes), (
            select count(*) from governance.meeting m join governance.seat s on s.body_id = m.body_id join governance.body b on b.id = m.body_id
              cross join jsonb_array_elements(b.profile->'seats') rule
            where m.id = meeting and m.form = 'meeting' and not s.withdrawn and rule->>'slug' = split_part(s.key, '/', 1)
              and rule->>'role' <> 'attendant' and not coalesce((rule->>'optional')::boolean, false)))::integer
        from governance.attendance a where a.meeting_id = meeting $$;

-- Are enough there? Unknown where nothing says how many must be.
create function governance.has_quorum(meeting uuid) returns boolean language sql stable security definer set search_path = ''
  as $$ select case b.profile->>'quorumIs'
          when 'more-than-half' then n.here * 2 > n.seats
          when 'half' then n.here * 2 >= n.seats
          when 'two-thirds' then n.here * 3 >= n.seats * 2
          when 'all' then n.here = n.seats end
        from governance.meeting m join governance.body b on b.id = m.body_id cross join governance.votes_here(m.id) n where m.id = meeting $$;

create function governance.judge_vote() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  item governance.agenda_item%rowtype;
  there governance.attendance%rowtype;
  meeting governance.meeting%rowtype;
begin
  if tg_op = 'DELETE' then
    if exists (select from governance.item_decision d where d.item_id = old.item_id) then
      raise exception 'a vote that was counted stays' using errcode = '42501';
    end if;
    return old;
  end if;
  select * into item from governance.agenda_item i where i.id = new.item_id;
  select * into meeting from governance.meeting m where m.id = item.meeting_id;
  select * into there from governance.attendance a where a.id = new.attendance_id for share;
  if there.meeting_id is distinct from item.meeting_id or not there.votes then
    raise exception 'this seat has no vote here' using errcode = '42501';
  end if;
  if there.presence not in ('present', 'proxy') then
    raise exception 'who is absent does not vote' using errcode = '42501';
  end if;
  if exists (select from governance.conflict c where c.item_id = new.item_id and c.attendance_id = new.attendance_id) then
    raise exception 'who has a conflict of interest does not vote' using errcode = '42501';
  end if;
  if meeting.state <> 'held' or exists (select from governance.item_decision d where d.item_id = new.item_id) then
    raise exception 'this item is not being voted on' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger vote_counts before insert or delete on governance.vote for each row execute function governance.judge_vote();

create function governance.judge_conflict() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  gone governance.conflict%rowtype := case when tg_op = 'DELETE' then old else new end;
begin
  if not exists (select from governance.agenda_item i join governance.attendance a on a.meeting_id = i.meeting_id where i.id = gone.item_id and a.id = gone.attendance_id) then
    raise exception 'nobody of this meeting' using errcode = '42501';
  end if;
  if exists (select from governance.vote v where v.item_id = gone.item_id and v.attendance_id = gone.attendance_id)
      or exists (select from governance.item_decision d where d.item_id = gone.item_id) then
    raise exception 'a conflict of interest is told before the vote' using errcode = '42501';
  end if;
  return gone;
end $$;
create trigger conflict_before_vote before insert or delete on governance.conflict for each row execute function governance.judge_conflict();

-- An item is decided as its body decides, by those who are there, and within what is delegated.
create function governance.judge_item_decision() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  item governance.agenda_item%rowtype;
  meeting governance.meeting%rowtype;
  body governance.body%rowtype;
  decision governance.decision%rowtype;
  counted integer;
  delegated governance.delegation%rowtype;
begin
  select * into item from governance.agenda_item i where i.id = new.item_id;
  select * into meeting from governance.meeting m where m.id = item.meeting_id for share;
  select * into body from governance.body b where b.id = meeting.body_id;
  select * into decision from governance.decision d where d.id = new.decision_id;
  if meeting.state <> 'held' or item.withdrawn_at is not null then
    raise exception 'nothing is decided outside a meeting' using errcode = '42501';
  end if;
  if decision.body_id is distinct from meeting.body_id or decision.matter is distinct from item.kind then
    raise exception 'this decision is about something else' using errcode = '42501';
  end if;
  new.quorum := governance.has_quorum(meeting.id);
  if new.quorum = false then
    raise exception 'too few are there to decide' using errcode = '42501';
  end if;
  if body.profile->>'decidesBy' is not null and new.how <> body.profile->>'decidesBy' then
    raise exception 'this body decides in another way' using errcode = '42501';
  end if;
  select count(*) filter (where v.vote = 'yes'), count(*) filter (where v.vote = 'no'), count(*) filter (where v.vote = 'abstain')
    into new.yes, new.no, new.abstain from governance.vote v where v.item_id = new.item_id;
  select count(*) into counted from governance.attendance a where a.meeting_id = meeting.id and a.votes and a.presence in ('present', 'proxy')
    and not exists (select from governance.conflict c where c.item_id = new.item_id and c.attendance_id = a.id);
  if decision.outcome = 'agreed' and (
      (new.how = 'majority' and new.yes <= new.no)
      or (new.how = 'unanimity' and (new.yes <> counted or counted = 0))
      or (new.how = 'consensus' and new.no > 0)) then
    raise exception 'the votes do not agree to this' using errcode = '42501';
  end if;
  if decision.outcome = 'declined' and new.how = 'majority' and new.yes > new.no then
    raise exception 'the votes do not decline this' using errcode = '42501';
  end if;
  if decision.outcome = 'agreed' and exists (select from governance.delegation d where d.body_id = meeting.body_id) then
    select * into delegated from governance.delegation d
      where d.body_id = meeting.body_id and d.kind = item.kind and d.during @> decision.decided_on;
    if delegated.id is null then
      raise exception 'nothing of this is delegated to the body on that day' using errcode = '42501';
    end if;
    if new.amount is null or new.currency <> delegated.currency or new.amount > delegated.most then
      raise exception 'this is beyond what is delegated to the body' using errcode = '42501';
    end if;
  end if;
  return new;
end $$;
create trigger item_decision_fits before insert on governance.item_decision for each row execute function governance.judge_item_decision();

-- GOV-14: a body with delegated limits decides in its meetings alone, where the limit is looked at.
create function governance.judge_delegated() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from governance.delegation d where d.body_id = new.body_id)
      and not exists (select from governance.item_decision i where i.decision_id = new.id) then
    raise exception 'this body decides at a meeting, within what is delegated to it' using errcode = '42501';
  end if;
  return null;
end $$;
create constraint trigger decision_delegated after insert on governance.decision deferrable initially deferred
  for each row execute function governance.judge_delegated();

create function governance.judge_delegation() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  decision governance.decision%rowtype;
begin
  select * into decision from governance.decision d where d.id = new.decision_id;
  if decision.about_person or decision.outcome <> 'agreed' or governance.superseded(decision.id) or decision.body_id = new.body_id then
    raise exception 'a body is given a limit by an agreed decision of another one' using errcode = '42501';
  end if;
  if governance.decides_publicly(new.body_id, new.kind) is not true then
    raise exception 'this body may not decide on that' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger delegation_fits before insert on governance.delegation for each row execute function governance.judge_delegation();

create function governance.judge_minutes() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  meeting governance.meeting%rowtype;
begin
  select * into meeting from governance.meeting m where m.id = new.meeting_id for no key update;
  if meeting.state <> 'held' or meeting.writing <> new.version then
    raise exception 'only minutes that are being written are approved' using errcode = '42501';
  end if;
  if new.approved_in is not null and not exists (select from governance.meeting later where later.id = new.approved_in
      and later.body_id = meeting.body_id and later.starts_at > meeting.starts_at and later.state in ('held', 'approved')) then
    raise exception 'minutes are approved by a later meeting of the same body' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger minutes_approved before insert on governance.minutes for each row execute function governance.judge_minutes();

-- ── Who reads and writes ────────────────────────────────────────────────────────────────────────────────────────────────────

-- Was the actor invited to this meeting, under an address of their account?
create function governance.is_invited(meeting uuid) returns boolean language sql stable parallel safe security definer set search_path = ''
  as $$ select exists (select from governance.invitation i where i.meeting_id = meeting and i.account_id = access.actor()) $$;

-- May the actor read all of a meeting: its secretariat, and whoever was invited.
create function governance.attends(meeting uuid) returns boolean language sql stable parallel safe security definer set search_path = ''
  as $$ select governance.is_invited(meeting) or exists (select from governance.meeting m where m.id = meeting and governance.keeps(m.body_id)) $$;

-- Does the actor keep the secretariat of the body that meets?
create function governance.keeps_meeting(meeting uuid) returns boolean language sql stable parallel safe security definer set search_path = ''
  as $$ select exists (select from governance.meeting m where m.id = meeting and governance.keeps(m.body_id)) $$;

-- Of an item: is it open to all, once its agenda or its minutes are?
create function governance.item_open(item uuid) returns boolean language sql stable parallel safe security definer set search_path = ''
  as $$ select exists (select from governance.agenda_item i join governance.meeting m on m.id = i.meeting_id
        where i.id = item and not i.about_person and i.secret_ground is null and m.agenda_published_at is not null and governance.is_public(m.body_id)) $$;
create function governance.meeting_of(item uuid) returns uuid language sql stable parallel safe security definer set search_path = ''
  as $$ select i.meeting_id from governance.agenda_item i where i.id = item $$;

-- An account with the address of an invitation is found here and told to nobody: no secretariat learns who has one.
create function governance.find_invited() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  new.account_id := (select a.id from access.account a where lower(a.email) = lower(new.email) and a.disabled_at is null);
  return new;
end $$;
create trigger invitation_account_found before insert on governance.invitation for each row execute function governance.find_invited();

-- GOV-3: minutes of public bodies that hold these words, newest first. Its own rights, so that the index is used; it tells ids alone.
create function governance.minutes_with(terms tsquery) returns table (meeting_id uuid, version smallint)
  language sql stable security definer set search_path = ''
  as $$ select m.meeting_id, m.version from governance.minutes m join governance.meeting t on t.id = m.meeting_id
        where m.found_by @@ terms and governance.is_public(t.body_id)
          and m.version = (select max(n.version) from governance.minutes n where n.meeting_id = m.meeting_id) $$;

do $$
declare
  name text;
begin
  foreach name in array array['matter', 'matter_step', 'meeting', 'agenda_item', 'agenda_words', 'agenda_paper', 'invitation', 'attendance',
      'conflict', 'vote', 'item_decision', 'minutes_line', 'minutes', 'minutes_closed', 'task', 'delegation'] loop
    execute format('alter table governance.%I enable row level security', name);
    execute format('alter table governance.%I force row level security', name);
  end loop;
end $$;

create policy matter_read on governance.matter for select to linden_program
  using (published_at is not null or raised_by = access.actor() or governance.keeps(body_id));
-- A secretariat raises and prepares; whoever works for an organisation may bring an idea.
create policy matter_raise on governance.matter for insert to linden_program
  with check (raised_by = access.actor() and (governance.keeps(body_id) or (state = 'idea' and exists (
    select from access.membership m where m.account_id = access.actor() and m.since <= now() and (m.until is null or m.until > now())))));
create policy matter_step_read on governance.matter_step for select to linden_program
  using (exists (select from governance.matter m where m.id = matter_id));
create policy matter_step_add on governance.matter_step for insert to linden_program
  with check (made_by = access.actor() and (governance.keeps(body_id) or (deed = 'raised' and exists (
    select from governance.matter m where m.id = matter_id and m.raised_by = access.actor()))));

create policy meeting_read on governance.meeting for select to linden_program
  using (governance.is_public(body_id) or governance.keeps(body_id) or governance.is_invited(id));
create policy meeting_plan on governance.meeting for insert to linden_program
  with check (created_by = access.actor() and governance.keeps(body_id));
create policy meeting_change on governance.meeting for update to linden_program
  using (governance.keeps(body_id)) with check (governance.keeps(body_id));

create policy agenda_item_read on governance.agenda_item for select to linden_program
  using (governance.attends(meeting_id) or (not about_person and exists (
    select from governance.meeting m where m.id = meeting_id and m.agenda_published_at is not null and governance.is_public(m.body_id))));
create policy agenda_item_write on governance.agenda_item for all to linden_program
  using (governance.keeps_meeting(meeting_id)) with check (governance.keeps_meeting(meeting_id));
create policy agenda_words_read on governance.agenda_words for select to linden_program
  using (governance.item_open(item_id) or governance.attends(governance.meeting_of(item_id)));
create policy agenda_words_write on governance.agenda_words for all to linden_program
  using (governance.keeps_meeting(governance.meeting_of(item_id))) with check (governance.keeps_meeting(governance.meeting_of(item_id)));
create policy agenda_paper_read on governance.agenda_paper for select to linden_program
  using ((not confidential and governance.item_open(item_id)) or governance.attends(governance.meeting_of(item_id)));
-- Nobody hands out a file of somebody else; any colleague of the secretariat takes a paper away.
create policy agenda_paper_add on governance.agenda_paper for insert to linden_program
  with check (added_by = access.actor() and governance.keeps_meeting(governance.meeting_of(item_id))
    and exists (select from files.file f where f.id = file_id and f.created_by = access.actor()));
create policy agenda_paper_withdraw on governance.agenda_paper for update to linden_program
  using (governance.keeps_meeting(governance.meeting_of(item_id))) with check (governance.keeps_meeting(governance.meeting_of(item_id)));
-- A paper of a meeting is read by whoever may read the meeting so far.
create policy agenda_paper_file on files.file for select to linden_program
  using (exists (select from governance.agenda_paper p where p.file_id = file.id and p.withdrawn_at is null));

create policy invitation_read on governance.invitation for select to linden_program
  using (governance.keeps_meeting(meeting_id) or account_id = access.actor());
create policy invitation_add on governance.invitation for insert to linden_program with check (governance.keeps_meeting(meeting_id));
create policy attendance_read on governance.attendance for select to linden_program using (governance.attends(meeting_id));
create policy attendance_write on governance.attendance for all to linden_program
  using (governance.keeps_meeting(meeting_id)) with check (governance.keeps_meeting(meeting_id));
create policy conflict_write on governance.conflict for all to linden_program
  using (governance.keeps_meeting(governance.meeting_of(item_id))) with check (governance.keeps_meeting(governance.meeting_of(item_id)));
create policy vote_write on governance.vote for all to linden_program
  using (governance.keeps_meeting(governance.meeting_of(item_id))) with check (governance.keeps_meeting(governance.meeting_of(item_id)));
create policy item_decision_read on governance.item_decision for select to linden_program
  using (governance.item_open(item_id) or governance.attends(governance.meeting_of(item_id)));
create policy item_decision_add on governance.item_decision for insert to linden_program
  with check (governance.keeps_meeting(governance.meeting_of(item_id)));
create policy minutes_line_write on governance.minutes_line for all to linden_program
  using (governance.keeps_meeting(governance.meeting_of(item_id))) with check (governance.keeps_meeting(governance.meeting_of(item_id)));

create policy minutes_read on governance.minutes for select to linden_program
  using (exists (select from governance.meeting m where m.id = meeting_id));
create policy minutes_add on governance.minutes for insert to linden_program
  with check (entered_by = access.actor() and governance.keeps_meeting(meeting_id));
create policy minutes_closed_read on governance.minutes_closed for select to linden_program using (governance.attends(meeting_id));
create policy minutes_closed_add on governance.minutes_closed for insert to linden_program with check (governance.keeps_meeting(meeting_id));
create policy task_give on governance.task for insert to linden_program
  with check (created_by = access.actor() and governance.keeps_meeting(meeting_id));
-- Whoever of the secretariat hears that it is done says so.
create policy task_done on governance.task for update to linden_program
  using (governance.keeps_meeting(meeting_id)) with check (governance.keeps_meeting(meeting_id));
create policy task_read on governance.task for select to linden_program using (governance.attends(meeting_id));
create policy delegation_read on governance.delegation for select to linden_program using (true);
create policy delegation_give on governance.delegation for insert to linden_program
  with check (given_by = access.actor() and exists (select from governance.decision d where d.id = decision_id and governance.keeps(d.body_id)));

revoke all on function governance.judge_matter, governance.judge_matter_step, governance.judge_meeting, governance.judge_item,
  governance.judge_item_content, governance.judge_attendance, governance.judge_vote, governance.judge_conflict, governance.judge_item_decision,
  governance.judge_delegated, governance.judge_delegation, governance.judge_minutes, governance.is_public, governance.keeps,
  governance.decides_publicly, governance.deals_with, governance.votes_here, governance.has_quorum, governance.is_invited, governance.attends,
  governance.keeps_meeting, governance.item_open, governance.meeting_of, governance.find_invited, governance.minutes_with from public;
grant execute on function governance.is_public, governance.keeps, governance.decides_publicly, governance.deals_with, governance.votes_here, governance.has_quorum,
  governance.is_invited, governance.attends, governance.keeps_meeting, governance.item_open, governance.meeting_of,
  governance.minutes_with to linden_program;
-- A matter moves by its steps alone, and steps, votes, decisions and approved minutes are written once.
grant select, insert on governance.matter, governance.matter_step, governance.item_decision, governance.minutes,
  governance.minutes_closed, governance.delegation to linden_program;
grant select (meeting_id, email, sent_at), insert (meeting_id, email, sent_at) on governance.invitation to linden_program;
grant select, insert on governance.meeting, governance.agenda_item, governance.agenda_paper, governance.task to linden_program;
grant update (title, starts_at, ends_at, place, state, agenda_published_at, invited_at, held_at, approved_at, cancelled_why, writing, opening, changed_at)
  on governance.meeting to linden_program;
grant update (position, title, kind, matter_id, presenter, secret_ground, withdrawn_at, changed_at) on governance.agenda_item to linden_program;
grant update (withdrawn_at) on governance.agenda_paper to linden_program;
grant update (done_on) on governance.task to linden_program;
grant select, insert, update, delete on governance.agenda_words, governance.minutes_line to linden_program;
grant select, insert, delete on governance.conflict, governance.vote to linden_program;
grant select, insert on governance.attendance to linden_program;
grant update (presence, proxy, name) on governance.attendance to linden_program;

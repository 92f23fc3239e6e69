-- Written consultation of parties (GOV-5), and accounts behind mandates (GOV-1).

-- How a region counts working days; without a row the public holidays of its country.
create table governance.working_days (
  pack text primary key references packs.pack,
  calendar jsonb not null
);

create table governance.consultation (
  id uuid primary key default uuidv7(),
  body_id uuid not null references governance.body,
  state text not null default 'draft' check (state in ('draft', 'open', 'closed', 'confirmed', 'published', 'withdrawn')),
  title jsonb not null,
  question jsonb not null,
  -- whether everybody may read it, as its body is
  public boolean not null,
  -- what it is about, such as 'capacity.adjustment'
  subject_kind text check (subject_kind ~ '^[a-z]+\.[a-z-]+$'),
  subject_id uuid,
  -- the job that is queued with the confirmation, of whoever asked for the consultation
  then_task text check (then_task ~ '^[a-z]+\.[a-z-]+$'),
  -- days that somebody asks for in place of those of the rule
  days_wanted smallint check (days_wanted between 1 and 365),
  -- how answers are counted: as the body decides; null leaves the outcome to the chair
  counted_by text check (counted_by in ('consensus', 'majority', 'unanimity')),
  -- the rule as of the day of sending
  days smallint check (days between 1 and 365),
  closing_on text check (closing_on in ('same-day', 'next-working-day')),
  silence text check (silence in ('agrees', 'abstains', 'objects', 'not-counted')),
  -- which version of the rule table said so, and its source
  rule jsonb,
  time_zone text not null,
  opened_at timestamptz,
  opened_by uuid references access.account,
  -- the first moment that is too late
  closes_at timestamptz,
  half_at timestamptz,
  day_before_at timestamptz,
  closed_at timestamptz,
  -- what the rule computes, and what the chair confirmed
  tally jsonb,
  outcome text check (outcome in ('agreed', 'declined', 'open')),
  outcome_reason text check (length(outcome_reason) between 1 and 2000),
  confirmed_at timestamptz,
  confirmed_by uuid references access.account,
  -- by the secretariat: on whose word
  confirmed_word text check (length(confirmed_word) between 1 and 500),
  published_at timestamptz,
  published_by uuid references access.account,
  withdrawn_at timestamptz,
  withdrawn_by uuid references access.account,
  withdrawn_reason text check (length(withdrawn_reason) between 1 and 2000),
  begun_by uuid not null references access.account,
  begun_at timestamptz not null,
  changed_at timestamptz not null,
  version integer not null default 1,
  check ((subject_kind is null) = (subject_id is null)),
  check (state in ('draft', 'withdrawn') or (opened_at is not null and closes_at > opened_at and days is not null
    and closing_on is not null and silence is not null)),
  -- the end of the n-th day, also where clocks go forward in between
  constraint consultation_days check (extract(epoch from closes_at - opened_at) >= days * 86400 - 3600),
  check (state not in ('closed', 'confirmed', 'published') or closed_at >= closes_at),
  check (state not in ('confirmed', 'published') or (confirmed_at >= closed_at and confirmed_by is not null and outcome is not null and tally is not null)),
  check (state <> 'published' or published_at >= confirmed_at),
  check ((state = 'withdrawn') = (withdrawn_at is not null and withdrawn_reason is not null))
);
create index consultation_body on governance.consultation (body_id);
create index consultation_newest on governance.consultation (opened_at desc, id desc) where opened_at is not null;
create index consultation_open on governance.consultation (closes_at) where state = 'open';
create index consultation_subject on governance.consultation (subject_id, subject_kind) where subject_id is not null;

create table governance.consultation_paper (
  id uuid primary key default uuidv7(),
  consultation_id uuid not null references governance.consultation,
  position smallint not null,
  title text not null check (length(title) between 1 and 300),
  url text check (url ~ '^https?://' and length(url) <= 2000),
  file_id uuid references files.file,
  check ((url is null) <> (file_id is null)),
  unique (consultation_id, position)
);
create index consultation_paper_file on governance.consultation_paper (file_id) where file_id is not null;

-- Who is asked: an organisation or a body.
create table governance.consultation_party (
  id uuid primary key default uuidv7(),
  consultation_id uuid not null references governance.consultation,
  organisation_id uuid references access.organisation,
  body_id uuid references governance.body,
  check ((organisation_id is null) <> (body_id is null)),
  unique nulls not distinct (consultation_id, organisation_id, body_id)
);
create index consultation_party_organisation on governance.consultation_party (organisation_id) where organisation_id is not null;
create index consultation_party_body on governance.consultation_party (body_id) where body_id is not null;

-- What a party answered. A party may answer anew until the end: versions are kept, the last counts.
create table governance.consultation_answer (
  id uuid primary key default uuidv7(),
  party_id uuid not null references governance.consultation_party,
  consultation_id uuid not null references governance.consultation,
  version integer not null default 0,
  answer text not null check (answer in ('agree', 'agree-with-remarks', 'object', 'no-remarks')),
  remarks text check (length(remarks) between 1 and 20000),
  answered_at timestamptz not null,
  unique (party_id, version),
  check (remarks is not null or answer in ('agree', 'no-remarks')),
  check (remarks is null or answer <> 'no-remarks')
);
create index consultation_answer_consultation on governance.consultation_answer (consultation_id);

-- Who wrote an answer; never published.
create table governance.consultation_author (
  answer_id uuid primary key references governance.consultation_answer,
  party_id uuid not null references governance.consultation_party,
  name text not null check (length(name) between 1 and 200),
  function text not null check (length(function) between 1 and 200),
  account_id uuid references access.account,
  way text not null check (way in ('link', 'account'))
);
create index consultation_author_party on governance.consultation_author (party_id);

create table governance.consultation_extension (
  id uuid primary key default uuidv7(),
  consultation_id uuid not null references governance.consultation,
  from_at timestamptz not null,
  to_at timestamptz not null check (to_at > from_at),
  reason text not null check (length(reason) between 1 and 2000),
  extended_by uuid not null references access.account,
  extended_at timestamptz not null check (extended_at < from_at)
);
create index consultation_extension_consultation on governance.consultation_extension (consultation_id);

-- A link by which a party answers. The token is kept nowhere, only its hash; it works as long as the consultation is open.
create table governance.consultation_link (
  token_hash bytea primary key check (length(token_hash) = 32),
  party_id uuid not null references governance.consultation_party,
  made_at timestamptz not null
);
create index consultation_link_party on governance.consultation_link (party_id);

-- What everybody was told, so that a job that runs again tells it once. An extension brings new reminders: they carry the day.
create table governance.consultation_notice (
  consultation_id uuid not null references governance.consultation,
  occasion text not null check (length(occasion) between 1 and 60),
  letters integer not null,
  told_at timestamptz not null,
  primary key (consultation_id, occasion)
);

-- Where the secretariat of a body reaches a party. Kept by the organisation whose staff are the secretariat, and seen by them alone.
create table governance.party_address (
  id uuid primary key default uuidv7(),
  keeper_id uuid not null references access.organisation,
  organisation_id uuid references access.organisation,
  body_id uuid references governance.body,
  email text not null check (length(email) between 3 and 320),
  locale text not null check (locale in ('en', 'uk', 'da', 'de')),
  recorded_by uuid not null references access.account,
  recorded_at timestamptz not null,
  removed_at timestamptz,
  check ((organisation_id is null) <> (body_id is null))
);
create unique index party_address_once on governance.party_address (keeper_id, coalesce(organisation_id, body_id), lower(email)) where removed_at is null;
create index party_address_organisation on governance.party_address (organisation_id) where organisation_id is not null;
create index party_address_body on governance.party_address (body_id) where body_id is not null;

-- GOV-1: the account by which whoever holds a seat signs in. Where nobody has this address yet, it is theirs as soon as they register with it.
create table governance.mandate_account (
  id uuid primary key default uuidv7(),
  mandate_id uuid not null references governance.mandate,
  email text not null check (length(email) between 3 and 320),
  locale text not null check (locale in ('en', 'uk', 'da', 'de')),
  account_id uuid references access.account,
  tied_by uuid not null references access.account,
  tied_at timestamptz not null,
  untied_at timestamptz
);
create unique index mandate_account_once on governance.mandate_account (mandate_id) where untied_at is null;
create index mandate_account_account on governance.mandate_account (account_id) where account_id is not null;
create index mandate_account_email on governance.mandate_account (lower(email)) where untied_at is null;

-- Does the actor work in the secretariat of this body?
create function governance.serves(body uuid) returns boolean language sql stable parallel safe set search_path = ''
  as $$ select exists (select from governance.body b where b.id = body and governance.works_as(b.organisation_id, '{secretariat}')) $$;

-- The mandates that the actor holds today.
create function governance.own_mandates() returns uuid[] language sql stable parallel safe security definer set search_path = ''
  as $$ select coalesce(array_agg(m.id), '{}') from governance.mandate_account t
        join governance.mandate m on m.id = t.mandate_id
        join governance.seat s on s.id = m.seat_id join governance.body b on b.id = s.body_id join packs.pack p on p.id = b.pack
        cross join lateral (select (now() at time zone coalesce(p.manifest ->> 'timeZone', 'UTC'))::date as today) d
        where access.actor() is not null and t.untied_at is null
          and (t.account_id = access.actor() or (t.account_id is null and lower(t.email) =
            (select lower(a.email) from access.account a where a.id = access.actor() and a.disabled_at is null)))
          and m.during @> d.today $$;

-- Does the actor hold a seat of this body today, in one of these roles?
create function governance.sits_in(body uuid, roles text[]) returns boolean language sql stable parallel safe security definer set search_path = ''
  as $$ select exists (select from governance.mandate m join governance.seat s on s.id = m.seat_id join governance.body b on b.id = s.body_id
        cross join lateral jsonb_array_elements(b.profile -> 'seats') rule
        where m.id = any (governance.own_mandates()) and s.body_id = body and rule ->> 'slug' = split_part(s.key, '/', 1)
          and rule ->> 'role' = any (roles)) $$;

-- The link somebody came by: `governance.answer <hash of its token>` is the errand of their transaction.
create function governance.answer_link() returns bytea language sql stable parallel safe set search_path = ''
  as $$ select case when access.purpose() ~ '^governance\.answer [0-9a-f]{64}$' then decode(substr(access.purpose(), 19), 'hex') end $$;

-- The party whose link this is, also when its time is over.
create function governance.linked_party() returns uuid language sql stable parallel safe security definer set search_path = ''
  as $$ select l.party_id from governance.consultation_link l where l.token_hash = governance.answer_link() $$;

-- May the actor answer for this party, signed in? Whoever keeps its secretariat or sits for it; an attendant takes part without a voice.
create function governance.answers_for(party uuid) returns boolean language sql stable parallel safe security definer set search_path = ''
  as $$ select exists (select from governance.consultation_party p join governance.consultation c on c.id = p.consultation_id
        left join governance.body b on b.id = p.body_id
        where p.id = party and access.actor() is not null and c.state <> 'draft'
          and (governance.works_as(coalesce(p.organisation_id, b.organisation_id), '{secretariat,body_member}')
            or (p.body_id is not null and governance.sits_in(p.body_id, '{chair,deputy,member}'))
            or (p.organisation_id is not null and exists (select from governance.mandate m join governance.seat s on s.id = m.seat_id
              where m.id = any (governance.own_mandates()) and s.body_id = c.body_id
                and p.organisation_id in (m.organisation_id, s.organisation_id)
                and governance.sits_in(s.body_id, '{chair,deputy,member}'))))) $$;

-- Parties for which the actor may answer.
create function governance.own_parties() returns uuid[] language sql stable security definer set search_path = ''
  as $$ select coalesce(array_agg(p.id), '{}') from governance.consultation_party p
        where access.actor() is not null and governance.answers_for(p.id) $$;

-- May whoever asks read this consultation? Drafts and those of bodies that are not public are read by the secretariat and the parties alone.
create function governance.reads_consultation(consultation uuid) returns boolean language sql stable security definer set search_path = ''
  as $$ select exists (select from governance.consultation c where c.id = consultation
        and ((c.state <> 'draft' and c.opened_at is not null and c.public) or access.purpose() = 'governance.consultations'
          or governance.serves(c.body_id) or (c.begun_by = access.actor())
          or (c.state <> 'draft' and (governance.sits_in(c.body_id, '{chair,deputy,member,attendant}')
            or exists (select from governance.consultation_party p where p.consultation_id = c.id
              and (p.id = governance.linked_party() or governance.answers_for(p.id))))))) $$;

-- What came of it, and why. Like the answers, everybody reads it once it is published; before, those who confirm and publish it.
create function governance.consultation_result(consultation uuid)
  returns table (tally jsonb, outcome text, outcome_reason text, confirmed_word text)
  language sql stable security definer set search_path = ''
  as $$ select c.tally, c.outcome, c.outcome_reason, c.confirmed_word from governance.consultation c
        where c.id = consultation and ((c.state = 'published' and governance.reads_consultation(c.id))
          or (c.state = 'confirmed' and (access.purpose() = 'governance.consultations' or governance.serves(c.body_id)
            or governance.sits_in(c.body_id, '{chair}')
            -- what came of it goes back to the step that asked
            or (c.then_task is not null and c.begun_by = access.actor())))) $$;

-- Has this party answered? Told while the consultation is open too: it is no opinion.
create function governance.has_answered(party uuid) returns boolean language sql stable security definer set search_path = ''
  as $$ select exists (select from governance.consultation_answer a where a.party_id = party and governance.reads_consultation(a.consultation_id)) $$;

-- How the consultation of a party stands, held until the end of the transaction: nobody closes it between the question and the answer.
create function governance.hold_for_answer(party uuid) returns table (consultation uuid, state text, closes_at timestamptz)
  language sql volatile security definer set search_path = ''
  as $$ select c.id, c.state, c.closes_at from governance.consultation c
        where c.id = (select p.consultation_id from governance.consultation_party p where p.id = party)
          and (party = governance.linked_party() or governance.answers_for(party)) for share $$;

-- An account with this address is found here and told to nobody.
create function governance.tie_account() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  new.account_id := (select a.id from access.account a where lower(a.email) = lower(new.email) and a.disabled_at is null);
  return new;
end $$;
create trigger mandate_account_found before insert on governance.mandate_account for each row execute function governance.tie_account();

-- The way of a consultation: each step once, in its order, at its time.
create function governance.judge_consultation() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'draft' then
      raise exception 'a consultation begins as a draft' using errcode = '42501';
    end if;
    if new.public <> governance.is_public(new.body_id) then
      raise exception 'a consultation is as public as its body' using errcode = '42501';
    end if;
    return new;
  end if;
  if new.changed_at < old.changed_at then
    raise exception 'a consultation does not go back in time' using errcode = '42501';
  end if;
  if old.state <> 'draft' and (new.title, new.question, new.public, new.subject_kind, new.subject_id, new.days, new.closing_on, new.silence, new.counted_by, new.rule, new.opened_at, new.opened_by)
      is distinct from (old.title, old.question, old.public, old.subject_kind, old.subject_id, old.days, old.closing_on, old.silence, old.counted_by, old.rule, old.opened_at, old.opened_by) then
    raise exception 'what the parties were asked does not change' using errcode = '42501';
  end if;
  if new.state not in ('confirmed', 'published') and (new.tally is not null or new.outcome is not null or new.outcome_reason is not null
      or new.confirmed_at is not null or new.confirmed_by is not null or new.confirmed_word is not null) then
    raise exception 'the chair confirms once the consultation has ended' using errcode = '42501';
  end if;
  if new.state = old.state then
    if old.state in ('confirmed', 'published', 'withdrawn') then
      raise exception 'this consultation is over' using errcode = '42501';
    end if;
    if old.state = 'closed' and new.closes_at is distinct from old.closes_at then
      raise exception 'a consultation is extended before its end' using errcode = '42501';
    end if;
    if old.state = 'open' and new.closes_at is distinct from old.closes_at then
      if new.changed_at >= old.closes_at or new.closes_at <= old.closes_at then
        raise exception 'a consultation is extended before its end' using errcode = '42501';
      end if;
      if not exists (select from governance.consultation_extension e where e.consultation_id = new.id
          and e.from_at = old.closes_at and e.to_at = new.closes_at and e.extended_at = new.changed_at) then
        raise exception 'an extension says why' using errcode = '42501';
      end if;
    end if;
    return new;
  end if;
  case old.state || ' ' || new.state
    when 'draft open' then
      if not exists (select from governance.consultation_party p where p.consultation_id = new.id) then
        raise exception 'a consultation asks somebody' using errcode = '42501';
      end if;
      -- as its body is on the day of sending
      new.public := governance.is_public(new.body_id);
    when 'open closed' then
      if new.closes_at <> old.closes_at or new.changed_at < old.closes_at then
        raise exception 'this consultation has not ended yet' using errcode = '42501';
      end if;
    when 'closed confirmed' then
      if new.confirmed_word is null and not governance.sits_in(new.body_id, '{chair}') then
        raise exception 'the chair confirms, or the secretariat on the word of the chair' using errcode = '42501';
      end if;
    when 'confirmed published' then
      if (new.outcome, new.outcome_reason, new.tally, new.closed_at, new.confirmed_at, new.confirmed_by, new.confirmed_word)
          is distinct from (old.outcome, old.outcome_reason, old.tally, old.closed_at, old.confirmed_at, old.confirmed_by, old.confirmed_word) then
        raise exception 'what was confirmed does not change' using errcode = '42501';
      end if;
    when 'draft withdrawn', 'open withdrawn', 'closed withdrawn' then null;
    else
      raise exception 'a consultation does not go from % to %', old.state, new.state using errcode = '42501';
  end case;
  return new;
end $$;
create trigger consultation_goes_its_way before insert or update on governance.consultation for each row execute function governance.judge_consultation();

-- An answer comes between sending and closing. After the end was recorded none is taken, whatever time it claims.
create function governance.judge_answer() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  asked governance.consultation%rowtype;
begin
  perform from governance.consultation_party p where p.id = new.party_id for no key update;
  select c.* into asked from governance.consultation c join governance.consultation_party p on p.consultation_id = c.id
    where p.id = new.party_id for share of c;
  if asked.state <> 'open' or new.answered_at >= asked.closes_at or new.answered_at < asked.opened_at then
    raise exception 'this consultation takes no answer at that time: it closes at %', asked.closes_at using errcode = '42501';
  end if;
  new.consultation_id := asked.id;
  new.version := coalesce((select max(a.version) from governance.consultation_answer a where a.party_id = new.party_id), 0) + 1;
  return new;
end $$;
create trigger answer_in_time before insert on governance.consultation_answer for each row execute function governance.judge_answer();

-- Whom a consultation asks, and what with, is settled when it is sent.
create function governance.judge_consultation_part() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  consultation uuid := case when tg_op = 'DELETE' then old.consultation_id else new.consultation_id end;
begin
  if (select c.state from governance.consultation c where c.id = consultation for share) <> 'draft' then
    raise exception 'what the parties were asked does not change' using errcode = '42501';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger party_before_sending before insert or delete on governance.consultation_party for each row execute function governance.judge_consultation_part();
create trigger paper_before_sending before insert or delete on governance.consultation_paper for each row execute function governance.judge_consultation_part();

-- May the actor write the draft, or lead it further? Its secretariat; and whoever opens one within a step of another part (`governance.consult`).
create function governance.leads_consultation(consultation uuid) returns boolean language sql stable security definer set search_path = ''
  as $$ select exists (select from governance.consultation c where c.id = consultation and (governance.serves(c.body_id)
        or (access.purpose() = 'governance.consult' and c.begun_by = access.actor()))) $$;

alter table governance.working_days enable row level security;
alter table governance.working_days force row level security;
create policy working_days_read on governance.working_days for select to linden_program using (true);
create policy working_days_write on governance.working_days for all to linden_program
  using (access.purpose() = 'administration') with check (access.purpose() = 'administration');

alter table governance.consultation enable row level security;
alter table governance.consultation force row level security;
create policy consultation_public on governance.consultation for select to linden_program
  using (public and state <> 'draft' and opened_at is not null);
create policy consultation_own on governance.consultation for select to linden_program
  using (begun_by = (select access.actor()) or governance.serves(body_id) or governance.reads_consultation(id));
create policy consultation_begin on governance.consultation for insert to linden_program
  with check (begun_by = access.actor() and (governance.serves(body_id) or access.purpose() = 'governance.consult'));
create policy consultation_change on governance.consultation for update to linden_program
  using (governance.serves(body_id) or (access.purpose() = 'governance.consult' and begun_by = access.actor() and state in ('draft', 'open'))
    or (access.purpose() = 'governance.consultations' and state = 'open') or (state in ('open', 'closed') and governance.sits_in(body_id, '{chair}')))
  with check ((state in ('open', 'draft', 'withdrawn') and (governance.serves(body_id) or access.purpose() = 'governance.consult'))
    or (state = 'closed' and (governance.serves(body_id) or access.purpose() = 'governance.consultations' or governance.sits_in(body_id, '{chair}')))
    or (state = 'confirmed' and confirmed_by = access.actor() and (governance.serves(body_id) or governance.sits_in(body_id, '{chair}')))
    or (state = 'published' and published_by = access.actor() and governance.serves(body_id)));

alter table governance.consultation_paper enable row level security;
alter table governance.consultation_paper force row level security;
create policy paper_read on governance.consultation_paper for select to linden_program using (governance.reads_consultation(consultation_id));
create policy paper_add on governance.consultation_paper for insert to linden_program with check (governance.leads_consultation(consultation_id)
  and (file_id is null or exists (select from files.file f where f.id = file_id and f.created_by = access.actor())));
create policy paper_remove on governance.consultation_paper for delete to linden_program using (governance.leads_consultation(consultation_id));

alter table governance.consultation_party enable row level security;
alter table governance.consultation_party force row level security;
create policy party_read on governance.consultation_party for select to linden_program using (governance.reads_consultation(consultation_id));
create policy party_add on governance.consultation_party for insert to linden_program with check (governance.leads_consultation(consultation_id));
create policy party_remove on governance.consultation_party for delete to linden_program using (governance.leads_consultation(consultation_id));

-- Nobody is steered by what others answered: what a party says is read by the secretariat and itself, and by everybody once it is published.
alter table governance.consultation_answer enable row level security;
alter table governance.consultation_answer force row level security;
create policy answer_read on governance.consultation_answer for select to linden_program
  using (access.purpose() = 'governance.consultations' or party_id = governance.linked_party() or governance.answers_for(party_id)
    or exists (select from governance.consultation c where c.id = consultation_id
      and (c.state = 'published' or governance.serves(c.body_id) or (c.state <> 'open' and governance.sits_in(c.body_id, '{chair}')))));
create policy answer_add on governance.consultation_answer for insert to linden_program
  with check (party_id = governance.linked_party() or governance.answers_for(party_id));

alter table governance.consultation_author enable row level security;
alter table governance.consultation_author force row level security;
create policy author_read on governance.consultation_author for select to linden_program
  using (party_id = governance.linked_party() or governance.answers_for(party_id)
    or exists (select from governance.consultation_party p join governance.consultation c on c.id = p.consultation_id
      where p.id = party_id and governance.serves(c.body_id)));
create policy author_add on governance.consultation_author for insert to linden_program
  with check (account_id is not distinct from access.actor() and (party_id = governance.linked_party() or governance.answers_for(party_id)));

alter table governance.consultation_extension enable row level security;
alter table governance.consultation_extension force row level security;
create policy extension_read on governance.consultation_extension for select to linden_program using (governance.reads_consultation(consultation_id));
create policy extension_add on governance.consultation_extension for insert to linden_program
  with check (extended_by = access.actor() and exists (select from governance.consultation c where c.id = consultation_id
    and c.state = 'open' and c.closes_at = from_at and governance.serves(c.body_id)));

alter table governance.consultation_link enable row level security;
alter table governance.consultation_link force row level security;
create policy link_read on governance.consultation_link for select to linden_program
  using (token_hash = governance.answer_link() or access.purpose() = 'governance.consultations');
create policy link_add on governance.consultation_link for insert to linden_program with check (access.purpose() = 'governance.consultations');

alter table governance.consultation_notice enable row level security;
alter table governance.consultation_notice force row level security;
create policy notice_read on governance.consultation_notice for select to linden_program
  using (access.purpose() = 'governance.consultations' or exists (select from governance.consultation c where c.id = consultation_id and governance.serves(c.body_id)));
create policy notice_add on governance.consultation_notice for insert to linden_program with check (access.purpose() = 'governance.consultations');

alter table governance.party_address enable row level security;
alter table governance.party_address force row level security;
create policy address_read on governance.party_address for select to linden_program
  using (access.purpose() = 'governance.consultations' or governance.works_as(keeper_id, '{secretariat}'));
create policy address_add on governance.party_address for insert to linden_program
  with check (recorded_by = access.actor() and governance.works_as(keeper_id, '{secretariat}'));
create policy address_remove on governance.party_address for update to linden_program using (governance.works_as(keeper_id, '{secretariat}'));

alter table governance.mandate_account enable row level security;
alter table governance.mandate_account force row level security;
create policy tie_read on governance.mandate_account for select to linden_program
  using (access.purpose() = 'governance.consultations' or exists (select from governance.mandate m join governance.seat s on s.id = m.seat_id
    where m.id = mandate_id and governance.serves(s.body_id)));
create policy tie_add on governance.mandate_account for insert to linden_program
  with check (tied_by = access.actor() and exists (select from governance.mandate m join governance.seat s on s.id = m.seat_id
    where m.id = mandate_id and governance.serves(s.body_id)));
create policy tie_end on governance.mandate_account for update to linden_program
  using (exists (select from governance.mandate m join governance.seat s on s.id = m.seat_id where m.id = mandate_id and governance.serves(s.body_id)));

-- Whoever sits somewhere knows that they do, also where the body is not public. The job that writes to the parties knows where they sit.
create policy mandate_own on governance.mandate for select to linden_program
  using (id = any ((select governance.own_mandates())::uuid[]) or access.purpose() = 'governance.consultations');

-- Papers of a consultation are read by whoever reads it.
create policy consultation_papers on files.file for select to linden_program
  using (exists (select from governance.consultation_paper p where p.file_id = file.id and governance.reads_consultation(p.consultation_id)));

revoke all on function governance.own_mandates, governance.sits_in, governance.linked_party, governance.answers_for, governance.own_parties,
  governance.reads_consultation, governance.consultation_result, governance.has_answered, governance.hold_for_answer,
  governance.leads_consultation, governance.tie_account,
  governance.judge_consultation, governance.judge_answer, governance.judge_consultation_part from public;
grant execute on function governance.serves, governance.own_mandates, governance.sits_in, governance.answer_link, governance.linked_party,
  governance.answers_for, governance.own_parties, governance.reads_consultation, governance.consultation_result, governance.has_answered,
  governance.hold_for_answer, governance.leads_consultation to linden_program;
grant select, insert, update on governance.working_days to linden_program;
-- Tally, outcome and reason are read through `consultation_result` alone.
grant select (id, body_id, state, title, question, public, subject_kind, subject_id, then_task, days_wanted, counted_by, days, closing_on, silence,
  rule, time_zone, opened_at, opened_by, closes_at, half_at, day_before_at, closed_at, confirmed_at, published_at, withdrawn_at,
  withdrawn_reason, begun_by, begun_at, changed_at, version) on governance.consultation to linden_program;
grant insert on governance.consultation to linden_program;
grant select, insert on governance.consultation_answer, governance.consultation_author, governance.consultation_extension,
  governance.consultation_link, governance.consultation_notice, governance.party_address to linden_program;
grant select, insert, delete on governance.consultation_paper, governance.consultation_party to linden_program;
grant update (state, title, question, days_wanted, counted_by, days, closing_on, silence, rule, opened_at, opened_by, closes_at, half_at, day_before_at,
  closed_at, tally, outcome, outcome_reason, confirmed_at, confirmed_by, confirmed_word, published_at, published_by, withdrawn_at, withdrawn_by,
  withdrawn_reason, changed_at, version) on governance.consultation to linden_program;
grant update (removed_at) on governance.party_address to linden_program;
-- Which account it is stays with the database: no secretariat learns who has one.
grant select (id, mandate_id, email, locale, tied_by, tied_at, untied_at) on governance.mandate_account to linden_program;
grant insert on governance.mandate_account to linden_program;
grant update (untied_at) on governance.mandate_account to linden_program;

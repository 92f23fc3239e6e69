-- Groups for a task (GOV-8), recommendations and what became of them (GOV-9), conferences (GOV-10).

-- ── GOV-8: a group that a body sets up. It is a body like others; its row is made here, never by a pack, and no pack takes it away. ──
create table governance.ad_hoc_group (
  body_id uuid primary key references governance.body,
  -- the body that sets it up
  set_up_by uuid not null references governance.body,
  -- the body as its schema describes it, as it began
  profile jsonb not null,
  made_by uuid not null references access.account,
  made_at timestamptz not null default now()
);
create index ad_hoc_group_set_up_by on governance.ad_hoc_group (set_up_by);
create index ad_hoc_group_made_by on governance.ad_hoc_group (made_by);

-- What a decision did to it: approved its terms of reference, or prolonged it.
create table governance.ad_hoc_step (
  id uuid primary key default uuidv7(),
  body_id uuid not null references governance.ad_hoc_group,
  deed text not null check (deed in ('approve', 'prolong')),
  decision_id uuid not null references governance.decision,
  -- terms of reference, when they are approved
  terms jsonb,
  -- the last day, when it is prolonged
  until date,
  entered_by uuid not null references access.account,
  entered_at timestamptz not null default now(),
  check ((deed = 'approve') = (terms is not null)),
  check ((deed = 'prolong') = (until is not null))
);
create index ad_hoc_step_body on governance.ad_hoc_step (body_id, id);
create index ad_hoc_step_decision on governance.ad_hoc_step (decision_id);
create index ad_hoc_step_entered_by on governance.ad_hoc_step (entered_by);

create table governance.ad_hoc_reminder (
  body_id uuid not null references governance.body,
  horizon date not null,
  reminded_at timestamptz not null default now(),
  primary key (body_id, horizon)
);

-- The matter under which a body approves terms of reference; null where it sets up no groups.
create function governance.sets_up_under(body governance.body) returns text language sql immutable parallel safe set search_path = ''
  as $$ select body.profile->>'setsUpGroups' $$;

-- Makes the body of a new group. Only a body that may set up groups makes one, and a name that is taken stays with whom it belongs to.
create function governance.begin_group() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  founder governance.body%rowtype;
begin
  select * into founder from governance.body b where b.id = new.set_up_by;
  if not governance.works_as(founder.organisation_id, '{secretariat}') then
    raise exception 'only the secretariat of a body sets up its groups' using errcode = '42501';
  end if;
  if governance.sets_up_under(founder) is null then
    raise exception 'this body sets up no groups' using errcode = '42501';
  end if;
  if new.profile->>'kind' is distinct from 'ad-hoc' or new.profile->'adHoc'->'setUpBy' is distinct from jsonb_build_array(founder.profile->>'slug')
     or new.profile->'adHoc' ? 'terms' or new.profile->'adHoc' ? 'prolongedUntil' or new.profile->'decidesOn' is distinct from '[]'::jsonb then
    raise exception 'a group begins as its body sets it up: without terms that a decision has approved, and deciding nothing' using errcode = '42501';
  end if;
  insert into governance.body (slug, profile, organisation_id, area, pack)
    values (new.profile->>'slug', new.profile, founder.organisation_id, founder.area, founder.pack) returning id into new.body_id;
  insert into governance.seat (body_id, key, shared)
    select new.body_id, rule->>'slug', (rule->'shared' = 'true'::jsonb) or not (rule ? 'places') from jsonb_array_elements(new.profile->'seats') rule;
  return new;
end $$;
create trigger ad_hoc_group_begins before insert on governance.ad_hoc_group for each row execute function governance.begin_group();

-- A step rests on a decision of the body that set the group up, or of one that decides in its place; it agreed, and still stands.
create function governance.take_group_step() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  own governance.body%rowtype;
  founder governance.body%rowtype;
  decider governance.body%rowtype;
  decision governance.decision%rowtype;
  last_day date;
begin
  select * into own from governance.body b where b.id = new.body_id for no key update;
  select b.* into founder from governance.ad_hoc_group g join governance.body b on b.id = g.set_up_by where g.body_id = new.body_id;
  select * into decision from governance.decision d where d.id = new.decision_id;
  select * into decider from governance.body b where b.id = decision.body_id;
  if decision.id is null or decision.about_person or decision.outcome <> 'agreed' or governance.superseded(decision.id)
     or decision.matter is distinct from governance.sets_up_under(decider)
     or (decider.id <> founder.id and not decider.profile->'onBehalfOf' ? (founder.profile->>'slug')) then
    raise exception 'terms of reference are approved by a decision of the body that set the group up' using errcode = '42501';
  end if;
  if new.deed = 'approve' then
    if own.profile->'adHoc' ? 'terms' then
      raise exception 'the terms of reference of this group are approved already' using errcode = '42501';
    end if;
    if new.terms->>'approvedOn' is distinct from decision.decided_on::text or new.terms->>'approvedBy' is distinct from decider.profile->>'slug' then
      raise exception 'terms of reference say by whom and when they were approved' using errcode = '42501';
    end if;
    update governance.body set profile = jsonb_set(profile, '{adHoc,terms}', new.terms) where id = own.id;
  else
    last_day := greatest((own.profile#>>'{adHoc,terms,horizon}')::date, (own.profile#>>'{adHoc,prolongedUntil}')::date);
    if last_day is null or decision.decided_on > last_day or new.until <= last_day then
      raise exception 'a group is prolonged before it ends, and to a later day' using errcode = '42501';
    end if;
    update governance.body set profile = jsonb_set(profile, '{adHoc,prolongedUntil}', to_jsonb(new.until::text)) where id = own.id;
  end if;
  return new;
end $$;
create trigger ad_hoc_step_rests_on_decision before insert on governance.ad_hoc_step for each row execute function governance.take_group_step();

-- A pack that brings a body of the same name finds the name taken.
create function governance.keep_group() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if pg_trigger_depth() = 1 and exists (select from governance.ad_hoc_group g where g.body_id = old.id) then
    raise exception 'a group of this name was set up here: %', old.slug using errcode = '42501';
  end if;
  return new;
end $$;
create trigger body_keeps_group before update on governance.body for each row execute function governance.keep_group();

-- ── GOV-9: a recommendation to bodies that may decide on it, and their answers ──
create table governance.recommendation (
  id uuid primary key default uuidv7(),
  body_id uuid not null references governance.body,
  recommended_on date not null,
  title jsonb not null,
  words jsonb not null,
  recorded_by uuid not null references access.account,
  recorded_at timestamptz not null default now()
);
create index recommendation_newest on governance.recommendation (recommended_on desc, id desc);
create index recommendation_body on governance.recommendation (body_id);
create index recommendation_recorded_by on governance.recommendation (recorded_by);

create table governance.recommendation_to (
  recommendation_id uuid not null references governance.recommendation,
  body_id uuid not null references governance.body,
  primary key (recommendation_id, body_id)
);
create index recommendation_to_body on governance.recommendation_to (body_id);

-- An answer is never changed; a later one takes its place.
create table governance.recommendation_answer (
  id uuid primary key default uuidv7(),
  recommendation_id uuid not null,
  body_id uuid not null,
  answer text not null check (answer in ('followed', 'partly', 'not')),
  why jsonb not null,
  answered_on date not null,
  decision_id uuid references governance.decision,
  recorded_by uuid not null references access.account,
  recorded_at timestamptz not null default now(),
  foreign key (recommendation_id, body_id) references governance.recommendation_to
);
create index recommendation_answer_newest on governance.recommendation_answer (recommendation_id, body_id, id desc);
create index recommendation_answer_body on governance.recommendation_answer (body_id);
create index recommendation_answer_decision on governance.recommendation_answer (decision_id) where decision_id is not null;
create index recommendation_answer_recorded_by on governance.recommendation_answer (recorded_by);

-- Only bodies that may decide get a recommendation, from a body that advises them or may propose to them.
create function governance.judge_addressee() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if not exists (
    select from governance.recommendation r join governance.body one on one.id = r.body_id join governance.body other on other.id = new.body_id
    where r.id = new.recommendation_id and jsonb_array_length(other.profile->'decidesOn') > 0 and exists (
      select from jsonb_array_elements(one.profile->'relations') relation
      where relation->>'kind' in ('advises', 'proposes-to') and relation->>'to' in (other.profile->>'slug', other.profile#>>'{together,slug}'))) then
    raise exception 'a recommendation goes to a body that it advises, and that may decide' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger recommendation_to_decider before insert on governance.recommendation_to for each row execute function governance.judge_addressee();

-- An answer that names a decision names a public one, of the body that answers.
create function governance.judge_recommendation_answer() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.decision_id is not null and not exists (
    select from governance.decision d where d.id = new.decision_id and d.body_id = new.body_id and not d.about_person and not governance.superseded(d.id)) then
    raise exception 'an answer rests on a public decision of the body that answers' using errcode = '42501';
  end if;
  if new.answered_on < (select r.recommended_on from governance.recommendation r where r.id = new.recommendation_id) then
    raise exception 'nobody answers before the recommendation' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger recommendation_answer_fits before insert on governance.recommendation_answer for each row execute function governance.judge_recommendation_answer();

-- ── GOV-10: conferences and dialogue forums ──
create table governance.conference (
  id uuid primary key default uuidv7(),
  -- who invites
  body_id uuid not null references governance.body,
  title jsonb not null,
  about jsonb not null,
  place text not null check (length(place) between 1 and 300),
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  -- the last day on which somebody can answer
  answer_by date not null,
  -- who is invited, as rules over seats
  invites jsonb not null,
  programme jsonb not null default '[]',
  notes jsonb,
  state text not null default 'draft' check (state in ('draft', 'announced', 'cancelled')),
  cancelled_why text check (length(cancelled_why) between 3 and 500),
  version integer not null default 1,
  made_by uuid not null references access.account,
  made_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  check ((state = 'cancelled') = (cancelled_why is not null))
);
create index conference_newest on governance.conference (starts_at desc, id desc);
create index conference_body on governance.conference (body_id);
create index conference_made_by on governance.conference (made_by);

-- A conference is prepared, announced, and perhaps called off: then it stays as everybody was told.
create function governance.judge_conference() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'draft' then
      raise exception 'a conference begins as a draft' using errcode = '42501';
    end if;
    return new;
  end if;
  if old.state = 'cancelled' then
    raise exception 'this conference is called off' using errcode = '42501';
  end if;
  if new.state <> old.state and (old.state, new.state) not in (('draft', 'announced'), ('announced', 'cancelled')) then
    raise exception 'a conference does not go from % to %', old.state, new.state using errcode = '42501';
  end if;
  if new.state = 'cancelled' and new.changed_at >= old.ends_at then
    raise exception 'what is over is not called off' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger conference_goes_its_way before insert or update on governance.conference for each row execute function governance.judge_conference();

-- Who was invited, by which mandate, and what they answered. The link of the letter is kept as its hash alone.
create table governance.conference_invitation (
  id uuid primary key default uuidv7(),
  conference_id uuid not null references governance.conference,
  mandate_id uuid references governance.mandate,
  name text not null check (length(name) between 1 and 200),
  email text check (length(email) between 3 and 320),
  token_hash bytea unique check (length(token_hash) = 32),
  invited_at timestamptz not null default now(),
  answer text check (answer in ('comes', 'cannot')),
  -- what they need to take part; the secretariat alone reads it
  needs text check (length(needs) between 1 and 1000),
  answered_at timestamptz,
  check ((answer is null) = (answered_at is null))
);
create unique index conference_invitation_once on governance.conference_invitation (conference_id, mandate_id) where mandate_id is not null;
create index conference_invitation_mandate on governance.conference_invitation (mandate_id);

create table governance.conference_proposal (
  id uuid primary key default uuidv7(),
  conference_id uuid not null references governance.conference,
  title jsonb not null,
  words jsonb,
  -- who proposed it, as they want to be called; nobody has to say
  proposed_by text check (length(proposed_by) between 1 and 200),
  -- the matter that it became
  matter_id uuid,
  entered_by uuid not null references access.account,
  entered_at timestamptz not null default now()
);
create index conference_proposal_conference on governance.conference_proposal (conference_id, id);
create index conference_proposal_entered_by on governance.conference_proposal (entered_by);

-- The link from a letter: its hash is the errand, and opens one invitation.
create function governance.invitation_link() returns bytea language sql stable parallel safe set search_path = ''
  as $$ select case when access.purpose() ~ '^governance\.invitation [0-9a-f]{64}$' then decode(substr(access.purpose(), 23), 'hex') end $$;

create function governance.serves_conference(conference uuid) returns boolean language sql stable parallel safe set search_path = ''
  as $$ select exists (select from governance.conference c where c.id = conference and governance.serves(c.body_id)) $$;

-- Answers come as long as there is time for them, and so does what somebody needs: each with the moment at which it came.
create function governance.judge_invitation_answer() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if (new.answer, new.needs, new.answered_at) is distinct from (old.answer, old.needs, old.answered_at)
      and (new.answered_at is null or new.answered_at <= old.answered_at) then
    raise exception 'an answer says when it came' using errcode = '42501';
  end if;
  if (new.answer, new.needs, new.answered_at) is distinct from (old.answer, old.needs, old.answered_at) and not exists (
    select from governance.conference c join governance.body b on b.id = c.body_id join packs.pack p on p.id = b.pack
    where c.id = new.conference_id and c.state = 'announced'
      and new.answered_at < ((c.answer_by + 1)::timestamp at time zone coalesce(p.manifest->>'timeZone', 'UTC'))) then
    raise exception 'the time for answers is over' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger conference_invitation_in_time before update on governance.conference_invitation
  for each row execute function governance.judge_invitation_answer();

-- ── locks ──
alter table governance.ad_hoc_group enable row level security;
alter table governance.ad_hoc_group force row level security;
create policy ad_hoc_group_read on governance.ad_hoc_group for select to linden_program using (true);
create policy ad_hoc_group_begin on governance.ad_hoc_group for insert to linden_program
  with check (made_by = access.actor() and governance.serves(set_up_by));
alter table governance.ad_hoc_step enable row level security;
alter table governance.ad_hoc_step force row level security;
create policy ad_hoc_step_read on governance.ad_hoc_step for select to linden_program using (true);
create policy ad_hoc_step_take on governance.ad_hoc_step for insert to linden_program
  with check (entered_by = access.actor() and governance.serves(body_id));
alter table governance.ad_hoc_reminder enable row level security;
alter table governance.ad_hoc_reminder force row level security;
create policy ad_hoc_reminder_job on governance.ad_hoc_reminder for all to linden_program
  using (access.purpose() = 'administration') with check (access.purpose() = 'administration');

alter table governance.recommendation enable row level security;
alter table governance.recommendation force row level security;
create policy recommendation_read on governance.recommendation for select to linden_program using (true);
create policy recommendation_add on governance.recommendation for insert to linden_program
  with check (recorded_by = access.actor() and governance.serves(body_id));
alter table governance.recommendation_to enable row level security;
alter table governance.recommendation_to force row level security;
create policy recommendation_to_read on governance.recommendation_to for select to linden_program using (true);
create policy recommendation_to_add on governance.recommendation_to for insert to linden_program
  with check (exists (select from governance.recommendation r where r.id = recommendation_id
    and r.recorded_by = access.actor() and governance.serves(r.body_id)));
alter table governance.recommendation_answer enable row level security;
alter table governance.recommendation_answer force row level security;
create policy recommendation_answer_read on governance.recommendation_answer for select to linden_program using (true);
create policy recommendation_answer_add on governance.recommendation_answer for insert to linden_program
  with check (recorded_by = access.actor() and governance.serves(body_id));

alter table governance.conference enable row level security;
alter table governance.conference force row level security;
create policy conference_read on governance.conference for select to linden_program
  using (state <> 'draft' or governance.serves(body_id) or access.purpose() = 'administration');
create policy conference_add on governance.conference for insert to linden_program
  with check (made_by = access.actor() and governance.serves(body_id));
create policy conference_change on governance.conference for update to linden_program
  using (governance.serves(body_id)) with check (governance.serves(body_id));
alter table governance.conference_invitation enable row level security;
alter table governance.conference_invitation force row level security;
create policy conference_invitation_read on governance.conference_invitation for select to linden_program
  using (governance.serves_conference(conference_id) or token_hash = governance.invitation_link());
create policy conference_invitation_add on governance.conference_invitation for insert to linden_program
  with check (governance.serves_conference(conference_id));
create policy conference_invitation_answer on governance.conference_invitation for update to linden_program
  using (governance.serves_conference(conference_id) or token_hash = governance.invitation_link())
  with check (governance.serves_conference(conference_id) or token_hash = governance.invitation_link());
alter table governance.conference_proposal enable row level security;
alter table governance.conference_proposal force row level security;
create policy conference_proposal_read on governance.conference_proposal for select to linden_program
  using (exists (select from governance.conference c where c.id = conference_id));
create policy conference_proposal_add on governance.conference_proposal for insert to linden_program
  with check (entered_by = access.actor() and governance.serves_conference(conference_id));
create policy conference_proposal_raise on governance.conference_proposal for update to linden_program
  using (governance.serves_conference(conference_id)) with check (governance.serves_conference(conference_id));

revoke all on function governance.begin_group, governance.take_group_step, governance.keep_group, governance.judge_addressee,
  governance.judge_recommendation_answer, governance.judge_conference, governance.judge_invitation_answer from public;
grant execute on function governance.sets_up_under, governance.invitation_link, governance.serves_conference to linden_program;
grant select, insert on governance.ad_hoc_group, governance.ad_hoc_step, governance.ad_hoc_reminder to linden_program;
grant select, insert on governance.recommendation, governance.recommendation_to, governance.recommendation_answer to linden_program;
grant select, insert on governance.conference to linden_program;
grant update (title, about, place, starts_at, ends_at, answer_by, invites, programme, notes, state, cancelled_why, version, changed_at) on governance.conference to linden_program;
grant select, insert on governance.conference_invitation to linden_program;
grant update (answer, needs, answered_at) on governance.conference_invitation to linden_program;
grant select, insert on governance.conference_proposal to linden_program;
grant update (matter_id) on governance.conference_proposal to linden_program;

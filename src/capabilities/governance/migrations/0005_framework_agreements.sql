-- Framework agreements: drafted in versions, consulted on, agreed by body after body, ratified by every party, in force on their day (GOV-6).

-- The rule of a region, as its pack describes it: period, parts, who drafts them, which way an agreement takes.
create table governance.framework_rule (
  pack text primary key references packs.pack,
  profile jsonb not null
);

create table governance.framework_agreement (
  id uuid primary key default uuidv7(),
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 120),
  pack text not null references packs.pack,
  title jsonb not null,
  -- the first and the last day of its period
  since date not null,
  until date not null,
  -- the rule under which it was begun: a later change of the pack does not reach an agreement that is on its way
  rule jsonb not null default '{}',
  -- the way it takes, by the name that its rule gives it
  way text not null,
  -- whose staff keep it
  organisation_id uuid not null references access.organisation,
  -- the agreement that this one changes
  amends uuid references governance.framework_agreement,
  predecessor uuid references governance.framework_agreement,
  state text not null default 'draft' check (state in ('draft', 'consultation', 'on-its-way', 'ratification', 'in-force', 'ended')),
  -- begins anew whenever it goes back to drafting: what was agreed before was agreed on another text
  round smallint not null default 1 check (round > 0),
  -- why it moved the last time, where that needs a reason
  reason text check (length(reason) between 3 and 2000),
  -- the last day for ratifications
  ratify_by date not null,
  consultation_id uuid,
  in_force_on date,
  ended_on date,
  version integer not null default 1,
  begun_by uuid not null references access.account,
  begun_at timestamptz not null default now(),
  -- when it moved the last time
  moved_at timestamptz not null default now(),
  check (until > since),
  check (amends <> id and predecessor <> id),
  check ((state in ('in-force', 'ended')) = (in_force_on is not null)),
  check (in_force_on >= since),
  check ((state = 'ended') = (ended_on is not null)),
  check (state in ('draft', 'consultation') or consultation_id is not null)
);
create index framework_agreement_pack on governance.framework_agreement (pack, since desc);
create index framework_agreement_amends on governance.framework_agreement (amends) where amends is not null;
create index framework_agreement_predecessor on governance.framework_agreement (predecessor) where predecessor is not null;
create index framework_agreement_organisation on governance.framework_agreement (organisation_id);
create index framework_agreement_begun_by on governance.framework_agreement (begun_by);

-- A part in one of its versions. Nothing is changed: the next version takes its place.
create table governance.framework_version (
  id uuid primary key default uuidv7(),
  agreement_id uuid not null references governance.framework_agreement,
  part text not null,
  number integer not null check (number > 0),
  round smallint not null,
  words text not null check (length(words) <= 100000),
  -- the offers in scope, where the part is that annex: [{ offer, since, until }]
  offers jsonb not null default '[]' check (jsonb_typeof(offers) = 'array'),
  reason text check (length(reason) between 3 and 2000),
  -- for which body it was written
  body_id uuid not null references governance.body,
  written_by uuid not null references access.account,
  written_at timestamptz not null default now(),
  unique (agreement_id, part, number)
);
create index framework_version_body on governance.framework_version (body_id);
create index framework_version_written_by on governance.framework_version (written_by);

-- What a body would have a part say. Whoever drafts the part takes it over, or says why not.
create table governance.framework_proposal (
  id uuid primary key default uuidv7(),
  agreement_id uuid not null references governance.framework_agreement,
  part text not null,
  -- the version that it would change
  based_on integer not null check (based_on >= 0),
  words text not null check (length(words) <= 100000),
  reason text not null check (length(reason) between 3 and 2000),
  body_id uuid not null references governance.body,
  proposed_by uuid not null references access.account,
  proposed_at timestamptz not null default now(),
  state text not null default 'open' check (state in ('open', 'taken', 'declined')),
  answer text check (length(answer) between 3 and 2000),
  version_id uuid references governance.framework_version,
  answered_by uuid references access.account,
  answered_at timestamptz,
  check ((state = 'open') = (answered_at is null)),
  check ((state = 'open') = (answered_by is null)),
  check ((state = 'taken') = (version_id is not null)),
  check (state <> 'declined' or answer is not null)
);
create index framework_proposal_agreement on governance.framework_proposal (agreement_id, part, proposed_at);
create index framework_proposal_body on governance.framework_proposal (body_id);
create index framework_proposal_version on governance.framework_proposal (version_id) where version_id is not null;
create index framework_proposal_proposed_by on governance.framework_proposal (proposed_by);
create index framework_proposal_answered_by on governance.framework_proposal (answered_by) where answered_by is not null;

-- The text as it went out: to consultation, and then to those who agree on it. Made by the database when the agreement moves.
create table governance.framework_text (
  id uuid primary key default uuidv7(),
  agreement_id uuid not null references governance.framework_agreement,
  round smallint not null,
  purpose text not null check (purpose in ('consultation', 'agreement')),
  -- the version of each part: [{ part, number, id }]
  versions jsonb not null,
  -- SHA-256 of the whole text, written as governance.framework_plain_text writes it
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  fixed_at timestamptz not null,
  unique (agreement_id, round, purpose)
);

-- How it moved, from beginning to end.
create table governance.framework_move (
  id uuid primary key default uuidv7(),
  agreement_id uuid not null references governance.framework_agreement,
  round smallint not null,
  state text not null,
  reason text,
  moved_by uuid references access.account,
  moved_at timestamptz not null
);
create index framework_move_agreement on governance.framework_move (agreement_id, moved_at);
create index framework_move_moved_by on governance.framework_move (moved_by) where moved_by is not null;

-- A body on its way has agreed, by a recorded decision.
create table governance.framework_step (
  id uuid primary key default uuidv7(),
  agreement_id uuid not null references governance.framework_agreement,
  round smallint not null,
  place smallint not null check (place > 0),
  body_id uuid not null references governance.body,
  decision_id uuid not null unique references governance.decision,
  entered_by uuid not null references access.account,
  entered_at timestamptz not null default now(),
  unique (agreement_id, round, place)
);
create index framework_step_body on governance.framework_step (body_id);
create index framework_step_entered_by on governance.framework_step (entered_by);

-- What a party has decided on it. One that declined may decide again; one that ratified has ratified.
create table governance.framework_ratification (
  id uuid primary key default uuidv7(),
  agreement_id uuid not null references governance.framework_agreement,
  round smallint not null,
  body_id uuid not null references governance.body,
  decision_id uuid not null unique references governance.decision,
  file_id uuid references files.file,
  entered text not null check (entered in ('by-party', 'from-minutes')),
  entered_by uuid not null references access.account,
  entered_at timestamptz not null default now()
);
create index framework_ratification_agreement on governance.framework_ratification (agreement_id, round, body_id);
create index framework_ratification_body on governance.framework_ratification (body_id);
create index framework_ratification_file on governance.framework_ratification (file_id) where file_id is not null;
create index framework_ratification_entered_by on governance.framework_ratification (entered_by);

-- What it rests on and what is told of its working: by link, never a copy.
create table governance.framework_link (
  id uuid primary key default uuidv7(),
  agreement_id uuid not null references governance.framework_agreement,
  purpose text not null check (purpose in ('supply', 'waiting', 'tariffs', 'contribution', 'report')),
  title text not null check (length(title) between 3 and 300),
  target text not null check (length(target) <= 2000 and target ~ '^(/[^/\\]|https?://)'),
  -- who it comes from, such as a user organisation
  source text check (length(source) between 1 and 200),
  added_by uuid not null references access.account,
  added_at timestamptz not null default now(),
  unique (agreement_id, purpose, target)
);
create index framework_link_added_by on governance.framework_link (added_by);

-- When a party was asked for its ratification: not twice on one day.
create table governance.framework_reminder (
  agreement_id uuid not null references governance.framework_agreement,
  body_id uuid not null references governance.body,
  on_day date not null,
  reminded_by uuid references access.account,
  primary key (agreement_id, body_id, on_day)
);
create index framework_reminder_body on governance.framework_reminder (body_id);
create index framework_reminder_by on governance.framework_reminder (reminded_by) where reminded_by is not null;

-- ── What its rule says ─────────────────────────────────────────

-- The way that an agreement takes, as its rule describes it.
create function governance.framework_way(agreement governance.framework_agreement) returns jsonb language sql stable parallel safe set search_path = ''
  as $$ select way.value from jsonb_array_elements(agreement.rule->'ways') way where way.value->>'slug' = agreement.way $$;

-- The bodies named there, by what they are named for: 'steps', 'ratifiedBy'.
create function governance.framework_bodies(agreement governance.framework_agreement, named text)
  returns table (place bigint, body_id uuid) language sql stable parallel safe set search_path = ''
  as $$ select n.place, b.id from jsonb_array_elements_text(coalesce(governance.framework_way(agreement)->named, '[]')) with ordinality n (slug, place)
        join governance.body b on b.slug = n.slug $$;

-- The decision that holds in the place of this one: itself, or the last of those that superseded it.
create function governance.standing_decision(decision uuid) returns uuid
  language sql stable parallel safe security definer set search_path = ''
  as $$ with recursive later as (
          select d.id, 0 as depth from governance.decision d where d.id = decision
          union all select d.id, later.depth + 1 from governance.decision d join later on d.supersedes = later.id where not d.about_person)
        select id from later order by depth desc limit 1 $$;

-- The decision by which a party ratified in this round, as it stands today; null where it has not.
create function governance.framework_ratified(agreement uuid, party uuid, in_round smallint) returns uuid
  language sql stable parallel safe security definer set search_path = ''
  as $$ select d.id from governance.framework_ratification r join governance.framework_agreement a on a.id = r.agreement_id
          join governance.decision d on d.id = governance.standing_decision(r.decision_id)
        where r.agreement_id = agreement and r.body_id = party and r.round = in_round and d.body_id = party
          and d.outcome = 'agreed' and d.matter = a.rule->>'matter'
        order by d.decided_on limit 1 $$;

-- Does the actor speak for this body: its secretariat, a member of a council, or whoever holds a seat in it with their account?
create function governance.speaks_for(body uuid) returns boolean language sql stable parallel safe security definer set search_path = ''
  as $$ select exists (select from governance.body b where b.id = body
          and (governance.works_as(b.organisation_id, '{secretariat}')
            or (b.profile->>'kind' = 'council' and governance.works_as(b.organisation_id, '{body_member}'))))
        or governance.sits_in(body, '{chair,deputy,member}') $$;

-- Who drafts or may propose a part: by name in its rule, and whoever keeps the agreement.
create function governance.framework_part(agreement governance.framework_agreement, part text) returns jsonb
  language sql stable parallel safe set search_path = ''
  as $$ select p.value from jsonb_array_elements(agreement.rule->'parts') p where p.value->>'slug' = part $$;

create function governance.framework_drafts(agreement governance.framework_agreement, part text, body uuid) returns boolean
  language sql stable parallel safe set search_path = ''
  as $$ select exists (select from governance.body b where b.id = body and governance.framework_part(agreement, part) is not null
          and (b.slug = agreement.rule->>'keeper' or governance.framework_part(agreement, part)->'draftedBy' ? b.slug)) $$;

create function governance.framework_proposes(agreement governance.framework_agreement, part text, body uuid) returns boolean
  language sql stable parallel safe set search_path = ''
  as $$ select governance.framework_drafts(agreement, part, body)
          or exists (select from governance.body b where b.id = body and governance.framework_part(agreement, part) is not null
            and agreement.rule->'contributors' ? b.slug) $$;

-- Whose drafts the actor may read: those of an agreement that a body of theirs keeps, drafts, contributes to, agrees on or ratifies.
create function governance.framework_takes_part(agreement uuid) returns boolean language sql stable parallel safe security definer set search_path = ''
  as $$ select exists (select from governance.framework_agreement a where a.id = agreement
        and (governance.works_as(a.organisation_id, '{secretariat}') or exists (
          select from governance.body b where b.pack = a.pack and governance.speaks_for(b.id)
            and (a.rule->>'keeper' = b.slug or a.rule->'contributors' ? b.slug
              or exists (select from jsonb_array_elements(a.rule->'parts') p where p.value->'draftedBy' ? b.slug)
              or governance.framework_way(a)->'steps' ? b.slug or governance.framework_way(a)->'ratifiedBy' ? b.slug)))) $$;

-- ── The text ───────────────────────────────────────────────────

-- The versions of all parts that are the newest now, in the order of the rule.
create function governance.framework_newest(agreement governance.framework_agreement) returns jsonb
  language sql stable security definer set search_path = ''
  as $$ select coalesce(jsonb_agg(jsonb_build_object('part', v.part, 'number', v.number, 'id', v.id) order by p.place), '[]')
        from jsonb_array_elements(agreement.rule->'parts') with ordinality p (part, place)
        join lateral (select * from governance.framework_version v where v.agreement_id = agreement.id and v.part = p.part->>'slug'
                      order by v.number desc limit 1) v on true $$;

-- The whole text as one, from which everybody can compute its hash again.
create function governance.framework_plain_text(versions jsonb) returns text language sql stable security definer set search_path = ''
  as $$ select coalesce(string_agg('# ' || v.part || E'\n\n' || v.words || E'\n' || coalesce((
            select E'\n' || string_agg('* ' || (o.value->>'offer') || ' ' || coalesce(o.value->>'since', '-') || ' ' || coalesce(o.value->>'until', '-') || E'\n', '' order by o.place)
            from jsonb_array_elements(v.offers) with ordinality o (value, place)), ''), E'\n' order by n.place), '')
        from jsonb_array_elements(versions) with ordinality n (value, place)
        join governance.framework_version v on v.id = (n.value->>'id')::uuid $$;

-- Was this version in a text that went out?
create function governance.framework_published(version uuid) returns boolean language sql stable security definer set search_path = ''
  as $$ select exists (select from governance.framework_version v join governance.framework_text t on t.agreement_id = v.agreement_id
        where v.id = version and t.versions @> jsonb_build_array(jsonb_build_object('id', v.id))) $$;

-- ── What the database refuses ──────────────────────────────────

create function governance.local_day(pack text) returns date language sql stable set search_path = ''
  as $$ select (now() at time zone coalesce((select p.manifest->>'timeZone' from packs.pack p where p.id = local_day.pack), 'UTC'))::date $$;

-- An agreement begins as a draft, under the rule of its region, which nobody hands in.
create function governance.begin_framework() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  amended governance.framework_agreement%rowtype;
  years int;
begin
  select r.profile into new.rule from governance.framework_rule r where r.pack = new.pack;
  if new.rule is null then
    raise exception 'this region has no framework agreement' using errcode = '42501';
  end if;
  select b.organisation_id into new.organisation_id from governance.body b where b.slug = new.rule->>'keeper' and b.pack = new.pack;
  if governance.framework_way(new) is null then
    raise exception 'no such way' using errcode = '23514';
  end if;
  if (governance.framework_way(new)->>'amendsOnly')::boolean and new.amends is null then
    raise exception 'this way is for amendments alone' using errcode = '42501';
  end if;
  if new.amends is null then
    years := (new.rule->>'years')::int;
    if new.until <> (new.since + make_interval(years => years) - interval '1 day')::date
       or extract(month from new.since) <> 1 or extract(day from new.since) <> 1
       or (extract(year from new.since)::int - (new.rule->>'firstYear')::int) % years <> 0 then
      raise exception 'the period does not fit the rule of the region' using errcode = '23514';
    end if;
    if exists (select from governance.framework_agreement a where a.pack = new.pack and a.amends is null and a.since = new.since) then
      raise exception 'there is an agreement for this period already' using errcode = '23505';
    end if;
  else
    select * into amended from governance.framework_agreement a where a.id = new.amends for no key update;
    if amended.state <> 'in-force' or amended.pack <> new.pack or amended.amends is not null
       or new.since < amended.since or new.until <> amended.until then
      raise exception 'an amendment changes an agreement that is in force' using errcode = '42501';
    end if;
  end if;
  new.state := 'draft';
  new.round := 1;
  new.version := 1;
  new.consultation_id := null;
  new.in_force_on := null;
  new.ended_on := null;
  new.moved_at := new.begun_at;
  return new;
end $$;
create trigger framework_begins before insert on governance.framework_agreement for each row execute function governance.begin_framework();

create function governance.note_framework() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'INSERT' or new.state <> old.state then
    insert into governance.framework_move (agreement_id, round, state, reason, moved_by, moved_at)
      values (new.id, new.round, new.state, case when tg_op = 'INSERT' then null else new.reason end, access.actor(), new.moved_at);
  end if;
  return null;
end $$;
create trigger framework_noted after insert or update on governance.framework_agreement for each row execute function governance.note_framework();

-- No step is skipped, and nothing comes into force with nineteen.
create function governance.move_framework() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  steps int;
  parties int;
  missing text;
  versions jsonb;
begin
  if new.state = old.state then
    if new.round <> old.round or new.in_force_on is distinct from old.in_force_on or new.ended_on is distinct from old.ended_on
       or (new.consultation_id is distinct from old.consultation_id and (old.state <> 'consultation'
         or exists (select from governance.consultation c where c.id = old.consultation_id and c.state <> 'withdrawn'))) then
      raise exception 'an agreement moves from state to state' using errcode = '42501';
    end if;
    new.version := old.version + 1;
    return new;
  end if;
  new.version := old.version + 1;
  if new.moved_at < old.moved_at then
    raise exception 'it moves from one moment to a later one' using errcode = '23514';
  end if;
  select count(*) into steps from governance.framework_bodies(old, 'steps');
  select count(*) into parties from governance.framework_bodies(old, 'ratifiedBy');
  if old.state = 'draft' and new.state = 'consultation' then
    select string_agg(p.value->>'slug', ', ') into missing from jsonb_array_elements(old.rule->'parts') p
      where old.amends is null and (p.value->>'required')::boolean
        and not exists (select from governance.framework_version v where v.agreement_id = old.id and v.part = p.value->>'slug');
    versions := governance.framework_newest(old);
    if missing is not null or versions = '[]' then
      raise exception 'parts are missing: %', coalesce(missing, 'all') using errcode = '23514';
    end if;
    insert into governance.framework_text (agreement_id, round, purpose, versions, hash, fixed_at)
      values (old.id, old.round, 'consultation', versions, encode(sha256(convert_to(governance.framework_plain_text(versions), 'UTF8')), 'hex'), new.moved_at);
  elsif old.state = 'consultation' and new.state = 'on-its-way' then
    if not governance.framework_consulted(old) then
      raise exception 'the consultation is not over' using errcode = '42501';
    end if;
    versions := governance.framework_newest(old);
    insert into governance.framework_text (agreement_id, round, purpose, versions, hash, fixed_at)
      values (old.id, old.round, 'agreement', versions, encode(sha256(convert_to(governance.framework_plain_text(versions), 'UTF8')), 'hex'), new.moved_at);
  elsif old.state = 'on-its-way' and new.state in ('ratification', 'in-force') then
    if steps <> (select count(*) from governance.framework_step s join governance.decision d on d.id = governance.standing_decision(s.decision_id)
                 where s.agreement_id = old.id and s.round = old.round and d.outcome = 'agreed' and d.body_id = s.body_id) then
      raise exception 'not every body on its way has agreed' using errcode = '42501';
    end if;
    if (new.state = 'in-force') <> (parties = 0) then
      raise exception 'it is ratified before it comes into force' using errcode = '42501';
    end if;
  elsif not (old.state = 'ratification' and new.state = 'in-force')
    and not (old.state = 'in-force' and new.state = 'ended')
    and not (old.state in ('consultation', 'on-its-way', 'ratification') and new.state = 'draft') then
    raise exception 'an agreement does not go from % to %', old.state, new.state using errcode = '42501';
  end if;
  if new.state = 'in-force' then
    select string_agg(b.slug, ', ' order by b.slug) into missing from governance.framework_bodies(old, 'ratifiedBy') p
      join governance.body b on b.id = p.body_id where governance.framework_ratified(old.id, p.body_id, old.round) is null;
    if missing is not null then
      raise exception 'not ratified by %', missing using errcode = '42501';
    end if;
    if new.in_force_on is null or new.in_force_on < old.since or new.in_force_on > governance.local_day(old.pack) then
      raise exception 'its day has not come' using errcode = '42501';
    end if;
    if old.amends is not null and not exists (select from governance.framework_agreement a where a.id = old.amends and a.state = 'in-force') then
      raise exception 'what it amends is not in force' using errcode = '42501';
    end if;
  elsif new.state = 'ended' then
    if new.ended_on is null or new.ended_on < new.in_force_on or (governance.local_day(old.pack) <= old.until) then
      raise exception 'its period is not over' using errcode = '42501';
    end if;
  elsif new.state = 'draft' then
    if new.reason is null then
      raise exception 'going back needs a reason' using errcode = '23514';
    end if;
    new.round := old.round + 1;
    new.consultation_id := null;
    return new;
  end if;
  if new.round <> old.round then
    raise exception 'a round begins with drafting' using errcode = '42501';
  end if;
  return new;
end $$;

-- Is the consultation of this round over, and its result confirmed?
create function governance.framework_consulted(agreement governance.framework_agreement) returns boolean
  language sql stable security definer set search_path = ''
  as $$ select exists (select from governance.consultation c where c.id = agreement.consultation_id
          and c.subject_kind = 'governance.framework-agreement' and c.subject_id = agreement.id and c.state in ('confirmed', 'published')) $$;

create trigger framework_moves before update on governance.framework_agreement for each row execute function governance.move_framework();

-- A part is written while it is drafted or consulted on, on top of the newest version, for a body that may.
create function governance.judge_framework_version() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  agreement governance.framework_agreement%rowtype;
begin
  -- The text does not change while the agreement moves.
  select * into agreement from governance.framework_agreement a where a.id = new.agreement_id for no key update;
  if agreement.state not in ('draft', 'consultation') then
    raise exception 'this text is settled' using errcode = '42501';
  end if;
  if not governance.framework_drafts(agreement, new.part, new.body_id) then
    raise exception 'this body does not draft this part' using errcode = '42501';
  end if;
  if new.number <> coalesce((select max(v.number) from governance.framework_version v where v.agreement_id = new.agreement_id and v.part = new.part), 0) + 1 then
    raise exception 'somebody has written another version' using errcode = '23505';
  end if;
  if new.reason is null and exists (select from governance.framework_text t where t.agreement_id = new.agreement_id) then
    raise exception 'a text that went out is changed for a reason' using errcode = '23514';
  end if;
  if new.offers <> '[]' and governance.framework_part(agreement, new.part)->>'kind' <> 'offers' then
    raise exception 'this part lists no offers' using errcode = '23514';
  end if;
  new.round := agreement.round;
  return new;
end $$;
create trigger framework_version_fits before insert on governance.framework_version for each row execute function governance.judge_framework_version();

create function governance.judge_framework_proposal() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  agreement governance.framework_agreement%rowtype;
begin
  select * into agreement from governance.framework_agreement a where a.id = new.agreement_id for share;
  if tg_op = 'INSERT' then
    if agreement.state not in ('draft', 'consultation') then
      raise exception 'this text is settled' using errcode = '42501';
    end if;
    if not governance.framework_proposes(agreement, new.part, new.body_id) then
      raise exception 'this body does not contribute to this part' using errcode = '42501';
    end if;
    new.state := 'open';
  elsif old.state <> 'open' then
    raise exception 'this proposal was answered' using errcode = '42501';
  elsif new.state = 'taken' and not exists (select from governance.framework_version v
      where v.id = new.version_id and v.agreement_id = new.agreement_id and v.part = new.part) then
    raise exception 'a proposal is taken over into its own part' using errcode = '23514';
  end if;
  return new;
end $$;
create trigger framework_proposal_fits before insert or update on governance.framework_proposal for each row execute function governance.judge_framework_proposal();

-- What a body has decided counts only when it is its turn, on this text, by a decision of its own that stands.
create function governance.judge_framework_decision(agreement governance.framework_agreement, body uuid, decision uuid, not_before date)
  returns governance.decision language plpgsql stable security definer set search_path = '' as $$
declare
  made governance.decision%rowtype;
begin
  select * into made from governance.decision d where d.id = decision;
  if made.id is null or made.body_id <> body or made.matter <> agreement.rule->>'matter' then
    raise exception 'this is no decision of that body on the agreement' using errcode = '42501';
  end if;
  if governance.superseded(made.id) then
    raise exception 'this decision no longer holds' using errcode = '42501';
  end if;
  if made.decided_on < not_before then
    raise exception 'decided before its turn' using errcode = '42501';
  end if;
  if exists (select from governance.framework_step s where s.decision_id = decision)
     or exists (select from governance.framework_ratification r where r.decision_id = decision) then
    raise exception 'this decision counts already' using errcode = '23505';
  end if;
  return made;
end $$;

-- From when on bodies decide on this text: the day it was settled, and the day the step before was taken.
create function governance.framework_turn(agreement governance.framework_agreement) returns date
  language sql stable security definer set search_path = ''
  as $$ select greatest(
          (select (t.fixed_at at time zone coalesce((select p.manifest->>'timeZone' from packs.pack p where p.id = agreement.pack), 'UTC'))::date
           from governance.framework_text t where t.agreement_id = agreement.id and t.round = agreement.round and t.purpose = 'agreement'),
          (select max(d.decided_on) from governance.framework_step s join governance.decision d on d.id = s.decision_id
           where s.agreement_id = agreement.id and s.round = agreement.round)) $$;

create function governance.judge_framework_step() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  agreement governance.framework_agreement%rowtype;
  made governance.decision%rowtype;
begin
  select * into agreement from governance.framework_agreement a where a.id = new.agreement_id for no key update;
  if agreement.state <> 'on-its-way' then
    raise exception 'this agreement is not on its way' using errcode = '42501';
  end if;
  new.round := agreement.round;
  new.place := 1 + (select count(*) from governance.framework_step s where s.agreement_id = new.agreement_id and s.round = agreement.round);
  if new.body_id is distinct from (select b.body_id from governance.framework_bodies(agreement, 'steps') b where b.place = new.place) then
    raise exception 'it is not the turn of this body' using errcode = '42501';
  end if;
  made := governance.judge_framework_decision(agreement, new.body_id, new.decision_id, governance.framework_turn(agreement));
  if made.outcome <> 'agreed' then
    raise exception 'this body has not agreed' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger framework_step_fits before insert on governance.framework_step for each row execute function governance.judge_framework_step();

create function governance.judge_framework_ratification() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  agreement governance.framework_agreement%rowtype;
  made governance.decision%rowtype;
begin
  -- Ratifications of one agreement wait for each other here, so that none is counted twice.
  select * into agreement from governance.framework_agreement a where a.id = new.agreement_id for no key update;
  if agreement.state <> 'ratification' then
    raise exception 'this agreement is not being ratified' using errcode = '42501';
  end if;
  new.round := agreement.round;
  if not exists (select from governance.framework_bodies(agreement, 'ratifiedBy') p where p.body_id = new.body_id) then
    raise exception 'this body is no party to the agreement' using errcode = '42501';
  end if;
  if governance.framework_ratified(agreement.id, new.body_id, agreement.round) is not null then
    raise exception 'this body has ratified already' using errcode = '23505';
  end if;
  made := governance.judge_framework_decision(agreement, new.body_id, new.decision_id, governance.framework_turn(agreement));
  if made.outcome = 'postponed' then
    raise exception 'a party ratifies or declines' using errcode = '23514';
  end if;
  return new;
end $$;
create trigger framework_ratification_fits before insert on governance.framework_ratification for each row execute function governance.judge_framework_ratification();

-- May the actor enter what this party decided, and how: as the party, or from its minutes as whoever keeps the agreement.
create function governance.enters_ratification(agreement uuid, party uuid, entered text) returns boolean
  language sql stable parallel safe security definer set search_path = ''
  as $$ select case entered
          when 'by-party' then governance.speaks_for(party)
          when 'from-minutes' then exists (select from governance.framework_agreement a where a.id = agreement and governance.works_as(a.organisation_id, '{secretariat}'))
          else false end $$;

-- Decisions of parties on an agreement that is being ratified are entered by those who may enter the ratification, and say so.
create function governance.enters_party_decision(party uuid, decided_matter text) returns boolean
  language sql stable parallel safe security definer set search_path = ''
  as $$ select exists (select from governance.framework_agreement a where a.state = 'ratification' and a.rule->>'matter' = decided_matter
        and exists (select from governance.framework_bodies(a, 'ratifiedBy') p where p.body_id = party)
        and (governance.enters_ratification(a.id, party, 'by-party') or governance.enters_ratification(a.id, party, 'from-minutes'))) $$;
create policy decision_add_for_party on governance.decision for insert to linden_program
  with check (recorded_by = access.actor() and entered = 'from-minutes' and not about_person and supersedes is null
    and governance.enters_party_decision(body_id, matter));

-- ── Who reads and writes ───────────────────────────────────────

create function governance.keeps_framework(agreement uuid) returns boolean language sql stable parallel safe security definer set search_path = ''
  as $$ select exists (select from governance.framework_agreement a where a.id = agreement and governance.works_as(a.organisation_id, '{secretariat}')) $$;

alter table governance.framework_rule enable row level security;
alter table governance.framework_rule force row level security;
create policy framework_rule_read on governance.framework_rule for select to linden_program using (true);
create policy framework_rule_write on governance.framework_rule for all to linden_program
  using (access.purpose() = 'administration') with check (access.purpose() = 'administration');

alter table governance.framework_agreement enable row level security;
alter table governance.framework_agreement force row level security;
create policy framework_agreement_read on governance.framework_agreement for select to linden_program using (true);
create policy framework_agreement_add on governance.framework_agreement for insert to linden_program
  with check (begun_by = access.actor() and governance.works_as(organisation_id, '{secretariat}'));
create policy framework_agreement_move on governance.framework_agreement for update to linden_program
  using (governance.works_as(organisation_id, '{secretariat}') or access.purpose() = 'framework')
  with check (governance.works_as(organisation_id, '{secretariat}') or state in ('in-force', 'ended'));

alter table governance.framework_version enable row level security;
alter table governance.framework_version force row level security;
create policy framework_version_read on governance.framework_version for select to linden_program
  using (governance.framework_published(id) or governance.framework_takes_part(agreement_id));
create policy framework_version_add on governance.framework_version for insert to linden_program
  with check (written_by = access.actor() and governance.speaks_for(body_id));

alter table governance.framework_proposal enable row level security;
alter table governance.framework_proposal force row level security;
create policy framework_proposal_read on governance.framework_proposal for select to linden_program
  using (governance.framework_takes_part(agreement_id));
create policy framework_proposal_add on governance.framework_proposal for insert to linden_program
  with check (proposed_by = access.actor() and state = 'open' and governance.speaks_for(body_id));
create policy framework_proposal_answer on governance.framework_proposal for update to linden_program
  using (governance.framework_takes_part(agreement_id))
  with check (answered_by = access.actor() and exists (select from governance.framework_agreement a, governance.body b
    where a.id = agreement_id and governance.framework_drafts(a, part, b.id) and governance.speaks_for(b.id)));

alter table governance.framework_text enable row level security;
alter table governance.framework_text force row level security;
create policy framework_text_read on governance.framework_text for select to linden_program using (true);

alter table governance.framework_move enable row level security;
alter table governance.framework_move force row level security;
create policy framework_move_read on governance.framework_move for select to linden_program using (true);

alter table governance.framework_step enable row level security;
alter table governance.framework_step force row level security;
create policy framework_step_read on governance.framework_step for select to linden_program using (true);
create policy framework_step_add on governance.framework_step for insert to linden_program
  with check (entered_by = access.actor() and governance.keeps_framework(agreement_id));

alter table governance.framework_ratification enable row level security;
alter table governance.framework_ratification force row level security;
create policy framework_ratification_read on governance.framework_ratification for select to linden_program using (true);
create policy framework_ratification_add on governance.framework_ratification for insert to linden_program
  with check (entered_by = access.actor() and governance.enters_ratification(agreement_id, body_id, entered)
    -- its document becomes public: nobody makes a file of somebody else public
    and (file_id is null or exists (select from files.file f where f.id = file_id and f.created_by = access.actor())));

alter table governance.framework_link enable row level security;
alter table governance.framework_link force row level security;
create policy framework_link_read on governance.framework_link for select to linden_program using (true);
create policy framework_link_add on governance.framework_link for insert to linden_program
  with check (added_by = access.actor() and governance.keeps_framework(agreement_id));

alter table governance.framework_reminder enable row level security;
alter table governance.framework_reminder force row level security;
create policy framework_reminder_read on governance.framework_reminder for select to linden_program using (true);
create policy framework_reminder_add on governance.framework_reminder for insert to linden_program
  with check (access.purpose() = 'framework' or (reminded_by = access.actor() and governance.keeps_framework(agreement_id)));

-- The document of a ratification is as public as the ratification.
create policy framework_document on files.file for select to linden_program
  using (exists (select from governance.framework_ratification r where r.file_id = file.id));

-- Whom a reminder goes to: the staff who answer for a party that has not ratified yet, and nobody else.
create function governance.framework_asked() returns uuid[] language sql stable security definer set search_path = ''
  as $$ select coalesce(array_agg(distinct b.organisation_id), '{}') from governance.framework_agreement a
        cross join lateral governance.framework_bodies(a, 'ratifiedBy') party join governance.body b on b.id = party.body_id
        where access.purpose() = 'framework' and a.state = 'ratification' and governance.framework_ratified(a.id, b.id, a.round) is null $$;
create function governance.framework_staff() returns uuid[] language sql stable security definer set search_path = ''
  as $$ select coalesce(array_agg(distinct m.account_id), '{}') from access.membership m
        where m.organisation_id = any (governance.framework_asked()) and m.role in ('secretariat', 'body_member')
          and m.since <= now() and (m.until is null or m.until > now()) $$;
create policy framework_staff on access.membership for select to linden_program
  using (access.purpose() = 'framework' and role in ('secretariat', 'body_member')
    and organisation_id = any ((select governance.framework_asked())::uuid[]));
create policy framework_staff on access.account for select to linden_program
  using (access.purpose() = 'framework' and id = any ((select governance.framework_staff())::uuid[]));

revoke all on function governance.standing_decision, governance.framework_ratified, governance.speaks_for, governance.framework_takes_part,
  governance.framework_newest, governance.framework_plain_text, governance.framework_published, governance.begin_framework, governance.note_framework,
  governance.move_framework, governance.framework_consulted, governance.judge_framework_version, governance.judge_framework_proposal,
  governance.judge_framework_decision, governance.framework_turn, governance.judge_framework_step, governance.judge_framework_ratification,
  governance.enters_ratification, governance.enters_party_decision, governance.keeps_framework, governance.framework_asked,
  governance.framework_staff from public;
grant execute on function governance.standing_decision, governance.framework_ratified, governance.speaks_for, governance.framework_takes_part,
  governance.framework_published, governance.framework_turn, governance.framework_consulted, governance.enters_ratification,
  governance.enters_party_decision, governance.keeps_framework, governance.framework_asked, governance.framework_staff to linden_program;
grant select, insert, update on governance.framework_rule to linden_program;
grant select on governance.framework_agreement, governance.framework_text, governance.framework_move to linden_program;
grant insert (id, slug, pack, title, since, until, way, organisation_id, amends, predecessor, ratify_by, begun_by, begun_at) on governance.framework_agreement to linden_program;
grant update (state, reason, consultation_id, in_force_on, ended_on, moved_at) on governance.framework_agreement to linden_program;
grant select, insert on governance.framework_version, governance.framework_step, governance.framework_ratification, governance.framework_link,
  governance.framework_reminder to linden_program;
grant select, insert on governance.framework_proposal to linden_program;
grant update (state, answer, version_id, answered_by, answered_at) on governance.framework_proposal to linden_program;

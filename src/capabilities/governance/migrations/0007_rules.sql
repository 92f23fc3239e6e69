-- Rules of procedure as decision tables with dates of effect (GOV-12), questions and their rulings (GOV-16), requests of the
-- national board that all municipalities answer together (GOV-15).

-- Does the actor work, in whichever role, for an authority of this region?
create function governance.is_of_authority(region text) returns boolean language sql stable parallel safe set search_path = ''
  as $$ select exists (select from access.membership m join access.organisation o on o.id = m.organisation_id
        where m.account_id = access.actor() and o.kind = 'public' and o.pack = region
          and m.since <= now() and (m.until is null or m.until > now())) $$;

-- The same for one organisation.
create function governance.works_in(organisation uuid) returns boolean language sql stable parallel safe set search_path = ''
  as $$ select exists (select from access.membership m where m.account_id = access.actor() and m.organisation_id = organisation
          and m.since <= now() and (m.until is null or m.until > now())) $$;

-- Is this a public decision of that body that agreed and still stands?
create function governance.stands(decision uuid, body uuid) returns boolean
  language sql stable parallel safe security definer set search_path = ''
  as $$ select exists (select from governance.decision d where d.id = decision and d.body_id = body
        and d.outcome = 'agreed' and not d.about_person and not governance.superseded(d.id)) $$;

-- Was this decided on a matter of exactly that thing? Also by a decision that took the place of the one that did.
create function governance.decides_about(decision uuid, thing_kind text, thing uuid) returns boolean
  language sql stable parallel safe security definer set search_path = ''
  as $$ select exists (select from governance.matter_step s join governance.matter m on m.id = s.matter_id
        where s.deed = 'decided' and m.source_kind = thing_kind and m.source_id = thing
          and governance.standing_decision(s.decision_id) = decision) $$;

-- ── Rules (GOV-12) ───────────────────────────────────────────────────────────────────────────────────────────────────────────

create table governance.rule_table (
  id uuid primary key default uuidv7(),
  pack text not null references packs.pack,
  slug text not null check (length(slug) between 1 and 80),
  names jsonb not null,
  purpose jsonb not null,
  -- who may change it: bodies of the pack that decide on this matter; nobody where no source names one
  changed_by text[] check (cardinality(changed_by) > 0),
  matter text,
  unique (pack, slug),
  check ((changed_by is null) = (matter is null))
);

create table governance.rule_version (
  id uuid primary key default uuidv7(),
  table_id uuid not null references governance.rule_table,
  -- its first day; nothing: since always. It holds until its end, or until the next one begins
  starts date,
  ends date check (ends > starts),
  -- inputs, outputs, rules, source, as `TableVersion` describes them
  content jsonb not null check (jsonb_typeof(content) = 'object' and pg_column_size(content) < 400000),
  -- as a pack has it, or as a body decided since
  origin text not null check (origin in ('pack', 'decision')),
  -- the pack has it no longer; what was judged by it stays known
  withdrawn boolean not null default false,
  decision_id uuid references governance.decision,
  added_by uuid references access.account,
  added_at timestamptz not null default now(),
  check ((origin = 'decision') = (decision_id is not null)),
  check ((origin = 'decision') = (added_by is not null)),
  check (origin = 'pack' or (starts is not null and ends is null and not withdrawn))
);
create unique index rule_version_starts on governance.rule_version (table_id, starts) nulls not distinct where not withdrawn;
-- A decision founds one version: another one is decided anew.
create unique index rule_version_decision on governance.rule_version (decision_id) where decision_id is not null;
create index rule_version_added_by on governance.rule_version (added_by) where added_by is not null;

-- A change of rules is itself a decision, of a body that may make it; no rule reaches back behind its decision.
create function governance.judge_rule_version() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  changed governance.rule_table%rowtype;
  decision governance.decision%rowtype;
  body governance.body%rowtype;
begin
  if new.origin = 'pack' then
    return new;
  end if;
  select * into changed from governance.rule_table t where t.id = new.table_id for no key update;
  select * into decision from governance.decision d where d.id = new.decision_id;
  select * into body from governance.body b where b.id = decision.body_id;
  if changed.changed_by is null or body.pack is distinct from changed.pack or body.slug <> all (changed.changed_by)
    or decision.matter is distinct from changed.matter then
    raise exception 'this body may not change the rule' using errcode = '42501';
  end if;
  if not governance.stands(decision.id, body.id) then
    raise exception 'a rule rests on a public decision that agreed and still stands' using errcode = '42501';
  end if;
  if not governance.decides_about(decision.id, 'governance.rule', changed.id) then
    raise exception 'this decision was made on another matter than this rule' using errcode = '42501';
  end if;
  if new.starts < decision.decided_on then
    raise exception 'a rule does not begin before it was decided' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger rule_version_decided before insert or update on governance.rule_version
  for each row execute function governance.judge_rule_version();

alter table governance.rule_table enable row level security;
alter table governance.rule_table force row level security;
create policy rule_table_read on governance.rule_table for select to linden_program using (true);
create policy rule_table_write on governance.rule_table for all to linden_program
  using (access.purpose() = 'administration') with check (access.purpose() = 'administration');

alter table governance.rule_version enable row level security;
alter table governance.rule_version force row level security;
create policy rule_version_read on governance.rule_version for select to linden_program using (true);
create policy rule_version_load on governance.rule_version for insert to linden_program
  with check (origin = 'pack' and access.purpose() = 'administration');
create policy rule_version_reload on governance.rule_version for update to linden_program
  using (origin = 'pack' and access.purpose() = 'administration') with check (origin = 'pack');
create policy rule_version_decide on governance.rule_version for insert to linden_program
  with check (origin = 'decision' and added_by = access.actor() and exists (
    select from governance.decision d where d.id = decision_id and governance.keeps(d.body_id)));

grant select, insert, update on governance.rule_table to linden_program;
grant select, insert on governance.rule_version to linden_program;
-- What a body decided is never changed: the next version mends it.
grant update (content, ends, withdrawn) on governance.rule_version to linden_program;

-- GOV-3: how many must be at a meeting, by the table 'quorum' as of its day; settled when it opens. What a body says of itself goes before it.
alter table governance.meeting add column quorum_is text
  check (quorum_is in ('more-than-half', 'half', 'two-thirds', 'all', 'none', 'unknown'));
alter table governance.meeting add column quorum_version_id uuid references governance.rule_version;
alter table governance.meeting add check ((quorum_is is null) = (quorum_version_id is null));
create index meeting_quorum_version on governance.meeting (quorum_version_id) where quorum_version_id is not null;
grant update (quorum_is, quorum_version_id) on governance.meeting to linden_program;

-- The version of that table that held in a region on a day.
create function governance.quorum_version(region text, day date) returns uuid language sql stable security definer set search_path = ''
  as $$ select last.id from (select v.id, v.ends from governance.rule_version v join governance.rule_table t on t.id = v.table_id
          where t.pack = region and t.slug = 'quorum' and not v.withdrawn and (v.starts is null or v.starts <= day)
          order by v.starts desc nulls last limit 1) last
        where last.ends is null or day < last.ends $$;

create function governance.judge_quorum() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  body governance.body%rowtype;
  held uuid;
begin
  if not (old.state in ('planned', 'invited') and new.state = 'held') then
    if (new.quorum_is, new.quorum_version_id) is distinct from (old.quorum_is, old.quorum_version_id) then
      raise exception 'how many must be there is settled when a meeting opens' using errcode = '42501';
    end if;
    return new;
  end if;
  select * into body from governance.body b where b.id = new.body_id;
  held := case when body.profile ? 'quorumIs' then null else governance.quorum_version(body.pack,
    (select (new.starts_at at time zone coalesce(p.manifest->>'timeZone', 'UTC'))::date from packs.pack p where p.id = body.pack)) end;
  if new.quorum_version_id is distinct from held then
    raise exception 'how many must be there follows from the rule of that day' using errcode = '42501';
  end if;
  if held is not null and not exists (select from governance.rule_version v, jsonb_array_elements(v.content->'rules') rule
      where v.id = held and rule->'says'->>'present' = to_json(new.quorum_is)::text) then
    raise exception 'the rule of that day does not say this' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger meeting_quorum before update on governance.meeting for each row execute function governance.judge_quorum();

create or replace function governance.has_quorum(meeting uuid) returns boolean language sql stable security definer set search_path = ''
  as $$ select case coalesce(b.profile->>'quorumIs', m.quorum_is)
          when 'more-than-half' then n.here * 2 > n.seats
          when 'half' then n.here * 2 >= n.seats
          when 'two-thirds' then n.here * 3 >= n.seats * 2
          when 'all' then n.here = n.seats
          when 'none' then true end
        from governance.meeting m join governance.body b on b.id = m.body_id cross join governance.votes_here(m.id) n where m.id = meeting $$;

-- ── Questions and rulings (GOV-16) ───────────────────────────────────────────────────────────────────────────────────────────

create table governance.question (
  id uuid primary key default uuidv7(),
  pack text not null references packs.pack,
  year smallint not null,
  -- the next one of its year
  number integer not null default 0,
  kind text not null check (kind in ('law', 'tariff', 'views', 'practice')),
  -- the group that the rules of the region entitle to answer
  body_id uuid not null references governance.body,
  rule_version_id uuid references governance.rule_version,
  title jsonb not null,
  words jsonb not null,
  organisation_id uuid not null references access.organisation,
  asked_by uuid not null references access.account,
  asked_at timestamptz not null default now(),
  -- everybody reads it once it is answered
  answered_at timestamptz,
  -- taken away with a reason, such as a person being named in it
  withdrawn_at timestamptz,
  withdrawn_why text check (length(withdrawn_why) between 3 and 500),
  -- all words of question and answer in their languages, made in Node
  lexemes tsvector not null,
  unique (pack, year, number),
  check ((withdrawn_at is null) = (withdrawn_why is null))
);
create index question_newest on governance.question (pack, asked_at desc, id desc);
create index question_body on governance.question (body_id);
create index question_lexemes on governance.question using gin (lexemes);
create index question_organisation on governance.question (organisation_id);
create index question_asked_by on governance.question (asked_by);
create index question_rule_version on governance.question (rule_version_id) where rule_version_id is not null;

create table governance.ruling (
  id uuid primary key default uuidv7(),
  question_id uuid not null references governance.question,
  words jsonb not null,
  -- paragraphs, agreements, earlier decisions
  refers_to text[] not null default '{}' check (cardinality(refers_to) <= 20),
  answered_on date not null,
  -- the decision in which the group settled it, where it made one
  decision_id uuid references governance.decision,
  -- the earlier answer that this one takes the place of, and why
  supersedes uuid unique references governance.ruling,
  why text check (length(why) between 3 and 500),
  recorded_by uuid not null references access.account,
  recorded_at timestamptz not null default now(),
  check ((supersedes is null) = (why is null)),
  check (supersedes <> id)
);
create unique index ruling_first on governance.ruling (question_id) where supersedes is null;
create index ruling_question on governance.ruling (question_id, recorded_at desc);
create index ruling_decision on governance.ruling (decision_id) where decision_id is not null;
create index ruling_recorded_by on governance.ruling (recorded_by);

create function governance.number_question() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  body governance.body%rowtype;
begin
  select * into body from governance.body b where b.id = new.body_id for no key update;
  if body.pack is distinct from new.pack then
    raise exception 'a question is answered by a body of its region' using errcode = '42501';
  end if;
  if new.answered_at is not null or new.withdrawn_at is not null then
    raise exception 'a question begins open' using errcode = '42501';
  end if;
  -- Questions of one region wait for each other here.
  perform from packs.pack p where p.id = new.pack for no key update;
  select coalesce(max(q.number), 0) + 1 into new.number from governance.question q where q.pack = new.pack and q.year = new.year;
  return new;
end $$;
create trigger question_number before insert on governance.question for each row execute function governance.number_question();

-- Answers form one line; the question says that it is answered.
create function governance.judge_ruling() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  question governance.question%rowtype;
begin
  select * into question from governance.question q where q.id = new.question_id for no key update;
  if question.withdrawn_at is not null then
    raise exception 'this question was taken away' using errcode = '42501';
  end if;
  if new.supersedes is not null and not exists (select from governance.ruling r where r.id = new.supersedes and r.question_id = question.id) then
    raise exception 'an answer takes the place of an answer to the same question' using errcode = '42501';
  end if;
  if new.decision_id is not null and not governance.stands(new.decision_id, question.body_id) then
    raise exception 'this is no decision of the group that answers' using errcode = '42501';
  end if;
  update governance.question q set answered_at = coalesce(q.answered_at, new.recorded_at) where q.id = question.id;
  return new;
end $$;
create trigger ruling_fits before insert on governance.ruling for each row execute function governance.judge_ruling();

alter table governance.question enable row level security;
alter table governance.question force row level security;
create policy question_read on governance.question for select to linden_program
  using ((withdrawn_at is null and (answered_at is not null or governance.is_of_authority(pack)))
    or asked_by = access.actor() or governance.keeps(body_id) or access.purpose() = 'governance');
create policy question_ask on governance.question for insert to linden_program
  with check (asked_by = access.actor() and governance.works_in(organisation_id) and governance.is_of_authority(pack)
    and exists (select from access.organisation o where o.id = organisation_id and o.kind = 'public' and o.pack = question.pack));
create policy question_keep on governance.question for update to linden_program
  using (governance.keeps(body_id)) with check (governance.keeps(body_id));

alter table governance.ruling enable row level security;
alter table governance.ruling force row level security;
create policy ruling_read on governance.ruling for select to linden_program
  using (exists (select from governance.question q where q.id = question_id));
create policy ruling_give on governance.ruling for insert to linden_program
  with check (recorded_by = access.actor() and exists (select from governance.question q where q.id = question_id and governance.keeps(q.body_id)));

grant select, insert on governance.question to linden_program;
grant update (withdrawn_at, withdrawn_why, lexemes) on governance.question to linden_program;
grant select, insert on governance.ruling to linden_program;

-- Where the letter goes that says that the answer is there.
create function governance.asker_of(question uuid) returns table (email text, locale text)
  language sql stable security definer set search_path = ''
  as $$ select a.email, a.locale from governance.question q join access.account a on a.id = q.asked_by
        where q.id = question and a.disabled_at is null and access.purpose() = 'governance' $$;

-- ── Central requests (GOV-15) ────────────────────────────────────────────────────────────────────────────────────────────────

create table governance.central_request (
  id uuid primary key default uuidv7(),
  pack text not null references packs.pack,
  -- the body that approves the joint answer; its secretariat keeps the request
  body_id uuid not null references governance.body,
  -- who asks, in words, and where the joint answer is sent
  asked_by text not null check (length(asked_by) between 2 and 200),
  reply_to text not null check (length(reply_to) between 3 and 320),
  asked_on date not null,
  title jsonb not null,
  words jsonb,
  -- what each municipality is asked
  fields jsonb not null check (jsonb_typeof(fields) = 'array' and jsonb_array_length(fields) between 1 and 60),
  -- the last day for the municipalities, and for the joint answer
  answers_due date not null,
  reply_due date not null check (reply_due >= answers_due),
  opened_by uuid not null references access.account,
  opened_at timestamptz not null default now(),
  check (answers_due >= asked_on)
);
create index central_request_newest on governance.central_request (pack, opened_at desc, id desc);
create index central_request_body on governance.central_request (body_id);
create index central_request_opened_by on governance.central_request (opened_by);

create table governance.central_answer (
  request_id uuid not null references governance.central_request,
  organisation_id uuid not null references access.organisation,
  answers jsonb not null default '{}' check (jsonb_typeof(answers) = 'object' and pg_column_size(answers) < 400000),
  -- what the program knew beforehand, each with where it was known from
  prefilled jsonb not null default '{}',
  saved_at timestamptz,
  saved_by uuid references access.account,
  sent_at timestamptz,
  -- the secretariat entered what the municipality wrote it
  on_behalf boolean not null default false,
  reminded_on date,
  version integer not null default 0,
  primary key (request_id, organisation_id),
  check (sent_at is null or saved_at is not null)
);
create index central_answer_organisation on governance.central_answer (organisation_id);
create index central_answer_saved_by on governance.central_answer (saved_by) where saved_by is not null;

create table governance.central_reply (
  request_id uuid primary key references governance.central_request,
  words jsonb not null,
  written_by uuid not null references access.account,
  written_at timestamptz not null default now(),
  -- municipalities that had not answered when it was written
  missing integer not null,
  decision_id uuid references governance.decision,
  approved_at timestamptz,
  sent_at timestamptz,
  check ((decision_id is null) = (approved_at is null)),
  check (sent_at is null or decision_id is not null)
);
-- A decision approves one joint answer.
create unique index central_reply_decision on governance.central_reply (decision_id) where decision_id is not null;

-- What the program knows of a municipality, told by whichever part counts it: questionnaires are prefilled from it.
create table governance.known_figure (
  organisation_id uuid not null references access.organisation,
  name text not null check (name ~ '^[a-z]+(\.[a-z0-9-]+)+$' and length(name) <= 120),
  on_day date not null,
  value text not null check (length(value) <= 200),
  source text not null check (length(source) between 1 and 200),
  primary key (organisation_id, name, on_day)
);

-- Is the joint answer approved? From then on neither it nor what it rests on changes.
create function governance.is_approved(request uuid) returns boolean
  language sql stable parallel safe security definer set search_path = ''
  as $$ select exists (select from governance.central_reply r where r.request_id = request and r.decision_id is not null) $$;

create function governance.judge_central_answer() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  -- An answer and the approval of the joint one do not pass each other.
  perform from governance.central_request r where r.id = new.request_id for share;
  if governance.is_approved(new.request_id) and (new.answers, new.sent_at) is distinct from (old.answers, old.sent_at) then
    raise exception 'the joint answer is approved' using errcode = '42501';
  end if;
  if old.sent_at is not null and new.sent_at is null then
    raise exception 'what was sent stays sent' using errcode = '42501';
  end if;
  -- A reminder changes nothing that anybody edits.
  if (new.answers, new.saved_at, new.sent_at) is distinct from (old.answers, old.saved_at, old.sent_at) then
    new.version := old.version + 1;
  end if;
  return new;
end $$;
create trigger central_answer_open before update on governance.central_answer for each row execute function governance.judge_central_answer();

create function governance.judge_central_reply() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  request governance.central_request%rowtype;
begin
  select * into request from governance.central_request r where r.id = new.request_id for no key update;
  if tg_op = 'INSERT' and (new.decision_id is not null or new.sent_at is not null) then
    raise exception 'a joint answer is written before it is approved' using errcode = '42501';
  end if;
  if tg_op = 'UPDATE' then
    if old.decision_id is not null and (new.words, new.decision_id, new.missing) is distinct from (old.words, old.decision_id, old.missing) then
      raise exception 'the joint answer is approved' using errcode = '42501';
    end if;
    if old.decision_id is null and new.decision_id is not null then
      if not governance.stands(new.decision_id, request.body_id) then
        raise exception 'the joint answer is approved by a decision of its body that agreed and still stands' using errcode = '42501';
      end if;
      if not governance.decides_about(new.decision_id, 'governance.central-request', request.id) then
        raise exception 'this decision was made on another matter than this request' using errcode = '42501';
      end if;
      if (select d.decided_on from governance.decision d where d.id = new.decision_id) < request.asked_on then
        raise exception 'nothing is approved before it was asked' using errcode = '42501';
      end if;
    end if;
    if old.sent_at is not null and new.sent_at is distinct from old.sent_at then
      raise exception 'the joint answer was sent' using errcode = '42501';
    end if;
  end if;
  return new;
end $$;
create trigger central_reply_fits before insert or update on governance.central_reply for each row execute function governance.judge_central_reply();

-- How far each municipality is: told to everybody, without what it answers.
create function governance.central_progress(request uuid) returns table (organisation_id uuid, begun boolean, sent_at timestamptz)
  language sql stable security definer set search_path = ''
  as $$ select a.organisation_id, a.saved_at is not null, a.sent_at from governance.central_answer a where a.request_id = request $$;

-- Who is written to for an organisation about what it was asked.
create function governance.writes_for(organisation uuid) returns table (email text, locale text)
  language sql stable security definer set search_path = ''
  as $$ select distinct a.email, a.locale from access.membership m join access.account a on a.id = m.account_id
        where access.purpose() = 'governance' and m.organisation_id = organisation and m.role in ('secretariat', 'team_lead')
          and m.since <= now() and (m.until is null or m.until > now()) and a.disabled_at is null $$;

alter table governance.central_request enable row level security;
alter table governance.central_request force row level security;
create policy central_request_read on governance.central_request for select to linden_program using (true);
create policy central_request_open on governance.central_request for insert to linden_program
  with check (opened_by = access.actor() and governance.keeps(body_id)
    and exists (select from governance.body b where b.id = body_id and b.pack = central_request.pack));

alter table governance.central_answer enable row level security;
alter table governance.central_answer force row level security;
create policy central_answer_read on governance.central_answer for select to linden_program
  using (access.purpose() = 'governance' or governance.works_in(organisation_id)
    or exists (select from governance.central_request r where r.id = request_id and governance.keeps(r.body_id)));
create policy central_answer_ask on governance.central_answer for insert to linden_program
  with check (saved_at is null and sent_at is null and exists (select from governance.central_request r
    where r.id = request_id and governance.keeps(r.body_id)));
create policy central_answer_give on governance.central_answer for update to linden_program
  using (access.purpose() = 'governance' or governance.works_as(organisation_id, '{secretariat,team_lead,case_worker,economist}')
    or exists (select from governance.central_request r where r.id = request_id and governance.keeps(r.body_id)));

alter table governance.central_reply enable row level security;
alter table governance.central_reply force row level security;
create policy central_reply_read on governance.central_reply for select to linden_program
  using (decision_id is not null or access.purpose() = 'governance'
    or exists (select from governance.central_request r where r.id = request_id and (governance.keeps(r.body_id) or governance.is_of_authority(r.pack))));
create policy central_reply_write on governance.central_reply for insert to linden_program
  with check (written_by = access.actor() and exists (select from governance.central_request r where r.id = request_id and governance.keeps(r.body_id)));
create policy central_reply_keep on governance.central_reply for update to linden_program
  using (exists (select from governance.central_request r where r.id = request_id and governance.keeps(r.body_id)));

alter table governance.known_figure enable row level security;
alter table governance.known_figure force row level security;
create policy known_figure_read on governance.known_figure for select to linden_program
  using (access.purpose() = 'governance' or exists (select from access.organisation o where o.id = organisation_id and governance.is_of_authority(o.pack)));
create policy known_figure_write on governance.known_figure for all to linden_program
  using (access.purpose() in ('administration', 'governance')) with check (access.purpose() in ('administration', 'governance'));

revoke all on function governance.stands, governance.decides_about, governance.quorum_version, governance.judge_quorum, governance.judge_rule_version, governance.number_question, governance.judge_ruling,
  governance.asker_of, governance.is_approved, governance.judge_central_answer, governance.judge_central_reply,
  governance.central_progress, governance.writes_for from public;
grant execute on function governance.is_of_authority, governance.works_in, governance.stands, governance.decides_about, governance.asker_of,
  governance.is_approved, governance.central_progress, governance.writes_for to linden_program;
grant select, insert on governance.central_request to linden_program;
grant select, insert on governance.central_answer to linden_program;
grant update (answers, saved_at, saved_by, sent_at, on_behalf, reminded_on, version) on governance.central_answer to linden_program;
grant select, insert on governance.central_reply to linden_program;
grant update (words, written_by, written_at, missing, decision_id, approved_at, sent_at) on governance.central_reply to linden_program;
grant select, insert, update on governance.known_figure to linden_program;

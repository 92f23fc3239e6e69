-- Asking for help, and the answer: people, requests, papers, clocks, decisions, contracts, waiting lists, letters.
-- What a card, a pack or an act forbids is refused here too, whoever writes the SQL.
create schema intake;
grant usage on schema intake to linden_program;

-- How asking goes in a region, as its pack says.
create table intake.procedure (
  pack text primary key references packs.pack,
  details jsonb not null
);

-- ── Whose row is it ───────────────────────────────────────────────────────────────────────────────────────────────────

-- Organisations for which the actor answers requests.
create function intake.offices() returns uuid[] language sql stable parallel safe security definer set search_path = ''
  as $$ select coalesce(array_agg(distinct m.organisation_id), '{}') from access.membership m
        where m.account_id = access.actor() and m.role in ('case_worker', 'team_lead', 'duty_officer')
          and m.since <= now() and (m.until is null or m.until > now()) $$;

-- The link somebody came by: `intake.link <hash of its token>` is the errand of their transaction.
create function intake.link_hash() returns bytea language sql stable parallel safe set search_path = ''
  as $$ select case when access.purpose() ~ '^intake\.link [0-9a-f]{64}$' then decode(substr(access.purpose(), 13), 'hex') end $$;

-- ── People ────────────────────────────────────────────────────────────────────────────────────────────────────────────

-- Somebody whom an office knows because they asked, or somebody asked for them.
create table intake.person (
  id uuid primary key default uuidv7(),
  -- the office that keeps this record
  authority_id uuid not null references access.organisation,
  account_id uuid references access.account,
  name text not null check (length(name) between 1 and 200),
  birth_date date check (birth_date > '1890-01-01'),
  phones text[] not null default '{}',
  emails text[] not null default '{}',
  address text,
  area text references access.area,
  language text,
  -- number of a paper: encrypted, and as a keyed hash to compare by
  document_number text,
  document_hash text,
  -- safe contact (INT-11), as last told
  contact jsonb not null default '{}',
  -- may not be seen without a grant: protected address, a colleague, somebody in danger
  restricted boolean not null default false,
  -- what possible duplicates are found by (INT-8)
  match_keys text[] not null default '{}',
  -- the record that this one was joined to
  merged_into uuid references intake.person,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now()
);
create index person_match_keys on intake.person using gin (match_keys) with (fastupdate = off);
create index person_authority on intake.person (authority_id, id);
create index person_account on intake.person (account_id) where account_id is not null;
create index person_merged on intake.person (merged_into) where merged_into is not null;

-- A grant opens a record that may not be seen only where a team lead of the office that keeps it gave it.
create function intake.may_see_restricted(person uuid) returns boolean language sql stable parallel safe security definer set search_path = ''
  as $$ select exists (select from access.grant g join intake.person p on p.id = g.object_id
          join access.membership m on m.account_id = g.granted_by and m.organisation_id = p.authority_id and m.role = 'team_lead'
            and m.since <= g.since and (m.until is null or m.until > g.since)
          where g.account_id = access.actor() and g.object_kind = 'intake.person' and g.object_id = person
            and g.since <= now() and (g.until is null or g.until > now())) $$;

-- A record that was joined to one that may not be seen is not seen either.
create function intake.is_behind_hidden(kept uuid) returns boolean language sql stable parallel safe security definer set search_path = ''
  as $$ with recursive behind as (select p.id, p.merged_into, p.restricted from intake.person p where p.id = kept
          union select p.id, p.merged_into, p.restricted from intake.person p join behind on p.id = behind.merged_into)
        select exists (select from behind where restricted and not intake.may_see_restricted(id)) $$;

-- Names are found by the beginnings of their words.
create index person_words on intake.person using gin (to_tsvector('simple', name)) with (fastupdate = off);

-- People of the actor's offices whose names have all these words. Matching is no leakproof operator: within the policies it would read every person.
create function intake.people_called(asked tsquery, most integer) returns setof uuid language sql stable security definer set search_path = ''
  as $$ select p.id from intake.person p where to_tsvector('simple', p.name) @@ asked and p.authority_id = any ((select intake.offices())::uuid[])
          and (not p.restricted or intake.may_see_restricted(p.id)) limit most $$;

-- Who answers requests at the actor's offices: their names stand on the desk.
create function intake.colleagues() returns table (account_id uuid, name text) language sql stable security definer set search_path = ''
  as $$ select distinct a.id, p.name from access.membership m join access.account a on a.id = m.account_id join access.person p on p.id = a.person_id
        where m.organisation_id = any ((select intake.offices())::uuid[]) and m.role in ('case_worker', 'team_lead', 'duty_officer') $$;

-- Records of the actor's offices that share a key with somebody (INT-8). An operator that may tell of rows uses no index behind a policy, so the look-up is made
-- here, for those offices alone; the policy on what is joined to it still hides whom the actor may not see:
--   select … from intake.sharing_keys(keys) found (id) join intake.person p on p.id = found.id
create function intake.sharing_keys(keys text[]) returns setof uuid language sql stable parallel safe rows 20 security definer set search_path = ''
  as $$ select p.id from intake.person p where p.match_keys operator(pg_catalog.&&) keys and p.merged_into is null
          and (p.authority_id = any (intake.offices()) or access.purpose() in ('intake', 'administration')) $$;

-- Records of the actor's offices whose names sound like three words (or begin like them), or that have a telephone, a letter box or a birth date; the newest
-- first, those after one that was shown. As above, such a look-up needs its index.
create function intake.people_with(first text[], second text[], third text[], besides text[], called tsquery, before uuid, most integer)
  returns setof uuid language sql stable parallel safe rows 25 security definer set search_path = ''
  as $$ with found as materialized (
          select p.id from intake.person p
          where ((p.match_keys && first and p.match_keys && second and p.match_keys && third) or to_tsvector('simple', p.name) @@ called)
            and (besides is null or p.match_keys && besides)
            and p.merged_into is null and p.authority_id = any ((select intake.offices())::uuid[])
            and (not p.restricted or intake.may_see_restricted(p.id)))
        select id from found where before is null or id < before order by id desc limit most $$;

-- ── Requests ──────────────────────────────────────────────────────────────────────────────────────────────────────────

create table intake.request (
  id uuid primary key default uuidv7(),
  -- what people say on the telephone
  reference text not null unique check (reference ~ '^[0-9A-Z]{5}-[0-9A-Z]{5}$'),
  kind text not null check (kind in ('application', 'referral', 'notice')),
  state text not null default 'draft' check (state in ('draft', 'submitted', 'in-review', 'waiting', 'accepted', 'refused', 'redirected', 'withdrawn')),
  pack text not null references packs.pack,
  -- empty for a notice, or where nobody knows yet which service fits
  service_id uuid references directory.service,
  -- version of the card on which the request was sent
  service_version integer,
  -- the office that answers; known once the request is sent
  handler_id uuid references access.organisation,
  person_id uuid references intake.person,
  -- whoever asked with an account of their own
  account_id uuid references access.account,
  -- INT-1: entered by X for Y
  entered_by jsonb,
  entered_by_account uuid references access.account,
  -- the one who entered it may go on reading: with the person's consent
  helper_reads boolean not null default false,
  urgency text not null default 'ordinary' check (urgency in ('emergency', 'urgent', 'ordinary')),
  -- its person may not be seen without a grant, as their record says; the office sees what `hidden_requests` tells
  restricted boolean not null default false,
  -- what was typed; after sending, the situation and what the person told then
  draft jsonb not null,
  locale text not null check (locale in ('en', 'uk', 'da', 'de')),
  assigned_to uuid references access.account,
  -- the request that led here, with the person's agreement
  redirected_from uuid references intake.request,
  -- slugs of bodies of which one must have agreed before this is accepted (INT-6)
  needs_body text[] not null default '{}',
  -- INT-2: what follows acceptance, in order
  follows text[] not null default '{}',
  -- the nearest deadline that is running (INT-3)
  due_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  submitted_at timestamptz,
  decided_at timestamptz,
  changed_at timestamptz not null default now(),
  check (state = 'draft' or (submitted_at is not null and handler_id is not null) or state = 'withdrawn'),
  check (state in ('draft', 'withdrawn', 'submitted') or kind = 'notice' or person_id is not null or service_id is not null)
);
-- the desk: what is new, what is due, by office
create index request_desk on intake.request (handler_id, state, due_at, id);
create index request_arrived on intake.request (handler_id, state, submitted_at desc, id desc);
create index request_person on intake.request (person_id, submitted_at desc);
create index request_account on intake.request (account_id, created_at desc) where account_id is not null;
create index request_helper on intake.request (entered_by_account, created_at desc) where entered_by_account is not null;
create index request_service on intake.request (service_id, state, due_at, id);
create index request_emergency on intake.request (handler_id, state, due_at, id) where urgency = 'emergency';
create index request_assigned on intake.request (assigned_to, state, due_at, id) where assigned_to is not null;
create index request_decided on intake.request (handler_id, decided_at desc, id desc) where decided_at is not null;
create index request_redirected on intake.request (redirected_from) where redirected_from is not null;
create index request_restricted on intake.request (handler_id) where restricted;
create index request_drafts on intake.request (changed_at) where state = 'draft';

-- A link to one request. The token is kept nowhere, only its hash.
create table intake.link (
  token_hash bytea primary key check (length(token_hash) = 32),
  request_id uuid not null references intake.request on delete cascade,
  -- 'applicant' goes on reading; 'notifier' sees that it arrived, and no more
  kind text not null check (kind in ('applicant', 'notifier')),
  reference text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  -- it went to a mailbox: it ends when others read that (INT-11)
  mailed_at timestamptz,
  revoked_at timestamptz
);
create index link_request on intake.link (request_id);
create index link_expires on intake.link (expires_at) where revoked_at is null;

-- The requests that the link of this transaction opens: its own, and where that was redirected to. A notifier's opens a draft alone.
create function intake.linked() returns uuid[] language sql stable parallel safe security definer set search_path = ''
  as $$ with recursive opened as (
          select r.id from intake.link l join intake.request r on r.id = l.request_id
            where l.token_hash = intake.link_hash() and l.revoked_at is null and (l.kind = 'applicant' or r.state = 'draft')
          union select r.id from intake.request r join opened on r.redirected_from = opened.id)
        select coalesce(array_agg(id), '{}') from opened $$;

-- May the actor open this request, by office, as the person, as helper, or by link?
create function intake.opens(request uuid) returns boolean language sql stable parallel safe security definer set search_path = ''
  as $$ select access.purpose() in ('intake', 'administration') or exists (select from intake.request r where r.id = request
          and ((r.handler_id = any (intake.offices()) and (not r.restricted or not intake.is_behind_hidden(r.person_id))) or r.account_id = access.actor()
               or (r.entered_by_account = access.actor() and (r.state = 'draft' or r.helper_reads))
               or (intake.link_hash() is not null and r.id = any (intake.linked())))) $$;
create function intake.answers(request uuid) returns boolean language sql stable parallel safe security definer set search_path = ''
  as $$ select access.purpose() in ('intake', 'administration')
          or exists (select from intake.request r where r.id = request and r.handler_id = any (intake.offices())
            and (not r.restricted or not intake.is_behind_hidden(r.person_id))) $$;

-- Where the person may not be seen, the office still sees that there is a request, how it stands and what it is about: nothing that was told.
create function intake.hidden_requests() returns table (id uuid, reference text, kind text, state text, urgency text, pack text, service_id uuid, handler_id uuid,
    assigned_to uuid, due_at timestamptz, submitted_at timestamptz, decided_at timestamptz, version integer)
  language sql stable parallel safe rows 10 security definer set search_path = ''
  as $$ select r.id, r.reference, r.kind, r.state, r.urgency, r.pack, r.service_id, r.handler_id, r.assigned_to, r.due_at, r.submitted_at, r.decided_at, r.version
        from intake.request r where r.restricted and r.state <> 'draft' and r.handler_id = any ((select intake.offices())::uuid[])
          and intake.is_behind_hidden(r.person_id) $$;
-- Is it a request of the actor's offices, whoever it is about? Its clocks and its alarms run all the same.
create function intake.is_listed(request uuid) returns boolean language sql stable parallel safe security definer set search_path = ''
  as $$ select exists (select from intake.request r where r.id = request and r.state <> 'draft' and r.handler_id = any (intake.offices())) $$;

-- The mark of a request is that of its person's record, and of those that this was joined to.
create function intake.is_restricted(person uuid) returns boolean language sql stable security definer set search_path = ''
  as $$ with recursive own as (select p.id, p.merged_into, p.restricted from intake.person p where p.id = person
          union select p.id, p.merged_into, p.restricted from intake.person p join own on p.id = own.merged_into)
        select exists (select from own where restricted) $$;
create function intake.mark_request() returns trigger language plpgsql set search_path = '' as $$
begin
  new.restricted := new.person_id is not null and intake.is_restricted(new.person_id);
  return new;
end $$;
create trigger mark before insert or update of person_id on intake.request for each row execute function intake.mark_request();
create function intake.mark_requests() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update intake.request r set restricted = intake.is_restricted(r.person_id)
    where r.person_id in (with recursive joined as (select new.id union select p.id from intake.person p join joined on p.merged_into = joined.id)
        select joined.id from joined)
      and r.restricted <> intake.is_restricted(r.person_id);
  return null;
end $$;
create trigger mark after update of restricted, merged_into on intake.person for each row
  when (new.restricted <> old.restricted or new.merged_into is distinct from old.merged_into) execute function intake.mark_requests();

-- Every step of a request, for the person and the desk.
create table intake.step (
  id uuid primary key default uuidv7(),
  request_id uuid not null references intake.request on delete cascade,
  at timestamptz not null,
  -- 'state' with from and to, or a deed: 'entered', 'assigned', 'reminded', 'document', 'letter', 'contract', 'waiting', 'alert'
  deed text not null,
  from_state text,
  to_state text,
  account_id uuid references access.account,
  -- words that the person reads too
  note text,
  detail jsonb not null default '{}'
);
create index step_request on intake.step (request_id, at, id);

-- INT-4: the checklist of the card, paper by paper.
create table intake.document (
  id uuid primary key default uuidv7(),
  request_id uuid not null references intake.request on delete cascade,
  position integer not null,
  -- as the card names it
  names jsonb not null,
  needed text not null check (needed in ('at-application', 'before-decision', 'before-start', 'if-available')),
  from_whom text not null check (from_whom in ('person', 'office')),
  state text not null default 'open' check (state in ('open', 'given', 'seen', 'waived', 'obtained')),
  -- why it was waived, or where it was obtained
  reason text,
  -- given to an earlier request and still good
  reused_from uuid references intake.document,
  good_until date,
  at timestamptz,
  account_id uuid references access.account,
  check (state <> 'waived' or length(reason) >= 3),
  unique (request_id, position)
);
create table intake.document_file (
  document_id uuid not null references intake.document on delete cascade,
  file_id uuid not null references files.file,
  name text not null,
  at timestamptz not null,
  primary key (document_id, file_id)
);
create index document_file_file on intake.document_file (file_id);

-- Asking for what is missing; only after it, and the pack's period of grace, are missing papers a ground (INT-5).
create table intake.reminder (
  id uuid primary key default uuidv7(),
  request_id uuid not null references intake.request on delete cascade,
  at timestamptz not null,
  documents uuid[] not null check (cardinality(documents) > 0),
  note text,
  grace_until timestamptz not null check (grace_until > at)
);
create index reminder_request on intake.reminder (request_id, at);

-- INT-3: clocks. What stops one is noted with from and until, so that every due moment can be worked out again.
create table intake.clock (
  id uuid primary key default uuidv7(),
  request_id uuid not null references intake.request on delete cascade,
  kind text not null check (kind in ('emergency', 'assessment', 'decision', 'notification', 'grace', 'appeal')),
  -- the deadline of the pack, as it stood when the clock began
  deadline jsonb not null,
  started_at timestamptz not null,
  pauses jsonb not null default '[]',
  paused_at timestamptz,
  due_at timestamptz not null,
  warn_at timestamptz not null,
  warned_at timestamptz,
  escalated_at timestamptz,
  stopped_at timestamptz,
  check (due_at >= started_at)
);
create index clock_request on intake.clock (request_id);
create index clock_warn on intake.clock (warn_at) where stopped_at is null and paused_at is null and warned_at is null;
create index clock_escalate on intake.clock (due_at) where stopped_at is null and paused_at is null and escalated_at is null;
-- one of a kind runs at a time
create unique index clock_running on intake.clock (request_id, kind) where stopped_at is null;

-- INT-5, INT-6: decisions. Never changed; nothing here may be updated or deleted by the program.
create table intake.decision (
  id uuid primary key default uuidv7(),
  request_id uuid not null unique references intake.request,
  outcome text not null check (outcome in ('accepted', 'refused', 'redirected')),
  service_id uuid not null references directory.service,
  -- one of the card's grounds of entry, with its words as the card had them
  ground_code text,
  ground_text jsonb,
  -- the facts on which it rests
  facts text,
  -- what is said to the person besides
  words text,
  -- other services that are offered instead
  alternatives uuid[] not null default '{}',
  -- or a human to talk to
  human text,
  appeal jsonb,
  -- decision of a body (governance) on which acceptance rests
  body_decision_id uuid,
  redirect_service_id uuid references directory.service,
  -- INT-2, DIR-2: how the person agreed to go elsewhere
  agreed text,
  decided_by uuid references access.account,
  decided_at timestamptz not null,
  check (outcome <> 'refused' or (ground_code is not null and length(facts) >= 10 and appeal is not null and (cardinality(alternatives) > 0 or length(human) >= 3))),
  check (outcome <> 'redirected' or (redirect_service_id is not null and redirect_service_id <> service_id and length(agreed) >= 3)),
  check (outcome = 'refused' or ground_code is null)
);

-- What follows acceptance, one after the other (INT-2); nothing more is demanded.
create table intake.follow_up (
  request_id uuid not null references intake.request on delete cascade,
  position integer not null,
  kind text not null check (kind in ('waiting-list', 'formal-decision', 'contract', 'case', 'recorded-help', 'group')),
  begun_at timestamptz,
  done_at timestamptz,
  account_id uuid references access.account,
  note text,
  primary key (request_id, position)
);
create index follow_up_open on intake.follow_up (kind, request_id) where done_at is null;

-- INT-7: the contract with the person. Once somebody has signed, its text stands still, with its hash.
create table intake.contract (
  id uuid primary key default uuidv7(),
  request_id uuid not null references intake.request,
  service_id uuid not null references directory.service,
  provider_id uuid not null references access.organisation,
  begins_on date not null,
  -- null: as needed, where the card sets no limit
  ends_on date check (ends_on > begins_on),
  -- an extension of this contract
  extends_id uuid references intake.contract,
  text jsonb not null,
  locale text not null check (locale in ('en', 'uk', 'da', 'de')),
  state text not null default 'draft' check (state in ('draft', 'offered', 'signed', 'ended')),
  text_hash bytea check (length(text_hash) = 32),
  frozen_at timestamptz,
  ended_on date,
  ended_by text check (ended_by in ('person', 'provider', 'term')),
  ending_ground text,
  version integer not null default 1,
  created_by uuid references access.account,
  created_at timestamptz not null,
  check (state = 'draft' or (text_hash is not null and frozen_at is not null)),
  check (state <> 'ended' or (ended_on is not null and ended_by is not null))
);
create index contract_request on intake.contract (request_id);
-- one at a time waits for signatures, and one at a time is the first of its chain
create unique index contract_open on intake.contract (request_id) where state in ('draft', 'offered');
create unique index contract_first on intake.contract (request_id) where extends_id is null and state <> 'ended';
create unique index contract_extended on intake.contract (extends_id) where state <> 'ended';
create index contract_ends on intake.contract (ends_on) where state = 'signed';
create table intake.signature (
  id uuid primary key default uuidv7(),
  contract_id uuid not null references intake.contract,
  side text not null check (side in ('person', 'provider')),
  form text not null check (form in ('paper-scan', 'drawn', 'qualified', 'eid')),
  name text not null check (length(name) between 1 and 200),
  -- drawn: the strokes; qualified and eid: what the service attests
  evidence jsonb not null default '{}',
  file_id uuid references files.file,
  -- the text that was signed
  text_hash bytea not null check (length(text_hash) = 32),
  account_id uuid references access.account,
  at timestamptz not null,
  unique (contract_id, side),
  check (form <> 'paper-scan' or file_id is not null),
  check (form <> 'drawn' or coalesce(jsonb_array_length(evidence -> 'strokes'), 0) > 0)
);

-- INT-9: waiting lists. Rank is a rule (urgency, then date), never typed.
create table intake.waiting (
  id uuid primary key default uuidv7(),
  request_id uuid not null references intake.request,
  service_id uuid not null references directory.service,
  handler_id uuid not null references access.organisation,
  urgency text not null check (urgency in ('emergency', 'urgent', 'ordinary')),
  urgency_rank smallint not null generated always as (case urgency when 'emergency' then 0 when 'urgent' then 1 else 2 end) stored,
  since timestamptz not null,
  left_at timestamptz,
  left_reason text check (left_reason in ('place-found', 'helped-elsewhere', 'no-longer-wanted', 'not-reached', 'moved-away', 'died')),
  left_note text,
  account_id uuid references access.account,
  check ((left_at is null) = (left_reason is null))
);
create unique index waiting_once on intake.waiting (request_id) where left_at is null;
create index waiting_rank on intake.waiting (service_id, urgency_rank, since, id) where left_at is null;
create index waiting_desk on intake.waiting (handler_id, service_id, urgency_rank, since, id) where left_at is null;

-- How many wait before this one: told to the person, who may see nobody else's row.
create function intake.ahead_of(waiting uuid) returns integer language sql stable security definer set search_path = ''
  as $$ select count(other.id)::integer from intake.waiting mine left join intake.waiting other on other.service_id = mine.service_id
          and other.left_at is null and (other.urgency_rank, other.since, other.id) < (mine.urgency_rank, mine.since, mine.id)
        where mine.id = waiting and mine.left_at is null and intake.opens(mine.request_id) $$;

-- Who is on duty, day and night (INT-3).
create table intake.duty (
  id uuid primary key default uuidv7(),
  organisation_id uuid not null references access.organisation,
  account_id uuid not null references access.account,
  during tstzrange not null check (not isempty(during) and lower(during) is not null and upper(during) is not null),
  phone text,
  created_by uuid references access.account,
  exclude using gist (organisation_id with =, account_id with =, during with &&)
);
create index duty_during on intake.duty using gist (organisation_id, during);
create table intake.alert (
  id uuid primary key default uuidv7(),
  request_id uuid not null references intake.request on delete cascade,
  account_id uuid not null references access.account,
  at timestamptz not null,
  -- 'duty' at once; 'lead' when nobody answered, or when the clock ran out
  reason text not null check (reason in ('duty', 'lead', 'late')),
  acknowledged_at timestamptz,
  unique (request_id, account_id, reason)
);
create index alert_open on intake.alert (account_id, at) where acknowledged_at is null;

-- INT-10: letters: page, PDF and e-mail of the same data. `sent` says which way it went, or why it did not.
create table intake.letter (
  id uuid primary key default uuidv7(),
  request_id uuid not null references intake.request on delete cascade,
  kind text not null check (kind in ('confirmation', 'missing-documents', 'decision', 'contract', 'waiting')),
  -- the decision, reminder, contract or place in a list that it tells of: one letter for each
  cause text not null,
  locale text not null check (locale in ('en', 'uk', 'da', 'de')),
  subject text not null,
  -- the place of the link is left open: no token stands in the database
  paragraphs jsonb not null,
  -- name and address it is for, the office, and whether anybody has checked the translation
  data jsonb not null default '{}',
  at timestamptz not null,
  sent text not null check (sent in ('mail', 'post', 'hand', 'page')),
  -- why no mail went out
  held text check (held in ('read by others', 'no address', 'not wanted', 'told by another')),
  -- the desk has handed it over or put it in the post
  handed_at timestamptz,
  handed_by uuid references access.account,
  check ((sent = 'mail') = (held is null)),
  unique (request_id, kind, cause)
);
create index letter_request on intake.letter (request_id, at);

-- INT-8: joined records; undone by what is noted here.
create table intake.merge (
  id uuid primary key default uuidv7(),
  kept_id uuid not null references intake.person,
  merged_id uuid not null references intake.person,
  score double precision not null check (score between 0 and 1),
  reasons jsonb not null,
  -- what moved: requests, and fields of the kept record as they were before
  moved jsonb not null,
  at timestamptz not null,
  account_id uuid references access.account,
  undone_at timestamptz,
  undone_by uuid references access.account,
  check (kept_id <> merged_id)
);
create index merge_kept on intake.merge (kept_id);
create index merge_merged on intake.merge (merged_id);
-- pairs that somebody has looked at and that are two people
create table intake.distinct_pair (
  first_id uuid not null references intake.person,
  second_id uuid not null references intake.person,
  at timestamptz not null,
  account_id uuid references access.account,
  primary key (first_id, second_id),
  check (first_id < second_id)
);
create index distinct_second on intake.distinct_pair (second_id);

-- ── INT-2 in the database: no other step is possible ──────────────────────────────────────────────────────────────────

create function intake.may_follow(before text, after text) returns boolean language sql immutable parallel safe set search_path = ''
  as $$ select case before
          when 'draft' then after in ('submitted', 'withdrawn')
          when 'submitted' then after in ('in-review', 'withdrawn')
          when 'in-review' then after in ('waiting', 'accepted', 'refused', 'redirected', 'withdrawn')
          when 'waiting' then after in ('in-review', 'withdrawn')
          else false end $$;

create function intake.guard_request() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'draft' then
      raise exception 'INT-2: a request begins as a draft, not as %', new.state using errcode = 'check_violation';
    end if;
    return new;
  end if;
  if new.state is distinct from old.state then
    if not intake.may_follow(old.state, new.state) then
      raise exception 'INT-2: % cannot follow %', new.state, old.state using errcode = 'check_violation';
    end if;
    if new.state in ('accepted', 'refused', 'redirected')
       and not exists (select from intake.decision d where d.request_id = new.id and d.outcome = new.state) then
      raise exception 'INT-2: % needs its decision', new.state using errcode = 'check_violation';
    end if;
  end if;
  if old.state = 'draft' and new.state = 'submitted' then
    if new.account_id is not null and (new.kind <> 'application' or new.entered_by is not null) then
      raise exception 'INT-1: whoever writes for another is not the person' using errcode = 'check_violation';
    end if;
    -- whoever sends it sees it until it is sent: `let_out` says who goes on
    new.helper_reads := true;
  end if;
  if old.state not in ('draft') and (new.submitted_at is distinct from old.submitted_at or new.reference <> old.reference) then
    raise exception 'INT-2: when a request was sent stands still' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger guard before insert or update on intake.request for each row execute function intake.guard_request();

-- INT-1: without the person's consent whoever wrote sees that it arrived, and no more: not by account, and not by any link of the draft. What is redirected
-- stays with those who had the first request.
create function intake.let_out() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update intake.link set kind = case when new.kind = 'notice' or new.entered_by ->> 'consent' = 'missing' then 'notifier' else 'applicant' end
    where request_id = new.id;
  if new.redirected_from is null then
    update intake.request set helper_reads = new.kind <> 'notice' and coalesce(new.entered_by ->> 'consent', '') = 'given' where id = new.id;
  else
    update intake.request r set (account_id, entered_by_account, helper_reads) = (select first.account_id, first.entered_by_account, first.helper_reads
      from intake.request first where first.id = new.redirected_from) where r.id = new.id;
  end if;
  return null;
end $$;
create trigger let_out after update of state on intake.request for each row
  when (old.state = 'draft' and new.state = 'submitted') execute function intake.let_out();

-- INT-5, INT-6: what a decision may rest on, judged over the card as it is stored.
create function intake.guard_decision() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  r intake.request;
  ground jsonb;
begin
  select * into r from intake.request where id = new.request_id for update;
  if r.state is distinct from 'in-review' then
    raise exception 'INT-2: only a request in review is decided' using errcode = 'check_violation';
  end if;
  if r.service_id is distinct from new.service_id then
    raise exception 'INT-5: the decision is about another service than the request' using errcode = 'check_violation';
  end if;
  if new.outcome = 'refused' then
    select g into ground from directory.service s, jsonb_array_elements(coalesce(s.card -> 'refusalGrounds', '[]')) g
      where s.id = new.service_id and g ->> 'code' = new.ground_code and g ->> 'holds' = 'entry';
    if ground is null then
      raise exception 'INT-5: the card lists no such ground of entry: %', new.ground_code using errcode = 'check_violation';
    end if;
    if new.ground_code = 'incomplete-documents' and (r.urgency = 'emergency'
        or not exists (select from intake.document d where d.request_id = r.id and d.state = 'open' and d.from_whom = 'person'
          and d.needed in ('at-application', 'before-decision')
          -- this very paper was asked for, and the time given last is over
          and (select max(m.grace_until) from intake.reminder m where m.request_id = r.id and d.id = any (m.documents)) <= new.decided_at)) then
      raise exception 'INT-5: missing papers are a ground only after a reminder and the period of grace' using errcode = 'check_violation';
    end if;
    if exists (select from unnest(new.alternatives) other where other = new.service_id or not exists (select from directory.service s where s.id = other)) then
      raise exception 'INT-5: what is offered instead is another service' using errcode = 'check_violation';
    end if;
  elsif new.outcome = 'accepted' then
    if r.urgency <> 'emergency' and exists (select from intake.document d where d.request_id = r.id and d.state = 'open'
        and d.from_whom = 'person' and d.needed in ('at-application', 'before-decision')) then
      raise exception 'INT-4: a paper of the card is still open' using errcode = 'check_violation';
    end if;
    if cardinality(r.needs_body) > 0 and not exists (select from unnest(r.needs_body) body
        where governance.decision_agrees(new.body_decision_id, body, r.id)) then
      raise exception 'INT-6: acceptance needs the decision of the body that the card names' using errcode = 'check_violation';
    end if;
  end if;
  return new;
end $$;
create trigger guard before insert on intake.decision for each row execute function intake.guard_decision();

create function intake.contract_may_follow(before text, after text) returns boolean language sql immutable parallel safe set search_path = ''
  as $$ select (before, after) in (('draft', 'offered'), ('offered', 'signed'), ('offered', 'ended'), ('signed', 'ended')) $$;

-- INT-7: a signed text stands still; a term stays within the limits of the card.
create function intake.guard_contract() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  term jsonb;
  begun date := new.begins_on;
  longest integer;
begin
  if tg_op = 'INSERT' then
    if new.state <> 'draft' then
      raise exception 'INT-7: a contract begins as a draft, not as %', new.state using errcode = 'check_violation';
    end if;
    if not exists (select from intake.request r where r.id = new.request_id and r.state = 'accepted' and r.service_id = new.service_id) then
      raise exception 'INT-2: a contract follows acceptance, for the same service' using errcode = 'check_violation';
    end if;
    if new.extends_id is not null and not exists (select from intake.contract c where c.id = new.extends_id
        and c.request_id = new.request_id and c.service_id = new.service_id and c.state = 'signed' and c.ends_on = new.begins_on) then
      raise exception 'INT-7: only a contract that runs is extended, from the day on which it would end' using errcode = 'check_violation';
    end if;
  else
    if new.state <> old.state and not intake.contract_may_follow(old.state, new.state) then
      raise exception 'INT-7: % cannot follow %', new.state, old.state using errcode = 'check_violation';
    end if;
    if (new.request_id, new.service_id, new.provider_id) <> (old.request_id, old.service_id, old.provider_id)
       or new.extends_id is distinct from old.extends_id or (old.extends_id is not null and new.begins_on <> old.begins_on) then
      raise exception 'INT-7: whose contract it is, and about what, stands still' using errcode = 'check_violation';
    end if;
    if new.state = 'signed' and old.state = 'offered'
       and (select count(*) from intake.signature s where s.contract_id = new.id and s.text_hash = new.text_hash) < 2 then
      raise exception 'INT-7: both sides sign' using errcode = 'check_violation';
    end if;
    if new.state = 'ended' and old.state = 'signed' and new.ended_by = 'provider'
       and not exists (select from jsonb_array_elements(new.text -> 'providerMayEnd') e where e ->> 'code' = new.ending_ground) then
      raise exception 'INT-7: the provider ends a contract only for what stands in it' using errcode = 'check_violation';
    end if;
  end if;
  if new.text_hash is not null and new.text_hash <> sha256(convert_to(new.text::text, 'UTF8')) then
    raise exception 'INT-7: the hash is not that of the text' using errcode = 'check_violation';
  end if;
  if tg_op = 'UPDATE' and old.state <> 'draft' and (new.text <> old.text or new.text_hash is distinct from old.text_hash
      or new.begins_on <> old.begins_on or new.ends_on is distinct from old.ends_on or new.locale <> old.locale) then
    raise exception 'INT-7: the text of a contract that was offered stands still' using errcode = 'check_violation';
  end if;
  if tg_op = 'INSERT' or new.ends_on is distinct from old.ends_on or new.begins_on <> old.begins_on then
    select s.card -> 'term' into term from directory.service s where s.id = new.service_id;
    longest := (term ->> 'maximumMonths')::integer;
    if new.extends_id is not null then
      -- an extension counts from the beginning of the first contract
      with recursive chain as (
        select c.id, c.extends_id, c.begins_on from intake.contract c where c.id = new.extends_id
        union all select c.id, c.extends_id, c.begins_on from intake.contract c join chain on c.id = chain.extends_id)
      select min(chain.begins_on) into begun from chain;
      longest := coalesce((term ->> 'extendedToMonths')::integer, longest);
    end if;
    if longest is not null and (new.ends_on is null or new.ends_on > (begun + make_interval(months => longest))::date) then
      raise exception 'INT-7: longer than the % months of the card', longest using errcode = 'check_violation';
    end if;
    if new.extends_id is null and (term ->> 'minimumMonths') is not null and new.ends_on is not null
       and new.ends_on < (new.begins_on + make_interval(months => (term ->> 'minimumMonths')::integer))::date then
      raise exception 'INT-7: shorter than the % months of the card', term ->> 'minimumMonths' using errcode = 'check_violation';
    end if;
  end if;
  return new;
end $$;
create trigger guard before insert or update on intake.contract for each row execute function intake.guard_contract();

create function intake.guard_signature() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if not exists (select from intake.contract c where c.id = new.contract_id and c.state = 'offered' and c.text_hash = new.text_hash) then
    raise exception 'INT-7: only the text that was offered can be signed' using errcode = 'check_violation';
  end if;
  if not exists (select from intake.contract c join intake.request r on r.id = c.request_id join intake.procedure p on p.pack = r.pack
      where c.id = new.contract_id and p.details -> 'contract' -> 'forms' ? new.form) then
    raise exception 'INT-7: the pack does not call this form of signature valid: %', new.form using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger guard before insert on intake.signature for each row execute function intake.guard_signature();

-- What a contract was to bring about is done once both have signed; whoever signs last may be the person, who changes nothing else here.
-- Answers what begins then.
create function intake.contract_done(contract uuid) returns text language sql security definer set search_path = ''
  as $$ with signed as (select c.request_id, c.created_at, (select max(s.at) from intake.signature s where s.contract_id = c.id) as at
            from intake.contract c where c.id = contract and c.state = 'signed' and intake.opens(c.request_id)),
          done as (update intake.follow_up f set begun_at = coalesce(f.begun_at, signed.created_at), done_at = signed.at
            from signed where f.request_id = signed.request_id and f.kind = 'contract' and f.done_at is null
            returning f.request_id, f.position, f.done_at)
        update intake.follow_up f set begun_at = done.done_at from done
          where f.request_id = done.request_id and f.position = done.position + 1 and f.begun_at is null
          returning f.kind $$;

-- ── Row level security ────────────────────────────────────────────────────────────────────────────────────────────────

alter table intake.person enable row level security;
alter table intake.person force row level security;
-- A helper reads what they told, not the record that the office keeps.
create function intake.is_linked_person(person uuid) returns boolean language sql stable parallel safe security definer set search_path = ''
  as $$ select exists (select from intake.request r where r.person_id = person and r.id = any (intake.linked())) $$;
create policy person_read on intake.person for select to linden_program
  using (access.purpose() in ('intake', 'administration') or account_id = (select access.actor())
    or (authority_id = any ((select intake.offices())::uuid[]) and (not restricted or intake.may_see_restricted(id))
      and (merged_into is null or not intake.is_behind_hidden(merged_into)))
    or ((select intake.link_hash()) is not null and intake.is_linked_person(id)));
-- Whoever sends a request brings the record of the person with it.
create policy person_add on intake.person for insert to linden_program
  with check (access.purpose() in ('intake', 'administration') or cardinality((select intake.linked())) > 0 or access.actor() is not null);
-- and nothing but what they send: a record that nobody's request brought is not there at the end.
create function intake.guard_brought() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if pg_catalog.pg_has_role(session_user, (select c.relowner from pg_catalog.pg_class c where c.oid = tg_relid), 'member')
     or access.purpose() in ('intake', 'administration') or new.authority_id = any (intake.offices())
     or exists (select from intake.request r where r.person_id = new.id and r.handler_id = new.authority_id
       and (new.account_id is null or new.account_id = r.account_id)) then
    return null;
  end if;
  raise exception 'INT-1: a record of a person comes with their request' using errcode = 'check_violation';
end $$;
create constraint trigger brought after insert on intake.person deferrable initially deferred for each row execute function intake.guard_brought();
create policy person_change on intake.person for update to linden_program
  using (access.purpose() in ('intake', 'administration') or (authority_id = any ((select intake.offices())::uuid[]) and (not restricted or intake.may_see_restricted(id))
      and (merged_into is null or not intake.is_behind_hidden(merged_into))));

-- INT-8: requests of one record become those of another of the same office, whoever answers them.
create function intake.move_requests(whose uuid, receiver uuid, chosen uuid[]) returns setof uuid language sql security definer set search_path = ''
  as $$ update intake.request r set person_id = receiver
        where r.person_id = whose and (chosen is null or r.id = any (chosen))
          and exists (select from intake.person one join intake.person two on two.authority_id = one.authority_id
            where one.id = whose and two.id = receiver and one.authority_id = any (intake.offices())
              and (not one.restricted or intake.may_see_restricted(one.id)) and (not two.restricted or intake.may_see_restricted(two.id)))
        returning r.id $$;

-- INT-11: how contact is safe, as last told by the person or the office: that alone of a record, for everything that is sent from now on.
create function intake.tell_contact(request uuid, told jsonb, at timestamptz) returns boolean language plpgsql security definer set search_path = '' as $$
declare
  whose uuid;
begin
  select r.person_id into whose from intake.request r where r.id = request and intake.opens(r.id);
  if not found then
    return false;
  end if;
  update intake.person set contact = told, changed_at = at, version = version + 1 where id = whose;
  update intake.request r set draft = jsonb_set(r.draft, '{contact}', told), changed_at = at
    where r.state <> 'draft' and (r.id = request or r.person_id = whose);
  return true;
end $$;

alter table intake.request enable row level security;
alter table intake.request force row level security;
create policy request_read on intake.request for select to linden_program
  using (access.purpose() in ('intake', 'administration') or account_id = (select access.actor())
    or (handler_id = any ((select intake.offices())::uuid[]) and (not restricted or not intake.is_behind_hidden(person_id)))
    or (entered_by_account = (select access.actor()) and (state = 'draft' or helper_reads)) or id = any ((select intake.linked())::uuid[]));
create policy request_add on intake.request for insert to linden_program
  with check (state = 'draft' and (access.purpose() in ('intake', 'administration') or access.actor() is not null or (select intake.link_hash()) is not null)
    and (account_id is null or account_id = access.actor()) and (entered_by_account is null or entered_by_account = access.actor()));
create policy request_change on intake.request for update to linden_program
  using (access.purpose() in ('intake', 'administration') or account_id = (select access.actor())
    or (handler_id = any ((select intake.offices())::uuid[]) and (not restricted or not intake.is_behind_hidden(person_id)))
    or (entered_by_account = (select access.actor()) and (state = 'draft' or helper_reads)) or id = any ((select intake.linked())::uuid[]))
  with check (true);
create policy request_forget on intake.request for delete to linden_program
  using (state = 'draft' and (access.purpose() = 'intake' or account_id = (select access.actor()) or entered_by_account = (select access.actor())
    or id = any ((select intake.linked())::uuid[])));

-- A record that a request may come to point to when it is sent: one made for it, or the one that the office keeps of the same account.
create function intake.is_own_record(person uuid, request uuid, office uuid, account uuid) returns boolean language sql stable security definer set search_path = ''
  as $$ select exists (select from intake.person p where p.id = person and p.authority_id = office and (p.account_id is null or p.account_id = account)
          and (p.account_id = account or not exists (select from intake.request r where r.person_id = p.id and r.id <> request))) $$;
-- Does a statement act for the office that answers, or from within a function of this schema?
create function intake.acts_for_office(relation oid, request uuid) returns boolean language sql stable set search_path = ''
  as $$ select pg_catalog.pg_has_role(current_user, (select c.relowner from pg_catalog.pg_class c where c.oid = relation), 'member')
          or coalesce(intake.answers(request), false) $$;

-- Whoever asked writes a draft, sends it, and takes it back; whose it is, who answers and how it stands is not theirs to say.
create function intake.guard_asker() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    if not intake.acts_for_office(tg_relid, new.redirected_from) and (new.person_id is not null or new.redirected_from is not null) then
      raise exception 'INT-1: a request begins with nobody''s record' using errcode = 'insufficient_privilege';
    end if;
    return new;
  end if;
  if intake.acts_for_office(tg_relid, old.id) then
    -- under row level security: nobody points a request to a record that they may not see
    if new.person_id is distinct from old.person_id and not exists (select from intake.person p where p.id = new.person_id) then
      raise exception 'INT-1: that record is not there' using errcode = 'insufficient_privilege';
    end if;
    return new;
  end if;
  if old.state = 'draft' then
    if (new.account_id is not null and new.account_id is distinct from old.account_id)
       or (new.entered_by_account is not null and new.entered_by_account is distinct from old.entered_by_account
         and new.entered_by_account is distinct from old.account_id)
       or (new.person_id is distinct from old.person_id and not intake.is_own_record(new.person_id, new.id, new.handler_id, new.account_id))
       or (new.state = 'draft' and (new.handler_id, new.submitted_at) is distinct from (old.handler_id, old.submitted_at))
       or (new.assigned_to, new.follows, new.decided_at) is distinct from (old.assigned_to, old.follows, old.decided_at) then
      raise exception 'INT-1: whose request it is, and who answers, is not told in a draft' using errcode = 'insufficient_privilege';
    end if;
    return new;
  end if;
  if not (new.state in (old.state, 'withdrawn') or (old.state = 'waiting' and new.state = 'in-review'))
     or (new.kind, new.service_id, new.service_version, new.handler_id, new.person_id, new.account_id, new.entered_by, new.entered_by_account, new.helper_reads,
         new.urgency, new.draft, new.assigned_to, new.needs_body, new.follows, new.decided_at)
       is distinct from (old.kind, old.service_id, old.service_version, old.handler_id, old.person_id, old.account_id, old.entered_by, old.entered_by_account,
         old.helper_reads, old.urgency, old.draft, old.assigned_to, old.needs_body, old.follows, old.decided_at) then
    raise exception 'INT-2: what was sent is changed by the office alone' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger asker before insert or update on intake.request for each row execute function intake.guard_asker();

alter table intake.link enable row level security;
alter table intake.link force row level security;
create policy link_read on intake.link for select to linden_program
  using (access.purpose() in ('intake', 'administration') or token_hash = (select intake.link_hash()));
-- A draft that was begun in this transaction, and that no link opens yet.
create function intake.is_unlinked(request uuid) returns boolean language sql stable security definer set search_path = ''
  as $$ select exists (select from intake.request r where r.id = request and r.state = 'draft' and not exists (select from intake.link l where l.request_id = r.id)
          and coalesce(r.account_id, r.entered_by_account) is not distinct from access.actor()) $$;
-- Nobody gives themselves a link to what is there already; who holds one may go on by another.
create policy link_add on intake.link for insert to linden_program
  with check (access.purpose() in ('intake', 'administration') or (token_hash = (select intake.link_hash()) and intake.is_unlinked(request_id))
    or request_id = any ((select intake.linked())::uuid[]));
create policy link_change on intake.link for update to linden_program
  using (access.purpose() in ('intake', 'administration') or token_hash = (select intake.link_hash()));

do $$
declare
  part text;
begin
  -- what belongs to a request is seen by whoever may open it
  foreach part in array array['step', 'document', 'reminder', 'clock', 'decision', 'follow_up', 'contract', 'waiting', 'letter'] loop
    execute format('alter table intake.%I enable row level security', part);
    execute format('alter table intake.%I force row level security', part);
    execute format('create policy %I on intake.%I for select to linden_program using (intake.opens(request_id))', part || '_read', part);
    execute format('create policy %I on intake.%I for insert to linden_program with check (intake.%s(request_id))', part || '_add', part,
      case when part in ('step', 'document', 'clock', 'waiting') then 'opens' else 'answers' end);
    execute format('create policy %I on intake.%I for update to linden_program using (intake.%s(request_id))', part || '_change', part,
      case when part in ('document', 'clock', 'waiting', 'contract', 'follow_up') then 'opens' else 'answers' end);
  end loop;
end $$;

-- A long list is read without asking for each of its requests.
alter policy waiting_read on intake.waiting
  using ((left_at is null and handler_id = any ((select intake.offices())::uuid[])) or intake.opens(request_id));
-- Time runs for a person who may not be seen too.
alter policy clock_read on intake.clock using (intake.opens(request_id) or intake.is_listed(request_id));

-- Nobody signs a step with the name of another.
create policy step_own on intake.step as restrictive for insert to linden_program with check (account_id is null or account_id = (select access.actor()));

-- What whoever asked may do to what belongs to their request, and no more: the rest is the office's.
create function intake.is_draft(request uuid) returns boolean language sql stable security definer set search_path = ''
  as $$ select exists (select from intake.request r where r.id = request and r.state = 'draft') $$;
create function intake.holds_paper(document uuid, as_state text) returns boolean language sql stable security definer set search_path = ''
  as $$ select exists (select from intake.document d where d.id = document and d.state = as_state and intake.opens(d.request_id)) $$;
-- Bytes that were handed in by the actor, and lie to no paper yet.
create function intake.is_new_file(file uuid) returns boolean language sql stable security definer set search_path = ''
  as $$ select exists (select from files.file f where f.id = file and f.created_by is not distinct from access.actor())
          and not exists (select from intake.document_file d where d.file_id = file) and not exists (select from intake.signature s where s.file_id = file) $$;
create function intake.waits_rightly(request uuid, service uuid, handler uuid, urgent text, asked timestamptz) returns boolean
  language sql stable security definer set search_path = ''
  as $$ select exists (select from intake.request r join intake.follow_up f on f.request_id = r.id and f.kind = 'waiting-list' and f.begun_at is not null and f.done_at is null
          where r.id = request and r.service_id = service and r.handler_id = handler and r.urgency = urgent and r.submitted_at = asked) $$;
create policy document_own on intake.document as restrictive for insert to linden_program
  with check (intake.answers(request_id) or (intake.is_draft(request_id) and (state = 'open' or intake.holds_paper(reused_from, state))));
create policy clock_own on intake.clock as restrictive for insert to linden_program
  with check (intake.answers(request_id) or intake.is_draft(request_id));
create policy waiting_own on intake.waiting as restrictive for insert to linden_program
  with check (intake.answers(request_id) or (left_at is null and intake.waits_rightly(request_id, service_id, handler_id, urgency, since)));

create function intake.guard_own() returns trigger language plpgsql set search_path = '' as $$
declare
  own boolean := intake.acts_for_office(tg_relid, old.request_id);
begin
  if own then
    return new;
  end if;
  case tg_table_name
    when 'document' then own := old.state = 'open' and new.state = 'given';
    -- waiting is over, or the request was taken back
    when 'clock' then
      if new.stopped_at is not distinct from old.stopped_at then
        own := old.paused_at is not null and new.paused_at is null;
      else
        own := (new.pauses, new.paused_at, new.due_at, new.warn_at) is not distinct from (old.pauses, old.paused_at, old.due_at, old.warn_at)
          and (old.kind = 'grace' or exists (select from intake.request r where r.id = old.request_id and r.state = 'withdrawn'));
      end if;
    when 'waiting' then own := new.urgency = old.urgency and new.left_reason in ('helped-elsewhere', 'no-longer-wanted', 'moved-away');
    when 'follow_up' then own := exists (select from intake.waiting w where w.request_id = old.request_id and w.left_at is not null);
    when 'contract' then own := new.state in (old.state, 'signed') or (new.state = 'ended' and new.ended_by = 'person');
  end case;
  if own is not true then
    raise exception 'INT-2: that is for the office that answers' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
do $$
declare
  part text;
begin
  foreach part in array array['document', 'clock', 'waiting', 'follow_up', 'contract'] loop
    execute format('create trigger own before update on intake.%I for each row execute function intake.guard_own()', part);
  end loop;
end $$;

-- What is not offered yet is the office's own draft.
create policy contract_draft on intake.contract as restrictive for select to linden_program
  using (state <> 'draft' or intake.answers(request_id));

alter table intake.document_file enable row level security;
alter table intake.document_file force row level security;
create policy document_file_read on intake.document_file for select to linden_program
  using (exists (select from intake.document d where d.id = document_id));
create policy document_file_add on intake.document_file for insert to linden_program
  with check (exists (select from intake.document d where d.id = document_id) and intake.is_new_file(file_id));

alter table intake.signature enable row level security;
alter table intake.signature force row level security;
create policy signature_read on intake.signature for select to linden_program
  using (exists (select from intake.contract c where c.id = contract_id));
create policy signature_add on intake.signature for insert to linden_program
  with check (exists (select from intake.contract c where c.id = contract_id and (side = 'person' or intake.answers(c.request_id)))
    and (file_id is null or intake.is_new_file(file_id)));

-- A paper that was handed in is read by whoever may open the request.
create policy intake_papers on files.file for select to linden_program
  using (exists (select from intake.document_file f where f.file_id = file.id) or exists (select from intake.signature s where s.file_id = file.id));

alter table intake.duty enable row level security;
alter table intake.duty force row level security;
create policy duty_read on intake.duty for select to linden_program
  using (access.purpose() in ('intake', 'administration') or organisation_id = any ((select intake.offices())::uuid[]));
create function intake.leads(organisation uuid) returns boolean language sql stable parallel safe security definer set search_path = ''
  as $$ select exists (select from access.membership m where m.account_id = access.actor() and m.organisation_id = organisation
          and m.role = 'team_lead' and m.since <= now() and (m.until is null or m.until > now())) $$;
create policy duty_write on intake.duty for all to linden_program
  using (access.purpose() = 'administration' or intake.leads(organisation_id))
  with check (access.purpose() = 'administration' or intake.leads(organisation_id));

alter table intake.alert enable row level security;
alter table intake.alert force row level security;
create policy alert_read on intake.alert for select to linden_program
  using (access.purpose() in ('intake', 'administration') or account_id = (select access.actor()) or intake.is_listed(request_id));
create policy alert_add on intake.alert for insert to linden_program with check (access.purpose() in ('intake', 'administration'));
create policy alert_answer on intake.alert for update to linden_program
  using (access.purpose() in ('intake', 'administration') or account_id = (select access.actor()) or intake.answers(request_id));

alter table intake.merge enable row level security;
alter table intake.merge force row level security;
-- Whoever sees both records sees what joined them, or keeps them apart; where one may not be seen, nothing tells of it.
create function intake.sees_both(one uuid, two uuid) returns boolean language sql stable set search_path = ''
  as $$ select access.purpose() in ('intake', 'administration') or (select count(*) from intake.person p
          where p.id in (one, two) and p.authority_id = any ((select intake.offices())::uuid[])) = 2 $$;
create policy merge_all on intake.merge to linden_program
  using (intake.sees_both(kept_id, merged_id)) with check (intake.sees_both(kept_id, merged_id));
alter table intake.distinct_pair enable row level security;
alter table intake.distinct_pair force row level security;
create policy distinct_all on intake.distinct_pair to linden_program
  using (intake.sees_both(first_id, second_id)) with check (intake.sees_both(first_id, second_id));

-- Who sees a record that may not be seen is for the team leads who see it themselves.
create function intake.leads_person(person uuid) returns boolean language sql stable parallel safe security definer set search_path = ''
  as $$ select exists (select from intake.person p where p.id = person and intake.leads(p.authority_id)
          and (not p.restricted or intake.may_see_restricted(p.id))) $$;
create policy intake_lead on access.grant to linden_program
  using (object_kind = 'intake.person' and intake.leads_person(object_id)) with check (object_kind = 'intake.person' and intake.leads_person(object_id));
-- Those to whom it was opened, told to whoever sees it.
create function intake.readers(person uuid) returns table (account_id uuid, name text, basis text, since timestamptz)
  language sql stable security definer set search_path = ''
  as $$ select g.account_id, who.name, g.basis, g.since from access.grant g join intake.person p on p.id = g.object_id
          join access.account a on a.id = g.account_id join access.person who on who.id = a.person_id
          where g.object_kind = 'intake.person' and g.object_id = person and (g.until is null or g.until > now())
            and p.authority_id = any (intake.offices()) and (not p.restricted or intake.may_see_restricted(p.id)) $$;

-- Jobs of intake write to whoever is on duty: they read names and addresses of staff.
create policy intake_staff on access.account for select to linden_program using (access.purpose() = 'intake');
create policy intake_staff on access.membership for select to linden_program using (access.purpose() = 'intake');
create policy intake_staff on access.person for select to linden_program using (access.purpose() = 'intake');

-- What stands in a row for good is in no list of what may be changed: whose it is, and to which request it belongs.
grant select, insert, update on intake.procedure, intake.contract to linden_program;
grant select, insert on intake.person, intake.request, intake.document, intake.clock, intake.follow_up, intake.waiting, intake.letter, intake.alert, intake.merge,
  intake.link to linden_program;
grant update (account_id, name, birth_date, phones, emails, address, area, language, document_number, document_hash, contact, restricted, match_keys, merged_into,
  version, changed_at) on intake.person to linden_program;
grant update (kind, state, service_id, service_version, handler_id, person_id, account_id, entered_by, entered_by_account, helper_reads, urgency, draft, assigned_to,
  needs_body, follows, due_at, version, submitted_at, decided_at, changed_at) on intake.request to linden_program;
grant update (state, reason, good_until, at, account_id) on intake.document to linden_program;
grant update (pauses, paused_at, due_at, warn_at, warned_at, escalated_at, stopped_at) on intake.clock to linden_program;
grant update (begun_at, done_at, account_id, note) on intake.follow_up to linden_program;
grant update (urgency, left_at, left_reason, left_note, account_id) on intake.waiting to linden_program;
grant update (handed_at, handed_by) on intake.letter to linden_program;
grant update (acknowledged_at) on intake.alert to linden_program;
grant update (undone_at, undone_by) on intake.merge to linden_program;
grant update (mailed_at, revoked_at) on intake.link to linden_program;
grant select, insert on intake.step, intake.document_file, intake.reminder, intake.decision, intake.signature, intake.distinct_pair to linden_program;
grant select, insert, update, delete on intake.duty to linden_program;
-- Another service, another list of papers: what nobody gave goes.
create policy document_forget on intake.document for delete to linden_program using (state = 'open' and intake.answers(request_id));
grant delete on intake.request, intake.document to linden_program;
grant execute on all functions in schema intake to linden_program;

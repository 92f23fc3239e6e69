-- How the places of an offer change: plan, contact, path, approval, effect (CAP-3). What the rule of the day forbids is refused here too, whoever writes
-- the SQL. Moments are told by the program and never go back; days are days of the region.

-- Which matter of its bodies an adjustment is; a region without it knows no adjustments.
alter table capacity.setting add column adjustment_matter text check (length(adjustment_matter) between 1 and 120);

create table capacity.adjustment (
  id uuid primary key default uuidv7(),
  offer_id uuid not null references capacity.offer,
  -- these four follow from the offer and the day, whoever writes the row
  pack text not null references capacity.setting,
  operator_id uuid not null references access.organisation,
  year smallint not null,
  number integer not null,
  kind text not null check (kind in ('change', 'closure')),
  -- places more (+) or fewer (-); a closure takes all that there are
  change integer not null check (change <> 0 and abs(change) <= 5000),
  -- places on the day of effect, with what other running adjustments change until then
  places_before integer not null,
  effect_on date not null,
  reason jsonb not null,
  tariff_effect jsonb not null,
  people_effect jsonb not null,
  alternatives jsonb not null,
  state text not null check (state in ('planned', 'path-open', 'approval-open', 'cleared', 'in-force', 'declined', 'withdrawn')),
  -- a changed size is a new revision: contact and approval are needed anew
  revision smallint not null default 1,
  -- the date of the matter: the rule of this day holds
  planned_on date not null,
  planned_by uuid not null references access.account,
  contacted_at timestamptz,
  -- from the first contact on everybody reads it
  published_at timestamptz,
  path text check (path in ('none', 'approval')),
  bodies text[] not null default '{}',
  -- in which ways it may be asked for
  ways text[] not null default '{}' check (ways <@ '{meeting,mail}'),
  hearing_days smallint check (hearing_days between 1 and 365),
  -- the version of the rule that says so, and its source
  rule jsonb,
  -- where no rule is known the secretariat chooses, and says why
  path_chosen_by uuid references access.account,
  path_reason text check (length(path_reason) between 3 and 2000),
  -- how the approval is asked for
  way text check (way in ('meeting', 'mail')),
  matter_id uuid references governance.matter,
  consultation_id uuid references governance.consultation,
  decision_id uuid references governance.decision,
  -- nothing stands against it since that day
  cleared_on date,
  in_force_at timestamptz,
  ended_reason text check (length(ended_reason) between 3 and 2000),
  -- the tariff was calculated for another number of places
  tariff_due boolean not null default false,
  changed_at timestamptz not null,
  version integer not null default 1,
  unique (pack, year, number),
  check ((kind = 'closure') = (places_before + change = 0)),
  check (places_before + change >= 0),
  check (state = 'planned' or contacted_at is not null or state = 'withdrawn'),
  check (state not in ('approval-open', 'cleared', 'in-force') or path is not null),
  check ((path_chosen_by is null) = (path_reason is null)),
  check ((state in ('cleared', 'in-force')) = (cleared_on is not null)),
  check ((state = 'in-force') = (in_force_at is not null)),
  check (state <> 'withdrawn' or ended_reason is not null)
);
create index adjustment_newest on capacity.adjustment (pack, effect_on desc, id desc);
create index adjustment_offer on capacity.adjustment (offer_id, effect_on);
create index adjustment_operator on capacity.adjustment (operator_id, effect_on desc, id desc);
create index adjustment_due on capacity.adjustment (effect_on) where state = 'cleared';
create index adjustment_planned_by on capacity.adjustment (planned_by);
create index adjustment_path_chosen_by on capacity.adjustment (path_chosen_by) where path_chosen_by is not null;
create index adjustment_matter on capacity.adjustment (matter_id) where matter_id is not null;
create index adjustment_consultation on capacity.adjustment (consultation_id) where consultation_id is not null;
-- a decision approves once
create unique index adjustment_decision on capacity.adjustment (decision_id) where decision_id is not null;

-- What happened to it, in order. Written by the triggers alone.
create table capacity.adjustment_step (
  id uuid primary key default uuidv7(),
  adjustment_id uuid not null references capacity.adjustment,
  revision smallint not null,
  act text not null check (act in ('planned', 'contacted', 'amended', 'postponed', 'path-chosen', 'asked-meeting', 'asked-mail', 'approved', 'declined',
    'in-force', 'withdrawn')),
  -- as it stood after the step
  kind text not null,
  change integer not null,
  effect_on date not null,
  words text,
  at timestamptz not null
);
create index adjustment_step_order on capacity.adjustment_step (adjustment_id, id);

-- Which municipalities were contacted, and when. Never why: that a place is waited for may speak of one person.
create table capacity.adjustment_contact (
  id uuid primary key default uuidv7(),
  adjustment_id uuid not null references capacity.adjustment,
  revision smallint not null,
  municipality_id uuid not null references access.organisation,
  contacted_at timestamptz not null,
  unique (adjustment_id, revision, municipality_id)
);
create index adjustment_contact_municipality on capacity.adjustment_contact (municipality_id);

-- Where the letter went, and the link in it: read by the operator, the secretariat and the municipality, and by whoever comes by the link. The address is
-- what a secretariat has written down (GOV-5); whoever sends the letter writes none.
create table capacity.adjustment_letter (
  contact_id uuid primary key references capacity.adjustment_contact,
  email text not null check (length(email) between 3 and 320),
  locale text not null check (locale in ('en', 'uk', 'da', 'de')),
  because text[] not null check (because <@ '{residents,waiting,referred}'),
  -- of the link, never the link itself
  token_hash bytea unique check (length(token_hash) = 32),
  sent_at timestamptz
);

-- What a municipality answered. Welcome, and not awaited; it may answer anew, and the last one counts.
create table capacity.adjustment_answer (
  id uuid primary key default uuidv7(),
  contact_id uuid not null references capacity.adjustment_contact,
  answer text not null check (answer in ('no-remarks', 'agrees', 'concerns')),
  words text check (length(words) between 1 and 4000),
  answered_at timestamptz not null,
  check (answer <> 'concerns' or words is not null)
);
create index adjustment_answer_contact on capacity.adjustment_answer (contact_id, answered_at desc);

-- Who wrote the answer; never published.
create table capacity.adjustment_answer_author (
  answer_id uuid primary key references capacity.adjustment_answer,
  name text not null check (length(name) between 1 and 200),
  function text not null check (length(function) between 1 and 200),
  -- who signed in to answer; nobody where the answer came by the link of the letter
  account_id uuid references access.account
);
create index adjustment_answer_author_account on capacity.adjustment_answer_author (account_id) where account_id is not null;

-- "This was not us": the municipality itself says that an answer in its name is none of its own. It no longer counts, and the link of the letter is dead.
create table capacity.adjustment_dispute (
  answer_id uuid primary key references capacity.adjustment_answer,
  words text check (length(words) between 1 and 2000),
  disputed_by uuid not null references access.account,
  disputed_at timestamptz not null
);
create index adjustment_dispute_disputed_by on capacity.adjustment_dispute (disputed_by);

-- What everybody was told, so that a job that runs again tells it once.
create table capacity.adjustment_notice (
  adjustment_id uuid not null references capacity.adjustment,
  occasion text not null check (length(occasion) between 1 and 60),
  letters integer not null,
  told_at timestamptz not null,
  primary key (adjustment_id, occasion)
);

-- ── The rule of the day, read a second time ─────────────────────────────────────────────────────────────────────────────

-- A literal of a cell: a number, a text, true, false, null, or a day. Anything else is not read here.
create function capacity.cell_value(written text) returns jsonb language sql immutable strict parallel safe set search_path = ''
  as $$ select case
          when btrim(written) ~ '^(-?[0-9]+(\.[0-9]+)?|"([^"\\]|\\.)*"|true|false|null)$' then btrim(written)::jsonb
          when btrim(written) ~ '^@"[0-9]{4}-[0-9]{2}-[0-9]{2}"$' then substr(btrim(written), 2)::jsonb end $$;

-- Compares what is alike; what is not alike is no case of the rule.
create function capacity.cell_compares(value jsonb, sign text, bound jsonb) returns boolean
  language plpgsql immutable parallel safe set search_path = '' as $$
begin
  if bound is null then
    raise exception 'a cell of the decision table is written in a way that the database does not read' using errcode = '0A000';
  end if;
  if sign = '=' then return value = bound; end if;
  if sign = '!=' then return value <> bound; end if;
  if value is null or jsonb_typeof(value) <> jsonb_typeof(bound) or jsonb_typeof(value) not in ('number', 'string') then
    return false;
  end if;
  return case sign when '<' then value < bound when '<=' then value <= bound when '>' then value > bound when '>=' then value >= bound end;
end $$;

-- Does a value pass the unary test of a cell: `-`, a literal, a comparison, an interval, a list of these, or not(…)?
create function capacity.cell_holds(test text, value jsonb) returns boolean
  language plpgsql immutable parallel safe set search_path = '' as $$
declare
  part text;
  found text[];
begin
  if btrim(test) = '-' then return true; end if;
  found := regexp_match(btrim(test), '^not\s*\((.*)\)$');
  if found is not null then return not capacity.cell_holds(found[1], value); end if;
  for part in select btrim(m[1]) from regexp_matches(test, '((?:"(?:[^"\\]|\\.)*"|[^",])+)', 'g') m loop
    found := regexp_match(part, '^(<=|>=|!=|<|>|=)\s*(.+)$');
    if found is not null then
      if capacity.cell_compares(value, found[1], capacity.cell_value(found[2])) then return true; end if;
      continue;
    end if;
    found := regexp_match(part, '^([\[\]\(])\s*(\S+?)\s*\.\.\s*(\S+?)\s*([\[\]\)])$');
    if found is not null then
      if capacity.cell_compares(value, case found[1] when '[' then '>=' else '>' end, capacity.cell_value(found[2]))
          and capacity.cell_compares(value, case found[4] when ']' then '<=' else '<' end, capacity.cell_value(found[3])) then
        return true;
      end if;
      continue;
    end if;
    if capacity.cell_compares(value, '=', capacity.cell_value(part)) then return true; end if;
  end loop;
  return false;
end $$;

-- What a version of a decision table says of these facts: its outputs; null where no rule holds. Versions are checked before they are in force: one rule holds.
create function capacity.table_says(content jsonb, facts jsonb) returns jsonb
  language plpgsql immutable parallel safe set search_path = '' as $$
declare
  rule jsonb;
begin
  for rule in select value from jsonb_array_elements(content -> 'rules') loop
    if not exists (select from jsonb_each_text(rule -> 'when') cell where not capacity.cell_holds(cell.value, facts -> cell.key)) then
      return (select jsonb_object_agg(cell.key, cell.value::jsonb) from jsonb_each_text(rule -> 'says') cell);
    end if;
  end loop;
  return null;
end $$;

-- The version of the rule of a region that holds on that day: of those that have begun the last, unless it has ended.
create function capacity.path_rule(region text, day date) returns uuid
  language sql stable security definer set search_path = ''
  as $$ select case when v.ends is null or day < v.ends then v.id end
        from governance.rule_table t join governance.rule_version v on v.table_id = t.id
        where t.pack = region and t.slug = 'capacity-adjustment' and not v.withdrawn and (v.starts is null or v.starts <= day)
        order by v.starts desc nulls last limit 1 $$;

-- CAP-3: the path of an adjustment by the rule of the day of its matter: `path`, `bodies`, `hearingDays`, and the version that says so.
create function capacity.path_of(region text, day date, change integer, closure boolean, in_scope boolean, contacted boolean)
  returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  rule governance.rule_version%rowtype;
begin
  select * into rule from governance.rule_version v where v.id = capacity.path_rule(region, day);
  return capacity.table_says(rule.content, jsonb_build_object('change', change, 'closure', closure, 'inScope', in_scope, 'contacted', contacted))
    || jsonb_build_object('rule', jsonb_build_object('version', rule.id, 'from', rule.starts, 'source', rule.content -> 'source'));
end $$;

-- ── Who may, and what is known ──────────────────────────────────────────────────────────────────────────────────────────

-- The day of a moment in a region.
create function capacity.day_in(region text, moment timestamptz) returns date language sql stable parallel safe set search_path = ''
  as $$ select (moment at time zone coalesce(p.manifest ->> 'timeZone', 'UTC'))::date from packs.pack p where p.id = region $$;

-- Bodies of a region that decide on adjustments.
create function capacity.adjusting_bodies(region text) returns setof governance.body language sql stable set search_path = ''
  as $$ select b.* from governance.body b join capacity.setting s on s.pack = b.pack
        where b.pack = region and b.profile -> 'decidesOn' @> jsonb_build_array(jsonb_build_object('slug', s.adjustment_matter)) $$;

-- Does the actor keep the secretariat of a body that decides on adjustments there?
create function capacity.keeps_adjustments(region text) returns boolean language sql stable set search_path = ''
  as $$ select exists (select from capacity.adjusting_bodies(region) b where governance.works_as(b.organisation_id, '{secretariat}')) $$;

-- Does the actor run offers for this organisation?
create function capacity.operates(organisation uuid) returns boolean language sql stable parallel safe set search_path = ''
  as $$ select organisation in (select capacity.works_in('{provider}')) $$;

-- Approved places of an offer on a day.
create function capacity.approved_on(offer uuid, day date) returns integer language sql stable set search_path = ''
  as $$ select coalesce((select p.approved from capacity.places p where p.offer_id = offer and p.during @> day), 0) $$;

-- Does the actor speak for this municipality?
create function capacity.speaks_for(municipality uuid) returns boolean language sql stable parallel safe set search_path = ''
  as $$ select municipality in (select capacity.works_in('{team_lead,economist,secretariat}')) $$;

-- Where a letter to a municipality goes: what a secretariat of the bodies that decide here wrote down last. Nobody writes to an address of their own: what
-- the sender or whoever planned the change has written down is passed over.
create function capacity.contact_address(adjustment uuid, municipality uuid) returns governance.party_address
  language sql stable security definer set search_path = ''
  as $$ select p from capacity.adjustment a cross join capacity.adjusting_bodies(a.pack) b join governance.party_address p on p.keeper_id = b.organisation_id
        where a.id = adjustment and p.organisation_id = municipality and p.removed_at is null and p.recorded_by <> a.planned_by
          and not (p.recorded_by is not distinct from access.actor() and capacity.operates(a.operator_id))
        order by p.recorded_at desc, p.id desc limit 1 $$;
-- Is there one? The address itself is not told.
create function capacity.address_kept(adjustment uuid, municipality uuid) returns boolean language sql stable security definer set search_path = ''
  as $$ select (capacity.contact_address(adjustment, municipality)).id is not null $$;

-- Affected municipalities that this revision has not been contacted about, from a day until the day of effect.
create function capacity.uncontacted(adjustment uuid, day date)
  returns table (municipality_id uuid, residents boolean, waiting boolean, referred boolean)
  language sql stable security definer set search_path = ''
  as $$ select u.* from capacity.adjustment a cross join capacity.users_of(a.offer_id, day, greatest(a.effect_on, day) + 1) u
        where a.id = adjustment and not exists (select from capacity.adjustment_contact c
          -- a contact without its letter reaches nobody
          join capacity.adjustment_letter l on l.contact_id = c.id
          where c.adjustment_id = a.id and c.revision = a.revision and c.municipality_id = u.municipality_id) $$;

-- CAP-3: which decision of which body approves or declines this revision, at a meeting: of an entitled body, about this adjustment, made after the contact.
create function capacity.judged_at_meeting(adjustment uuid, decision uuid, outcome text) returns boolean
  language sql stable security definer set search_path = ''
  as $$ select exists (select from capacity.adjustment a
          join governance.matter m on m.id = a.matter_id and m.source_kind = 'capacity.adjustment' and m.source_id = a.id
          join governance.matter_step s on s.matter_id = m.id and s.deed = 'decided'
          join governance.decision d on d.id = s.decision_id
          join governance.body b on b.id = d.body_id
        where a.id = adjustment and d.id = decision and d.outcome = judged_at_meeting.outcome and not d.about_person
          -- what was decided before the matter was raised was about something else
          and d.recorded_at >= m.raised_at
          -- a decision carries one thing
          and not exists (select from capacity.adjustment o where o.decision_id = d.id and o.id <> a.id)
          and not exists (select from capacity.tariff_consent c where c.decision_id = d.id)
          -- what was decided about it last holds
          and s.id = (select l.id from governance.matter_step l where l.matter_id = m.id and l.deed = 'decided' order by l.made_at desc, l.id desc limit 1)
          and b.slug = any (a.bodies) and b.pack = a.pack and d.matter = (select t.adjustment_matter from capacity.setting t where t.pack = a.pack)
          and d.decided_on >= capacity.day_in(a.pack, a.contacted_at) and not governance.superseded(d.id)
          -- a decision about something else, or about an earlier plan, approves nothing here
          and not exists (select from governance.matter_step e where e.decision_id = d.id and e.matter_id <> m.id)) $$;

-- CAP-3: does the confirmed result of the mail consultation approve or decline this revision?
create function capacity.judged_by_mail(adjustment uuid, outcome text) returns boolean
  language sql stable security definer set search_path = ''
  as $$ select exists (select from capacity.adjustment a
          join governance.consultation c on c.id = a.consultation_id and c.subject_kind = 'capacity.adjustment' and c.subject_id = a.id
          join governance.body b on b.id = c.body_id
        where a.id = adjustment and c.state in ('confirmed', 'published') and c.outcome = judged_by_mail.outcome
          and b.slug = any (a.bodies) and b.pack = a.pack and c.opened_at >= a.contacted_at) $$;

-- What was decided about this revision and has not been taken over yet, if anything: by the body's decision, or by the confirmed result of the hearing.
create function capacity.verdict_of(adjustment uuid) returns table (outcome text, decision_id uuid)
  language sql stable security definer set search_path = ''
  as $$ select d.outcome, d.id from capacity.adjustment a join governance.matter_step s on s.matter_id = a.matter_id and s.deed = 'decided'
          join governance.decision d on d.id = s.decision_id
        where a.id = verdict_of.adjustment and a.state = 'approval-open' and d.outcome in ('agreed', 'declined')
          and capacity.judged_at_meeting(a.id, d.id, d.outcome)
        union all
        select o.outcome, null from capacity.adjustment a cross join (values ('agreed'), ('declined')) o (outcome)
        where a.id = verdict_of.adjustment and a.state = 'approval-open' and a.consultation_id is not null and capacity.judged_by_mail(a.id, o.outcome)
        limit 1 $$;

-- ── The course of an adjustment ─────────────────────────────────────────────────────────────────────────────────────────

-- A plan that may be: an offer in scope, a day to come, a size that is what it says, nothing that runs against it.
create function capacity.judge_plan(plan capacity.adjustment) returns capacity.adjustment
  language plpgsql volatile security definer set search_path = '' as $$
declare
  offer capacity.offer%rowtype;
begin
  select * into offer from capacity.offer o where o.id = plan.offer_id for no key update;
  plan.pack := offer.pack;
  plan.operator_id := offer.organisation_id;
  plan.planned_on := capacity.day_in(offer.pack, plan.changed_at);
  if not capacity.change_in_scope(plan.offer_id, plan.effect_on, plan.planned_on) then
    raise exception 'this offer is not in scope of the framework agreement on that day' using errcode = '42501', constraint = 'adjustment_in_scope';
  end if;
  if plan.effect_on < plan.planned_on then
    raise exception 'an adjustment takes effect in the future' using errcode = '42501', constraint = 'adjustment_to_come';
  end if;
  if exists (select from capacity.adjustment other where other.offer_id = plan.offer_id and other.id <> plan.id
      and other.state in ('planned', 'path-open', 'approval-open', 'cleared')
      and ('closure' in (plan.kind, other.kind) or sign(other.change) <> sign(plan.change) or other.effect_on = plan.effect_on)) then
    raise exception 'another adjustment of this offer runs against this one' using errcode = '42501', constraint = 'adjustment_alone';
  end if;
  plan.places_before := capacity.approved_on(plan.offer_id, plan.effect_on) + (select coalesce(sum(other.change), 0) from capacity.adjustment other
    where other.offer_id = plan.offer_id and other.id <> plan.id and other.state in ('planned', 'path-open', 'approval-open', 'cleared')
      and other.effect_on < plan.effect_on);
  if plan.kind = 'closure' then
    plan.change := -plan.places_before;
  elsif plan.places_before + plan.change <= 0 then
    raise exception 'taking away every place is closing the offer' using errcode = '42501', constraint = 'adjustment_is_closure';
  end if;
  return plan;
end $$;

create function capacity.judge_adjustment() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  today date;
  known jsonb;
  after text;
  known_path text;
  plan_changed boolean;
  by_operator boolean;
  by_secretariat boolean;
  by_job boolean := access.purpose() = 'capacity.adjustments';
  closes date;
begin
  if tg_op = 'INSERT' then
    if new.state <> 'planned' or new.revision <> 1 or new.contacted_at is not null or new.published_at is not null or new.path is not null
        or new.rule is not null or new.path_chosen_by is not null or new.matter_id is not null or new.consultation_id is not null
        or new.decision_id is not null or new.tariff_due then
      raise exception 'an adjustment begins as a plan' using errcode = '42501';
    end if;
    new := capacity.judge_plan(new);
    perform from capacity.setting s where s.pack = new.pack for no key update;
    new.year := extract(year from new.planned_on);
    new.number := coalesce((select max(a.number) from capacity.adjustment a where a.pack = new.pack and a.year = new.year), 0) + 1;
    return new;
  end if;

  by_operator := capacity.operates(old.operator_id);
  by_secretariat := capacity.keeps_adjustments(old.pack);
  if new.changed_at < old.changed_at then
    raise exception 'an adjustment does not go back in time' using errcode = '42501';
  end if;
  new.version := old.version + 1;
  today := capacity.day_in(old.pack, new.changed_at);
  if (new.offer_id, new.pack, new.operator_id, new.year, new.number, new.planned_by)
      is distinct from (old.offer_id, old.pack, old.operator_id, old.year, old.number, old.planned_by)
      or (old.published_at is not null and new.published_at is distinct from old.published_at) then
    raise exception 'what an adjustment is about does not change' using errcode = '42501';
  end if;
  if old.state in ('in-force', 'declined', 'withdrawn') then
    if to_jsonb(new) - '{tariff_due,changed_at,version}'::text[] <> to_jsonb(old) - '{tariff_due,changed_at,version}'::text[] then
      raise exception 'this adjustment is over' using errcode = '42501', constraint = 'adjustment_runs';
    end if;
    return new;
  end if;
  if new.tariff_due <> old.tariff_due and new.state <> 'in-force' then
    raise exception 'the tariff follows the places' using errcode = '42501';
  end if;

  plan_changed := (new.kind, new.change, new.reason, new.tariff_effect, new.people_effect, new.alternatives)
    is distinct from (old.kind, old.change, old.reason, old.tariff_effect, old.people_effect, old.alternatives);
  if plan_changed or new.effect_on <> old.effect_on then
    if not by_operator then
      raise exception 'only its operator changes a plan' using errcode = '42501';
    end if;
    if old.contacted_at is not null and not plan_changed and new.effect_on > old.effect_on then
      -- Later takes nothing away from anybody: contact and approval stand.
      if to_jsonb(new) - '{effect_on,changed_at,version}'::text[] <> to_jsonb(old) - '{effect_on,changed_at,version}'::text[] or new.effect_on < today then
        raise exception 'a later day changes the day alone' using errcode = '42501';
      end if;
      if old.state = 'cleared' then new.cleared_on := least(old.cleared_on, new.effect_on); end if;
      if exists (select from capacity.adjustment o where o.offer_id = new.offer_id and o.id <> new.id
          and o.state in ('planned', 'path-open', 'approval-open', 'cleared') and o.effect_on = new.effect_on) then
        raise exception 'another adjustment of this offer runs against this one' using errcode = '42501', constraint = 'adjustment_alone';
      end if;
      return new;
    end if;
    if new.state <> 'planned' or new.revision <> old.revision + (case when old.contacted_at is null then 0 else 1 end) then
      raise exception 'a changed plan needs contact and approval anew' using errcode = '42501', constraint = 'adjustment_anew';
    end if;
    new := capacity.judge_plan(new);
    new.contacted_at := null;
    new.path := null;
    new.bodies := '{}';
    new.ways := '{}';
    new.hearing_days := null;
    new.rule := null;
    new.path_chosen_by := null;
    new.path_reason := null;
    new.way := null;
    new.matter_id := null;
    new.consultation_id := null;
    new.decision_id := null;
    new.cleared_on := null;
    return new;
  end if;
  if (new.revision, new.planned_on) is distinct from (old.revision, old.planned_on) then
    raise exception 'a changed plan needs contact and approval anew' using errcode = '42501', constraint = 'adjustment_anew';
  end if;

  if new.state = 'withdrawn' then
    if not by_operator then
      raise exception 'only its operator withdraws an adjustment' using errcode = '42501';
    end if;
    new.cleared_on := null;
    return new;
  end if;

  -- From here on the path is what the rule of the day says, and nothing else changes with it.
  if old.contacted_at is not null and new.contacted_at is distinct from old.contacted_at then
    raise exception 'what was told is told' using errcode = '42501';
  end if;
  if old.state = 'planned' then
    if new.state = 'planned' then
      raise exception 'a plan goes on by contact' using errcode = '42501';
    end if;
    if not by_operator then
      raise exception 'only its operator contacts the municipalities' using errcode = '42501';
    end if;
    if new.contacted_at is distinct from new.changed_at or today > new.effect_on then
      raise exception 'contact comes before the change' using errcode = '42501', constraint = 'adjustment_contact_before';
    end if;
    if exists (select from capacity.uncontacted(new.id, today)) then
      raise exception 'every affected municipality is contacted first, whatever the size' using errcode = '42501', constraint = 'adjustment_contact';
    end if;
    new.published_at := coalesce(old.published_at, new.changed_at);
    known := capacity.path_of(new.pack, new.planned_on, new.change, new.kind = 'closure', true, true);
    after := case known ->> 'path' when 'none' then 'cleared' when 'approval' then 'approval-open' else 'path-open' end;
    known_path := case when known ->> 'path' in ('none', 'approval') then known ->> 'path' end;
    if new.state <> after or new.path_chosen_by is not null or new.matter_id is not null or new.consultation_id is not null or new.decision_id is not null
        or new.path is distinct from known_path
        or new.bodies is distinct from array(select jsonb_array_elements_text(coalesce(known -> 'bodies', '[]')))
        or new.ways is distinct from array(select jsonb_array_elements_text(coalesce(known -> 'ways', '[]')))
        or new.hearing_days is distinct from (known ->> 'hearingDays')::smallint then
      raise exception 'the rule in force on that day gives another path' using errcode = '42501', constraint = 'adjustment_path';
    end if;
    new.rule := known -> 'rule';
    if new.state = 'cleared' then new.cleared_on := today; end if;
    return new;
  end if;
  if (new.path, new.bodies, new.ways, new.hearing_days, new.rule, new.path_chosen_by, new.path_reason)
      is distinct from (old.path, old.bodies, old.ways, old.hearing_days, old.rule, old.path_chosen_by, old.path_reason) and old.state <> 'path-open' then
    raise exception 'the path follows from the rule' using errcode = '42501', constraint = 'adjustment_path';
  end if;

  case old.state || ' ' || new.state
    when 'path-open approval-open', 'path-open cleared' then
      if not by_secretariat or new.path_chosen_by is distinct from access.actor() or new.path_reason is null then
        raise exception 'where no rule is known the secretariat chooses the path, and says why' using errcode = '42501';
      end if;
      if new.path <> (case new.state when 'cleared' then 'none' else 'approval' end)
          or (new.path = 'approval' and (new.bodies = '{}' or new.ways = '{}' or exists (select from unnest(new.bodies) slug
            where slug not in (select b.slug from capacity.adjusting_bodies(new.pack) b)))) then
        raise exception 'approval is asked of a body that may give it' using errcode = '42501', constraint = 'adjustment_body';
      end if;
      if new.state = 'cleared' then new.cleared_on := today; end if;
    when 'approval-open approval-open' then
      if not by_secretariat then
        raise exception 'the secretariat asks for the approval' using errcode = '42501';
      end if;
      if new.decision_id is not null then
        raise exception 'an approval is more than asking for it' using errcode = '42501';
      end if;
      if new.consultation_id is distinct from old.consultation_id then
        select capacity.day_in(new.pack, c.closes_at) into closes from governance.consultation c join governance.body b on b.id = c.body_id
          where c.id = new.consultation_id and c.subject_kind = 'capacity.adjustment' and c.subject_id = new.id
            and c.opened_at >= new.contacted_at and c.days >= coalesce(new.hearing_days, 1) and b.slug = any (new.bodies) and b.pack = new.pack;
        if closes is null or new.way is distinct from 'mail' or 'mail' <> all (new.ways) then
          raise exception 'a hearing about this adjustment asks a body that may approve it, for as many days as the rule says'
            using errcode = '42501', constraint = 'adjustment_hearing';
        end if;
        if closes > new.effect_on then
          raise exception 'nothing takes effect before its hearing has closed' using errcode = '42501', constraint = 'adjustment_after_hearing';
        end if;
      end if;
      if new.matter_id is distinct from old.matter_id and (new.way is distinct from 'meeting' or 'meeting' <> all (new.ways) or not exists (select from governance.matter m
          join governance.body b on b.id = m.body_id
          where m.id = new.matter_id and m.source_kind = 'capacity.adjustment' and m.source_id = new.id and m.raised_at >= new.contacted_at
            and b.slug = any (new.bodies) and b.pack = new.pack)) then
        raise exception 'approval is asked of a body that may give it' using errcode = '42501', constraint = 'adjustment_body';
      end if;
    when 'approval-open cleared', 'approval-open declined' then
      if not (by_secretariat or by_job) then
        raise exception 'the secretariat records an approval' using errcode = '42501';
      end if;
      if (new.matter_id, new.consultation_id, new.way) is distinct from (old.matter_id, old.consultation_id, old.way)
          or not (case when new.decision_id is not null
            then capacity.judged_at_meeting(new.id, new.decision_id, case new.state when 'cleared' then 'agreed' else 'declined' end)
            else capacity.judged_by_mail(new.id, case new.state when 'cleared' then 'agreed' else 'declined' end) end) then
        raise exception 'no entitled body has decided that about this adjustment' using errcode = '42501', constraint = 'adjustment_approval';
      end if;
      if new.state = 'cleared' then new.cleared_on := today; end if;
    when 'cleared in-force' then
      if not by_job then
        raise exception 'an adjustment comes into force by its day alone' using errcode = '42501';
      end if;
      if today < new.effect_on then
        raise exception 'its day has not come' using errcode = '42501', constraint = 'adjustment_day';
      end if;
      if old.cleared_on > new.effect_on then
        raise exception 'its day was over before it was cleared' using errcode = '42501', constraint = 'adjustment_day';
      end if;
      if exists (select from capacity.uncontacted(new.id, new.effect_on)) then
        raise exception 'every affected municipality is contacted first, whatever the size' using errcode = '42501', constraint = 'adjustment_contact';
      end if;
      if new.consultation_id is not null and new.decision_id is null and (select capacity.day_in(new.pack, c.closes_at) > new.effect_on
          from governance.consultation c where c.id = new.consultation_id) then
        raise exception 'nothing takes effect before its hearing has closed' using errcode = '42501', constraint = 'adjustment_after_hearing';
      end if;
      new.places_before := capacity.approved_on(new.offer_id, new.effect_on);
      if new.kind = 'closure' then
        new.change := -new.places_before;
      elsif new.places_before + new.change <= 0 then
        raise exception 'taking away every place is closing the offer' using errcode = '42501', constraint = 'adjustment_is_closure';
      end if;
      new.in_force_at := new.changed_at;
      new.tariff_due := true;
    else
      raise exception 'an adjustment does not go from % to %', old.state, new.state using errcode = '42501', constraint = 'adjustment_course';
  end case;
  return new;
end $$;
create trigger adjustment_goes_its_way before insert or update on capacity.adjustment for each row execute function capacity.judge_adjustment();

-- Only an adjustment that has come into force carries another number of places.
create or replace function capacity.adjustment_carries(adjustment uuid, offer uuid, from_day date, approved integer) returns boolean
  language sql stable security definer set search_path = ''
  as $$ select exists (select from capacity.adjustment a where a.id = adjustment and a.offer_id = offer and a.state = 'in-force'
          and a.effect_on = from_day and a.places_before + a.change = approved) $$;

-- What happened is noted with it, and places change with the effect: both or neither.
create function capacity.follow_adjustment() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  act text;
  usable integer;
begin
  act := case
    when tg_op = 'INSERT' then 'planned'
    when new.state in ('withdrawn', 'in-force', 'declined') and old.state <> new.state then new.state
    when new.state = 'cleared' and old.state = 'approval-open' then 'approved'
    when old.state = 'path-open' and new.state <> old.state then 'path-chosen'
    when new.revision <> old.revision then 'amended'
    when old.state = 'planned' and new.state <> 'planned' then 'contacted'
    when new.effect_on > old.effect_on and new.state <> 'planned' then 'postponed'
    when new.consultation_id is distinct from old.consultation_id and new.state = 'approval-open' then 'asked-mail'
    when new.matter_id is distinct from old.matter_id and new.state = 'approval-open' then 'asked-meeting' end;
  if act is not null then
    insert into capacity.adjustment_step (adjustment_id, revision, act, kind, change, effect_on, words, at)
      values (new.id, new.revision, act, new.kind, new.change, new.effect_on,
        case act when 'withdrawn' then new.ended_reason when 'path-chosen' then new.path_reason end, new.changed_at);
  end if;
  if act = 'in-force' then
    select p.open into usable from capacity.places p where p.offer_id = new.offer_id and p.during @> new.effect_on;
    if new.kind = 'closure' then
      perform capacity.close_offer(new.offer_id, new.effect_on, format('adjustment %s/%s', new.number, new.year), new.id);
    else
      perform capacity.change_places(new.offer_id, new.effect_on, new.places_before + new.change,
        least(coalesce(usable, 0) + greatest(new.change, 0), new.places_before + new.change), format('adjustment %s/%s', new.number, new.year), new.id);
    end if;
  end if;
  return null;
end $$;
create trigger adjustment_followed after insert or update on capacity.adjustment for each row execute function capacity.follow_adjustment();

-- A contact is of the revision at hand, by its operator, while it runs.
create function capacity.judge_contact() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  about capacity.adjustment%rowtype;
begin
  select * into about from capacity.adjustment a where a.id = new.adjustment_id for no key update;
  if about.state not in ('planned', 'path-open', 'approval-open', 'cleared') or new.revision <> about.revision
      or new.contacted_at < about.changed_at or capacity.day_in(about.pack, new.contacted_at) > about.effect_on then
    raise exception 'municipalities are contacted about an adjustment that runs, before its day' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger contact_fits before insert on capacity.adjustment_contact for each row execute function capacity.judge_contact();

-- An answer to this revision, before the day of effect is over.
create function capacity.judge_contact_answer() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if not exists (select from capacity.adjustment_contact c join capacity.adjustment a on a.id = c.adjustment_id
      where c.id = new.contact_id and a.revision = c.revision and a.state in ('planned', 'path-open', 'approval-open', 'cleared')
        and new.answered_at >= c.contacted_at and capacity.day_in(a.pack, new.answered_at) <= a.effect_on) then
    raise exception 'this adjustment takes no answer any more' using errcode = '42501', constraint = 'adjustment_answer_in_time';
  end if;
  return new;
end $$;
-- The address follows from what the secretariat keeps, whoever notes that a letter goes.
create function capacity.address_letter() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  kept governance.party_address;
begin
  select (capacity.contact_address(c.adjustment_id, c.municipality_id)).* into kept from capacity.adjustment_contact c where c.id = new.contact_id;
  if kept.id is null then
    raise exception 'no address of this municipality is kept: the secretariat writes it down' using errcode = '42501', constraint = 'adjustment_address';
  end if;
  new.email := kept.email;
  new.locale := kept.locale;
  return new;
end $$;
create trigger letter_addressed before insert on capacity.adjustment_letter for each row execute function capacity.address_letter();

create trigger answer_fits before insert on capacity.adjustment_answer for each row execute function capacity.judge_contact_answer();

-- ── Who reads and writes ────────────────────────────────────────────────────────────────────────────────────────────────

-- The link somebody came by: `capacity.answer <hash of its token>` is the errand of their transaction.
create function capacity.answer_link() returns bytea language sql stable parallel safe set search_path = ''
  as $$ select case when access.purpose() ~ '^capacity\.answer [0-9a-f]{64}$' then decode(substr(access.purpose(), 17), 'hex') end $$;

-- The contact whose link this is; none once its municipality has said that an answer was not its own.
create function capacity.linked_contact() returns uuid language sql stable parallel safe security definer set search_path = ''
  as $$ select l.contact_id from capacity.adjustment_letter l where l.token_hash = capacity.answer_link()
          and not exists (select from capacity.adjustment_answer a join capacity.adjustment_dispute d on d.answer_id = a.id where a.contact_id = l.contact_id) $$;
-- Has its municipality said that this answer was not its own?
create function capacity.is_disputed(answer uuid) returns boolean language sql stable parallel safe security definer set search_path = ''
  as $$ select exists (select from capacity.adjustment_dispute d where d.answer_id = answer) $$;
-- Is the last answer of a contact such a one?
create function capacity.contact_disputed(contact uuid) returns boolean language sql stable parallel safe security definer set search_path = ''
  as $$ select coalesce((select capacity.is_disputed(a.id) from capacity.adjustment_answer a
        where a.contact_id = contact order by a.answered_at desc, a.id desc limit 1), false) $$;
-- Was this contact made with a municipality for which the actor speaks?
create function capacity.speaks_in(contact uuid) returns boolean language sql stable security definer set search_path = ''
  as $$ select exists (select from capacity.adjustment_contact c where c.id = contact and capacity.speaks_for(c.municipality_id)) $$;

-- May whoever asks read this adjustment? All that was told to the municipalities is public; a plan is its operator's and the secretariat's.
create function capacity.reads_adjustment(adjustment uuid) returns boolean language sql stable security definer set search_path = ''
  as $$ select exists (select from capacity.adjustment a where a.id = adjustment and (a.published_at is not null
          or access.purpose() = 'capacity.adjustments' or capacity.operates(a.operator_id) or capacity.keeps_adjustments(a.pack))) $$;

-- May the actor see to whom letters went, and who answered?
create function capacity.handles_adjustment(adjustment uuid) returns boolean language sql stable security definer set search_path = ''
  as $$ select exists (select from capacity.adjustment a where a.id = adjustment
          and (access.purpose() = 'capacity.adjustments' or capacity.operates(a.operator_id) or capacity.keeps_adjustments(a.pack))) $$;
create function capacity.adjustment_of_contact(contact uuid) returns uuid language sql stable security definer set search_path = ''
  as $$ select c.adjustment_id from capacity.adjustment_contact c where c.id = contact $$;
create function capacity.contact_of_answer(answer uuid) returns uuid language sql stable security definer set search_path = ''
  as $$ select a.contact_id from capacity.adjustment_answer a where a.id = contact_of_answer.answer $$;
create function capacity.plans_adjustment(adjustment uuid) returns boolean language sql stable security definer set search_path = ''
  as $$ select exists (select from capacity.adjustment a where a.id = adjustment and capacity.operates(a.operator_id)) $$;

do $$
declare
  name text;
begin
  foreach name in array array['adjustment', 'adjustment_step', 'adjustment_contact', 'adjustment_letter', 'adjustment_answer', 'adjustment_answer_author',
      'adjustment_dispute', 'adjustment_notice'] loop
    execute format('alter table capacity.%I enable row level security', name);
    execute format('alter table capacity.%I force row level security', name);
  end loop;
end $$;

create policy adjustment_public on capacity.adjustment for select to linden_program using (published_at is not null);
create policy adjustment_own on capacity.adjustment for select to linden_program
  using (access.purpose() = 'capacity.adjustments' or capacity.operates(operator_id) or capacity.keeps_adjustments(pack));
create policy adjustment_plan on capacity.adjustment for insert to linden_program
  with check (planned_by = access.actor() and capacity.operates(operator_id));
create policy adjustment_change on capacity.adjustment for update to linden_program
  using (access.purpose() = 'capacity.adjustments' or capacity.operates(operator_id) or capacity.keeps_adjustments(pack));

create policy adjustment_step_read on capacity.adjustment_step for select to linden_program using (capacity.reads_adjustment(adjustment_id));

create policy adjustment_contact_read on capacity.adjustment_contact for select to linden_program
  using (capacity.reads_adjustment(adjustment_id) or id = capacity.linked_contact());
create policy adjustment_contact_add on capacity.adjustment_contact for insert to linden_program
  with check (capacity.plans_adjustment(adjustment_id));

create policy adjustment_letter_read on capacity.adjustment_letter for select to linden_program
  using (contact_id = capacity.linked_contact() or capacity.handles_adjustment(capacity.adjustment_of_contact(contact_id)) or capacity.speaks_in(contact_id));
create policy adjustment_letter_add on capacity.adjustment_letter for insert to linden_program
  with check (token_hash is null and sent_at is null and capacity.plans_adjustment(capacity.adjustment_of_contact(contact_id)));
create policy adjustment_letter_send on capacity.adjustment_letter for update to linden_program
  using (access.purpose() = 'capacity.adjustments');

create policy adjustment_answer_read on capacity.adjustment_answer for select to linden_program
  using (contact_id = capacity.linked_contact() or capacity.speaks_in(contact_id)
    or capacity.handles_adjustment(capacity.adjustment_of_contact(contact_id))
    or (capacity.reads_adjustment(capacity.adjustment_of_contact(contact_id)) and not capacity.is_disputed(id)));
create policy adjustment_answer_add on capacity.adjustment_answer for insert to linden_program
  with check (contact_id = capacity.linked_contact() or capacity.speaks_in(contact_id));
create policy adjustment_answer_author_read on capacity.adjustment_answer_author for select to linden_program
  using (capacity.contact_of_answer(answer_id) = capacity.linked_contact() or capacity.speaks_in(capacity.contact_of_answer(answer_id))
    or capacity.handles_adjustment(capacity.adjustment_of_contact(capacity.contact_of_answer(answer_id))));
create policy adjustment_answer_author_add on capacity.adjustment_answer_author for insert to linden_program
  with check ((account_id is null and capacity.contact_of_answer(answer_id) = capacity.linked_contact())
    or (account_id = access.actor() and capacity.speaks_in(capacity.contact_of_answer(answer_id))));

create policy adjustment_dispute_read on capacity.adjustment_dispute for select to linden_program
  using (capacity.speaks_in(capacity.contact_of_answer(answer_id))
    or capacity.handles_adjustment(capacity.adjustment_of_contact(capacity.contact_of_answer(answer_id))));
create policy adjustment_dispute_add on capacity.adjustment_dispute for insert to linden_program
  with check (disputed_by = access.actor() and capacity.speaks_in(capacity.contact_of_answer(answer_id)));

create policy adjustment_notice_read on capacity.adjustment_notice for select to linden_program using (capacity.handles_adjustment(adjustment_id));
create policy adjustment_notice_add on capacity.adjustment_notice for insert to linden_program with check (access.purpose() = 'capacity.adjustments');

-- Jobs of adjustments write to the secretariats and to those who run the offers: they read the addresses of these and of nobody else.
create function capacity.adjustment_staff() returns uuid[] language sql stable security definer set search_path = ''
  as $$ select coalesce(array_agg(distinct m.account_id), '{}') from access.membership m
        where access.purpose() = 'capacity.adjustments' and m.since <= now() and (m.until is null or m.until > now())
          and ((m.role = 'provider' and m.organisation_id in (select a.operator_id from capacity.adjustment a))
            or (m.role = 'secretariat' and m.organisation_id in (select b.organisation_id from capacity.setting s
              cross join lateral capacity.adjusting_bodies(s.pack) b))) $$;
create policy capacity_adjustments on access.account for select to linden_program
  using (access.purpose() = 'capacity.adjustments' and id = any ((select capacity.adjustment_staff())::uuid[]));
create policy capacity_adjustments on access.membership for select to linden_program
  using (access.purpose() = 'capacity.adjustments' and role in ('provider', 'secretariat')
    and account_id = any ((select capacity.adjustment_staff())::uuid[]));

revoke all on function capacity.cell_value, capacity.cell_compares, capacity.cell_holds, capacity.table_says, capacity.path_rule, capacity.path_of,
  capacity.day_in, capacity.adjusting_bodies, capacity.keeps_adjustments, capacity.operates, capacity.approved_on, capacity.uncontacted,
  capacity.judged_at_meeting, capacity.judged_by_mail, capacity.verdict_of, capacity.judge_plan, capacity.judge_adjustment, capacity.follow_adjustment, capacity.judge_contact,
  capacity.judge_contact_answer, capacity.address_letter, capacity.contact_address, capacity.address_kept, capacity.speaks_for, capacity.speaks_in,
  capacity.is_disputed, capacity.contact_disputed, capacity.answer_link, capacity.linked_contact, capacity.reads_adjustment, capacity.handles_adjustment,
  capacity.adjustment_of_contact, capacity.contact_of_answer, capacity.plans_adjustment, capacity.adjustment_staff from public;
grant execute on function capacity.verdict_of, capacity.path_of, capacity.day_in, capacity.adjusting_bodies, capacity.keeps_adjustments, capacity.operates, capacity.approved_on,
  capacity.uncontacted, capacity.address_kept, capacity.speaks_for, capacity.speaks_in, capacity.is_disputed, capacity.contact_disputed, capacity.answer_link, capacity.linked_contact, capacity.reads_adjustment, capacity.handles_adjustment,
  capacity.adjustment_of_contact, capacity.contact_of_answer, capacity.plans_adjustment, capacity.adjustment_staff to linden_program;
grant select on capacity.adjustment, capacity.adjustment_step, capacity.adjustment_contact, capacity.adjustment_letter, capacity.adjustment_answer,
  capacity.adjustment_answer_author, capacity.adjustment_dispute, capacity.adjustment_notice to linden_program;
grant insert on capacity.adjustment, capacity.adjustment_contact, capacity.adjustment_answer, capacity.adjustment_answer_author, capacity.adjustment_dispute,
  capacity.adjustment_notice to linden_program;
grant insert (contact_id, because) on capacity.adjustment_letter to linden_program;
grant update (kind, change, effect_on, reason, tariff_effect, people_effect, alternatives, state, revision, contacted_at, path, bodies, ways, hearing_days,
  path_chosen_by, path_reason, way, matter_id, consultation_id, decision_id, ended_reason, tariff_due, changed_at) on capacity.adjustment to linden_program;
grant update (token_hash, sent_at) on capacity.adjustment_letter to linden_program;

-- What happened: append-only, written in the transaction of the act, sealed in batches by a job.
create schema audit;

create table audit.event (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  act text not null check (act ~ '^[a-z-]+(\.[a-z-]+)+$'),
  outcome text not null check (outcome in ('done', 'read', 'refused')),
  origin text not null check (origin in ('page', 'api', 'command-line', 'job', 'mail-link')),
  actor uuid,
  about_kind text,
  -- an id, never a name: it stays when the person behind the actor is erased
  about_id text,
  detail jsonb not null default '{}',
  -- null once the actor was erased: then the commitment can no longer be opened, only kept
  salt uuid default gen_random_uuid(),
  -- set by the trigger, whatever is given
  commitment bytea not null default ''
);
create index event_about on audit.event (about_kind, about_id, id);
create index event_actor on audit.event (actor, id);

-- Who and with which particulars, hidden behind a salt: the seals stand on this, so that erasing leaves them valid.
create function audit.commitment(salt uuid, actor uuid, detail jsonb) returns bytea language sql immutable parallel safe set search_path = ''
  return sha256(convert_to(concat_ws('|', salt, coalesce(actor::text, '-'), detail::text), 'UTF8'));

create function audit.commit_event() returns trigger language plpgsql set search_path = '' as $$
begin
  new.commitment := audit.commitment(new.salt, new.actor, new.detail);
  return new;
end $$;
create trigger event_commitment before insert on audit.event for each row execute function audit.commit_event();

-- A batch of events: the root of its Merkle tree (RFC 6962), chained to the seal before it.
create table audit.seal (
  number bigint primary key check (number > 0),
  sealed_at timestamptz not null,
  -- ids of the events, as the tree holds them; numbers of transactions that were undone are missing
  events int8multirange not null,
  count integer not null check (count between 1 and 1000),
  -- the leaf hashes one after another, 32 bytes each: with them an audit can name the entry that was touched
  leaves bytea not null check (length(leaves) = 32 * count),
  root bytea not null check (length(root) = 32),
  previous bytea not null check (length(previous) = 32),
  hash bytea not null check (length(hash) = 32)
);

create function audit.refuse_change() returns trigger language plpgsql set search_path = '' as $$
begin
  -- The one change that passes: the actor and what is told of them are erased, all else stays as it was.
  if tg_op = 'UPDATE' and tg_table_name = 'event' then
    if new.actor is null and new.salt is null and new.detail = '{}'
       and (new.id, new.at, new.act, new.outcome, new.origin, new.about_kind, new.about_id, new.commitment)
           is not distinct from
           (old.id, old.at, old.act, old.outcome, old.origin, old.about_kind, old.about_id, old.commitment) then
      return new;
    end if;
  end if;
  raise exception 'the audit trail is append-only' using errcode = '42501';
end $$;
create trigger event_append_only before update or delete on audit.event for each row execute function audit.refuse_change();
create trigger event_no_truncate before truncate on audit.event for each statement execute function audit.refuse_change();
create trigger seal_append_only before update or delete on audit.seal for each row execute function audit.refuse_change();
create trigger seal_no_truncate before truncate on audit.seal for each statement execute function audit.refuse_change();

alter table audit.event enable row level security;
alter table audit.event force row level security;
create policy event_add on audit.event for insert to linden_program with check (true);
create policy event_read on audit.event for select to linden_program
  using (actor = access.actor() or access.has_role('data_protection_officer') or access.purpose() = 'administration');
-- The owner need not be a superuser: sealing and erasing pass the forced policies by this one.
create policy event_owner on audit.event to current_user using (true) with check (true);

-- Erases who did something from the trail, when the law demands that the person be forgotten; what was done, when and to
-- what stays. Says that it was done in an event of its own. Returns how many events were erased.
create function audit.erase_actor(forgotten uuid) returns bigint language plpgsql security definer set search_path = '' as $$
declare erased bigint;
begin
  if access.purpose() is distinct from 'erasure' then
    raise exception 'events are only erased for the purpose of erasure' using errcode = '42501';
  end if;
  update audit.event set actor = null, salt = null, detail = '{}' where actor = forgotten;
  get diagnostics erased = row_count;
  insert into audit.event (act, outcome, origin, actor, detail)
    values ('audit.erase-actor', 'done', 'job', access.actor(), jsonb_build_object('events', erased));
  return erased;
end $$;
revoke all on function audit.erase_actor from public;

grant usage on schema audit to linden_program;
grant insert (act, outcome, origin, actor, about_kind, about_id, detail), select on audit.event to linden_program;
grant select on audit.seal to linden_program;
grant execute on function audit.erase_actor to linden_program;

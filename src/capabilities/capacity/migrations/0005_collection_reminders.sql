-- CAP-10: whoever has not sent the workbook of the yearly collection gets a letter: at each date of the rule once, or because the secretariat asked for it,
-- and never twice on one day.
create table capacity.collection_reminder (
  id uuid primary key default uuidv7(),
  part_id uuid not null references capacity.collection_part,
  -- the day it was where the region is
  day date not null,
  -- which date of the rule it is: so many days before the collection is due, below nothing after. Empty where the secretariat asked for it
  stage smallint check (stage between -60 and 120),
  -- how many letters went; none: there is nobody to write to
  letters smallint check (letters >= 0),
  sent_at timestamptz,
  check ((letters is null) = (sent_at is null)),
  unique (part_id, day)
);
create unique index collection_reminder_once on capacity.collection_reminder (part_id, stage) where stage is not null;
create index collection_reminder_waits on capacity.collection_reminder (part_id) where sent_at is null;

-- Does a part still miss its workbook, and does it help to say so?
create function capacity.is_missing(part uuid) returns boolean language sql stable parallel safe security definer set search_path = ''
  as $$ select capacity.answered_at(part) is null and exists (select from capacity.collection_part p join capacity.collection c on c.id = p.collection_id
          where p.id = part and c.state = 'open') $$;
-- May the actor see to it that this part is filled in? Its collection says whose secretariat that is.
create function capacity.collects_part(part uuid) returns boolean language sql stable parallel safe set search_path = ''
  as $$ select exists (select from capacity.collection_part p where p.id = part and capacity.collects(p.collection_id)) $$;

-- Whom a reminder reaches: economists of the organisation. Where none has an account, what the secretariat that collects has written down as its address.
create function capacity.collection_addresses(part uuid) returns table (email text, locale text, economist boolean)
  language sql stable security definer set search_path = ''
  as $$ with asked as (select p.organisation_id, r.collected_by from capacity.collection_part p join capacity.collection c on c.id = p.collection_id
            join capacity.tariff_rule r on r.pack = c.pack and c.year >= r.from_year and (r.until_year is null or c.year <= r.until_year)
          where p.id = part and access.purpose() = 'capacity.collections'),
        economists as (select distinct a.email, a.locale from asked join access.membership m on m.organisation_id = asked.organisation_id
            join access.account a on a.id = m.account_id
          where m.role = 'economist' and m.since <= now() and (m.until is null or m.until > now()) and a.disabled_at is null)
        select e.email, e.locale, true from economists e
        union all
        select k.email, k.locale, false from asked join governance.party_address k on k.keeper_id = asked.collected_by and k.organisation_id = asked.organisation_id
          where k.removed_at is null and not exists (select from economists) order by 1 $$;

alter table capacity.collection_reminder enable row level security;
alter table capacity.collection_reminder force row level security;
-- That somebody was reminded is plain to everybody, as is who has not answered; where letters go is told to nobody.
create policy collection_reminder_read on capacity.collection_reminder for select to linden_program using (true);
create policy collection_reminder_ask on capacity.collection_reminder for insert to linden_program
  with check (capacity.is_missing(part_id) and letters is null
    and (access.purpose() = 'capacity.collections' or (stage is null and capacity.collects_part(part_id))));
create policy collection_reminder_note on capacity.collection_reminder for update to linden_program using (access.purpose() = 'capacity.collections');

revoke all on function capacity.is_missing, capacity.collection_addresses from public;
grant execute on function capacity.is_missing, capacity.collects_part, capacity.collection_addresses to linden_program;
grant select on capacity.collection_reminder to linden_program;
grant insert (part_id, day, stage) on capacity.collection_reminder to linden_program;
grant update (letters, sent_at) on capacity.collection_reminder to linden_program;

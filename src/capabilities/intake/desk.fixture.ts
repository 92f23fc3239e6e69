import type { TestDatabase } from '../../../test/database.ts'

/**
 * Many requests of one office, as an office has them: most are decided, some are new, in review, waiting. They are written past the commands
 * and the guards, for what reading costs.
 * @param before how many of them there are already
 */
export async function manyRequests(
  db: TestDatabase,
  {
    office,
    service,
    account,
    count,
    before = 0,
  }: { office: string; service: string; account: string; count: number; before?: number },
): Promise<void> {
  const client = await db.ownerPool.connect()
  try {
    await client.query('begin')
    for (const table of ['request', 'person']) await client.query(`alter table intake.${table} disable trigger user`)
    await client.query(
      `insert into intake.person (authority_id, name)
         select $1, 'Людина ' || n from generate_series($2::int, $2::int + $3::int - 1) n where n % 3 = 0`,
      [office, before, count],
    )
    await client.query(
      `with people as (select array_agg(id) as ids from (select id from intake.person where authority_id = $1 limit 5000) p)
       insert into intake.request (reference, kind, state, pack, service_id, handler_id, person_id, urgency, draft, locale, assigned_to, due_at,
           created_at, submitted_at, decided_at)
         select substr(upper(lpad(to_hex(n + 1), 10, '0')), 1, 5) || '-' || substr(upper(lpad(to_hex(n + 1), 10, '0')), 6), 'application', state,
           'ua-kharkiv', $2, $1, ids[1 + n % cardinality(ids)], case when n % 997 = 0 then 'emergency' else 'ordinary' end,
           '{"kind": "application", "particulars": {}, "situation": {}, "contact": {}}', 'uk', case when state <> 'submitted' then $3::uuid end,
           case when state in ('submitted', 'in-review') then sent + interval '10 days' end, sent, sent,
           case when state in ('accepted', 'refused') then sent + interval '5 days' end
         from (select n, $6::timestamptz - n * interval '97 seconds' as sent, case when n % 20 = 0 then 'submitted' when n % 20 in (1, 2) then 'in-review'
             when n % 20 = 3 then 'waiting' when n % 20 = 4 then 'refused' else 'accepted' end as state
           from generate_series($4::int, $4::int + $5::int - 1) n) made, people`,
      [office, service, account, before, count, db.clock.now],
    )
    await client.query(
      `insert into intake.clock (request_id, kind, deadline, started_at, due_at, warn_at)
         select id, 'decision', '{"id": "x", "kind": "decision", "names": {"en": "Decision"}, "rule": {"amount": 10, "unit": "working-days"}}',
           submitted_at, due_at, due_at from intake.request r where due_at is not null and not exists (select from intake.clock c where c.request_id = r.id)`,
    )
    for (const table of ['request', 'person']) await client.query(`alter table intake.${table} enable trigger user`)
    await client.query('commit')
    for (const table of ['request', 'person', 'clock']) await client.query(`vacuum analyze intake.${table}`)
  } finally {
    client.release()
  }
}

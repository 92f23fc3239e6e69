import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testHouse } from '../../../test/house.ts'
import { type Somebody, somebody } from '../../../test/people.ts'
import type { Actor } from '../../platform/access/actor.ts'
import { giveMandate } from './commands/give-mandate.ts'
import { decideItem } from './commands/meetings/decide-item.ts'
import { holdMeeting } from './commands/meetings/hold-meeting.ts'
import { planMeeting } from './commands/meetings/plan-meeting.ts'
import { does, okValue } from './governance.fixture.ts'
import { approved, heldMeeting } from './meetings.fixture.ts'
import { quorumOf } from './store/meetings/read-attendance.ts'

const at = await testHouse({ now: new Date('2026-11-29T10:00:00Z') })
const { db, url } = at
let secretary: Actor
let clerk: Somebody
const source = 'Gemeindeordnung für Baden-Württemberg, § 37'
/** on a page, the number stays with its sign */
const shown = source.replace('§ ', '§\u00a0')

beforeAll(async () => {
  secretary = await addActor(db, 'Secretary', [{ organisation: 'sozialamt', role: 'secretariat' }])
  clerk = await somebody(at, 'Clerk', [{ organisation: 'sozialamt', role: 'secretariat' }])
  // a council of four, so that half of it is two
  await db.ownerPool.query(
    `update governance.body set profile = jsonb_set(profile, '{seats}',
       '[{"slug": "mitglied", "role": "member", "names": {"de": "Mitglied"}, "filledBy": {"de": "Wahl"}, "places": 4}]')
     where slug = 'gemeinderat'`,
  )
  await db.ownerPool.query(
    `update governance.seat set withdrawn = true where body_id = (select id from governance.body where slug = 'gemeinderat')`,
  )
  await db.ownerPool.query(
    `insert into governance.seat (body_id, key, shared) select b.id, 'mitglied/' || n, false from governance.body b, generate_series(1, 4) n
     where b.slug = 'gemeinderat' on conflict (body_id, key) do update set withdrawn = false`,
  )
  for (let seat = 1; seat <= 4; seat++)
    okValue(
      await does(db, secretary, giveMandate, {
        body: 'gemeinderat',
        seat: `mitglied/${seat}`,
        name: `Beispiel ${seat}`,
        since: '2026-01-01',
      }),
    )
})

const council = (here: number, day = '2026-11-20') =>
  heldMeeting(db, secretary, { body: 'gemeinderat', here, day, item: { kind: 'soziales' } })
const decide = ({ item, there }: { item: string; there: { id: string }[] }, here: number) =>
  does(db, secretary, decideItem, {
    id: item,
    how: 'majority',
    outcome: 'agreed',
    title: 'Mehr Abende',
    votes: there.slice(0, here).map(({ id }) => ({ attendant: id, vote: 'yes' as const })),
  })
const needed = (id: string) => db.transact({ actor: secretary.account }, (tx) => quorumOf(tx, id))

describe('how many must be there', () => {
  test('GOV-3, GOV-12: the rule table of the region says it, as of the day of the meeting, with its source', async () => {
    const few = await council(1)
    expect(await needed(few.id)).toEqual({ here: 1, seats: 4, quorum: false, rule: { is: 'half', source } })
    expect(await decide(few, 1)).toMatchObject({ is: 'invalid', errors: [{ path: 'outcome' }] })
    const enough = await council(2)
    expect(await needed(enough.id)).toMatchObject({ quorum: true })
    okValue(await decide(enough, 2))
    expect(await (await clerk.browser.get(`/governance/meetings/${enough.id}/hold`)).text()).toContain(shown)
    await approved(db, secretary, enough.id, [])
    const page = await (await fetch(`${url}/meetings/${enough.id}`, { headers: { 'accept-language': 'de' } })).text()
    expect(page).toContain('mindestens die Hälfte')
    expect(page).toContain(shown)
  })

  test('GOV-12: a rule that held no longer on that day counts for nothing, and what a body says of itself goes before the table', async () => {
    await db.ownerPool.query(
      `update governance.rule_version v set ends = '2026-11-10' from governance.rule_table t
       where t.id = v.table_id and t.pack = 'de-stuttgart' and t.slug = 'quorum'`,
    )
    const before = await council(1, '2026-11-09')
    const after = await council(1, '2026-11-10')
    expect(await needed(before.id)).toMatchObject({ quorum: false, rule: { is: 'half' } })
    expect(await needed(after.id)).toMatchObject({ quorum: undefined, rule: undefined })
    await db.ownerPool.query(
      `update governance.rule_version v set ends = null from governance.rule_table t
       where t.id = v.table_id and t.pack = 'de-stuttgart' and t.slug = 'quorum'`,
    )
    const own = (set: string) =>
      db.ownerPool.query(`update governance.body set profile = ${set} where slug = 'gemeinderat'`)
    await own(`profile || '{"quorumIs": "all"}'`)
    const all = await council(3)
    expect(await needed(all.id)).toMatchObject({ quorum: false, rule: { is: 'all', source: null } })
    await own(`profile - 'quorumIs'`)
  })

  test('GOV-3: the database too takes no other rule than that of the day, and none once the meeting is open', async () => {
    const { id } = okValue(
      await does(db, secretary, planMeeting, { body: 'gemeinderat', day: '2026-11-21', begins: '17:00', locale: 'de' }),
    )
    const { rows } = await db.ownerPool.query<{ right: string; wrong: string }>(
      `select (array_agg(v.id) filter (where t.pack = 'de-stuttgart'))[1] as right, (array_agg(v.id) filter (where t.pack = 'ua-kharkiv'))[1] as wrong
       from governance.rule_version v join governance.rule_table t on t.id = v.table_id where t.slug = 'quorum'`,
    )
    const open = (is: string | null, version: string | null | undefined, state = 'held') =>
      db.transact({ actor: secretary.account }, (tx) =>
        tx.all(
          sql`update governance.meeting set state = ${state}, held_at = ${db.clock.now}, changed_at = ${db.clock.now}, quorum_is = ${is},
            quorum_version_id = ${version ?? null} where id = ${id}`,
        ),
      )
    await expect(open(null, null)).rejects.toThrow(/follows from the rule/)
    await expect(open('half', rows[0]?.wrong)).rejects.toThrow(/follows from the rule/)
    await expect(open('none', rows[0]?.right)).rejects.toThrow(/does not say this/)
    await expect(open('half', rows[0]?.right, 'invited')).rejects.toThrow(/settled when/)
    okValue(await does(db, secretary, holdMeeting, { id }))
    await expect(
      db.transact({ actor: secretary.account }, (tx) =>
        tx.all(sql`update governance.meeting set quorum_is = 'unknown' where id = ${id}`),
      ),
    ).rejects.toThrow(/settled when/)
  })
})

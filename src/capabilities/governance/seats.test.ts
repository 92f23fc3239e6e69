import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testHouse } from '../../../test/house.ts'
import type { Actor } from '../../platform/access/actor.ts'
import { endMandate } from './commands/end-mandate.ts'
import { giveMandate } from './commands/give-mandate.ts'
import { bodyBySlug } from './contract.ts'
import { does, okValue } from './governance.fixture.ts'
import { seatsOn } from './store/read-seats.ts'
import { saveBody } from './store/save-body.ts'

const { db } = await testHouse({ now: new Date('2026-11-29T10:00:00Z') })
const today = '2026-11-29'

let secretary: Actor
let colleague: Actor
let elsewhere: Actor

beforeAll(async () => {
  secretary = await addActor(db, 'Secretary', [{ organisation: 'viborg-kommune', role: 'secretariat' }])
  colleague = await addActor(db, 'Colleague', [{ organisation: 'viborg-kommune', role: 'case_worker' }])
  elsewhere = await addActor(db, 'Elsewhere', [{ organisation: 'jugendamt', role: 'secretariat' }])
})

/** How a seat stands for this reader; undefined where they may not know it. */
async function standing(actor: Actor | null, slug: string, key: string, day = today) {
  return db.transact({ actor: actor?.account ?? null }, async (tx) => {
    const body = await bodyBySlug(tx, slug)
    const seats = body && (await seatsOn(tx, [body], day)).get(body.id)
    return seats?.find((seat) => seat.key === key)?.standing
  })
}

const given = (more: Record<string, unknown> = {}) => ({
  body: 'dassos',
  seat: 'formand',
  name: 'Ada Holm',
  since: '2026-01-01',
  ...more,
})
const give = (more: Record<string, unknown> = {}, actor: Actor | null = secretary) =>
  does(db, actor, giveMandate, given(more))

describe('who sits where', () => {
  test('GOV-1: a seat is vacant, then held, then expired, as of any day', async () => {
    const seat = 'direktoer/lemvig-kommune'
    expect((await standing(null, 'dassos', seat))?.state).toBe('vacant')
    const { id } = okValue(await give({ seat, since: '2026-02-01', until: '2026-12-31' }))
    expect((await standing(null, 'dassos', seat))?.holders.map(({ name }) => name)).toEqual(['Ada Holm'])
    okValue(await does(db, secretary, endMandate, { id, until: '2026-06-30' }))
    expect((await standing(null, 'dassos', seat))?.state).toBe('expired')
    expect((await standing(null, 'dassos', seat))?.last?.until).toBe('2026-06-30')
    expect((await standing(null, 'dassos', seat, '2026-06-30'))?.state).toBe('held')
    expect((await standing(null, 'dassos', seat, '2026-01-31'))?.state).toBe('vacant')
  })

  test('GOV-1: no seat is filled twice at a time; on the day after the last day it is free again', async () => {
    const seat = 'direktoer/struer-kommune'
    okValue(await give({ seat, since: '2025-01-01', until: '2025-12-31' }))
    expect(await give({ seat, since: '2025-12-31' })).toMatchObject({ is: 'invalid', errors: [{ path: 'seat' }] })
    expect(await give({ seat, since: '2024-01-01' })).toMatchObject({ is: 'invalid' })
    okValue(await give({ seat, since: '2026-01-01' }))
    const racing = await Promise.all(
      Array.from({ length: 4 }, () => give({ seat: 'direktoer/odder-kommune', name: 'Bo Lind' })),
    )
    expect(racing.filter(({ is }) => is === 'ok')).toHaveLength(1)
  })

  test('GOV-1: several hold a seat where its rule says so', async () => {
    for (const name of ['Ada Holm', 'Bo Lind']) okValue(await give({ seat: 'sekretariat', name }))
    expect(await standing(null, 'dassos', 'sekretariat')).toMatchObject({ state: 'shared' })
  })

  test('GOV-1: what two hold when the rule no longer allows it is shown as doubly filled', async () => {
    const body = await db.transact({ actor: null }, (tx) => bodyBySlug(tx, 'ad-hoc-central-udmelding'))
    if (!body) throw new Error('the group is missing')
    const rule = { ...body.profile.seats[0], slug: 'two', places: 1 } as (typeof body.profile.seats)[number]
    const rules = (shared: boolean) =>
      db.transact({ actor: null, purpose: 'administration' }, (tx) =>
        saveBody(tx, { ...body.profile, seats: [{ ...rule, shared }] }, body.pack),
      )
    await rules(true)
    for (const name of ['Ada Holm', 'Bo Lind']) okValue(await give({ body: body.profile.slug, seat: 'two', name }))
    await rules(false)
    expect(await standing(null, body.profile.slug, 'two')).toMatchObject({ state: 'doubly-filled' })
    expect(await give({ body: body.profile.slug, seat: 'medlem' })).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'seat' }],
    })
  })

  test('GOV-1: a seat that may stay empty is never vacant', async () => {
    expect((await standing(null, 'dassos', 'formand', '2020-01-01'))?.state).toBe('vacant')
    expect((await standing(secretary, 'takstgruppen', 'medlem/lemvig-kommune'))?.state).toBe('free')
  })

  test('GOV-1: a seat of one organisation is filled by it alone', async () => {
    const seat = 'direktoer/skive-kommune'
    expect(await give({ seat, organisation: 'viborg-kommune' })).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'organisation' }],
    })
    okValue(await give({ seat, name: undefined }))
    expect((await standing(null, 'dassos', seat))?.holders[0]?.organisation?.slug).toBe('skive-kommune')
  })

  test('GOV-1: what is wrong is said at its field', async () => {
    for (const [more, path] of [
      [{ seat: 'throne' }, 'seat'],
      [{ until: '2025-01-01' }, 'until'],
      [{ name: undefined }, 'name'],
      [{ organisation: 'nobody' }, 'organisation'],
    ] as const)
      expect(await give(more)).toMatchObject({ is: 'invalid', errors: [{ path }] })
    expect(await give({ body: 'nobody' })).toEqual({ is: 'notFound' })
  })

  test('GOV-1: a mandate ends once, never before it began, and is never prolonged by ending it', async () => {
    const { id } = okValue(await give({ seat: 'kkr-konsulent', since: '2026-03-01', until: '2026-09-30' }))
    expect(await does(db, secretary, endMandate, { id, until: '2026-02-28' })).toMatchObject({ is: 'invalid' })
    expect(await does(db, secretary, endMandate, { id, until: '2026-12-31' })).toMatchObject({ is: 'late' })
    expect(await does(db, secretary, endMandate, { id: crypto.randomUUID(), until: today })).toEqual({ is: 'notFound' })
  })
})

describe('who may', () => {
  test('GOV-1: the secretariat of the body enters and ends, nobody else', async () => {
    const { id } = okValue(await give({ seat: 'direktoer/favrskov-kommune' }))
    for (const actor of [colleague, elsewhere, null]) {
      expect(await give({ seat: 'direktoer/samsoe-kommune' }, actor)).toEqual({ is: 'forbidden' })
      expect(await does(db, actor, endMandate, { id, until: today })).toEqual({ is: 'forbidden' })
    }
  })

  test('GOV-1: members of a public body are public by office; of all others its secretariat alone knows them', async () => {
    okValue(await give({ body: 'takstgruppen', seat: 'formand/viborg-kommune' }))
    expect((await standing(secretary, 'takstgruppen', 'formand/viborg-kommune'))?.state).toBe('held')
    for (const actor of [colleague, elsewhere, null]) {
      expect(await standing(actor, 'takstgruppen', 'formand/viborg-kommune')).toBeUndefined()
      const seen = await db.transact({ actor: actor?.account ?? null }, (tx) =>
        tx.all(sql`select m.id from governance.mandate m join governance.seat s on s.id = m.seat_id
          join governance.body b on b.id = s.body_id where b.slug = 'takstgruppen'`),
      )
      expect(seen).toEqual([])
    }
  })

  test('GOV-1: the database refuses the same once more', async () => {
    const { rows } = await db.ownerPool.query(
      `select s.id, s.key from governance.seat s join governance.body b on b.id = s.body_id where b.slug = 'dassos'`,
    )
    const seat = (key: string) => rows.find((row) => row.key === key).id as string
    const direct = (actor: Actor, values: { seat: string; name?: string | null; shared?: boolean; by?: string }) =>
      db.transact({ actor: actor.account }, (tx) =>
        tx.all(sql`insert into governance.mandate (seat_id, name, since, shared, given_by)
          values (${seat(values.seat)}, ${values.name === undefined ? 'Eva Krog' : values.name}, '2026-01-01',
                  ${values.shared ?? false}, ${values.by ?? actor.account})`),
      )
    await expect(direct(elsewhere, { seat: 'formand' })).rejects.toThrow(/row-level security/)
    await expect(direct(secretary, { seat: 'formand', by: colleague.account })).rejects.toThrow(/row-level security/)
    await expect(direct(secretary, { seat: 'direktoer/horsens-kommune' })).rejects.toThrow(/one organisation alone/)
    await expect(direct(secretary, { seat: 'formand', name: null })).rejects.toThrow(/check constraint/)
    await direct(secretary, { seat: 'formand' })
    // whoever claims that the seat may be shared is not believed
    await expect(direct(secretary, { seat: 'formand', shared: true })).rejects.toThrow(/mandate_alone/)
    for (const statement of [
      sql`delete from governance.mandate`,
      sql`update governance.mandate set name = 'Somebody'`,
      sql`delete from governance.seat`,
    ])
      await expect(db.transact({ actor: secretary.account }, (tx) => tx.all(statement))).rejects.toThrow(
        /permission denied/,
      )
    expect(
      await db.transact({ actor: secretary.account }, (tx) =>
        tx.all(sql`update governance.seat set shared = true returning id`),
      ),
    ).toEqual([])
  })

  test('GOV-1: each record stands in the audit trail, without a name', async () => {
    const { id } = okValue(await give({ seat: 'direktoer/norddjurs-kommune', name: 'Xenia Mark' }))
    const { rows } = await db.ownerPool.query(`select * from audit.event where about_id = $1`, [id])
    expect(rows).toHaveLength(1)
    expect(rows[0].act).toBe('governance.mandate.give')
    expect(JSON.stringify(rows[0])).not.toContain('Xenia')
  })
})

import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testHouse } from '../../../test/house.ts'
import { act, done, serviceId } from '../../../test/intake-house.ts'
import type { Actor } from '../../platform/access/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { linksOf } from '../../platform/thread/thread.ts'
import { serviceKind } from '../directory/contract.ts'
import {
  addStay,
  carryOut,
  contact,
  judge,
  keepAddresses,
  offerInUse,
  on,
  placesAt,
  plan,
  planOf,
  stored,
} from './adjustments.fixture.ts'
import { askByMail, askMeeting, choosePath, takeVerdict } from './commands/adjustments/ask-approval.ts'
import { contactMunicipalities } from './commands/adjustments/contact-municipalities.ts'
import { noteTariff, withdrawAdjustment } from './commands/adjustments/end-adjustment.ts'
import { judgeAdjustment, pathOn } from './commands/adjustments/judge.ts'
import { amendAdjustment, planAdjustment } from './commands/adjustments/plan-adjustment.ts'
import { addOffer, annexInForce } from './places.fixture.ts'
import { adjustmentsAround } from './store/adjustments/around-service.ts'
import { offerById } from './store/places/read-offer.ts'
import type { AdjustmentKind, AdjustmentState } from './types/adjustments.ts'
import { adjustmentKind } from './types/adjustments.ts'

const { db } = await testHouse({ now: new Date('2026-11-30T11:00:00Z') })

let operator: Actor
let secretary: Actor
let stranger: Actor

beforeAll(async () => {
  operator = await addActor(db, 'Operator', [{ organisation: 'viborg-kommune', role: 'provider' }])
  secretary = await addActor(db, 'Secretary', [{ organisation: 'viborg-kommune', role: 'secretariat' }])
  await keepAddresses(db, secretary, ['aarhus-kommune'])
  stranger = await addActor(db, 'Stranger', [{ organisation: 'aarhus-kommune', role: 'provider' }])
})
beforeEach(() => on(db, '2026-11-30'))

const as = <T>(actor: Actor | null, work: (tx: Tx) => Promise<T>) =>
  db.transact({ actor: actor?.account ?? null }, work)
const set = (actor: Actor, id: string, columns: ReturnType<typeof sql>) =>
  as(actor, (tx) =>
    tx.all(sql`update capacity.adjustment set ${columns}, changed_at = ${tx.now} where id = ${id} returning id`),
  )

/** What the rule of 1 March 2017 says, written a second time for this test. */
function rule(day: string, kind: AdjustmentKind, change: number): 'none' | 'approval' | undefined {
  if (day < '2017-03-01') return undefined
  return kind === 'closure' || Math.abs(change) > 10 ? 'approval' : 'none'
}
const stateAfter = { none: 'cleared', approval: 'approval-open', unknown: 'path-open' } as const
const days = ['2016-06-01', '2017-02-28', '2017-03-01', '2026-11-30']

describe('the path table', () => {
  test('CAP-3: over size, closure, scope, contact and date, program and database give exactly the outcome of the rule', async () => {
    for (const day of days) {
      const path = await as(null, (tx) => pathOn(tx, 'dk-midtjylland', day))
      const inDatabase = await as(null, (tx) =>
        tx.all(
          sql<{
            change: number
            closure: boolean
            scope: boolean
            contacted: boolean
            path: string | null
            days: number | null
          }>`
            select n as change, c as closure, s as scope, t as contacted, said ->> 'path' as path, (said ->> 'hearingDays')::int as days
            from generate_series(-14, 14) n, (values (true), (false)) c (c), (values (true), (false)) s (s), (values (true), (false)) t (t),
              lateral (select capacity.path_of('dk-midtjylland', ${day}::date, n, c, s, t) as said) found`,
        ),
      )
      expect(inDatabase).toHaveLength(29 * 8)
      for (const { change, closure, scope, contacted, ...said } of inDatabase) {
        const kind = closure ? 'closure' : 'change'
        const program = path.of({ kind, change, inScope: scope, contacted })
        const expected = scope ? rule(day, kind, change) : undefined
        expect(program?.path).toBe(expected)
        expect(said.path === 'none' || said.path === 'approval' ? said.path : undefined).toBe(expected)
        expect(program?.hearingDays ?? null).toBe(expected === 'approval' ? 14 : null)
        expect(said.days).toBe(expected === 'approval' ? 14 : null)
      }
    }
  })

  test('CAP-3: whatever is planned takes its path by contact, and no other state or path can be written', async () => {
    const change = fc.oneof(fc.integer({ min: -14, max: 14 }), fc.constantFrom(-11, -10, 10, 11)).filter((n) => n !== 0)
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...days),
        fc.constantFrom<AdjustmentKind>('change', 'change', 'closure'),
        change,
        fc.boolean(),
        async (day, kind, size, tells) => {
          on(db, day)
          const offer = await offerInUse(db)
          const id = await plan(db, operator, offer.slug, {
            kind,
            change: kind === 'closure' ? undefined : size,
            effectOn: '2027-03-01',
          })
          const expected = rule(day, kind, size)
          const right = stateAfter[expected ?? 'unknown']
          const states: AdjustmentState[] = ['path-open', 'approval-open', 'cleared', 'in-force', 'declined']
          const bodies = expected === 'approval' ? sql`'{dassos,forretningsudvalget}'::text[]` : sql`'{}'::text[]`
          const ways = expected === 'approval' ? sql`'{meeting,mail}'::text[]` : sql`'{}'::text[]`
          const hearing = expected === 'approval' ? 14 : null
          const write = (state: AdjustmentState, path: string | null) =>
            as(operator, (tx) =>
              tx.all(sql`update capacity.adjustment set state = ${state}, path = ${path}, bodies = ${bodies}, ways = ${ways}, hearing_days = ${hearing},
              contacted_at = ${tx.now}, changed_at = ${tx.now} where id = ${id}`),
            )
          // without contact no state at all, not even the right one
          for (const state of states) await expect(write(state, expected ?? null)).rejects.toThrow()
          if (!tells) return
          const contacted = await as(operator, (tx) =>
            tx.one(sql<{
              id: string
            }>`insert into capacity.adjustment_contact (adjustment_id, revision, municipality_id, contacted_at)
            select ${id}, 1, o.id, ${tx.now} from access.organisation o where o.slug = 'aarhus-kommune' returning id`),
          )
          // a contact without its letter is none
          await expect(write(right, expected ?? null)).rejects.toThrow(/contacted first/)
          await as(operator, (tx) =>
            tx.all(
              sql`insert into capacity.adjustment_letter (contact_id, because) values (${contacted?.id}, '{residents}')`,
            ),
          )
          for (const state of states)
            for (const path of ['none', 'approval', null])
              if (state !== right || path !== (expected ?? null)) await expect(write(state, path)).rejects.toThrow()
          await write(right, expected ?? null)
          expect((await stored(db, id)).state).toBe(right)
        },
      ),
      { numRuns: 16 },
    )
  })
})

describe('planning', () => {
  test.each([
    [-10, 'cleared'],
    [10, 'cleared'],
    [-11, 'approval-open'],
    [11, 'approval-open'],
  ] as const)('CAP-3: %i places, once the municipalities are contacted: %s', async (change, state) => {
    const offer = await offerInUse(db)
    const id = await plan(db, operator, offer.slug, { change })
    expect(await contact(db, operator, id)).toMatchObject({ state })
  })

  test('CAP-3: closing an offer of three places needs approval, and cannot be had as three places fewer', async () => {
    const offer = await offerInUse(db, { places: 3 })
    expect(await act(db, operator, planAdjustment, planOf(offer.slug, { change: -3 }))).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'change' }],
    })
    await expect(
      as(operator, (tx) =>
        tx.all(sql`insert into capacity.adjustment (offer_id, kind, change, effect_on, reason, tariff_effect, people_effect, alternatives, state, planned_by, changed_at)
          values (${offer.id}, 'change', -3, '2027-03-01', '{}', '{}', '{}', '{}', 'planned', ${operator.account}, ${tx.now})`),
      ),
    ).rejects.toThrow(/closing the offer/)
    const id = await plan(db, operator, offer.slug, { kind: 'closure' })
    expect(await contact(db, operator, id)).toMatchObject({ state: 'approval-open' })
    expect(await stored(db, id)).toMatchObject({
      change: -3,
      placesBefore: 3,
      bodies: ['dassos', 'forretningsudvalget'],
    })
  })

  test('CAP-3: an offer out of scope, a day that is over, and one that contradicts are refused by program and database', async () => {
    const alone = { slug: 'kun-viborg', id: await addOffer(db, { slug: 'kun-viborg', places: 20 }) }
    const used = await offerInUse(db)
    await plan(db, operator, used.slug, { change: 4 })
    const cases = [
      { offer: alone, change: -2, effectOn: '2027-03-01', path: 'offer', says: /not in scope/ },
      { offer: used, change: 2, effectOn: '2026-11-29', path: 'effectOn', says: /future/ },
      { offer: used, change: -2, effectOn: '2027-05-01', path: 'effectOn', says: /runs against/ },
      { offer: used, change: 2, effectOn: '2027-03-01', path: 'effectOn', says: /runs against/ },
    ]
    for (const { offer, change, effectOn, path, says } of cases) {
      expect(await act(db, operator, planAdjustment, planOf(offer.slug, { change, effectOn }))).toMatchObject({
        is: 'invalid',
        errors: [{ path }],
      })
      await expect(
        as(operator, (tx) =>
          tx.all(sql`insert into capacity.adjustment (offer_id, kind, change, effect_on, reason, tariff_effect, people_effect, alternatives, state, planned_by, changed_at)
            values (${offer.id}, 'change', ${change}, ${effectOn}::date, '{}', '{}', '{}', '{}', 'planned', ${operator.account}, ${tx.now})`),
        ),
      ).rejects.toThrow(says)
    }
    // the same direction on another day stands beside it
    await plan(db, operator, used.slug, { change: 3, effectOn: '2027-06-01' })
  })

  test('CAP-3: of two plans that contradict each other and come at once, one is kept', async () => {
    const offer = await offerInUse(db)
    const outcomes = await Promise.all([
      act(db, operator, planAdjustment, planOf(offer.slug, { change: 5 })),
      act(db, operator, planAdjustment, planOf(offer.slug, { change: -5 })),
    ])
    expect(outcomes.map(({ is }) => is).sort()).toEqual(['invalid', 'ok'])
  })

  test('CAP-4: six places and six within twelve months are named to the operator, and refused by nobody', async () => {
    const offer = await offerInUse(db, { places: 40 })
    await contact(db, operator, await plan(db, operator, offer.slug, { change: -6 }))
    const judged = await as(operator, async (tx) => {
      const found = await offerById(tx, offer.id)
      return found && judgeAdjustment(tx, found, { kind: 'change', change: -6, effectOn: '2027-09-01' })
    })
    expect(judged?.splitting).toMatchObject({ sum: -12, with: [{ change: -6 }] })
    await plan(db, operator, offer.slug, { change: -6, effectOn: '2027-09-01' })
  })
})

describe('contact', () => {
  test('CAP-3: whatever the size, each affected municipality is contacted first; the letters say so and hold a link', async () => {
    const offer = await offerInUse(db, { users: ['aarhus-kommune', 'samsoe-kommune'] })
    const id = await plan(db, operator, offer.slug, { change: 1 })
    const half = await act(db, operator, contactMunicipalities, { id })
    expect(half).toMatchObject({ is: 'invalid', errors: [{ path: 'municipalities.samsoe-kommune' }] })
    await as(operator, (tx) =>
      tx.all(sql`insert into capacity.adjustment_contact (adjustment_id, revision, municipality_id, contacted_at)
        select ${id}, 1, o.id, ${tx.now} from access.organisation o where o.slug = 'aarhus-kommune'`),
    )
    await expect(
      as(operator, (tx) =>
        tx.all(
          sql`update capacity.adjustment set state = 'cleared', path = 'none', contacted_at = ${tx.now}, changed_at = ${tx.now} where id = ${id}`,
        ),
      ),
    ).rejects.toThrow(/contacted first/)
  })

  test('CAP-3: the jobs of adjustments read the addresses of secretariats and operators, and of nobody else', async () => {
    const offer = await offerInUse(db)
    await plan(db, operator, offer.slug, { change: -4 })
    const others = [
      await addActor(db, 'Reader Worker', [{ organisation: 'viborg-kommune', role: 'case_worker' }]),
      await addActor(db, 'Reader Elsewhere', [{ organisation: 'jugendamt', role: 'secretariat' }]),
    ]
    const read = await db.transact({ actor: null, purpose: 'capacity.adjustments' }, (tx) =>
      tx.all(sql<{ id: string }>`select id from access.account`),
    )
    const ids = read.map(({ id }) => id)
    for (const hears of [secretary, operator]) expect(ids).toContain(hears.account)
    for (const other of others) expect(ids).not.toContain(other.account)
  })

  test('CAP-3: who became affected later is contacted before the day, or nothing takes effect', async () => {
    const offer = await offerInUse(db)
    const id = await plan(db, operator, offer.slug, { change: -4, effectOn: '2026-12-20' })
    await contact(db, operator, id)
    await addStay(db, offer.id, 'samsoe-kommune', 9, '2026-12-10')
    on(db, '2026-12-20')
    expect(await carryOut(db, id)).toBe('contact-missing')
    await expect(
      db.transact({ actor: null, purpose: 'capacity.adjustments' }, (tx) =>
        tx.all(sql`update capacity.adjustment set state = 'in-force', changed_at = ${tx.now} where id = ${id}`),
      ),
    ).rejects.toThrow(/contacted first/)
    await keepAddresses(db, secretary, ['samsoe-kommune'])
    await contact(db, operator, id)
    expect(await carryOut(db, id)).toBe('in-force')
    expect(await placesAt(db, offer.id, '2026-12-20')).toBe(16)
  })

  test('CAP-3: another size after contact is contacted anew; a later day is not, an earlier one is', async () => {
    const offer = await offerInUse(db)
    const id = await plan(db, operator, offer.slug, { change: -4 })
    await contact(db, operator, id)
    const { offer: _, ...same } = planOf(offer.slug, { change: -4 })
    expect(done(await act(db, operator, amendAdjustment, { ...same, id, effectOn: '2027-04-01' })).anew).toBe(false)
    expect(await stored(db, id)).toMatchObject({ state: 'cleared', effectOn: '2027-04-01', revision: 1 })
    expect(
      done(await act(db, operator, amendAdjustment, { ...same, id, change: -5, effectOn: '2027-04-01' })).anew,
    ).toBe(true)
    expect(await stored(db, id)).toMatchObject({ state: 'planned', revision: 2, path: undefined })
    await expect(
      set(operator, id, sql`state = 'cleared', path = 'none', contacted_at = '2026-11-30T11:00Z'`),
    ).rejects.toThrow(/contacted first/)
    await contact(db, operator, id)
    expect(
      done(await act(db, operator, amendAdjustment, { ...same, id, change: -5, effectOn: '2027-02-01' })).anew,
    ).toBe(true)
  })
})

describe('approval and effect', () => {
  test('CAP-3: nobody puts eleven places in force without approval: not the operator, the secretariat, or the job', async () => {
    const offer = await offerInUse(db)
    const id = await plan(db, operator, offer.slug, { change: -11, effectOn: '2026-12-20' })
    await contact(db, operator, id)
    for (const actor of [operator, secretary])
      for (const state of ['cleared', 'in-force'] as const)
        await expect(set(actor, id, sql`state = ${state}`)).rejects.toThrow()
    on(db, '2026-12-20')
    expect(await carryOut(db, id)).toBe('waits')
    await expect(
      as(operator, (tx) =>
        tx.all(sql`select capacity.change_places(${offer.id}, '2026-12-20', 9, 9, 'without approval', ${id})`),
      ),
    ).rejects.toThrow(/does not carry/)
    expect(await placesAt(db, offer.id, '2026-12-20')).toBe(20)
    expect(await act(db, secretary, takeVerdict, { id })).toMatchObject({ is: 'late' })
  })

  test('CAP-3: a body that may not approve is not asked, in program and database', async () => {
    const offer = await offerInUse(db)
    const id = await plan(db, operator, offer.slug, { change: -11 })
    await contact(db, operator, id)
    const wrong = { id, body: 'viborg-visitationsudvalg' }
    for (const outcome of [await act(db, secretary, askByMail, wrong), await act(db, secretary, askMeeting, wrong)])
      expect(outcome).toMatchObject({ is: 'invalid', errors: [{ path: 'body' }] })
    const matter = await as(secretary, (tx) =>
      tx.one(sql<{
        id: string
      }>`insert into governance.matter (body_id, kind, title, source, source_kind, source_id, state, raised_by, raised_at, changed_at)
        select b.id, 'arbejdsgang', '{"da":"x"}', 'adjustment', 'capacity.adjustment', ${id}, 'prepared', ${secretary.account}, ${tx.now}, ${tx.now}
        from governance.body b where b.slug = 'viborg-visitationsudvalg' returning id`),
    )
    await expect(set(secretary, id, sql`way = 'meeting', matter_id = ${matter?.id}`)).rejects.toThrow(
      /body that may give it/,
    )
  })

  test('CAP-3: DASSOS approves at a meeting, the places change on the day, the tariff is due, and the thread shows it', async () => {
    const offer = await offerInUse(db)
    const id = await plan(db, operator, offer.slug, { change: -12, effectOn: '2027-01-15' })
    await contact(db, operator, id)
    const { matter } = done(await act(db, secretary, askMeeting, { id, body: 'dassos' }))
    expect(await judge(db, id)).toBe('waits')
    on(db, '2026-12-10')
    const decision = await decide(matter, 'agreed')
    // a decision alone, about nothing of ours, approves nothing
    await expect(
      set(secretary, id, sql`state = 'cleared', decision_id = ${await decide(undefined, 'agreed')}`),
    ).rejects.toThrow(/no entitled body/)
    expect(done(await act(db, secretary, takeVerdict, { id })).outcome).toBe('agreed')
    expect(await stored(db, id)).toMatchObject({ state: 'cleared', decision, clearedOn: '2026-12-10' })
    on(db, '2027-01-14')
    expect(await carryOut(db, id)).toBe('waits')
    await expect(
      db.transact({ actor: null, purpose: 'capacity.adjustments' }, (tx) =>
        tx.all(sql`update capacity.adjustment set state = 'in-force', changed_at = ${tx.now} where id = ${id}`),
      ),
    ).rejects.toThrow(/day has not come/)
    on(db, '2027-01-15')
    expect(await carryOut(db, id)).toBe('in-force')
    expect(await carryOut(db, id)).toBe('waits')
    expect([await placesAt(db, offer.id, '2027-01-14'), await placesAt(db, offer.id, '2027-01-15')]).toEqual([20, 8])
    expect((await stored(db, id)).tariffDue).toBe(true)
    done(await act(db, operator, noteTariff, { id }))
    expect(await act(db, operator, noteTariff, { id })).toMatchObject({ is: 'late' })
    const links = await as(null, (tx) => linksOf(tx, { kind: adjustmentKind, id }))
    expect(links.map(({ relation, to }) => [relation, to.kind])).toEqual(
      expect.arrayContaining([
        ['changes', 'capacity.offer'],
        ['raises', 'governance.matter'],
        ['approved-by', 'governance.decision'],
      ]),
    )
  })

  test('CAP-3: after approval another size needs contact and approval anew', async () => {
    const offer = await offerInUse(db, { places: 30 })
    const id = await plan(db, operator, offer.slug, { change: -12 })
    await contact(db, operator, id)
    await decide(
      done(await act(db, secretary, askMeeting, { id, body: 'forretningsudvalget' })).matter,
      'agreed',
      'forretningsudvalget',
    )
    expect(await judge(db, id)).toBe('approved')
    const { offer: _, ...same } = planOf(offer.slug, { change: -13 })
    expect(done(await act(db, operator, amendAdjustment, { ...same, id })).anew).toBe(true)
    await contact(db, operator, id)
    // the decision was about twelve places
    expect(await judge(db, id)).toBe('waits')
    expect(await stored(db, id)).toMatchObject({ state: 'approval-open', decision: undefined, matter: undefined })
  })

  test('CAP-3: declined, it is over, and the places stay', async () => {
    const offer = await offerInUse(db)
    const id = await plan(db, operator, offer.slug, { kind: 'closure' })
    await contact(db, operator, id)
    await decide(done(await act(db, secretary, askMeeting, { id, body: 'dassos' })).matter, 'declined')
    expect(await judge(db, id)).toBe('declined')
    expect(await act(db, operator, withdrawAdjustment, { id, reason: 'too late' })).toMatchObject({ is: 'late' })
    on(db, '2027-03-02')
    expect(await carryOut(db, id)).toBe('waits')
    expect(await placesAt(db, offer.id, '2027-03-02')).toBe(20)
  })

  test('CAP-3: approved too late for its day, it needs a later one, and then takes effect on it', async () => {
    const offer = await offerInUse(db)
    const id = await plan(db, operator, offer.slug, { change: -12, effectOn: '2026-12-05' })
    await contact(db, operator, id)
    const { matter } = done(await act(db, secretary, askMeeting, { id, body: 'dassos' }))
    on(db, '2026-12-08')
    await decide(matter, 'agreed')
    expect(await judge(db, id)).toBe('approved')
    expect(await carryOut(db, id)).toBe('waits')
    const { offer: _, ...same } = planOf(offer.slug, { change: -12, effectOn: '2026-12-20' })
    expect(done(await act(db, operator, amendAdjustment, { ...same, id })).anew).toBe(false)
    on(db, '2026-12-20')
    expect(await carryOut(db, id)).toBe('in-force')
  })

  test('CAP-3: closing takes all places and ends the offer on its day', async () => {
    const offer = await offerInUse(db, { places: 3 })
    const id = await plan(db, operator, offer.slug, { kind: 'closure', effectOn: '2027-01-15' })
    await contact(db, operator, id)
    await decide(done(await act(db, secretary, askMeeting, { id, body: 'dassos' })).matter, 'agreed')
    expect(await judge(db, id)).toBe('approved')
    on(db, '2027-01-15')
    expect(await carryOut(db, id)).toBe('in-force')
    expect(await placesAt(db, offer.id, '2027-01-15')).toBe(0)
    expect((await as(null, (tx) => offerById(tx, offer.id)))?.closed).toBe('2027-01-15')
  })

  test('DIR-9: the page of a service tells how its places change, and what decided it; a plan that nobody was told of, and one that was withdrawn, are told nowhere', async () => {
    const offer = await offerInUse(db)
    const service = await serviceId(db, 'nadannia-prytulku')
    await db.ownerPool.query('update capacity.offer set service_id = $1 where id = $2', [service, offer.id])
    const told = () => as(null, (tx) => adjustmentsAround(tx, { kind: serviceKind, id: service }))
    const id = await plan(db, operator, offer.slug, { change: -12, effectOn: '2027-02-01' })
    expect(await told()).toEqual([])
    await contact(db, operator, id)
    const withdrawn = await plan(db, operator, offer.slug, { change: -1, effectOn: '2027-03-01' })
    await contact(db, operator, withdrawn)
    done(await act(db, operator, withdrawAdjustment, { id: withdrawn, reason: 'Eksempel: ikke nødvendigt' }))
    expect((await told()).map(({ href }) => href)).toEqual([`/adjustments/${id}`])
    const decision = await decide(done(await act(db, secretary, askMeeting, { id, body: 'dassos' })).matter, 'agreed')
    expect(await judge(db, id)).toBe('approved')
    expect((await told()).map(({ href }) => href)).toEqual([`/adjustments/${id}`, `/decisions/${decision}`])
    await annexInForce(db, secretary.account, {
      pack: 'dk-midtjylland',
      since: '2026-01-01',
      until: '2026-11-30',
      offers: [offer.slug],
    })
    expect((await told())[0]?.href).toBe('/framework-agreements/test-agreement')
    on(db, '2026-12-01')
    expect((await told())[0]?.href).toBe(`/adjustments/${id}`)
    expect(await as(null, (tx) => adjustmentsAround(tx, { kind: adjustmentKind, id }))).toEqual([])
  })

  test('CAP-3: before 1 March 2017 the secretariat chooses the path, says why, and nobody else does', async () => {
    on(db, '2017-02-15')
    const offer = await offerInUse(db)
    const id = await plan(db, operator, offer.slug, { change: -2, effectOn: '2017-06-01' })
    expect(await contact(db, operator, id)).toMatchObject({ state: 'path-open' })
    expect(await act(db, operator, choosePath, { id, path: 'none', reason: 'It is small' })).toEqual({
      is: 'forbidden',
    })
    expect(await act(db, secretary, choosePath, { id, path: 'none', reason: ' ' })).toMatchObject({ is: 'invalid' })
    await expect(set(operator, id, sql`state = 'cleared', path = 'none'`)).rejects.toThrow(/secretariat chooses/)
    expect(done(await act(db, secretary, choosePath, { id, path: 'none', reason: 'Two places only' })).state).toBe(
      'cleared',
    )
    on(db, '2017-06-01')
    expect(await carryOut(db, id)).toBe('in-force')
  })
})

describe('who may', () => {
  test('CAP-3: a plan is seen by its operator and the secretariat; what was told is seen by everybody', async () => {
    const offer = await offerInUse(db)
    const id = await plan(db, operator, offer.slug, { change: 2 })
    const sees = async (actor: Actor | null) =>
      (await as(actor, (tx) => tx.all(sql`select id from capacity.adjustment where id = ${id}`))).length === 1
    expect(await Promise.all([operator, secretary, stranger, null].map(sees))).toEqual([true, true, false, false])
    await contact(db, operator, id)
    expect(await Promise.all([operator, secretary, stranger, null].map(sees))).toEqual([true, true, true, true])
    const letters = (actor: Actor | null) =>
      as(actor, (tx) => tx.all(sql`select email from capacity.adjustment_letter`))
    expect((await letters(operator)).length).toBeGreaterThan(0)
    expect(await letters(stranger)).toEqual([])
    expect(await letters(null)).toEqual([])
  })

  test('CAP-3: each step is open to those whom it is for, and to nobody else', async () => {
    const offer = await offerInUse(db)
    const id = await plan(db, operator, offer.slug, { change: -12 })
    const { offer: _, ...same } = planOf(offer.slug, { change: -12 })
    const deeds = {
      plan: [planAdjustment, planOf(offer.slug, { change: -1, effectOn: '2028-01-01' })],
      contact: [contactMunicipalities, { id }],
      amend: [amendAdjustment, { ...same, id }],
      withdraw: [withdrawAdjustment, { id, reason: 'no longer needed' }],
      tariff: [noteTariff, { id }],
      path: [choosePath, { id, path: 'none', reason: 'because' }],
      'ask-mail': [askByMail, { id, body: 'dassos' }],
      'ask-meeting': [askMeeting, { id, body: 'dassos' }],
      verdict: [takeVerdict, { id }],
    } as const
    const forOperator = ['plan', 'contact', 'amend', 'withdraw', 'tariff']
    for (const [name, [command, input]] of Object.entries(deeds))
      for (const [who, actor] of Object.entries({ operator, secretary, stranger, nobody: null })) {
        const mine = forOperator.includes(name) ? who === 'operator' : who === 'secretary'
        if (mine) continue
        const outcome = await act(db, actor, command as typeof takeVerdict, input as { id: string })
        // whoever may not see a plan is not told that it is there
        expect(`${name} ${who} ${outcome.is}`).toMatch(/ (forbidden|notFound)$/)
      }
    expect((await stored(db, id)).state).toBe('planned')
  })
})

/** Records what a body decided on a matter, as its secretariat does. Without a matter it is a decision about something else. */
async function decide(matter: string | undefined, outcome: 'agreed' | 'declined', body = 'dassos'): Promise<string> {
  return as(secretary, async (tx) => {
    const row = await tx.one(
      sql<{
        id: string
      }>`insert into governance.decision (body_id, decided_on, matter, outcome, title, about_person, entered, recorded_by, recorded_at)
        select b.id, ${tx.now.toISOString().slice(0, 10)}::date, 'kapacitetsjustering', ${outcome}, '{"da":"Eksempel"}', false, 'by-secretariat', ${secretary.account}, ${tx.now}
        from governance.body b where b.slug = ${body} returning id`,
    )
    if (matter)
      await tx.all(
        sql`insert into governance.matter_step (matter_id, deed, from_state, body_id, decision_id, made_by, made_at)
          select m.id, 'decided', m.state, m.body_id, ${row?.id}, ${secretary.account}, ${tx.now} from governance.matter m where m.id = ${matter}`,
      )
    return row?.id ?? ''
  })
}

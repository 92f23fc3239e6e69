import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testHouse } from '../../../test/house.ts'
import { act, done } from '../../../test/intake-house.ts'
import type { Actor } from '../../platform/access/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { recordDecision } from '../governance/contract.ts'
import { draftSheet } from './commands/tariffs/draft-sheet.ts'
import { enterSheets } from './commands/tariffs/enter-sheets.ts'
import { dropDraft, publishSheet } from './commands/tariffs/publish-sheet.ts'
import { recordConsent, recordResult } from './commands/tariffs/record-result.ts'
import { addOffer } from './places.fixture.ts'
import { beyondBand } from './rules/tariffs/carried.ts'
import { Exact, halfUp } from './rules/tariffs/exact.ts'
import { editionsOf, sheetOf } from './store/tariffs/read-sheets.ts'
import { sheetFields } from './tariffs.fixture.ts'

const { db } = await testHouse({ now: new Date('2026-11-29T10:00:00Z') })

let economist: Actor
let elsewhere: Actor
let secretary: Actor
let offer = ''

beforeAll(async () => {
  economist = await addActor(db, 'Economist', [{ organisation: 'skive-kommune', role: 'economist' }])
  elsewhere = await addActor(db, 'Elsewhere', [{ organisation: 'randers-kommune', role: 'economist' }])
  secretary = await addActor(db, 'Secretary', [{ organisation: 'viborg-kommune', role: 'secretariat' }])
  offer = await addOffer(db, { slug: 'hedelyset', operator: 'skive-kommune', places: 10 })
})

const as = <T>(actor: Actor | null, work: (tx: Tx) => Promise<T>) =>
  db.transact({ actor: actor?.account ?? null }, work)
const draft = (more: object = {}, actor: Actor | null = economist) =>
  act(db, actor, draftSheet, { offer: 'hedelyset', year: 2026, ...sheetFields(), ...more })
const publish = (year = 2026, version = 1, slug = 'hedelyset') =>
  act(db, economist, publishSheet, { offer: slug, year, version })
const errors = (outcome: Awaited<ReturnType<typeof draft>>) => (outcome.is === 'invalid' ? outcome.errors : outcome.is)

describe('a tariff sheet', () => {
  test('CAP-5: is drafted by an economist of the operator, seen by nobody else, published, and then there for all', async () => {
    expect((await draft({}, elsewhere)).is).toBe('forbidden')
    expect((await draft({}, null)).is).toBe('forbidden')
    const made = done(await draft())
    expect(made.tariff).toBe('1609.94')
    expect(await as(null, (tx) => sheetOf(tx, offer, 2026, 'draft'))).toBeUndefined()
    expect(await as(elsewhere, (tx) => sheetOf(tx, offer, 2026, 'draft'))).toBeUndefined()
    expect((await as(secretary, (tx) => sheetOf(tx, offer, 2026, 'draft')))?.id).toBe(made.id)
    expect((await draft()).is).toBe('conflict')
    expect(done(await draft({ version: 1 })).version).toBe(2)
    expect((await publish(2026, 1)).is).toBe('conflict')
    expect(done(await publish(2026, 2)).edition).toBe(1)
    const sheet = await as(null, (tx) => sheetOf(tx, offer, 2026, 'holds'))
    expect(sheet?.tariff).toBe('1609.94')
    expect(sheet?.lines.map(({ source }) => source)).toContain('Budget 2026, konto 5.50')
  })

  test('CAP-5: never changes once it is published; a wrong one is superseded, with the reason', async () => {
    expect(errors(await draft())).toMatchObject([{ path: 'reason' }])
    done(await draft({ ...sheetFields({}, { direct: '5100000.00' }), reason: 'Lønnen var for lav.' }))
    done(await publish())
    const editions = await as(null, (tx) => editionsOf(tx, offer, 2026))
    expect(editions.map(({ edition, tariff }) => [edition, tariff])).toEqual([
      [2, '1638.19'],
      [1, '1609.94'],
    ])
    expect((await as(null, (tx) => sheetOf(tx, offer, 2026, 1)))?.superseded).toBe(true)
    const [id] = editions.map((sheet) => sheet.id)
    for (const change of [
      sql`update capacity.tariff_sheet set direct = 1 where id = ${id}`,
      sql`update capacity.tariff_sheet set state = 'draft' where id = ${id}`,
      sql`insert into capacity.tariff_line (sheet_id, position, part, label, amount, source) values (${id}, 50, 'direct', 'Mere', 1, 'ingen')`,
      sql`insert into capacity.tariff_supplement (sheet_id, position, name, amount, per, reason) values (${id}, 1, 'Mere', 1, 'day', 'uden nogen grund')`,
    ])
      await expect(as(economist, (tx) => tx.all(change))).rejects.toThrow(/never changes/)
    await expect(db.ownerPool.query('delete from capacity.tariff_sheet where id = $1', [id])).rejects.toThrow(/stays/)
    await expect(db.ownerPool.query('delete from capacity.tariff_line where sheet_id = $1', [id])).rejects.toThrow(
      /never changes/,
    )
  })

  test('CAP-5: whose stated tariff differs is refused by the program and by the database', async () => {
    expect(errors(await draft({ year: 2027, tariff: '1700.00' }))).toMatchObject([
      { path: 'tariff', message: expect.stringContaining('1609.94') },
    ])
    const { id } = done(await draft({ year: 2027, tariff: '1609.94' }))
    const publishing = (columns: string) =>
      db.ownerPool.query(`update capacity.tariff_sheet set state = 'published', ${columns} where id = $1`, [id])
    await expect(publishing('tariff = 1609.95')).rejects.toThrow(/not what its figures make/)
    await expect(publishing('direct = direct + 1')).rejects.toThrow(/not the sums/)
    await expect(publishing('occupancy = 94')).rejects.toThrow(/not the sums/)
    await expect(publishing("currency = 'EUR'")).rejects.toThrow(/DKK/)
    done(await act(db, economist, dropDraft, { offer: 'hedelyset', year: 2027, version: 1 }))
  })

  test('CAP-5: money as text is refused in words by the program, and by the database', async () => {
    expect(errors(await draft({ year: 2027, ...sheetFields({}, { direct: '1.234,50 kr' }) }))).toMatchObject([
      { path: 'lines.0.amount', message: expect.stringContaining('1234.50') },
    ])
    const { id } = done(await draft({ year: 2027 }))
    for (const amount of ['1.234,50 kr', 'NaN', 'Infinity', '12e20'])
      await expect(
        as(economist, (tx) =>
          tx.all(sql`insert into capacity.tariff_supplement (sheet_id, position, name, amount, per, reason)
            values (${id}, 1, 'Tillæg', ${sql.lit(amount)}, 'day', 'fordi det er nødvendigt')`),
        ),
      ).rejects.toThrow(/invalid input syntax for type numeric|violates check/)
    await expect(
      as(economist, (tx) =>
        tx.all(
          sql`insert into capacity.tariff_supplement (sheet_id, position, name, amount, per, reason) values (${id}, 1, 'Tillæg', 1.005, 'day', 'fordi det er nødvendigt')`,
        ),
      ),
    ).rejects.toThrow(/check/)
    done(await act(db, economist, dropDraft, { offer: 'hedelyset', year: 2027, version: 1 }))
  })

  test('CAP-5: supplements are named and justified', async () => {
    const supplement = { name: 'Nattevagt', amount: '412.50', per: 'day' as const }
    expect(
      errors(
        await draft({
          year: 2028,
          ...sheetFields({}, { days: '366' }),
          supplements: [{ ...supplement, reason: 'derfor' }],
        }),
      ),
    ).toMatchObject([{ path: 'supplements.0.reason' }])
    done(
      await draft({
        year: 2028,
        ...sheetFields({}, { days: '366' }),
        supplements: [{ ...supplement, reason: 'En borger har brug for hjælp om natten.' }],
      }),
    )
    done(await publish(2028))
    expect((await as(null, (tx) => sheetOf(tx, offer, 2028, 'holds')))?.supplements).toHaveLength(1)
    expect((await as(null, (tx) => sheetOf(tx, offer, 2028, 'holds')))?.tariff).toBe('1605.54')
  })
})

test('CAP-5: the database cuts what lies beyond the band to whole coins, as the program does', async () => {
  for (const [result, costs, band] of [
    ['100.00', '333.33', 5],
    ['-100.00', '333.33', 5],
    ['16.66', '333.33', 5],
  ] as const) {
    const row = await as(null, (tx) =>
      tx.one(
        sql<{
          beyond: string
        }>`select capacity.beyond_band(${result}, ${costs}, ${band})::numeric(12, 2)::text as beyond`,
      ),
    )
    expect(row?.beyond).toBe(beyondBand(result, costs, band))
  }
})

describe('occupancy', () => {
  test('CAP-5: outside the bounds of the pack it needs the consent of a body that may give it; who asks does not enter it', async () => {
    const low = { year: 2029, ...sheetFields({}, { occupancy: '90' }) }
    expect(errors(await draft(low))).toMatchObject([{ path: 'lines.5.amount', message: expect.stringContaining('95') }])
    const decided = (outcome: 'agreed' | 'declined') =>
      act(db, secretary, recordDecision, {
        body: 'dassos',
        matter: 'oevrige-sager',
        decidedOn: '2026-11-20',
        outcome,
        title: { da: 'Lavere belægning på Hedelyset' },
      })
    const agreed = done(await decided('agreed'))
    const declined = done(await decided('declined'))
    const consent = { offer: 'hedelyset', year: 2029, untilYear: 2030, least: '88', most: '100' }
    expect((await act(db, economist, recordConsent, { ...consent, decision: agreed.id })).is).toBe('forbidden')
    expect((await act(db, secretary, recordConsent, { ...consent, decision: declined.id })).is).toBe('invalid')
    await expect(
      as(secretary, (tx) =>
        tx.all(sql`insert into capacity.tariff_consent (offer_id, from_year, until_year, least, most, decision_id, entered_by)
          values (${offer}, 2029, 2030, 88, 100, ${declined.id}, ${secretary.account})`),
      ),
    ).rejects.toThrow(/no decision of a body/)
    done(await act(db, secretary, recordConsent, { ...consent, decision: agreed.id }))
    const { id } = done(await draft(low))
    // the draft of another year has no consent
    const other = done(await draft({ year: 2031 }))
    await db.ownerPool.query("update capacity.tariff_line set amount = 90 where sheet_id = $1 and part = 'occupancy'", [
      other.id,
    ])
    await expect(
      db.ownerPool.query(
        "update capacity.tariff_sheet set state = 'published', occupancy = 90, tariff = 1735.16 where id = $1",
        [other.id],
      ),
    ).rejects.toThrow(/needs the consent/)
    done(await publish(2029))
    const sheet = await as(null, (tx) => sheetOf(tx, offer, 2029, 'holds'))
    expect([sheet?.id, sheet?.consent?.decision]).toEqual([id, agreed.id])
  })

  test('CAP-5: of acute and short stays may be lower', async () => {
    await addOffer(db, { slug: 'krisecenter', operator: 'skive-kommune', paragraph: 'sel-109' })
    done(
      await act(db, economist, draftSheet, {
        offer: 'krisecenter',
        year: 2026,
        ...sheetFields({}, { occupancy: '90' }),
      }),
    )
    done(await publish(2026, 1, 'krisecenter'))
  })
})

describe('results', () => {
  test('CAP-5: what lies beyond five per cent is carried into the year n + 2, exactly, by program and database', async () => {
    await addOffer(db, { slug: 'stensbakken', operator: 'skive-kommune' })
    const result = {
      offer: 'stensbakken',
      year: 2024,
      costs: '5000000.00',
      result: '300000.00',
      source: 'Regnskab 2024',
    }
    expect((await act(db, elsewhere, recordResult, result)).is).toBe('forbidden')
    expect(Number(done(await act(db, economist, recordResult, result)).beyond)).toBe(50000)
    expect((await act(db, economist, recordResult, result)).is).toBe('invalid')
    const sheet = { offer: 'stensbakken', year: 2026 }
    expect(errors(await act(db, economist, draftSheet, { ...sheet, ...sheetFields() }))).toMatchObject([
      { message: expect.stringContaining('-50000.00') },
    ])
    const carried = { part: 'carried' as const, label: 'Overskud 2024', amount: '-50000', source: 'Regnskab 2024' }
    const fields = sheetFields()
    const { id } = done(
      await act(db, economist, draftSheet, { ...sheet, ...fields, lines: [...fields.lines, carried] }),
    )
    await db.ownerPool.query(
      "update capacity.tariff_line set amount = -60000 where sheet_id = $1 and part = 'carried'",
      [id],
    )
    await expect(
      db.ownerPool.query("update capacity.tariff_sheet set state = 'published', carried = -60000 where id = $1", [id]),
    ).rejects.toThrow(/carries -50000.00 into 2026/)
    await db.ownerPool.query(
      "update capacity.tariff_line set amount = -50000 where sheet_id = $1 and part = 'carried'",
      [id],
    )
    expect(done(await publish(2026, 1, 'stensbakken')).tariff).toBe('1595.82')
  })
})

describe('the database', () => {
  test('CAP-5: divides and rounds as the program does', async () => {
    const given = fc.sample(
      fc.tuple(fc.bigInt({ min: 1n, max: 10n ** 14n }), fc.bigInt({ min: 1n, max: 10n ** 12n })),
      { numRuns: 300, seed: 5 },
    )
    const { rows } = await db.ownerPool.query(
      'select capacity.half_up(n, d, 2)::text as value from unnest($1::numeric[], $2::numeric[]) with ordinality as t (n, d, at) order by at',
      [given.map(([n]) => String(n)), given.map(([, d]) => String(d))],
    )
    expect(rows.map(({ value }) => value)).toEqual(
      given.map(([n, d]) => halfUp(new Exact(String(n)), new Exact(String(d)), 2)),
    )
  })
})

describe('points', () => {
  test('CAP-5: prices of a scheme of points are points times a value of five digits', async () => {
    const sozialamt = await addActor(db, 'Ökonom', [{ organisation: 'sozialamt', role: 'economist' }])
    const id = await addOffer(db, {
      slug: 'wohnform',
      pack: 'de-stuttgart',
      operator: 'sozialamt',
      paragraph: 'sgb-9-besondere-wohnform',
    })
    const fields = {
      offer: 'wohnform',
      year: 2026,
      lines: [{ part: 'point-value' as const, label: 'Punktwert', amount: '0.06543', source: 'Vereinbarung 2026' }],
      items: [
        { name: 'Ganzwaschung', points: '410' },
        { name: 'Hilfe beim Essen', points: '250' },
      ],
    }
    done(await act(db, sozialamt, draftSheet, fields))
    done(await act(db, sozialamt, publishSheet, { offer: 'wohnform', year: 2026, version: 1 }))
    const sheet = await as(null, (tx) => sheetOf(tx, id, 2026, 'holds'))
    expect(sheet?.items.map(({ price }) => price)).toEqual(['26.83', '16.36'])
    expect(sheet?.pointValue).toBe('0.06543')
    expect(errors(await act(db, sozialamt, draftSheet, { ...sheetFields(), offer: 'wohnform', year: 2027 }))).not.toBe(
      'ok',
    )
  })
})

describe('many at once', () => {
  test('CAP-10: the secretariat that collects enters all or none, and nobody else does', async () => {
    for (const slug of ['a-huset', 'b-huset']) await addOffer(db, { slug, operator: 'samsoe-kommune' })
    const sheets = ['a-huset', 'b-huset'].map((slug) => ({ offer: slug, year: 2025, ...sheetFields() }))
    const enter = (given: typeof sheets, actor: Actor | null = secretary) =>
      act(db, actor, enterSheets, { pack: 'dk-midtjylland', sheets: given })
    expect((await enter(sheets, economist)).is).toBe('forbidden')
    const wrong = sheets.map((sheet, at) => (at === 1 ? { ...sheet, ...sheetFields({}, { occupancy: '80' }) } : sheet))
    expect(await enter(wrong)).toMatchObject({ is: 'invalid', errors: [{ path: 'sheets.1' }] })
    expect(done(await enter(sheets)).sheets).toBe(2)
    expect(await enter(sheets)).toMatchObject({ is: 'invalid' })
  })
})

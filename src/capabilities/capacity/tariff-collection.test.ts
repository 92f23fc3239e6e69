import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testHouse } from '../../../test/house.ts'
import { act, done } from '../../../test/intake-house.ts'
import type { Actor } from '../../platform/access/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { inLocale } from '../../platform/i18n/speech.ts'
import { type Locale, locales } from '../../platform/i18n/text.ts'
import { readArchive, writeArchive } from '../../platform/tabular/zip.ts'
import { recordAddress } from '../governance/contract.ts'
import { enterSheets } from './commands/tariffs/enter-sheets.ts'
import { closeCollection, openCollection, remindCollection } from './commands/tariffs/open-collection.ts'
import { recordResult } from './commands/tariffs/record-result.ts'
import { sendWorkbook } from './commands/tariffs/send-workbook.ts'
import { collectionXlsx } from './exchange/tariffs/collection-xlsx.ts'
import { collectionsPurpose, remindOfWorkbooks } from './jobs/tariffs/remind-of-workbooks.ts'
import { workbookLetter } from './letters/tariffs.ts'
import { addOffer } from './places.fixture.ts'
import { reportOf } from './store/tariffs/collection-report.ts'
import { type CollectionPart, partById, partStates } from './store/tariffs/collections.ts'
import { wantedConsents } from './store/tariffs/consents.ts'
import { sheetOf } from './store/tariffs/read-sheets.ts'
import { sheetFields } from './tariffs.fixture.ts'
import type { Prefilled } from './types/collection.ts'

const { db, url } = await testHouse({ now: new Date('2026-11-29T10:00:00Z') })

let secretary: Actor
let economist: Actor
let elsewhere: Actor
let collection = ''
const parts = new Map<string, CollectionPart>()
const offers = new Map<string, string>()

const as = <T>(actor: Actor | null, work: (tx: Tx) => Promise<T>) =>
  db.transact({ actor: actor?.account ?? null }, work)
const partOf = (organisation: string): CollectionPart => {
  const part = parts.get(organisation)
  if (!part) throw new Error(`${organisation} has no part`)
  return part
}

/** What an economist does with a workbook: fills in what is empty. */
const filled = ({ spending, ...rest }: Prefilled): Prefilled => ({
  ...rest,
  spending: spending.map((line, at) => ({ ...line, spent: `${at + 1}000000.00`, planned: `${at + 1}100000.50` })),
})

/** The workbook of a part as bytes, with other contents. */
async function book(part: CollectionPart, change: (prefilled: Prefilled) => Prefilled = filled, made = part.made) {
  const chunks: Uint8Array[] = []
  await inLocale('da', async () => {
    const of = { part: part.id, made, organisation: part.organisation.slug, year: 2027, due: '2026-12-15' }
    for await (const chunk of collectionXlsx({ ...of, prefilled: change(part.prefilled) })) chunks.push(chunk)
  })
  return Buffer.concat(chunks)
}

/** Changes the XML of a sheet, as a spreadsheet program in other hands would. */
function meddled(bytes: Buffer, path: string, change: (xml: string) => string): Buffer {
  const archive = readArchive(bytes)
  if (!archive.ok) throw new Error('no archive')
  return Buffer.from(
    writeArchive(
      [...archive.entries].map(([name, content]) => [
        name,
        name === path ? change(Buffer.from(content).toString('utf8')) : content,
      ]),
    ),
  )
}
const offersSheet = 'xl/worksheets/sheet2.xml'
const spendingSheet = 'xl/worksheets/sheet4.xml'

const send = (organisation: string, bytes: Buffer, actor: Actor = secretary) =>
  act(db, actor, sendWorkbook, {
    part: partOf(organisation).id,
    name: `${organisation}.xlsx`,
    workbook: bytes.toString('base64'),
  })
const codes = async (organisation: string, bytes: Buffer) => {
  const sent = done(await send(organisation, bytes))
  return { accepted: sent.accepted, found: sent.deviations.map(({ code, cell }) => (cell ? `${code} ${cell}` : code)) }
}

beforeAll(async () => {
  secretary = await addActor(db, 'Secretary', [{ organisation: 'viborg-kommune', role: 'secretariat' }])
  economist = await addActor(db, 'Economist', [{ organisation: 'skive-kommune', role: 'economist' }])
  elsewhere = await addActor(db, 'Elsewhere', [{ organisation: 'randers-kommune', role: 'economist' }])
  const { rows } = await db.ownerPool.query(
    "select slug from access.organisation where pack = 'dk-midtjylland' and kind = 'public' order by slug",
  )
  for (const { slug } of rows)
    for (const number of [1, 2])
      offers.set(`${slug}-${number}`, await addOffer(db, { slug: `${slug}-${number}`, operator: slug, places: 10 }))
  const sheets = [...offers.keys()].map((offer) => ({
    offer,
    year: 2026,
    ...sheetFields({
      supplements: [{ name: 'Nattevagt', amount: '412.50', per: 'day' as const, reason: 'Hjælp om natten' }],
    }),
  }))
  done(await act(db, secretary, enterSheets, { pack: 'dk-midtjylland', sheets }))
  done(
    await act(db, secretary, recordResult, {
      offer: 'herning-kommune-1',
      year: 2025,
      costs: '5000000.00',
      result: '300000.00',
      source: 'Regnskab 2025',
    }),
  )
  expect((await act(db, economist, openCollection, { pack: 'dk-midtjylland', year: 2027, due: '2026-12-15' })).is).toBe(
    'forbidden',
  )
  collection = done(
    await act(db, secretary, openCollection, { pack: 'dk-midtjylland', year: 2027, due: '2026-12-15' }),
  ).id
  // the database notes the hour of the machine, whatever the clock of this test says
  await db.ownerPool.query('update capacity.collection set opened_at = $1', [db.clock.now])
  for (const state of await as(secretary, (tx) => partStates(tx, collection))) {
    const part = await as(secretary, (tx) => partById(tx, state.id))
    if (part) parts.set(part.organisation.slug, part)
  }
})

describe('a workbook of the collection', () => {
  test('CAP-10: is one for each of the twenty, prefilled with last year’s figures', () => {
    expect(parts.size).toBe(20)
    const [offer] = partOf('skive-kommune').prefilled.offers
    expect(offer).toMatchObject({
      before: '1609.94',
      direct: '5000000.00',
      occupancy: '97.00',
      days: '365',
      carried: '0.00',
    })
    expect(partOf('skive-kommune').prefilled.supplements).toHaveLength(2)
  })

  test('CAP-10: is sent by its own economist or the secretariat, by nobody else; the same file twice is one', async () => {
    const bytes = await book(partOf('skive-kommune'))
    expect((await send('skive-kommune', bytes, elsewhere)).is).toBe('forbidden')
    expect(done(await send('skive-kommune', bytes, economist))).toMatchObject({ accepted: true, deviations: [] })
    expect(await send('skive-kommune', bytes, economist)).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'uploads' }],
    })
  })

  test('CAP-10: every deviation is named with its cell, and never silently mended', async () => {
    const odder = partOf('odder-kommune')
    expect(await codes('odder-kommune', await book(odder, (same) => same))).toMatchObject({
      accepted: false,
      found: expect.arrayContaining(['empty C2', 'empty D2']),
    })
    const good = await book(odder)
    const cell = (at: string) => new RegExp(`<c r="${at}"[^>]*?(?:/>|>.*?</c>)`)
    const instead = (at: string, xml: string) => meddled(good, offersSheet, (sheet) => sheet.replace(cell(at), xml))
    const textCell = (at: string, text: string) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`
    // text in a number
    expect(await codes('odder-kommune', instead('I2', textCell('I2', '1.234,50 kr')))).toEqual({
      accepted: false,
      found: ['text I2'],
    })
    // a number with too many digits, one below nothing, too many days, no places
    expect(await codes('odder-kommune', instead('I2', '<c r="I2"><v>1234.567</v></c>'))).toEqual({
      accepted: false,
      found: ['digits I2'],
    })
    expect(await codes('odder-kommune', instead('I2', '<c r="I2"><v>-5</v></c>'))).toEqual({
      accepted: false,
      found: ['negative I2'],
    })
    expect(await codes('odder-kommune', instead('F2', '<c r="F2"><v>366</v></c>'))).toEqual({
      accepted: false,
      found: ['days F2'],
    })
    // a formula is taken by its result, and named
    expect(await codes('odder-kommune', instead('I2', '<c r="I2"><f>5000000+1</f><v>5000001</v></c>'))).toEqual({
      accepted: true,
      found: ['formula I2'],
    })
    // occupancy outside the bounds is taken and named: a body has to consent before it is published
    expect(await codes('odder-kommune', instead('G2', '<c r="G2"><v>80</v></c>'))).toEqual({
      accepted: true,
      found: ['occupancy G2'],
    })
    expect(await as(secretary, (tx) => wantedConsents(tx, ['dk-midtjylland']))).toMatchObject([
      { offer: 'odder-kommune-1', year: 2027, occupancy: '80.00' },
    ])
    expect(await as(elsewhere, (tx) => wantedConsents(tx, ['dk-midtjylland']))).toEqual([])
    // what is locked and says something else is not read
    expect(await codes('odder-kommune', instead('B2', textCell('B2', 'Andet navn')))).toEqual({
      accepted: true,
      found: ['locked-changed B2'],
    })
    // an unknown offer, and the one whose row it took
    expect(await codes('odder-kommune', instead('A2', textCell('A2', 'ukendt')))).toEqual({
      accepted: false,
      found: ['row-unknown A2', 'row-missing'],
    })
    // an extra column
    const extra = meddled(good, offersSheet, (sheet) =>
      sheet.replace(/(<row r="1">.*?)<\/row>/, `$1${textCell('N1', 'Bemærkning')}</row>`),
    )
    expect(await codes('odder-kommune', extra)).toEqual({ accepted: true, found: ['column-extra N1'] })
    // rows changed places
    const swapped = await book(odder, (all) => ({ ...filled(all), offers: [...all.offers].reverse() }))
    expect(await codes('odder-kommune', swapped)).toEqual({ accepted: true, found: ['row-moved A2', 'row-moved A3'] })
    // a sheet is missing
    const renamed = meddled(good, 'xl/workbook.xml', (xml) => xml.replace('name="Udgifter"', 'name="Ark4"'))
    expect(await codes('odder-kommune', renamed)).toEqual({ accepted: false, found: ['sheet-extra', 'sheet-missing'] })
    // somebody else's book, and one that is out of date
    expect((await codes('odder-kommune', await book(partOf('lemvig-kommune')))).found).toContain('other-book B2')
    expect(await codes('odder-kommune', await book(odder, filled, 7))).toEqual({
      accepted: false,
      found: ['old-book B2'],
    })
    // no workbook at all
    expect(await codes('odder-kommune', Buffer.from('a,b,c'))).toEqual({ accepted: false, found: ['unreadable'] })
    // an amount of spending as text
    expect(
      await codes(
        'odder-kommune',
        meddled(good, spendingSheet, (sheet) => sheet.replace(cell('C3'), textCell('C3', 'ved ikke'))),
      ),
    ).toEqual({ accepted: false, found: ['text C3'] })
    // the last good one holds
    expect(done(await send('odder-kommune', good))).toMatchObject({ accepted: true, deviations: [] })
  })

  test('CAP-10: what an earlier year carries is entered exactly, or the workbook is not taken', async () => {
    const herning = partOf('herning-kommune')
    expect(herning.prefilled.offers[0]).toMatchObject({ carried: '-50000.00', due: '-50000.00' })
    const other = await book(herning, (all) => ({
      ...filled(all),
      offers: all.offers.map((offer) => ({ ...offer, carried: '0.00' })),
    }))
    expect(await codes('herning-kommune', other)).toEqual({ accepted: false, found: ['carried L2'] })
  })

  describe('a reminder', () => {
    const letters = async () => {
      const { rows } = await db.ownerPool.query<{
        payload: { to: string; locale: string; parameters: { part: string; over: boolean; link: string } }
      }>(
        "select payload from graphile_worker._private_jobs where payload->>'template' = 'capacity.workbook-reminder' order by id",
      )
      return rows.map(({ payload }) => payload)
    }
    const run = async () => {
      const before = (await letters()).length
      expect(await db.transact({ actor: null, purpose: collectionsPurpose }, (tx) => remindOfWorkbooks(tx, url))).toBe(
        (await letters()).length - before,
      )
      return (await letters()).slice(before)
    }
    const morning = (day: string) => {
      db.clock.now = new Date(`${day}T05:40:00Z`)
    }
    const reminders = async (organisation: string) =>
      (await as(null, (tx) => partStates(tx, collection))).find((part) => part.organisation.slug === organisation)
        ?.reminders

    test('CAP-10: goes at each date of the rule once, to economists of whoever is missing, or to the address that is kept', async () => {
      done(
        await act(db, secretary, recordAddress, {
          keeper: 'viborg-kommune',
          party: 'organisation:samsoe-kommune',
          email: 'post@samsoe.example.org',
          locale: 'de',
        }),
      )
      // an address of one that has an economist is not written to
      done(
        await act(db, secretary, recordAddress, {
          keeper: 'viborg-kommune',
          party: 'organisation:randers-kommune',
          email: 'post@randers.example.org',
          locale: 'da',
        }),
      )
      morning('2026-11-30')
      expect(await run()).toEqual([])
      morning('2026-12-01')
      const first = await run()
      expect(new Map(first.map(({ to, locale }) => [to, locale]))).toEqual(
        new Map([
          [elsewhere.email, 'da'],
          ['post@samsoe.example.org', 'de'],
        ]),
      )
      expect(first.find(({ to }) => to === elsewhere.email)?.parameters).toMatchObject({
        over: false,
        link: `${url}/tariffs/workbooks/${partOf('randers-kommune').id}`,
      })
      expect(first.find(({ to }) => to !== elsewhere.email)?.parameters.link).toBe(
        `${url}/tariffs/collections/${collection}`,
      )
      expect(await run()).toEqual([])
      morning('2026-12-05')
      expect(await run()).toEqual([])
      expect(await reminders('randers-kommune')).toEqual([{ day: '2026-12-01', letters: 1 }])
      expect(await reminders('lemvig-kommune')).toEqual([{ day: '2026-12-01', letters: 0 }])
      // whoever has answered is left alone
      expect(await reminders('skive-kommune')).toEqual([])
      const page = await (
        await fetch(`${url}/tariffs/collections/${collection}`, { headers: { 'accept-language': 'da' } })
      ).text()
      const shown = page.replaceAll('\u00a0', ' ')
      for (const words of ['mindet om det 1. dec. 2026', 'ingen adresse kendes', '16. december 2026'])
        expect(shown).toContain(words)
    })

    test('CAP-10: goes when the secretariat asks too, never twice on one day', async () => {
      morning('2026-12-11')
      expect((await act(db, economist, remindCollection, { id: collection })).is).toBe('forbidden')
      expect(done(await act(db, secretary, remindCollection, { id: collection })).reminded).toBe(18)
      expect(done(await act(db, secretary, remindCollection, { id: collection })).reminded).toBe(0)
      expect(await run()).toHaveLength(2)
      morning('2026-12-12')
      expect(await run()).toHaveLength(2)
      expect(done(await act(db, secretary, remindCollection, { id: collection })).reminded).toBe(0)
      expect((await reminders('randers-kommune'))?.map(({ day }) => day)).toEqual([
        '2026-12-01',
        '2026-12-11',
        '2026-12-12',
      ])
    })

    test('CAP-10: is written in the words of its reader, and not sent once the workbook has come', async () => {
      const [letter] = await letters()
      const write = (locale: Locale, over: boolean) =>
        inLocale(locale, () =>
          workbookLetter.write({ ...workbookLetter.parameters.parse({ ...letter?.parameters, over }) }),
        )
      for (const locale of locales)
        for (const over of [false, true]) {
          const { subject, text } = write(locale, over)
          expect(subject).toContain('2027')
          expect(text).toContain(letter?.parameters.link)
        }
      const wanted = (organisation: string) =>
        db.transact({ actor: null, purpose: 'mail' }, async (tx) =>
          workbookLetter.wanted?.(tx, {
            ...workbookLetter.parameters.parse(letter?.parameters),
            part: partOf(organisation).id,
          }),
        )
      expect([await wanted('samsoe-kommune'), await wanted('skive-kommune')]).toEqual([true, false])
    })

    test('CAP-10: is refused by the database for whoever has answered, from others, twice on one day; and shows nobody’s address', async () => {
      const note = (actor: Actor | null, organisation: string, stage: number | null = null, day = '2026-12-13') =>
        as(actor, (tx) =>
          tx.all(
            sql`insert into capacity.collection_reminder (part_id, day, stage) values (${partOf(organisation).id}, ${day}, ${stage})`,
          ),
        )
      await expect(note(secretary, 'skive-kommune')).rejects.toThrow(/row-level security/)
      await expect(note(economist, 'lemvig-kommune')).rejects.toThrow(/row-level security/)
      await expect(note(secretary, 'lemvig-kommune', 14)).rejects.toThrow(/row-level security/)
      await expect(note(secretary, 'lemvig-kommune', null, '2026-12-12')).rejects.toThrow(
        /collection_reminder_part_id_day/,
      )
      for (const actor of [secretary, economist, null])
        expect(
          await as(actor, (tx) =>
            tx.all(sql`select * from capacity.collection_addresses(${partOf('randers-kommune').id})`),
          ),
        ).toEqual([])
    })
  })

  test('CAP-10: twenty workbooks in, one report out; the figures become sheets, and nobody types them', async () => {
    for (const organisation of parts.keys()) {
      if (['skive-kommune', 'odder-kommune', 'samsoe-kommune'].includes(organisation)) continue
      expect(done(await send(organisation, await book(partOf(organisation))))).toMatchObject({
        accepted: true,
        deviations: [],
      })
    }
    db.clock.now = new Date('2026-12-14T10:00:00Z')
    expect(done(await act(db, secretary, remindCollection, { id: collection })).reminded).toBe(1)
    done(await send('samsoe-kommune', await book(partOf('samsoe-kommune'))))
    db.clock.now = new Date('2026-12-15T10:00:00Z')
    expect(done(await act(db, secretary, remindCollection, { id: collection })).reminded).toBe(0)
    // until it is closed, figures are for those who sent them, and for the secretariat
    expect((await as(null, (tx) => reportOf(tx, collection))).offers).toEqual([])
    expect((await as(economist, (tx) => reportOf(tx, collection))).offers).toHaveLength(2)
    const report = await as(secretary, (tx) => reportOf(tx, collection))
    expect([report.offers.length, report.supplements.length, report.spending.length]).toEqual([40, 40, 160])
    expect((await act(db, economist, closeCollection, { id: collection })).is).toBe('forbidden')
    expect(done(await act(db, secretary, closeCollection, { id: collection }))).toMatchObject({
      published: 40,
      left: 0,
    })
    expect((await as(null, (tx) => reportOf(tx, collection))).spending).toHaveLength(160)
    const sheet = await as(null, (tx) => sheetOf(tx, offers.get('skive-kommune-1') ?? '', 2027, 'holds'))
    expect(sheet?.tariff).toBe('1609.94')
    expect(sheet?.lines[0]?.source).toBe('Arbejdsbogen skive-kommune.xlsx')
    expect((await send('skive-kommune', await book(partOf('skive-kommune'), filled, 1))).is).toBe('late')
    await expect(
      as(secretary, (tx) =>
        tx.all(sql`insert into capacity.collection_upload (part_id, name, sha256, accepted, deviations, sent_by)
          values (${partOf('skive-kommune').id}, 'late.xlsx', sha256('late'), true, '[]', ${secretary.account})`),
      ),
    ).rejects.toThrow(/collection is closed/)
  })
})

import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { addActor } from '../../../test/actors.ts'
import { testHouse } from '../../../test/house.ts'
import type { Actor } from '../../platform/access/actor.ts'
import type { Command } from '../../platform/access/command.ts'
import { perform } from '../../platform/access/perform.ts'
import { changePlaces, confirmReport, setStaffing } from './commands/places/change-places.ts'
import { endStay, withdrawStay } from './commands/places/end-stay.ts'
import { changeOffer, registerOffer } from './commands/places/register-offer.ts'
import { reportStays } from './commands/places/report-stays.ts'
import { endWaiting, noteReferral, startWaiting } from './commands/places/wait-for-place.ts'
import { approvedPlaces, isInScope, offerBySlug, placesOn, usersOf } from './contract.ts'
import { addOffer, annexInForce, asOwner, organisation } from './places.fixture.ts'
import { placesToday } from './store/places/read-stays.ts'
import { totalsOf } from './store/places/read-totals.ts'

const { db } = await testHouse({ now: new Date('2026-11-29T10:00:00Z') })
const today = '2026-11-29'

let provider: Actor
let stranger: Actor
let worker: Actor
let economist: Actor
let elsewhere: Actor
let samsoe = ''

beforeAll(async () => {
  provider = await addActor(db, 'Provider', [{ organisation: 'viborg-kommune', role: 'provider' }])
  stranger = await addActor(db, 'Stranger', [{ organisation: 'aarhus-kommune', role: 'provider' }])
  worker = await addActor(db, 'Worker', [{ organisation: 'samsoe-kommune', role: 'case_worker' }])
  economist = await addActor(db, 'Economist', [{ organisation: 'samsoe-kommune', role: 'economist' }])
  elsewhere = await addActor(db, 'Elsewhere', [{ organisation: 'skive-kommune', role: 'case_worker' }])
  samsoe = await organisation(db, 'samsoe-kommune')
})

const does = <Schema extends z.ZodType, Subject, Result>(
  actor: Actor | null,
  command: Command<Schema, Subject, Result>,
  input: z.input<Schema>,
) => perform(command, input, { database: db, actor, locale: 'en', origin: 'page' })

const line = (offer: string, more: Record<string, unknown> = {}) => ({
  offer,
  municipality: 'samsoe-kommune',
  person: 'B-1',
  from: '2026-01-05',
  ...more,
})
const report = (offer: string, more: Record<string, unknown> = {}, actor: Actor | null = provider) =>
  does(actor, reportStays, { stays: [line(offer, more)] })

async function stayIds(offer: string): Promise<string[]> {
  const { rows } = await db.ownerPool.query(`select id from capacity.stay where offer_id = $1 order by lower(during)`, [
    offer,
  ])
  return rows.map(({ id }) => id as string)
}

describe('offers', () => {
  const fields = {
    slug: 'hedebo',
    pack: 'dk-midtjylland',
    names: { da: 'Hedebo' },
    operator: 'viborg-kommune',
    paragraph: 'sel-107',
    targetGroups: ['people-with-brain-injury'],
    area: 'DK-0791',
    opened: '2025-01-01',
    approved: 6,
    open: 5,
    posts: 7.5,
  }

  test('CAP-1: a provider of the operator registers an offer with its places, nobody else', async () => {
    for (const actor of [stranger, worker, null])
      expect(await does(actor, registerOffer, fields)).toEqual({ is: 'forbidden' })
    expect(await does(provider, registerOffer, fields)).toMatchObject({ is: 'ok', value: { slug: 'hedebo' } })
    const found = await db.transact({ actor: null }, async (tx) => {
      const offer = await offerBySlug(tx, 'hedebo')
      return { offer, places: await approvedPlaces(tx, offer?.id ?? '', today) }
    })
    expect(found).toMatchObject({
      places: 6,
      offer: {
        paragraph: { short: 'SEL § 107' },
        targetGroups: ['people-with-disabilities', 'people-with-brain-injury'],
      },
    })
    expect(await does(provider, registerOffer, fields)).toMatchObject({ is: 'invalid', errors: [{ path: 'slug' }] })
  })

  test('CAP-1: what is wrong with an offer is said at its field', async () => {
    for (const [more, path] of [
      [{ paragraph: 'sel-999' }, 'paragraph'],
      [{ area: 'DE-08111' }, 'area'],
      [{ targetGroups: ['nobody'] }, 'targetGroups'],
      [{ open: 7 }, 'open'],
      [{ service: 'no-such-card' }, 'service'],
      [{ approved: '80 %' }, 'approved'],
    ] as const)
      expect(await does(provider, registerOffer, { ...fields, slug: 'other', ...more } as typeof fields)).toMatchObject(
        {
          is: 'invalid',
          errors: [{ path }],
        },
      )
    expect(await does(provider, registerOffer, { ...fields, operator: 'nobody' })).toEqual({ is: 'notFound' })
  })

  test('CAP-1: the second editor sees that somebody was faster; what is left out stays', async () => {
    expect(
      await does(provider, changeOffer, { slug: 'hedebo', version: 1, names: { en: 'Heath House' } }),
    ).toMatchObject({ is: 'ok', value: { version: 2 } })
    expect(await does(provider, changeOffer, { slug: 'hedebo', version: 1, area: 'DK-0779' })).toMatchObject({
      is: 'conflict',
      current: { names: { da: 'Hedebo', en: 'Heath House' } },
    })
    expect(await does(stranger, changeOffer, { slug: 'hedebo', version: 2 })).toEqual({ is: 'forbidden' })
  })

  test('CAP-8: an offer says which languages its staff speak; what is left out stays, and an empty list empties it', async () => {
    const spoken = () => db.transact({ actor: null }, async (tx) => (await offerBySlug(tx, 'tongues'))?.languages)
    const languages = ['da', 'uk', 'ukl']
    expect(await does(provider, registerOffer, { ...fields, slug: 'tongues', languages })).toMatchObject({ is: 'ok' })
    expect(await spoken()).toEqual(languages)
    await does(provider, changeOffer, { slug: 'tongues', version: 1, names: { en: 'Tongues' } })
    expect(await spoken()).toEqual(languages)
    await does(provider, changeOffer, { slug: 'tongues', version: 2, languages: [] })
    expect(await spoken()).toEqual([])
    expect(await does(provider, changeOffer, { slug: 'tongues', version: 3, languages: ['Danish'] })).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'languages.0' }],
    })
  })

  test('CAP-1: places change by date, with a reason, and what is planned for later stays', async () => {
    const offer = await addOffer(db, { slug: 'changing', places: 4 })
    const change = (more: Record<string, unknown>) =>
      does(provider, changePlaces, {
        slug: 'changing',
        from: '2026-06-01',
        approved: 6,
        open: 6,
        reason: 'more room',
        ...more,
      })
    expect(await change({ from: '2027-01-01', approved: 8, open: 8 })).toMatchObject({ is: 'ok' })
    expect(await change({})).toMatchObject({ is: 'ok' })
    const at = (day: string) => db.transact({ actor: null }, (tx) => approvedPlaces(tx, offer, day))
    expect([await at('2026-05-31'), await at('2026-06-01'), await at('2026-12-31'), await at('2027-01-01')]).toEqual([
      4, 6, 6, 8,
    ])
    expect(await change({ open: 7 })).toMatchObject({ is: 'invalid', errors: [{ path: 'open' }] })
    expect(await change({ reason: '' })).toMatchObject({ is: 'invalid', errors: [{ path: 'reason' }] })
    expect(await change({ from: '2019-12-31' })).toMatchObject({ is: 'invalid', errors: [{ path: 'from' }] })
    expect(
      await does(stranger, changePlaces, { slug: 'changing', from: today, approved: 1, open: 1, reason: 'because' }),
    ).toEqual({ is: 'forbidden' })
    expect(await does(provider, setStaffing, { slug: 'changing', from: '2026-02-01', posts: 3.5 })).toMatchObject({
      is: 'ok',
    })
  })
})

describe('stays', () => {
  test('CAP-9: a line says who came; the sign is made where none is given, and the report is dated', async () => {
    const offer = await addOffer(db, { slug: 'arrivals' })
    const came = await report('arrivals', { person: undefined })
    expect(came).toMatchObject({ is: 'ok', value: { applied: true, lines: [{ outcome: 'added', place: '1' }] } })
    expect((await db.transact({ actor: null }, (tx) => offerBySlug(tx, 'arrivals')))?.reportedAt).toEqual(db.clock.now)
    const [standing] = await db.transact({ actor: null }, (tx) => totalsOf(tx, offer, today, '2026-11-30'))
    expect(standing).toMatchObject({ approved: 3, occupied: 1, free: 2 })
  })

  test('CAP-1: overlapping stays, people above the places without a reason, and signs that are names are refused with words', async () => {
    await addOffer(db, { slug: 'small', places: 1 })
    expect(await report('small', { place: '1' })).toMatchObject({ is: 'ok' })
    const refused = async (more: Record<string, unknown>, path: string) => {
      const outcome = await report('small', more)
      expect(outcome).toMatchObject({ is: 'invalid', errors: [{ path: `stays.0.${path}` }] })
      if (outcome.is === 'invalid') expect(outcome.errors[0]?.message).toMatch(/[a-z]{3,}.*\.$/)
    }
    await refused({ person: 'B-2', place: '1' }, 'place')
    await refused({ person: 'B-2' }, 'place')
    await refused({ person: 'B-2', place: '17' }, 'place')
    await refused({ from: '2026-02-01' }, 'place')
    await refused({ person: 'B-3', until: '2026-01-05' }, 'until')
    await refused({ person: 'B-3', municipality: 'botilbuddet-hedelyset' }, 'municipality')
    for (const person of ['Jensen', '0101701234', '010170-1234', 'Ada Holm 1']) await refused({ person }, 'person')
    expect(await report('small', { person: 'B-2', reason: 'flooded elsewhere' })).toMatchObject({
      is: 'ok',
      value: { lines: [{ place: '2' }] },
    })
  })

  test('CAP-1: the database refuses the same, whichever way a stay comes', async () => {
    const offer = await addOffer(db, { slug: 'guarded', places: 1 })
    expect(await report('guarded', { place: '1' })).toMatchObject({ is: 'ok' })
    const direct = (values: {
      position?: number
      person?: string
      from?: string
      until?: string | null
      municipality?: string
      actor?: Actor
    }) =>
      db.transact({ actor: (values.actor ?? provider).account }, (tx) =>
        tx.all(sql`insert into capacity.stay (offer_id, place_id, municipality_id, person_key, during)
          select offer_id, id, ${values.municipality ?? samsoe}, ${values.person ?? 'B-9'}, daterange(${values.from ?? '2026-03-01'}::date, ${values.until ?? null}::date)
          from capacity.place where offer_id = ${offer} and position = ${values.position ?? 1}`),
      )
    await expect(direct({})).rejects.toThrow(/stay_one_person_a_place/)
    await db.transact({ actor: provider.account }, (tx) =>
      tx.all(sql`insert into capacity.place (offer_id, label, position) values (${offer}, '2', 2)`),
    )
    await expect(direct({ position: 2 })).rejects.toThrow(/a stay beyond them needs a reason/)
    await expect(direct({ position: 2, person: 'B-1' })).rejects.toThrow(/stay_one_place_a_person/)
    await expect(direct({ position: 2, until: '2026-03-01' })).rejects.toThrow(/check constraint/)
    await expect(direct({ position: 2, person: 'Jensen' })).rejects.toThrow(/check constraint/)
    await expect(direct({ position: 2, person: '0101701234' })).rejects.toThrow(/check constraint/)
    await expect(direct({ position: 2, actor: stranger })).rejects.toThrow(/row-level security/)
    await expect(direct({ position: 2, actor: worker })).rejects.toThrow(/row-level security/)
    const someone = await organisation(db, 'botilbuddet-hedelyset')
    await expect(direct({ position: 2, municipality: someone })).rejects.toThrow(/row-level security/)
    for (const statement of [
      sql`update capacity.stay set municipality_id = ${samsoe}`,
      sql`update capacity.stay set person_key = 'B-2'`,
      sql`update capacity.places set approved = 9`,
      sql`insert into capacity.places (offer_id, during, approved, open, reason) values (${offer}, daterange('2030-01-01', null), 9, 9, 'just so')`,
      sql`update capacity.day_total set occupied = 0`,
      sql`update capacity.offer set closed = '2030-01-01'`,
      sql`update capacity.offer set organisation_id = ${samsoe}`,
    ])
      await expect(db.transact({ actor: provider.account }, (tx) => tx.all(statement))).rejects.toThrow(
        /permission denied/,
      )
    await expect(
      db.transact({ actor: stranger.account }, (tx) =>
        tx.all(sql`select capacity.change_places(${offer}, '2026-12-01', 9, 9, 'just so')`),
      ),
    ).rejects.toThrow(/only its operator/)
  })

  test('CAP-9: all lines are stored, or none; a trial stores nothing and answers every line', async () => {
    const offer = await addOffer(db, { slug: 'bulk', places: 2 })
    const stays = [
      line('bulk'),
      line('bulk', { person: 'B-2' }),
      line('bulk', { person: 'B-3' }),
      line('arrivals-of-others'),
    ]
    expect(await does(provider, reportStays, { stays, trial: true })).toMatchObject({
      is: 'ok',
      value: {
        applied: false,
        counts: { added: 2, rejected: 2 },
        lines: [{ fault: undefined }, { fault: undefined }, { fault: 'none-free' }, { fault: 'unknown-offer' }],
      },
    })
    expect(await does(provider, reportStays, { stays })).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'stays.2.place' }, { path: 'stays.3.offer' }],
    })
    expect(await stayIds(offer)).toEqual([])
    expect(await does(provider, reportStays, { stays: stays.slice(0, 2) })).toMatchObject({ is: 'ok' })
    expect(await does(stranger, reportStays, { stays: stays.slice(0, 1) })).toEqual({ is: 'notFound' })
  })

  test('CAP-1: a stay ends once and is never prolonged by ending it; one that never was is taken back', async () => {
    const offer = await addOffer(db, { slug: 'leaving' })
    await report('leaving')
    const [id = ''] = await stayIds(offer)
    for (const actor of [stranger, null])
      expect(await does(actor, endStay, { id, until: today })).toEqual({ is: 'notFound' })
    expect(await does(worker, endStay, { id, until: today })).toEqual({ is: 'forbidden' })
    const reason = 'said to us only now'
    expect(await does(provider, endStay, { id, until: '2026-01-05', reason })).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'until' }],
    })
    expect(await does(provider, endStay, { id, until: '2026-06-01' })).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'reason' }],
    })
    expect(await does(provider, endStay, { id, until: '2026-06-01', reason })).toMatchObject({ is: 'ok' })
    expect(await does(provider, endStay, { id, until: '2026-07-01', reason })).toMatchObject({ is: 'late' })
    // the record keeps what it was, and why it changed; who may not see the stay does not see that either
    const kept = (actor: Actor | null) =>
      db.transact({ actor: actor?.account ?? null }, (tx) =>
        tx.all(
          sql`select upper(former) as former, upper(during) as until, reason from capacity.stay_change where stay_id = ${id}`,
        ),
      )
    expect(await kept(provider)).toEqual([{ former: null, until: '2026-06-01', reason }])
    expect(await kept(null)).toEqual([])
    expect(await does(worker, withdrawStay, { id })).toEqual({ is: 'forbidden' })
    expect(await does(provider, withdrawStay, { id })).toMatchObject({ is: 'ok' })
    expect(await stayIds(offer)).toEqual([])
    expect(await does(provider, confirmReport, { slug: 'leaving' })).toMatchObject({ is: 'ok' })
  })
})

describe('a stay that was entered by mistake', () => {
  const inOffer = async (slug: string) => {
    const offer = await addOffer(db, { slug })
    await report(slug)
    const [id = ''] = await stayIds(offer)
    const unmake = () =>
      db.transact({ actor: provider.account }, (tx) =>
        tx.all(sql`delete from capacity.stay where id = ${id} returning id`),
      )
    return { offer, id, unmake }
  }

  test('CAP-1: is taken back within fourteen days of being entered; later it is ended, in command and database', async () => {
    const { id, unmake } = await inOffer('long-ago')
    await db.ownerPool.query(`update capacity.stay set entered_at = now() - interval '15 days' where id = $1`, [id])
    expect(await does(provider, withdrawStay, { id })).toMatchObject({ is: 'late' })
    await expect(unmake()).rejects.toThrow(/soon after it was entered/)
    // nobody makes it younger
    await expect(
      db.transact({ actor: provider.account }, (tx) =>
        tx.all(sql`update capacity.stay set entered_at = now() where id = ${id}`),
      ),
    ).rejects.toThrow(/permission denied/)
  })

  test('CAP-1: is never taken back once a year that it is part of is closed', async () => {
    const { offer, id, unmake } = await inOffer('closed-year')
    await db.ownerPool.query(
      `insert into capacity.tariff_result (offer_id, year, costs, result, source, entered_by) values ($1, 2026, 1000, 0, 'Eksempel', $2)`,
      [offer, provider.account],
    )
    expect(await does(provider, withdrawStay, { id })).toMatchObject({ is: 'late' })
    await expect(unmake()).rejects.toThrow(/soon after it was entered/)
  })
})

describe('who sees whom', () => {
  test('CAP-2: the operator and who pays see a stay; nobody else sees that there is one', async () => {
    const offer = await addOffer(db, { slug: 'seen' })
    await report('seen')
    await does(provider, startWaiting, {
      offer: 'seen',
      municipality: 'samsoe-kommune',
      person: 'W-1',
      since: '2026-10-01',
    })
    await does(worker, noteReferral, { offer: 'seen', municipality: 'samsoe-kommune', on: '2026-11-01' })
    const sees = async (actor: Actor | null) =>
      db.transact({ actor: actor?.account ?? null }, async (tx) => {
        const [counts] = await tx.all(
          sql<{ stays: number; waiting: number; referrals: number }>`select
            (select count(*) from capacity.stay where offer_id = ${offer}) as stays,
            (select count(*) from capacity.waiting where offer_id = ${offer}) as waiting,
            (select count(*) from capacity.referral where offer_id = ${offer}) as referrals`,
        )
        const places = await placesToday(tx, offer, today)
        return [counts?.stays, counts?.waiting, counts?.referrals, places.some(({ stay }) => stay !== undefined)]
      })
    for (const actor of [provider, worker, economist]) expect(await sees(actor)).toEqual([1, 1, 1, true])
    for (const actor of [stranger, elsewhere, null]) expect(await sees(actor)).toEqual([0, 0, 0, false])
  })

  test('CAP-1: case workers ask for their own municipality; the waiting ends once, and says how', async () => {
    await addOffer(db, { slug: 'asked' })
    const wait = { offer: 'asked', municipality: 'samsoe-kommune', person: 'W-7', since: '2026-10-01' }
    for (const actor of [elsewhere, stranger, economist, null])
      expect(await does(actor, startWaiting, wait)).toEqual({ is: 'forbidden' })
    const made = await does(worker, startWaiting, wait)
    expect(made).toMatchObject({ is: 'ok' })
    expect(await does(worker, startWaiting, wait)).toMatchObject({ is: 'invalid', errors: [{ path: 'person' }] })
    expect(await does(worker, startWaiting, { ...wait, person: 'W-8', since: '2026-12-24' })).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'since' }],
    })
    const id = made.is === 'ok' ? made.value.id : ''
    expect(await does(elsewhere, endWaiting, { id, until: today, ended: 'declined' })).toEqual({ is: 'notFound' })
    expect(await does(provider, endWaiting, { id, until: today, ended: 'moved-in' })).toMatchObject({ is: 'ok' })
    expect(await does(worker, endWaiting, { id, until: today, ended: 'declined' })).toMatchObject({ is: 'late' })
  })
})

describe('use and scope', () => {
  test('CAP-3: affected is who has residents there, waits, or referred in the last months; never the operator, never how many', async () => {
    const offer = await addOffer(db, { slug: 'used', places: 9 })
    await report('used')
    await report('used', { person: 'B-2', municipality: 'viborg-kommune' })
    await report('used', { person: 'B-3', municipality: 'skive-kommune', until: '2026-03-01' })
    await does(provider, startWaiting, {
      offer: 'used',
      municipality: 'odder-kommune',
      person: 'W-1',
      since: '2026-10-01',
    })
    await does(provider, noteReferral, { offer: 'used', municipality: 'herning-kommune', on: '2026-05-29' })
    await does(provider, noteReferral, { offer: 'used', municipality: 'lemvig-kommune', on: '2026-05-28' })
    const users = await db.transact({ actor: null }, (tx) => usersOf(tx, offer, today, '2026-11-30'))
    expect(users.map(({ slug, residents, waiting, referred }) => ({ slug, residents, waiting, referred }))).toEqual([
      { slug: 'herning-kommune', residents: false, waiting: false, referred: true },
      { slug: 'odder-kommune', residents: false, waiting: true, referred: false },
      { slug: 'samsoe-kommune', residents: true, waiting: false, referred: false },
    ])
    expect(JSON.stringify(users)).not.toMatch(/count|number/)
  })

  test('CAP-2: an offer is proposed for the annex once others use it, not where its operator is private', async () => {
    const own = await addOffer(db, { slug: 'own-use' })
    const shared = await addOffer(db, { slug: 'shared-use' })
    const private_ = await addOffer(db, { slug: 'private-use', operator: 'botilbuddet-hedelyset' })
    const insert = (offer: string, municipality: string) =>
      asOwner(db, (tx) =>
        tx.all(sql`insert into capacity.stay (offer_id, place_id, municipality_id, person_key, during)
          select p.offer_id, p.id, o.id, 'B-1', daterange('2026-01-01', null) from capacity.place p, access.organisation o
          where p.offer_id = ${offer} and p.position = 1 and o.slug = ${municipality}`),
      )
    await insert(own, 'viborg-kommune')
    await insert(shared, 'samsoe-kommune')
    await insert(private_, 'samsoe-kommune')
    const scope = (offer: string, day = today) => db.transact({ actor: null }, (tx) => isInScope(tx, offer, day))
    expect([await scope(own), await scope(shared), await scope(private_), await scope(shared, '2025-12-31')]).toEqual([
      false,
      true,
      false,
      false,
    ])
  })

  test('CAP-2: the annex in force on the day decides, whatever stays say; before and after it the proposal stands in', async () => {
    const named = await addOffer(db, {
      slug: 'named-by-annex',
      pack: 'de-stuttgart',
      operator: 'jugendamt',
      paragraph: 'sgb-8-34',
    })
    const used = await addOffer(db, {
      slug: 'not-named',
      pack: 'de-stuttgart',
      operator: 'jugendamt',
      paragraph: 'sgb-8-34',
    })
    await asOwner(db, (tx) =>
      tx.all(sql`insert into capacity.stay (offer_id, place_id, municipality_id, person_key, during)
        select p.offer_id, p.id, o.id, 'B-1', daterange('2026-01-01', null) from capacity.place p, access.organisation o
        where p.offer_id = ${used} and p.position = 1 and o.slug = 'sozialamt'`),
    )
    await annexInForce(db, provider.account, {
      pack: 'de-stuttgart',
      since: '2026-01-01',
      until: '2026-12-31',
      offers: ['named-by-annex', 'later-named'],
    })
    const scope = (offer: string, day: string) => db.transact({ actor: null }, (tx) => isInScope(tx, offer, day))
    expect([await scope(named, '2026-06-30'), await scope(used, '2026-06-30')]).toEqual([true, false])
    expect([await scope(named, '2025-12-31'), await scope(used, '2026-01-01')]).toEqual([false, false])
    expect([await scope(named, '2027-01-01'), await scope(used, '2027-01-01')]).toEqual([false, true])
  })

  test('CAP-3: approved places of an offer in scope change through an adjustment alone, in the command and in the database; open ones stay free', async () => {
    const offer = await addOffer(db, { slug: 'in-scope', places: 5 })
    await report('in-scope')
    const change = (approved: number, open: number) =>
      does(provider, changePlaces, { slug: 'in-scope', from: '2026-12-01', approved, open, reason: 'a new house' })
    expect(await change(6, 6)).toMatchObject({ is: 'invalid', errors: [{ path: 'approved' }] })
    expect(await change(5, 4)).toMatchObject({ is: 'ok' })
    const direct = (statement: ReturnType<typeof sql>) =>
      db.transact({ actor: provider.account }, (tx) => tx.all(statement))
    await expect(
      direct(sql`select capacity.change_places(${offer}, '2026-12-01', 6, 6, 'a new house')`),
    ).rejects.toThrow(/through an adjustment/)
    await expect(direct(sql`select capacity.close_offer(${offer}, '2026-12-01', 'no more need')`)).rejects.toThrow(
      /through an adjustment/,
    )
    await expect(
      direct(sql`select capacity.change_places(${offer}, '2026-12-01', 6, 6, 'a new house', ${crypto.randomUUID()})`),
    ).rejects.toThrow(/does not carry/)
  })

  test('CAP-3: closing most places of an offer in scope has a last day and stays within ninety days a year, in command and database', async () => {
    const offer = await addOffer(db, { slug: 'pausing', places: 6 })
    await report('pausing')
    const change = (from: string, open: number, until?: string) =>
      does(provider, changePlaces, { slug: 'pausing', from, until, approved: 6, open, reason: 'a new roof' })
    const direct = (from: string, open: number, until: string | null) =>
      db.transact({ actor: provider.account }, (tx) =>
        tx.all(
          sql`select capacity.change_places(${offer}, ${from}::date, 6, ${open}, 'a new roof', null, ${until}::date)`,
        ),
      )
    const open = async (day: string) => (await db.transact({ actor: null }, (tx) => placesOn(tx, offer, day))).open
    // without a day it would be an end; one place left open is none the better
    for (const left of [0, 1, 2]) {
      expect(await change('2026-12-01', left)).toMatchObject({ is: 'invalid', errors: [{ path: 'until' }] })
      await expect(direct('2026-12-01', left, null)).rejects.toThrow(/closes for a time only/)
    }
    expect(await change('2026-12-01', 0, '2027-03-02')).toMatchObject({ is: 'invalid', errors: [{ path: 'until' }] })
    await expect(direct('2026-12-01', 0, '2027-03-02')).rejects.toThrow(/closes for a time only/)
    expect(await change('2026-12-01', 0, '2026-12-01')).toMatchObject({ is: 'invalid', errors: [{ path: 'until' }] })
    expect(await change('2026-12-01', 0, '2027-02-01')).toMatchObject({ is: 'ok' })
    expect([
      await open('2026-11-30'),
      await open('2026-12-01'),
      await open('2027-01-31'),
      await open('2027-02-01'),
    ]).toEqual([6, 0, 0, 6])
    // a second closing adds up with the first; a day between them helps nobody
    expect(await change('2027-02-02', 0, '2027-03-03')).toMatchObject({ is: 'invalid', errors: [{ path: 'until' }] })
    await expect(direct('2027-02-02', 0, '2027-03-03')).rejects.toThrow(/closes for a time only/)
    expect(await change('2027-02-01', 0, '2027-03-01')).toMatchObject({ is: 'ok' })
    expect([await open('2027-02-28'), await open('2027-03-01')]).toEqual([0, 6])
    // half of them stay open: that is the operator's to say, without a day
    expect(await change('2027-03-01', 3)).toMatchObject({ is: 'ok' })
  })

  test.each([
    ['before anybody used it', '2020-01-01'],
    ['after all who use it have left', '2029-01-01'],
  ])('CAP-3: eleven places more from a day %s are no way round the adjustment', async (_, from) => {
    const slug = `round-${from}`
    const offer = await addOffer(db, { slug, places: 5 })
    await report(slug, { from: '2026-01-05', until: '2026-12-20' })
    expect(
      await does(provider, changePlaces, { slug, from, approved: 16, open: 16, reason: 'a new house' }),
    ).toMatchObject({ is: 'invalid', errors: [{ path: 'approved' }] })
    const direct = (statement: ReturnType<typeof sql>) =>
      db.transact({ actor: provider.account }, (tx) => tx.all(statement))
    await expect(
      direct(sql`select capacity.change_places(${offer}, ${from}::date, 16, 16, 'a new house')`),
    ).rejects.toThrow(/through an adjustment/)
    if (from > today)
      await expect(direct(sql`select capacity.close_offer(${offer}, ${from}::date, 'no need')`)).rejects.toThrow(
        /through an adjustment/,
      )
  })

  test('CAP-1: a reason for a stay beyond the places is not taken away again', async () => {
    const offer = await addOffer(db, { slug: 'full', places: 1 })
    await report('full')
    // a second person stays on the sofa
    await db.ownerPool.query(
      `with sofa as (insert into capacity.place (offer_id, label, position) values ($1, 'sofa', 2) returning id)
       insert into capacity.stay (offer_id, place_id, municipality_id, person_key, during, over_reason)
       select $1, id, $2, 'B-9', daterange('2026-01-05', null), 'nowhere else tonight' from sofa`,
      [offer, samsoe],
    )
    await expect(
      db.transact({ actor: provider.account }, (tx) =>
        tx.all(sql`update capacity.stay set over_reason = null where offer_id = ${offer} and person_key = 'B-9'`),
      ),
    ).rejects.toThrow(/needs a reason/)
  })
})

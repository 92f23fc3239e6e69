import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testDatabase } from '../../../test/database.ts'
import { act, done, loadIntakePacks } from '../../../test/intake-house.ts'
import type { Actor } from '../../platform/access/actor.ts'
import { rateSupply } from './commands/supply/rate-supply.ts'
import { reportUnmetNeed } from './commands/supply/report-unmet-need.ts'
import { placesFigure, tellPlaces, tellPlacesJob } from './jobs/tell-places.ts'
import { addOffer, asOwner, organisation } from './places.fixture.ts'
import { publishedNeeds } from './rules/supply/publishing.ts'
import { offersNamed, offersToMatch } from './store/supply/offers-to-match.ts'
import { demandByGroup, ratingsOf, standingByGroup, unmetCounts, waitingSpells } from './store/supply/read-supply.ts'
import { refreshYears } from './store/supply/save-supply.ts'

const db = await testDatabase({ now: new Date('2026-11-30T12:00:00Z') })
const pack = 'dk-midtjylland'
const group = 'people-with-brain-injury'
let worker: Actor
let lead: Actor
let stranger: Actor
let offer: string
let viborg: string

const asActor = <T>(actor: Actor | null, work: Parameters<typeof db.transact<T>>[1]) =>
  db.transact({ actor: actor?.account ?? null }, work)

beforeAll(async () => {
  await loadIntakePacks(db, [pack])
  worker = await addActor(db, 'Mette Holm', [{ organisation: 'viborg-kommune', role: 'case_worker' }])
  lead = await addActor(db, 'Lars Dam', [{ organisation: 'viborg-kommune', role: 'team_lead' }])
  stranger = await addActor(db, 'Ida Juhl', [{ organisation: 'herning-kommune', role: 'team_lead' }])
  offer = await addOffer(db, { slug: 'birkely', places: 4, opened: '2022-01-01' })
  await addOffer(db, { slug: 'andet', places: 2 })
  viborg = await organisation(db, 'viborg-kommune')
  await asOwner(db, async (tx) => {
    await tx.all(
      sql`update capacity.offer set target_groups = ${['people-with-disabilities', group]} where slug = 'birkely'`,
    )
    await tx.all(sql`update capacity.offer set target_groups = '{people-without-home}' where slug = 'andet'`)
    const stays: [number, string, string, string | null][] = [
      [1, 'p1', '2022-01-01', '2024-03-01'],
      [2, 'p2', '2023-07-01', null],
      [3, 'p3', '2024-01-01', '2025-01-01'],
    ]
    for (const [position, key, from, until] of stays)
      await tx.all(sql`insert into capacity.stay (offer_id, place_id, municipality_id, person_key, during)
        select ${offer}, p.id, ${viborg}, ${key}, daterange(${from}::date, ${until}::date)
        from capacity.place p where p.offer_id = ${offer} and p.position = ${position}`)
    const lists: [string, string, string | null, string | null][] = [
      ['w1', '2025-01-01', '2025-02-01', 'moved-in'],
      ['w2', '2025-03-01', '2025-05-01', 'moved-in'],
      ['w3', '2025-06-01', '2025-06-11', 'declined'],
      ['w4', '2026-10-01', null, null],
      ['w5', '2023-01-01', '2023-06-01', 'moved-in'],
    ]
    for (const [key, from, until, ended] of lists)
      await tx.all(sql`insert into capacity.waiting (offer_id, municipality_id, person_key, during, ended)
        values (${offer}, ${viborg}, ${key}, daterange(${from}::date, ${until}::date), ${ended})`)
  })
})

describe('CAP-7: supply and demand', () => {
  test('CAP-7: an offer counts for each of its groups, on the day that is asked for', async () => {
    const on = async (day: string) =>
      (await asActor(null, (tx) => standingByGroup(tx, pack, day))).find(({ code }) => code === group)
    expect(await on('2024-02-01')).toMatchObject({ offers: 1, approved: 4, occupied: 3, free: 1, waiting: 0 })
    expect(await on('2026-11-30')).toMatchObject({ occupied: 1, free: 3, waiting: 1 })
    expect((await asActor(null, (tx) => standingByGroup(tx, pack, '2026-11-30'))).map(({ code }) => code)).toEqual(
      expect.arrayContaining([group, 'people-with-disabilities', 'people-without-home']),
    )
  })

  test('CAP-7: demand by year is that of a plain recount; a year that runs is no year yet', async () => {
    const count = (purpose: string) => db.transact({ actor: null, purpose }, (tx) => refreshYears(tx, '2026-11-30'))
    await expect(count('administration')).rejects.toThrow('counted by the job')
    await count('capacity')
    const told = () => asActor(null, async (tx) => (await demandByGroup(tx, pack)).get(group))
    // what few offers make would tell how long one person waited
    expect(await told()).toBeUndefined()
    await db.ownerPool.query('update capacity.setting set threshold = 1 where pack = $1', [pack])
    const demand = await told()
    await db.ownerPool.query('update capacity.setting set threshold = 5 where pack = $1', [pack])
    const { rows: plain } = await db.ownerPool.query<{ year: number; places: number }>(
      `select extract(year from d)::int as year, sum(t.occupied + t.waiting)::float8 / count(distinct d) as places
        from generate_series('2022-01-01'::date, '2025-12-31'::date, '1 day') d
        join capacity.day_total t on t.from_day <= d and t.until_day > d and t.offer_id = $1 group by 1 order by 1`,
      [offer],
    )
    expect(demand?.map(({ year }) => year)).toEqual([2022, 2023, 2024, 2025])
    for (const [at, { places }] of (demand ?? []).entries()) expect(places).toBe(Math.round(plain[at]?.places ?? 0))
    // one person all of 2023, another half of it, five months of waiting: (365 + 184 + 151) ÷ 365
    expect(demand?.[1]?.places).toBe(2)
  })

  test('INS-5: nobody reads how many wait but rounded, whoever writes the SQL', async () => {
    for (const statement of [
      sql`select waiting from capacity.day_total`,
      sql`select * from capacity.day_total`,
      sql`select waiting_days from capacity.year_demand`,
    ])
      await expect(asActor(null, (tx) => tx.all(statement))).rejects.toThrow(/permission denied/)
    const told = (day: string) =>
      asActor(null, (tx) =>
        tx.one(sql<{ told: number }>`select capacity.waiting_told(array[${offer}]::uuid[], ${day}::date) as told`),
      )
    await db.ownerPool.query(
      `insert into capacity.waiting (offer_id, municipality_id, person_key, during, ended)
       select $1, o.id, 'later-' || n, '[2030-01-01,2030-02-01)', 'elsewhere' from access.organisation o, generate_series(1, 8) n where o.slug = 'viborg-kommune'`,
      [offer],
    )
    const { rows } = await db.ownerPool.query<{ day: string; people: number }>(
      `select from_day::text as day, waiting as people from capacity.day_total where offer_id = $1`,
      [offer],
    )
    for (const { day, people } of rows)
      expect((await told(day))?.told).toBe(people === 0 ? 0 : people < 5 ? 1 : Math.floor(people / 5 + 0.5) * 5)
    expect(Math.max(...rows.map(({ people }) => people))).toBeGreaterThan(7)
  })

  test('CAP-7: lists that began in the window are looked at, with those who still wait and those who gave up', async () => {
    const spells = await asActor(null, (tx) => waitingSpells(tx, pack, '2024-11-30', '2026-11-30'))
    expect(spells.get(group)?.sort((a, b) => a.days - b.days)).toEqual([
      { days: 10, ended: 'other' },
      { days: 31, ended: 'place' },
      { days: 60, ended: 'still' },
      { days: 61, ended: 'place' },
    ])
  })

  test('CAP-7: one need counts once, is read by its own municipality alone, and fewer than five are told by no number', async () => {
    const need = {
      municipality: 'viborg-kommune',
      targetGroup: group,
      reason: 'no-place',
      neededOn: '2026-11-01',
    } as const
    for (const at of [1, 2, 3, 4])
      expect(done(await act(db, worker, reportUnmetNeed, { ...need, source: `case-${at}` }))).toEqual({ counted: true })
    expect(done(await act(db, worker, reportUnmetNeed, { ...need, source: 'case-4' }))).toEqual({ counted: false })
    const told = async () =>
      publishedNeeds(await asActor(null, (tx) => unmetCounts(tx, pack, '2025-11-30', '2026-11-30'))).get(group)
    expect((await told())?.total).toBeNull()
    done(await act(db, worker, reportUnmetNeed, { ...need, source: 'case-5' }))
    expect((await told())?.total).toBe(5)
    const rows = (actor: Actor | null) =>
      asActor(actor, (tx) => tx.all(sql<{ n: number }>`select count(*)::int as n from capacity.unmet_need`))
    expect([await rows(worker), await rows(stranger), await rows(null)]).toEqual([[{ n: 5 }], [{ n: 0 }], [{ n: 0 }]])
  })

  test('CAP-7: a stranger, a day to come and a group that nobody knows are refused, the stranger by SQL too', async () => {
    const need = {
      municipality: 'viborg-kommune',
      targetGroup: group,
      reason: 'too-far',
      neededOn: '2026-11-01',
    } as const
    expect(await act(db, stranger, reportUnmetNeed, need)).toMatchObject({ is: 'forbidden' })
    expect(await act(db, worker, reportUnmetNeed, { ...need, neededOn: '2026-12-01' })).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'neededOn' }],
    })
    expect(await act(db, worker, reportUnmetNeed, { ...need, targetGroup: 'shelter' })).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'targetGroup' }],
    })
    await expect(
      asActor(stranger, (tx) =>
        tx.all(sql`insert into capacity.unmet_need (municipality_id, target_group, reason, needed_on)
          values (${viborg}, ${group}, 'other', '2026-11-01')`),
      ),
    ).rejects.toThrow('row-level security')
  })

  test('CAP-7: too little needs words, in the program and in the database; the second writer sees the first', async () => {
    const rate = (ratings: { targetGroup: string; rating: number; words?: string }[], version: number, actor = lead) =>
      act(db, actor, rateSupply, { municipality: 'viborg-kommune', year: 2026, version, ratings })
    expect(await rate([{ targetGroup: group, rating: 2 }], 0)).toMatchObject({
      is: 'invalid',
      errors: [{ path: `${group}.words` }],
    })
    expect((await rate([{ targetGroup: group, rating: 3 }], 0, stranger)).is).toBe('forbidden')
    done(await rate([{ targetGroup: group, rating: 1, words: 'Der mangler døgnpladser.' }], 0))
    expect((await rate([{ targetGroup: group, rating: 3 }], 0)).is).toBe('conflict')
    done(await rate([{ targetGroup: group, rating: 3 }], 1))
    const said = await asActor(null, (tx) => ratingsOf(tx, { pack, year: 2026 }))
    expect(said).toMatchObject([{ rating: 3, words: undefined, version: 2, municipality: { slug: 'viborg-kommune' } }])
    await expect(
      asActor(lead, (tx) =>
        tx.all(
          sql`insert into capacity.rating (municipality_id, target_group, year, rating) values (${viborg}, 'adults', 2026, 1)`,
        ),
      ),
    ).rejects.toThrow('rating_too_little_needs_words')
    await expect(
      asActor(stranger, (tx) =>
        tx.all(
          sql`insert into capacity.rating (municipality_id, target_group, year, rating) values (${viborg}, 'adults', 2026, 3)`,
        ),
      ),
    ).rejects.toThrow('row-level security')
    expect(
      await asActor(stranger, (tx) => tx.all(sql`update capacity.rating set rating = 5 returning rating`)),
    ).toEqual([])
  })
})

describe('CAP-8: matching', () => {
  test('CAP-8: offers of the group and those wished for, with the first free day', async () => {
    const asked = { pack, group, from: '2026-12-01', today: '2026-11-30' }
    const found = await asActor(null, (tx) => offersToMatch(tx, { ...asked, wishes: [] }))
    expect(found).toMatchObject([{ slug: 'birkely', freeFrom: '2026-12-01', waiting: 1 }])
    expect(await asActor(null, (tx) => offersNamed(tx, pack, 'ANDE'))).toEqual(['andet'])
    expect(await asActor(null, (tx) => offersNamed(tx, pack, '%'))).toEqual([])
    const wished = await asActor(null, (tx) => offersToMatch(tx, { ...asked, wishes: ['andet'] }))
    expect(wished.map(({ slug }) => slug)).toEqual(['andet', 'birkely'])
  })
})

test('GOV-15: questionnaires begin with the approved places that are counted here, of the day and in words of the region', async () => {
  await addOffer(db, { slug: 'told-one', operator: 'lemvig-kommune', places: 7 })
  const two = await addOffer(db, { slug: 'told-two', operator: 'lemvig-kommune', places: 4 })
  await asOwner(db, (tx) => tx.all(sql`select capacity.change_places(${two}, '2027-01-01'::date, 6, 6, 'more')`))
  const tell = (now: string) =>
    db.transact({ actor: null, purpose: tellPlacesJob.purpose ?? '' }, (tx) => tellPlaces(tx, new Date(now)))
  expect(await tell('2026-12-01T03:50:00Z')).toBeGreaterThan(0)
  await tell('2026-12-01T03:55:00Z')
  await tell('2027-01-01T03:50:00Z')
  const { rows } = await db.ownerPool.query(
    `select f.on_day::text as day, f.value, f.source from governance.known_figure f join access.organisation o on o.id = f.organisation_id
      where o.slug = 'lemvig-kommune' and f.name = $1 order by 1`,
    [placesFigure],
  )
  const source = 'godkendte pladser i egne tilbud, som Linden tæller dem'
  expect(rows).toEqual([
    { day: '2026-12-01', value: '11', source },
    { day: '2027-01-01', value: '13', source },
  ])
})

/**
 * Places of 5 000 offers over ten years (CAP-1): the overview and the page of one offer from maintained totals, which must equal a plain recount.
 *
 *   node bench/places.ts [--offers 5000] [--years 10] [--runs 200]
 */
import { parseArgs } from 'node:util'
import { addDays, spanStart } from '../src/capabilities/capacity/rules/places/days.ts'
import { occupancyOver } from '../src/capabilities/capacity/rules/places/occupancy.ts'
import { findOffers, standingByParagraph } from '../src/capabilities/capacity/store/places/find-offers.ts'
import { offerBySlug } from '../src/capabilities/capacity/store/places/read-offer.ts'
import { placesHistory, totalsOf } from '../src/capabilities/capacity/store/places/read-totals.ts'
import { scopeOf, usersOf } from '../src/capabilities/capacity/store/places/use-of-offer.ts'
import type { Database } from '../src/platform/db/database.ts'
import { p95 } from './fixtures/p95.ts'
import { closeRegion } from './fixtures/region.ts'
import { report } from './fixtures/report.ts'
import { preparePlaces } from './places-fill.ts'

const { values } = parseArgs({
  options: {
    offers: { type: 'string', default: '5000' },
    years: { type: 'string', default: '10' },
    runs: { type: 'string', default: '200' },
  },
})
const offers = Number(values.offers)
const years = Number(values.years)
const runs = Number(values.runs)
const today = new Date().toISOString().slice(0, 10)

/** All that the first page of the list reads. */
async function overview(database: Database, run: number): Promise<void> {
  const choice = {
    pack: 'dk-midtjylland',
    ...(run % 4 === 1 ? { free: 'now' as const } : {}),
    ...(run % 4 === 2 ? { paragraph: 'sel-108' } : {}),
  }
  await database.transact({ actor: null }, (tx) =>
    Promise.all([
      findOffers(tx, choice, today, { after: undefined, limit: 25 }),
      standingByParagraph(tx, choice, today),
    ]),
  )
}

/** All that the page of one offer reads, over all its years. */
async function one(database: Database, run: number): Promise<void> {
  await database.transact({ actor: null }, async (tx) => {
    const offer = await offerBySlug(tx, `offer-${1 + ((run * 97) % offers)}`)
    if (!offer) throw new Error('an offer is missing')
    const [from, step] = spanStart('all', today, offer.opened)
    const [past] = await Promise.all([
      totalsOf(tx, offer.id, from, addDays(today, 1)),
      totalsOf(tx, offer.id, today, addDays(today, 365)),
      usersOf(tx, offer.id, today, addDays(today, 1)),
      scopeOf(tx, offer.id, today),
      placesHistory(tx, offer.id),
    ])
    occupancyOver(past, from, addDays(today, 1), step)
  })
}

const region = await preparePlaces(offers, years)
const {
  database,
  filled: { stays, counted },
} = region
try {
  const size = `${offers.toLocaleString('en')} offers over ${years} years`
  const overviewTime = await p95(runs, (run) => overview(database, run))
  report({
    name: `overview of ${size}, p95`,
    value: overviewTime,
    unit: 'ms',
    goal: '≤ 100',
    ok: overviewTime <= 100,
  })
  const offerTime = await p95(runs, (run) => one(database, run))
  report({
    name: `page of one of ${size}, p95`,
    value: offerTime,
    unit: 'ms',
    goal: '≤ 100',
    ok: offerTime <= 100,
  })
  report({
    name: `totals of ${stays.toLocaleString('en')} stays, counted at once`,
    value: Math.round(counted * 100) / 100,
    unit: 's',
    goal: 'no goal',
    ok: true,
  })
  const { rows } = await database.ownerPool.query<{ wrong: number }>(
    `select count(*)::int as wrong from (select id from capacity.offer order by id limit 200) o
       cross join lateral (select current_date - (random() * ${years * 365})::int as day from generate_series(1, 20) where o.id is not null) d
       left join capacity.day_total t on t.offer_id = o.id and t.from_day <= d.day and t.until_day > d.day
     where coalesce(t.occupied, 0) <> (select count(*) from capacity.stay s where s.offer_id = o.id and s.during @> d.day)`,
  )
  const wrong = rows[0]?.wrong ?? -1
  report({
    name: 'days whose total differs from a plain recount, of 4 000',
    value: wrong,
    unit: 'days',
    goal: '0',
    ok: wrong === 0,
  })
} finally {
  await closeRegion(region)
}

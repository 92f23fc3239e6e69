import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { testHouse } from '../../../test/house.ts'
import { addOffer, asOwner, organisation } from './places.fixture.ts'

const { db } = await testHouse({ now: new Date('2026-11-29T10:00:00Z') })

let viborg = ''
let samsoe = ''

beforeAll(async () => {
  viborg = await organisation(db, 'viborg-kommune')
  samsoe = await organisation(db, 'samsoe-kommune')
})

const first = Date.UTC(2024, 0, 1)
const dayOf = (number: number) => new Date(first + number * 86_400_000).toISOString().slice(0, 10)

type Step =
  | { do: 'arrive' | 'wait'; place: number; from: number; nights: number | undefined }
  | { do: 'leave' | 'return' | 'withdraw' | 'stop-waiting'; which: number; day: number }
  | { do: 'places'; from: number; approved: number; open: number }

const day = fc.integer({ min: 0, max: 60 })
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constantFrom('arrive' as const, 'wait' as const),
    place: fc.integer({ min: 1, max: 4 }),
    from: day,
    nights: fc.option(fc.integer({ min: 1, max: 25 }), { nil: undefined }),
  }),
  fc.record({
    do: fc.constantFrom('leave' as const, 'return' as const, 'withdraw' as const, 'stop-waiting' as const),
    which: fc.integer({ min: 0, max: 9 }),
    day,
  }),
  fc.record({
    do: fc.constant('places' as const),
    from: day,
    approved: fc.integer({ min: 0, max: 4 }),
    open: fc.integer({ min: 0, max: 4 }),
  }),
)

/** What the database refuses of such steps, it refuses for a reason that has nothing to do with totals. */
async function attempt(statement: ReturnType<typeof sql>): Promise<void> {
  await asOwner(db, (tx) => tx.all(statement)).catch((error: { code?: string }) => {
    if (!['23P01', '23514'].includes(error.code ?? '')) throw error
  })
}

async function take(offer: string, taken: Step, number: number): Promise<void> {
  const until = 'nights' in taken && taken.nights !== undefined ? dayOf(taken.from + taken.nights) : null
  const nth = (table: 'stay' | 'waiting') =>
    sql`(select id from ${sql.table(`capacity.${table}`)} where offer_id = ${offer} order by id offset ${'which' in taken ? taken.which : 0} limit 1)`
  switch (taken.do) {
    case 'arrive':
      return attempt(
        sql`insert into capacity.stay (offer_id, place_id, municipality_id, person_key, during, over_reason)
          select offer_id, id, ${viborg}, ${`p${number}`}, daterange(${dayOf(taken.from)}::date, ${until}::date), 'a storm'
          from capacity.place where offer_id = ${offer} and position = ${taken.place}`,
      )
    case 'wait':
      return attempt(
        sql`insert into capacity.waiting (offer_id, municipality_id, person_key, during, ended)
          values (${offer}, ${viborg}, ${`w${number}`}, daterange(${dayOf(taken.from)}::date, ${until}::date), ${until === null ? null : 'elsewhere'})`,
      )
    case 'leave':
      return attempt(
        sql`update capacity.stay set during = daterange(lower(during), ${dayOf(taken.day)}::date)
          where id = ${nth('stay')} and lower(during) < ${dayOf(taken.day)}::date`,
      )
    case 'return':
      return attempt(
        sql`update capacity.stay set during = daterange(${dayOf(taken.day)}::date, upper(during))
          where id = ${nth('stay')} and (upper_inf(during) or upper(during) > ${dayOf(taken.day)}::date)`,
      )
    case 'withdraw':
      return attempt(sql`delete from capacity.stay where id = ${nth('stay')}`)
    case 'stop-waiting':
      return attempt(
        sql`update capacity.waiting set during = daterange(lower(during), ${dayOf(taken.day)}::date), ended = 'declined'
          where id = ${nth('waiting')} and lower(during) < ${dayOf(taken.day)}::date`,
      )
    case 'places':
      return attempt(
        sql`select capacity.change_places(${offer}, ${dayOf(taken.from)}::date, ${taken.approved}, ${Math.min(taken.open, taken.approved)}, 'as planned')`,
      )
  }
}

/** Every day counted by itself, without the totals; and the same days as the totals have them. */
async function days(offer: string): Promise<{ plain: unknown; kept: unknown } | undefined> {
  // how many wait is read past the program, which is told it rounded
  const { rows } = await db.ownerPool.query<{ plain: unknown; kept: unknown }>(
    `with day as (select $1::date + n as day from generate_series(0, 100) n)
        select
          (select jsonb_agg(jsonb_build_array(d.day,
             coalesce((select approved from capacity.places where offer_id = $2::uuid and during @> d.day), 0),
             coalesce((select open from capacity.places where offer_id = $2::uuid and during @> d.day), 0),
             (select count(*) from capacity.stay where offer_id = $2::uuid and during @> d.day),
             (select count(*) from capacity.waiting where offer_id = $2::uuid and during @> d.day)) order by d.day) from day d) as plain,
          (select jsonb_agg(jsonb_build_array(d.day, coalesce(t.approved, 0), coalesce(t.open, 0), coalesce(t.occupied, 0), coalesce(t.waiting, 0)) order by d.day)
             from day d left join capacity.day_total t on t.offer_id = $2::uuid and d.day >= t.from_day and d.day < t.until_day) as kept`,
    [dayOf(-2), offer],
  )
  return rows[0]
}

describe('totals of every day', () => {
  test('CAP-1: after any steps the totals equal a plain recount, and days that stand alike are one row', async () => {
    let run = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 18 }), async (steps) => {
        run += 1
        const offer = await addOffer(db, { slug: `counted-${run}`, opened: dayOf(0), places: 2 })
        for (const [number, taken] of steps.entries()) await take(offer, taken, number)
        const counted = await days(offer)
        expect(counted?.kept).toEqual(counted?.plain)
        const { rows } = await db.ownerPool.query(
          `select count(*)::int as n from capacity.day_total a join capacity.day_total b on b.offer_id = a.offer_id and b.from_day = a.until_day
           where a.offer_id = $1 and (a.approved, a.open, a.occupied, a.waiting) = (b.approved, b.open, b.occupied, b.waiting)`,
          [offer],
        )
        expect(rows[0].n).toBe(0)
      }),
      { numRuns: 40, seed: 4 },
    )
  })

  test('CAP-1: two who report at the same moment are both counted', async () => {
    const offer = await addOffer(db, { slug: 'two-at-once', places: 20 })
    await Promise.all(
      Array.from({ length: 12 }, (_, at) =>
        asOwner(db, (tx) =>
          tx.all(sql`insert into capacity.stay (offer_id, place_id, municipality_id, person_key, during)
            select offer_id, id, ${samsoe}, ${`k${at}`}, daterange('2026-01-01', null) from capacity.place where offer_id = ${offer} and position = ${at + 1}`),
        ),
      ),
    )
    const { rows } = await db.ownerPool.query(
      `select occupied from capacity.day_total where offer_id = $1 and until_day = 'infinity'`,
      [offer],
    )
    expect(rows).toEqual([{ occupied: 12 }])
  })
})

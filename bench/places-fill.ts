import type pg from 'pg'
import { capacityPack } from '../src/capabilities/capacity/pack-part.ts'
import { copyIn } from '../src/platform/db/copy.ts'
import { openRegion } from './fixtures/region.ts'

/** How much was filled in. */
export interface Filled {
  stays: number
  /** seconds that the totals of all offers took to count, with the stays already stored */
  counted: number
}

/** Makes a region with `offers` offers and years of stays; people stay three weeks to half a year, so that something changes daily. */
export const preparePlaces = (offers: number, years: number) =>
  openRegion(capacityPack, (owner) => fill(owner, offers, years))

const places = 10

async function fill(owner: pg.PoolClient, offers: number, years: number): Promise<Filled> {
  const { rows: organisations } = await owner.query<{ id: string; area: string }>(
    `select id, area from access.organisation where kind = 'public' and area like 'DK-0%' order by slug`,
  )
  const paragraphs = ['sel-107', 'sel-108', 'sel-104', 'sel-103', 'bl-43', 'sel-110']
  await owner.query('begin')
  // the totals are counted once at the end, by the same function
  await owner.query('set local session_replication_role = replica')
  await owner.query(
    `insert into capacity.offer (slug, pack, names, organisation_id, paragraph, target_groups, area, opened, reported_at)
     select 'offer-' || n, 'dk-midtjylland', jsonb_build_object('da', 'Botilbud ' || lpad(n::text, 5, '0')), ($1::uuid[])[1 + n % $4],
       ($2::text[])[1 + n % $5], array[case when n % 2 = 0 then 'people-with-disabilities' else 'people-in-mental-distress' end], ($3::text[])[1 + n % $4],
       current_date - $6::int * 365, now() from generate_series(1, $7::int) n`,
    [
      organisations.map(({ id }) => id),
      paragraphs,
      organisations.map(({ area }) => area),
      organisations.length,
      paragraphs.length,
      years,
      offers,
    ],
  )
  await owner.query(
    `insert into capacity.places (offer_id, during, approved, open, reason) select id, daterange(opened, null), ${places}, ${places}, 'opened' from capacity.offer`,
  )
  await owner.query(
    `insert into capacity.place (offer_id, label, position) select o.id, n::text, n from capacity.offer o, generate_series(1, ${places}) n`,
  )
  const { rows } = await owner.query<{ id: string; offer_id: string }>(
    'select id, offer_id from capacity.place order by offer_id, position',
  )
  let stays = 0
  const lines = async function* () {
    let batch = ''
    for (const [at, { id, offer_id }] of rows.entries()) {
      let ago = years * 365 - (at % 40)
      for (let person = 1; ago > 0; person++) {
        const nights = 21 + ((at * 7919 + person * 104_729) % 160)
        const municipality = organisations[(at + person) % organisations.length]?.id ?? ''
        const until = ago - nights > 0 ? day(ago - nights) : ''
        stays += 1
        batch += `${offer_id}\t${id}\t${municipality}\tE${at}-${person}\t[${day(ago)},${until})\n`
        if (batch.length > 60_000) {
          yield Buffer.from(batch)
          batch = ''
        }
        ago -= nights + ((at + person) % 9)
      }
    }
    yield Buffer.from(batch)
  }
  await copyIn(
    owner,
    'copy capacity.stay (offer_id, place_id, municipality_id, person_key, during) from stdin',
    lines(),
  )
  const begun = performance.now()
  await owner.query(
    `select capacity.recount(array(select (id, daterange(opened, null))::capacity.offer_days from capacity.offer))`,
  )
  const counted = (performance.now() - begun) / 1000
  await owner.query('commit')
  await owner.query('analyze')
  return { stays, counted }
}

const now = Date.now()
const day = (ago: number) => new Date(now - ago * 86_400_000).toISOString().slice(0, 10)

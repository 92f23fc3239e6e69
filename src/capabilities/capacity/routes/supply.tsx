import { z } from 'zod'
import { everyone } from '../../../platform/access/permission.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { type Answer, page, redirect } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import type { Fields } from '../../../platform/http/form-fields.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { sortedBy } from '../../../platform/i18n/format.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { asset } from '../../../platform/ui/assets.ts'
import type { FormState } from '../../../platform/ui/form.tsx'
import { areaNames, termNames } from '../../directory/contract.ts'
import { rateSupply } from '../commands/supply/rate-supply.ts'
import { reportUnmetNeed } from '../commands/supply/report-unmet-need.ts'
import { mayRateSomewhere, mayReportNeeds, organisationsThat } from '../permissions/supply.ts'
import { forecast } from '../rules/supply/forecast.ts'
import { publishedNeeds, publishedWait } from '../rules/supply/publishing.ts'
import { ratingsMark } from '../rules/supply/ratings.ts'
import { groupsOfOffers } from '../store/supply/offers-to-match.ts'
import {
  demandByGroup,
  municipalitiesById,
  municipalityBySlug,
  ratingsOf,
  standingByArea,
  standingByGroup,
  unmetCounts,
  waitingSpells,
} from '../store/supply/read-supply.ts'
import { Slug, wordsUpTo } from '../types/supply.ts'
import { GroupPage } from '../views/supply/group-page.tsx'
import { SupplyOverview } from '../views/supply/overview.tsx'
import { NeedForm, RatingChoice, RatingForm } from '../views/supply/supply-forms.tsx'
import { nameOf, ratingInWords } from '../views/supply/supply-words.ts'

const open = { permission: everyone, audit: { none: 'public figures' } } as const
const group = z.object({ group: Slug })
const rating = z.object({ municipality: Slug, year: z.coerce.number().int().min(2000).max(2100) })

/** CAP-7: supply and demand, open to everybody, and what municipalities say about it. */
export function supplyRoutes(door: Door): void {
  door.page('/supply', open, showOverview)
  door.page(
    '/supply/needs/new',
    {
      permission: mayReportNeeds,
      audit: { none: 'an empty form' },
      query: z.object({ group: Slug.optional() }),
    },
    (visit) => showNeed(visit, visit.query.group, {}),
  )
  door.form('/supply/needs/new', {
    command: reportUnmetNeed,
    input: (fields) => fields,
    done: () => redirect('/supply', { kind: 'done', text: m.capacity_supply_reported() }),
    again: (typed, outcome, visit) => showNeed(visit, undefined, { typed, outcome }),
  })
  door.page('/supply/ratings', { permission: mayRateSomewhere, audit: { none: 'a choice of forms' } }, showChoice)
  door.page(
    '/supply/ratings/{municipality}/{year}',
    { permission: mayRateSomewhere, audit: { none: 'ratings are public' }, params: rating },
    (visit) => showRating(visit, {}),
  )
  door.form('/supply/ratings/{municipality}/{year}', {
    command: rateSupply,
    params: rating,
    input: ({ version, ...fields }, visit) => ({
      ...visit.params,
      version,
      ratings: Object.entries(fields).flatMap(([targetGroup, said]) => {
        const { rating: chosen, words } = z.object({ rating: z.string(), words: z.string() }).partial().parse(said)
        return chosen === undefined ? [] : [{ targetGroup, rating: Number(chosen), words }]
      }),
    }),
    done: () => redirect('/supply', { kind: 'done', text: m.capacity_supply_rated() }),
    again: (typed, outcome, visit) =>
      showRating(visit, {
        typed,
        outcome: outcome.is === 'invalid' ? { ...outcome, errors: outcome.errors.map(atGroup(typed)) } : outcome,
      }),
  })
  door.page('/supply/{group}', { ...open, params: group }, showGroup)
}

/** A mistake that the schema found in the list belongs to the field of its group. */
function atGroup(typed: Fields) {
  const chosen = [...typed].flatMap(([name, [value]]) => (name.endsWith('.rating') && value ? [name.slice(0, -7)] : []))
  return ({ path, message }: { path: string; message: string }) => {
    const [, at, what] = /^ratings\.(\d+)\.(\w+)$/.exec(path) ?? []
    if (path === 'ratings') return { path: '', message: m.capacity_supply_rate_nothing() }
    return { path: at === undefined ? path : `${chosen[Number(at)]}.${what}`, message }
  }
}

/** The day of a region, and the days on which the lists and needs that are looked at begin. */
function daysOf(visit: Visit, timeZone: string) {
  const today = dayIn(visit.now, timeZone)
  const before = (years: number) => `${Number(today.slice(0, 4)) - years}${today.slice(4).replace('-02-29', '-02-28')}`
  return { today, year: Number(today.slice(0, 4)), sinceLists: before(2), sinceNeeds: before(1) }
}

/** The region of this visit, with the names of its target groups. */
async function figuresOf(tx: Tx, visit: Visit) {
  const { region } = visit
  if (!region) return undefined
  const days = daysOf(visit, region.timeZone)
  const [terms, standings, spells, counts, ratings] = await Promise.all([
    termNames(tx),
    standingByGroup(tx, region.id, days.today),
    waitingSpells(tx, region.id, days.sinceLists, days.today),
    unmetCounts(tx, region.id, days.sinceNeeds, days.today),
    ratingsOf(tx, { pack: region.id, year: days.year }),
  ])
  const names = new Map(terms.map(({ code, names: inAll }) => [code, inAll]))
  return { region, days, names, standings, spells, needs: publishedNeeds(counts), ratings }
}

async function showOverview(visit: Visit): Promise<Answer> {
  const figures = await visit.read((tx) => figuresOf(tx, visit))
  if (!figures) return { is: 'notFound' }
  const { names, standings, spells, needs, ratings, days } = figures
  return page(
    m.capacity_supply_title(),
    <SupplyOverview
      day={days.today}
      lines={standings.map((standing) => {
        const said = ratings.filter((each) => each.group === standing.code)
        return {
          name: nameOf(names.get(standing.code), standing.code),
          standing,
          wait: publishedWait(spells.get(standing.code) ?? []),
          unmet: needs.has(standing.code) ? (needs.get(standing.code)?.total ?? null) : 0,
          rated: { all: said.length, few: said.filter((each) => each.rating <= wordsUpTo).length },
        }
      })}
    />,
  )
}

async function showGroup(visit: Visit<z.output<typeof group>>): Promise<Answer> {
  const code = visit.params.group
  const found = await visit.read(async (tx) => {
    const figures = await figuresOf(tx, visit)
    const standing = figures?.standings.find((each) => each.code === code)
    if (!figures || !standing) return undefined
    const [areas, places, demand] = await Promise.all([
      standingByArea(tx, figures.region.id, code, figures.days.today),
      areaNames(tx, figures.region.id, undefined),
      demandByGroup(tx, figures.region.id),
    ])
    return { ...figures, standing, areas, places, demand: demand.get(code) ?? [] }
  })
  if (!found) return { is: 'notFound' }
  const { region, days, names, standing, areas, places, demand, needs } = found
  const name = nameOf(names.get(code), code)
  const lines = areas.map((area) => {
    const place = places.find((each) => each.code === area.code)
    return { ...area, name: nameOf(place?.names, area.code), point: place?.point }
  })
  return page(
    name,
    <GroupPage
      name={name}
      standing={standing}
      day={days.today}
      areas={sortedBy(lines, (line) => line.name)}
      boundaries={
        lines.some(({ point }) => point)
          ? { address: `/areas/${region.id}.geojson`, source: region.boundariesBy }
          : undefined
      }
      demand={demand}
      forecast={forecast(demand, [days.year, days.year + 1, days.year + 2])}
      since={days.sinceLists}
      wait={publishedWait(found.spells.get(code) ?? [])}
      ratings={{ year: days.year, said: found.ratings.filter((each) => each.group === code) }}
      unmet={needs.get(code) ?? { total: 0, reasons: [] }}
    />,
    { head: <link rel="stylesheet" href={asset('map.css')} /> },
  )
}

/** Target groups of a region for which it has offers, by name. */
async function groupsOf(tx: Tx, pack: string) {
  const [codes, terms] = await Promise.all([groupsOfOffers(tx, pack), termNames(tx)])
  const known = new Map(terms.map(({ code, names }) => [code, names]))
  return sortedBy(
    codes.map((code) => ({ code, name: nameOf(known.get(code), code) })),
    ({ name }) => name,
  )
}

async function showNeed(visit: Visit, chosen: string | undefined, state: FormState): Promise<Answer> {
  const { municipalities, groups } = await visit.read(async (tx) => {
    const own = await municipalitiesById(tx, organisationsThat('report', visit.actor))
    const terms = await termNames(tx)
    return {
      municipalities: own,
      groups: sortedBy(
        terms
          .filter(({ facet }) => facet === 'target-group')
          .map(({ code, names }) => ({ code, name: nameOf(names, code) })),
        ({ name }) => name,
      ),
    }
  })
  return page(
    m.capacity_supply_need_title(),
    <NeedForm
      municipalities={municipalities}
      groups={groups}
      group={chosen}
      today={dayIn(visit.now, municipalities[0]?.timeZone ?? 'UTC')}
      state={state}
      idempotencyKey={crypto.randomUUID()}
    />,
    { size: 'sm' },
  )
}

async function showChoice(visit: Visit): Promise<Answer> {
  const municipalities = await visit.read((tx) => municipalitiesById(tx, organisationsThat('rate', visit.actor)))
  const year = Number(dayIn(visit.now, municipalities[0]?.timeZone ?? 'UTC').slice(0, 4))
  const [only] = municipalities
  if (only && municipalities.length === 1) return redirect(`/supply/ratings/${only.slug}/${year}`)
  return page(m.capacity_supply_rate_choose(), <RatingChoice municipalities={municipalities} year={year} />, {
    size: 'sm',
  })
}

async function showRating(visit: Visit<z.output<typeof rating>>, state: FormState): Promise<Answer> {
  const { municipality: slug, year } = visit.params
  const found = await visit.read(async (tx) => {
    const municipality = await municipalityBySlug(tx, slug)
    if (!municipality || !organisationsThat('rate', visit.actor).includes(municipality.id)) return undefined
    const known = await ratingsOf(tx, { pack: municipality.pack, year, municipality: slug })
    return { municipality, known, groups: await groupsOf(tx, municipality.pack) }
  })
  if (!found) return { is: 'notFound' }
  const { municipality, known, groups } = found
  const conflict = state.outcome?.is === 'conflict'
  return page(
    m.capacity_supply_rate_title({ municipality: nameOf(municipality.names, slug), year: String(year) }),
    <RatingForm
      municipality={municipality}
      year={year}
      groups={groups}
      known={known}
      version={ratingsMark(known)}
      differences={
        conflict
          ? groups.flatMap(({ code, name }) => {
              const theirs = known.find((each) => each.group === code)?.rating
              const yours = Number(state.typed?.get(`${code}.rating`)?.[0] || Number.NaN)
              const said = (value: number | undefined) => (value ? ratingInWords(value) : m.capacity_supply_no_rating())
              return theirs === yours || (theirs === undefined && Number.isNaN(yours))
                ? []
                : [{ label: name, theirs: said(theirs), yours: said(yours) }]
            })
          : []
      }
      state={state}
      idempotencyKey={crypto.randomUUID()}
    />,
    { size: 'sm' },
  )
}

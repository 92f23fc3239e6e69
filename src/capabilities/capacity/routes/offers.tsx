import { z } from 'zod'
import { everyone } from '../../../platform/access/permission.ts'
import { type Answer, page } from '../../../platform/http/answer.ts'
import { decodeCursor, encodeCursor } from '../../../platform/http/cursor.ts'
import type { Door } from '../../../platform/http/door.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { speak } from '../../../platform/i18n/text.ts'
import { asset } from '../../../platform/ui/assets.ts'
import { servicesByIds, targetGroups } from '../../directory/contract.ts'
import { mayRunOffer, organisationsWhere } from '../permissions/places.ts'
import { addDays, spanStart } from '../rules/places/days.ts'
import { occupancyOver } from '../rules/places/occupancy.ts'
import { type AfterOffer, findOffers, standingByParagraph } from '../store/places/find-offers.ts'
import { offerBySlug } from '../store/places/read-offer.ts'
import { areasOf, settingOf } from '../store/places/read-setting.ts'
import { placesHistory, postsOn, type StandingDays, totalsOf } from '../store/places/read-totals.ts'
import { scopeOf, usersTold } from '../store/places/use-of-offer.ts'
import { sheetsThatHold } from '../store/tariffs/read-sheets.ts'
import { Slug } from '../types.ts'
import { OfferPage, type Span, spans } from '../views/places/offer-page.tsx'
import { nameOf } from '../views/places/offer-words.tsx'
import { OffersPage, type OffersQuery, offersAddress } from '../views/places/offers.tsx'

const open = { permission: everyone, audit: { none: 'offers, their places and totals are public' } } as const
const pageSize = 25
/** So far ahead ends of stays are shown. */
const aheadDays = 365

/** An empty choice of a form is no choice. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((given) => (given === '' ? undefined : given), schema.optional())

const Query = z.object({
  q: optional(z.string().trim().max(100)),
  area: optional(z.string().max(40)),
  group: optional(Slug),
  paragraph: optional(Slug),
  free: optional(z.enum(['now', 'coming'])),
  view: optional(z.literal('map')),
  after: optional(z.string().max(1000)),
})

const Cursor = z.tuple([z.string(), z.uuid()])

/** Where a page of offers begins; 'bad' where the address was not made by us. */
export function offerCursor(text: string | undefined): AfterOffer | undefined | 'bad' {
  if (text === undefined) return undefined
  const parsed = Cursor.safeParse(decodeCursor(text, 2))
  return parsed.success ? parsed.data : 'bad'
}

/** What everybody may read of offers: which there are, where a place is free, how they were taken (CAP-1, CAP-2). */
export function offerRoutes(door: Door): void {
  door.page('/offers', { ...open, query: Query }, showOffers)
  door.page(
    '/offers/{slug}',
    { ...open, params: z.object({ slug: Slug }), query: z.object({ span: z.enum(spans).default('quarter') }) },
    showOffer,
  )
}

async function showOffers({
  query,
  read,
  region,
  locale,
  now,
}: Visit<unknown, z.output<typeof Query>>): Promise<Answer> {
  const after = offerCursor(query.after)
  if (after === 'bad') return { is: 'bad', path: 'after', message: m.form_format() }
  const found = await read(async (tx) => {
    const setting = region && (await settingOf(tx, region.id))
    if (!region || !setting) return undefined
    const today = dayIn(now, region.timeZone)
    const choice = {
      pack: region.id,
      area: query.area,
      targetGroup: query.group,
      paragraph: query.paragraph,
      words: query.q,
      free: query.free,
    }
    const [listed, standing, areas, groups] = await Promise.all([
      findOffers(tx, choice, today, { after, limit: pageSize }),
      standingByParagraph(tx, choice, today),
      areasOf(tx, region.id),
      targetGroups(tx),
    ])
    return { ...listed, setting, today, standing, areas, groups }
  })
  const asked: OffersQuery = query
  return page(
    m.capacity_offers_title(),
    <OffersPage
      query={asked}
      offers={found?.offers ?? []}
      next={found?.next ? offersAddress({ ...asked, after: encodeCursor(found.next) }) : undefined}
      standing={found?.standing ?? []}
      paragraphs={found?.setting.paragraphs ?? []}
      areas={found?.areas ?? []}
      groups={(found?.groups ?? []).map(({ code, names, path }) => ({ code, names, depth: path.length - 1 }))}
      region={region && speak(region.names, locale, region.languages).words}
      boundaries={region ? { address: `/areas/${region.id}.geojson`, by: region.boundariesBy } : undefined}
      staleDays={found?.setting.staleDays ?? 0}
      today={found?.today ?? dayIn(now, 'UTC')}
      now={now}
    />,
    query.view === 'map' ? { head: <link rel="stylesheet" href={asset('map.css')} /> } : {},
  )
}

async function showOffer({
  params,
  query: { span },
  read,
  actor,
  now,
}: Visit<{ slug: string }, { span: Span }>): Promise<Answer> {
  const found = await read(async (tx) => {
    const offer = await offerBySlug(tx, params.slug)
    if (!offer) return undefined
    const today = dayIn(now, offer.timeZone)
    const tomorrow = addDays(today, 1)
    const [from, step] = spanStart(span, today, offer.opened)
    const [past, ahead, posts, users, scope, history, groups, services, sheets] = await Promise.all([
      totalsOf(tx, offer.id, from, tomorrow),
      totalsOf(tx, offer.id, today, addDays(today, aheadDays)),
      postsOn(tx, offer.id, today),
      usersTold(tx, offer, today),
      scopeOf(tx, offer.id, today),
      placesHistory(tx, offer.id),
      targetGroups(tx),
      servicesByIds(tx, offer.service ? [offer.service] : []),
      sheetsThatHold(tx, [offer.id]),
    ])
    return {
      offer,
      today,
      from,
      step,
      tomorrow,
      past,
      ahead,
      posts,
      users,
      scope,
      history,
      groups,
      services,
      sheet: sheets.at(-1),
    }
  })
  if (!found) return { is: 'notFound' }
  const { offer, today, past, ahead, groups } = found
  const service = offer.service ? found.services.get(offer.service) : undefined
  const own = new Set(offer.targetGroups)
  return page(
    nameOf(offer.names),
    <OfferPage
      offer={offer}
      today={today}
      sheet={found.sheet}
      now={now}
      standing={ahead.find(({ from }) => from <= today) ?? nothing}
      freeFrom={ahead.find(({ free }) => free > 0)?.from}
      coming={comingFree(ahead, today)}
      posts={found.posts}
      told={found.users}
      scope={found.scope}
      history={found.history}
      occupancy={{ span, points: occupancyOver(past, found.from, found.tomorrow, found.step) }}
      groups={groups.filter(({ code }) => own.has(code))}
      service={service && { slug: service.slug, names: service.names }}
      reports={mayRunOffer.may(actor, { operator: offer.operator.id })}
      refers={organisationsWhere('refers', actor).length > 0}
    />,
    { region: offer.pack },
  )
}

const nothing = { approved: 0, open: 0, occupied: 0, free: 0, over: 0, waiting: 0 }

/** Days ahead on which the number of free places changes. */
function comingFree(ahead: readonly StandingDays[], today: string): { day: string; free: number }[] {
  let before = ahead.find(({ from }) => from <= today)?.free ?? 0
  return ahead
    .filter(({ from, free }) => {
      if (from <= today || free === before) return false
      before = free
      return true
    })
    .slice(0, 12)
    .map(({ from, free }) => ({ day: from, free }))
}

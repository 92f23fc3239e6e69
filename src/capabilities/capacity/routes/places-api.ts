import { z } from 'zod'
import { everyone } from '../../../platform/access/permission.ts'
import { encodeCursor } from '../../../platform/http/cursor.ts'
import type { Door } from '../../../platform/http/door.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { Text } from '../../../platform/i18n/text.ts'
import { changePlaces, confirmReport, setStaffing } from '../commands/places/change-places.ts'
import { endStay, withdrawStay } from '../commands/places/end-stay.ts'
import { changeOffer, registerOffer } from '../commands/places/register-offer.ts'
import { reportStays } from '../commands/places/report-stays.ts'
import { endWaiting, noteReferral, startWaiting } from '../commands/places/wait-for-place.ts'
import { addDays } from '../rules/places/days.ts'
import { publishedWaiting, withoutWaiting } from '../rules/places/telling.ts'
import { findOffers } from '../store/places/find-offers.ts'
import { offerBySlug } from '../store/places/read-offer.ts'
import { settingOf } from '../store/places/read-setting.ts'
import { placesHistory, totalsOf } from '../store/places/read-totals.ts'
import { usersTold } from '../store/places/use-of-offer.ts'
import { Day, Slug } from '../types.ts'
import { offerCursor } from './offers.tsx'

const open = { permission: everyone, audit: { none: 'public; the same as the pages' }, tag: 'Capacity' } as const
const writing = { tag: 'Capacity', scope: 'capacity:write' } as const

const OfferItem = z.object({
  slug: z.string(),
  pack: z.string(),
  names: Text,
  operator: z.string(),
  paragraph: z.string(),
  approved: z.int(),
  open: z.int(),
  occupied: z.int(),
  free: z.int(),
  over: z.int(),
  /** rounded to the threshold of the region; null where the number would speak of few people */
  waiting: z.int().nullable(),
  /** the first day from today on which a place is free, as far as ends of stays are known */
  freeFrom: z.string().nullable(),
  reportedAt: z.string().nullable(),
  page: z.string(),
})
const DaysItem = z.object({
  from: z.string(),
  /** the first day that no longer counts; null: it goes on */
  until: z.string().nullable(),
  approved: z.int(),
  open: z.int(),
  occupied: z.int(),
  free: z.int(),
  over: z.int(),
})
const StaysReported = z.object({
  applied: z.boolean(),
  counts: z.object({ added: z.int(), changed: z.int(), unchanged: z.int(), rejected: z.int() }),
  lines: z.array(
    z.object({
      outcome: z.string(),
      person: z.string(),
      place: z.string().optional(),
      fault: z.string().optional(),
    }),
  ),
})
const ofOffer = z.object({ slug: z.string() })
const params = z.object({ slug: Slug })
const one = z.object({ id: z.uuid() })

/** Offers, places and stays over JSON: reading what is public, and the same commands as the forms. */
export function placesApi(door: Door): void {
  door.resource(
    '/api/v1/offers',
    {
      ...open,
      summary: 'Offers of a region with their places as they stand today, by name',
      query: z.object({
        pack: z.string().max(40),
        area: z.string().max(40).optional(),
        group: Slug.optional(),
        paragraph: Slug.optional(),
        operator: Slug.optional(),
        free: z.enum(['now', 'coming']).optional(),
        q: z.string().trim().max(100).optional(),
        after: z.string().max(1000).optional(),
        size: z.coerce.number().int().min(1).max(200).default(50),
      }),
      response: z.object({ items: z.array(OfferItem), next: z.string().nullable() }),
    },
    async ({ read, query, origin, now, regions }) => {
      const after = offerCursor(query.after)
      if (after === 'bad') return { is: 'bad', path: 'after', message: m.form_format() }
      const today = dayIn(now, regions.find(({ id }) => id === query.pack)?.timeZone ?? 'UTC')
      const { offers, next, threshold } = await read(async (tx) => {
        const choice = { ...query, targetGroup: query.group, words: query.q }
        const setting = await settingOf(tx, query.pack)
        return {
          ...(await findOffers(tx, choice, today, { after, limit: query.size })),
          threshold: setting?.threshold,
        }
      })
      return {
        is: 'ok',
        value: {
          items: offers.map((offer) => ({
            slug: offer.slug,
            pack: query.pack,
            names: offer.names,
            operator: offer.operator.slug,
            paragraph: offer.paragraph,
            approved: offer.approved,
            open: offer.open,
            occupied: offer.occupied,
            free: offer.free,
            over: offer.over,
            waiting: publishedWaiting(offer.waiting, threshold) ?? null,
            freeFrom: offer.freeFrom ?? null,
            reportedAt: offer.reportedAt?.toISOString() ?? null,
            page: `${origin}/offers/${offer.slug}`,
          })),
          next: next ? encodeCursor(next) : null,
        },
      }
    },
  )

  door.resource(
    '/api/v1/offers/{slug}',
    {
      ...open,
      summary:
        'One offer: places by date, days that stood alike, and which municipalities use it, never how many of each',
      params,
      query: z.object({ from: Day.optional(), until: Day.optional() }),
      response: z.object({
        slug: z.string(),
        pack: z.string(),
        names: Text,
        description: Text.nullable(),
        operator: z.string(),
        paragraph: z.string(),
        targetGroups: z.array(z.string()),
        area: z.string(),
        languages: z.array(z.string()),
        opened: z.string(),
        closed: z.string().nullable(),
        version: z.int(),
        /** as of the first day of the month; null where the names would say how many people of each */
        usedBy: z.array(z.string()).nullable(),
        places: z.array(
          z.object({
            from: z.string(),
            until: z.string().nullable(),
            approved: z.int(),
            open: z.int(),
            reason: z.string(),
          }),
        ),
        days: z.array(DaysItem),
      }),
    },
    async ({ read, params, query, now }) => {
      const found = await read(async (tx) => {
        const offer = await offerBySlug(tx, params.slug)
        if (!offer) return undefined
        const today = dayIn(now, offer.timeZone)
        const until = query.until ?? addDays(today, 365)
        const [{ users }, places, days] = await Promise.all([
          usersTold(tx, offer, today),
          placesHistory(tx, offer.id),
          totalsOf(tx, offer.id, query.from ?? addDays(today, -365), until),
        ])
        return { offer, users, places, days }
      })
      if (!found) return { is: 'notFound' }
      const { offer, users, places, days } = found
      return {
        is: 'ok',
        version: offer.version,
        value: {
          slug: offer.slug,
          pack: offer.pack,
          names: offer.names,
          description: offer.description ?? null,
          operator: offer.operator.slug,
          paragraph: offer.paragraph.code,
          targetGroups: [...offer.targetGroups],
          area: offer.area,
          languages: [...offer.languages],
          opened: offer.opened,
          closed: offer.closed ?? null,
          version: offer.version,
          usedBy: users?.map(({ slug }) => slug) ?? null,
          places: places.map(({ from, until, approved, open, reason }) => ({
            from,
            until: until ?? null,
            approved,
            open,
            reason,
          })),
          days: withoutWaiting(days).map(({ until, ...day }) => ({ ...day, until: until ?? null })),
        },
      }
    },
  )

  door.command('/api/v1/offers', {
    ...writing,
    method: 'post',
    summary: 'Register an offer with its first places',
    command: registerOffer,
    response: z.object({ id: z.uuid(), slug: z.string() }),
    status: 201,
  })
  door.command('/api/v1/offers/{slug}', {
    ...writing,
    method: 'patch',
    summary: 'Change what an offer says of itself; what is left out stays',
    command: changeOffer,
    params,
    response: z.object({ slug: z.string(), version: z.int() }),
  })
  door.command('/api/v1/offers/{slug}/places', {
    ...writing,
    method: 'post',
    summary:
      'Change how many places an offer has from a day on, or between two days; in scope of the framework agreement, only how many are open',
    command: changePlaces,
    params,
    response: ofOffer,
  })
  door.command('/api/v1/offers/{slug}/staffing', {
    ...writing,
    method: 'post',
    summary: 'Say how many people work at an offer from a day on, in full-time posts',
    command: setStaffing,
    params,
    response: ofOffer,
  })
  door.command('/api/v1/offers/{slug}/confirm', {
    ...writing,
    method: 'post',
    summary: 'Say that nothing has changed since the last report',
    command: confirmReport,
    params,
    response: ofOffer,
  })
  door.command('/api/v1/stays', {
    ...writing,
    method: 'post',
    summary:
      'Report who came and until when who stays, at one offer or many: all lines, or none; a trial stores nothing',
    command: reportStays,
    response: StaysReported,
  })
  door.command('/api/v1/stays/{id}/end', {
    ...writing,
    method: 'post',
    summary: 'End a stay: the day is the first on which the place is free; a day long ago needs a reason',
    command: endStay,
    params: one,
    response: z.object({ id: z.uuid(), offer: z.string(), place: z.string() }),
  })
  door.command('/api/v1/stays/{id}', {
    ...writing,
    method: 'delete',
    summary: 'Withdraw a stay that was entered by mistake in the last days; later it is ended, with a reason',
    command: withdrawStay,
    params: one,
    response: z.object({ id: z.uuid(), offer: z.string(), place: z.string() }),
  })
  door.command('/api/v1/waiting-entries', {
    ...writing,
    method: 'post',
    summary: 'Put somebody on the waiting list of an offer, under a sign',
    command: startWaiting,
    response: z.object({ id: z.uuid(), offer: z.string() }),
    status: 201,
  })
  door.command('/api/v1/waiting-entries/{id}/end', {
    ...writing,
    method: 'post',
    summary: 'End a waiting, and say how',
    command: endWaiting,
    params: one,
    response: z.object({ id: z.uuid(), offer: z.string() }),
  })
  door.command('/api/v1/referrals', {
    ...writing,
    method: 'post',
    summary: 'Note that a municipality asked an offer for a place, not for whom',
    command: noteReferral,
    response: z.object({ id: z.uuid(), offer: z.string() }),
    status: 201,
  })
}

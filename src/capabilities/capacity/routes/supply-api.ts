import { z } from 'zod'
import { everyone } from '../../../platform/access/permission.ts'
import type { Door } from '../../../platform/http/door.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { rateSupply } from '../commands/supply/rate-supply.ts'
import { reportUnmetNeed } from '../commands/supply/report-unmet-need.ts'
import { publishedWaiting } from '../rules/places/telling.ts'
import { standingByGroup } from '../store/supply/read-supply.ts'

const GroupItem = z.object({
  targetGroup: z.string(),
  offers: z.number(),
  approved: z.number(),
  open: z.number(),
  occupied: z.number(),
  free: z.number(),
  /** people, rounded to 5; null where the number would speak of few */
  waiting: z.number().nullable(),
  page: z.string(),
})

/** Supply over JSON, and what cases, officers and municipalities say about demand (CAP-7). */
export function supplyApi(door: Door): void {
  door.resource(
    '/api/v1/supply',
    {
      permission: everyone,
      audit: { none: 'public; the same as the pages' },
      tag: 'Capacity',
      summary: 'Places, occupancy and waiting by target group on a day; today where none is named',
      query: z.object({ pack: z.string().max(40), day: z.iso.date().optional() }),
      response: z.object({ items: z.array(GroupItem), next: z.null() }),
    },
    async ({ read, query, now, regions, origin }) => {
      const region = regions.find(({ id }) => id === query.pack)
      const day = query.day ?? dayIn(now, region?.timeZone ?? 'UTC')
      const standings = await read((tx) => standingByGroup(tx, query.pack, day))
      const items = standings.map(({ code, waiting, ...places }) => ({
        targetGroup: code,
        ...places,
        waiting: publishedWaiting(waiting) ?? null,
        page: `${origin}/supply/${code}`,
      }))
      return { is: 'ok', value: { items, next: null } }
    },
  )
  door.command('/api/v1/unmet-needs', {
    tag: 'Capacity',
    scope: 'capacity:write',
    method: 'post',
    summary: 'Report a need that no offer met: for whom and why, never of whom',
    command: reportUnmetNeed,
    response: z.object({ counted: z.boolean() }),
    status: 201,
  })
  door.command('/api/v1/supply-ratings', {
    tag: 'Capacity',
    scope: 'capacity:write',
    method: 'post',
    summary: 'Rate for a municipality and a year how supply fits demand, group by group',
    command: rateSupply,
    response: z.object({ municipality: z.string(), year: z.number() }),
    status: 201,
  })
}

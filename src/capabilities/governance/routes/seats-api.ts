import { z } from 'zod'
import { everyone } from '../../../platform/access/permission.ts'
import type { Door } from '../../../platform/http/door.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { Text } from '../../../platform/i18n/text.ts'
import { endMandate } from '../commands/end-mandate.ts'
import { giveMandate } from '../commands/give-mandate.ts'
import { bodyBySlug, listBodies, type StoredBody } from '../store/read-body.ts'
import { type StandingSeat, seatsOn } from '../store/read-seats.ts'
import { Day, SeatRole, Slug } from '../types.ts'

const State = z.enum(['held', 'shared', 'doubly-filled', 'free', 'expired', 'vacant'])
const Held = z.object({
  id: z.uuid(),
  name: z.string().nullable(),
  organisation: z.string().nullable(),
  since: z.string(),
  until: z.string().nullable(),
})
export const SeatItem = z.object({
  body: z.string(),
  seat: z.string(),
  names: Text,
  role: SeatRole,
  organisation: z.string().nullable(),
  optional: z.boolean(),
  /** null where the reader may not know who sits in the body */
  state: State.nullable(),
  holders: z.array(Held),
})
const writing = { tag: 'Governance', scope: 'governance:write' } as const

/** Seats over JSON: how they stand on any day, and the same commands as the forms. */
export function seatsApi(door: Door): void {
  door.resource(
    '/api/v1/seats',
    {
      permission: everyone,
      audit: { none: 'public; the same as the pages' },
      tag: 'Governance',
      summary: 'Seats of bodies as they stand on a day: held, shared, doubly filled, free, expired or vacant',
      query: z.object({
        body: Slug.optional(),
        pack: z.string().max(40).optional(),
        state: State.optional(),
        /** default: today, where the body is */
        on: Day.optional(),
      }),
      response: z.object({ items: z.array(SeatItem), next: z.null() }),
    },
    async ({ read, query, now }) => {
      const items = await read(async (tx) => {
        const one = query.body === undefined ? undefined : await bodyBySlug(tx, query.body)
        const bodies = query.body === undefined ? await listBodies(tx, query.pack) : one ? [one] : []
        const seats = await seatsOn(tx, bodies, query.on ?? dayIn(now, bodies[0]?.timeZone ?? 'UTC'))
        return bodies.flatMap((body) => (seats.get(body.id) ?? []).map((seat) => seatItem(body, seat)))
      })
      const chosen = items.filter(({ state }) => query.state === undefined || state === query.state)
      return { is: 'ok', value: { items: chosen, next: null } }
    },
  )

  door.command('/api/v1/mandates', {
    ...writing,
    method: 'post',
    summary: 'Enter who holds a seat of a body',
    command: giveMandate,
    response: z.object({ id: z.uuid(), body: z.string(), seat: z.string() }),
    status: 201,
  })
  door.command('/api/v1/mandates/{id}/end', {
    ...writing,
    method: 'post',
    summary: 'Set the last day of a mandate',
    command: endMandate,
    params: z.object({ id: z.uuid() }),
    response: z.object({ id: z.uuid(), body: z.string() }),
  })
}

export const seatItem = (body: StoredBody, { key, rule, organisation, open, standing }: StandingSeat) => ({
  body: body.profile.slug,
  seat: key,
  names: rule.names,
  role: rule.role,
  organisation: organisation ?? null,
  optional: rule.optional || open,
  state: standing?.state ?? null,
  holders: (standing?.holders ?? []).map((mandate) => ({
    id: mandate.id,
    name: mandate.name ?? null,
    organisation: mandate.organisation?.slug ?? null,
    since: mandate.since,
    until: mandate.until ?? null,
  })),
})

import { z } from 'zod'
import { everyone } from '../../../platform/access/permission.ts'
import { encodeCursor } from '../../../platform/http/cursor.ts'
import type { Door } from '../../../platform/http/door.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { Text } from '../../../platform/i18n/text.ts'
import { recordDecision } from '../commands/record-decision.ts'
import { shareDecision } from '../commands/share-decision.ts'
import { supersedeDecision } from '../commands/supersede-decision.ts'
import { bodyBySlug, listBodies, type StoredBody } from '../store/read-body.ts'
import { type Decision, publicDecisions } from '../store/read-decisions.ts'
import { seatsOn } from '../store/read-seats.ts'
import { Body, DecisionOutcome, Slug } from '../types.ts'
import { cursorOf } from './after.ts'
import { SeatItem, seatItem, seatsApi } from './seats-api.ts'

const open = {
  permission: everyone,
  audit: { none: 'public; the same as the pages' },
  tag: 'Governance',
} as const
const writing = { tag: 'Governance', scope: 'governance:write' } as const
const params = z.object({ id: z.uuid() })

const BodyItem = Body.extend({ pack: z.string(), page: z.string() })
const DecisionItem = z.object({
  id: z.uuid(),
  body: z.string(),
  number: z.string(),
  decidedOn: z.string(),
  matter: z.string(),
  outcome: DecisionOutcome,
  title: Text,
  words: Text.nullable(),
  recordedAt: z.string(),
  /** the wrong decision that this one stands in for */
  supersedes: z.uuid().nullable(),
  /** the decision that holds in its place */
  supersededBy: z.uuid().nullable(),
  page: z.string(),
})
const Recorded = z.object({ id: z.uuid(), number: z.string(), body: z.string(), aboutPerson: z.boolean() })

/** Bodies, seats and decisions over JSON: reading what is public, and the same commands as the forms. */
export function governanceApi(door: Door): void {
  seatsApi(door)
  door.resource(
    '/api/v1/bodies',
    {
      ...open,
      summary: 'Bodies: what they are for, how and on what they decide',
      query: z.object({ pack: z.string().max(40).optional() }),
      response: z.object({ items: z.array(BodyItem), next: z.null() }),
    },
    async ({ read, query, origin }) => {
      const bodies = await read((tx) => listBodies(tx, query.pack))
      return { is: 'ok', value: { items: bodies.map((body) => bodyItem(body, origin)), next: null } }
    },
  )

  door.resource(
    '/api/v1/bodies/{slug}',
    {
      ...open,
      summary: 'One body, and who sits in it today',
      params: z.object({ slug: Slug }),
      response: BodyItem.extend({ seatsToday: z.array(SeatItem) }),
    },
    async ({ read, params, now, origin }) => {
      const found = await read(async (tx) => {
        const body = await bodyBySlug(tx, params.slug)
        return body && { body, seats: await seatsOn(tx, [body], dayIn(now, body.timeZone)) }
      })
      if (!found) return { is: 'notFound' }
      const { body, seats } = found
      const seatsToday = (seats.get(body.id) ?? []).map((seat) => seatItem(body, seat))
      return { is: 'ok', value: { ...bodyItem(body, origin), seatsToday } }
    },
  )

  door.resource(
    '/api/v1/decisions',
    {
      ...open,
      summary: 'Public decisions, newest first; those about people are never among them',
      query: z.object({
        body: Slug.optional(),
        pack: z.string().max(40).optional(),
        q: z.string().trim().max(200).optional(),
        after: z.string().max(1000).optional(),
        size: z.coerce.number().int().min(1).max(100).default(20),
      }),
      response: z.object({ items: z.array(DecisionItem), next: z.string().nullable() }),
    },
    async ({ read, query, origin }) => {
      const after = cursorOf(query.after)
      if (after === 'bad') return { is: 'bad', path: 'after', message: m.form_format() }
      const found = await read(async (tx) => {
        const body = query.body === undefined ? undefined : await bodyBySlug(tx, query.body)
        if (query.body !== undefined && !body) return { decisions: [], next: undefined }
        const choice = { body: body?.id, pack: query.pack, words: query.q }
        return publicDecisions(tx, choice, { after, limit: query.size })
      })
      return {
        is: 'ok',
        value: {
          items: found.decisions.map((decision) => decisionItem(decision, origin)),
          next: found.next ? encodeCursor(found.next) : null,
        },
      }
    },
  )

  door.command('/api/v1/decisions', {
    ...writing,
    method: 'post',
    summary: 'Record what a body decided on a matter that it may decide on',
    command: recordDecision,
    response: Recorded,
    status: 201,
  })
  door.command('/api/v1/decisions/{id}/supersede', {
    ...writing,
    method: 'post',
    summary: 'Put a right decision in the place of a wrong one',
    command: supersedeDecision,
    params,
    response: Recorded,
    status: 201,
  })
  door.command('/api/v1/decisions/{id}/share', {
    ...writing,
    method: 'post',
    summary: 'Open a decision about a person to one colleague',
    command: shareDecision,
    params,
    response: z.object({ id: z.uuid() }),
  })
}

const bodyItem = ({ profile, pack }: StoredBody, origin: string) => ({
  ...profile,
  pack,
  page: `${origin}/bodies/${profile.slug}`,
})

const decisionItem = (decision: Decision, origin: string) => ({
  id: decision.id,
  body: decision.body.slug,
  number: decision.number,
  decidedOn: decision.decidedOn,
  matter: decision.matter.slug,
  outcome: decision.outcome,
  title: decision.title,
  words: decision.words ?? null,
  recordedAt: decision.recordedAt.toISOString(),
  supersedes: decision.supersedes ?? null,
  supersededBy: decision.supersededBy ?? null,
  page: `${origin}/decisions/${decision.id}`,
})

import { z } from 'zod'
import { everyone } from '../../../platform/access/permission.ts'
import { encodeCursor } from '../../../platform/http/cursor.ts'
import type { Door } from '../../../platform/http/door.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { Text } from '../../../platform/i18n/text.ts'
import { announceConference } from '../commands/forums/announce-conference.ts'
import { answerRecommendation } from '../commands/forums/answer-recommendation.ts'
import { approveTerms } from '../commands/forums/approve-terms.ts'
import { cancelConference } from '../commands/forums/cancel-conference.ts'
import { prepareConference } from '../commands/forums/prepare-conference.ts'
import { prolongGroup } from '../commands/forums/prolong-group.ts'
import { raiseRecommendation } from '../commands/forums/raise-recommendation.ts'
import { recommend } from '../commands/forums/recommend.ts'
import { setUpGroup } from '../commands/forums/set-up-group.ts'
import { conferencesOf } from '../store/forums/conferences.ts'
import { listRecommendations } from '../store/forums/recommendations.ts'
import { listBodies } from '../store/read-body.ts'
import { ConferenceState, RecommendationAnswer } from '../types/forums.ts'
import { Slug } from '../types.ts'
import { cursorOf } from './after.ts'

const tag = 'Governance'
const writing = { tag, scope: 'governance:write' } as const

const RecommendationItem = z.object({
  id: z.uuid(),
  body: z.string(),
  recommendedOn: z.string(),
  title: Text,
  words: Text,
  to: z.array(
    z.object({
      body: z.string(),
      /** null: nobody has answered */
      answer: RecommendationAnswer.nullable(),
      why: Text.nullable(),
      answeredOn: z.string().nullable(),
      decision: z.uuid().nullable(),
    }),
  ),
  page: z.string(),
})

const ConferenceItem = z.object({
  id: z.uuid(),
  body: z.string(),
  title: Text,
  about: Text,
  place: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  answerBy: z.string(),
  programme: z.array(z.object({ time: z.string(), words: z.string() })),
  state: ConferenceState,
  /** why it was called off */
  cancelledWhy: z.string().nullable(),
  page: z.string(),
})

/** Groups, recommendations and conferences over JSON: the same as pages and desks (GOV-8, GOV-9, GOV-10). */
export function forumsApi(door: Door): void {
  conferences(door)
  door.resource(
    '/api/v1/recommendations',
    {
      permission: everyone,
      audit: { none: 'public; the same as the pages' },
      tag,
      summary: 'Recommendations and what bodies answered to them, the newest first',
      query: z.object({
        pack: z.string().max(40).optional(),
        /** `true`: only what somebody has not answered */
        waiting: z.enum(['true', 'false']).default('false'),
        after: z.string().max(1000).optional(),
        size: z.coerce.number().int().min(1).max(100).default(20),
      }),
      response: z.object({ items: z.array(RecommendationItem), next: z.string().nullable() }),
    },
    async ({ read, query, origin }) => {
      const after = cursorOf(query.after)
      if (after === 'bad') return { is: 'bad', path: 'after', message: m.form_format() }
      const choice = { pack: query.pack, waiting: query.waiting === 'true' }
      const { recommendations, next } = await read((tx) =>
        listRecommendations(tx, choice, { after, limit: query.size }),
      )
      const items = recommendations.map(({ id, from, recommendedOn, title, words, to }) => ({
        id,
        body: from.slug,
        recommendedOn,
        title,
        words,
        to: to.map(({ slug, answer }) => ({
          body: slug,
          answer: answer?.is ?? null,
          why: answer?.why ?? null,
          answeredOn: answer?.on ?? null,
          decision: answer?.decision ?? null,
        })),
        page: `${origin}/recommendations/${id}`,
      }))
      return { is: 'ok', value: { items, next: next ? encodeCursor(next) : null } }
    },
  )
  door.command('/api/v1/recommendations', {
    ...writing,
    method: 'post',
    summary: 'Enter what a body recommends to bodies that may decide on it',
    command: recommend,
    response: z.object({ id: z.uuid() }),
    status: 201,
  })
  const params = z.object({ recommendation: z.uuid() })
  door.command('/api/v1/recommendations/{recommendation}/answers', {
    ...writing,
    method: 'post',
    summary: 'Enter what a body answers to a recommendation',
    command: answerRecommendation,
    params,
    response: z.object({ id: z.uuid() }),
    status: 201,
  })
  door.command('/api/v1/recommendations/{recommendation}/matters', {
    ...writing,
    method: 'post',
    summary: 'Make a matter of a recommendation',
    command: raiseRecommendation,
    params,
    response: z.object({ recommendation: z.uuid(), matter: z.uuid() }),
    status: 201,
  })
  door.command('/api/v1/groups', {
    ...writing,
    method: 'post',
    summary: 'Set up an ad hoc group',
    command: setUpGroup,
    response: z.object({ id: z.uuid(), slug: z.string() }),
    status: 201,
  })
  const group = z.object({ group: Slug })
  door.command('/api/v1/groups/{group}/terms', {
    ...writing,
    method: 'post',
    summary: 'Enter terms of reference that a decision approved',
    command: approveTerms,
    params: group,
    response: z.object({ slug: z.string() }),
    status: 201,
  })
  door.command('/api/v1/groups/{group}/prolong', {
    ...writing,
    method: 'post',
    summary: 'Let a group go on by a decision',
    command: prolongGroup,
    params: group,
    response: z.object({ slug: z.string() }),
  })
}

function conferences(door: Door): void {
  door.resource(
    '/api/v1/conferences',
    {
      permission: everyone,
      audit: { none: 'public conferences; nobody who comes is named' },
      tag,
      summary:
        'Conferences that were announced, also those that were called off; the last one first, a hundred at most',
      query: z.object({ pack: z.string().max(40).optional() }),
      response: z.object({ items: z.array(ConferenceItem), next: z.null() }),
    },
    async ({ read, query, origin }) => {
      const found = await read(async (tx) => conferencesOf(tx, await listBodies(tx, query.pack)))
      const items = found
        .filter(({ state }) => state !== 'draft')
        .map(({ id, body, startsAt, endsAt, cancelledWhy, title, about, place, answerBy, programme, state }) => ({
          id,
          body: body.profile.slug,
          title,
          about,
          place,
          startsAt: startsAt.toISOString(),
          endsAt: endsAt.toISOString(),
          answerBy,
          programme,
          state,
          cancelledWhy: cancelledWhy ?? null,
          page: `${origin}/conferences/${id}`,
        }))
      return { is: 'ok', value: { items, next: null } }
    },
  )
  const params = z.object({ id: z.uuid() })
  door.command('/api/v1/conferences', {
    ...writing,
    method: 'post',
    summary: 'Prepare a conference: a draft that nobody else sees',
    command: prepareConference,
    response: z.object({ id: z.uuid() }),
    status: 201,
  })
  door.command('/api/v1/conferences/{id}/announce', {
    ...writing,
    method: 'post',
    summary: 'Announce a conference and invite by its rule; done again it invites those who came since',
    command: announceConference,
    params,
    response: z.object({ id: z.uuid(), invited: z.number() }),
  })
  door.command('/api/v1/conferences/{id}/cancel', {
    ...writing,
    method: 'post',
    summary: 'Call an announced conference off, with the reason; guests are told by letter',
    command: cancelConference,
    params,
    response: z.object({ id: z.uuid(), letters: z.number() }),
  })
}

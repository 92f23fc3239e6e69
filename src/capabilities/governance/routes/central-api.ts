import { z } from 'zod'
import { everyone } from '../../../platform/access/permission.ts'
import type { Tx } from '../../../platform/db/database.ts'
import type { Door } from '../../../platform/http/door.ts'
import { Text } from '../../../platform/i18n/text.ts'
import { giveCentralAnswer } from '../commands/central/give-answer.ts'
import { openCentralRequest } from '../commands/central/open-request.ts'
import { approveCentralReply, sendCentralReply, writeCentralReply } from '../commands/central/reply.ts'
import { mayOpenQuestions } from '../permissions/rules.ts'
import {
  answerOf,
  centralRequestById,
  listCentralRequests,
  progressOf,
  replyTo,
} from '../store/central/read-central.ts'
import { CentralField, type CentralRequest, centralRequestKind } from '../types/central.ts'
import { Slug } from '../types.ts'

const open = { permission: everyone, audit: { none: 'public; the same as the pages' }, tag: 'Governance' } as const
const writing = { tag: 'Governance', scope: 'governance:write', method: 'post' } as const
const params = z.object({ id: z.uuid() })
const Place = z.object({ id: z.uuid(), organisation: Slug })
const RequestItem = z.object({
  id: z.uuid(),
  pack: z.string(),
  /** slug of the body that approves the joint answer */
  body: z.string(),
  askedBy: z.string(),
  askedOn: z.string(),
  title: Text,
  words: Text.nullable(),
  fields: z.array(CentralField),
  answersDue: z.string(),
  replyDue: z.string(),
  progress: z.array(z.object({ organisation: z.string(), begun: z.boolean(), sentAt: z.string().nullable() })),
  /** the joint answer; null until it is approved */
  reply: z
    .object({ words: Text, missing: z.number(), decision: z.uuid(), sentAt: z.string().nullable(), paper: z.string() })
    .nullable(),
  page: z.string(),
})
const Done = z.object({ id: z.uuid() })

/** Central requests over JSON: reading what is public, and the same commands as the forms (GOV-15). */
export function centralApi(door: Door): void {
  door.resource(
    '/api/v1/central-requests',
    {
      ...open,
      summary: 'Requests of the national board, with how far each municipality is and the approved joint answer',
      query: z.object({ pack: Slug.optional() }),
      response: z.object({ items: z.array(RequestItem), next: z.null() }),
    },
    async ({ read, query, origin }) => {
      const items = await read(async (tx) =>
        Promise.all((await listCentralRequests(tx, query.pack)).map((request) => requestItem(tx, request, origin))),
      )
      return { is: 'ok', value: { items, next: null } }
    },
  )
  door.resource(
    '/api/v1/central-requests/{id}',
    { ...open, summary: 'One request of the national board', params, response: RequestItem },
    async ({ read, params: { id }, origin }) => {
      const item = await read(async (tx) => {
        const request = await centralRequestById(tx, id)
        return request && requestItem(tx, request, origin)
      })
      return item ? { is: 'ok', value: item } : { is: 'notFound' }
    },
  )
  door.resource(
    '/api/v1/central-requests/{id}/answers/{organisation}',
    {
      permission: mayOpenQuestions,
      audit: 'governance.central-request.read',
      tag: 'Governance',
      scope: 'governance:write',
      summary: 'The questionnaire of one municipality, for its own people and the secretariat that asks',
      params: Place,
      response: z.object({
        answers: z.record(z.string(), z.string()),
        prefilled: z.record(z.string(), z.object({ value: z.string(), from: z.string() })),
        sentAt: z.string().nullable(),
        onBehalf: z.boolean(),
        version: z.number(),
      }),
    },
    async ({ read, about, params: { id, organisation } }) => {
      about({ kind: centralRequestKind, id })
      const answer = await read((tx) => answerOf(tx, id, organisation))
      if (!answer) return { is: 'notFound' }
      const { answers, prefilled, sentAt, onBehalf, version } = answer
      return { is: 'ok', value: { answers, prefilled, sentAt: sentAt?.toISOString() ?? null, onBehalf, version } }
    },
  )
  door.command('/api/v1/central-requests', {
    ...writing,
    summary: 'Open a central request: one prefilled questionnaire for each municipality',
    command: openCentralRequest,
    response: z.object({ id: z.uuid(), municipalities: z.number() }),
    status: 201,
  })
  door.command('/api/v1/central-requests/{id}/answers/{organisation}', {
    ...writing,
    method: 'put',
    summary: 'Save or send what a municipality answers',
    command: giveCentralAnswer,
    params: Place,
    response: z.object({ id: z.uuid(), organisation: z.string(), sent: z.boolean() }),
  })
  door.command('/api/v1/central-requests/{id}/reply', {
    ...writing,
    method: 'put',
    summary: 'Write the joint answer',
    command: writeCentralReply,
    params,
    response: z.object({ id: z.uuid(), missing: z.number() }),
  })
  door.command('/api/v1/central-requests/{id}/approve', {
    ...writing,
    summary: 'Tie the joint answer to the decision of its body that approves it',
    command: approveCentralReply,
    params,
    response: Done,
  })
  door.command('/api/v1/central-requests/{id}/send', {
    ...writing,
    summary: 'Send the approved joint answer to whoever asked',
    command: sendCentralReply,
    params,
    response: Done,
  })
}

async function requestItem(tx: Tx, request: CentralRequest, origin: string): Promise<z.input<typeof RequestItem>> {
  const [progress, reply] = await Promise.all([progressOf(tx, request.id), replyTo(tx, request.id)])
  const page = `${origin}/central-requests/${request.id}`
  return {
    id: request.id,
    pack: request.pack,
    body: request.body.slug,
    askedBy: request.askedBy,
    askedOn: request.askedOn,
    title: request.title,
    words: request.words ?? null,
    fields: [...request.fields],
    answersDue: request.answersDue,
    replyDue: request.replyDue,
    progress: progress.map(({ organisation, begun, sentAt }) => ({
      organisation: organisation.slug,
      begun,
      sentAt: sentAt?.toISOString() ?? null,
    })),
    reply: reply?.decision
      ? {
          words: reply.words,
          missing: reply.missing,
          decision: reply.decision.id,
          sentAt: reply.sentAt?.toISOString() ?? null,
          paper: `${page}/pdf`,
        }
      : null,
    page,
  }
}

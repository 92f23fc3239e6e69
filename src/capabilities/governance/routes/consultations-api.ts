import { z } from 'zod'
import { everyone } from '../../../platform/access/permission.ts'
import { encodeCursor } from '../../../platform/http/cursor.ts'
import type { Door } from '../../../platform/http/door.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { Text } from '../../../platform/i18n/text.ts'
import { answerForParty } from '../commands/consultations/answer-consultation.ts'
import { confirmConsultation, publishConsultation } from '../commands/consultations/confirm-consultation.ts'
import { draftConsultation } from '../commands/consultations/draft-consultation.ts'
import { extendConsultation } from '../commands/consultations/extend-consultation.ts'
import { sendConsultation } from '../commands/consultations/send-consultation.ts'
import { withdrawConsultation } from '../commands/consultations/withdraw-consultation.ts'
import { publicConsultations, type StoredConsultation } from '../store/consultations/consultations.ts'
import { bodyBySlug } from '../store/read-body.ts'
import { AnswerKind, ConsultationOutcome, ConsultationState, Silence, Tally } from '../types/consultations.ts'
import { DecidesBy, Slug } from '../types.ts'
import type { WholeConsultation } from '../views/consultations/page.tsx'
import { momentCursor } from './after-moment.ts'
import { wholeConsultation } from './consultations.tsx'

const open = {
  permission: everyone,
  audit: { none: 'public; the same as the pages' },
  tag: 'Governance',
} as const
const writing = { tag: 'Governance', scope: 'governance:write', method: 'post' } as const
const params = z.object({ id: z.uuid() })
const Named = z.object({ id: z.uuid() })

const Item = z.object({
  id: z.uuid(),
  body: z.string(),
  title: Text,
  question: Text,
  state: ConsultationState,
  openedAt: z.string().nullable(),
  /** the first moment that is too late */
  closesAt: z.string().nullable(),
  timeZone: z.string(),
  silence: Silence.nullable(),
  countedBy: DecidesBy.nullable(),
  /** confirmed by the chair, and published */
  outcome: ConsultationOutcome.nullable(),
  tally: Tally.nullable(),
  publishedAt: z.string().nullable(),
  /** what it is about: kind and id in the thread */
  subject: z.object({ kind: z.string(), id: z.uuid() }).nullable(),
  page: z.string(),
})
const Whole = Item.extend({
  papers: z.array(z.object({ title: z.string(), url: z.string() })),
  parties: z.array(
    z.object({
      id: z.uuid(),
      kind: z.enum(['organisation', 'body']),
      slug: z.string(),
      answered: z.boolean(),
      /** only once it is published */
      answer: AnswerKind.nullable(),
      remarks: z.string().nullable(),
    }),
  ),
})

/** Consultations over JSON: reading what is public, and the same commands as the forms (GOV-5). */
export function consultationsApi(door: Door): void {
  door.resource(
    '/api/v1/consultations',
    {
      ...open,
      summary: 'Written consultations of public bodies, newest first',
      query: z.object({
        body: Slug.optional(),
        pack: z.string().max(40).optional(),
        which: z.enum(['open', 'over']).optional(),
        q: z.string().trim().max(200).optional(),
        after: z.string().max(1000).optional(),
        size: z.coerce.number().int().min(1).max(100).default(20),
      }),
      response: z.object({ items: z.array(Item), next: z.string().nullable() }),
    },
    async ({ read, query, origin }) => {
      const after = momentCursor(query.after)
      if (after === 'bad') return { is: 'bad', path: 'after', message: m.form_format() }
      const found = await read(async (tx) => {
        const body = query.body === undefined ? undefined : await bodyBySlug(tx, query.body)
        if (query.body !== undefined && !body) return { consultations: [], next: undefined }
        const choice = { body: body?.id, pack: query.pack, which: query.which, words: query.q }
        return publicConsultations(tx, choice, { after, limit: query.size })
      })
      const items = found.consultations.map((consultation) => item(consultation, origin))
      return { is: 'ok', value: { items, next: found.next ? encodeCursor(found.next) : null } }
    },
  )
  door.resource(
    '/api/v1/consultations/{id}',
    {
      ...open,
      summary: 'One consultation, with its parties, and once published with their answers',
      params,
      response: Whole,
    },
    async ({ read, params, origin }) => {
      const whole = await read((tx) => wholeConsultation(tx, params.id))
      if (!whole?.consultation.openedAt) return { is: 'notFound' }
      return { is: 'ok', value: wholeItem(whole, origin), version: whole.consultation.version }
    },
  )

  door.command('/api/v1/consultations', {
    ...writing,
    summary: 'Prepare a consultation that nobody is asked yet',
    command: draftConsultation,
    response: Named,
    status: 201,
  })
  door.command('/api/v1/consultations/{id}/send', {
    ...writing,
    summary: 'Ask the parties: they are written to at once',
    command: sendConsultation,
    params,
    response: z.object({ id: z.uuid(), lastDay: z.string(), closesAt: z.string() }),
  })
  door.command('/api/v1/consultations/{id}/extend', {
    ...writing,
    summary: 'Give all parties more time, before the end and with a reason',
    command: extendConsultation,
    params,
    response: z.object({ id: z.uuid(), closesAt: z.string() }),
  })
  door.command('/api/v1/consultations/{id}/withdraw', {
    ...writing,
    summary: 'Take a consultation back, with a reason',
    command: withdrawConsultation,
    params,
    response: Named,
  })
  door.command('/api/v1/consultations/{id}/answers', {
    ...writing,
    summary: 'Answer for a party, or change its answer, before the end',
    command: answerForParty,
    params,
    input: (body, { id }) => ({ ...(body as object), consultation: id }),
    response: z.object({ party: z.uuid(), consultation: z.uuid(), version: z.number().int() }),
    status: 201,
  })
  door.command('/api/v1/consultations/{id}/confirm', {
    ...writing,
    summary: 'Confirm what came of it, as the chair or on their word',
    command: confirmConsultation,
    params,
    response: z.object({ id: z.uuid(), outcome: ConsultationOutcome }),
  })
  door.command('/api/v1/consultations/{id}/publish', {
    ...writing,
    summary: 'Open result and answers to everybody',
    command: publishConsultation,
    params,
    response: Named,
  })
}

/** What came of it, once it is published. */
const resultOf = ({ state, outcome, tally }: StoredConsultation) =>
  state === 'published' ? { outcome: outcome ?? null, tally: tally ?? null } : { outcome: null, tally: null }

const item = (consultation: StoredConsultation, origin: string): z.input<typeof Item> => ({
  id: consultation.id,
  body: consultation.body.slug,
  title: consultation.title,
  question: consultation.question,
  state: consultation.state,
  openedAt: consultation.openedAt?.toISOString() ?? null,
  closesAt: consultation.closesAt?.toISOString() ?? null,
  timeZone: consultation.timeZone,
  silence: consultation.terms?.silence ?? null,
  countedBy: consultation.countedBy ?? null,
  ...resultOf(consultation),
  publishedAt: consultation.publishedAt?.toISOString() ?? null,
  subject: consultation.subject ?? null,
  page: `${origin}/consultations/${consultation.id}`,
})

function wholeItem(
  { consultation, parties, papers, answers }: WholeConsultation,
  origin: string,
): z.input<typeof Whole> {
  const shown = item(consultation, origin)
  return {
    ...shown,
    papers: papers.map(({ id, title, url }) => ({ title, url: url ?? `${shown.page}/papers/${id}` })),
    parties: parties.map(({ id, kind, slug, answered }) => {
      const answer = consultation.state === 'published' ? answers.get(id) : undefined
      return { id, kind, slug, answered, answer: answer?.answer ?? null, remarks: answer?.remarks ?? null }
    }),
  }
}

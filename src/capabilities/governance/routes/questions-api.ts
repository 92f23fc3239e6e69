import { z } from 'zod'
import { everyone } from '../../../platform/access/permission.ts'
import { encodeCursor } from '../../../platform/http/cursor.ts'
import type { Door } from '../../../platform/http/door.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { Text } from '../../../platform/i18n/text.ts'
import { answerQuestion } from '../commands/questions/answer-question.ts'
import { askQuestion } from '../commands/questions/ask-question.ts'
import { withdrawQuestion } from '../commands/questions/withdraw-question.ts'
import { listQuestions, questionById, rulingsOf } from '../store/questions/read-questions.ts'
import { type Question, QuestionKind, type Ruling } from '../types/questions.ts'
import { Slug } from '../types.ts'
import { questionsAfter } from './questions.tsx'

const open = { permission: everyone, audit: { none: 'public; the same as the pages' }, tag: 'Governance' } as const
const writing = { tag: 'Governance', scope: 'governance:write', method: 'post' } as const
const params = z.object({ id: z.uuid() })
const QuestionItem = z.object({
  id: z.uuid(),
  reference: z.string(),
  pack: z.string(),
  kind: QuestionKind,
  title: Text,
  words: Text,
  /** slug of the group that answers */
  body: z.string(),
  /** slug of the authority that asks */
  organisation: z.string(),
  askedAt: z.string(),
  answered: z.boolean(),
  page: z.string(),
})
const RulingItem = z.object({
  id: z.uuid(),
  words: Text,
  refersTo: z.array(z.string()),
  answeredOn: z.string(),
  decision: z.uuid().nullable(),
  supersedes: z.uuid().nullable(),
  why: z.string().nullable(),
  superseded: z.boolean(),
})

/** Questions and their answers over JSON: reading, searching, and the same commands as the forms (GOV-16). */
export function questionsApi(door: Door): void {
  door.resource(
    '/api/v1/rulings',
    {
      ...open,
      summary: 'Questions of law, tariff, practice and diverging views, newest first; searched in four languages',
      query: z.object({
        pack: Slug.optional(),
        kind: QuestionKind.optional(),
        q: z.string().trim().max(200).optional(),
        after: z.string().max(1000).optional(),
        size: z.coerce.number().int().min(1).max(100).default(20),
      }),
      response: z.object({ items: z.array(QuestionItem), next: z.string().nullable() }),
    },
    async ({ read, query, origin }) => {
      const after = questionsAfter(query.after)
      if (after === 'bad') return { is: 'bad', path: 'after', message: m.form_format() }
      const choice = { pack: query.pack, kind: query.kind, words: query.q }
      const { questions, next } = await read((tx) => listQuestions(tx, choice, { after, limit: query.size }))
      return {
        is: 'ok',
        value: {
          items: questions.map((question) => questionItem(question, origin)),
          next: next ? encodeCursor(next) : null,
        },
      }
    },
  )
  door.resource(
    '/api/v1/rulings/{id}',
    {
      ...open,
      summary: 'One question with its answers, the newest first',
      params,
      response: QuestionItem.extend({ rulings: z.array(RulingItem) }),
    },
    async ({ read, params: { id }, origin }) => {
      const found = await read(async (tx) => {
        const question = await questionById(tx, id)
        return question && { question, rulings: await rulingsOf(tx, id) }
      })
      if (!found) return { is: 'notFound' }
      return { is: 'ok', value: { ...questionItem(found.question, origin), rulings: found.rulings.map(rulingItem) } }
    },
  )
  door.command('/api/v1/rulings', {
    ...writing,
    summary: 'Ask a question for an authority',
    command: askQuestion,
    response: z.object({ id: z.uuid(), reference: z.string(), body: z.string() }),
    status: 201,
  })
  door.command('/api/v1/rulings/{id}/answers', {
    ...writing,
    summary: 'Enter what the entitled group answered, or what takes the place of its answer',
    command: answerQuestion,
    params,
    response: z.object({ id: z.uuid(), ruling: z.uuid() }),
    status: 201,
  })
  door.command('/api/v1/rulings/{id}/withdraw', {
    ...writing,
    summary: 'Take a question away that names a person or was asked by mistake',
    command: withdrawQuestion,
    params,
    response: z.object({ id: z.uuid() }),
  })
}

const questionItem = (question: Question, origin: string) => ({
  id: question.id,
  reference: question.reference,
  pack: question.pack,
  kind: question.kind,
  title: question.title,
  words: question.words,
  body: question.body.slug,
  organisation: question.organisation.slug,
  askedAt: question.askedAt.toISOString(),
  answered: question.answered,
  page: `${origin}/rulings/${question.id}`,
})

const rulingItem = (ruling: Ruling) => ({
  id: ruling.id,
  words: ruling.words,
  refersTo: [...ruling.refersTo],
  answeredOn: ruling.answeredOn,
  decision: ruling.decision?.id ?? null,
  supersedes: ruling.supersedes ?? null,
  why: ruling.why ?? null,
  superseded: ruling.superseded,
})

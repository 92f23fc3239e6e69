import { z } from 'zod'
import { type Actor, effectiveMemberships } from '../../../platform/access/actor.ts'
import { everyone } from '../../../platform/access/permission.ts'
import { type Answer, page, redirect } from '../../../platform/http/answer.ts'
import { decodeCursor, encodeCursor } from '../../../platform/http/cursor.ts'
import type { Door } from '../../../platform/http/door.ts'
import { field } from '../../../platform/http/form-fields.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { Locale, speak } from '../../../platform/i18n/text.ts'
import type { FormState } from '../../../platform/ui/form.tsx'
import { answerQuestion } from '../commands/questions/answer-question.ts'
import { askQuestion } from '../commands/questions/ask-question.ts'
import { withdrawQuestion } from '../commands/questions/withdraw-question.ts'
import { mayAnswerQuestions, mayOpenQuestions, mayOpenRulesDesk } from '../permissions/rules.ts'
import {
  authoritiesAmong,
  listQuestions,
  type QuestionAfter,
  questionById,
  questionsFor,
  rulingsOf,
  similarQuestions,
} from '../store/questions/read-questions.ts'
import { publicDecisions } from '../store/read-decisions.ts'
import { QuestionKind, questionKind } from '../types/questions.ts'
import { AnswerPage, AskPage, QuestionsDesk } from '../views/questions/question-forms.tsx'
import { QuestionPage, QuestionsPage } from '../views/questions/questions-pages.tsx'

const pageSize = 20
const params = z.object({ id: z.uuid() })
const reading = { permission: everyone, audit: { none: 'answered questions are public' } } as const
const Choice = z.object({
  q: z.string().trim().max(200).optional(),
  kind: QuestionKind.optional(),
  after: z.string().max(1000).optional(),
})
const Cursor = z.tuple([z.iso.datetime(), z.uuid()])

/** Where a page of questions begins; 'bad' where the address was not made by us. */
export function questionsAfter(text: string | undefined): QuestionAfter | undefined | 'bad' {
  if (text === undefined) return undefined
  return Cursor.safeParse(decodeCursor(text, 2)).data ?? 'bad'
}

/** Questions asked once: reading and searching for everybody, asking for authorities, answering at the desk (GOV-16). */
export function questionsRoutes(door: Door): void {
  door.page('/rulings', { ...reading, query: Choice }, showQuestions)
  door.page(
    '/rulings/ask',
    {
      permission: mayOpenQuestions,
      audit: { none: 'an empty form, and questions that everybody of an authority reads' },
      query: z.object({ q: z.string().trim().min(1).max(300).optional() }),
    },
    (visit) => showAsk(visit, visit.query.q, {}),
  )
  door.form('/rulings/ask', {
    command: askQuestion,
    input: spoken('title', 'words'),
    done: ({ id, reference }) =>
      redirect(`/rulings/${id}`, { kind: 'done', text: m.governance_questions_asked_flash({ reference }) }),
    again: (typed, outcome, visit) => showAsk(visit, field(typed, 'title') ?? '', { typed, outcome }),
  })
  door.page('/rulings/{id}', { ...reading, params }, showQuestion)

  door.page('/governance/questions', { permission: mayOpenRulesDesk, audit: 'governance.questions.open' }, showDesk)
  door.page(
    '/governance/questions/{id}',
    { permission: mayOpenRulesDesk, audit: 'governance.question.read', params },
    (visit) => showAnswer(visit, visit.params.id, {}, {}),
  )
  door.form('/governance/questions/{id}/answer', {
    command: answerQuestion,
    params,
    input: ({ refersTo, ...fields }, visit) => ({
      ...spoken('words')(fields),
      id: visit.params.id,
      refersTo: typeof refersTo === 'string' ? refersTo.split('\n').filter((line) => line.trim() !== '') : [],
    }),
    done: ({ id }) => redirect(`/rulings/${id}`, { kind: 'done', text: m.governance_questions_answered_flash() }),
    again: (typed, outcome, visit) => showAnswer(visit, visit.params.id, { typed, outcome }, {}),
  })
  door.form('/governance/questions/{id}/withdraw', {
    command: withdrawQuestion,
    params,
    input: (fields, visit) => ({ ...fields, id: visit.params.id }),
    done: () => redirect('/governance/questions', { kind: 'done', text: m.governance_questions_withdrawn_flash() }),
    again: (typed, outcome, visit) => showAnswer(visit, visit.params.id, {}, { typed, outcome }),
  })
}

/** One language holds for what was typed into these fields. */
const spoken =
  (...names: readonly string[]) =>
  ({ language, ...fields }: Record<string, unknown>): Record<string, unknown> => {
    const locale = Locale.safeParse(language).data ?? 'en'
    const texts = names.map((name) => [name, typeof fields[name] === 'string' ? { [locale]: fields[name] } : undefined])
    return { ...fields, ...Object.fromEntries(texts) }
  }

async function showQuestions({
  query,
  read,
  region,
  actor,
  locale,
}: Visit<unknown, z.output<typeof Choice>>): Promise<Answer> {
  const after = questionsAfter(query.after)
  if (after === 'bad') return { is: 'bad', path: 'after', message: m.form_format() }
  const choice = { pack: region?.id, kind: query.kind, words: query.q }
  const { questions, next } = await read((tx) => listQuestions(tx, choice, { after, limit: pageSize }))
  const address = (more: Record<string, string>) => {
    const asked = new URLSearchParams({
      ...(query.q ? { q: query.q } : {}),
      ...(query.kind ? { kind: query.kind } : {}),
      ...more,
    }).toString()
    return asked ? `/rulings?${asked}` : '/rulings'
  }
  return page(
    m.governance_questions_nav(),
    <QuestionsPage
      questions={questions}
      choice={choice}
      mayAsk={mayOpenQuestions.may(actor, {})}
      region={region && speak(region.names, locale, region.languages).words}
      first={after ? address({}) : undefined}
      next={next ? address({ after: encodeCursor(next) }) : undefined}
    />,
  )
}

const organisationsOf = (actor: Actor | null, role?: string): string[] => [
  ...new Set(
    (actor ? effectiveMemberships(actor) : [])
      .filter((membership) => role === undefined || membership.role === role)
      .map(({ organisation }) => organisation),
  ),
]

async function showAsk(visit: Visit, asked: string | undefined, state: FormState): Promise<Answer> {
  const found = await visit.read(async (tx) => {
    const organisations = await authoritiesAmong(tx, organisationsOf(visit.actor))
    const pack = organisations[0]?.pack
    const similar = asked && pack ? await similarQuestions(tx, pack, asked) : []
    return { organisations, similar }
  })
  return page(
    m.governance_questions_ask(),
    <AskPage {...found} asked={asked} state={state} idempotencyKey={crypto.randomUUID()} />,
    { size: 'sm' },
  )
}

async function showQuestion({ params: { id }, read, locale }: Visit<z.output<typeof params>>): Promise<Answer> {
  const found = await read(async (tx) => {
    const question = await questionById(tx, id)
    return question && { question, rulings: await rulingsOf(tx, id) }
  })
  if (!found) return { is: 'notFound' }
  const { question } = found
  return page(speak(question.title, locale).words, <QuestionPage {...found} />, { region: question.pack })
}

async function showDesk({ read, actor }: Visit): Promise<Answer> {
  const questions = await read((tx) => questionsFor(tx, organisationsOf(actor, 'secretariat')))
  return page(m.governance_questions_desk_nav(), <QuestionsDesk questions={questions} />, { size: 'sm' })
}

function showAnswer(visit: Visit, id: string, answering: FormState, withdrawing: FormState): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    visit.about({ kind: questionKind, id })
    const question = await questionById(tx, id)
    if (!question) return { is: 'notFound' }
    if (!mayAnswerQuestions.may(visit.actor, question.body)) return { is: 'forbidden' }
    const [rulings, { decisions }] = await Promise.all([
      rulingsOf(tx, id),
      publicDecisions(tx, { body: question.body.id }, { after: undefined, limit: 50 }),
    ])
    return page(
      speak(question.title, visit.locale).words,
      <AnswerPage
        question={question}
        rulings={rulings}
        decisions={decisions.filter(({ outcome, superseded }) => outcome === 'agreed' && !superseded)}
        today={dayIn(visit.now, question.body.timeZone)}
        answering={answering}
        withdrawing={withdrawing}
        keys={{ answer: crypto.randomUUID(), withdraw: crypto.randomUUID() }}
      />,
      { size: 'sm', region: question.pack },
    )
  })
}

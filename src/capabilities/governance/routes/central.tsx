import { z } from 'zod'
import { type Actor, effectiveMemberships, holdsRoleIn } from '../../../platform/access/actor.ts'
import { everyone } from '../../../platform/access/permission.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { type Answer, page, redirect } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { Locale, speak } from '../../../platform/i18n/text.ts'
import type { FormState } from '../../../platform/ui/form.tsx'
import { giveCentralAnswer } from '../commands/central/give-answer.ts'
import { openCentralRequest } from '../commands/central/open-request.ts'
import { approveCentralReply, sendCentralReply, writeCentralReply } from '../commands/central/reply.ts'
import { enterNewMatter } from '../commands/matters/raise-matter.ts'
import { mayAnswerRequest, mayKeepRequest } from '../permissions/central.ts'
import { mayOpenQuestions, mayOpenRulesDesk } from '../permissions/rules.ts'
import { typedFields } from '../rules/central/typed-fields.ts'
import {
  answerOf,
  answersTo,
  askedOf,
  centralRequestById,
  listCentralRequests,
  progressOf,
  replyTo,
} from '../store/central/read-central.ts'
import { figuresKnownIn } from '../store/central/save-central.ts'
import { openMattersOf, standingDecisionsOn } from '../store/matters/decided-about.ts'
import { bodiesOf, bodyBySlug } from '../store/read-body.ts'
import { type CentralRequest, centralRequestKind } from '../types/central.ts'
import { Slug } from '../types.ts'
import { CentralDesk, GiveAnswerPage, KeepPage, OpenRequestForm } from '../views/central/central-desk.tsx'
import { CentralPage, CentralRequestPage, type Shown } from '../views/central/central-pages.tsx'
import { replyPdf } from '../views/central/reply-pdf.ts'
import { matterInput } from './matters.tsx'

const open = {
  permission: everyone,
  audit: { none: 'requests are public, and a joint answer once it is approved' },
} as const
const params = z.object({ id: z.uuid() })
const Place = z.object({ id: z.uuid(), organisation: Slug })
const desk = '/governance/central-requests'
const reading = { permission: mayOpenQuestions, audit: 'governance.central-request.read' } as const

/** Requests of the national board: what everybody reads, what municipalities answer, and the desk that joins the answers (GOV-15). */
export function centralRoutes(door: Door): void {
  door.page('/central-requests', open, async ({ read, region, locale }) => {
    const shown = await read(async (tx) => withProgress(tx, await listCentralRequests(tx, region?.id)))
    const name = region && speak(region.names, locale, region.languages).words
    return page(m.governance_central_nav(), <CentralPage shown={shown} region={name} />)
  })
  door.page('/central-requests/{id}', { ...open, params }, showRequest)
  door.page('/central-requests/{id}/pdf', { ...open, params }, showPdf)

  door.page(desk, { permission: mayOpenQuestions, audit: { none: 'requests are public' } }, showDesk)
  door.page(`${desk}/new`, { permission: mayOpenRulesDesk, audit: { none: 'an empty form' } }, (visit) =>
    showOpen(visit, {}),
  )
  door.form(`${desk}/new`, {
    command: openCentralRequest,
    input: ({ language, title, words, fields, numbers, known, ...rest }) => {
      const locale = Locale.safeParse(language).data ?? 'en'
      const spoken = (text: unknown) => (typeof text === 'string' ? { [locale]: text } : undefined)
      return {
        ...rest,
        title: spoken(title),
        words: spoken(words),
        fields: typedFields(fields, numbers, known, locale),
      }
    },
    done: ({ id, municipalities }) =>
      redirect(`${desk}/${id}`, { kind: 'done', text: m.governance_central_opened_flash({ count: municipalities }) }),
    again: (typed, outcome, visit) => showOpen(visit, { typed, outcome }),
  })
  door.page(`${desk}/{id}`, { ...reading, params }, (visit) => showKeep(visit, visit.params.id, {}))
  door.form(`${desk}/{id}/reply`, {
    command: writeCentralReply,
    params,
    input: ({ language, words }, visit) => ({
      id: visit.params.id,
      words: typeof words === 'string' ? { [Locale.safeParse(language).data ?? 'en']: words } : undefined,
    }),
    done: ({ id }) => redirect(`${desk}/${id}`, { kind: 'done', text: m.governance_central_written_flash() }),
    again: (typed, outcome, visit) => showKeep(visit, visit.params.id, { writing: { typed, outcome } }),
  })
  door.form(`${desk}/{id}/approve`, {
    command: approveCentralReply,
    params,
    input: (fields, visit) => ({ ...fields, id: visit.params.id }),
    done: ({ id }) => redirect(`${desk}/${id}`, { kind: 'done', text: m.governance_central_approved_flash() }),
    again: (typed, outcome, visit) => showKeep(visit, visit.params.id, { approving: { typed, outcome } }),
  })
  door.form(`${desk}/{id}/matters`, {
    command: enterNewMatter,
    params,
    input: ({ thing: _thing, ...fields }, visit) => ({
      ...matterInput(fields),
      source: 'authority',
      thing: { kind: centralRequestKind, id: visit.params.id },
    }),
    done: (_raised, visit) =>
      redirect(`${desk}/${visit.params.id}`, { kind: 'done', text: m.governance_matter_flash() }),
    again: (typed, outcome, visit) => showKeep(visit, visit.params.id, { raising: { typed, outcome } }),
  })
  door.form(`${desk}/{id}/send`, {
    command: sendCentralReply,
    params,
    input: (_fields, visit) => ({ id: visit.params.id }),
    done: ({ id }) => redirect(`${desk}/${id}`, { kind: 'done', text: m.governance_central_dispatched_flash() }),
    again: (typed, outcome, visit) => showKeep(visit, visit.params.id, { sending: { typed, outcome } }),
  })
  door.page(`${desk}/{id}/{organisation}`, { ...reading, params: Place }, (visit) =>
    showAnswer(visit, visit.params, {}),
  )
  door.form(`${desk}/{id}/{organisation}`, {
    command: giveCentralAnswer,
    params: Place,
    input: ({ answers, version, send }, visit) => ({
      ...visit.params,
      answers: answers ?? {},
      version,
      send: send === 'true',
    }),
    done: ({ id, organisation, sent }) =>
      redirect(`${desk}/${id}/${organisation}`, {
        kind: 'done',
        text: sent ? m.governance_central_sent_flash() : m.governance_central_saved_flash(),
      }),
    again: (typed, outcome, visit) => showAnswer(visit, visit.params, { typed, outcome }),
  })
}

const withProgress = (tx: Tx, requests: readonly CentralRequest[]): Promise<Shown[]> =>
  Promise.all(requests.map(async (request) => ({ request, progress: await progressOf(tx, request.id) })))

async function showRequest({ params: { id }, read, locale }: Visit<z.output<typeof params>>): Promise<Answer> {
  const found = await read(async (tx) => {
    const request = await centralRequestById(tx, id)
    return request && { request, progress: await progressOf(tx, id), reply: await replyTo(tx, id) }
  })
  if (!found) return { is: 'notFound' }
  return page(speak(found.request.title, locale).words, <CentralRequestPage {...found} />, {
    region: found.request.pack,
  })
}

async function showPdf({ params: { id }, read, locale }: Visit<z.output<typeof params>>): Promise<Answer> {
  const found = await read(async (tx) => {
    const request = await centralRequestById(tx, id)
    const reply = request && (await replyTo(tx, id))
    return request && reply?.decision ? { request, reply } : undefined
  })
  if (!found) return { is: 'notFound' }
  return {
    is: 'file',
    body: await replyPdf(found.request, found.reply, locale),
    type: 'application/pdf',
    name: `central-request-${found.request.askedOn}.pdf`,
  }
}

const organisationsOf = (actor: Actor | null, role?: string): string[] => [
  ...new Set(
    (actor ? effectiveMemberships(actor) : [])
      .filter((membership) => role === undefined || membership.role === role)
      .map(({ organisation }) => organisation),
  ),
]

async function showDesk({ read, actor }: Visit): Promise<Answer> {
  const { shown, own } = await read(async (tx) => {
    const asked = await askedOf(tx, organisationsOf(actor))
    const requests = (await listCentralRequests(tx, undefined)).filter(
      ({ id, body }) => mayKeepRequest.may(actor, body) || asked.some(({ request }) => request === id),
    )
    return { shown: await withProgress(tx, requests), own: new Map(asked.map(({ request, slug }) => [request, slug])) }
  })
  const href = ({ id, body }: CentralRequest) =>
    mayKeepRequest.may(actor, body) ? `${desk}/${id}` : `${desk}/${id}/${own.get(id) ?? ''}`
  return page(
    m.governance_central_nav(),
    <CentralDesk shown={shown} href={href} mayOpen={mayOpenRulesDesk.may(actor, {})} />,
    { size: 'sm' },
  )
}

async function showOpen({ read, actor, now }: Visit, state: FormState): Promise<Answer> {
  const { bodies, figures } = await read(async (tx) => {
    const all = await bodiesOf(tx, organisationsOf(actor, 'secretariat'))
    const deciding = all.filter(({ profile }) => profile.decidesOn.some(({ aboutPeople }) => !aboutPeople))
    return { bodies: deciding, figures: await figuresKnownIn(tx, [...new Set(deciding.map(({ pack }) => pack))]) }
  })
  return page(
    m.governance_central_open(),
    <OpenRequestForm
      bodies={bodies}
      figures={figures}
      today={dayIn(now, bodies[0]?.timeZone ?? 'UTC')}
      state={state}
      idempotencyKey={crypto.randomUUID()}
    />,
    { size: 'sm' },
  )
}

interface KeepStates {
  writing?: FormState
  approving?: FormState
  sending?: FormState
  raising?: FormState
}

function showKeep(
  visit: Visit,
  id: string,
  { writing = {}, approving = {}, sending = {}, raising = {} }: KeepStates,
): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    visit.about({ kind: centralRequestKind, id })
    const request = await centralRequestById(tx, id)
    if (!request) return { is: 'notFound' }
    if (!mayKeepRequest.may(visit.actor, request.body)) return { is: 'forbidden' }
    const thing = { kind: centralRequestKind, id }
    const [progress, answers, reply, decisions, matters, body] = await Promise.all([
      progressOf(tx, id),
      answersTo(tx, id),
      replyTo(tx, id),
      standingDecisionsOn(tx, thing),
      openMattersOf(tx, thing),
      bodyBySlug(tx, request.body.slug),
    ])
    return page(
      speak(request.title, visit.locale).words,
      <KeepPage
        request={request}
        progress={progress}
        answers={answers}
        reply={reply}
        decisions={decisions.filter(
          (decision) => decision.body.id === request.body.id && decision.decidedOn >= request.askedOn,
        )}
        matters={matters}
        bodies={body ? [body] : []}
        writing={writing}
        approving={approving}
        sending={sending}
        raising={raising}
        keys={{
          write: crypto.randomUUID(),
          approve: crypto.randomUUID(),
          send: crypto.randomUUID(),
          raise: crypto.randomUUID(),
        }}
      />,
      { size: 'sm', region: request.pack },
    )
  })
}

function showAnswer(visit: Visit, { id, organisation }: z.output<typeof Place>, state: FormState): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    visit.about({ kind: centralRequestKind, id })
    const request = await centralRequestById(tx, id)
    const answer = request && (await answerOf(tx, id, organisation))
    if (!request || !answer) return { is: 'notFound' }
    const subject = { municipality: answer.organisation.id, keeper: request.body.organisation }
    if (!mayAnswerRequest.may(visit.actor, subject)) return { is: 'forbidden' }
    return page(
      speak(request.title, visit.locale).words,
      <GiveAnswerPage
        request={request}
        answer={answer}
        closed={(await replyTo(tx, id))?.decision !== undefined}
        keeper={holdsRoleIn(visit.actor, 'secretariat', request.body.organisation)}
        state={state}
        idempotencyKey={crypto.randomUUID()}
      />,
      { size: 'sm', region: request.pack },
    )
  })
}

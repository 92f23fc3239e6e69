import { z } from 'zod'
import type { Files } from '../../../platform/files/files.ts'
import { fileAnswer } from '../../../platform/files/serve.ts'
import { type Answer, page, redirect } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import { problem } from '../../../platform/http/problem.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { formatDay } from '../../../platform/i18n/format.ts'
import { m } from '../../../platform/i18n/speech.ts'
import type { FormState } from '../../../platform/ui/form.tsx'
import { askForDocuments } from '../commands/ask-for-documents.ts'
import { completeFollowUp } from '../commands/complete-follow-up.ts'
import { filesAtOnce, giveDocument } from '../commands/give-document.ts'
import { noteAssessment } from '../commands/note-assessment.ts'
import { openById } from '../commands/opened-request.ts'
import { setService } from '../commands/set-service.ts'
import { settleDocument } from '../commands/settle-document.ts'
import { takeRequest } from '../commands/take-request.ts'
import { withdrawRequest } from '../commands/withdraw-request.ts'
import { mayAnswer, mayWork } from '../permissions.ts'
import { documentOfFile } from '../store/documents.ts'
import { RequestPage } from '../views/request.tsx'
import type { FormName, Trouble } from '../views/request-forms.tsx'
import { PaperPage, paperLimit } from '../views/request-papers.tsx'
import { seeRequest, servicesFor } from './request-seen.ts'

const params = z.object({ id: z.uuid() })
const paperParams = z.object({ id: z.uuid(), document: z.uuid() })
const fileParams = paperParams.extend({ file: z.uuid() })
type RequestVisit = Visit<z.output<typeof params>, unknown>
type PaperVisit = Visit<z.output<typeof paperParams>, unknown>

const reading = { permission: mayWork, audit: 'intake.request.read' } as const
const unkept = { size: 'sm', headers: { 'cache-control': 'no-store' } } as const

/** One request at the desk: what was told, how to reach the person, what is missing, what there is to do. */
export function requestRoutes(door: Door, house: { files: Files }): void {
  door.page(
    '/requests/{id}',
    { ...reading, params, query: z.object({ find: z.string().trim().max(200).optional() }) },
    (visit) => showRequest(visit, undefined, visit.query.find),
  )
  smallForms(door)
  paperRoutes(door, house)
}

/** The page again, with what was typed in one of its forms and why it could not be done. */
async function showRequest(visit: RequestVisit, trouble: Trouble | undefined, find?: string): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    const seen = await seeRequest(tx, visit, visit.params.id)
    if (!seen) return { is: 'notFound' }
    if (seen === 'forbidden') return { is: 'forbidden' }
    const offered = await servicesFor(tx, visit, seen.request.pack, find)
    const content = <RequestPage seen={seen} trouble={trouble} find={find} offered={offered} />
    return page(seen.person?.name ?? seen.request.reference, content, unkept)
  })
}

function smallForms(door: Door): void {
  const back = (visit: RequestVisit, text: string) => redirect(`/requests/${visit.params.id}`, { kind: 'done', text })
  const again =
    (form: FormName, names: Readonly<Record<string, string>> = {}) =>
    (
      typed: NonNullable<FormState['typed']>,
      outcome: NonNullable<FormState['outcome']>,
      visit: RequestVisit,
    ): Promise<Answer> =>
      showRequest(visit, { form, state: { typed, outcome: renamed(outcome, names) } })

  door.form('/requests/{id}/take', {
    command: takeRequest,
    params,
    input: (_fields, visit) => ({ request: visit.params.id }),
    done: (_taken, visit) => back(visit, m.intake_request_taken_flash()),
    again: again('take'),
  })
  door.form('/requests/{id}/ask', {
    command: askForDocuments,
    params,
    input: (fields, visit) => ({ documents: [], ...fields, request: visit.params.id }),
    done: ({ day }, visit) => back(visit, m.intake_request_asked_flash({ day: formatDay(day) })),
    again: again('ask'),
  })
  door.form('/requests/{id}/service', {
    command: setService,
    params,
    input: (fields, visit) => ({ ...fields, request: visit.params.id }),
    done: (_set, visit) => back(visit, m.intake_request_service_flash()),
    again: again('service'),
  })
  door.form('/requests/{id}/assessment', {
    command: noteAssessment,
    params,
    input: (fields, visit) => ({ request: visit.params.id, note: fields.talked }),
    done: (_noted, visit) => back(visit, m.intake_request_assessment_flash()),
    again: again('assessment', { note: 'talked' }),
  })
  door.form('/requests/{id}/withdraw', {
    command: withdrawRequest,
    params,
    input: (fields, visit) => ({ request: visit.params.id, reason: fields.reason }),
    done: (_gone, visit) => back(visit, m.intake_request_withdrawn_flash()),
    again: again('withdraw'),
  })
  door.form('/requests/{id}/follow-up', {
    command: completeFollowUp,
    params,
    input: (fields, visit) => ({ request: visit.params.id, kind: fields.kind, note: fields.help }),
    done: (_completed, visit) => back(visit, m.intake_request_follow_flash()),
    again: again('follow-up', { note: 'help' }),
  })
}

/** Fields of several forms stand on one page under names of their own. */
function renamed(
  outcome: NonNullable<FormState['outcome']>,
  names: Readonly<Record<string, string>>,
): NonNullable<FormState['outcome']> {
  if (outcome.is !== 'invalid') return outcome
  return { is: 'invalid', errors: outcome.errors.map(({ path, message }) => ({ path: names[path] ?? path, message })) }
}

function paperRoutes(door: Door, house: { files: Files }): void {
  const address = '/requests/{id}/papers/{document}'
  door.page(address, { ...reading, params: paperParams }, (visit) => showPaper(visit, undefined))
  const back = (visit: PaperVisit, text: string) =>
    redirect(`/requests/${visit.params.id}#papers`, { kind: 'done', text })
  door.form(`${address}/settle`, {
    command: settleDocument,
    params: paperParams,
    input: (fields, visit) => ({
      document: visit.params.document,
      as: fields.as,
      reason: fields.reason ?? fields.where,
    }),
    done: (_settled, visit) => back(visit, m.intake_request_paper_settled_flash()),
    again: (typed, outcome, visit) => {
      const as = typed.get('as')?.[0]
      const state = { typed, outcome: renamed(outcome, as === 'obtained' ? { reason: 'where' } : {}) }
      return showPaper(visit, { form: as === 'obtained' ? 'obtain' : as === 'waived' ? 'waive' : 'settle', state })
    },
  })
  door.form(`${address}/give`, {
    command: giveDocument(house.files),
    params: paperParams,
    uploads: { limit: paperLimit, most: filesAtOnce },
    admits: (visit) => mayWork.may(visit.actor, {}),
    input: (_fields, visit, uploads) => ({ request: visit.params.id, document: visit.params.document, uploads }),
    done: (_given, visit) => back(visit, m.intake_request_paper_given_flash()),
    again: (typed, outcome, visit) => showPaper(visit, { form: 'give', state: { typed, outcome } }),
  })
  door.raw('get', `${address}/files/{file}`, { permission: mayWork, audit: 'intake.document.read' }, async (visit) => {
    const named = fileParams.safeParse(visit.params)
    if (!named.success) return problem(404, m.problem_not_found())
    const file = await visit.read(async (tx) => {
      const opened = await openById(tx, { request: named.data.id })
      if (!opened || !mayAnswer.may(visit.actor, opened)) return undefined
      visit.about({ kind: 'intake.request', id: named.data.id, detail: { document: named.data.document } })
      const of = await documentOfFile(tx, named.data.file)
      if (of?.document !== named.data.document || of.request !== named.data.id) return undefined
      return house.files.open(tx, named.data.file)
    })
    const content = await file?.content()
    return file && content ? fileAnswer(file, content) : problem(404, m.problem_not_found())
  })
}

async function showPaper(visit: PaperVisit, trouble: Trouble | undefined): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    const seen = await seeRequest(tx, visit, visit.params.id)
    if (!seen) return { is: 'notFound' }
    if (seen === 'forbidden') return { is: 'forbidden' }
    const paper = seen.papers.find(({ id }) => id === visit.params.document)
    if (!paper || seen.hidden) return { is: 'notFound' }
    return page(m.intake_request_papers(), <PaperPage seen={seen} paper={paper} trouble={trouble} />, unkept)
  })
}

import { z } from 'zod'
import { signedIn } from '../../../platform/access/permission.ts'
import { encodeCursor } from '../../../platform/http/cursor.ts'
import type { Door } from '../../../platform/http/door.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { Text } from '../../../platform/i18n/text.ts'
import { askForDocuments } from '../commands/ask-for-documents.ts'
import { decideRequest } from '../commands/decide-request.ts'
import { openById } from '../commands/opened-request.ts'
import { referRequest } from '../commands/refer-request.ts'
import { setService } from '../commands/set-service.ts'
import { settleDocument } from '../commands/settle-document.ts'
import { takeRequest } from '../commands/take-request.ts'
import { withdrawRequest } from '../commands/withdraw-request.ts'
import { officesOf } from '../offices.ts'
import { answersFor, mayAnswer, mayTakePart, mayWork } from '../permissions.ts'
import { DeskTab } from '../rules/desk.ts'
import { clocksOf } from '../store/clocks.ts'
import { decisionOf } from '../store/decisions.ts'
import { deskLines } from '../store/desk.ts'
import { documentsOf } from '../store/documents.ts'
import { hiddenRequest } from '../store/hidden.ts'
import { readPerson } from '../store/people.ts'
import { readRequest } from '../store/requests.ts'
import {
  ClockKind,
  DecisionOutcome,
  DocumentNeed,
  DocumentState,
  EnteredBy,
  FollowUp,
  RequestKind,
  RequestState,
  SafeContact,
  Situation,
  Urgency,
} from '../types.ts'
import { DeskQuery, deskAfter, pageSize } from './desk.tsx'

const byRequest = z.object({ request: z.uuid() })
const Moment = z.iso.datetime()
const Changed = z.object({ id: z.uuid(), reference: z.string() })

const Line = z.object({
  id: z.uuid(),
  reference: z.string(),
  kind: RequestKind,
  state: RequestState,
  urgency: Urgency,
  service: z.uuid().nullable(),
  /** null where no name was told, or where the record may not be seen */
  person: z.string().nullable(),
  protected: z.boolean(),
  enteredBy: z.string().nullable(),
  assignedTo: z.uuid().nullable(),
  dueAt: Moment.nullable(),
  submittedAt: Moment,
  decidedAt: Moment.nullable(),
})

const Request = z.object({
  id: z.uuid(),
  reference: z.string(),
  kind: RequestKind,
  state: RequestState,
  urgency: Urgency,
  service: z.uuid().nullable(),
  person: z.string().nullable(),
  protected: z.boolean(),
  enteredBy: EnteredBy.nullable(),
  /** null where the person is protected */
  situation: Situation.nullable(),
  /** INT-11: whoever reaches out obeys it; null where the person is protected */
  contact: SafeContact.nullable(),
  submittedAt: Moment.nullable(),
  decidedAt: Moment.nullable(),
  follows: z.array(FollowUp),
  needsBody: z.array(z.string()),
  documents: z.array(
    z.object({
      id: z.uuid(),
      names: Text,
      needed: DocumentNeed,
      from: z.enum(['person', 'office']),
      state: DocumentState,
      reason: z.string().nullable(),
    }),
  ),
  clocks: z.array(
    z.object({
      kind: ClockKind,
      dueAt: Moment,
      warnAt: Moment,
      paused: z.boolean(),
      stopped: z.boolean(),
      unverified: z.boolean(),
    }),
  ),
})

const Decision = z.object({
  request: z.uuid(),
  outcome: DecisionOutcome,
  service: z.uuid(),
  ground: z.object({ code: z.string(), text: Text.nullable() }).nullable(),
  facts: z.string().nullable(),
  words: z.string().nullable(),
  alternatives: z.array(z.uuid()),
  human: z.string().nullable(),
  appeal: z.object({ to: Text, how: Text, until: Moment.nullable(), unverified: z.boolean() }).nullable(),
  redirect: z.uuid().nullable(),
  decidedAt: Moment,
})

const iso = (moment: Date | undefined): string | null => moment?.toISOString() ?? null

/** Requests over JSON: the desk, one request, its decision; and the same commands as the forms, with the same permissions. */
export function requestApi(door: Door): void {
  readDesk(door)
  readOne(door)
  readDecision(door)
  changing(door)
}

function readDesk(door: Door): void {
  door.resource(
    '/api/v1/requests',
    {
      tag: 'Requests',
      scope: 'intake:read',
      permission: mayWork,
      audit: 'intake.desk.open',
      summary: 'Requests at the offices of whoever asks, by what is to be done',
      query: DeskQuery.omit({ q: true, tab: true }).extend({ state: DeskTab.default('new') }),
      response: z.object({ items: z.array(Line), next: z.string().nullable() }),
    },
    async (visit) => {
      const { state, after: text, service, worker } = visit.query
      const after = deskAfter(text)
      if (after === 'bad') return { is: 'bad', path: 'after', message: m.form_format() } as const
      const choice = {
        tab: state,
        offices: officesOf(visit.actor),
        account: visit.actor?.account ?? '',
        service,
        worker,
      }
      const { lines, next } = await visit.read((tx) => deskLines(tx, choice, { after, limit: pageSize }))
      return {
        is: 'ok',
        value: {
          items: lines.map((line) => ({
            id: line.id,
            reference: line.reference,
            kind: line.kind,
            state: line.state,
            urgency: line.urgency,
            service: line.service ?? null,
            person: line.person === undefined || line.person === 'hidden' ? null : line.person.name,
            protected: line.person === 'hidden',
            enteredBy: line.enteredBy ?? null,
            assignedTo: line.assignedTo ?? null,
            dueAt: iso(line.dueAt),
            submittedAt: line.submittedAt.toISOString(),
            decidedAt: iso(line.decidedAt),
          })),
          next: next ? encodeCursor(next) : null,
        },
      } as const
    },
  )
}

function readOne(door: Door): void {
  door.resource(
    '/api/v1/requests/{request}',
    {
      tag: 'Requests',
      scope: 'intake:read',
      permission: signedIn,
      audit: 'intake.request.read',
      summary: 'One request: what was told, how to reach the person safely, papers and deadlines',
      params: byRequest,
      response: Request,
    },
    (visit) =>
      visit.read(async (tx) => {
        const opened = await openById(tx, visit.params)
        // of a protected person the office sees that there is a request
        const hiddenOne = opened ? undefined : await hiddenRequest(tx, visit.params.request)
        const request = opened?.request ?? hiddenOne
        const isOpen = opened ? mayTakePart.may(visit.actor, opened) : answersFor(visit.actor, hiddenOne?.handler)
        if (!request || !isOpen) return { is: 'notFound' } as const
        visit.about({ kind: 'intake.request', id: request.id })
        const person = request.person ? await readPerson(tx, request.person) : undefined
        // whoever entered it wrote it themselves
        const hidden = !opened || (request.person !== undefined && !person && mayAnswer.may(visit.actor, opened))
        const [papers, clocks] = [await documentsOf(tx, request.id), await clocksOf(tx, request.id)]
        return {
          is: 'ok',
          version: request.version,
          value: {
            id: request.id,
            reference: request.reference,
            kind: request.kind,
            state: request.state,
            urgency: request.urgency,
            service: request.service ?? null,
            person: hidden ? null : (person?.name ?? request.draft.particulars.name ?? null),
            protected: hidden,
            enteredBy: hidden ? null : (request.enteredBy ?? null),
            situation: hidden ? null : request.draft.situation,
            contact: hidden ? null : (person?.contact ?? request.draft.contact),
            submittedAt: iso(request.submittedAt),
            decidedAt: iso(request.decidedAt),
            follows: [...request.follows],
            needsBody: [...request.needsBody],
            documents: papers.map(({ id, names, needed, from, state, reason }) => ({
              id,
              names,
              needed,
              from,
              state,
              reason: hidden ? null : (reason ?? null),
            })),
            clocks: clocks.map(({ kind, dueAt, warnAt, pausedAt, stoppedAt, deadline }) => ({
              kind,
              dueAt: dueAt.toISOString(),
              warnAt: warnAt.toISOString(),
              paused: pausedAt !== undefined,
              stopped: stoppedAt !== undefined,
              unverified: deadline.unverified,
            })),
          },
        } as const
      }),
  )
}

/** A decision is about one person: there is no list of decisions (GOV-13). */
function readDecision(door: Door): void {
  door.resource(
    '/api/v1/decisions/{request}',
    {
      tag: 'Requests',
      scope: 'intake:read',
      permission: signedIn,
      audit: 'intake.decision.read',
      summary: 'What was decided about one request, on what it rests, and how to appeal',
      params: byRequest,
      response: Decision,
    },
    (visit) =>
      visit.read(async (tx) => {
        const opened = await openById(tx, visit.params)
        if (!opened || !mayTakePart.may(visit.actor, opened)) return { is: 'notFound' } as const
        const request = await readRequest(tx, visit.params.request)
        const shown = !request?.person || !mayAnswer.may(visit.actor, opened) || (await readPerson(tx, request.person))
        const decision = shown ? await decisionOf(tx, visit.params.request) : undefined
        if (!decision) return { is: 'notFound' } as const
        visit.about({ kind: 'intake.request', id: decision.request })
        const { appeal, groundCode, groundText } = decision
        return {
          is: 'ok',
          value: {
            request: decision.request,
            outcome: decision.outcome,
            service: decision.service,
            ground: groundCode ? { code: groundCode, text: groundText ?? null } : null,
            facts: decision.facts ?? null,
            words: decision.words ?? null,
            alternatives: [...decision.alternatives],
            human: decision.human ?? null,
            appeal: appeal ? { ...appeal, until: appeal.until ?? null } : null,
            redirect: decision.redirectService ?? null,
            decidedAt: decision.decidedAt.toISOString(),
          },
        } as const
      }),
  )
}

function changing(door: Door): void {
  const writing = { tag: 'Requests', scope: 'intake:write', method: 'post' } as const
  door.command('/api/v1/requests', {
    ...writing,
    summary: 'Ask for help for somebody, and send it at once: for agencies with an account',
    command: referRequest,
    response: Changed,
    status: 201,
  })
  const about = { ...writing, params: byRequest, response: Changed } as const
  door.command('/api/v1/requests/{request}/take', { ...about, summary: 'Take a new request up', command: takeRequest })
  door.command('/api/v1/requests/{request}/service', {
    ...about,
    summary: 'Say which service a request is about',
    command: setService,
  })
  door.command('/api/v1/requests/{request}/documents/ask', {
    ...about,
    summary: 'Ask the person for missing papers; the time of grace begins',
    command: askForDocuments,
    response: Changed.extend({ until: Moment, day: z.iso.date() }),
  })
  door.command('/api/v1/requests/{request}/decide', {
    ...about,
    summary: 'Decide a request; a refusal needs a ground of entry of the card',
    command: decideRequest,
    response: Changed.extend({ next: z.array(FollowUp) }),
  })
  door.command('/api/v1/requests/{request}/withdraw', {
    ...about,
    summary: 'Take a request back; the office says why',
    command: withdrawRequest,
    response: z.object({ reference: z.string(), draft: z.boolean() }),
  })
  door.command('/api/v1/documents/{document}', {
    ...writing,
    summary: 'Settle a paper: seen, waived with a reason, obtained, or missing again',
    command: settleDocument,
    params: z.object({ document: z.uuid() }),
    response: Changed,
  })
}

import { z } from 'zod'
import { signedIn } from '../../../platform/access/permission.ts'
import { type Answer, page, redirect } from '../../../platform/http/answer.ts'
import { decodeCursor, encodeCursor } from '../../../platform/http/cursor.ts'
import type { Door } from '../../../platform/http/door.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { m } from '../../../platform/i18n/speech.ts'
import type { FormState } from '../../../platform/ui/form.tsx'
import { publicServiceBySlug, serviceById } from '../../directory/contract.ts'
import { changeUrgency, leaveWaiting } from '../commands/leave-waiting.ts'
import { openById, openNamed } from '../commands/opened-request.ts'
import { LinkToken, linkPurpose } from '../link.ts'
import { mayAnswer, mayAsk, mayTakePart, mayWork } from '../permissions.ts'
import { awaitedServices, countAhead, waitingList, waitingOf } from '../store/waiting.ts'
import { LeaveWaiting, WaitingListPage, WaitingPlace, WaitingServices } from '../views/waiting.tsx'
import { quietly } from './entrance.tsx'

const pageSize = 50
const After = z.tuple([
  z.coerce.number().int().min(0).max(2),
  z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?[+-]\d\d(:\d\d)?$/),
  z.uuid(),
])
const byId = z.object({ id: z.uuid() })
const byToken = z.object({ token: LinkToken })

/** Waiting lists: at the desk by rank, and for the person where they stand (INT-9). */
export function waitingRoutes(door: Door): void {
  const list = { permission: mayWork, audit: 'intake.waiting.list' } as const
  door.page('/waiting', list, async (visit) => {
    const services = await visit.read(async (tx) => {
      const awaited = await awaitedServices(tx)
      const cards = await Promise.all(awaited.map(({ service }) => serviceById(tx, service)))
      return awaited.flatMap((one, at) => {
        const found = cards[at]
        return found ? [{ ...one, slug: found.slug, names: found.card.names }] : []
      })
    })
    return page(m.intake_waiting_title(), <WaitingServices services={services} />, { size: 'sm' })
  })

  door.page(
    '/waiting/{slug}',
    {
      ...list,
      params: z.object({ slug: z.string().max(120) }),
      query: z.object({ after: z.string().max(400).optional() }),
    },
    async (visit) => {
      const { after } = visit.query
      const cursor = after === undefined ? undefined : After.safeParse(decodeCursor(after, 3))
      if (cursor && !cursor.success) return { is: 'bad', path: 'after', message: m.form_format() }
      return visit.read(async (tx) => {
        const service = await publicServiceBySlug(tx, visit.params.slug)
        if (!service) return { is: 'notFound' as const }
        const { lines, next } = await waitingList(tx, service.id, { after: cursor?.data, limit: pageSize })
        return page(
          m.intake_waiting_title(),
          <WaitingListPage
            service={service.card.names}
            lines={lines}
            more={after !== undefined}
            next={next && `/waiting/${service.slug}?after=${encodeCursor(next.map(String))}`}
          />,
          { size: 'sm' },
        )
      })
    },
  )

  door.page('/requests/{id}/waiting', { permission: mayWork, audit: 'intake.request.read', params: byId }, (visit) =>
    showPlace(visit, visit.params.id, {}, {}),
  )
  door.form('/requests/{id}/waiting/leave', {
    command: leaveWaiting,
    params: byId,
    input: (fields, visit) => ({ ...fields, token: undefined, request: visit.params.id }),
    done: (result) => redirect(`/requests/${result.id}`, { kind: 'done', text: m.intake_waiting_left() }),
    again: (typed, outcome, visit) => showPlace(visit, visit.params.id, { typed, outcome }, {}),
  })
  door.form('/requests/{id}/waiting/urgency', {
    command: changeUrgency,
    params: byId,
    input: (fields) => fields,
    done: (result) =>
      redirect(`/requests/${result.id}/waiting`, { kind: 'done', text: m.intake_waiting_urgency_saved() }),
    again: (typed, outcome, visit) => showPlace(visit, visit.params.id, {}, { typed, outcome }),
  })

  const open = { permission: mayAsk, audit: 'intake.request.read' } as const
  door.page('/r/{token}/waiting', { ...open, params: byToken }, (visit) => showOwn(visit, visit.params, {}))
  door.form('/r/{token}/waiting', {
    command: leaveWaiting,
    params: byToken,
    input: (fields, visit) => ({ ...fields, request: undefined, token: visit.params.token }),
    done: (_result, visit) => redirect(`/r/${visit.params.token}`, { kind: 'done', text: m.intake_waiting_left() }),
    again: (typed, outcome, visit) => showOwn(visit, visit.params, { typed, outcome }),
  })
  const own = { permission: signedIn, audit: 'intake.request.read' } as const
  door.page('/my/requests/{id}/waiting', { ...own, params: byId }, (visit) =>
    showOwn(visit, { request: visit.params.id }, {}),
  )
  door.form('/my/requests/{id}/waiting', {
    command: leaveWaiting,
    params: byId,
    input: (fields, visit) => ({ ...fields, token: undefined, request: visit.params.id }),
    done: (result) => redirect(`/my/requests/${result.id}`, { kind: 'done', text: m.intake_waiting_left() }),
    again: (typed, outcome, visit) => showOwn(visit, { request: visit.params.id }, { typed, outcome }),
  })
}

function showPlace(visit: Visit, id: string, leave: FormState, urgency: FormState): Promise<Answer> {
  visit.about({ kind: 'intake.request', id })
  return visit.read(async (tx): Promise<Answer> => {
    const opened = await openById(tx, { request: id })
    if (!opened || !mayAnswer.may(visit.actor, opened)) return { is: 'notFound' }
    const waiting = await waitingOf(tx, id)
    if (!waiting) return redirect(`/requests/${id}`)
    return page(
      m.intake_waiting_place_title(),
      <WaitingPlace
        request={opened.request}
        waiting={waiting}
        ahead={await countAhead(tx, waiting.id)}
        leave={leave}
        urgency={urgency}
        keys={[crypto.randomUUID(), crypto.randomUUID()]}
      />,
      { size: 'sm' },
    )
  })
}

function showOwn(visit: Visit, named: { token?: string; request?: string }, state: FormState): Promise<Answer> {
  const base = named.token ? `/r/${named.token}` : `/my/requests/${named.request}`
  return visit.read(
    async (tx): Promise<Answer> => {
      const opened = await openNamed(tx, named)
      if (!opened || !mayTakePart.may(visit.actor, opened)) return { is: 'notFound' }
      visit.about({ kind: 'intake.request', id: opened.request.id })
      const waiting = await waitingOf(tx, opened.request.id)
      if (!waiting) return redirect(base)
      return quietly(
        m.intake_waiting_leave_title(),
        <LeaveWaiting
          action={`${base}/waiting`}
          back={base}
          waiting={waiting}
          ahead={await countAhead(tx, waiting.id)}
          state={state}
          idempotencyKey={crypto.randomUUID()}
        />,
        { leave: true },
      )
    },
    named.token ? linkPurpose(named.token) : undefined,
  )
}

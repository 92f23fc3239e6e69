import { z } from 'zod'
import { holdsRoleIn } from '../../../platform/access/actor.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { type Answer, page, redirect } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { m } from '../../../platform/i18n/speech.ts'
import type { FormState } from '../../../platform/ui/form.tsx'
import { servicesByIds, similarServices } from '../../directory/contract.ts'
import { bodyBySlug, decisionsAbout, recordDecision } from '../../governance/contract.ts'
import { askedOf } from '../commands/begin-answering.ts'
import { agreementsOf, decideRequest, standingOf } from '../commands/decide-request.ts'
import { mayWork } from '../permissions.ts'
import { hindrances, outcomesNow } from '../rules/decision.ts'
import { followsOf, matterFor } from '../rules/procedure.ts'
import { DecisionOutcome } from '../types.ts'
import { DecidePage, type Deciding } from '../views/decide.tsx'
import { DecidedPage } from '../views/decide-done.tsx'
import { BodyPage } from '../views/decide-forms.tsx'
import type { Trouble } from '../views/request-forms.tsx'
import type { SeenRequest } from '../views/seen-request.ts'
import { seeRequest, servicesFor } from './request-seen.ts'

const params = z.object({ id: z.uuid() })
type DecideVisit = Visit<z.output<typeof params>, unknown>
type Failed = NonNullable<FormState['outcome']>

const reading = { permission: mayWork, audit: 'intake.request.read', params } as const
const unkept = { size: 'sm', headers: { 'cache-control': 'no-store' } } as const
/** As many services are offered instead of one that is refused. */
const mostAlternatives = 8

/** Deciding a request (INT-2, INT-5, INT-6): only what can be reached is offered, and why the rest cannot. */
export function decideRoutes(door: Door): void {
  door.page(
    '/requests/{id}/decide',
    {
      ...reading,
      query: z.object({ outcome: DecisionOutcome.optional(), find: z.string().trim().max(200).optional() }),
    },
    (visit) => showDecide(visit, visit.query, undefined),
  )
  door.form('/requests/{id}/decide', {
    command: decideRequest,
    params,
    input: (fields, visit) => ({ ...fields, request: visit.params.id }),
    done: (_decided, visit) => redirect(`/requests/${visit.params.id}/decided`),
    again: (typed, outcome, visit) => {
      const chosen = DecisionOutcome.safeParse(typed.get('outcome')?.[0]).data
      return showDecide(
        visit,
        { outcome: chosen, find: typed.get('find')?.[0] },
        { form: 'decide', state: { typed, outcome: aboveForm(outcome) } },
      )
    },
  })
  door.page('/requests/{id}/decided', reading, showDecided)
  bodyDecision(door)
}

/** What is wrong with the whole stands above the form: no field of it is called so. */
function aboveForm(outcome: Failed): Failed {
  if (outcome.is !== 'invalid') return outcome
  const whole = ['outcome', 'request']
  return {
    is: 'invalid',
    errors: outcome.errors.map(({ path, message }) => ({ path: whole.includes(path) ? '' : path, message })),
  }
}

/** INT-6: a worker of the body's own organisation copies its decision from the minutes, right where it is needed. */
function bodyDecision(door: Door): void {
  door.page('/requests/{id}/body', reading, (visit) => showBody(visit, undefined))
  door.form('/requests/{id}/body', {
    command: recordDecision,
    params,
    input: (fields, visit) => ({
      body: fields.body,
      matter: fields.matter,
      number: fields.number,
      decidedOn: fields.decidedOn,
      outcome: fields.bodyOutcome,
      title: { [visit.locale]: fields.title },
      ...(fields.bodyWords ? { words: { [visit.locale]: fields.bodyWords } } : {}),
      subject: { kind: 'intake.request', id: visit.params.id },
    }),
    done: (_recorded, visit) =>
      redirect(`/requests/${visit.params.id}/decide?outcome=accepted`, {
        kind: 'done',
        text: m.intake_decide_body_flash(),
      }),
    again: (typed, outcome, visit) =>
      showBody(visit, { form: 'body', state: { typed, outcome: atBodyFields(outcome) } }),
  })
}

function showBody(visit: DecideVisit, trouble: Trouble | undefined): Promise<Answer> {
  return deciding(visit, undefined, trouble, (seen, found) =>
    found?.bodies.some(({ mayEnter }) => mayEnter)
      ? page(
          m.intake_decide_body_heading(),
          <BodyPage seen={seen} deciding={found} find={undefined} trouble={trouble} />,
          unkept,
        )
      : redirect(`/requests/${visit.params.id}/decide`),
  )
}

function atBodyFields(outcome: Failed): Failed {
  if (outcome.is !== 'invalid') return outcome
  const field = (path: string) =>
    path === 'outcome'
      ? 'bodyOutcome'
      : path.startsWith('words')
        ? 'bodyWords'
        : path === 'number' || path === 'decidedOn' || path === 'body'
          ? path
          : ''
  return { is: 'invalid', errors: outcome.errors.map(({ path, message }) => ({ path: field(path), message })) }
}

function showDecide(
  visit: DecideVisit,
  query: { outcome?: DecisionOutcome | undefined; find?: string | undefined },
  trouble: Trouble | undefined,
): Promise<Answer> {
  return deciding(visit, query.find, trouble, (seen, found) =>
    page(
      m.intake_request_decide(),
      <DecidePage seen={seen} deciding={found} outcome={query.outcome} find={query.find} trouble={trouble} />,
      unkept,
    ),
  )
}

/** Reads and answers whoever may decide; leads back where nothing is to be decided. With something typed the page comes again, whatever happened. */
function deciding(
  visit: DecideVisit,
  find: string | undefined,
  trouble: Trouble | undefined,
  answer: (seen: SeenRequest, deciding: Deciding | undefined) => Answer,
): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    const seen = await seeRequest(tx, visit, visit.params.id)
    if (!seen) return { is: 'notFound' }
    if (seen === 'forbidden' || !seen.mayDecide) return { is: 'forbidden' }
    const back = `/requests/${visit.params.id}`
    if (seen.hidden) return redirect(back)
    if (seen.request.state !== 'in-review' && !trouble)
      return redirect(back, { kind: 'warning', text: m.intake_decide_not_in_review() })
    return answer(seen, await seeDeciding(tx, visit, seen, find))
  })
}

/** All on which the page of a decision rests; undefined where it is not clear yet which service it is about. */
async function seeDeciding(
  tx: Tx,
  visit: Visit,
  seen: SeenRequest,
  find: string | undefined,
): Promise<Deciding | undefined> {
  const { request, service, course } = seen
  const asked = askedOf(service)
  if (!service || !asked || !course) return undefined
  const standing = await standingOf(tx, course, request, service)
  const agreements = await agreementsOf(tx, request)
  const about = request.needsBody.length > 0 ? await decisionsAbout(tx, 'intake.request', request.id) : []
  const agreed = agreements.length > 0
  const bodies = (await Promise.all(request.needsBody.map((slug) => bodyBySlug(tx, slug)))).flatMap(
    (body) => body ?? [],
  )
  const similar = await similarServices(
    tx,
    { id: service.id, pack: request.pack, card: service.card },
    mostAlternatives,
  )
  const found = find === undefined ? [] : await servicesFor(tx, visit, request.pack, find)
  const known = new Set(found.map(({ id }) => id))
  return {
    standing,
    outcomes: outcomesNow(standing, agreed, visit.now),
    hindrances: hindrances(standing, agreed),
    follows: followsOf(course.procedure, asked),
    agreements: about
      .filter(({ id }) => agreements.some((one) => one.id === id))
      .map(({ id, number, decidedOn }) => ({ id, number, decidedOn })),
    matter: matterFor(course.procedure, asked),
    bodies: bodies.map(({ profile, organisation }) => ({
      slug: profile.slug,
      names: profile.names,
      mayEnter: (['secretariat', 'case_worker', 'team_lead'] as const).some((role) =>
        holdsRoleIn(visit.actor, role, organisation.id),
      ),
    })),
    others: [...found, ...similar.filter(({ id }) => !known.has(id))].filter(({ id }) => id !== service.id),
    appeal: course.procedure.appeal,
    today: dayIn(visit.now, course.place.timeZone),
  }
}

async function showDecided(visit: DecideVisit): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    const seen = await seeRequest(tx, visit, visit.params.id)
    if (!seen) return { is: 'notFound' }
    if (seen === 'forbidden') return { is: 'forbidden' }
    if (!seen.decision || seen.hidden) return redirect(`/requests/${visit.params.id}`)
    const { redirectService, alternatives } = seen.decision
    const services = await servicesByIds(tx, [...(redirectService ? [redirectService] : []), ...alternatives])
    return page(
      m.intake_request_path_decision(),
      <DecidedPage seen={seen} decision={seen.decision} services={services} />,
      unkept,
    )
  })
}

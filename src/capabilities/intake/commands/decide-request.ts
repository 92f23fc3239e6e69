import { z } from 'zod'
import { command, type Work } from '../../../platform/access/command.ts'
import { type FieldError, invalid, late, type Outcome, ok } from '../../../platform/access/outcome.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { type ServiceDetails, serviceById } from '../../directory/contract.ts'
import { decisionsAbout } from '../../governance/contract.ts'
import { mayDecide } from '../permissions.ts'
import { type Ground, graceOf, groundsNow, hindrances, type Standing } from '../rules/decision.ts'
import { followsOf } from '../rules/procedure.ts'
import { stopClocks } from '../store/clocks.ts'
import { addDecision, addFollowUps } from '../store/decisions.ts'
import { documentsOf, remindersOf } from '../store/documents.ts'
import { readPerson } from '../store/people.ts'
import { type Course, courseOf } from '../store/procedure.ts'
import { moveRequest, newId, noteDue, type StoredRequest } from '../store/requests.ts'
import { addStep } from '../store/steps.ts'
import type { FollowUp } from '../types.ts'
import { askedOf, handlerOf, startOne } from './begin-answering.ts'
import { begin } from './go-on.ts'
import { holdById } from './opened-request.ts'
import { redirectTo } from './redirect-to.ts'

const words = z.string().trim().max(4000)

/** What a decision says. Which of it is needed depends on the outcome. */
export const DecisionInput = z.object({
  request: z.uuid(),
  outcome: z.enum(['accepted', 'refused', 'redirected']),
  /** refused: one of the card's grounds of entry, and the facts on which it rests */
  ground: z.string().max(120).optional(),
  facts: words.optional(),
  /** said to the person besides */
  words: words.optional(),
  /** refused: other services, or a human, that are offered instead */
  alternatives: z.array(z.uuid()).max(10).default([]),
  human: z.string().trim().max(500).optional(),
  /** accepted: the decision of the body that the card asks for */
  bodyDecision: z.uuid().optional(),
  /** accepted: a place is free, nobody has to wait */
  placeFree: z.stringbool().or(z.boolean()).default(false),
  /** redirected: where to, and how the person agreed */
  redirect: z.uuid().optional(),
  agreed: z.string().trim().max(500).optional(),
})
export type DecisionInput = z.output<typeof DecisionInput>

/** All on which a decision about this request rests, as it stands now. */
export async function standingOf(
  tx: Tx,
  course: Course,
  request: StoredRequest,
  service: ServiceDetails | undefined,
): Promise<Standing> {
  const [papers, reminders] = await Promise.all([documentsOf(tx, request.id), remindersOf(tx, request.id)])
  return {
    urgency: request.urgency,
    dangers: request.draft.situation.dangers,
    grounds: service?.card.refusalGrounds ?? [],
    papers,
    graceUntil: graceOf(papers, reminders),
    needsBody: request.needsBody,
    neverRefused: course.procedure.neverRefused?.dangers ?? [],
  }
}

/** Decisions of bodies about this request with which it can be accepted (INT-6). */
export async function agreementsOf(tx: Tx, request: StoredRequest): Promise<{ id: string; number: string }[]> {
  if (request.needsBody.length === 0) return []
  const decisions = await decisionsAbout(tx, 'intake.request', request.id)
  return decisions
    .filter(
      ({ outcome, superseded, body }) => outcome === 'agreed' && !superseded && request.needsBody.includes(body.slug),
    )
    .map(({ id, number }) => ({ id, number }))
}

/**
 * Decides a request (INT-2, INT-5, INT-6). *Refused* rests on a ground of entry of the card, with its facts, another way that is offered, and how to
 * appeal; *accepted* on complete papers and on the body's decision where the card asks for one; *redirected* on the person's agreement.
 */
export const decideRequest = command({
  audit: 'intake.request.decide',
  input: DecisionInput,
  subject: holdById,
  permission: mayDecide,
  async run(work, input, { request }) {
    const { tx } = work
    if (request.state !== 'in-review') return late(m.intake_desk_not_in_review())
    const course = await courseOf(tx, request.pack)
    const service = request.service ? await serviceById(tx, request.service) : undefined
    if (!course || !service) return invalid({ path: 'outcome', message: m.intake_decide_service_first() })
    const standing = await standingOf(tx, course, request, service)
    const agreements = await agreementsOf(tx, request)
    const bodyDecision = input.bodyDecision ?? agreements.at(-1)?.id
    const problems = [
      ...judge(input, standing, agreements, work.now),
      ...(await unofferable(tx, request, input)),
      ...(await unsafeToSend(work, course, request, input)),
    ]
    if (problems.length > 0) return invalid(...problems)
    const ground = standing.grounds.find(({ code }) => code === input.ground)
    await addDecision(tx, {
      id: await newId(tx),
      request: request.id,
      outcome: input.outcome,
      service: service.id,
      groundCode: input.outcome === 'refused' ? ground?.code : undefined,
      groundText: input.outcome === 'refused' ? ground?.text : undefined,
      facts: input.facts,
      words: input.words,
      alternatives: input.alternatives,
      human: input.human,
      appeal: await appealOf(work, course, request, service, input),
      bodyDecision: input.outcome === 'accepted' && request.needsBody.length > 0 ? bodyDecision : undefined,
      redirectService: input.outcome === 'redirected' ? input.redirect : undefined,
      agreed: input.agreed,
      decidedBy: work.actor?.account,
    })
    return conclude(work, course, request, service, input)
  },
})

/** INT-5: what is offered instead is another service of the same region that somebody can get an answer from. */
async function unofferable(tx: Tx, request: StoredRequest, input: DecisionInput): Promise<FieldError[]> {
  const path = input.outcome === 'redirected' ? 'redirect' : 'alternatives'
  const offered = input.outcome === 'redirected' ? (input.redirect ? [input.redirect] : []) : input.alternatives
  const services = await Promise.all(offered.map((id) => serviceById(tx, id)))
  const good = services.every(
    (service) =>
      service?.status === 'active' &&
      service.id !== request.service &&
      (service.pack === undefined || service.pack === request.pack),
  )
  return good ? [] : [{ path, message: m.intake_ask_service_gone() }]
}

/**
 * INT-8: a record that may not be seen goes to no other office, where nobody could open what follows: its protection is lifted first, or the person asks
 * there themselves.
 */
async function unsafeToSend(
  work: Work,
  course: Course,
  request: StoredRequest,
  input: DecisionInput,
): Promise<FieldError[]> {
  if (input.outcome !== 'redirected' || !input.redirect || !request.person) return []
  if (!(await readPerson(work.tx, request.person))?.restricted) return []
  const service = await serviceById(work.tx, input.redirect)
  if (!service) return []
  const handler = await handlerOf(work, course, service, request.draft.particulars.area)
  return handler === request.handler ? [] : [{ path: 'redirect', message: m.intake_decide_protected() }]
}

function judge(
  input: DecisionInput,
  standing: Standing,
  agreements: readonly { id: string }[],
  now: Date,
): FieldError[] {
  switch (input.outcome) {
    case 'accepted': {
      const agreed = input.bodyDecision ? agreements.some(({ id }) => id === input.bodyDecision) : agreements.length > 0
      return hindrances(standing, agreed).map((hindrance) =>
        hindrance === 'papers'
          ? { path: 'outcome', message: m.intake_decide_papers_open() }
          : { path: 'bodyDecision', message: m.intake_decide_body_missing() },
      )
    }
    case 'refused': {
      const grounds: readonly Ground[] = groundsNow(standing, now)
      if (grounds.length === 0) return [{ path: 'outcome', message: m.intake_decide_no_ground() }]
      return [
        ...(grounds.some(({ code }) => code === input.ground)
          ? []
          : [{ path: 'ground', message: m.intake_decide_choose_ground() }]),
        ...((input.facts?.length ?? 0) < 10 ? [{ path: 'facts', message: m.intake_decide_say_facts() }] : []),
        ...(input.alternatives.length === 0 && (input.human?.length ?? 0) < 3
          ? [{ path: 'human', message: m.intake_decide_offer_something() }]
          : []),
      ]
    }
    case 'redirected':
      return [
        ...(input.redirect ? [] : [{ path: 'redirect', message: m.intake_decide_choose_service() }]),
        ...((input.agreed?.length ?? 0) < 3 ? [{ path: 'agreed', message: m.intake_decide_say_agreed() }] : []),
      ]
  }
}

/** How to appeal, and until when, as the pack says today (INT-5). */
async function appealOf(
  work: Work,
  course: Course,
  request: StoredRequest,
  service: ServiceDetails,
  input: DecisionInput,
) {
  if (input.outcome === 'redirected') return undefined
  const { to, how, unverified } = course.procedure.appeal
  const until = await startOne(work, course, request.id, 'appeal', service)
  return { to, how, unverified, ...(until ? { until: until.toISOString() } : {}) }
}

/** INT-2: what follows the decision: the step, the clocks, the letter; and of acceptance what card and pack say, nothing more. */
async function conclude(
  work: Work,
  course: Course,
  request: StoredRequest,
  service: ServiceDetails,
  input: DecisionInput,
): Promise<Outcome<{ id: string; reference: string; next: readonly FollowUp[] }>> {
  const { tx } = work
  const asked = askedOf(service)
  const steps = input.outcome === 'accepted' && asked ? followsOf(course.procedure, asked) : []
  const next = input.placeFree ? steps.filter((step) => step !== 'waiting-list') : steps
  if (input.outcome === 'redirected' && input.redirect) {
    const target = await serviceById(tx, input.redirect)
    if (!target) throw new Error('a service that was judged is gone')
    await redirectTo(work, course, request, target)
  }
  addFollowUps(tx, request.id, next)
  await begin(work, request, next[0])
  await stopClocks(tx, request.id, ['emergency', 'assessment', 'decision', 'grace'])
  await startOne(work, course, request.id, 'notification', service)
  await addStep(tx, request.id, {
    deed: 'state',
    from: 'in-review',
    to: input.outcome,
    account: work.actor?.account ?? null,
  })
  const moved = await moveRequest(tx, request.id, 'in-review', input.outcome, { decidedAt: work.now, follows: next })
  if (!moved) return late(m.intake_desk_changed())
  await noteDue(tx, request.id)
  work.jobs.add('intake.letter', { request: request.id, kind: 'decision' })
  work.about({
    kind: 'intake.request',
    id: request.id,
    detail: {
      outcome: input.outcome,
      service: service.slug,
      ground: input.outcome === 'refused' ? (input.ground ?? null) : null,
    },
  })
  return ok({ id: request.id, reference: request.reference, next })
}

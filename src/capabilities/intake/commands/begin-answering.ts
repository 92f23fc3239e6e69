import type { Work } from '../../../platform/access/command.ts'
import type { Pause } from '../../../platform/calendar/deadline.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import type { ServiceDetails } from '../../directory/contract.ts'
import { startClock } from '../rules/clocks.ts'
import { type Earlier, reusable } from '../rules/documents.ts'
import { bodiesFor, deadlineFor, officeFor, officeForEmergency } from '../rules/procedure.ts'
import { addClock, clocksOf, stopClocks } from '../store/clocks.ts'
import { addDocuments } from '../store/documents.ts'
import { areaPathOf, type Course, officeBySlug } from '../store/procedure.ts'
import { noteDue } from '../store/requests.ts'
import type { ClockKind, Urgency } from '../types.ts'

/** The address and kind of a service, as rules ask for them. */
export const askedOf = (service: ServiceDetails | undefined): { slug: string; kind: string } | undefined =>
  service && { slug: service.slug, kind: service.card.kind }

/**
 * Who answers a request for this service from this area (`intake.json`): an office of the area, else the card's organisation. For an emergency of which
 * neither is known there is an office too (INT-3).
 */
export async function handlerOf(
  work: Pick<Work, 'tx'>,
  course: Course,
  service: ServiceDetails | undefined,
  area: string | undefined,
  urgency: Urgency = 'ordinary',
): Promise<string | undefined> {
  const slug = officeFor(course.procedure, askedOf(service), await areaPathOf(work.tx, area))
  const office = slug ? await officeBySlug(work.tx, slug) : undefined
  const found = office?.id ?? service?.organisation.id
  if (found || urgency !== 'emergency') return found
  const any = officeForEmergency(course.procedure)
  return any ? (await officeBySlug(work.tx, any))?.id : undefined
}

/** INT-6: bodies of which one must agree before a request for this service is accepted. */
export const bodiesOf = (course: Course, service: ServiceDetails | undefined): readonly string[] => {
  const asked = askedOf(service)
  return asked ? bodiesFor(course.procedure, asked) : []
}

/** The checklist of the card (INT-4); what an earlier request gave and is still good is there already. */
export async function listPapers(
  work: Pick<Work, 'tx' | 'now'>,
  course: Course,
  request: string,
  service: ServiceDetails | undefined,
  earlier: readonly Earlier[],
): Promise<void> {
  const today = dayIn(work.now, course.place.timeZone)
  const papers = (service?.card.documents ?? []).map(({ name, needed, from }) => {
    const listed = { names: name, needed, from }
    return { ...listed, reused: reusable(listed, earlier, today) }
  })
  await addDocuments(work.tx, request, papers)
}

/** What is measured from the arrival on; the emergency clock only in an emergency. */
const kindsFor = (urgency: Urgency): ClockKind[] => [
  ...(urgency === 'emergency' ? (['emergency'] as const) : []),
  'assessment',
  'decision',
]

/** Sets the clocks going that the pack has for a request that arrives (INT-3). The emergency clock starts at once, and only in an emergency. */
export async function startClocks(
  work: Pick<Work, 'tx' | 'now'>,
  course: Course,
  request: { id: string; urgency: Urgency },
  service: ServiceDetails | undefined,
): Promise<void> {
  for (const kind of kindsFor(request.urgency)) await startOne(work, course, request.id, kind, service)
  await noteDue(work.tx, request.id)
}

/**
 * Another service, other deadlines (INT-3): what runs goes on under those of its card, from when the request arrived and without the times that do not
 * count. What is done already, such as the assessment, is not asked for again; a deadline that the earlier service had none of begins as if it had.
 */
export async function turnClocks(
  work: Pick<Work, 'tx' | 'now'>,
  course: Course,
  request: { id: string; urgency: Urgency; submittedAt: Date | undefined },
  service: ServiceDetails | undefined,
): Promise<void> {
  const { tx } = work
  const now = request.submittedAt ?? work.now
  const earlier = await clocksOf(tx, request.id)
  const pauses = earlier.find(({ pauses }) => pauses.length > 0)?.pauses ?? []
  for (const kind of kindsFor(request.urgency)) {
    const clocks = earlier.filter((clock) => clock.kind === kind)
    if (clocks.length > 0 && clocks.every(({ stoppedAt }) => stoppedAt)) continue
    await stopClocks(tx, request.id, [kind])
    await startOne({ tx, now }, course, request.id, kind, service, pauses)
  }
  await noteDue(tx, request.id)
}

/** Sets one clock going, where the pack has such a deadline. @param pauses times that do not count, where waiting stops it @returns when it ends */
export async function startOne(
  work: Pick<Work, 'tx' | 'now'>,
  course: Course,
  request: string,
  kind: ClockKind,
  service: ServiceDetails | undefined,
  pauses: readonly Pause[] = [],
): Promise<Date | undefined> {
  const today = dayIn(work.now, course.place.timeZone)
  const deadline = deadlineFor(course.procedure, kind, askedOf(service), today)
  if (!deadline) return undefined
  const clock = startClock(deadline.rule, work.now, course.place, deadline.pausedByWaiting ? pauses : [])
  await addClock(work.tx, request, deadline, clock)
  return clock.dueAt
}

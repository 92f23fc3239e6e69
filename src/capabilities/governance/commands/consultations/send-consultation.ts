import { z } from 'zod'
import { command, type Work } from '../../../../platform/access/command.ts'
import { conflict, forbidden, invalid, late, notFound, type Outcome, ok } from '../../../../platform/access/outcome.ts'
import { dayIn } from '../../../../platform/i18n/day.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { mayConsult } from '../../permissions/consultations.ts'
import { timetableOf } from '../../rules/consultations/closing.ts'
import { addConsultation, saveOpening } from '../../store/consultations/save.ts'
import { placeOf } from '../../store/consultations/working-days.ts'
import { bodyBySlug, type StoredBody } from '../../store/read-body.ts'
import { consultationKind, type Opening } from '../../types/consultations.ts'
import type { DecisionSubject } from '../../types.ts'
import { consultationAsked } from './draft-consultation.ts'
import { saveParts } from './question.ts'
import { termsOn } from './terms.ts'

/** A consultation that is under way. */
export interface Opened {
  id: string
  /** the last day on which a party may answer */
  lastDay: string
  /** the first moment that is too late */
  closesAt: string
}

/** Asks the parties: from now on they may answer, until the end of the n-th day (GOV-5). They are written to at once. */
export const sendConsultation = command({
  audit: 'governance.consultation.send',
  input: z.object({ id: z.uuid(), version: z.coerce.number().int().positive().optional() }),
  subject: consultationAsked,
  permission: mayConsult,
  async run(work, input, { consultation }) {
    if (consultation.state !== 'draft') return late(m.governance_consult_sent_already())
    const body = await bodyBySlug(work.tx, consultation.body.slug)
    if (!body) return notFound
    return send(work, body, { id: input.id, days: consultation.daysWanted, version: input.version })
  },
})

/**
 * GOV-5: opens a written consultation within the transaction of any command. Whoever does not keep the secretariat of the body comes on the errand
 * `consultPurpose`. What it is about stands beside it in the thread.
 * @returns `notFound` for a body that is not there, `invalid` at `parties` for one of them
 */
export async function openConsultation(work: Work, opening: Opening): Promise<Outcome<Opened>> {
  const body = await bodyBySlug(work.tx, opening.body)
  if (!body) return notFound
  if (!work.actor) return forbidden
  if (opening.parties.length === 0) return invalid({ path: 'parties', message: m.governance_consult_parties_none() })
  const id = await addConsultation(work.tx, {
    title: opening.title,
    question: opening.question,
    days: opening.days,
    countedBy: opening.countedBy,
    body: body.id,
    public: body.profile.public === true,
    timeZone: body.timeZone,
    subject: opening.subject,
    thenTask: opening.then,
    by: work.actor.account,
  })
  const wrong = await saveParts(work.tx, id, { parties: opening.parties, papers: opening.papers ?? [] })
  if (wrong.length > 0) return invalid(...wrong)
  return send(work, body, { id, days: opening.days, subject: opening.subject }, false)
}

async function send(
  work: Work,
  body: StoredBody,
  draft: { id: string; days: number | undefined; version?: number | undefined; subject?: DecisionSubject | undefined },
  isAbout = true,
): Promise<Outcome<Opened>> {
  const { id, subject } = draft
  const terms = await termsOn(work.tx, body, dayIn(work.now, body.timeZone), draft.days)
  const table = timetableOf(terms, work.now, await placeOf(work.tx, body))
  const by = work.actor?.account ?? ''
  if ((await saveOpening(work.tx, id, terms, table, by, draft.version)) === undefined) return conflict()
  if (subject) work.thread.link({ kind: consultationKind, id }, 'asks-about', subject)
  work.jobs.add('governance.consultation-tell', { consultation: id, occasion: 'opened' })
  // within a step of another part the audit event is about that step
  if (isAbout) work.about({ kind: consultationKind, id, detail: { body: body.profile.slug, lastDay: table.lastDay } })
  return ok({ id, lastDay: table.lastDay, closesAt: table.closesAt.toISOString() })
}

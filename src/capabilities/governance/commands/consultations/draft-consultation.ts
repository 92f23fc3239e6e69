import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { conflict, invalid, late, ok } from '../../../../platform/access/outcome.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { mayConsult } from '../../permissions/consultations.ts'
import { consultationById } from '../../store/consultations/consultations.ts'
import { clearDraft } from '../../store/consultations/parties.ts'
import { addConsultation, changeDraft } from '../../store/consultations/save.ts'
import { bodyBySlug } from '../../store/read-body.ts'
import { consultationKind } from '../../types/consultations.ts'
import { Slug } from '../../types.ts'
import { Question, saveParts } from './question.ts'

/** Prepares a consultation that nobody is asked yet (GOV-5). */
export const draftConsultation = command({
  audit: 'governance.consultation.draft',
  input: Question.extend({ body: Slug }),
  async subject(tx, input) {
    const body = await bodyBySlug(tx, input.body)
    return body && { body, organisation: body.organisation.id }
  },
  permission: mayConsult,
  async run(work, input, { body }) {
    const id = await addConsultation(work.tx, {
      title: input.title,
      question: input.question,
      days: input.days,
      countedBy: input.countedBy,
      body: body.id,
      public: body.profile.public === true,
      timeZone: body.timeZone,
      subject: undefined,
      thenTask: undefined,
      by: work.actor?.account ?? '',
    })
    const wrong = await saveParts(work.tx, id, input)
    if (wrong.length > 0) return invalid(...wrong)
    work.about({ kind: consultationKind, id, detail: { body: body.profile.slug } })
    return ok({ id })
  },
})

/** The consultation of a command, with the organisation of the secretariat that leads it. */
export async function consultationAsked(tx: Parameters<typeof consultationById>[0], { id }: { id: string }) {
  const consultation = await consultationById(tx, id)
  return consultation && { consultation, organisation: consultation.body.organisation }
}

/** Writes a consultation anew, as long as it has not been sent (GOV-5). */
export const changeConsultation = command({
  audit: 'governance.consultation.change',
  input: Question.extend({ id: z.uuid(), version: z.coerce.number().int().positive() }),
  subject: consultationAsked,
  permission: mayConsult,
  async run(work, input, { consultation }) {
    if (consultation.state !== 'draft') return late(m.governance_consult_sent_already())
    const { title, question, days, countedBy } = input
    const version = await changeDraft(work.tx, input.id, { title, question, days, countedBy }, input.version)
    if (version === undefined) return conflict({ title: consultation.title, question: consultation.question })
    await clearDraft(work.tx, input.id)
    const wrong = await saveParts(work.tx, input.id, input)
    if (wrong.length > 0) return invalid(...wrong)
    work.about({ kind: consultationKind, id: input.id })
    return ok({ id: input.id, version })
  },
})

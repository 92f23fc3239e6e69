import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { conflict, invalid, late, ok } from '../../../../platform/access/outcome.ts'
import type { Tx } from '../../../../platform/db/database.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { mayConfirm, mayConsult } from '../../permissions/consultations.ts'
import { outcomeOf, tallyOf } from '../../rules/consultations/tally.ts'
import { answersOf } from '../../store/consultations/answers.ts'
import { consultationById, type StoredConsultation } from '../../store/consultations/consultations.ts'
import { partiesOf } from '../../store/consultations/parties.ts'
import { saveClosing, saveConfirmation, savePublication } from '../../store/consultations/save.ts'
import { isChair } from '../../store/consultations/ties.ts'
import { type ConsultationOutcome, consultationKind, type Tally } from '../../types/consultations.ts'
import { closingWords } from '../../views/consultations/words.ts'
import { consultationAsked } from './draft-consultation.ts'

/** What the rule of the body computes from the answers: figures, and what came of it (GOV-5). */
export async function computedResult(
  tx: Tx,
  consultation: StoredConsultation,
): Promise<{ tally: Tally; outcome: ConsultationOutcome }> {
  const [parties, answers] = await Promise.all([partiesOf(tx, consultation.id), answersOf(tx, consultation.id)])
  const tally = tallyOf(parties.map(({ id }) => answers.get(id)?.answer))
  const silence = consultation.terms?.silence ?? 'not-counted'
  return { tally, outcome: outcomeOf(tally, silence, consultation.countedBy) }
}

/**
 * The chair confirms what came of a consultation, or the secretariat on the word of the chair (GOV-5). Where the answers do not settle it, the chair
 * says what came of it, and why.
 */
export const confirmConsultation = command({
  audit: 'governance.consultation.confirm',
  input: z.object({
    id: z.uuid(),
    /** only where the answers do not settle it */
    outcome: z.enum(['agreed', 'declined']).optional(),
    reason: z.string().trim().min(1).max(2000).optional(),
    /** the secretariat: how the chair gave their word */
    word: z.string().trim().min(1).max(500).optional(),
  }),
  async subject(tx, { id }) {
    const consultation = await consultationById(tx, id)
    if (!consultation) return undefined
    const chairs = await isChair(tx, consultation.body.id)
    return { consultation, organisation: consultation.body.organisation, chairs }
  },
  permission: mayConfirm,
  async run(work, input, { consultation, chairs }) {
    const { state, closesAt, timeZone } = consultation
    if (state === 'draft' || !closesAt) return late(m.governance_consult_not_sent())
    if (state === 'open') return late(m.governance_consult_not_closed({ moment: closingWords(closesAt, timeZone) }))
    if (state !== 'closed') return late(m.governance_consult_over())
    if (!chairs && !input.word) return invalid({ path: 'word', message: m.governance_consult_word_missing() })
    if (!consultation.closedAt) await saveClosing(work.tx, input.id)
    const computed = await computedResult(work.tx, consultation)
    if (computed.outcome === 'open') {
      if (!input.outcome) return invalid({ path: 'outcome', message: m.governance_consult_outcome_missing() })
      if (!input.reason) return invalid({ path: 'reason', message: m.governance_consult_reason_missing() })
    }
    const outcome = computed.outcome === 'open' ? (input.outcome ?? 'open') : computed.outcome
    const saved = await saveConfirmation(work.tx, input.id, {
      tally: computed.tally,
      outcome,
      reason: computed.outcome === 'open' ? input.reason : undefined,
      word: chairs ? undefined : input.word,
      by: work.actor?.account ?? '',
    })
    if (saved === undefined) return conflict()
    if (consultation.thenTask)
      work.jobs.add(consultation.thenTask, { consultation: input.id, subject: consultation.subject })
    work.about({ kind: consultationKind, id: input.id, detail: { outcome, by: chairs ? 'chair' : 'secretariat' } })
    return ok({ id: input.id, outcome })
  },
})

/** Opens result and answers to everybody, and writes to all parties (GOV-5). Of a body that is not public the parties alone read them. */
export const publishConsultation = command({
  audit: 'governance.consultation.publish',
  input: z.object({ id: z.uuid() }),
  subject: consultationAsked,
  permission: mayConsult,
  async run(work, input, { consultation }) {
    if (consultation.state !== 'confirmed') return late(m.governance_consult_not_confirmed())
    const saved = await savePublication(work.tx, input.id, work.actor?.account ?? '')
    if (saved === undefined) return conflict()
    work.jobs.add('governance.consultation-tell', { consultation: input.id, occasion: 'result' })
    work.about({ kind: consultationKind, id: input.id })
    return ok({ id: input.id })
  },
})

import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { conflict, late, ok } from '../../../../platform/access/outcome.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { mayConsult } from '../../permissions/consultations.ts'
import { saveClosing, saveWithdrawal } from '../../store/consultations/save.ts'
import { consultationKind } from '../../types/consultations.ts'
import { consultationAsked } from './draft-consultation.ts'

/** Takes a consultation back, with a reason, before its result is confirmed (GOV-5). Whoever was asked is told. */
export const withdrawConsultation = command({
  audit: 'governance.consultation.withdraw',
  input: z.object({ id: z.uuid(), reason: z.string().trim().min(1).max(2000) }),
  subject: consultationAsked,
  permission: mayConsult,
  async run(work, input, { consultation }) {
    const { state } = consultation
    if (state !== 'draft' && state !== 'open' && state !== 'closed') return late(m.governance_consult_over())
    if (state === 'closed' && !consultation.closedAt) await saveClosing(work.tx, input.id)
    const saved = await saveWithdrawal(work.tx, input.id, state, input.reason, work.actor?.account ?? '')
    if (saved === undefined) return conflict()
    if (state !== 'draft')
      work.jobs.add('governance.consultation-tell', { consultation: input.id, occasion: 'withdrawn' })
    work.about({ kind: consultationKind, id: input.id, detail: { was: state } })
    return ok({ id: input.id })
  },
})

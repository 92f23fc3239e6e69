import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { conflict, late, ok } from '../../../../platform/access/outcome.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { mayPlanAdjustment } from '../../permissions/adjustments.ts'
import { isOpen } from '../../rules/adjustments/course.ts'
import { saveTariffDone, saveWithdrawal } from '../../store/adjustments/save-adjustment.ts'
import { adjustmentKind } from '../../types/adjustments.ts'
import { heldAdjustment } from './opened.ts'

/** The operator lets an adjustment go (CAP-3). Whoever was contacted is told. */
export const withdrawAdjustment = command({
  audit: 'capacity.adjustment.withdraw',
  input: z.object({
    id: z.uuid(),
    version: z.coerce.number().int().positive().optional(),
    reason: z.string().trim().min(3).max(2000),
  }),
  subject: heldAdjustment,
  permission: mayPlanAdjustment,
  async run(work, input, { adjustment }) {
    if (!isOpen('withdraw', adjustment.state)) return late(m.capacity_adjust_over())
    if (input.version !== undefined && input.version !== adjustment.version) return conflict(adjustment)
    if (!(await saveWithdrawal(work.tx, adjustment, input.reason))) return conflict(adjustment)
    work.jobs.add('capacity.adjustment-tell', { adjustment: adjustment.id, occasion: 'withdrawn' })
    work.about({ kind: adjustmentKind, id: adjustment.id })
    return ok({ id: adjustment.id })
  },
})

/** The tariff was calculated anew for the places that there are now (CAP-3). */
export const noteTariff = command({
  audit: 'capacity.adjustment.note-tariff',
  input: z.object({ id: z.uuid() }),
  subject: heldAdjustment,
  permission: mayPlanAdjustment,
  async run(work, _input, { adjustment }) {
    if (!(await saveTariffDone(work.tx, adjustment.id))) return late(m.capacity_adjust_tariff_not_due())
    work.about({ kind: adjustmentKind, id: adjustment.id })
    return ok({ id: adjustment.id })
  },
})

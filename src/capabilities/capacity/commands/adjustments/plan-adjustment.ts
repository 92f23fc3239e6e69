import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { conflict, invalid, late, ok } from '../../../../platform/access/outcome.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { mayPlanAdjustment } from '../../permissions/adjustments.ts'
import { isOpen, needsNewContact } from '../../rules/adjustments/course.ts'
import { insertAdjustment, saveAmendment } from '../../store/adjustments/save-adjustment.ts'
import { offerById } from '../../store/places/read-offer.ts'
import { holdOffers } from '../../store/places/save-stays.ts'
import { AdjustmentPlan, adjustmentKind } from '../../types/adjustments.ts'
import { Slug } from '../../types.ts'
import { judgeAdjustment, planErrors } from './judge.ts'
import { heldAdjustment, plannedOffer } from './opened.ts'

/** Plans more or fewer places of an offer, or its end (CAP-3). Nobody is told yet; the secretariat sees it. */
export const planAdjustment = command({
  audit: 'capacity.adjustment.plan',
  input: AdjustmentPlan.extend({ offer: Slug }),
  subject: plannedOffer,
  permission: mayPlanAdjustment,
  async run(work, input, { offer }) {
    // whoever plans for the same offer waits here: what is judged still holds when it is stored
    await holdOffers(work.tx, [offer.slug])
    const { mistakes, change, places, splitting } = await judgeAdjustment(work.tx, offer, {
      ...input,
      change: input.change,
    })
    if (mistakes.length > 0) return invalid(...planErrors(mistakes, places))
    const made = await insertAdjustment(work.tx, { ...input, change, offer: offer.id, by: work.actor?.account ?? '' })
    work.jobs.add('capacity.adjustment-tell', { adjustment: made.id, occasion: 'planned' })
    work.about({
      kind: adjustmentKind,
      id: made.id,
      detail: {
        offer: offer.slug,
        kind: input.kind,
        change,
        effectOn: input.effectOn,
        splitting: splitting !== undefined,
      },
    })
    return ok({ id: made.id, number: made.number })
  },
})

/**
 * Changes a plan (CAP-3). Another size or an earlier day needs contact and approval anew; a later day alone is told, and all that was done stands.
 */
export const amendAdjustment = command({
  audit: 'capacity.adjustment.amend',
  input: AdjustmentPlan.extend({ id: z.uuid(), version: z.coerce.number().int().positive().optional() }),
  subject: heldAdjustment,
  permission: mayPlanAdjustment,
  async run(work, input, { adjustment }) {
    if (!isOpen('amend', adjustment.state)) return late(m.capacity_adjust_over())
    if (input.version !== undefined && input.version !== adjustment.version) return conflict(adjustment)
    await holdOffers(work.tx, [adjustment.offer.slug])
    const offer = await offerById(work.tx, adjustment.offer.id)
    if (!offer) throw new Error('an adjustment has no offer')
    const { mistakes, change, places } = await judgeAdjustment(
      work.tx,
      offer,
      { ...input, change: input.change },
      adjustment.id,
    )
    if (mistakes.length > 0) return invalid(...planErrors(mistakes, places))
    const anew = needsNewContact(adjustment, { ...input, change }) || wordsChanged(input, adjustment)
    const contacted = adjustment.contactedAt !== undefined
    const saved = await saveAmendment(work.tx, { ...adjustment, contacted }, { ...input, change }, anew)
    if (!saved) return conflict(adjustment)
    const occasion = !contacted ? undefined : anew ? 'amended' : 'postponed'
    if (occasion && (anew || input.effectOn !== adjustment.effectOn))
      work.jobs.add('capacity.adjustment-tell', { adjustment: adjustment.id, occasion })
    work.about({
      kind: adjustmentKind,
      id: adjustment.id,
      detail: { kind: input.kind, change, effectOn: input.effectOn, anew: anew && contacted },
    })
    return ok({ id: adjustment.id, anew: anew && contacted })
  },
})

/** Words that the municipalities were told are part of the plan: whoever changes them tells them again. */
function wordsChanged(after: AdjustmentPlan, before: Parameters<typeof wordsOf>[0]): boolean {
  return wordsOf(after) !== wordsOf(before)
}
const wordsOf = (plan: Pick<AdjustmentPlan, 'reason' | 'tariffEffect' | 'peopleEffect' | 'alternatives'>): string =>
  JSON.stringify(
    [plan.reason, plan.tariffEffect, plan.peopleEffect, plan.alternatives].map((text) => [
      text.en,
      text.uk,
      text.da,
      text.de,
    ]),
  )

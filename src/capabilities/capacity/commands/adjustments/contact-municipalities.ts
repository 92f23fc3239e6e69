import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { conflict, invalid, late, ok } from '../../../../platform/access/outcome.ts'
import { dayIn } from '../../../../platform/i18n/day.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { speak } from '../../../../platform/i18n/text.ts'
import { mayPlanAdjustment } from '../../permissions/adjustments.ts'
import { afterContact, isOpen } from '../../rules/adjustments/course.ts'
import { addContacts, uncontacted } from '../../store/adjustments/contacts.ts'
import { saveContacted } from '../../store/adjustments/save-adjustment.ts'
import { adjustmentKind } from '../../types/adjustments.ts'
import { offerKind } from '../../types.ts'
import { pathOn } from './judge.ts'
import { heldAdjustment } from './opened.ts'

/**
 * Contacts the affected municipalities, which the program finds (CAP-3): always, whatever the size. With the contact the path is known: nothing more, an
 * approval, or the secretariat chooses. A municipality that became affected later is contacted later, and nothing that was done is undone. Where the letters
 * go is kept by the secretariat: whoever sends them writes no address.
 */
export const contactMunicipalities = command({
  audit: 'capacity.adjustment.contact',
  input: z.object({
    id: z.uuid(),
    version: z.coerce.number().int().positive().optional(),
  }),
  subject: heldAdjustment,
  permission: mayPlanAdjustment,
  async run(work, input, { adjustment }) {
    if (!isOpen('contact', adjustment.state)) return late(m.capacity_adjust_over())
    if (input.version !== undefined && input.version !== adjustment.version) return conflict(adjustment)
    const today = dayIn(work.now, adjustment.timeZone)
    if (today > adjustment.effectOn) return late(m.capacity_adjust_contact_late())
    const affected = await uncontacted(work.tx, adjustment.id, today)
    const first = adjustment.state === 'planned'
    if (!first && affected.length === 0) return late(m.capacity_adjust_all_contacted())
    const unreached = affected.filter(({ addressKept }) => !addressKept)
    if (unreached.length > 0)
      return invalid(
        ...unreached.map(({ slug, names }) => ({
          path: `municipalities.${slug}`,
          message: m.capacity_adjust_contact_no_address({ municipality: speak(names, work.locale).words }),
        })),
      )
    await addContacts(
      work.tx,
      adjustment,
      affected.map(({ id, because }) => ({ municipality: id, because })),
    )
    const path = (await pathOn(work.tx, adjustment.pack, adjustment.plannedOn)).of({
      ...adjustment,
      inScope: true,
      contacted: true,
    })
    const state = first ? afterContact(path) : adjustment.state
    if (first && !(await saveContacted(work.tx, adjustment, state, path))) return conflict(adjustment)
    work.thread.link({ kind: adjustmentKind, id: adjustment.id }, 'changes', {
      kind: offerKind,
      id: adjustment.offer.id,
    })
    work.jobs.add('capacity.adjustment-tell', { adjustment: adjustment.id, occasion: 'contacted' })
    work.about({
      kind: adjustmentKind,
      id: adjustment.id,
      detail: { contacted: affected.map(({ slug }) => slug), path: path?.path ?? 'unknown' },
    })
    return ok({ id: adjustment.id, state, contacted: affected.length })
  },
})

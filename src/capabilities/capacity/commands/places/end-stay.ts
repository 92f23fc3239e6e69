import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { invalid, late, ok } from '../../../../platform/access/outcome.ts'
import { dayIn } from '../../../../platform/i18n/day.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { mayRunOffer } from '../../permissions/places.ts'
import { addDays } from '../../rules/places/days.ts'
import { markReported } from '../../store/places/save-offer.ts'
import { deleteStay, isWithdrawable, shortenStay, stayById } from '../../store/places/save-stays.ts'
import { Reason, stayKind } from '../../types/places.ts'
import { Day } from '../../types.ts'

/** So many days back nobody is asked why. */
const freelyBack = 14

/** Somebody has left: the day is the first on which the place is free again (CAP-1). A day long ago needs a reason. */
export const endStay = command({
  audit: 'capacity.stay.end',
  input: z.object({ id: z.uuid(), until: Day, reason: Reason.optional() }),
  async subject(tx, { id }) {
    const stay = await stayById(tx, id)
    return stay && { stay, operator: stay.offer.operator }
  },
  permission: mayRunOffer,
  async run(work, { id, until, reason }, { stay }) {
    if (until < addDays(dayIn(work.now, stay.offer.timeZone), -freelyBack) && reason === undefined)
      return invalid({ path: 'reason', message: m.capacity_end_reason({ count: freelyBack }) })
    if (until <= stay.from) return invalid({ path: 'until', message: m.capacity_fault_ends_before() })
    if (!(await shortenStay(work.tx, id, until, reason))) return late(m.capacity_stay_over())
    await markReported(work.tx, [stay.offer.id])
    work.about({ kind: stayKind, id, detail: { offer: stay.offer.slug } })
    return ok({ id, offer: stay.offer.slug, place: stay.place })
  },
})

/**
 * Takes back a stay that was entered by mistake, within days and while no closed year holds it. Who stayed and left has stayed: that is an end, not a
 * mistake; later a mistake is put right by another last day, with a reason, and the record keeps what it was.
 */
export const withdrawStay = command({
  audit: 'capacity.stay.withdraw',
  input: z.object({ id: z.uuid() }),
  async subject(tx, { id }) {
    const stay = await stayById(tx, id)
    return stay && { stay, operator: stay.offer.operator }
  },
  permission: mayRunOffer,
  async run(work, { id }, { stay }) {
    if (!(await isWithdrawable(work.tx, id))) return late(m.capacity_withdraw_late({ count: freelyBack }))
    if (!(await deleteStay(work.tx, id))) return late(m.capacity_stay_over())
    await markReported(work.tx, [stay.offer.id])
    work.about({ kind: stayKind, id, detail: { offer: stay.offer.slug } })
    return ok({ id, offer: stay.offer.slug, place: stay.place })
  },
})

import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { invalid, late, ok } from '../../../../platform/access/outcome.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { mayRunOffer } from '../../permissions/places.ts'
import { markReported } from '../../store/places/save-offer.ts'
import { deleteStay, shortenStay, stayById } from '../../store/places/save-stays.ts'
import { stayKind } from '../../types/places.ts'
import { Day } from '../../types.ts'

/** Somebody has left: the day is the first on which the place is free again (CAP-1). */
export const endStay = command({
  audit: 'capacity.stay.end',
  input: z.object({ id: z.uuid(), until: Day }),
  async subject(tx, { id }) {
    const stay = await stayById(tx, id)
    return stay && { stay, operator: stay.offer.operator }
  },
  permission: mayRunOffer,
  async run(work, { id, until }, { stay }) {
    if (until <= stay.from) return invalid({ path: 'until', message: m.capacity_fault_ends_before() })
    if (!(await shortenStay(work.tx, id, until))) return late(m.capacity_stay_over())
    await markReported(work.tx, [stay.offer.id])
    work.about({ kind: stayKind, id, detail: { offer: stay.offer.slug } })
    return ok({ id, offer: stay.offer.slug, place: stay.place })
  },
})

/** Takes back a stay that was entered by mistake. Who stayed and left has stayed: that is an end, not a mistake. */
export const withdrawStay = command({
  audit: 'capacity.stay.withdraw',
  input: z.object({ id: z.uuid() }),
  async subject(tx, { id }) {
    const stay = await stayById(tx, id)
    return stay && { stay, operator: stay.offer.operator }
  },
  permission: mayRunOffer,
  async run(work, { id }, { stay }) {
    if (!(await deleteStay(work.tx, id))) return late(m.capacity_stay_over())
    await markReported(work.tx, [stay.offer.id])
    work.about({ kind: stayKind, id, detail: { offer: stay.offer.slug } })
    return ok({ id, offer: stay.offer.slug, place: stay.place })
  },
})

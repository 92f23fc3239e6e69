import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { type FieldError, invalid, ok } from '../../../../platform/access/outcome.ts'
import { dayIn } from '../../../../platform/i18n/day.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { mayRunOffer } from '../../permissions/places.ts'
import { changePlaces as storePlaces } from '../../store/places/change-places.ts'
import { offerBySlug } from '../../store/places/read-offer.ts'
import { markReported, saveStaffing } from '../../store/places/save-offer.ts'
import { holdOffers } from '../../store/places/save-stays.ts'
import { isInScope, placesOn } from '../../store/places/use-of-offer.ts'
import { Places, Reason } from '../../types/places.ts'
import { Day, offerKind, Slug } from '../../types.ts'

const subject = async (tx: Parameters<typeof offerBySlug>[0], { slug }: { slug: string }) => {
  const offer = await offerBySlug(tx, slug)
  return offer && { offer, operator: offer.operator.id }
}

/**
 * Changes how many places an offer has from a day on. In scope of the framework agreement the approved number changes through an adjustment alone
 * (CAP-3); how many of them are open is the operator's to say.
 */
export const changePlaces = command({
  audit: 'capacity.places.change',
  input: z.object({ slug: Slug, from: Day, approved: Places, open: Places, reason: Reason }),
  subject,
  permission: mayRunOffer,
  async run(work, { from, approved, open, reason }, { offer }) {
    // whoever reports or changes the same offer waits: what is judged here still holds when it is stored
    await holdOffers(work.tx, [offer.slug])
    const today = dayIn(work.now, offer.timeZone)
    const [now, inScopeThen, inScopeToday] = await Promise.all([
      placesOn(work.tx, offer.id, from),
      isInScope(work.tx, offer.id, from),
      isInScope(work.tx, offer.id, today),
    ])
    // a number that is said to hold since before somebody used the offer, or from a day to come, holds for those who use it today
    const inScope = inScopeThen || inScopeToday
    const mistakes: FieldError[] = [
      ...(open > approved ? [{ path: 'open', message: m.capacity_open_above_approved() }] : []),
      ...(from < offer.opened ? [{ path: 'from', message: m.capacity_before_opening() }] : []),
      ...(offer.closed !== undefined && from >= offer.closed
        ? [{ path: 'from', message: m.capacity_after_closing() }]
        : []),
      ...(inScope && approved !== now.approved ? [{ path: 'approved', message: m.capacity_needs_adjustment() }] : []),
    ]
    if (mistakes.length > 0) return invalid(...mistakes)
    await storePlaces(work.tx, { offer: offer.id, from, approved, open, reason })
    await markReported(work.tx, [offer.id])
    work.about({ kind: offerKind, id: offer.id, detail: { from, approved, open } })
    return ok({ slug: offer.slug })
  },
})

/** How many people work at an offer from a day on, in full-time posts (CAP-1). */
export const setStaffing = command({
  audit: 'capacity.staffing.set',
  input: z.object({ slug: Slug, from: Day, posts: z.coerce.number<string | number>().min(0).max(99_999) }),
  subject,
  permission: mayRunOffer,
  async run(work, { from, posts }, { offer }) {
    if (from < offer.opened) return invalid({ path: 'from', message: m.capacity_before_opening() })
    await saveStaffing(work.tx, offer.id, from, posts)
    work.about({ kind: offerKind, id: offer.id })
    return ok({ slug: offer.slug })
  },
})

/** Nothing has changed since the last report (CAP-9): the offer counts as reported today. */
export const confirmReport = command({
  audit: 'capacity.report.confirm',
  input: z.object({ slug: Slug }),
  subject,
  permission: mayRunOffer,
  async run(work, _input, { offer }) {
    await markReported(work.tx, [offer.id])
    work.about({ kind: offerKind, id: offer.id })
    return ok({ slug: offer.slug })
  },
})

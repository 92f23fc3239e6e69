import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { type FieldError, invalid, ok } from '../../../../platform/access/outcome.ts'
import { dayIn } from '../../../../platform/i18n/day.ts'
import { formatDay } from '../../../../platform/i18n/format.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { mayRunOffer } from '../../permissions/places.ts'
import { isPaused, mostPausedDays, type Numbers, pausedDays } from '../../rules/places/pausing.ts'
import { changePlaces as storePlaces } from '../../store/places/change-places.ts'
import { offerBySlug } from '../../store/places/read-offer.ts'
import { placesHistory } from '../../store/places/read-totals.ts'
import { markReported, saveStaffing } from '../../store/places/save-offer.ts'
import { holdOffers } from '../../store/places/save-stays.ts'
import { isChangeInScope, placesOn } from '../../store/places/use-of-offer.ts'
import { Places, Reason } from '../../types/places.ts'
import { Day, offerKind, Slug } from '../../types.ts'

const subject = async (tx: Parameters<typeof offerBySlug>[0], { slug }: { slug: string }) => {
  const offer = await offerBySlug(tx, slug)
  return offer && { offer, operator: offer.operator.id }
}

/**
 * Changes how many places an offer has from a day on. In scope of the framework agreement the approved number changes through an adjustment alone
 * (CAP-3); how many of them are open is the operator's to say. Fewer than half of them is closing for a time: with a last day, for so many days in a year;
 * longer is an end, which takes the way of an adjustment.
 */
export const changePlaces = command({
  audit: 'capacity.places.change',
  input: z.object({
    slug: Slug,
    from: Day,
    /** the first day from which all is as before; left out: until the next change */
    until: Day.optional(),
    approved: Places,
    open: Places,
    reason: Reason,
  }),
  subject,
  permission: mayRunOffer,
  async run(work, { from, until, approved, open, reason }, { offer }) {
    // whoever reports or changes the same offer waits: what is judged here still holds when it is stored
    await holdOffers(work.tx, [offer.slug])
    const today = dayIn(work.now, offer.timeZone)
    const [now, history, inScopeThen, inScopeToday] = await Promise.all([
      placesOn(work.tx, offer.id, from),
      placesHistory(work.tx, offer.id),
      isChangeInScope(work.tx, offer.id, from, today),
      isChangeInScope(work.tx, offer.id, from < today ? today : from, today),
    ])
    // a number that is said to hold since before somebody used the offer holds for those who use it today
    const inScope = inScopeThen || inScopeToday
    const mistakes: FieldError[] = [
      ...(open > approved ? [{ path: 'open', message: m.capacity_open_above_approved() }] : []),
      ...(from < offer.opened ? [{ path: 'from', message: m.capacity_before_opening() }] : []),
      ...(offer.closed !== undefined && from >= offer.closed
        ? [{ path: 'from', message: m.capacity_after_closing() }]
        : []),
      ...(inScope && approved !== now.approved ? [{ path: 'approved', message: m.capacity_needs_adjustment() }] : []),
      ...untilMistakes(history, from, until),
    ]
    if (mistakes.length === 0 && inScope && isPaused({ approved, open })) {
      const days = pausedDays(history, { from, until })
      if (days === undefined)
        mistakes.push({ path: 'until', message: m.capacity_pause_until({ count: mostPausedDays }) })
      else if (days > mostPausedDays)
        mistakes.push({ path: 'until', message: m.capacity_pause_long({ count: mostPausedDays }) })
    }
    if (mistakes.length > 0) return invalid(...mistakes)
    await storePlaces(work.tx, { offer: offer.id, from, until, approved, open, reason })
    await markReported(work.tx, [offer.id])
    work.about({ kind: offerKind, id: offer.id, detail: { from, until: until ?? null, approved, open } })
    return ok({ slug: offer.slug })
  },
})

/** A change for a time ends before the next one that is known, and before it goes back to something. */
function untilMistakes(history: readonly Numbers[], from: string, until: string | undefined): FieldError[] {
  if (until === undefined) return []
  const current = history.find((period) => period.from <= from && (period.until === undefined || from < period.until))
  if (until <= from) return [{ path: 'until', message: m.capacity_fault_ends_before() }]
  if (!current) return [{ path: 'until', message: m.capacity_until_nothing() }]
  return current.until !== undefined && until > current.until
    ? [{ path: 'until', message: m.capacity_until_next({ day: formatDay(current.until) }) }]
    : []
}

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

import { z } from 'zod'
import type { Actor } from '../../../platform/access/actor.ts'
import type { FieldError, Outcome } from '../../../platform/access/outcome.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { type Answer, page, redirect } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { m } from '../../../platform/i18n/speech.ts'
import type { FormState } from '../../../platform/ui/form.tsx'
import type { Link } from '../../../platform/ui/frame.ts'
import { changePlaces, confirmReport, setStaffing } from '../commands/places/change-places.ts'
import { endStay, withdrawStay } from '../commands/places/end-stay.ts'
import { reportStays } from '../commands/places/report-stays.ts'
import { endWaiting, startWaiting } from '../commands/places/wait-for-place.ts'
import { mayReportSomewhere, mayRunOffer, organisationsWhere } from '../permissions/places.ts'
import { addDays } from '../rules/places/days.ts'
import { offerBySlug, offersOf, type StoredOffer } from '../store/places/read-offer.ts'
import { payingOrganisations } from '../store/places/read-setting.ts'
import { placesToday } from '../store/places/read-stays.ts'
import { postsOn, totalsOf } from '../store/places/read-totals.ts'
import { isWithdrawable, stayById } from '../store/places/save-stays.ts'
import { isInScope, placesOn } from '../store/places/use-of-offer.ts'
import { waitingById, waitingFor } from '../store/places/waiting.ts'
import { offerKind, Slug } from '../types.ts'
import { NumbersPage, StaffingPage } from '../views/places/offer-forms.tsx'
import { nameOf } from '../views/places/offer-words.tsx'
import { ArrivePage, LeavePage, OwnOffers, ReportPage, WaitEndPage, WaitPage } from '../views/places/report.tsx'

const offer = z.object({ slug: Slug })
const person = z.object({ slug: Slug, id: z.uuid() })
const guarded = { permission: mayReportSomewhere, audit: 'capacity.stays.read' } as const
const emptyForm = { permission: mayReportSomewhere, audit: { none: 'an empty form of an offer' } } as const

/** Where providers say who came, who left and who waits, offer by offer (CAP-9). */
export function placesDesk(door: Door): void {
  door.page(
    '/places',
    { permission: mayReportSomewhere, audit: { none: 'own offers; nothing of the people there' } },
    showOwn,
  )
  door.page('/places/{slug}', { ...guarded, params: offer }, showReport)
  door.form('/places/{slug}/confirm', {
    command: confirmReport,
    params: offer,
    input: (_fields, visit) => ({ slug: visit.params.slug }),
    done: ({ slug }) => redirect(`/places/${slug}`, { kind: 'done', text: m.capacity_confirmed_flash() }),
    again: (_typed, _outcome, visit) => showReport(visit),
  })

  door.page('/places/{slug}/arrive', { ...guarded, params: offer }, (visit) => showArrive(visit, {}))
  door.form('/places/{slug}/arrive', {
    command: reportStays,
    params: offer,
    input: (fields, visit) => ({ stays: [{ ...fields, offer: visit.params.slug }] }),
    done: ({ lines: [line] }, visit) =>
      redirect(`/places/${visit.params.slug}`, {
        kind: 'done',
        text: m.capacity_arrived_flash({ person: line?.person ?? '', place: line?.place ?? '' }),
      }),
    again: (typed, outcome, visit) => showArrive(visit, { typed, outcome: ofFirstLine(outcome) }),
  })

  door.page('/places/{slug}/stays/{id}', { ...guarded, params: person }, (visit) => showLeave(visit, {}))
  door.form('/places/{slug}/stays/{id}/end', {
    command: endStay,
    params: person,
    input: (fields, visit) => ({ ...fields, id: visit.params.id }),
    done: ({ offer }) => redirect(`/places/${offer}`, { kind: 'done', text: m.capacity_left_flash() }),
    again: (typed, outcome, visit) => showLeave(visit, { typed, outcome }),
  })
  door.form('/places/{slug}/stays/{id}/withdraw', {
    command: withdrawStay,
    params: person,
    input: (_fields, visit) => ({ id: visit.params.id }),
    done: ({ offer }) => redirect(`/places/${offer}`, { kind: 'done', text: m.capacity_withdrawn_flash() }),
    again: (typed, outcome, visit) => showLeave(visit, { typed, outcome }),
  })

  door.page('/places/{slug}/waiting', { ...emptyForm, params: offer }, (visit) => showWait(visit, {}))
  door.form('/places/{slug}/waiting', {
    command: startWaiting,
    params: offer,
    input: (fields, visit) => ({ ...fields, offer: visit.params.slug }),
    done: ({ offer }) => redirect(`/places/${offer}`, { kind: 'done', text: m.capacity_waits_flash() }),
    again: (typed, outcome, visit) => showWait(visit, { typed, outcome }),
  })
  door.page('/places/{slug}/waiting/{id}', { ...guarded, params: person }, (visit) => showWaitEnd(visit, {}))
  door.form('/places/{slug}/waiting/{id}', {
    command: endWaiting,
    params: person,
    input: (fields, visit) => ({ ...fields, id: visit.params.id }),
    done: ({ offer }) => redirect(`/places/${offer}`, { kind: 'done', text: m.capacity_waited_flash() }),
    again: (typed, outcome, visit) => showWaitEnd(visit, { typed, outcome }),
  })

  door.page('/places/{slug}/numbers', { ...emptyForm, params: offer }, (visit) => showNumbers(visit, {}))
  door.form('/places/{slug}/numbers', {
    command: changePlaces,
    params: offer,
    input: (fields, visit) => ({ ...fields, slug: visit.params.slug }),
    done: ({ slug }) => redirect(`/places/${slug}`, { kind: 'done', text: m.capacity_numbers_flash() }),
    again: (typed, outcome, visit) => showNumbers(visit, { typed, outcome }),
  })
  door.page('/places/{slug}/staffing', { ...emptyForm, params: offer }, (visit) => showStaffing(visit, {}))
  door.form('/places/{slug}/staffing', {
    command: setStaffing,
    params: offer,
    input: (fields, visit) => ({ ...fields, slug: visit.params.slug }),
    done: ({ slug }) => redirect(`/places/${slug}`, { kind: 'done', text: m.capacity_numbers_flash() }),
    again: (typed, outcome, visit) => showStaffing(visit, { typed, outcome }),
  })
}

/** What the menu of a provider holds; undefined for all others. */
export function placesMenu(actor: Actor | null): Link | undefined {
  return mayReportSomewhere.may(actor, undefined)
    ? { href: '/places', label: m.capacity_nav_places(), icon: 'bed' }
    : undefined
}

type OfPage = Visit<{ slug: string }>
type OfPerson = Visit<{ slug: string; id: string }>

/** The mistakes of a report of one line, as the fields of its form are called. */
function ofFirstLine<Bad extends Exclude<Outcome<never>, { is: 'ok' }>>(outcome: Bad): Bad {
  if (outcome.is !== 'invalid') return outcome
  const errors = outcome.errors.map(
    ({ path, message }): FieldError => ({ path: path.replace(/^stays\.0\.?/, ''), message }),
  )
  return { ...outcome, errors }
}

async function showOwn({ actor, read, now }: Visit): Promise<Answer> {
  const offers = await read((tx) => offersOf(tx, organisationsWhere('runs', actor)))
  return page(m.capacity_own_title(), <OwnOffers offers={offers} now={now} />, { size: 'sm' })
}

/** A page of an offer for those who run it. */
function ofOwnOffer<Params extends { slug: string }>(
  visit: Visit<Params>,
  show: (tx: Tx, offer: StoredOffer, today: string) => Promise<Answer>,
): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    const found = await offerBySlug(tx, visit.params.slug)
    if (!found) return { is: 'notFound' }
    if (!mayRunOffer.may(visit.actor, { operator: found.operator.id })) return { is: 'forbidden' }
    visit.about({ kind: offerKind, id: found.id })
    return show(tx, found, dayIn(visit.now, found.timeZone))
  })
}

const desk = { size: 'sm' } as const

function showReport(visit: OfPage): Promise<Answer> {
  return ofOwnOffer(visit, async (tx, offer, today) => {
    const [[standing], places, waiting] = await Promise.all([
      totalsOf(tx, offer.id, today, addDays(today, 1)),
      placesToday(tx, offer.id, today),
      waitingFor(tx, offer.id, today),
    ])
    return page(
      nameOf(offer.names),
      <ReportPage
        offer={offer}
        standing={standing ?? { approved: 0, open: 0, occupied: 0, free: 0, over: 0, waiting: 0 }}
        places={places}
        waiting={waiting}
        now={visit.now}
        idempotencyKey={crypto.randomUUID()}
      />,
      desk,
    )
  })
}

function showArrive(visit: OfPage, state: FormState): Promise<Answer> {
  return ofOwnOffer(visit, async (tx, offer, today) => {
    const [places, municipalities] = await Promise.all([
      placesToday(tx, offer.id, today),
      payingOrganisations(tx, offer.pack),
    ])
    const common = { offer, state, today, idempotencyKey: crypto.randomUUID() }
    return page(m.capacity_arrive(), <ArrivePage {...common} places={places} municipalities={municipalities} />, desk)
  })
}

function showLeave(visit: OfPerson, state: FormState): Promise<Answer> {
  return ofOwnOffer(visit, async (tx, offer, today) => {
    const stay = await stayById(tx, visit.params.id)
    if (stay?.offer.id !== offer.id) return { is: 'notFound' }
    const common = { offer, state, today, idempotencyKey: crypto.randomUUID() }
    return page(
      m.capacity_leave_submit(),
      <LeavePage {...common} stay={stay} withdrawable={await isWithdrawable(tx, stay.id)} />,
      desk,
    )
  })
}

function showWait(visit: OfPage, state: FormState): Promise<Answer> {
  return ofOwnOffer(visit, async (tx, offer, today) => {
    const municipalities = await payingOrganisations(tx, offer.pack)
    const common = { offer, state, today, idempotencyKey: crypto.randomUUID() }
    return page(
      m.capacity_wait_add(),
      <WaitPage {...common} municipalities={municipalities} action={`/places/${offer.slug}/waiting`} />,
      desk,
    )
  })
}

function showWaitEnd(visit: OfPerson, state: FormState): Promise<Answer> {
  return ofOwnOffer(visit, async (tx, offer, today) => {
    const entry = await waitingById(tx, visit.params.id)
    if (entry?.offer.id !== offer.id) return { is: 'notFound' }
    const common = { offer, state, today, idempotencyKey: crypto.randomUUID() }
    return page(m.capacity_wait_end(), <WaitEndPage {...common} entry={entry} />, desk)
  })
}

function showNumbers(visit: OfPage, state: FormState): Promise<Answer> {
  return ofOwnOffer(visit, async (tx, offer, today) => {
    const [now, inScope] = await Promise.all([placesOn(tx, offer.id, today), isInScope(tx, offer.id, today)])
    const common = { offer, state, today, idempotencyKey: crypto.randomUUID() }
    return page(m.capacity_change_numbers(), <NumbersPage {...common} now={now} inScope={inScope} />, desk)
  })
}

function showStaffing(visit: OfPage, state: FormState): Promise<Answer> {
  return ofOwnOffer(visit, async (tx, offer, today) => {
    const posts = await postsOn(tx, offer.id, today)
    const common = { offer, state, today, idempotencyKey: crypto.randomUUID() }
    return page(m.capacity_posts(), <StaffingPage {...common} posts={posts} />, desk)
  })
}

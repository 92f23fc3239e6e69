import { formatDay, sortedBy } from '../../../../platform/i18n/format.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import type { Text } from '../../../../platform/i18n/text.ts'
import { Button, ButtonLink } from '../../../../platform/ui/buttons.tsx'
import { Field } from '../../../../platform/ui/field.tsx'
import { Form, type FormState, keyField } from '../../../../platform/ui/form.tsx'
import { TaskList } from '../../../../platform/ui/lists.tsx'
import { Empty } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import type { OfferStanding } from '../../store/places/find-offers.ts'
import type { StoredOffer } from '../../store/places/read-offer.ts'
import type { PlaceToday } from '../../store/places/read-stays.ts'
import type { WaitingPerson } from '../../store/places/waiting.ts'
import { WaitingEnd } from '../../types/places.ts'
import { nameOf, Reported, takenWords } from './offer-words.tsx'

/** The offers for which somebody reports, those with the oldest report first (CAP-9). */
export function OwnOffers({ offers, now }: { offers: readonly StoredOffer[]; now: Date }) {
  const oldest = offers.toSorted((a, b) => (a.reportedAt?.getTime() ?? 0) - (b.reportedAt?.getTime() ?? 0))
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead title={m.capacity_own_title()} lead={m.capacity_own_lead()} />
      {oldest.length > 0 ? (
        <TaskList
          wide
          items={oldest.map((offer) => ({
            href: `/places/${offer.slug}`,
            label: nameOf(offer.names),
            note: [offer.paragraph.short, nameOf(offer.areaNames)].join(', '),
            status: (
              <Reported reportedAt={offer.reportedAt} staleDays={offer.staleDays} now={now} timeZone={offer.timeZone} />
            ),
          }))}
        />
      ) : (
        <Empty>{m.capacity_own_none()}</Empty>
      )}
      <div class="ln-row">
        <ButtonLink variant="secondary" href="/places/new" icon="plus">
          {m.capacity_new_offer()}
        </ButtonLink>
        <ButtonLink variant="secondary" href="/places/file" icon="document">
          {m.capacity_from_file()}
        </ButtonLink>
      </div>
    </div>
  )
}

export interface ReportPageProps {
  offer: StoredOffer
  standing: OfferStanding
  places: readonly PlaceToday[]
  waiting: readonly WaitingPerson[]
  now: Date
  idempotencyKey: string
}

/** One offer on a phone: who came, who left, who waits; large links, no script (CAP-9). */
export function ReportPage({ offer, standing, places, waiting, now, idempotencyKey }: ReportPageProps) {
  const own = `/places/${offer.slug}`
  const taken = places.filter(({ stay }) => stay !== undefined)
  return (
    <div class="ln-stack ln-read" data-gap="10">
      <PageHead
        back={{ href: '/places', label: m.capacity_own_title() }}
        title={nameOf(offer.names)}
        facts={`${takenWords(standing)} · ${m.capacity_free_now({ count: standing.free })}`}
        action={
          <ButtonLink href={`${own}/arrive`} icon="plus">
            {m.capacity_arrive()}
          </ButtonLink>
        }
      >
        <div class="ln-row">
          <Reported reportedAt={offer.reportedAt} staleDays={offer.staleDays} now={now} timeZone={offer.timeZone} />
          <form action={`${own}/confirm`} method="post">
            <input type="hidden" name={keyField} value={idempotencyKey} />
            <Button variant="secondary">{m.capacity_nothing_changed()}</Button>
          </form>
        </div>
      </PageHead>
      <Section id="here" heading={m.capacity_here()}>
        {taken.length > 0 ? (
          <>
            <p class="ln-quiet">{m.capacity_here_hint()}</p>
            <TaskList
              items={taken.flatMap(({ place, stay }) =>
                stay
                  ? {
                      href: `${own}/stays/${stay.id}`,
                      label: m.capacity_place_person({ place, person: stay.person }),
                      note: stayFacts(stay),
                    }
                  : [],
              )}
            />
          </>
        ) : (
          <Empty>{m.capacity_nobody_here()}</Empty>
        )}
      </Section>
      <Section id="waiting" heading={m.capacity_waiting()}>
        {waiting.length > 0 ? (
          <TaskList
            items={waiting.map((entry) => ({
              href: `${own}/waiting/${entry.id}`,
              label: entry.person,
              note: [nameOf(entry.municipality.names), m.capacity_since({ day: formatDay(entry.since) })].join(' · '),
            }))}
          />
        ) : (
          <Empty>{m.capacity_nobody_waits()}</Empty>
        )}
        <p>
          <ButtonLink variant="secondary" href={`${own}/waiting`} icon="plus">
            {m.capacity_wait_add()}
          </ButtonLink>
        </p>
      </Section>
      <Section id="more" heading={m.capacity_more()}>
        <TaskList
          items={[
            { href: `${own}/numbers`, label: m.capacity_change_numbers() },
            { href: `${own}/staffing`, label: m.capacity_posts() },
            { href: `${own}/edit`, label: m.capacity_edit_offer() },
            { href: `/offers/${offer.slug}`, label: m.capacity_public_page() },
          ]}
        />
      </Section>
    </div>
  )
}

const stayFacts = (stay: NonNullable<PlaceToday['stay']>) =>
  [
    nameOf(stay.municipality.names),
    m.capacity_since({ day: formatDay(stay.from) }),
    stay.until ? m.capacity_leaves({ day: formatDay(stay.until) }) : undefined,
  ]
    .filter(Boolean)
    .join(' · ')

interface Typing {
  offer: StoredOffer
  state: FormState
  idempotencyKey: string
  today: string
}
type Municipalities = readonly { slug: string; names: Text }[]

const municipalityOptions = (municipalities: Municipalities) =>
  sortedBy(municipalities, ({ names }) => nameOf(names)).map(({ slug, names }) => ({
    value: slug,
    label: nameOf(names),
  }))

const backTo = (offer: StoredOffer) => ({ href: `/places/${offer.slug}`, label: nameOf(offer.names) })

/** Somebody came. */
export function ArrivePage({
  offer,
  state,
  idempotencyKey,
  today,
  places,
  municipalities,
}: Typing & { places: readonly PlaceToday[]; municipalities: Municipalities }) {
  const free = places.filter(({ stay }) => stay === undefined)
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead back={backTo(offer)} title={m.capacity_arrive()} />
      <Form
        action={`/places/${offer.slug}/arrive`}
        state={state}
        idempotencyKey={idempotencyKey}
        submit={m.capacity_arrive_submit()}
      >
        <Field
          state={state}
          kind="select"
          name="place"
          label={m.capacity_column_place()}
          description={m.capacity_place_hint()}
          options={free.map(({ place }) => ({ value: place, label: place }))}
          value={free[0]?.place}
          optional
        />
        <Field
          state={state}
          kind="select"
          name="municipality"
          label={m.capacity_column_municipality()}
          options={municipalityOptions(municipalities)}
        />
        <Field state={state} kind="date" name="from" label={m.capacity_column_from()} value={today} />
        <Field
          state={state}
          name="person"
          label={m.capacity_column_person()}
          description={m.capacity_sign_hint()}
          maxlength={40}
          autocomplete="off"
          optional
        />
        <Field
          state={state}
          name="reason"
          label={m.capacity_column_reason()}
          description={m.capacity_reason_hint()}
          maxlength={500}
          optional
        />
      </Form>
    </div>
  )
}

/** Somebody leaves, or was entered by mistake. */
export function LeavePage({
  offer,
  state,
  idempotencyKey,
  today,
  stay,
  withdrawable,
}: Typing & {
  withdrawable: boolean
  stay: { id: string; place: string; person: string; from: string; until: string | undefined }
}) {
  const own = `/places/${offer.slug}/stays/${stay.id}`
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead
        back={backTo(offer)}
        title={m.capacity_place_person({ place: stay.place, person: stay.person })}
        facts={m.capacity_since({ day: formatDay(stay.from) })}
      />
      <Form action={`${own}/end`} state={state} idempotencyKey={idempotencyKey} submit={m.capacity_leave_submit()}>
        <Field
          state={state}
          kind="date"
          name="until"
          label={m.capacity_column_until()}
          description={m.capacity_until_hint()}
          value={stay.until ?? today}
        />
        <Field
          state={state}
          name="reason"
          label={m.capacity_end_reason_field()}
          description={m.capacity_end_reason_hint()}
          maxlength={500}
          optional
        />
      </Form>
      {withdrawable ? (
        <Section id="mistake" heading={m.capacity_mistake()} size="sm" line>
          <p>{m.capacity_mistake_hint()}</p>
          <form action={`${own}/withdraw`} method="post">
            <input type="hidden" name={keyField} value={`${idempotencyKey}-w`} />
            <Button variant="secondary">{m.capacity_withdraw()}</Button>
          </form>
        </Section>
      ) : null}
    </div>
  )
}

/** Somebody begins to wait. @param back for whoever asks from outside the offer */
export function WaitPage({
  offer,
  state,
  idempotencyKey,
  today,
  municipalities,
  action,
  back = backTo(offer),
}: Typing & { municipalities: Municipalities; action: string; back?: { href: string; label: string } }) {
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead back={back} title={m.capacity_wait_add()} facts={nameOf(offer.names)} />
      <Form action={action} state={state} idempotencyKey={idempotencyKey} submit={m.capacity_wait_submit()}>
        <Field
          state={state}
          kind="select"
          name="municipality"
          label={m.capacity_column_municipality()}
          options={municipalityOptions(municipalities)}
          value={municipalities.length === 1 ? municipalities[0]?.slug : undefined}
        />
        <Field
          state={state}
          name="person"
          label={m.capacity_column_person()}
          description={m.capacity_sign_rule()}
          maxlength={40}
          autocomplete="off"
        />
        <Field state={state} kind="date" name="since" label={m.capacity_waits_since()} value={today} />
      </Form>
    </div>
  )
}

/** How a waiting ended, in words. */
const endWords: Readonly<Record<WaitingEnd, () => string>> = {
  'moved-in': m.capacity_ended_moved_in,
  elsewhere: m.capacity_ended_elsewhere,
  'no-longer-needed': m.capacity_ended_not_needed,
  declined: m.capacity_ended_declined,
}

/** Somebody waits no longer. */
export function WaitEndPage({ offer, state, idempotencyKey, today, entry }: Typing & { entry: WaitingPerson }) {
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead
        back={backTo(offer)}
        title={m.capacity_wait_end()}
        facts={[entry.person, nameOf(entry.municipality.names), m.capacity_since({ day: formatDay(entry.since) })].join(
          ' · ',
        )}
      />
      <Form
        action={`/places/${offer.slug}/waiting/${entry.id}`}
        state={state}
        idempotencyKey={idempotencyKey}
        submit={m.capacity_wait_end_submit()}
      >
        <Field
          state={state}
          kind="radios"
          name="ended"
          label={m.capacity_wait_ended()}
          options={WaitingEnd.options.map((value) => ({ value, label: endWords[value]() }))}
        />
        <Field state={state} kind="date" name="until" label={m.capacity_waits_until()} value={today} />
      </Form>
    </div>
  )
}

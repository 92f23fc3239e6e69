import { formatDay, formatList } from '../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { speak, type Text } from '../../../platform/i18n/text.ts'
import { Field } from '../../../platform/ui/field.tsx'
import { Form, type FormState } from '../../../platform/ui/form.tsx'
import { TaskList } from '../../../platform/ui/lists.tsx'
import { Empty, Note } from '../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../platform/ui/page-head.tsx'
import type { StoredBody } from '../store/read-body.ts'
import type { Mandate, StandingSeat } from '../store/read-seats.ts'
import { SeatsTable } from './body-seats.tsx'
import { MandateWords, seatName, seatsInShort, shortName } from './seat-words.tsx'

const nameOf = (names: Text) => speak(names, currentLocale()).words

/** Bodies of a secretariat, with what is not right with their seats. */
export function SeatsDesk({
  bodies,
  seats,
}: {
  bodies: readonly StoredBody[]
  seats: ReadonlyMap<string, readonly StandingSeat[]>
}) {
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead title={m.governance_desk_seats_title()} />
      {bodies.length > 0 ? (
        <TaskList
          items={bodies.map(({ id, profile }) => ({
            href: `/governance/seats/${profile.slug}`,
            label: nameOf(profile.names),
            note: seatsInShort(seats.get(id) ?? []),
          }))}
        />
      ) : (
        <Empty>{m.governance_desk_seats_none()}</Empty>
      )}
    </div>
  )
}

interface Typing {
  state: FormState
  idempotencyKey: string
  /** the day it is for the body */
  today: string
}

/** The seats of one body at the desk, and the form that fills one. */
export function SeatsOfBody({
  body,
  all,
  seats,
  organisations,
  missing,
  today,
  state,
  idempotencyKey,
}: Typing & {
  body: StoredBody
  all: readonly StoredBody[]
  seats: readonly StandingSeat[]
  organisations: readonly { slug: string; names: Text }[]
  /** who sits here and not in a body that the rule of the seat asks for */
  missing: readonly { body: StoredBody; names: readonly string[] }[]
}) {
  return (
    <div class="ln-stack" data-gap="10">
      <PageHead
        back={{ href: '/governance/seats', label: m.governance_back_seats() }}
        title={shortName(body.profile.names)}
        facts={seatsInShort(seats) ?? m.governance_seats_none()}
      />
      {seats.length > 0 ? (
        <>
          {missing.length > 0 ? (
            <Note color="warning" heading={m.governance_consult_from_heading()} mark="late">
              {missing.map(({ body: other, names }) => (
                <p>
                  {m.governance_consult_from_missing({
                    names: formatList(names),
                    body: shortName(other.profile.names),
                  })}
                </p>
              ))}
            </Note>
          ) : null}
          <Section id="give" heading={m.governance_give()}>
            <div class="ln-read">
              <Form
                action={`/governance/seats/${body.profile.slug}`}
                state={state}
                idempotencyKey={idempotencyKey}
                submit={m.governance_give()}
              >
                <Field
                  state={state}
                  kind="select"
                  name="seat"
                  label={m.governance_seat()}
                  description={m.governance_give_hint()}
                  options={seats.map((seat) => ({ value: seat.key, label: seatName(seat) }))}
                />
                <Field
                  state={state}
                  name="name"
                  label={m.governance_name_field()}
                  description={m.governance_name_hint()}
                  maxlength={200}
                  optional
                />
                <Field
                  state={state}
                  kind="select"
                  name="organisation"
                  label={m.governance_organisation_field()}
                  description={m.governance_organisation_hint()}
                  options={organisations.map(({ slug, names }) => ({ value: slug, label: nameOf(names) }))}
                  optional
                />
                <Field state={state} kind="date" name="since" label={m.governance_since_field()} value={today} />
                <Field state={state} kind="date" name="until" label={m.governance_until_field()} optional />
              </Form>
            </div>
          </Section>
          <SeatsTable
            caption={m.governance_seats_lead({ day: formatDay(today) })}
            seats={seats}
            all={all}
            end={(id) => `/governance/mandates/${id}/end`}
            account={(id) => `/governance/mandates/${id}/account`}
          />
        </>
      ) : null}
    </div>
  )
}

/** The last day of a mandate. */
export function EndForm({
  body,
  seat,
  mandate,
  today,
  state,
  idempotencyKey,
}: Typing & { body: StoredBody; seat: StandingSeat | undefined; mandate: Mandate }) {
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead
        back={{ href: `/governance/seats/${body.profile.slug}`, label: m.governance_back_seats() }}
        title={m.governance_end()}
        lead={m.governance_end_lead()}
        facts={
          <>
            {[shortName(body.profile.names), seat && seatName(seat)].filter(Boolean).join(', ')}
            {': '}
            <MandateWords of={mandate} />
          </>
        }
      />
      <Form
        action={`/governance/mandates/${mandate.id}/end`}
        state={state}
        idempotencyKey={idempotencyKey}
        submit={m.governance_end()}
      >
        <Field
          state={state}
          kind="date"
          name="until"
          label={m.governance_until_field()}
          min={mandate.since}
          value={mandate.until ?? today}
        />
      </Form>
    </div>
  )
}

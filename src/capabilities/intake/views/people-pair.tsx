import type { Child } from 'hono/jsx'
import { dayIn } from '../../../platform/i18n/day.ts'
import { formatDay } from '../../../platform/i18n/format.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { Button } from '../../../platform/ui/buttons.tsx'
import { Field } from '../../../platform/ui/field.tsx'
import { Form, type FormState, keyField, versionField } from '../../../platform/ui/form.tsx'
import { PageHead, Section } from '../../../platform/ui/page-head.tsx'
import { Status } from '../../../platform/ui/status.tsx'
import { isSame } from '../rules/joining.ts'
import type { Reason } from '../rules/matching/compare.ts'
import { offeredFrom } from '../rules/matching/compare.ts'
import { phoneDigits } from '../rules/matching/marks.ts'
import type { StoredPerson } from '../store/people.ts'
import { Likely, pairHref, personHref, reasonWords } from './duplicates.tsx'
import { instructions, languageOf } from './request-contact.tsx'

/** A record beside another. */
export interface Side {
  person: StoredPerson
  /** how many requests it has */
  requests: number
}

export interface PairProps {
  one: Side
  two: Side
  score: number
  reasons: readonly Reason[]
  timeZone: string
  state: FormState
}

/** Two records side by side (INT-8): what speaks for one person, what differs, and the two answers. Nothing is joined but by a press. */
export function PairPage({ one, two, score, reasons, timeZone, state }: PairProps) {
  const address = pairHref(one.person.id, two.person.id)
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead
        back={{ href: personHref(one.person.id), label: one.person.name }}
        title={m.intake_people_pair_title()}
        lead={m.intake_people_pair_lead()}
      >
        <p>
          {score >= offeredFrom ? <Likely score={score} /> : <Status mark="dot">{m.intake_people_unlike()}</Status>}
        </p>
      </PageHead>
      {reasons.length > 0 ? (
        <Section id="reasons" heading={m.intake_people_reasons()}>
          <ul class="ln-plain ln-stack" data-gap="2">
            {reasons.map((reason) => (
              <li>
                <Status mark={reason.weight > 0 ? 'done' : 'stop'} color="neutral">
                  {reason.weight > 0
                    ? m.intake_people_reason_for({ reason: reasonWords(reason) })
                    : m.intake_people_reason_against({ reason: reasonWords(reason) })}
                </Status>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      <Section id="records" heading={m.intake_people_side_by_side()}>
        <dl class="ln-both">
          {rowsOf(one, two, timeZone)
            // what neither says is nothing to compare
            .filter(({ values }) => values.some((value) => value !== undefined))
            .map(({ label, values, differs }) => (
              <div>
                <dt>
                  {label} {differs ? <Status mark="ask">{m.intake_people_differs()}</Status> : null}
                </dt>
                {values.map((value, at) => (
                  <dd>
                    <strong>{at === 0 ? m.intake_people_this_record() : m.intake_people_other_record()}</strong>
                    <span>{value ?? '–'}</span>
                  </dd>
                ))}
              </div>
            ))}
        </dl>
      </Section>
      <Section id="same" heading={m.intake_people_same_heading()}>
        <Form
          action={`${address}/merge`}
          state={state}
          idempotencyKey={crypto.randomUUID()}
          version={one.person.version}
          buttons={<Button>{m.intake_people_same()}</Button>}
        >
          <input type="hidden" name="otherVersion" value={String(two.person.version)} />
          <Field
            kind="radios"
            name="keep"
            label={m.intake_people_which_stays()}
            description={m.intake_people_which_stays_hint()}
            state={state}
            value={staying(one.person, two.person)}
            options={[one, two].map((side, at) => ({
              value: side.person.id,
              label: at === 0 ? m.intake_people_this_record() : m.intake_people_other_record(),
              description: m.intake_people_record_since({
                name: side.person.name,
                day: formatDay(dayIn(side.person.createdAt, timeZone), 'short'),
              }),
            }))}
          />
        </Form>
      </Section>
      <Section id="two" heading={m.intake_people_two_heading()}>
        <p>{m.intake_people_two_lead()}</p>
        <form action={`${address}/apart`} method="post">
          <input type="hidden" name={keyField} value={crypto.randomUUID()} />
          <Button variant="secondary">{m.intake_people_two()}</Button>
        </form>
      </Section>
    </div>
  )
}

/** The record that stays where nobody says otherwise: the protected one, that of an account, the older one. */
function staying(one: StoredPerson, two: StoredPerson): string {
  if (one.restricted !== two.restricted) return one.restricted ? one.id : two.id
  if ((one.account === undefined) !== (two.account === undefined)) return one.account ? one.id : two.id
  return one.createdAt <= two.createdAt ? one.id : two.id
}

interface Row {
  label: string
  values: readonly [Child, Child]
  differs: boolean
}

function rowsOf(one: Side, two: Side, timeZone: string): Row[] {
  const row = <Value,>(
    label: string,
    read: (person: StoredPerson) => Value,
    show: (value: Value) => Child,
    alike: (value: Value) => unknown = (value) => value,
  ): Row => {
    const [first, second] = [read(one.person), read(two.person)]
    return { label, values: [show(first), show(second)], differs: !isSame(alike(first), alike(second)) }
  }
  const lines = (values: readonly string[]): Child => (values.length > 0 ? values.join('\n') : undefined)
  const asIs = (value: string | undefined): Child => value
  const number = ({ documentHash }: StoredPerson) => documentHash
  return [
    row(m.intake_people_name(), ({ name }) => name, asIs),
    row(
      m.intake_people_birth_date(),
      ({ birthDate }) => birthDate,
      (day) => day && formatDay(day),
    ),
    // +380 50 and 050 are one telephone
    row(
      m.intake_people_phones(),
      ({ phones }) => phones,
      lines,
      (phones) => phones.map(phoneDigits),
    ),
    row(m.intake_people_emails(), ({ emails }) => emails, lines),
    row(m.intake_people_address(), ({ address }) => address, asIs),
    row(
      m.intake_people_language(),
      ({ language }) => language,
      (tag) => tag && languageOf(tag),
    ),
    row(m.intake_people_number(), number, (hash) => (hash ? m.intake_people_number_on_file() : undefined)),
    row(
      m.intake_people_contact(),
      (person) => instructions(person.contact, person.address).map(({ words }) => words),
      lines,
    ),
    {
      label: m.intake_people_requests(),
      values: [
        m.intake_people_count_requests({ count: one.requests }),
        m.intake_people_count_requests({ count: two.requests }),
      ],
      differs: false,
    },
    {
      ...row(
        m.intake_people_since(),
        ({ createdAt }) => createdAt,
        (moment) => formatDay(dayIn(moment, timeZone)),
      ),
      differs: false,
    },
  ]
}

/** Names of the hidden fields that carry both versions. */
export const pairVersions = { one: versionField, two: 'otherVersion' } as const

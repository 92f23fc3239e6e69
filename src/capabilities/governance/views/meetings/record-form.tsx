import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak } from '../../../../platform/i18n/text.ts'
import { Button } from '../../../../platform/ui/buttons.tsx'
import { Field } from '../../../../platform/ui/field.tsx'
import { Form, type FormState } from '../../../../platform/ui/form.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import type { StoredBody } from '../../store/read-body.ts'
import { DecidesBy, DecisionOutcome } from '../../types.ts'
import { outcomeWords, wayWords } from '../decision-words.tsx'
import { MeetingLanguage, WhenAndWhere } from './meetings-desk.tsx'

const address = '/governance/meetings/record'
const back = () => ({ href: '/governance/meetings', label: m.governance_back_meetings() })
/** items that a page asks for, of which the first stand open */
const itemsAtOnce = 12
const openItems = 3

/** Whose meeting it was: what can be decided, and how, follows from it. */
export function RecordBody({ bodies }: { bodies: readonly StoredBody[] }) {
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead back={back()} title={m.governance_record_meeting()} lead={m.governance_record_meeting_lead()} />
      <form class="ln-form ln-stack" data-gap="6" action={address} method="get">
        <Field
          state={{}}
          kind="select"
          name="body"
          label={m.governance_body()}
          options={bodies.map(({ profile }) => ({
            value: profile.slug,
            label: speak(profile.names, currentLocale()).words,
          }))}
        />
        <div class="ln-row">
          <Button>{m.governance_record_next()}</Button>
        </div>
      </form>
    </div>
  )
}

export interface RecordFormProps {
  body: StoredBody
  /** in which money its limits are; undefined where it has none */
  currency: string | undefined
  /** the day it is there */
  today: string
  state: FormState
  idempotencyKey: string
}

/** GOV-3: a whole meeting of the past on one page: when, who was there, what was said and decided. */
export function RecordForm(props: RecordFormProps) {
  const { body, state } = props
  const numbers = Array.from({ length: itemsAtOnce }, (_, at) => at)
  const typed = [...(state.typed ?? [])]
  const rest = numbers.slice(openItems)
  const filled = rest.some((at) =>
    typed.some(([name, values]) => name.startsWith(`items.${at}.`) && values.some((value) => value.trim() !== '')),
  )
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead
        back={back()}
        title={m.governance_record_meeting()}
        lead={m.governance_record_meeting_lead()}
        facts={speak(body.profile.names, currentLocale()).words}
      />
      <Form action={address} state={state} idempotencyKey={props.idempotencyKey} submit={m.governance_record_meeting()}>
        <input type="hidden" name="body" value={body.profile.slug} />
        {props.currency ? <input type="hidden" name="currency" value={props.currency} /> : null}
        <WhenAndWho {...props} />
        {numbers.slice(0, openItems).map((at) => (
          <Item {...props} at={at} />
        ))}
        <details class="ds-details" open={filled}>
          <summary>{m.governance_record_more_items()}</summary>
          <div class="ln-stack" data-gap="6">
            <p class="ln-small ln-quiet">{m.governance_record_more_hint()}</p>
            {rest.map((at) => (
              <Item {...props} at={at} />
            ))}
          </div>
        </details>
        <Field
          state={state}
          kind="radios"
          name="until"
          label={m.governance_record_until()}
          value="held"
          options={[
            {
              value: 'held',
              label: m.governance_record_until_held(),
              description: m.governance_record_until_held_hint(),
            },
            {
              value: 'approved',
              label: m.governance_record_until_approved(),
              description: m.governance_record_until_approved_hint(),
            },
          ]}
        />
      </Form>
    </div>
  )
}

function WhenAndWho({ state, today }: RecordFormProps) {
  return (
    <>
      <WhenAndWhere state={state} last={today} />
      <MeetingLanguage state={state} />
      <Field
        state={state}
        kind="textarea"
        name="absent"
        label={m.governance_record_absent()}
        description={m.governance_record_absent_hint()}
        rows={3}
        optional
      />
      <Field
        state={state}
        kind="textarea"
        name="guests"
        label={m.governance_record_guests()}
        description={m.governance_record_guests_hint()}
        rows={3}
        optional
      />
      <Field
        state={state}
        kind="textarea"
        name="opening"
        label={m.governance_minutes_opening()}
        rows={3}
        maxlength={20_000}
        optional
      />
    </>
  )
}

/** One item; left empty it is none. What is about a person is entered at the meeting itself (GOV-13). */
function Item({ body, currency, state, at }: RecordFormProps & { at: number }) {
  const name = `items.${at}`
  const kinds = body.profile.decidesOn.filter(({ aboutPeople }) => !aboutPeople)
  const way = body.profile.decidesBy
  return (
    <Section id={`item-${at + 1}`} heading={m.governance_record_item({ number: at + 1 })} line>
      <Field state={state} name={`${name}.title`} label={m.governance_item_title()} maxlength={300} optional={at > 0} />
      <Field
        state={state}
        name={`${name}.secretGround`}
        label={m.governance_item_secret_ground()}
        description={m.governance_item_secret_hint()}
        maxlength={300}
        optional
      />
      <Field
        state={state}
        kind="textarea"
        name={`${name}.minutes`}
        label={m.governance_record_item_minutes()}
        rows={4}
        maxlength={20_000}
        optional
      />
      {kinds.length > 0 ? (
        <>
          <Field
            state={state}
            kind="select"
            name={`${name}.kind`}
            label={m.governance_item_kind()}
            options={kinds.map((kind) => ({ value: kind.slug, label: speak(kind.names, currentLocale()).words }))}
            optional
          />
          <Field
            state={state}
            kind="select"
            name={`${name}.decision.outcome`}
            label={m.governance_outcome()}
            options={DecisionOutcome.options.map((outcome) => ({ value: outcome, label: outcomeWords(outcome) }))}
            optional
          />
          <Field
            state={state}
            name={`${name}.decision.title`}
            label={m.governance_title_field()}
            maxlength={300}
            optional
          />
          {way ? null : (
            <Field
              state={state}
              kind="select"
              name={`${name}.decision.how`}
              label={m.governance_decides_by()}
              options={DecidesBy.options.map((how) => ({ value: how, label: wayWords(how) }))}
              optional
            />
          )}
          {currency === undefined ? null : (
            <Field
              state={state}
              name={`${name}.decision.amount`}
              label={`${m.governance_amount()} (${currency})`}
              inputmode="decimal"
              maxlength={20}
              optional
            />
          )}
          {way === 'consensus'
            ? null
            : (['against', 'abstained'] as const).map((vote) => (
                <Field
                  state={state}
                  kind="textarea"
                  name={`${name}.decision.${vote}`}
                  label={vote === 'against' ? m.governance_record_against() : m.governance_record_abstained()}
                  description={m.governance_record_votes_hint()}
                  rows={2}
                  optional
                />
              ))}
        </>
      ) : null}
    </Section>
  )
}

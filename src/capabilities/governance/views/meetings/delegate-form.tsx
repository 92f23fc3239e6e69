import { formatDay, formatMoney } from '../../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak } from '../../../../platform/i18n/text.ts'
import { Field } from '../../../../platform/ui/field.tsx'
import { Form, type FormState } from '../../../../platform/ui/form.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { Words } from '../../../../platform/ui/words.tsx'
import type { GivenLimit } from '../../store/meetings/delegations.ts'
import type { StoredBody } from '../../store/read-body.ts'
import type { Decision } from '../../store/read-decisions.ts'
import { Facts } from '../decision-words.tsx'

/** What another body may decide by itself because of a decision, and up to which sum (GOV-14). */
export function DelegateForm({
  decision,
  given,
  bodies,
  currency,
  state,
  idempotencyKey,
}: {
  decision: Decision
  given: readonly GivenLimit[]
  /** to whom something can be delegated */
  bodies: readonly StoredBody[]
  currency: string | undefined
  state: FormState
  idempotencyKey: string
}) {
  const address = `/governance/decisions/${decision.id}`
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead
        back={{ href: address, label: m.governance_back_decision() }}
        title={m.governance_delegate()}
        lead={m.governance_delegate_lead()}
        facts={
          <>
            <Words of={speak(decision.title, currentLocale())} plain />
            {' · '}
            <Facts of={decision} />
          </>
        }
      />
      <GivenLimits given={given} />
      <Form
        action={`${address}/delegate`}
        state={state}
        idempotencyKey={idempotencyKey}
        submit={m.governance_delegate_enter()}
      >
        <Field
          state={state}
          kind="select"
          name="target"
          label={m.governance_delegate_to()}
          options={bodies.flatMap(({ profile }) =>
            profile.decidesOn
              .filter(({ aboutPeople }) => !aboutPeople)
              .map((kind) => ({
                value: `${profile.slug}/${kind.slug}`,
                label: `${speak(profile.names, currentLocale()).words}: ${speak(kind.names, currentLocale()).words}`,
              })),
          )}
        />
        <Field state={state} name="most" label={m.governance_delegate_most()} inputmode="decimal" maxlength={20} />
        <Field
          state={state}
          name="currency"
          label={m.governance_delegate_currency()}
          description={m.governance_delegate_currency_hint()}
          maxlength={3}
          value={currency}
        />
        <Field
          state={state}
          kind="date"
          name="since"
          label={m.governance_delegate_since()}
          value={decision.decidedOn}
        />
        <Field state={state} kind="date" name="until" label={m.governance_delegate_until()} optional />
      </Form>
    </div>
  )
}

/** What this decision has delegated so far. */
export function GivenLimits({ given }: { given: readonly GivenLimit[] }) {
  if (given.length === 0) return null
  return (
    <Section id="delegated" heading={m.governance_delegated()}>
      <ul class="ln-stack" data-gap="2">
        {given.map(({ body, kind, most, currency, since, until }) => {
          const words = {
            most: formatMoney(most, currency),
            since: formatDay(since),
          }
          const matter = body.profile.decidesOn.find(({ slug }) => slug === kind)
          return (
            <li>
              <a class="ln-link" href={`/bodies/${body.profile.slug}`}>
                <Words of={speak(body.profile.names, currentLocale())} plain />
              </a>
              {matter ? (
                <>
                  {': '}
                  <Words of={speak(matter.names, currentLocale())} plain />
                </>
              ) : null}
              {', '}
              {until === undefined
                ? m.governance_delegated_line(words)
                : m.governance_delegated_line_until({ ...words, until: formatDay(until) })}
            </li>
          )
        })}
      </ul>
    </Section>
  )
}

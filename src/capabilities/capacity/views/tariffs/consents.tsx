import { formatDay, formatList } from '../../../../platform/i18n/format.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { Field } from '../../../../platform/ui/field.tsx'
import { Form, type FormState } from '../../../../platform/ui/form.tsx'
import { Empty, Note } from '../../../../platform/ui/notices.tsx'
import { Section } from '../../../../platform/ui/page-head.tsx'
import type { Consenting, GivenConsent } from '../../store/tariffs/consents.ts'
import { nameOf, perCent } from './tariff-words.tsx'

export interface ConsentsProps {
  /** what was consented to for this offer, all years */
  consents: readonly GivenConsent[]
  /** who may consent; empty where the rule asks nobody */
  consenting: readonly Consenting[]
  /** how the secretariat enters one; undefined for whoever may not */
  entering: { own: string; year: number; state: FormState; idempotencyKey: string } | undefined
}

/** What bodies have consented to, and the form in which the secretariat enters what they did (CAP-5). */
export function Consents({ consents, consenting, entering }: ConsentsProps) {
  if (consenting.length === 0) return null
  const decisions = consenting.flatMap((one) => one.decisions)
  return (
    <Section id="consent" heading={m.capacity_tariff_consents()}>
      <p>
        {m.capacity_tariff_consents_lead({
          bodies: formatList([...new Set(consenting.map(({ body }) => nameOf(body.profile.names)))], 'or'),
        })}
      </p>
      {consents.length === 0 ? (
        <Empty>{m.capacity_tariff_consents_none()}</Empty>
      ) : (
        <ul class="ln-stack" data-gap="2">
          {consents.map((consent) => (
            <li>
              <ConsentWords consent={consent} />
            </li>
          ))}
        </ul>
      )}
      {entering === undefined ? null : decisions.length === 0 ? (
        <Note heading={m.capacity_tariff_consent_no_decision()}>
          <p>
            {m.capacity_tariff_consent_record({
              matters: formatList([...new Set(consenting.map(({ matter }) => nameOf(matter)))], 'or'),
            })}{' '}
            <a class="ln-link" href="/governance/decisions/new">
              {m.capacity_tariff_consent_record_link()}
            </a>
          </p>
        </Note>
      ) : (
        <Form
          action={`${entering.own}/consent`}
          state={entering.state}
          idempotencyKey={entering.idempotencyKey}
          submit={m.capacity_tariff_consent_enter()}
        >
          <Field
            state={entering.state}
            kind="select"
            name="decision"
            label={m.capacity_tariff_consent_decision()}
            options={decisions.map(({ id, number, decidedOn, title, body }) => ({
              value: id,
              label: `${number}, ${nameOf(body.names)}, ${formatDay(decidedOn, 'short')}: ${nameOf(title)}`,
            }))}
          />
          <Field
            state={entering.state}
            name="least"
            label={m.capacity_tariff_consent_least()}
            description={m.capacity_tariff_consent_share_hint()}
            inputmode="decimal"
            maxlength={6}
          />
          <Field
            state={entering.state}
            name="most"
            label={m.capacity_tariff_consent_most()}
            inputmode="decimal"
            maxlength={6}
          />
          <Field
            state={entering.state}
            kind="number"
            name="untilYear"
            label={m.capacity_tariff_consent_until()}
            description={m.capacity_tariff_consent_from({ year: String(entering.year) })}
            value={entering.year}
            min={entering.year}
            max={2200}
          />
        </Form>
      )}
    </Section>
  )
}

/** Who consented to what, when and for which years. Of a decision that the reader may not see nothing but that there is one. */
export function consentWords({ decided, least, most, fromYear, untilYear }: GivenConsent): string {
  const bounds = { least: perCent(least), most: perCent(most) }
  const years = fromYear === untilYear ? String(fromYear) : `${fromYear}–${untilYear}`
  if (!decided) return `${m.capacity_tariff_consented(bounds)} ${m.capacity_tariff_consent_years({ years })}`
  const body = nameOf(decided.body.names)
  const said = m.capacity_tariff_consented_by({ ...bounds, body, day: formatDay(decided.decidedOn), years })
  return decided.superseded ? `${said} ${m.capacity_tariff_consent_gone()}` : said
}

/** The same, with the way to the decision. */
export function ConsentWords({ consent }: { consent: GivenConsent }) {
  return (
    <>
      {consentWords(consent)}{' '}
      <a class="ln-link" href={`/decisions/${consent.decision}`}>
        {m.capacity_tariff_consent_link()}
      </a>
    </>
  )
}

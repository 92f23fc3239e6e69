import { formatDay, formatList } from '../../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak, type Text } from '../../../../platform/i18n/text.ts'
import { Button, ButtonLink } from '../../../../platform/ui/buttons.tsx'
import { Field } from '../../../../platform/ui/field.tsx'
import { Form, type FormState, fieldId } from '../../../../platform/ui/form.tsx'
import { LetterAddress } from '../../../../platform/ui/letter-address.tsx'
import { Note } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { Status } from '../../../../platform/ui/status.tsx'
import { DataTable } from '../../../../platform/ui/table.tsx'
import { titleWords } from '../../letters/adjustment-words.ts'
import type { Hindrance } from '../../rules/adjustments/course.ts'
import type { Splitting } from '../../rules/adjustments/splitting.ts'
import type { Uncontacted } from '../../store/adjustments/contacts.ts'
import type { StoredAdjustment } from '../../store/adjustments/read-adjustment.ts'
import { SplittingNote, Spoken } from './parts.tsx'

/** What whoever works with an adjustment may do with it now. */
export interface Deeds {
  operates: boolean
  steers: boolean
  /** affected and not contacted */
  missing: readonly Uncontacted[]
  hindrance: Hindrance | undefined
  splitting: Splitting | undefined
  bodies: readonly { slug: string; names: Text }[]
  /** organisations in whose secretariat the reader works, and which keep addresses */
  keepers: readonly { slug: string; names: Text }[]
  /** a body has decided, and it has not been taken over */
  verdict: 'agreed' | 'declined' | undefined
}

export interface WorkProps {
  adjustment: StoredAdjustment
  deeds: Deeds
  state: FormState
  /** which form was sent and came back */
  sent: string | undefined
  idempotencyKey: string
}

/** What to do next, for the operator and for the secretariat. */
export function Work(props: WorkProps) {
  const { adjustment, deeds } = props
  const running = !['in-force', 'declined', 'withdrawn'].includes(adjustment.state)
  return (
    <div class="ln-stack ln-read" data-gap="6">
      {deeds.splitting ? <SplittingNote splitting={deeds.splitting} /> : null}
      {running && adjustment.state !== 'planned' && deeds.missing.length > 0 ? (
        <Note color="warning" mark="late" heading={m.capacity_adjust_missing_title()}>
          <p>
            {m.capacity_adjust_missing({
              municipalities: formatList(deeds.missing.map(({ names }) => speak(names, currentLocale()).words)),
            })}
          </p>
        </Note>
      ) : null}
      {deeds.hindrance === 'day-is-over' ? (
        <Note color="warning" mark="late" heading={m.capacity_adjust_day_over_title()}>
          <p>{m.capacity_adjust_day_over({ day: formatDay(adjustment.effectOn) })}</p>
        </Note>
      ) : null}
      {deeds.operates && running ? <OperatorWork {...props} /> : null}
      {deeds.steers && running ? <KeepAddress {...props} /> : null}
      {deeds.steers && adjustment.state === 'path-open' ? <ChoosePath {...props} /> : null}
      {deeds.steers && adjustment.state === 'approval-open' ? <AskApproval {...props} /> : null}
      {deeds.operates && adjustment.tariffDue ? <TariffDue {...props} /> : null}
    </div>
  )
}

const stateOf = ({ sent, state }: WorkProps, form: string): FormState => (sent === form ? state : {})

function OperatorWork(props: WorkProps) {
  const { adjustment, deeds } = props
  const root = `/capacity/adjustments/${adjustment.id}`
  const contacts = deeds.missing.length > 0 || adjustment.state === 'planned'
  const state = stateOf(props, 'withdraw')
  return (
    <Section id="work" heading={m.capacity_adjust_work()}>
      <div class="ln-row">
        {contacts ? <ButtonLink href={`${root}/contact`}>{m.capacity_adjust_contact()}</ButtonLink> : null}
        <ButtonLink href={`${root}/change`} variant="secondary" icon="edit">
          {m.capacity_adjust_change()}
        </ButtonLink>
      </div>
      <details class="ds-details" open={state.outcome !== undefined}>
        <summary>{m.capacity_adjust_withdraw()}</summary>
        <div>
          <Form
            action={`${root}/withdraw`}
            state={state}
            idempotencyKey={props.idempotencyKey}
            version={adjustment.version}
            submit={m.capacity_adjust_withdraw()}
          >
            <Field
              state={state}
              kind="textarea"
              name="reason"
              label={m.capacity_adjust_withdraw_reason()}
              description={m.capacity_reason_public()}
              rows={3}
              maxlength={2000}
            />
          </Form>
        </div>
      </details>
    </Section>
  )
}

function ChoosePath(props: WorkProps) {
  const state = stateOf(props, 'path')
  return (
    <Section id="choose" heading={m.capacity_adjust_choose_title()}>
      <p>{m.capacity_adjust_choose_lead()}</p>
      <Form
        action={`/capacity/adjustments/${props.adjustment.id}/path`}
        state={state}
        idempotencyKey={props.idempotencyKey}
        version={props.adjustment.version}
        submit={m.capacity_adjust_choose_save()}
      >
        <Field
          state={state}
          kind="radios"
          name="path"
          label={m.capacity_adjust_path()}
          options={[
            { value: 'none', label: m.capacity_adjust_choose_none() },
            { value: 'approval', label: m.capacity_adjust_choose_approval() },
          ]}
        />
        <Field
          state={state}
          kind="textarea"
          name="reason"
          label={m.capacity_adjust_choose_reason()}
          rows={3}
          maxlength={2000}
        />
      </Form>
    </Section>
  )
}

function AskApproval(props: WorkProps) {
  const { adjustment, deeds } = props
  const root = `/capacity/adjustments/${adjustment.id}`
  const state = stateOf(props, 'ask')
  return (
    <Section id="ask" heading={m.capacity_adjust_ask_title()}>
      {deeds.verdict ? (
        <Form
          action={`${root}/verdict`}
          state={stateOf(props, 'verdict')}
          idempotencyKey={props.idempotencyKey}
          submit={m.capacity_adjust_verdict_take()}
        >
          <p>
            {deeds.verdict === 'agreed' ? m.capacity_adjust_verdict_agreed() : m.capacity_adjust_verdict_declined()}
          </p>
        </Form>
      ) : (
        <>
          <p>{adjustment.way === undefined ? m.capacity_adjust_ask_lead() : m.capacity_adjust_ask_waiting()}</p>
          <Form
            action={`${root}/ask`}
            state={state}
            idempotencyKey={props.idempotencyKey}
            version={adjustment.version}
            buttons={
              <>
                {adjustment.ways.includes('mail') ? (
                  <Button name="way" value="mail">
                    {m.capacity_adjust_ask_mail({ count: adjustment.hearingDays ?? 14 })}
                  </Button>
                ) : null}
                {adjustment.ways.includes('meeting') ? (
                  <Button name="way" value="meeting" variant="secondary" formaction={`${root}/ask-meeting`}>
                    {m.capacity_adjust_ask_meeting()}
                  </Button>
                ) : null}
              </>
            }
          >
            <Field
              state={state}
              kind="radios"
              name="body"
              label={m.capacity_adjust_ask_body()}
              value={deeds.bodies[0]?.slug}
              options={deeds.bodies.map(({ slug, names }) => ({ value: slug, label: <Spoken of={names} /> }))}
            />
          </Form>
        </>
      )}
    </Section>
  )
}

function TariffDue(props: WorkProps) {
  return (
    <Note color="info" mark="ask" heading={m.capacity_adjust_tariff_due()}>
      <p>{m.capacity_adjust_tariff_lead()}</p>
      <Form
        action={`/capacity/adjustments/${props.adjustment.id}/tariff`}
        state={stateOf(props, 'tariff')}
        idempotencyKey={props.idempotencyKey}
        buttons={<Button variant="secondary">{m.capacity_adjust_tariff_note()}</Button>}
      />
    </Note>
  )
}

/** The secretariat writes down where letters to municipalities go: nobody else does (CAP-3). */
function KeepAddress(props: WorkProps) {
  const unreached = props.deeds.missing.filter(({ addressKept }) => !addressKept)
  const { keepers } = props.deeds
  if (unreached.length === 0 || keepers.length === 0) return null
  const state = stateOf(props, 'address')
  return (
    <Section id="address" heading={m.capacity_adjust_address_title()}>
      <p>{m.capacity_adjust_address_lead()}</p>
      <Form
        action={`/capacity/adjustments/${props.adjustment.id}/address`}
        state={state}
        idempotencyKey={props.idempotencyKey}
        submit={m.capacity_adjust_address_add()}
      >
        {keepers.length > 1 ? (
          <Field
            state={state}
            kind="select"
            name="keeper"
            label={m.capacity_adjust_address_keeper()}
            options={keepers.map(({ slug, names }) => ({ value: slug, label: speak(names, currentLocale()).words }))}
          />
        ) : (
          <input type="hidden" name="keeper" value={keepers[0]?.slug} />
        )}
        <Field
          state={state}
          kind="select"
          name="party"
          label={m.capacity_adjust_municipality()}
          options={unreached.map(({ slug, names }) => ({
            value: `organisation:${slug}`,
            label: speak(names, currentLocale()).words,
          }))}
        />
        <LetterAddress
          state={state}
          email={{ label: m.capacity_adjust_address_email(), description: m.capacity_adjust_address_hint() }}
          language={m.capacity_adjust_address_language()}
        />
      </Form>
      <p class="ln-small">
        <a href="/governance/addresses">{m.capacity_adjust_address_all()}</a>
      </p>
    </Section>
  )
}

export interface ContactPageProps {
  adjustment: StoredAdjustment
  missing: readonly Uncontacted[]
  state: FormState
  idempotencyKey: string
}

/** The affected municipalities, found by the program (CAP-3). Where the letters go is kept by the secretariat: here nobody writes an address. */
export function ContactPage({ adjustment, missing, state, idempotencyKey }: ContactPageProps) {
  const root = `/capacity/adjustments/${adjustment.id}`
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead
        back={{ href: root, label: titleWords(adjustment) }}
        title={m.capacity_adjust_contact()}
        lead={m.capacity_adjust_contact_lead()}
      />
      <p>
        {missing.length > 0
          ? m.capacity_adjust_contact_found({ count: missing.length })
          : m.capacity_adjust_affected_none()}
      </p>
      {missing.length > 0 ? (
        <DataTable
          caption={m.capacity_adjust_affected()}
          rows={missing}
          columns={[
            {
              id: 'municipality',
              label: m.capacity_adjust_municipality(),
              head: true,
              cell: ({ slug, names }) => (
                <span id={fieldId(`municipalities.${slug}`)} tabindex={-1}>
                  <Spoken of={names} />
                </span>
              ),
            },
            {
              id: 'because',
              label: m.capacity_adjust_contact_because(),
              cell: ({ because }) => becauseWords(because),
            },
            {
              id: 'address',
              label: m.capacity_adjust_contact_letter(),
              cell: ({ addressKept }) =>
                addressKept ? (
                  <Status mark="done">{m.capacity_adjust_contact_address_kept()}</Status>
                ) : (
                  <Status mark="late">{m.capacity_adjust_contact_address_none()}</Status>
                ),
            },
          ]}
        />
      ) : null}
      {missing.some(({ addressKept }) => !addressKept) ? (
        <Note color="warning" mark="late" heading={m.capacity_adjust_contact_address_title()}>
          <p>{m.capacity_adjust_contact_address_lead()}</p>
        </Note>
      ) : null}
      <Form
        action={`${root}/contact`}
        state={state}
        idempotencyKey={idempotencyKey}
        version={adjustment.version}
        submit={missing.length > 0 ? m.capacity_adjust_contact_send() : m.capacity_adjust_contact_nobody()}
      />
    </div>
  )
}

const becauseWords = (because: Uncontacted['because']): string =>
  formatList(
    because.map((why) =>
      why === 'residents'
        ? m.capacity_adjust_because_residents()
        : why === 'waiting'
          ? m.capacity_adjust_because_waiting()
          : m.capacity_adjust_because_referred(),
    ),
  )

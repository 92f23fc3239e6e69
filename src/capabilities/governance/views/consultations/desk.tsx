import type { Child } from 'hono/jsx'
import { formatMoment } from '../../../../platform/i18n/format.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { Button, ButtonLink } from '../../../../platform/ui/buttons.tsx'
import { Field } from '../../../../platform/ui/field.tsx'
import { Form, type FormState } from '../../../../platform/ui/form.tsx'
import { SummaryList, TaskList } from '../../../../platform/ui/lists.tsx'
import { Empty, Note } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { lastDayOf, type Timetable } from '../../rules/consultations/closing.ts'
import type { StoredConsultation } from '../../store/consultations/consultations.ts'
import type { ConsultationOutcome, Tally, Terms } from '../../types/consultations.ts'
import { consultationItem } from './list.tsx'
import type { WholeConsultation } from './page.tsx'
import { Closing, ConsultationStatus, Papers, Paragraphs, PartiesTable, TallyTable, told, wordsOf } from './parts.tsx'
import { countedWords, groupWords, outcomeWords, silenceWords } from './words.ts'

const order = ['closed', 'confirmed', 'open', 'draft', 'published', 'withdrawn'] as const

/** Consultations of a secretariat: what waits for it first. */
export function ConsultationsDesk({ consultations }: { consultations: readonly StoredConsultation[] }) {
  const groups = order
    .map((state) => ({ state, items: consultations.filter((one) => one.state === state) }))
    .filter(({ items }) => items.length > 0)
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead
        title={m.governance_consult_desk_title()}
        action={
          <ButtonLink href="/governance/consultations/new" icon="plus">
            {m.governance_consult_new()}
          </ButtonLink>
        }
      />
      <p>
        <a href="/governance/addresses">{m.governance_consult_addresses()}</a>
      </p>
      {groups.map(({ state, items }) => (
        <Section id={state} heading={groupWords(state)} size="sm">
          <TaskList items={items.map((one) => consultationItem(one, `/governance/consultations/${one.id}`, true))} />
        </Section>
      ))}
      {groups.length === 0 ? <Empty>{m.governance_consult_desk_none()}</Empty> : null}
    </div>
  )
}

/** What the desk shows of one consultation besides what everybody sees. */
export interface DeskConsultation extends WholeConsultation {
  /** parties for which nobody is reached */
  unreached: readonly string[]
  notices: readonly { occasion: string; letters: number; at: Date }[]
  /** what the rule computes now; only once it is over */
  computed: { tally: Tally; outcome: ConsultationOutcome } | undefined
  /** of a draft: how it would go if it were sent now */
  planned: { terms: Terms; table: Timetable } | undefined
  chairs: boolean
  /** keeps the secretariat */
  serves: boolean
}

export type DeskForm = 'extend' | 'withdraw' | 'confirm' | 'publish' | 'send' | 'paper'

/** One consultation at the desk: what can be done with it now, and all that the secretariat knows. */
export function ConsultationWork({
  of,
  about,
  states,
  paperForm,
}: {
  of: DeskConsultation
  /** what it is about, where the reader may see that */
  about: { href: string; label: string } | undefined
  /** what came of the last try, by form */
  states: Partial<Record<DeskForm, FormState>>
  paperForm: Child
}) {
  const { consultation, parties, papers, answers, notices } = of
  const { state, terms } = consultation
  return (
    <>
      <PageHead
        back={{ href: '/governance/consultations', label: m.governance_consult_back_desk() }}
        title={wordsOf(consultation.title)}
        facts={told(consultation.body.names)}
      >
        <div class="ln-row" data-tight>
          <ConsultationStatus state={state} tag />
          {consultation.public && state !== 'draft' && consultation.openedAt ? (
            <a href={`/consultations/${consultation.id}`}>{m.governance_consult_over_page()}</a>
          ) : null}
        </div>
      </PageHead>
      <div class="ln-stack" data-gap="10">
        <div class="ln-stack ln-read" data-gap="10">
          {about ? (
            <p>
              {m.governance_consult_about()}: <a href={about.href}>{about.label}</a>
            </p>
          ) : null}
          <Unreached of={of} />
          <Step of={of} states={states} />
          <Section id="question" heading={m.governance_consult_question()} size="sm">
            <Paragraphs of={consultation.question} />
          </Section>
          <Section id="papers" heading={m.governance_consult_papers()} size="sm">
            <Papers papers={papers} base={`/consultations/${consultation.id}`} />
            {state === 'draft' && of.serves ? paperForm : null}
          </Section>
          {terms ? (
            <SummaryList
              items={[
                { label: m.governance_consult_closes(), value: <Closing of={consultation} /> },
                { label: m.governance_consult_silence(), value: silenceWords(terms.silence) },
                { label: m.governance_consult_counted(), value: countedWords(consultation.countedBy) },
                {
                  label: m.governance_consult_rule(),
                  value: terms.rule.source ?? m.governance_consult_rule_none(),
                },
              ]}
            />
          ) : null}
        </div>
        <Section id="parties" heading={m.governance_consult_parties()} size="sm">
          <PartiesTable
            caption={m.governance_consult_parties_caption({
              answered: parties.filter(({ answered }) => answered).length,
              count: parties.length,
            })}
            parties={parties}
            over={state !== 'draft' && state !== 'open'}
            answers={state === 'draft' ? undefined : answers}
            authors
          />
        </Section>
        {notices.length > 0 ? (
          <Section id="letters" heading={m.governance_consult_letters()} size="sm">
            <ul class="ln-plain">
              {notices.map(({ occasion, letters, at }) => (
                <li>
                  {formatMoment(at, consultation.timeZone)}: {occasionWords(occasion)},{' '}
                  {m.governance_consult_letters_count({ count: letters })}
                </li>
              ))}
            </ul>
          </Section>
        ) : null}
        {of.serves && (state === 'open' || state === 'draft' || state === 'closed') ? (
          <div class="ln-stack ln-read" data-gap="10">
            {state === 'open' ? <Extend of={consultation} state={states.extend ?? {}} /> : null}
            <Withdraw of={consultation} state={states.withdraw ?? {}} />
          </div>
        ) : null}
      </div>
    </>
  )
}

function occasionWords(occasion: string): string {
  const words: Record<string, () => string> = {
    opened: m.governance_consult_told_opened,
    'half-time': m.governance_consult_told_half,
    'day-before': m.governance_consult_told_before,
    extended: m.governance_consult_told_extended,
    withdrawn: m.governance_consult_told_withdrawn,
    closed: m.governance_consult_told_closed,
    result: m.governance_consult_told_result,
  }
  const [kind = ''] = occasion.split(' ')
  return words[kind]?.() ?? kind
}

function Unreached({ of: { consultation, unreached } }: { of: DeskConsultation }) {
  if (unreached.length === 0 || !['draft', 'open'].includes(consultation.state)) return null
  return (
    <Note color="warning" heading={m.governance_consult_unreached()} mark="late">
      <p>{unreached.join(', ')}</p>
      <p>
        <a href="/governance/addresses">{m.governance_consult_unreached_do()}</a>
      </p>
    </Note>
  )
}

/** The one thing that comes next. */
function Step({ of, states }: { of: DeskConsultation; states: Partial<Record<DeskForm, FormState>> }) {
  const { consultation, planned, computed, chairs } = of
  const base = `/governance/consultations/${consultation.id}`
  const key = crypto.randomUUID()
  switch (consultation.state) {
    case 'draft':
      if (!planned || !of.serves) return null
      return (
        <Section id="send" heading={m.governance_consult_send()}>
          <SummaryList
            items={[
              {
                label: m.governance_consult_closes(),
                value: <Closing of={{ closesAt: planned.table.closesAt, timeZone: consultation.timeZone }} />,
              },
              { label: m.governance_consult_silence(), value: silenceWords(planned.terms.silence) },
              { label: m.governance_consult_counted(), value: countedWords(consultation.countedBy) },
              {
                label: m.governance_consult_rule(),
                value: planned.terms.rule.source ?? m.governance_consult_rule_none(),
              },
              {
                label: m.governance_consult_readers(),
                value: consultation.public
                  ? m.governance_consult_readers_all()
                  : m.governance_consult_readers_parties(),
              },
            ]}
          />
          <p>{m.governance_consult_send_lead({ count: of.parties.length })}</p>
          <Form
            action={`${base}/send`}
            state={states.send ?? {}}
            idempotencyKey={key}
            version={consultation.version}
            submit={m.governance_consult_send()}
          />
          <p>
            <a href={`${base}/edit`}>{m.governance_consult_edit()}</a>
          </p>
        </Section>
      )
    case 'closed':
      if (!computed || !consultation.terms) return null
      return (
        <Section id="confirm" heading={m.governance_consult_confirm()}>
          <p>
            <strong>{outcomeWords(computed.outcome)}</strong>
          </p>
          <TallyTable tally={computed.tally} silence={consultation.terms.silence} />
          <ConfirmForm action={`${base}/confirm`} of={of} state={states.confirm ?? {}} outcome={computed.outcome} />
        </Section>
      )
    case 'confirmed':
      if (!of.serves)
        return (
          <Note>
            <p>{m.governance_consult_confirmed_wait()}</p>
          </Note>
        )
      return (
        <Section id="publish" heading={m.governance_consult_publish()}>
          <p>
            <strong>{outcomeWords(consultation.outcome ?? 'open')}</strong>
          </p>
          <p>
            {consultation.public ? m.governance_consult_publish_lead() : m.governance_consult_publish_lead_closed()}
          </p>
          <Form
            action={`${base}/publish`}
            state={states.publish ?? {}}
            idempotencyKey={key}
            submit={m.governance_consult_publish()}
          />
        </Section>
      )
    default:
      return chairs && consultation.state === 'open' ? (
        <Note>
          <p>{m.governance_consult_chair_wait()}</p>
        </Note>
      ) : null
  }
}

function ConfirmForm({
  action,
  of,
  state,
  outcome,
}: {
  action: string
  of: DeskConsultation
  state: FormState
  outcome: ConsultationOutcome
}) {
  return (
    <Form action={action} state={state} idempotencyKey={crypto.randomUUID()} submit={m.governance_consult_confirm()}>
      {outcome === 'open' ? (
        <>
          <Field
            state={state}
            kind="radios"
            name="outcome"
            label={m.governance_consult_outcome_field()}
            options={(['agreed', 'declined'] as const).map((value) => ({ value, label: outcomeWords(value) }))}
          />
          <Field
            state={state}
            kind="textarea"
            name="reason"
            label={m.governance_consult_outcome_reason()}
            maxlength={2000}
          />
        </>
      ) : null}
      {of.chairs ? (
        <p>{m.governance_consult_confirm_chair()}</p>
      ) : (
        <Field
          state={state}
          name="word"
          label={m.governance_consult_word()}
          description={m.governance_consult_word_hint()}
          maxlength={500}
        />
      )}
    </Form>
  )
}

function Extend({ of, state: own }: { of: StoredConsultation; state: FormState }) {
  if (!of.closesAt) return null
  const state = { ...own, part: 'extend' }
  return (
    <Section id="extend" heading={m.governance_consult_extend()} size="sm" line>
      <p>{m.governance_consult_extend_lead()}</p>
      <Form
        action={`/governance/consultations/${of.id}/extend`}
        state={state}
        idempotencyKey={crypto.randomUUID()}
        submit={m.governance_consult_extend()}
      >
        <Field
          state={state}
          kind="date"
          name="until"
          label={m.governance_consult_extend_until()}
          min={lastDayOf(of.closesAt, of.timeZone)}
        />
        <Field
          state={state}
          kind="textarea"
          name="reason"
          label={m.governance_consult_reason()}
          rows={2}
          maxlength={2000}
        />
      </Form>
    </Section>
  )
}

function Withdraw({ of, state: own }: { of: StoredConsultation; state: FormState }) {
  const state = { ...own, part: 'withdraw' }
  return (
    <Section id="withdraw" heading={m.governance_consult_withdraw()} size="sm" line>
      <p>{of.state === 'draft' ? m.governance_consult_withdraw_draft() : m.governance_consult_withdraw_lead()}</p>
      <Form
        action={`/governance/consultations/${of.id}/withdraw`}
        state={state}
        idempotencyKey={crypto.randomUUID()}
        buttons={<Button variant="secondary">{m.governance_consult_withdraw()}</Button>}
      >
        <Field
          state={state}
          kind="textarea"
          name="reason"
          label={m.governance_consult_reason()}
          rows={2}
          maxlength={2000}
        />
      </Form>
    </Section>
  )
}

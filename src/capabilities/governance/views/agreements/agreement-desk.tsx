import type { FieldError } from '../../../../platform/access/outcome.ts'
import { formatDay } from '../../../../platform/i18n/format.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { Button, ButtonLink } from '../../../../platform/ui/buttons.tsx'
import { Field } from '../../../../platform/ui/field.tsx'
import { Form, type FormState } from '../../../../platform/ui/form.tsx'
import { Empty, Note } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { mayGoBack, missingOf, turnOf } from '../../rules/agreements/state.ts'
import type { Agreement } from '../../store/agreements/read-agreement.ts'
import type { Candidate, Progress } from '../../store/agreements/read-progress.ts'
import type { PartVersion } from '../../store/agreements/read-texts.ts'
import { FrameworkLinkPurpose } from '../../types/agreements.ts'
import { purposeWords } from './agreement-page.tsx'
import { AgreementPath } from './agreement-path.tsx'
import { inWords, periodWords, StateTag, told } from './agreement-words.tsx'
import { Ratifications } from './ratifications.tsx'

/** The forms of the desk: which of them was sent and came back. */
export type DeskForm = 'consult' | 'settle' | 'step' | 'remind' | 'force' | 'return' | 'attach' | 'amend'

export interface AgreementDeskProps {
  agreement: Agreement
  progress: Progress
  newest: ReadonlyMap<string, PartVersion>
  /** how many proposals wait for an answer, by part */
  proposals: ReadonlyMap<string, number>
  /** decisions on which the next step can rest */
  candidates: readonly Candidate[]
  /** the consultation was withdrawn: the parties can be asked anew */
  askAgain: boolean
  /** what keeps it from its next state */
  held: readonly FieldError[]
  keeps: boolean
  /** parties that this reader may enter a ratification for */
  mayEnter: readonly string[]
  today: string
  sent: DeskForm | undefined
  state: FormState
  key: string
}

/** The desk of one agreement: what is next, its parts, what is attached (GOV-6). */
export function AgreementDesk(props: AgreementDeskProps) {
  const { agreement, progress, keeps, today } = props
  const back = { href: '/governance/agreements', label: m.governance_framework_nav() }
  return (
    <div class="ln-stack" data-gap="10">
      <PageHead back={back} title={told(agreement.title)} facts={periodWords(agreement)}>
        <div class="ln-row" data-tight>
          <StateTag state={agreement.state} />
          <a class="ln-link" href={`/framework-agreements/${agreement.slug}`}>
            {m.governance_framework_as_public()}
          </a>
        </div>
      </PageHead>
      <Section id="path" heading={m.governance_framework_where()} line>
        <AgreementPath agreement={agreement} progress={progress} />
      </Section>
      {keeps ? (
        <Section id="next" heading={m.governance_framework_next()} line>
          <NextStep {...props} />
        </Section>
      ) : null}
      {agreement.state === 'ratification' ? (
        <Section id="ratifications" heading={m.governance_framework_ratifications()} line>
          <Entering {...props} />
          <Ratifications agreement={agreement} progress={progress} today={today} />
        </Section>
      ) : null}
      <Section id="parts" heading={m.governance_framework_parts()} line>
        <Parts {...props} />
      </Section>
      {keeps ? <Attaching {...props} /> : null}
      {keeps && agreement.state === 'in-force' && !agreement.amends ? <Amending {...props} /> : null}
      {keeps && mayGoBack(agreement.state) ? <Returning {...props} /> : null}
    </div>
  )
}

const stateOf = ({ sent, state }: AgreementDeskProps, form: DeskForm): FormState => (sent === form ? state : {})
const addressOf = ({ agreement }: AgreementDeskProps, form: DeskForm) =>
  `/governance/agreements/${agreement.slug}/${form}`

/** The one thing that moves it on, or what keeps it. */
function NextStep(props: AgreementDeskProps) {
  const { agreement, progress, held, candidates, askAgain, key } = props
  const form = (name: DeskForm) => ({
    action: addressOf(props, name),
    state: stateOf(props, name),
    idempotencyKey: key,
    version: agreement.version,
  })
  const waits = held.map(({ message }) => <p>{message}</p>)
  switch (agreement.state) {
    case 'draft':
      return held.length > 0 ? <Note>{waits}</Note> : <Consulting {...props} />
    case 'consultation':
      return askAgain ? (
        <Consulting {...props} />
      ) : (
        <>
          {waits}
          {agreement.consultation ? (
            <p>
              <a href={`/consultations/${agreement.consultation}`}>{m.governance_framework_consultation_open()}</a>
            </p>
          ) : null}
          {held.length === 0 || props.sent === 'settle' ? (
            <Form {...form('settle')} submit={m.governance_framework_settle()}>
              <p>{m.governance_framework_settle_lead()}</p>
            </Form>
          ) : null}
        </>
      )
    case 'on-its-way': {
      const turn = progress.bodies.get(turnOf(progress) ?? '')
      if (!turn) return <Forcing {...props} />
      const address = `/governance/decisions/new?matter=${turn.slug}/${agreement.rule.matter}`
      return (
        <>
          <p>{m.governance_framework_turn({ body: inWords(turn.names) })}</p>
          {candidates.length === 0 ? (
            <Empty
              action={
                <ButtonLink href={address} icon="plus">
                  {m.governance_record()}
                </ButtonLink>
              }
            >
              {m.governance_framework_no_decision_yet()}
            </Empty>
          ) : (
            <Form {...form('step')} submit={m.governance_framework_count_it()}>
              <Field
                kind="radios"
                state={stateOf(props, 'step')}
                name="decision"
                label={m.governance_framework_which_decision()}
                value={candidates.length === 1 ? candidates[0]?.id : undefined}
                options={candidates.map(({ id, number, decidedOn, title }) => ({
                  value: id,
                  label: `${m.governance_number({ number })}, ${formatDay(decidedOn)}: ${inWords(title)}`,
                }))}
              />
            </Form>
          )}
        </>
      )
    }
    case 'ratification':
      return <Forcing {...props} />
    case 'in-force':
      return <p>{m.governance_framework_holds_until({ day: formatDay(agreement.until) })}</p>
    case 'ended':
      return <p>{m.governance_framework_is_over()}</p>
  }
}

function Consulting(props: AgreementDeskProps) {
  const { agreement, key } = props
  const state = stateOf(props, 'consult')
  return (
    <Form
      action={addressOf(props, 'consult')}
      state={state}
      idempotencyKey={key}
      version={agreement.version}
      submit={m.governance_framework_send()}
    >
      <p>{m.governance_framework_send_lead({ count: agreement.rule.consultation.parties.length })}</p>
      <Field
        kind="textarea"
        state={state}
        name="question"
        label={m.governance_framework_question_field()}
        description={m.governance_framework_question_hint()}
        lang={agreement.rule.language}
        rows={3}
        maxlength={20_000}
        optional
      />
      <Field
        kind="number"
        state={state}
        name="days"
        label={m.governance_framework_days_field()}
        description={m.governance_framework_days_hint()}
        min={1}
        max={365}
        optional
      />
    </Form>
  )
}

/** In force only when all have ratified and the day is there: until then it says what is missing. */
function Forcing(props: AgreementDeskProps) {
  const { agreement, held, key } = props
  if (held.length > 0)
    return (
      <>
        {held.map(({ message }) => (
          <p>{message}</p>
        ))}
      </>
    )
  return (
    <Form
      action={addressOf(props, 'force')}
      state={stateOf(props, 'force')}
      idempotencyKey={key}
      version={agreement.version}
      submit={m.governance_framework_force()}
    >
      <p>{m.governance_framework_force_lead()}</p>
    </Form>
  )
}

/** Enter one, or remind all who are missing. */
function Entering(props: AgreementDeskProps) {
  const { agreement, progress, keeps, key, mayEnter } = props
  const missing = missingOf(progress)
  const own = missing.filter((party) => mayEnter.includes(party))
  return (
    <>
      {own.length > 0 ? (
        <p>
          <ButtonLink href={`/governance/agreements/${agreement.slug}/ratify`} icon="edit">
            {m.governance_framework_enter()}
          </ButtonLink>
        </p>
      ) : null}
      {keeps && missing.length > 0 ? (
        <Form
          action={addressOf(props, 'remind')}
          state={stateOf(props, 'remind')}
          idempotencyKey={key}
          buttons={<Button variant="secondary">{m.governance_framework_remind({ count: missing.length })}</Button>}
        />
      ) : null}
    </>
  )
}

function Parts({ agreement, newest, proposals }: AgreementDeskProps) {
  return (
    <ul class="ln-tasks" data-wide="">
      {agreement.rule.parts.map((part) => {
        const version = newest.get(part.slug)
        const open = proposals.get(part.slug) ?? 0
        return (
          <li>
            <a class="ln-link" href={`/governance/agreements/${agreement.slug}/parts/${part.slug}`}>
              {told(part.names)}
            </a>
            <span class="ln-small ln-quiet">
              {[
                version
                  ? m.governance_framework_version({ number: version.number })
                  : part.required && !agreement.amends
                    ? m.governance_framework_not_written()
                    : m.governance_framework_may_be_left_out(),
                ...(open > 0 ? [m.governance_framework_open_proposals({ count: open })] : []),
              ].join(' · ')}
            </span>
          </li>
        )
      })}
    </ul>
  )
}

function Attaching(props: AgreementDeskProps) {
  const { agreement, key } = props
  const state = stateOf(props, 'attach')
  return (
    <details open={props.sent === 'attach'}>
      <summary>{m.governance_framework_attach()}</summary>
      <Form
        action={addressOf(props, 'attach')}
        state={state}
        idempotencyKey={key}
        buttons={<Button variant="secondary">{m.governance_framework_attach_button()}</Button>}
      >
        <Field
          kind="select"
          state={state}
          name="purpose"
          label={m.governance_framework_attach_purpose()}
          options={FrameworkLinkPurpose.options.map((value) => ({ value, label: purposeWords(value) }))}
        />
        <Field
          state={state}
          name="title"
          label={m.governance_framework_attach_title()}
          lang={agreement.rule.language}
          maxlength={300}
        />
        <Field
          state={state}
          name="target"
          label={m.governance_framework_attach_target()}
          description={m.governance_framework_attach_target_hint()}
          maxlength={2000}
        />
        <Field state={state} name="source" label={m.governance_framework_attach_source()} maxlength={200} optional />
      </Form>
    </details>
  )
}

function Amending(props: AgreementDeskProps) {
  const { agreement, key, today } = props
  const state = stateOf(props, 'amend')
  return (
    <details open={props.sent === 'amend'}>
      <summary>{m.governance_framework_amend()}</summary>
      <Form
        action={addressOf(props, 'amend')}
        state={state}
        idempotencyKey={key}
        buttons={<Button variant="secondary">{m.governance_framework_amend_button()}</Button>}
      >
        <Field
          state={state}
          name="title"
          label={m.governance_framework_amend_title()}
          lang={agreement.rule.language}
          maxlength={200}
        />
        <Field
          kind="date"
          state={state}
          name="since"
          label={m.governance_framework_amend_since()}
          min={today > agreement.since ? today : agreement.since}
          max={agreement.until}
        />
        <Field
          kind="radios"
          state={state}
          name="way"
          label={m.governance_framework_amend_way()}
          options={agreement.rule.ways.map(({ slug, names, example }) => ({
            value: slug,
            label: told(names),
            description: example ? m.governance_framework_way_example() : undefined,
          }))}
        />
      </Form>
    </details>
  )
}

function Returning(props: AgreementDeskProps) {
  const { agreement, key } = props
  const state = stateOf(props, 'return')
  return (
    <details open={props.sent === 'return'}>
      <summary>{m.governance_framework_return()}</summary>
      <Form
        action={addressOf(props, 'return')}
        state={state}
        idempotencyKey={key}
        version={agreement.version}
        buttons={<Button variant="secondary">{m.governance_framework_return_button()}</Button>}
      >
        <p>{m.governance_framework_return_lead()}</p>
        <Field
          kind="textarea"
          state={state}
          name="reason"
          label={m.governance_framework_return_reason()}
          lang={agreement.rule.language}
          maxlength={2000}
        />
      </Form>
    </details>
  )
}

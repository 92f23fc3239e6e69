import { formatDay, formatNumber } from '../../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { locales, speak } from '../../../../platform/i18n/text.ts'
import { Button, ButtonLink } from '../../../../platform/ui/buttons.tsx'
import { Field } from '../../../../platform/ui/field.tsx'
import { Form, type FormState } from '../../../../platform/ui/form.tsx'
import { Empty, Note } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { languageName } from '../../../../platform/ui/words.tsx'
import { type Tally, tallyOf } from '../../rules/central/tally.ts'
import type { StoredMatter } from '../../store/matters/read-matters.ts'
import type { StoredBody } from '../../store/read-body.ts'
import type { Decision } from '../../store/read-decisions.ts'
import {
  type CentralAnswer,
  type CentralField,
  type CentralReply,
  type CentralRequest,
  centralRequestKind,
} from '../../types/central.ts'
import { MattersOfThing } from '../meetings/matters-of-thing.tsx'
import { ProgressTable, Reply, RequestFacts, RequestsTable, type Shown, told } from './central-pages.tsx'

const desk = '/governance/central-requests'

/** Requests that this person keeps or answers. @param href where each leads: to its desk, or to the answer of their municipality */
export function CentralDesk({
  shown,
  href,
  mayOpen,
}: {
  shown: readonly Shown[]
  href: (request: CentralRequest) => string
  mayOpen: boolean
}) {
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead
        title={m.governance_central_nav()}
        lead={m.governance_central_lead()}
        action={
          mayOpen ? (
            <ButtonLink href={`${desk}/new`} icon="plus">
              {m.governance_central_open()}
            </ButtonLink>
          ) : undefined
        }
      />
      {shown.length === 0 ? (
        <Empty>{m.governance_central_desk_none()}</Empty>
      ) : (
        <RequestsTable shown={shown} href={href} />
      )}
    </div>
  )
}

const Language = ({ state }: { state: FormState }) => (
  <Field
    state={state}
    kind="select"
    name="language"
    label={m.governance_language()}
    value={currentLocale()}
    options={locales.map((locale) => ({ value: locale, label: languageName(locale) }))}
  />
)

/** Opens a request: who asks what, until when, and who approves the joint answer (GOV-15). */
export function OpenRequestForm({
  bodies,
  figures,
  today,
  state,
  idempotencyKey,
}: {
  bodies: readonly StoredBody[]
  /** what the program knows of municipalities, and in which words it was told */
  figures: readonly { name: string; source: string }[]
  today: string
  state: FormState
  idempotencyKey: string
}) {
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead
        back={{ href: desk, label: m.governance_central_back() }}
        title={m.governance_central_open()}
        lead={m.governance_central_open_lead()}
      />
      <Form action={`${desk}/new`} state={state} idempotencyKey={idempotencyKey} submit={m.governance_central_open()}>
        <Field state={state} name="title" label={m.governance_central_title_field()} maxlength={300} />
        <Field
          state={state}
          kind="textarea"
          name="words"
          label={m.governance_central_words_field()}
          maxlength={10_000}
          optional
        />
        <Field state={state} name="askedBy" label={m.governance_central_asked_by()} maxlength={200} />
        <Field state={state} kind="email" name="replyTo" label={m.governance_central_reply_to()} maxlength={320} />
        <Field
          state={state}
          kind="date"
          name="askedOn"
          label={m.governance_central_asked_on()}
          max={today}
          value={today}
        />
        <Field state={state} kind="date" name="answersDue" label={m.governance_central_answers_due()} />
        <Field state={state} kind="date" name="replyDue" label={m.governance_central_reply_due()} />
        <Field
          state={state}
          kind="select"
          name="body"
          label={m.governance_central_body_field()}
          options={bodies.map(({ profile }) => ({ value: profile.slug, label: told(profile.names) }))}
        />
        <Field
          state={state}
          kind="textarea"
          name="fields"
          label={m.governance_central_words_questions()}
          rows={6}
          optional
        />
        <Field
          state={state}
          kind="textarea"
          name="numbers"
          label={m.governance_central_number_questions()}
          rows={4}
          optional
        />
        {figures.length > 0 ? (
          <fieldset class="ds-fieldset">
            <legend class="ds-label">{m.governance_central_figures()}</legend>
            <p class="ln-small ln-quiet">{m.governance_central_figures_hint()}</p>
            {figures.map(({ name, source }, at) => (
              <>
                <input type="hidden" name={`known.${at}.figure`} value={name} />
                <Field state={state} name={`known.${at}.question`} label={source} maxlength={300} optional />
              </>
            ))}
          </fieldset>
        ) : null}
        <Language state={state} />
      </Form>
    </div>
  )
}

export interface KeepPageProps extends Shown {
  answers: readonly CentralAnswer[]
  reply: CentralReply | undefined
  /** made on this request, standing */
  decisions: readonly Decision[]
  /** its matters on which nothing is decided yet */
  matters: readonly StoredMatter[]
  bodies: readonly StoredBody[]
  writing: FormState
  approving: FormState
  sending: FormState
  raising: FormState
  keys: { write: string; approve: string; send: string; raise: string }
}

/** The desk of one request: who has answered, the joint answer, its approval, and its dispatch, one after the other (GOV-15). */
export function KeepPage({ request, progress, answers, reply, decisions, keys, ...states }: KeepPageProps) {
  const { writing, approving, sending } = states
  const address = `${desk}/${request.id}`
  const tally = tallyOf(request.fields, answers)
  return (
    <div class="ln-stack" data-gap="10">
      <PageHead back={{ href: desk, label: m.governance_central_back() }} title={told(request.title)} />
      <RequestFacts request={request} />
      <Section id="status" heading={m.governance_central_status()}>
        <ProgressTable request={request} progress={progress} href={({ slug }) => `${address}/${slug}`} />
      </Section>
      <div class="ln-stack ln-read" data-gap="10">
        {reply?.decision ? (
          <Section id="reply" heading={m.governance_central_reply()}>
            <Reply request={request} reply={reply} />
          </Section>
        ) : (
          <Section id="reply" heading={m.governance_central_reply()}>
            <Form
              action={`${address}/reply`}
              state={writing}
              idempotencyKey={keys.write}
              buttons={<Button variant={reply ? 'secondary' : 'primary'}>{m.governance_central_write()}</Button>}
            >
              <Field
                state={writing}
                kind="textarea"
                name="words"
                label={m.governance_central_reply()}
                description={m.governance_central_write_hint()}
                rows={20}
                maxlength={100_000}
                value={reply ? told(reply.words) : inWords(tally)}
              />
              <Language state={writing} />
            </Form>
          </Section>
        )}
        {reply && !reply.decision ? (
          <Section id="approve" heading={m.governance_central_approve()}>
            {decisions.length === 0 ? (
              <Empty>{m.governance_central_approve_none()}</Empty>
            ) : (
              <Form
                action={`${address}/approve`}
                state={approving}
                idempotencyKey={keys.approve}
                submit={m.governance_central_approve()}
              >
                <Field
                  state={approving}
                  kind="select"
                  name="decision"
                  label={m.governance_central_approve_field()}
                  options={decisions.map(({ id, number, decidedOn, title }) => ({
                    value: id,
                    label: `${number}, ${formatDay(decidedOn, 'short')}: ${told(title)}`,
                  }))}
                />
              </Form>
            )}
          </Section>
        ) : null}
        {reply?.decision ? null : (
          <MattersOfThing
            thing={{ kind: centralRequestKind, id: request.id }}
            matters={states.matters}
            bodies={states.bodies}
            action={`${address}/matters`}
            title={`${m.governance_central_reply()}: ${told(request.title)}`}
            lead={m.governance_central_matters_lead()}
            state={states.raising}
            idempotencyKey={keys.raise}
          />
        )}
        {reply?.decision && !reply.sentAt ? (
          <Section id="send" heading={m.governance_central_dispatch()}>
            <p>{request.replyTo}</p>
            <Form
              action={`${address}/send`}
              state={sending}
              idempotencyKey={keys.send}
              submit={m.governance_central_dispatch()}
            />
          </Section>
        ) : null}
      </div>
    </div>
  )
}

/** What municipalities sent, as the text with which the joint answer begins. */
function inWords(tally: readonly Tally[]): string {
  return tally
    .map(({ field, sum, answers }) =>
      [
        told(field.names),
        ...(sum === undefined ? [] : [`${m.governance_central_sum()}: ${formatNumber(Number(sum), 6)}`]),
        ...answers.map(({ municipality, answer }) => `${told(municipality.names)}: ${answerWords(field, answer)}`),
      ].join('\n'),
    )
    .join('\n\n')
}

export function answerWords(field: CentralField, answer: string | undefined): string {
  if (answer === undefined || answer === '') return m.governance_central_no_answer()
  if (field.type !== 'yes-no') return answer
  return answer === 'yes' ? m.governance_central_yes() : m.governance_central_no()
}

export interface GiveAnswerPageProps {
  request: CentralRequest
  answer: CentralAnswer
  /** the joint answer is approved: nothing changes any more */
  closed: boolean
  keeper: boolean
  state: FormState
  idempotencyKey: string
}

/** The questionnaire of one municipality, begun with what is known of it (GOV-15). */
export function GiveAnswerPage({ request, answer, closed, keeper, state, idempotencyKey }: GiveAnswerPageProps) {
  const back = keeper
    ? { href: `${desk}/${request.id}`, label: m.governance_central_back_request() }
    : { href: desk, label: m.governance_central_back() }
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead
        back={back}
        title={m.governance_central_answer_title({ name: told(answer.organisation.names) })}
        lead={m.governance_central_answer_lead({ day: formatDay(request.answersDue) })}
        facts={speak(request.title, currentLocale()).words}
      />
      {answer.onBehalf ? (
        <Note>
          <p>{m.governance_central_on_behalf()}</p>
        </Note>
      ) : null}
      {closed ? (
        <>
          <Note>
            <p>{m.governance_central_approved()}</p>
          </Note>
          <dl class="ln-summary">
            {request.fields.map((field) => (
              <div>
                <dt>{told(field.names)}</dt>
                <dd>{answerWords(field, answer.answers[field.id])}</dd>
              </div>
            ))}
          </dl>
        </>
      ) : (
        <Form
          action={`${desk}/${request.id}/${answer.organisation.slug}`}
          state={state}
          idempotencyKey={idempotencyKey}
          version={answer.version}
          buttons={
            <>
              <Button name="send" value="true">
                {m.governance_central_send()}
              </Button>
              <Button name="send" value="false" variant="secondary">
                {m.governance_central_save()}
              </Button>
            </>
          }
        >
          {request.fields.map((field) => (
            <AnswerField field={field} answer={answer} state={state} />
          ))}
        </Form>
      )}
    </div>
  )
}

function AnswerField({ field, answer, state }: { field: CentralField; answer: CentralAnswer; state: FormState }) {
  const known = answer.prefilled[field.id]
  const shared = {
    state,
    name: `answers.${field.id}`,
    label: told(field.names),
    value: answer.answers[field.id],
    optional: field.optional,
    ...(known ? { description: m.governance_central_known_from({ source: known.from }) } : {}),
  }
  if (field.type === 'number') return <Field {...shared} inputmode="decimal" maxlength={20} />
  if (field.type === 'words') return <Field {...shared} kind="textarea" rows={4} maxlength={5000} />
  return (
    <Field
      {...shared}
      kind="radios"
      options={[
        { value: 'yes', label: m.governance_central_yes() },
        { value: 'no', label: m.governance_central_no() },
      ]}
    />
  )
}

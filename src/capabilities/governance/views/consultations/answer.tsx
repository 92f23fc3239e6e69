import { formatMoment } from '../../../../platform/i18n/format.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { Field } from '../../../../platform/ui/field.tsx'
import { Form, type FormState } from '../../../../platform/ui/form.tsx'
import { SummaryList } from '../../../../platform/ui/lists.tsx'
import { Note } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import type { Answer } from '../../store/consultations/answers.ts'
import type { StoredConsultation } from '../../store/consultations/consultations.ts'
import type { Paper, Party } from '../../store/consultations/parties.ts'
import { AnswerKind } from '../../types/consultations.ts'
import { Closing, Lines, Papers, Paragraphs, told, wordsOf } from './parts.tsx'
import { answerWords, closingWords, outcomeWords, silenceWords } from './words.ts'

export interface AnswerPageProps {
  consultation: StoredConsultation
  party: Party
  papers: readonly Paper[]
  /** what the party said, last first */
  answers: readonly Answer[]
  /** what the consultation is about, where the reader may see that */
  about?: { href: string; label: string } | undefined
  /** address of this page, where the form is sent to */
  action: string
  /** where papers are read: the page of the consultation, or below the link */
  base: string
  /** came by a link that may be passed on */
  byLink: boolean
  back?: { href: string; label: string } | undefined
  /** name of whoever signed in */
  name?: string | undefined
  state: FormState
  idempotencyKey: string
}

const hints: Record<AnswerKind, () => string> = {
  agree: m.governance_consult_hint_agree,
  'agree-with-remarks': m.governance_consult_hint_agree_with_remarks,
  object: m.governance_consult_hint_object,
  'no-remarks': m.governance_consult_hint_no_remarks,
}

/** One form that answers for a party: the question, four answers, who writes (GOV-5). */
export function AnswerPage(props: AnswerPageProps) {
  const { consultation, party, papers, answers, about, action, base, byLink, back, name, state, idempotencyKey } = props
  const [last] = answers
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead
        back={back}
        title={wordsOf(consultation.title)}
        lead={m.governance_consult_answer_lead({ body: wordsOf(consultation.body.names), party: wordsOf(party.names) })}
      />
      <SummaryList
        items={[
          { label: m.governance_consult_answer_until(), value: <Closing of={consultation} /> },
          ...(consultation.terms
            ? [{ label: m.governance_consult_silence(), value: silenceWords(consultation.terms.silence) }]
            : []),
          ...(about ? [{ label: m.governance_consult_about(), value: <a href={about.href}>{about.label}</a> }] : []),
        ]}
      />
      <Section id="question" heading={m.governance_consult_question()}>
        <Paragraphs of={consultation.question} />
      </Section>
      <Section id="papers" heading={m.governance_consult_papers()} size="sm">
        <Papers papers={papers} base={base} />
      </Section>
      {last ? <LastAnswer of={last} timeZone={consultation.timeZone} /> : null}
      <Section
        id="answer"
        heading={last ? m.governance_consult_answer_change() : m.governance_consult_answer_heading()}
        line
      >
        {byLink ? <p>{m.governance_consult_answer_forward({ party: wordsOf(party.names) })}</p> : null}
        <Form
          action={action}
          state={state}
          idempotencyKey={idempotencyKey}
          submit={last ? m.governance_consult_answer_send_again() : m.governance_consult_answer_send()}
        >
          <Field
            state={state}
            kind="radios"
            name="answer"
            label={m.governance_consult_answer_field({ party: wordsOf(party.names) })}
            value={last?.answer}
            options={AnswerKind.options.map((value) => ({
              value,
              label: answerWords(value),
              description: hints[value](),
            }))}
          />
          <Field
            state={state}
            kind="textarea"
            name="remarks"
            label={m.governance_consult_remarks()}
            description={m.governance_consult_remarks_hint()}
            rows={8}
            maxlength={20_000}
            value={last?.remarks}
            optional
          />
          <Field
            state={state}
            name="name"
            label={m.governance_consult_name()}
            description={m.governance_consult_name_hint()}
            autocomplete="name"
            maxlength={200}
            value={last?.author?.name ?? name}
          />
          <Field
            state={state}
            name="function"
            label={m.governance_consult_function()}
            description={m.governance_consult_function_hint()}
            autocomplete="organization-title"
            maxlength={200}
            value={last?.author?.function}
          />
        </Form>
      </Section>
    </div>
  )
}

/** What the party has said until now: it stands unless it is changed. */
function LastAnswer({ of: { answer, remarks, answeredAt, author }, timeZone }: { of: Answer; timeZone: string }) {
  return (
    <Note color="success" heading={m.governance_consult_answered()} mark="done">
      <p>
        <strong>{answerWords(answer)}</strong>
      </p>
      {remarks ? <Lines of={remarks} /> : null}
      <p class="ln-small ln-quiet">
        {[author?.name, author?.function, formatMoment(answeredAt, timeZone)].filter(Boolean).join(' · ')}
      </p>
      <p>{m.governance_consult_answered_stands()}</p>
    </Note>
  )
}

/** Why a link answers no longer, and what the party said last. */
export function AnswerOverPage({
  consultation,
  party,
  answers,
  unsent,
}: Pick<AnswerPageProps, 'consultation' | 'party' | 'answers'> & {
  /** what was typed and came too late */
  unsent: string | undefined
}) {
  const { state, closesAt, timeZone, outcome, withdrawnAt } = consultation
  const [last] = answers
  const why =
    state === 'withdrawn' && withdrawnAt
      ? m.governance_consult_over_withdrawn({ moment: formatMoment(withdrawnAt, timeZone) })
      : closesAt
        ? m.governance_consult_over_closed({ moment: closingWords(closesAt, timeZone) })
        : ''
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead
        title={m.governance_consult_over_title()}
        lead={why}
        facts={`${wordsOf(consultation.title)}, ${wordsOf(consultation.body.names)}`}
      />
      {state === 'withdrawn' ? <Lines of={consultation.withdrawnReason ?? ''} /> : null}
      {unsent ? (
        <Note color="warning" heading={m.governance_consult_over_unsent()} mark="late">
          <Lines of={unsent} />
        </Note>
      ) : null}
      <SummaryList
        items={[
          { label: m.governance_consult_party(), value: told(party.names) },
          {
            label: m.governance_consult_over_said(),
            value: last
              ? `${answerWords(last.answer)}, ${formatMoment(last.answeredAt, timeZone)}`
              : m.governance_consult_over_silent(),
          },
          ...(state === 'published' && outcome
            ? [{ label: m.governance_consult_result(), value: outcomeWords(outcome) }]
            : []),
        ]}
      />
      <p>{m.governance_consult_over_ask({ secretariat: wordsOf(consultation.body.organisationNames) })}</p>
      {consultation.public ? (
        <p>
          <a href={`/consultations/${consultation.id}`}>{m.governance_consult_over_page()}</a>
        </p>
      ) : null}
    </div>
  )
}

import { formatDay } from '../../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { locales, speak, type Text } from '../../../../platform/i18n/text.ts'
import { Button } from '../../../../platform/ui/buttons.tsx'
import { Field } from '../../../../platform/ui/field.tsx'
import { Form, type FormState } from '../../../../platform/ui/form.tsx'
import { Empty } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { languageName } from '../../../../platform/ui/words.tsx'
import type { Decision } from '../../store/read-decisions.ts'
import type { Question, Ruling } from '../../types/questions.ts'
import { kindOptions, QuestionPage, QuestionsTable } from './questions-pages.tsx'

const told = (text: Text) => speak(text, currentLocale()).words

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

export interface AskPageProps {
  organisations: readonly { slug: string; names: Text }[]
  /** the question in one sentence, once somebody has typed it */
  asked: string | undefined
  similar: readonly Question[]
  state: FormState
  idempotencyKey: string
}

/** Asking: first one sentence, then what is similar, then the rest (GOV-16). */
export function AskPage({ organisations, asked, similar, state, idempotencyKey }: AskPageProps) {
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead
        back={{ href: '/rulings', label: m.governance_questions_back() }}
        title={m.governance_questions_ask()}
        lead={m.governance_questions_ask_lead()}
      />
      {organisations.length === 0 ? <Empty>{m.governance_questions_ask_nobody()}</Empty> : null}
      {organisations.length > 0 && asked === undefined ? (
        <form action="/rulings/ask" method="get" class="ln-form ln-stack" data-gap="3">
          <Field state={{}} name="q" label={m.governance_questions_ask_short()} maxlength={300} />
          <div class="ln-row">
            <Button>{m.governance_questions_ask_look()}</Button>
          </div>
        </form>
      ) : null}
      {organisations.length > 0 && asked !== undefined ? (
        <>
          {similar.length > 0 ? (
            <Section id="similar" heading={m.governance_questions_similar()}>
              <QuestionsTable questions={similar} />
            </Section>
          ) : (
            <p>{m.governance_questions_similar_none()}</p>
          )}
          <Form
            action="/rulings/ask"
            state={state}
            idempotencyKey={idempotencyKey}
            submit={similar.length > 0 ? m.governance_questions_ask_new() : m.governance_questions_ask()}
          >
            <Field
              state={state}
              name="title"
              label={m.governance_questions_ask_short()}
              value={asked}
              maxlength={300}
            />
            <Field
              state={state}
              kind="textarea"
              name="words"
              label={m.governance_questions_ask_words()}
              description={m.governance_questions_ask_words_hint()}
              rows={8}
              maxlength={10_000}
            />
            <Field
              state={state}
              kind="radios"
              name="kind"
              label={m.governance_questions_kind()}
              options={kindOptions()}
            />
            <Field
              state={state}
              kind="select"
              name="organisation"
              label={m.governance_questions_ask_for()}
              value={organisations[0]?.slug}
              options={organisations.map(({ slug, names }) => ({ value: slug, label: told(names) }))}
            />
            <Language state={state} />
          </Form>
        </>
      ) : null}
    </div>
  )
}

/** What was asked of the groups of this secretariat, open questions first. */
export function QuestionsDesk({ questions }: { questions: readonly Question[] }) {
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead title={m.governance_questions_desk_nav()} lead={m.governance_questions_desk_lead()} />
      {questions.length === 0 ? (
        <Empty>{m.governance_questions_desk_none()}</Empty>
      ) : (
        <QuestionsTable questions={questions} href={({ id }) => `/governance/questions/${id}`} />
      )}
    </div>
  )
}

export interface AnswerPageProps {
  question: Question
  rulings: readonly Ruling[]
  decisions: readonly Decision[]
  today: string
  answering: FormState
  withdrawing: FormState
  keys: { answer: string; withdraw: string }
}

/** One question at the desk: enter or replace its answer, or take it away (GOV-16). */
export function AnswerPage({ question, rulings, decisions, today, answering, withdrawing, keys }: AnswerPageProps) {
  const [newest] = rulings
  const address = `/governance/questions/${question.id}`
  const heading = newest ? m.governance_questions_give_again() : m.governance_questions_give_answer()
  return (
    <div class="ln-stack" data-gap="10">
      <QuestionPage question={question} rulings={rulings} />
      {question.withdrawn ? null : (
        <div class="ln-stack ln-read" data-gap="10">
          <Section id="give" heading={heading} line>
            <Form action={`${address}/answer`} state={answering} idempotencyKey={keys.answer} submit={heading}>
              {newest ? <input type="hidden" name="supersedes" value={newest.id} /> : null}
              <Field
                state={answering}
                kind="textarea"
                name="words"
                label={m.governance_questions_answer_words()}
                rows={10}
                maxlength={20_000}
                value={newest && told(newest.words)}
              />
              {newest ? (
                <Field
                  state={answering}
                  kind="textarea"
                  rows={2}
                  name="why"
                  label={m.governance_questions_why_field()}
                  maxlength={500}
                />
              ) : null}
              <Field
                state={answering}
                kind="date"
                name="answeredOn"
                label={m.governance_questions_answered_on()}
                max={today}
                value={today}
              />
              <Field
                state={answering}
                kind="textarea"
                rows={3}
                name="refersTo"
                label={m.governance_questions_refers_field()}
                description={m.governance_questions_refers_hint()}
                value={newest?.refersTo.join('\n')}
                optional
              />
              {decisions.length > 0 ? (
                <Field
                  state={answering}
                  kind="select"
                  name="decision"
                  label={m.governance_questions_decision_field()}
                  options={decisions.map(({ id, number, decidedOn, title }) => ({
                    value: id,
                    label: `${number}, ${formatDay(decidedOn, 'short')}: ${told(title)}`,
                  }))}
                  optional
                />
              ) : null}
              <Language state={answering} />
            </Form>
          </Section>
          <details class="ds-details" open={withdrawing.outcome !== undefined}>
            <summary>{m.governance_questions_withdraw()}</summary>
            <div class="ln-stack" data-gap="3">
              <p>{m.governance_questions_withdraw_lead()}</p>
              <Form
                action={`${address}/withdraw`}
                state={withdrawing}
                idempotencyKey={keys.withdraw}
                buttons={<Button variant="secondary">{m.governance_questions_withdraw()}</Button>}
              >
                <Field state={withdrawing} name="why" label={m.governance_questions_withdraw_why()} maxlength={500} />
              </Form>
            </div>
          </details>
        </div>
      )}
    </div>
  )
}

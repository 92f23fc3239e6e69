import { formatDay, formatMoment } from '../../../../platform/i18n/format.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { Pager } from '../../../../platform/ui/browse.tsx'
import { Button } from '../../../../platform/ui/buttons.tsx'
import { Field } from '../../../../platform/ui/field.tsx'
import { Form, type FormState } from '../../../../platform/ui/form.tsx'
import { SummaryList, type Task, TaskList } from '../../../../platform/ui/lists.tsx'
import { Empty, Note } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { Status } from '../../../../platform/ui/status.tsx'
import { answerWords, planParts, titleWords } from '../../letters/adjustment-words.ts'
import type { OwnAnswer, OwnLetter } from '../../store/adjustments/own-letters.ts'
import type { StoredAdjustment } from '../../store/adjustments/read-adjustment.ts'
import { AnswerFields } from './answer.tsx'
import { Spoken } from './parts.tsx'

const root = '/capacity/adjustments/letters'

/** Letters about adjustments that went to the reader's own municipality. */
export function LettersPage({
  letters,
  first,
  next,
}: {
  letters: readonly { letter: OwnLetter; adjustment: StoredAdjustment }[]
  first: string | undefined
  next: string | undefined
}) {
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead title={m.capacity_adjust_letters()} lead={m.capacity_adjust_letters_lead()} />
      {letters.length > 0 ? (
        <TaskList wide items={letters.map(task)} />
      ) : (
        <Empty>{m.capacity_adjust_letters_none()}</Empty>
      )}
      <Pager previous={first} next={next} />
    </div>
  )
}

const task = ({ letter, adjustment }: { letter: OwnLetter; adjustment: StoredAdjustment }): Task => ({
  href: `${root}/${letter.id}`,
  label: titleWords(adjustment),
  note: m.capacity_adjust_letters_told({
    day: formatMoment(letter.contactedAt, adjustment.timeZone),
    effect: formatDay(adjustment.effectOn),
  }),
  status: letter.disputed ? (
    <Status mark="stop">{m.capacity_adjust_letters_disputed()}</Status>
  ) : letter.answers > 0 ? (
    <Status mark="done">{m.capacity_adjust_letters_answered()}</Status>
  ) : (
    <Status mark="dot">{m.capacity_adjust_answer_none()}</Status>
  ),
})

/** One of them: what it said, where it went, and all that was answered in the name of the municipality. */
export function OwnLetterPage({
  letter,
  adjustment,
  answers,
  takes,
  sent,
  state,
  idempotencyKey,
}: {
  letter: OwnLetter
  adjustment: StoredAdjustment
  answers: readonly OwnAnswer[]
  /** an answer is still of use */
  takes: boolean
  /** the form that came back: 'answer', or the id of the answer that is disputed */
  sent: string | undefined
  state: FormState
  idempotencyKey: string
}) {
  return (
    <div class="ln-stack ln-read" data-gap="10">
      <PageHead
        back={{ href: root, label: m.capacity_adjust_letters() }}
        title={titleWords(adjustment)}
        facts={
          <>
            <Spoken of={letter.municipality.names} /> · <Spoken of={adjustment.operator.names} />
          </>
        }
      />
      <SummaryList
        items={[
          {
            label: m.capacity_adjust_contacted_at(),
            value: formatMoment(letter.contactedAt, adjustment.timeZone),
          },
          { label: m.capacity_adjust_letters_went(), value: letter.email },
          ...planParts(adjustment).map(({ label, text }) => ({ label, value: <Spoken of={text} /> })),
        ]}
      />
      <Section id="answers" heading={m.capacity_adjust_letters_answers()} line>
        {answers.length > 0 ? (
          answers.map((answer) => (
            <Given
              answer={answer}
              timeZone={adjustment.timeZone}
              state={sent === answer.id ? state : {}}
              idempotencyKey={`${idempotencyKey}-${answer.id}`}
            />
          ))
        ) : (
          <p class="ln-quiet">{m.capacity_adjust_answer_none()}</p>
        )}
      </Section>
      <Section id="answer" heading={m.capacity_adjust_letters_answer()} line>
        {takes ? (
          <Form
            action={`${root}/${letter.id}`}
            state={sent === 'answer' ? state : {}}
            idempotencyKey={idempotencyKey}
            submit={m.capacity_adjust_answer_send()}
          >
            <AnswerFields state={sent === 'answer' ? state : {}} />
          </Form>
        ) : (
          <Note>
            <p>{m.capacity_adjust_answer_late()}</p>
          </Note>
        )}
      </Section>
      <p>
        <a href={`/adjustments/${adjustment.id}`}>{m.capacity_adjust_answer_follow()}</a>
      </p>
    </div>
  )
}

/** An answer in the name of the municipality; where it is none of its own, that is said here. */
function Given({
  answer,
  timeZone,
  state,
  idempotencyKey,
}: {
  answer: OwnAnswer
  timeZone: string
  state: FormState
  idempotencyKey: string
}) {
  const { author, disputed } = answer
  return (
    <div class="ln-stack" data-gap="3">
      <p>
        <strong>{answerWords(answer.answer)}</strong>
        {answer.words ? <span class="ln-block">{answer.words}</span> : null}
        <span class="ln-block ln-small ln-quiet">
          {`${author.name}, ${author.function} · ${formatMoment(answer.at, timeZone)} · `}
          {answer.byLink ? m.capacity_adjust_letters_by_link() : m.capacity_adjust_letters_signed_in()}
        </span>
      </p>
      {disputed ? (
        <Status mark="stop">{m.capacity_adjust_dispute_done({ day: formatMoment(disputed.at, timeZone) })}</Status>
      ) : (
        <details class="ds-details" open={state.outcome !== undefined}>
          <summary>{m.capacity_adjust_dispute()}</summary>
          <div>
            <p>{m.capacity_adjust_dispute_lead()}</p>
            <Form
              action={`/capacity/adjustments/answers/${answer.id}/dispute`}
              state={state}
              idempotencyKey={idempotencyKey}
              buttons={<Button variant="secondary">{m.capacity_adjust_dispute_send()}</Button>}
            >
              <Field
                state={state}
                kind="textarea"
                name="words"
                label={m.capacity_adjust_dispute_words()}
                rows={2}
                maxlength={2000}
                optional
              />
            </Form>
          </div>
        </details>
      )}
    </div>
  )
}

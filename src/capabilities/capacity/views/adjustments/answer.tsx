import { formatDay } from '../../../../platform/i18n/format.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import type { Text } from '../../../../platform/i18n/text.ts'
import { Confirmation } from '../../../../platform/ui/confirmation.tsx'
import { Field } from '../../../../platform/ui/field.tsx'
import { Form, type FormState } from '../../../../platform/ui/form.tsx'
import { SummaryList } from '../../../../platform/ui/lists.tsx'
import { Note } from '../../../../platform/ui/notices.tsx'
import { PageHead } from '../../../../platform/ui/page-head.tsx'
import { answerWords, planParts, titleWords } from '../../letters/adjustment-words.ts'
import type { StoredAdjustment } from '../../store/adjustments/read-adjustment.ts'
import { ContactAnswer } from '../../types/adjustments.ts'
import { Spoken } from './parts.tsx'

/** The one form behind the link of a letter: what is planned, and what the municipality says to it. */
export function AnswerPage({
  adjustment,
  municipality,
  token,
  takes,
  state,
  idempotencyKey,
}: {
  adjustment: StoredAdjustment
  municipality: Text
  token: string
  /** an answer is still of use */
  takes: boolean
  state: FormState
  idempotencyKey: string
}) {
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead
        title={titleWords(adjustment)}
        lead={m.capacity_adjust_answer_lead()}
        facts={
          <>
            <Spoken of={municipality} /> · <Spoken of={adjustment.operator.names} />
          </>
        }
      />
      <SummaryList items={planParts(adjustment).map(({ label, text }) => ({ label, value: <Spoken of={text} /> }))} />
      {takes ? (
        <Form
          action={`/adjustments/answer/${token}`}
          state={state}
          idempotencyKey={idempotencyKey}
          submit={m.capacity_adjust_answer_send()}
        >
          <AnswerFields state={state} />
        </Form>
      ) : (
        <Note>
          <p>{m.capacity_adjust_answer_late()}</p>
        </Note>
      )}
      <p>
        <a href={`/adjustments/${adjustment.id}`}>{m.capacity_adjust_answer_follow()}</a>
      </p>
    </div>
  )
}

/** What a municipality says, and who says it. */
export function AnswerFields({ state }: { state: FormState }) {
  return (
    <>
      <Field
        state={state}
        kind="radios"
        name="answer"
        label={m.capacity_adjust_answer_question()}
        options={ContactAnswer.options.map((answer) => ({ value: answer, label: answerWords(answer) }))}
      />
      <Field
        state={state}
        kind="textarea"
        name="words"
        label={m.capacity_adjust_answer_words_field()}
        description={m.capacity_adjust_answer_words_hint()}
        rows={4}
        maxlength={4000}
        optional
      />
      <Field state={state} name="name" label={m.capacity_adjust_answer_name()} autocomplete="name" maxlength={200} />
      <Field
        state={state}
        name="function"
        label={m.capacity_adjust_answer_function()}
        description={m.capacity_adjust_answer_name_hint()}
        autocomplete="organization-title"
        maxlength={200}
      />
    </>
  )
}

/** After an answer: what happens next. */
export function AnsweredPage({ adjustment }: { adjustment: StoredAdjustment }) {
  return (
    <Confirmation
      title={m.capacity_adjust_answered()}
      number={adjustment.number}
      next={[
        m.capacity_adjust_answered_public(),
        m.capacity_adjust_answered_again(),
        m.capacity_adjust_answered_effect({ day: formatDay(adjustment.effectOn) }),
      ]}
    >
      <p>
        <a href={`/adjustments/${adjustment.id}`}>{m.capacity_adjust_answer_follow()}</a>
      </p>
    </Confirmation>
  )
}

import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { locales, speak } from '../../../platform/i18n/text.ts'
import { Field } from '../../../platform/ui/field.tsx'
import { Form, type FormState } from '../../../platform/ui/form.tsx'
import { Note } from '../../../platform/ui/notices.tsx'
import { PageHead } from '../../../platform/ui/page-head.tsx'
import { languageName } from '../../../platform/ui/words.tsx'
import type { StoredBody } from '../store/read-body.ts'
import type { Decision } from '../store/read-decisions.ts'
import { DecisionOutcome, type DecisionSubject } from '../types.ts'
import { outcomeWords } from './decision-words.tsx'

export interface DecisionFormProps {
  action: string
  title: string
  lead: string
  back: { href: string; label: string }
  /** bodies with the matters that this person may enter */
  bodies: readonly StoredBody[]
  /** what the form begins with: a decision to be replaced, or the matter that a link named (`body/matter`) */
  begin: {
    decision?: Decision | undefined
    matter?: string | undefined
    on?: string | undefined
    subject?: DecisionSubject | undefined
  }
  /** the day it is here */
  today: string
  state: FormState
  idempotencyKey: string
}

/** A decision to be recorded. Body and matter are one choice, so that without script nobody can pair what does not belong together. */
export function DecisionForm(props: DecisionFormProps) {
  const { state, begin, bodies } = props
  const former = begin.decision
  const language = former ? speak(former.title, currentLocale()).locale : currentLocale()
  const { subject } = begin
  const matters = bodies.flatMap(({ profile }) =>
    profile.decidesOn.map((matter) => ({
      value: `${profile.slug}/${matter.slug}`,
      label: `${speak(profile.names, currentLocale()).words}: ${speak(matter.names, currentLocale()).words}`,
    })),
  )
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead back={props.back} title={props.title} lead={props.lead} />
      {begin.on ? (
        <Note>
          <p>{m.governance_decides_matter()}</p>
        </Note>
      ) : null}
      {subject ? (
        <Note>
          <p>{m.governance_tied()}</p>
        </Note>
      ) : null}
      <Form action={props.action} state={state} idempotencyKey={props.idempotencyKey} submit={m.governance_record()}>
        <Field
          state={state}
          kind="select"
          name="matter"
          label={m.governance_matter()}
          description={m.governance_matter_hint()}
          options={matters}
          value={former ? `${former.body.slug}/${former.matter.slug}` : begin.matter}
        />
        <Field
          state={state}
          kind="date"
          name="decidedOn"
          label={m.governance_decided_on()}
          max={props.today}
          value={former?.decidedOn}
        />
        <Field
          state={state}
          name="number"
          label={m.governance_number_field()}
          description={m.governance_number_hint()}
          maxlength={40}
          optional
        />
        <Field
          state={state}
          kind="radios"
          name="outcome"
          label={m.governance_outcome()}
          value={former?.outcome}
          options={DecisionOutcome.options.map((outcome) => ({ value: outcome, label: outcomeWords(outcome) }))}
        />
        <Field
          state={state}
          name="title"
          label={m.governance_title_field()}
          description={m.governance_title_hint()}
          maxlength={300}
          value={former && speak(former.title, language).words}
        />
        <Field
          state={state}
          kind="textarea"
          name="words"
          label={m.governance_words()}
          rows={8}
          maxlength={20_000}
          optional
          value={former?.words && speak(former.words, language).words}
        />
        <Field
          state={state}
          kind="select"
          name="language"
          label={m.governance_language()}
          value={language}
          options={locales.map((locale) => ({ value: locale, label: languageName(locale) }))}
        />
        {begin.on ? <input type="hidden" name="on" value={begin.on} /> : null}
        {subject ? (
          <>
            <input type="hidden" name="subject.kind" value={subject.kind} />
            <input type="hidden" name="subject.id" value={subject.id} />
          </>
        ) : null}
      </Form>
    </div>
  )
}

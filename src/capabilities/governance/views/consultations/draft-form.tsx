import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { locales, speak, type Text } from '../../../../platform/i18n/text.ts'
import { Field } from '../../../../platform/ui/field.tsx'
import { Form, type FormState } from '../../../../platform/ui/form.tsx'
import { PageHead } from '../../../../platform/ui/page-head.tsx'
import { languageName } from '../../../../platform/ui/words.tsx'
import type { StoredConsultation } from '../../store/consultations/consultations.ts'
import type { Paper, Party } from '../../store/consultations/parties.ts'
import type { StoredBody } from '../../store/read-body.ts'
import { DecidesBy } from '../../types.ts'
import { wordsOf } from './parts.tsx'
import { countedWords } from './words.ts'

/** How many papers that lie elsewhere fit into the form. */
export const paperRows = 4

export interface DraftFormProps {
  action: string
  back: { href: string; label: string }
  /** bodies that this person may ask for */
  bodies: readonly StoredBody[]
  /** who can be asked: organisations and bodies of the region */
  choices: readonly { value: string; names: Text }[]
  /** what is written anew */
  draft: { consultation: StoredConsultation; parties: readonly Party[]; papers: readonly Paper[] } | undefined
  state: FormState
  idempotencyKey: string
}

/** A question to parties, before it is sent. What the rule says of days and silence is shown before sending, at the desk. */
export function DraftForm({ action, back, bodies, choices, draft, state, idempotencyKey }: DraftFormProps) {
  const former = draft?.consultation
  const language = former ? speak(former.title, currentLocale()).locale : currentLocale()
  const links = (draft?.papers ?? []).filter(({ url }) => url !== undefined)
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead
        back={back}
        title={former ? m.governance_consult_edit() : m.governance_consult_new()}
        lead={m.governance_consult_draft_lead()}
      />
      <Form
        action={action}
        state={state}
        idempotencyKey={idempotencyKey}
        version={former?.version}
        submit={m.governance_consult_draft_save()}
      >
        {former ? null : (
          <Field
            state={state}
            kind="select"
            name="body"
            label={m.governance_consult_body()}
            options={bodies.map(({ profile }) => ({ value: profile.slug, label: wordsOf(profile.names) }))}
          />
        )}
        <Field
          state={state}
          name="title"
          label={m.governance_consult_title()}
          description={m.governance_consult_title_hint()}
          maxlength={200}
          value={former && speak(former.title, language).words}
        />
        <Field
          state={state}
          kind="textarea"
          name="question"
          label={m.governance_consult_question()}
          description={m.governance_consult_question_hint()}
          rows={10}
          maxlength={20_000}
          value={former && speak(former.question, language).words}
        />
        <Field
          state={state}
          kind="select"
          name="language"
          label={m.governance_language()}
          value={language}
          options={locales.map((locale) => ({ value: locale, label: languageName(locale) }))}
        />
        {Array.from({ length: paperRows }, (_, at) => (
          <fieldset class="ds-fieldset">
            <legend class="ds-label">{m.governance_consult_paper({ number: at + 1 })}</legend>
            <Field
              state={state}
              name={`papers.${at}.title`}
              label={m.governance_consult_paper_title()}
              maxlength={300}
              value={links[at]?.title}
              optional
            />
            <Field
              state={state}
              kind="url"
              name={`papers.${at}.url`}
              label={m.governance_consult_paper_url()}
              maxlength={2000}
              value={links[at]?.url}
              optional
            />
          </fieldset>
        ))}
        <Field
          state={state}
          kind="checkboxes"
          name="parties[]"
          label={m.governance_consult_parties_field()}
          description={m.governance_consult_parties_hint()}
          value={draft?.parties.map(({ kind, slug }) => `${kind}:${slug}`)}
          options={choices.map(({ value, names }) => ({ value, label: wordsOf(names) }))}
        />
        <Field
          state={state}
          kind="number"
          name="days"
          label={m.governance_consult_days()}
          description={m.governance_consult_days_hint()}
          min={1}
          max={365}
          value={former?.daysWanted}
          optional
        />
        <Field
          state={state}
          kind="select"
          name="countedBy"
          label={m.governance_consult_counted_field()}
          description={m.governance_consult_counted_hint()}
          value={former?.countedBy}
          options={DecidesBy.options.map((value) => ({ value, label: countedWords(value) }))}
          optional
        />
      </Form>
    </div>
  )
}

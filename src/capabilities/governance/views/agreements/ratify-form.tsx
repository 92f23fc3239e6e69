import { m } from '../../../../platform/i18n/speech.ts'
import { Field } from '../../../../platform/ui/field.tsx'
import { Form, type FormState } from '../../../../platform/ui/form.tsx'
import { Empty } from '../../../../platform/ui/notices.tsx'
import { PageHead } from '../../../../platform/ui/page-head.tsx'
import { Upload } from '../../../../platform/ui/upload.tsx'
import type { Agreement } from '../../store/agreements/read-agreement.ts'
import type { NamedBody } from '../../store/agreements/read-progress.ts'
import { inWords } from './agreement-words.tsx'
import { deadlineWords } from './ratifications.tsx'

/** What a party decided: one form (GOV-6). */
export function RatifyForm({
  agreement,
  parties,
  chosen,
  fromMinutes,
  since,
  today,
  document,
  state,
  idempotencyKey,
}: {
  agreement: Agreement
  /** those that this reader may enter and that have not ratified */
  parties: readonly NamedBody[]
  chosen: string | undefined
  /** the reader keeps the agreement and copies from the minutes of the party */
  fromMinutes: boolean
  /** the first day on which it can have been decided */
  since: string | undefined
  today: string
  document: { limit: number; most: number }
  state: FormState
  idempotencyKey: string
}) {
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead
        back={{ href: `/governance/agreements/${agreement.slug}`, label: inWords(agreement.title) }}
        title={m.governance_framework_enter()}
        lead={fromMinutes ? m.governance_framework_enter_minutes() : m.governance_framework_enter_own()}
        facts={agreement.state === 'ratification' ? deadlineWords(agreement, today) : undefined}
      />
      {parties.length === 0 && !state.outcome ? (
        <Empty>{m.governance_framework_enter_none()}</Empty>
      ) : (
        <Form
          action={`/governance/agreements/${agreement.slug}/ratify`}
          state={state}
          idempotencyKey={idempotencyKey}
          submit={m.governance_framework_enter_button()}
          files
        >
          <Field
            kind="select"
            state={state}
            name="body"
            label={m.governance_framework_party()}
            value={chosen ?? (parties.length === 1 ? parties[0]?.slug : undefined)}
            options={parties.map(({ slug, names }) => ({ value: slug, label: inWords(names) }))}
          />
          <Field
            kind="radios"
            state={state}
            name="outcome"
            label={m.governance_outcome()}
            value="agreed"
            options={[
              { value: 'agreed', label: m.governance_framework_outcome_agreed() },
              {
                value: 'declined',
                label: m.governance_framework_outcome_declined(),
                description: m.governance_framework_outcome_declined_hint(),
              },
            ]}
          />
          <Field
            kind="date"
            state={state}
            name="decidedOn"
            label={m.governance_decided_on()}
            {...(since ? { min: since } : {})}
            max={today}
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
            kind="textarea"
            state={state}
            name="words"
            label={m.governance_words()}
            lang={agreement.rule.language}
            rows={4}
            maxlength={20_000}
            optional
          />
          <Upload
            state={state}
            name="document[]"
            label={m.governance_framework_document()}
            description={m.governance_framework_document_hint()}
            limit={document.limit}
            most={document.most}
            optional
          />
        </Form>
      )}
    </div>
  )
}

import { m } from '../../../../platform/i18n/speech.ts'
import { Field } from '../../../../platform/ui/field.tsx'
import { Form, type FormState } from '../../../../platform/ui/form.tsx'
import { Upload } from '../../../../platform/ui/upload.tsx'
import type { Paper } from '../../store/consultations/parties.ts'

/** Files that go with a draft: each can be taken out again, and one more added. */
export function PaperForm({
  base,
  papers,
  limit,
  state,
  idempotencyKey,
}: {
  base: string
  papers: readonly Paper[]
  /** bytes of one file */
  limit: number
  state: FormState
  idempotencyKey: string
}) {
  return (
    <div class="ln-stack" data-gap="3">
      {papers
        .filter(({ file }) => file !== undefined)
        .map(({ id, title }) => (
          <form action={`${base}/${id}/remove`} method="post">
            <button class="ln-plain-button" type="submit">
              {m.governance_consult_paper_remove()}
              {': '}
              {title}
            </button>
          </form>
        ))}
      <details class="ds-details" open={state.outcome !== undefined}>
        <summary>{m.governance_consult_paper_add()}</summary>
        <Form
          action={base}
          state={state}
          idempotencyKey={idempotencyKey}
          submit={m.governance_consult_paper_add()}
          files
        >
          <Field state={state} name="title" label={m.governance_consult_paper_title()} maxlength={300} optional />
          <Upload state={state} name="uploads" label={m.governance_consult_paper_file()} limit={limit} most={1} />
        </Form>
      </details>
    </div>
  )
}

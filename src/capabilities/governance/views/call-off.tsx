import { Button } from '../../../platform/ui/buttons.tsx'
import { Field } from '../../../platform/ui/field.tsx'
import { Form, type FormState } from '../../../platform/ui/form.tsx'

export interface CallOffProps {
  action: string
  /** words of the summary and of the button */
  label: string
  /** the question for the reason */
  why: string
  state: FormState
  idempotencyKey: string
}

/** Calls something off, with a reason: folded, so that nobody does it by mistake. */
export function CallOff({ action, label, why, state, idempotencyKey }: CallOffProps) {
  return (
    <details class="ds-details" open={state.outcome !== undefined}>
      <summary>{label}</summary>
      <div>
        <Form
          action={action}
          state={state}
          idempotencyKey={idempotencyKey}
          buttons={
            <Button variant="secondary" color="danger">
              {label}
            </Button>
          }
        >
          <Field state={state} kind="textarea" name="why" label={why} rows={2} maxlength={500} />
        </Form>
      </div>
    </details>
  )
}

import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { speak } from '../../../platform/i18n/text.ts'
import { Button } from '../../../platform/ui/buttons.tsx'
import { Field } from '../../../platform/ui/field.tsx'
import { Form, type FormState } from '../../../platform/ui/form.tsx'
import { Empty } from '../../../platform/ui/notices.tsx'
import { Section } from '../../../platform/ui/page-head.tsx'
import { Words } from '../../../platform/ui/words.tsx'
import type { NamedService } from '../../directory/contract.ts'
import type { SeenRequest } from './seen-request.ts'

/** The small forms of a request; each comes back with what was typed. */
export type FormName =
  | 'take'
  | 'ask'
  | 'service'
  | 'assessment'
  | 'withdraw'
  | 'follow-up'
  | 'settle'
  | 'waive'
  | 'obtain'
  | 'give'
  | 'decide'
  | 'body'

/** Which form could not be done, with what was typed in it and why. */
export interface Trouble {
  form: FormName
  state: FormState
}

/** What came of the last try of this form; a fresh one otherwise. */
export const stateFor = (trouble: Trouble | undefined, form: FormName): FormState =>
  trouble?.form === form ? trouble.state : {}

interface FormProps {
  seen: SeenRequest
  trouble: Trouble | undefined
}

const key = () => crypto.randomUUID()

/** Asks the person for what is missing (INT-4, INT-5). */
export function AskForm({ seen, trouble }: FormProps) {
  const { request, papers } = seen
  const state = stateFor(trouble, 'ask')
  const open = papers.filter((paper) => paper.state === 'open' && paper.from === 'person')
  if ((request.state !== 'in-review' || open.length === 0) && !state.outcome) return null
  const typed = state.typed?.get('documents[]') ?? []
  const shown = papers.filter((paper) => open.includes(paper) || typed.includes(paper.id))
  return (
    <Section id="ask" heading={m.intake_request_ask()} size="sm">
      <p class="ln-quiet">
        {request.urgency === 'emergency' ? m.intake_request_ask_hint_emergency() : m.intake_request_ask_hint()}
      </p>
      <Form
        action={`/requests/${request.id}/ask`}
        state={state}
        idempotencyKey={key()}
        buttons={<Button variant="secondary">{m.intake_request_ask_go()}</Button>}
      >
        <Field
          state={state}
          kind="checkboxes"
          name="documents[]"
          label={m.intake_request_ask_which()}
          value={open.filter(({ needed }) => needed !== 'if-available').map(({ id }) => id)}
          options={shown.map(({ id, names }) => ({
            value: id,
            label: <Words of={speak(names, currentLocale())} plain />,
          }))}
        />
        <Field
          state={state}
          kind="textarea"
          name="note"
          rows={2}
          maxlength={1000}
          optional
          label={m.intake_request_ask_note()}
        />
      </Form>
    </Section>
  )
}

/** Says which service a request is about; words narrow the list, without script too. */
export function ServiceForm({
  seen,
  trouble,
  find,
  offered,
}: FormProps & { find: string | undefined; offered: readonly NamedService[] }) {
  const { request } = seen
  const state = stateFor(trouble, 'service')
  const may = request.state === 'submitted' || request.state === 'in-review'
  if (!may && !state.outcome) return null
  return (
    <details
      class="ds-details ln-fold"
      id="service"
      open={request.service === undefined || find !== undefined || state.outcome !== undefined}
    >
      <summary>{m.intake_request_service()}</summary>
      <div class="ln-stack" data-gap="4">
        <p class="ln-quiet">{m.intake_request_service_hint()}</p>
        <FindService action={`/requests/${request.id}`} anchor="service" find={find} />
        {offered.length === 0 ? (
          <Empty>{m.intake_request_service_none()}</Empty>
        ) : (
          <Form
            action={`/requests/${request.id}/service`}
            state={state}
            idempotencyKey={key()}
            buttons={<Button variant="secondary">{m.intake_request_service_set()}</Button>}
          >
            <Field
              state={state}
              kind="select"
              name="service"
              label={m.intake_request_service_found()}
              value={find !== undefined && offered.length === 1 ? offered[0]?.id : request.service}
              options={serviceOptions(offered)}
            />
          </Form>
        )}
      </div>
    </details>
  )
}

/** Services to choose one of. */
export const serviceOptions = (offered: readonly NamedService[]) =>
  offered.map((one) => {
    const { words, locale } = speak(one.names, currentLocale(), [one.writtenIn])
    return { value: one.id, label: words, ...(locale === currentLocale() ? {} : { lang: locale }) }
  })

/** Looks for services by words: a form of its own, whose result is an address. */
export function FindService({
  action,
  anchor,
  find,
  keep = {},
}: {
  action: string
  anchor: string
  find: string | undefined
  keep?: Readonly<Record<string, string>>
}) {
  return (
    <search>
      <form action={`${action}#${anchor}`} method="get" class="ln-row ln-small">
        {Object.entries(keep).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <div class="ds-field">
          <label class="ds-label" for="find-service">
            {m.intake_request_service_find()}
          </label>
          <input class="ds-input" type="search" id="find-service" name="find" value={find} maxlength={200} />
        </div>
        <Button variant="secondary">{m.intake_desk_search_go()}</Button>
      </form>
    </search>
  )
}

/** The needs were talked through: the deadline for that stops (INT-3). */
export function AssessmentForm({ seen, trouble }: FormProps) {
  const { request, clocks } = seen
  const state = stateFor(trouble, 'assessment')
  const runs = clocks.some(({ kind, stoppedAt }) => kind === 'assessment' && !stoppedAt)
  const may = runs && (request.state === 'in-review' || request.state === 'waiting')
  if (!may && !state.outcome) return null
  return (
    <details class="ds-details ln-fold" open={state.outcome !== undefined}>
      <summary>{m.intake_request_assessment()}</summary>
      <Form
        action={`/requests/${request.id}/assessment`}
        state={state}
        idempotencyKey={key()}
        buttons={<Button variant="secondary">{m.intake_request_assessment_go()}</Button>}
      >
        <Field
          state={state}
          kind="textarea"
          name="talked"
          rows={2}
          maxlength={2000}
          optional
          label={m.intake_request_assessment_note()}
          description={m.intake_request_assessment_hint()}
        />
      </Form>
    </details>
  )
}

/** Takes a request back for somebody who says so at the desk. */
export function WithdrawForm({ seen, trouble }: FormProps) {
  const { request } = seen
  const state = stateFor(trouble, 'withdraw')
  const may = request.state === 'submitted' || request.state === 'in-review' || request.state === 'waiting'
  if (!may && !state.outcome) return null
  return (
    <details class="ds-details ln-fold" open={state.outcome !== undefined}>
      <summary>{m.intake_request_withdraw()}</summary>
      <Form
        action={`/requests/${request.id}/withdraw`}
        state={state}
        idempotencyKey={key()}
        buttons={
          <Button variant="secondary" color="danger">
            {m.intake_request_withdraw_go()}
          </Button>
        }
      >
        <Field
          state={state}
          kind="textarea"
          name="reason"
          rows={2}
          maxlength={1000}
          label={m.intake_request_withdraw_reason()}
        />
      </Form>
    </details>
  )
}

import type { Child } from 'hono/jsx'
import { m } from '../../../platform/i18n/speech.ts'
import type { Spoken } from '../../../platform/i18n/text.ts'
import type { Region } from '../../../platform/packs/regions.ts'
import { Button } from '../../../platform/ui/buttons.tsx'
import { type Difference, Form, type FormState, versionField } from '../../../platform/ui/form.tsx'
import { PageHead } from '../../../platform/ui/page-head.tsx'
import { Words } from '../../../platform/ui/words.tsx'
import type { StoredRequest } from '../store/requests.ts'
import { DangerSign, type Draft } from '../types.ts'
import { CallFirst, EnteredByLine } from './ask-parts.tsx'

/** The short pages of a draft, in their order. */
export const steps = ['what', 'who', 'contact', 'check'] as const
export type AskStep = (typeof steps)[number]

/** What every page of a draft knows. */
export interface DraftPageProps {
  /** address of the request */
  base: string
  request: StoredRequest
  service: { slug: string; name: Spoken } | undefined
  region: Region | undefined
  state: FormState
  idempotencyKey: string
}

/** Does somebody write for another person? */
export const isForAnother = ({ kind, enteredBy }: Draft): boolean => kind !== 'application' || enteredBy !== undefined

/** Dangers that were ticked, kept or not. */
function dangersOf({ request, state }: DraftPageProps): readonly DangerSign[] {
  const typed = state.typed?.get('situation.dangers[]')
  return typed ? DangerSign.options.filter((sign) => typed.includes(sign)) : request.draft.situation.dangers
}

/** Around one page of a draft: which step it is, whom it is for, and the numbers once somebody is in danger (INT-3). */
export function DraftFrame({
  step,
  title,
  lead,
  children,
  ...props
}: DraftPageProps & { step: AskStep; title: string; lead?: string | undefined; children: Child }) {
  const { base, request, service, region } = props
  const dangers = dangersOf(props)
  const at = steps.indexOf(step)
  const before = steps[at - 1]
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead
        back={before ? { href: `${base}/${before}`, label: m.ui_back() } : undefined}
        title={title}
        lead={lead}
        facts={m.intake_ask_step({ number: String(at + 1), total: String(steps.length) })}
      >
        {service ? (
          <p>
            {m.intake_ask_about_service()} <Words of={service.name} plain />
          </p>
        ) : null}
        <EnteredByLine by={request.draft.enteredBy} name={request.draft.particulars.name} />
      </PageHead>
      {dangers.length > 0 ? (
        <CallFirst region={region} dangers={dangers} heading={m.intake_ask_danger_heading()}>
          <p>
            {m.intake_ask_danger_text()}{' '}
            {step === 'check' ? null : <a href={`${base}/check`}>{m.intake_ask_danger_send()}</a>}
          </p>
        </CallFirst>
      ) : null}
      {children}
    </div>
  )
}

/** The form of one page; saving leads on, or is enough for today. */
export function DraftForm({
  step,
  compared = [],
  children,
  ...props
}: DraftPageProps & {
  step: Exclude<AskStep, 'check'>
  /** fields that are shown side by side when somebody changed the draft meanwhile */
  compared?: readonly { name: string; label: string; stored: string | undefined }[]
  children: Child
}) {
  const { base, request, state, idempotencyKey } = props
  const conflict = state.outcome?.is === 'conflict'
  const differences: Difference[] = conflict
    ? compared
        .map(({ name, label, stored }) => ({
          label,
          theirs: stored ?? '',
          yours: state.typed?.get(name)?.[0] ?? '',
        }))
        .filter(({ theirs, yours }) => theirs !== yours)
    : []
  return (
    <Form
      action={`${base}/${step}`}
      state={state}
      idempotencyKey={idempotencyKey}
      version={conflict ? request.version : (state.typed?.get(versionField)?.[0] ?? request.version)}
      differences={differences}
      buttons={
        <>
          <Button>{m.intake_ask_next()}</Button>
          <Button variant="secondary" formaction={`${base}/${step}/later`}>
            {m.intake_ask_later()}
          </Button>
        </>
      }
    >
      {children}
    </Form>
  )
}

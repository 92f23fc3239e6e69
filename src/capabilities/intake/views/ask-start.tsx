import { m } from '../../../platform/i18n/speech.ts'
import type { Spoken } from '../../../platform/i18n/text.ts'
import type { Region } from '../../../platform/packs/regions.ts'
import { ButtonLink } from '../../../platform/ui/buttons.tsx'
import { Field } from '../../../platform/ui/field.tsx'
import { Form, type FormState } from '../../../platform/ui/form.tsx'
import { Note } from '../../../platform/ui/notices.tsx'
import { PageHead } from '../../../platform/ui/page-head.tsx'
import { Words } from '../../../platform/ui/words.tsx'
import { CallFirst, Helpline } from './ask-parts.tsx'

/** Which service somebody asks for. */
export interface AskedService {
  id: string
  slug: string
  name: Spoken
}

export interface AskPageProps {
  /** undefined: they do not know which one fits */
  service: AskedService | undefined
  region: Region | undefined
  pack: string
  /** of the link that the request will have */
  token: string
  state: FormState
  idempotencyKey: string
}

/** The first page of asking: numbers for an emergency, then for whom (INT-1). */
export function AskPage({ service, region, pack, token, state, idempotencyKey }: AskPageProps) {
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead
        back={service ? { href: `/services/${service.slug}`, label: m.intake_ask_back_service() } : undefined}
        title={m.intake_ask_title()}
        lead={service ? <Words of={service.name} /> : m.intake_ask_lead()}
      />
      <CallFirst region={region} heading={m.intake_ask_emergency_heading()} />
      {service ? null : (
        <Note heading={m.intake_ask_finder_heading()} mark="ask">
          <p>{m.intake_ask_finder_text()}</p>
          <p>
            <ButtonLink href="/find" variant="secondary" color="accent">
              {m.intake_ask_finder_go()}
            </ButtonLink>
          </p>
        </Note>
      )}
      <Form action={`/r/${token}/begin`} state={state} idempotencyKey={idempotencyKey} submit={m.intake_ask_begin()}>
        <input type="hidden" name="pack" value={pack} />
        {service ? <input type="hidden" name="service" value={service.id} /> : null}
        <Field
          kind="radios"
          state={state}
          name="for"
          label={m.intake_ask_for_whom()}
          value="me"
          options={[
            { value: 'me', label: m.intake_ask_for_me(), description: m.intake_ask_for_me_hint() },
            { value: 'other', label: m.intake_ask_for_other(), description: m.intake_ask_for_other_hint() },
            { value: 'notice', label: m.intake_ask_for_notice(), description: m.intake_ask_for_notice_hint() },
          ]}
        />
        <p class="ln-small ln-quiet">{m.intake_ask_kept()}</p>
      </Form>
      <SafeHere />
      <Helpline region={region} />
    </div>
  )
}

/** INT-11: what this page does and does not do against somebody who looks over a shoulder. */
function SafeHere() {
  return (
    <details class="ds-details">
      <summary>{m.intake_ask_safe_summary()}</summary>
      <div class="ln-stack" data-gap="2">
        <p>{m.intake_ask_safe_leave()}</p>
        <p>{m.intake_ask_safe_history()}</p>
        <p>{m.intake_ask_safe_other_device()}</p>
      </div>
    </details>
  )
}

/** Nobody takes this request here: the service is gone, or the region takes none. */
export function AskElsewherePage({ gone, region }: { gone: boolean; region: Region | undefined }) {
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead title={m.intake_ask_title()} lead={gone ? m.intake_ask_service_gone() : m.intake_ask_no_procedure()} />
      <CallFirst region={region} heading={m.intake_ask_emergency_heading()} />
      <Helpline region={region} />
      <div class="ln-row">
        <ButtonLink href="/find">{m.intake_ask_finder_go()}</ButtonLink>
      </div>
    </div>
  )
}

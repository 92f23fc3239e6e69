import { m } from '../../../../platform/i18n/speech.ts'
import { Form, type FormState } from '../../../../platform/ui/form.tsx'
import { LetterAddress } from '../../../../platform/ui/letter-address.tsx'
import { Note } from '../../../../platform/ui/notices.tsx'
import { PageHead } from '../../../../platform/ui/page-head.tsx'
import type { StoredBody } from '../../store/read-body.ts'
import type { Mandate } from '../../store/read-seats.ts'
import { MandateWords, shortName } from '../seat-words.tsx'

/** By which address whoever holds a seat signs in (GOV-1). */
export function TieForm({
  body,
  mandate,
  email,
  state,
  idempotencyKey,
}: {
  body: StoredBody
  mandate: Mandate
  /** the address that is tied */
  email: string | undefined
  state: FormState
  idempotencyKey: string
}) {
  const action = `/governance/mandates/${mandate.id}/account`
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead
        back={{ href: `/governance/seats/${body.profile.slug}`, label: m.governance_back_seats() }}
        title={m.governance_consult_tie()}
        lead={m.governance_consult_tie_lead()}
        facts={
          <>
            {shortName(body.profile.names)}
            {': '}
            <MandateWords of={mandate} />
          </>
        }
      />
      {email === undefined ? (
        <Form action={action} state={state} idempotencyKey={idempotencyKey} submit={m.governance_consult_tie()}>
          <LetterAddress
            state={state}
            email={{ label: m.governance_consult_tie_email(), description: m.governance_consult_tie_hint() }}
            language={m.governance_consult_address_language()}
          />
        </Form>
      ) : (
        <>
          <Note>
            <p>{m.governance_consult_tied({ email })}</p>
          </Note>
          <Form
            action={`${action}/end`}
            state={state}
            idempotencyKey={idempotencyKey}
            submit={m.governance_consult_untie()}
          />
        </>
      )}
    </div>
  )
}

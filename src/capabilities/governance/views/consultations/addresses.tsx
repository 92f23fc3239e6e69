import { m } from '../../../../platform/i18n/speech.ts'
import type { Text } from '../../../../platform/i18n/text.ts'
import { Field } from '../../../../platform/ui/field.tsx'
import { Form, type FormState } from '../../../../platform/ui/form.tsx'
import { LetterAddress } from '../../../../platform/ui/letter-address.tsx'
import { Empty } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { DataTable } from '../../../../platform/ui/table.tsx'
import { languageName } from '../../../../platform/ui/words.tsx'
import type { PartyAddress } from '../../store/consultations/addresses.ts'
import { told, wordsOf } from './parts.tsx'

/** Where a secretariat reaches the parties: the list, and the form that adds to it. */
export function AddressesPage({
  addresses,
  choices,
  keepers,
  state,
  idempotencyKey,
}: {
  addresses: readonly PartyAddress[]
  choices: readonly { value: string; names: Text }[]
  /** organisations whose secretariat this person works in */
  keepers: readonly { slug: string; names: Text }[]
  state: FormState
  idempotencyKey: string
}) {
  return (
    <div class="ln-stack" data-gap="10">
      <PageHead
        back={{ href: '/governance/consultations', label: m.governance_consult_back_desk() }}
        title={m.governance_consult_addresses()}
        lead={m.governance_consult_addresses_lead()}
      />
      <div class="ln-read">
        <Section id="add" heading={m.governance_consult_address_add()} size="sm">
          <Form
            action="/governance/addresses"
            state={state}
            idempotencyKey={idempotencyKey}
            submit={m.governance_consult_address_add()}
          >
            {keepers.length > 1 ? (
              <Field
                state={state}
                kind="select"
                name="keeper"
                label={m.governance_secretariat()}
                options={keepers.map(({ slug, names }) => ({ value: slug, label: wordsOf(names) }))}
              />
            ) : (
              <input type="hidden" name="keeper" value={keepers[0]?.slug} />
            )}
            <Field
              state={state}
              kind="select"
              name="party"
              label={m.governance_consult_party()}
              options={choices.map(({ value, names }) => ({ value, label: wordsOf(names) }))}
            />
            <LetterAddress
              state={state}
              email={{ label: m.governance_consult_address(), description: m.governance_consult_address_hint() }}
              language={m.governance_consult_address_language()}
            />
          </Form>
        </Section>
      </div>
      {addresses.length > 0 ? (
        <DataTable
          caption={m.governance_consult_addresses()}
          rows={addresses}
          columns={[
            { id: 'party', label: m.governance_consult_party(), head: true, cell: ({ names }) => told(names) },
            { id: 'address', label: m.governance_consult_address(), span: true, cell: ({ email }) => email },
            {
              id: 'language',
              label: m.governance_consult_address_language(),
              cell: ({ locale }) => languageName(locale),
            },
            {
              id: 'remove',
              label: m.governance_consult_address_remove(),
              span: true,
              cell: (row) => (
                <form action={`/governance/addresses/${row.id}/remove`} method="post">
                  <button class="ln-plain-button" type="submit">
                    {m.governance_consult_address_remove()}
                    <span class="ds-sr-only">: {row.email}</span>
                  </button>
                </form>
              ),
            },
          ]}
        />
      ) : (
        <Empty>{m.governance_consult_addresses_none()}</Empty>
      )}
    </div>
  )
}

import { m } from '../../../platform/i18n/speech.ts'
import { type Difference, Form, type FormState, versionField } from '../../../platform/ui/form.tsx'
import { PageHead } from '../../../platform/ui/page-head.tsx'
import { ContactWay, type SafeContact } from '../types.ts'
import { ContactFields, cares, careWords, comparedContact, wayWords } from './ask-contact.tsx'

/** How somebody is reached from now on (INT-11): by themselves behind their link, or by the office as they told it. */
export function ContactChangePage({
  action,
  back,
  desk,
  contact,
  mark,
  state,
  idempotencyKey,
}: {
  action: string
  /** the request */
  back: string
  desk: boolean
  contact: SafeContact
  /** tells this state of it from others */
  mark: string
  state: FormState
  idempotencyKey: string
}) {
  const conflict = state.outcome?.is === 'conflict'
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead
        back={{ href: back, label: m.intake_letters_back_request() }}
        title={desk ? m.intake_letters_contact_desk_title() : m.intake_letters_contact_title()}
        lead={m.intake_letters_contact_lead()}
      />
      <Form
        action={action}
        state={state}
        idempotencyKey={idempotencyKey}
        version={conflict ? mark : (state.typed?.get(versionField)?.[0] ?? mark)}
        differences={conflict ? differencesTo(contact, state) : []}
      >
        <ContactFields contact={contact} state={state} another={desk} />
      </Form>
    </div>
  )
}

/** What somebody else saved meanwhile beside what was typed here; ticks count as much as words. */
function differencesTo(contact: SafeContact, { typed }: FormState): Difference[] {
  const ticked = (name: string) => typed?.get(name) ?? []
  const ticks = [
    {
      label: m.intake_ask_ways(),
      theirs: contact.ways.map(wayWords).join(', '),
      yours: ContactWay.options
        .filter((way) => ticked('contact.ways[]').includes(way))
        .map(wayWords)
        .join(', '),
    },
    {
      label: m.intake_ask_cares(),
      theirs: cares
        .filter((care) => contact[care])
        .map(careWords)
        .join(' '),
      yours: cares
        .filter((care) => ticked('care[]').includes(care))
        .map(careWords)
        .join(' '),
    },
  ]
  const words = comparedContact(contact).map(({ name, label, stored }) => ({
    label,
    theirs: stored ?? '',
    yours: typed?.get(name)?.[0] ?? '',
  }))
  return [...ticks, ...words].filter(({ theirs, yours }) => theirs !== yours)
}

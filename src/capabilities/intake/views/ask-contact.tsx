import { m } from '../../../platform/i18n/speech.ts'
import { Field } from '../../../platform/ui/field.tsx'
import type { FormState } from '../../../platform/ui/form.tsx'
import { ContactWay, type SafeContact } from '../types.ts'

const ways = {
  phone: m.intake_ask_way_phone,
  sms: m.intake_ask_way_sms,
  email: m.intake_ask_way_email,
  post: m.intake_ask_way_post,
  'in-person': m.intake_ask_way_in_person,
  through: m.intake_ask_way_through,
} as const
export const wayWords = (way: ContactWay): string => ways[way]()

/** What to watch out for when somebody is reached, as flags of their safe contact (INT-11). */
export const cares = ['emailReadByOthers', 'postSeenByOthers', 'discreet', 'mayLeaveVoicemail'] as const
const careLabels = {
  emailReadByOthers: m.intake_ask_care_mailbox,
  postSeenByOthers: m.intake_ask_care_post,
  discreet: m.intake_ask_care_discreet,
  mayLeaveVoicemail: m.intake_ask_care_voicemail,
} as const
export const careWords = (care: (typeof cares)[number]): string => careLabels[care]()

/** How somebody is reached without harm (INT-11), as fields of a form. @param another somebody else fills it in: their browser's own data is not it */
export function ContactFields({
  contact,
  state,
  another,
}: {
  contact: SafeContact
  state: FormState
  another: boolean
}) {
  return (
    <>
      <Field
        kind="checkboxes"
        state={state}
        name="contact.ways[]"
        label={m.intake_ask_ways()}
        optional
        value={contact.ways}
        options={ContactWay.options.map((value) => ({ value, label: wayWords(value) }))}
      />
      <Field
        kind="tel"
        state={state}
        name="contact.phone"
        label={m.intake_ask_phone()}
        optional
        autocomplete={another ? 'off' : 'tel'}
        value={contact.phone}
        maxlength={40}
      />
      <Field
        kind="email"
        state={state}
        name="contact.email"
        label={m.intake_ask_email()}
        optional
        autocomplete={another ? 'off' : 'email'}
        value={contact.email}
        maxlength={320}
      />
      <Field
        kind="checkboxes"
        state={state}
        name="care[]"
        label={m.intake_ask_cares()}
        optional
        value={cares.filter((care) => contact[care])}
        options={cares.map((value) => ({ value, label: careWords(value) }))}
      />
      <Field
        state={state}
        name="contact.times"
        label={m.intake_ask_times()}
        description={m.intake_ask_times_hint()}
        optional
        value={contact.times}
        maxlength={200}
      />
      <Field
        state={state}
        name="contact.through.name"
        label={m.intake_ask_through_name()}
        description={m.intake_ask_through_hint()}
        optional
        autocomplete="off"
        value={contact.through?.name}
        maxlength={200}
      />
      <Field
        kind="tel"
        state={state}
        name="contact.through.phone"
        label={m.intake_ask_through_phone()}
        optional
        autocomplete="off"
        value={contact.through?.phone}
        maxlength={40}
      />
      <Field
        kind="textarea"
        state={state}
        name="contact.note"
        label={m.intake_ask_contact_note()}
        optional
        value={contact.note}
        rows={2}
        maxlength={1000}
      />
    </>
  )
}

/** The fields above whose stored texts a conflict shows beside what was typed. */
export const comparedContact = (contact: SafeContact) => [
  { name: 'contact.phone', label: m.intake_ask_phone(), stored: contact.phone },
  { name: 'contact.email', label: m.intake_ask_email(), stored: contact.email },
  { name: 'contact.times', label: m.intake_ask_times(), stored: contact.times },
  { name: 'contact.note', label: m.intake_ask_contact_note(), stored: contact.note },
]

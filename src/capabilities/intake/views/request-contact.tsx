import { formatDay } from '../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { dial } from '../../../platform/ui/header.tsx'
import { SummaryList } from '../../../platform/ui/lists.tsx'
import { Note, Voice } from '../../../platform/ui/notices.tsx'
import { Section } from '../../../platform/ui/page-head.tsx'
import { Status } from '../../../platform/ui/status.tsx'
import { callOf, wayOf } from '../rules/contact.ts'
import type { SafeContact } from '../types.ts'
import type { SeenRequest } from './seen-request.ts'

/** One thing that a worker does, or never does, when they reach out to somebody. */
export interface Instruction {
  /** never: it would do harm */
  is: 'never' | 'may'
  words: string
}

/** INT-11: what was told of safe contact, as instructions for the worker. What must never be done comes first. */
export function instructions(contact: SafeContact, address: string | undefined): Instruction[] {
  const never: string[] = []
  const may: string[] = []
  const { ways } = contact
  const call = callOf(contact)
  const bySms = contact.phone !== undefined && call === 'no call' && ways.includes('sms')
  if (bySms) never.push(m.intake_request_safe_sms())
  else if (contact.phone && call === 'no call') never.push(m.intake_request_safe_no_call())
  if (contact.discreet && (bySms || call !== 'no call')) never.push(m.intake_request_safe_say_nothing())
  if (call !== 'no call') {
    may.push(m.intake_request_safe_call())
    if (contact.mayLeaveVoicemail) may.push(m.intake_request_safe_voicemail())
    else never.push(m.intake_request_safe_no_voicemail())
  }
  if (contact.email && contact.emailReadByOthers) never.push(m.intake_request_safe_mailbox())
  else if (contact.email && contact.discreet) never.push(m.intake_request_safe_subject())
  if (contact.postSeenByOthers) never.push(m.intake_request_safe_no_post())
  if (contact.times) may.push(m.intake_request_safe_times({ times: contact.times }))
  if (contact.through) may.push(m.intake_request_safe_through({ name: contact.through.name }))
  const { way } = wayOf(contact, address)
  if (way === 'mail') may.push(m.intake_request_safe_mail())
  if (way === 'post') may.push(m.intake_request_safe_post())
  if (way === 'hand') may.push(m.intake_request_safe_hand())
  if (ways.length === 0) may.push(m.intake_request_safe_none())
  return [
    ...never.map((words): Instruction => ({ is: 'never', words })),
    ...may.map((words): Instruction => ({ is: 'may', words })),
  ]
}

/** The instructions, as every page of the desk shows them before a number or an address; nothing where nothing is to be heeded. */
export function HowSafely({ contact, address }: { contact: SafeContact; address: string | undefined }) {
  const steps = instructions(contact, address)
  if (steps.length === 0) return null
  return (
    <Note
      color={steps.some(({ is }) => is === 'never') ? 'warning' : 'success'}
      mark="shield"
      heading={m.intake_request_safe_heading()}
    >
      <ul class="ln-plain ln-stack" data-gap="2">
        {steps.map(({ is, words }) => (
          <li>
            <Status mark={is === 'never' ? 'stop' : 'done'}>{words}</Status>
          </li>
        ))}
      </ul>
    </Note>
  )
}

/**
 * How to reach somebody: the instructions on top, and only then numbers and addresses. What they told last stands alone (INT-11): a number that the record
 * knows from before may be in other hands by now.
 */
export function Contact({ seen }: { seen: SeenRequest }) {
  const { person, request } = seen
  const told = request.draft.particulars
  const contact = person?.contact ?? request.draft.contact
  const address = person?.address ?? told.address
  const { phone, email } = contact
  const mayCall = callOf(contact) !== 'no call'
  const birthDate = person?.birthDate ?? told.birthDate
  const language = person?.language ?? told.language
  return (
    <Section id="contact" heading={m.intake_request_contact()}>
      <HowSafely contact={contact} address={address} />
      {contact.note ? <Voice by={m.intake_request_note()}>{contact.note}</Voice> : null}
      <SummaryList
        items={[
          ...(phone
            ? [{ label: m.intake_request_phone(), value: <PhoneNumber number={phone} mayCall={mayCall} /> }]
            : []),
          ...(contact.through
            ? [
                {
                  label: m.intake_request_safe_through({ name: contact.through.name }),
                  value: contact.through.phone,
                },
              ]
            : []),
          ...(email ? [{ label: m.intake_request_email(), value: email }] : []),
          ...(address ? [{ label: m.intake_request_address(), value: address }] : []),
          ...(birthDate ? [{ label: m.intake_request_birth_date(), value: formatDay(birthDate) }] : []),
          ...(language ? [{ label: m.intake_request_language(), value: languageOf(language) }] : []),
        ]}
      />
    </Section>
  )
}

/** A number is a link only where a call does no harm (INT-11). */
export function PhoneNumber({ number, mayCall }: { number: string; mayCall: boolean }) {
  return (
    <div class="ln-num">
      {mayCall ? (
        <a class="ln-link" href={dial(number)}>
          {number}
        </a>
      ) : (
        number
      )}
    </div>
  )
}

/** A language by its tag, in the language of the page. */
export function languageOf(tag: string): string {
  try {
    return new Intl.DisplayNames(currentLocale(), { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}

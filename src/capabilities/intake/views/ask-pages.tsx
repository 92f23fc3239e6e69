import { sortedBy } from '../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { Field } from '../../../platform/ui/field.tsx'
import type { Place } from '../store/areas.ts'
import { DangerSign, EnteredBy } from '../types.ts'
import { ContactFields, comparedContact } from './ask-contact.tsx'
import { DraftForm, DraftFrame, type DraftPageProps, isForAnother } from './ask-frame.tsx'
import { relationWords, told } from './ask-parts.tsx'

const dangers = {
  life: m.intake_ask_danger_life,
  violence: m.intake_ask_danger_violence,
  'recent-trauma': m.intake_ask_danger_recent_trauma,
  child: m.intake_ask_danger_child,
} as const
export const dangerWords = (danger: DangerSign): string => dangers[danger]()

/** 1: what has happened; danger first, in plain words (INT-3). */
export function WhatPage(props: DraftPageProps) {
  const { state, request } = props
  const { situation } = request.draft
  return (
    <DraftFrame step="what" title={m.intake_ask_what_title()} lead={m.intake_ask_what_lead()} {...props}>
      <DraftForm
        step="what"
        compared={[
          { name: 'situation.words', label: m.intake_ask_words(), stored: situation.words },
          { name: 'situation.wish', label: m.intake_ask_wish(), stored: situation.wish },
          { name: 'situation.household', label: m.intake_ask_household(), stored: situation.household },
        ]}
        {...props}
      >
        <Field
          kind="checkboxes"
          state={state}
          name="situation.dangers[]"
          label={m.intake_ask_dangers()}
          description={m.intake_ask_dangers_hint()}
          optional
          value={situation.dangers}
          options={DangerSign.options.map((value) => ({ value, label: dangerWords(value) }))}
        />
        <Field
          kind="textarea"
          state={state}
          name="situation.words"
          label={m.intake_ask_words()}
          description={m.intake_ask_words_hint()}
          value={situation.words}
          rows={6}
          maxlength={4000}
        />
        <Field
          kind="textarea"
          state={state}
          name="situation.wish"
          label={m.intake_ask_wish()}
          optional
          value={situation.wish}
          rows={3}
          maxlength={2000}
        />
        <Field
          kind="textarea"
          state={state}
          name="situation.household"
          label={m.intake_ask_household()}
          description={m.intake_ask_household_hint()}
          optional
          value={situation.household}
          rows={2}
          maxlength={1000}
        />
      </DraftForm>
    </DraftFrame>
  )
}

/** Languages that people here most often want to be spoken to in; the sign language of the country comes with its region. */
const spoken = [
  'uk',
  'en',
  'da',
  'de',
  'ar',
  'bg',
  'fa',
  'fr',
  'hu',
  'it',
  'ka',
  'ku',
  'pl',
  'ro',
  'ru',
  'so',
  'sq',
  'ti',
  'tr',
  'ur',
  'vi',
]
const signed: Readonly<Record<string, string>> = { UA: 'ukl', DK: 'dsl', DE: 'gsg' }

export function languageWords(tag: string): string {
  if (Object.values(signed).includes(tag)) return m.intake_ask_sign_language()
  return new Intl.DisplayNames(currentLocale(), { type: 'language' }).of(tag) ?? tag
}

/** 2: who it is for, and who writes (INT-1). */
export function WhoPage({
  areas,
  needsName,
  ...props
}: DraftPageProps & { areas: readonly Place[]; needsName: boolean }) {
  const { state, request, region } = props
  const { particulars, kind } = request.draft
  const another = isForAnother(request.draft)
  const sign = region ? signed[region.country] : undefined
  return (
    <DraftFrame
      step="who"
      title={another ? m.intake_ask_who_them_title() : m.intake_ask_who_me_title()}
      lead={needsName ? undefined : m.intake_ask_who_nameless()}
      {...props}
    >
      <DraftForm
        step="who"
        compared={[
          { name: 'particulars.name', label: m.intake_ask_name(), stored: particulars.name },
          { name: 'particulars.birthDate', label: m.intake_ask_birth_date(), stored: particulars.birthDate },
          { name: 'particulars.address', label: m.intake_ask_address(), stored: particulars.address },
        ]}
        {...props}
      >
        <input type="hidden" name="kind" value={kind} />
        <Field
          state={state}
          name="particulars.name"
          label={m.intake_ask_name()}
          optional={!needsName}
          autocomplete={another ? 'off' : 'name'}
          value={particulars.name}
          maxlength={200}
        />
        <Field
          kind="date"
          state={state}
          name="particulars.birthDate"
          label={m.intake_ask_birth_date()}
          description={m.intake_ask_birth_date_hint()}
          optional
          autocomplete={another ? 'off' : 'bday'}
          value={particulars.birthDate}
        />
        <Field
          kind="select"
          state={state}
          name="particulars.area"
          label={m.intake_ask_area()}
          description={m.intake_ask_area_hint()}
          value={particulars.area}
          optional={request.service !== undefined}
          options={areas.map(({ code, names, depth }) => {
            const { words, locale } = told(names, region)
            return {
              value: code,
              label: `${'\u2003'.repeat(depth)}${words}`,
              ...(locale === currentLocale() ? {} : { lang: locale }),
            }
          })}
        />
        <Field
          state={state}
          name="particulars.address"
          label={m.intake_ask_address()}
          description={m.intake_ask_address_hint()}
          optional
          autocomplete={another ? 'off' : 'street-address'}
          value={particulars.address}
          maxlength={400}
        />
        <Field
          kind="select"
          state={state}
          name="particulars.language"
          label={m.intake_ask_language()}
          optional
          value={particulars.language}
          options={sortedBy([...spoken, ...(sign ? [sign] : [])], languageWords).map((value) => ({
            value,
            label: languageWords(value),
          }))}
        />
        <Field
          state={state}
          name="paper"
          label={m.intake_ask_paper_number()}
          description={
            particulars.documentNumber ? m.intake_ask_paper_number_known() : m.intake_ask_paper_number_hint()
          }
          optional
          autocomplete="off"
          maxlength={60}
        />
        {another ? <Helper {...props} /> : null}
      </DraftForm>
    </DraftFrame>
  )
}

/** Who writes for another person, and whether that person knows. */
function Helper({ state, request }: DraftPageProps) {
  const { enteredBy, kind } = request.draft
  const notice = kind === 'notice'
  return (
    <fieldset class="ds-fieldset ln-stack" data-gap="6">
      <legend class="ds-heading" data-size="sm">
        {m.intake_ask_helper_heading()}
      </legend>
      <input type="hidden" name="helps" value="yes" />
      {notice ? <p>{m.intake_ask_helper_nameless()}</p> : null}
      <Field
        state={state}
        name="enteredBy.name"
        label={m.intake_ask_helper_name()}
        optional={notice}
        autocomplete="name"
        value={enteredBy?.name}
        maxlength={200}
      />
      <Field
        kind="select"
        state={state}
        name="enteredBy.relation"
        label={m.intake_ask_helper_relation()}
        value={enteredBy?.relation ?? 'other'}
        options={EnteredBy.shape.relation.options.map((value) => ({ value, label: relationWords(value) }))}
      />
      <Field
        state={state}
        name="enteredBy.organisation"
        label={m.intake_ask_helper_organisation()}
        optional
        autocomplete="organization"
        value={enteredBy?.organisation}
        maxlength={200}
      />
      <Field
        kind="tel"
        state={state}
        name="enteredBy.phone"
        label={m.intake_ask_helper_phone()}
        optional
        autocomplete="tel"
        value={enteredBy?.phone}
        maxlength={40}
      />
      <Field
        kind="radios"
        state={state}
        name="enteredBy.consent"
        label={notice ? m.intake_ask_consent_notice() : m.intake_ask_consent()}
        value={enteredBy?.consent ?? (notice ? 'missing' : undefined)}
        options={[
          { value: 'given', label: m.intake_ask_consent_given() },
          { value: 'missing', label: m.intake_ask_consent_missing() },
        ]}
      />
      <Field
        kind="textarea"
        state={state}
        name="enteredBy.consentMissing"
        label={m.intake_ask_consent_why()}
        description={m.intake_ask_consent_why_hint()}
        optional
        value={enteredBy?.consentMissing}
        rows={2}
        maxlength={1000}
      />
    </fieldset>
  )
}

/** 3: how they are reached without harm (INT-11). */
export function ContactPage(props: DraftPageProps) {
  const { state, request } = props
  const { contact } = request.draft
  const another = isForAnother(request.draft)
  return (
    <DraftFrame
      step="contact"
      title={another ? m.intake_ask_contact_them_title() : m.intake_ask_contact_me_title()}
      lead={m.intake_ask_contact_lead()}
      {...props}
    >
      <DraftForm step="contact" compared={comparedContact(contact)} {...props}>
        <ContactFields contact={contact} state={state} another={another} />
      </DraftForm>
    </DraftFrame>
  )
}

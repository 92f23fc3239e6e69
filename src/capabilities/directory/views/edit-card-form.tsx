import { formatList, sortedBy } from '../../../platform/i18n/format.ts'
import { ownNames } from '../../../platform/i18n/names.ts'
import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { type Locale, locales, speak, type Text } from '../../../platform/i18n/text.ts'
import { Field, type Option } from '../../../platform/ui/field.tsx'
import { type Difference, Form, type FormState } from '../../../platform/ui/form.tsx'
import { Note } from '../../../platform/ui/notices.tsx'
import { Section } from '../../../platform/ui/page-head.tsx'
import type { WordingFlag } from '../rules/wording.ts'
import type { CardChoices } from '../store/edit-organisation.ts'
import { Accessibility, Channel, ServiceForm } from '../types.ts'
import { accessWords, channelWords, costWords, formWords, neededWords, spokenLanguage } from './card-words.ts'
import { Kept, PhoneRows, Row, Rows, SaveButtons, ScheduleRows } from './edit-rows.tsx'
import { type EditForm, TextField } from './edit-text-field.tsx'
import { fieldWords } from './edit-words.ts'

export interface CardFormProps {
  action: string
  state: FormState
  own: Locale
  choices: CardChoices
  flags: readonly WordingFlag[]
  idempotencyKey: string
  version?: number | undefined
  differences?: readonly Difference[]
  /** list whose "more rows" was pressed */
  more?: string | undefined
  /** changes of this person wait for an editor */
  waits: boolean
  currency: string
  /** a new card: confirmed by being written */
  fresh?: boolean
}

/** Languages offered for *spoken here*, besides those the card names already; the signed ones of the regions included. */
const spoken = [
  'uk',
  'en',
  'da',
  'de',
  'ar',
  'bg',
  'el',
  'es',
  'fa',
  'fr',
  'hr',
  'it',
  'ku',
  'pl',
  'ps',
  'pt',
  'ro',
  'ru',
  'so',
  'sq',
  'sr',
  'ti',
  'tr',
  'vi',
  'ukl',
  'dsl',
  'gsg',
]

/** The whole card as one form (DIR-1). It works without script; whatever was typed stays. */
export function CardForm(props: CardFormProps) {
  const form: EditForm = { state: props.state, root: 'card', own: props.own, flags: props.flags }
  return (
    <Form
      action={props.action}
      state={props.state}
      idempotencyKey={props.idempotencyKey}
      version={props.version}
      differences={props.differences ?? []}
      buttons={<SaveButtons preview />}
    >
      <button type="submit" hidden>
        {m.form_save()}
      </button>
      <Kept form={form} paths={['slug', 'organisation', 'example']} />
      {props.waits ? <Note color="info">{m.edit_waits_note()}</Note> : null}
      <Basics form={form} {...props} />
      <Offer form={form} {...props} />
      <Conditions form={form} {...props} />
      <Papers form={form} {...props} />
      <Reach form={form} {...props} />
      <About form={form} {...props} />
    </Form>
  )
}

type PartProps = CardFormProps & { form: EditForm }

const named = (names: Text): string => speak(names, currentLocale()).words
const choose = (items: readonly { code: string; names: Text }[]): { value: string; label: string }[] =>
  sortedBy(
    items.map((item) => ({ value: item.code, label: named(item.names) })),
    (item) => item.label,
  )

function Basics({ form, choices, more }: PartProps) {
  const { state } = form
  return (
    <Section id="part-basics" heading={m.edit_part_basics()}>
      <Field
        state={state}
        kind="select"
        name="card.writtenIn"
        label={m.edit_field_written_in()}
        description={m.edit_written_in_hint()}
        options={locales.map((locale) => ({ value: locale, label: ownNames[locale], lang: locale }))}
      />
      <TextField form={form} path="names" label={m.edit_field_names()} />
      <Rows
        form={form}
        list="alternateNames"
        more={more}
        hint={m.edit_alternate_hint()}
        row={(at) => (
          <TextField
            form={form}
            path={`alternateNames.${at}`}
            label={m.edit_row_alternate({ number: String(at + 1) })}
            optional
          />
        )}
      />
      <TextField
        form={form}
        path="summary"
        label={m.edit_field_summary()}
        description={m.edit_summary_hint()}
        lines={3}
      />
      <Field state={state} kind="select" name="card.kind" label={m.directory_kind()} options={choose(choices.kinds)} />
    </Section>
  )
}

function Offer({ form, more }: PartProps) {
  const { state } = form
  return (
    <Section id="part-offer" heading={m.edit_part_offer()}>
      <Rows
        form={form}
        list="activities"
        more={more}
        hint={m.edit_activities_hint()}
        row={(at) => (
          <TextField
            form={form}
            path={`activities.${at}`}
            label={m.edit_row_activity({ number: String(at + 1) })}
            optional={at > 0}
            lines={2}
          />
        )}
      />
      <Field
        state={state}
        kind="checkboxes"
        name="card.forms[]"
        label={m.directory_form()}
        options={ServiceForm.options.map((value): Option => ({ value, label: formWords(value) }))}
      />
      <Field
        state={state}
        kind="radios"
        name="card.term.asNeeded"
        label={m.directory_how_long()}
        options={[
          { value: 'yes', label: m.directory_as_needed() },
          { value: 'no', label: m.edit_term_limited() },
        ]}
      />
      <Field
        state={state}
        kind="number"
        name="card.term.minimumMonths"
        label={m.edit_term_minimum()}
        min={1}
        optional
      />
      <Field
        state={state}
        kind="number"
        name="card.term.maximumMonths"
        label={m.edit_term_maximum()}
        min={1}
        optional
      />
      <Field
        state={state}
        kind="number"
        name="card.term.extendedToMonths"
        label={m.edit_term_extended()}
        description={m.edit_term_extended_hint()}
        min={1}
        optional
      />
    </Section>
  )
}

function Conditions({ form, choices, currency }: PartProps) {
  const { state } = form
  return (
    <Section id="part-conditions" heading={m.edit_part_conditions()}>
      <Chooser
        form={form}
        name="areas"
        options={choices.areas.map((area) => ({ value: area.code, label: named(area.names) }))}
        needed
      />
      <Chooser form={form} name="targetGroups" options={choose(choices.targetGroups)} />
      <Chooser form={form} name="situations" options={choose(choices.situations)} />
      <Field
        state={state}
        kind="number"
        name="card.eligibility.minimumAge"
        label={m.edit_age_minimum()}
        min={0}
        max={120}
        optional
      />
      <Field
        state={state}
        kind="number"
        name="card.eligibility.maximumAge"
        label={m.edit_age_maximum()}
        min={0}
        max={120}
        optional
      />
      <TextField form={form} path="eligibility.description" label={m.directory_eligibility()} optional lines={2} />
      <Field
        state={state}
        kind="radios"
        name="card.cost.kind"
        label={m.directory_cost()}
        options={(['free', 'differentiated', 'full'] as const).map((value) => ({ value, label: costWords(value) }))}
      />
      <Field
        state={state}
        name="card.cost.amount"
        label={m.edit_cost_amount()}
        inputmode="decimal"
        maxlength={12}
        optional
      />
      <Field
        state={state}
        name="card.cost.currency"
        label={m.edit_cost_currency()}
        description={m.edit_cost_currency_hint({ currency })}
        maxlength={3}
        optional
      />
      <TextField form={form} path="cost.description" label={m.edit_cost_description()} optional lines={2} />
    </Section>
  )
}

/** A long list of choices, folded away under what is chosen. */
function Chooser({
  form,
  name,
  options,
  needed = false,
}: {
  form: EditForm
  name: string
  options: readonly { value: string; label: string }[]
  needed?: boolean
}) {
  const field = `${form.root}.${name}`
  const chosen = form.state.typed?.get(`${field}[]`) ?? []
  // what is chosen comes first and in its own order, which the card keeps
  const first = chosen.flatMap((value) => options.find((option) => option.value === value) ?? [])
  const words = first.map((option) => option.label)
  const ordered = [...first, ...options.filter((option) => !chosen.includes(option.value))]
  const trouble =
    form.state.outcome?.is === 'invalid' &&
    form.state.outcome.errors.some((error) => error.path === field || error.path.startsWith(`${field}.`))
  return (
    <details class="ds-details" open={trouble || (needed && chosen.length === 0)}>
      <summary>
        {fieldWords(name)}: {words.length > 0 ? formatList(words) : m.edit_nothing_chosen()}
      </summary>
      <div>
        <Field
          state={form.state}
          kind="checkboxes"
          name={`${field}[]`}
          label={fieldWords(name)}
          optional={!needed}
          options={ordered}
        />
      </div>
    </details>
  )
}

function Papers({ form, choices, more }: PartProps) {
  const { state } = form
  return (
    <Section id="part-papers" heading={m.edit_part_papers()}>
      <Rows
        form={form}
        list="documents"
        more={more}
        row={(at) => (
          <Row label={m.edit_row_document({ number: String(at + 1) })}>
            <TextField form={form} path={`documents.${at}.name`} label={m.edit_document_name()} optional />
            <Field
              state={state}
              kind="select"
              name={`card.documents.${at}.needed`}
              label={m.edit_document_needed()}
              optional
              options={(['at-application', 'before-decision', 'before-start', 'if-available'] as const).map(
                (value) => ({ value, label: neededWords(value) }),
              )}
            />
            <Field
              state={state}
              kind="select"
              name={`card.documents.${at}.from`}
              label={m.edit_document_from()}
              optional
              options={[
                { value: 'person', label: m.edit_document_from_person() },
                { value: 'office', label: m.directory_document_from_office() },
              ]}
            />
            <TextField
              form={form}
              path={`documents.${at}.howToObtain`}
              label={m.edit_document_how()}
              optional
              lines={2}
            />
          </Row>
        )}
      />
      <Rows
        form={form}
        list="refusalGrounds"
        more={more}
        hint={m.edit_refusal_hint()}
        row={(at) => (
          <Row label={m.edit_row_ground({ number: String(at + 1) })}>
            <Kept form={form} paths={[`refusalGrounds.${at}.code`]} />
            <TextField form={form} path={`refusalGrounds.${at}.text`} label={m.edit_ground_text()} optional lines={2} />
            <Field
              state={state}
              kind="select"
              name={`card.refusalGrounds.${at}.holds`}
              label={m.edit_ground_holds()}
              optional
              options={[
                { value: 'entry', label: m.directory_refusal_entry() },
                { value: 'ending', label: m.directory_refusal_ending() },
              ]}
            />
          </Row>
        )}
      />
      <Rows
        form={form}
        list="legalBases"
        more={more}
        row={(at) => (
          <Row label={m.edit_row_law({ number: String(at + 1) })}>
            <Field
              state={state}
              kind="select"
              name={`card.legalBases.${at}.act`}
              label={m.edit_law_act()}
              optional
              options={choices.acts.map((act) => ({
                value: act.id,
                label: [named(act.title), act.number].filter(Boolean).join(', '),
              }))}
            />
            <Field state={state} name={`card.legalBases.${at}.article`} label={m.edit_law_article()} optional />
            <TextField form={form} path={`legalBases.${at}.note`} label={m.edit_note()} optional />
          </Row>
        )}
      />
    </Section>
  )
}

function Reach({ form, choices, more }: PartProps) {
  const { state } = form
  const languages = [...new Set([...spoken, ...(state.typed?.get('card.languages[]') ?? [])])]
  return (
    <Section id="part-reach" heading={m.edit_part_reach()}>
      {choices.locations.length > 0 ? (
        <Field
          state={state}
          kind="checkboxes"
          name="card.locations[]"
          label={m.directory_organisation_places()}
          optional
          options={choices.locations.map((place): Option => ({ value: place.slug, label: named(place.names) }))}
        />
      ) : null}
      <Field
        state={state}
        kind="checkboxes"
        name="card.channels[]"
        label={m.directory_how_to_ask()}
        options={Channel.options.map((value): Option => ({ value, label: channelWords(value) }))}
      />
      <PhoneRows form={form} more={more} />
      <Field state={state} kind="email" name="card.email" label={m.edit_field_email()} optional />
      <Field state={state} kind="url" name="card.website" label={m.directory_website()} optional />
      <ScheduleRows form={form} more={more} />
      <Chooser
        form={form}
        name="languages"
        options={sortedBy(
          languages.map((value) => ({ value, label: spokenLanguage(value) })),
          (item) => item.label,
        )}
      />
      <Chooser
        form={form}
        name="accessibility"
        options={Accessibility.options.map((value) => ({ value, label: accessWords(value) }))}
      />
      <Field
        state={state}
        kind="checkboxes"
        name="card.crisis[]"
        label={m.edit_field_crisis()}
        optional
        options={[{ value: 'yes', label: m.edit_crisis_yes(), description: m.edit_crisis_hint() }]}
      />
    </Section>
  )
}

function About({ form, fresh = false }: PartProps) {
  const { state } = form
  return (
    <Section id="part-about" heading={m.edit_part_about()}>
      <Field
        state={state}
        name="card.source.title"
        label={m.edit_source_title()}
        description={m.edit_source_hint()}
        optional
      />
      <Field state={state} kind="date" name="card.source.date" label={m.edit_source_date()} optional />
      <Field state={state} kind="url" name="card.source.url" label={m.edit_source_url()} optional />
      <TextField form={form} path="editorNote" label={m.edit_field_editor_note()} optional lines={2} />
      {fresh ? null : (
        <Field
          state={state}
          kind="checkboxes"
          name="assured[]"
          label={m.edit_assured()}
          optional
          options={[{ value: 'yes', label: m.edit_assured_yes(), description: m.edit_assured_hint() }]}
        />
      )}
    </Section>
  )
}

import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { type Locale, speak } from '../../../platform/i18n/text.ts'
import { Button, ButtonLink } from '../../../platform/ui/buttons.tsx'
import { Field } from '../../../platform/ui/field.tsx'
import { type Difference, Form, type FormState } from '../../../platform/ui/form.tsx'
import { SummaryList, Tags } from '../../../platform/ui/lists.tsx'
import { Empty } from '../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../platform/ui/page-head.tsx'
import { Words } from '../../../platform/ui/words.tsx'
import type { WordingFlag } from '../rules/wording.ts'
import type { CardChoices, TendedOrganisation } from '../store/edit-organisation.ts'
import { Accessibility, ProviderKind } from '../types.ts'
import { accessWords, providerWords } from './card-words.ts'
import { Kept, PhoneRows, Rows, SaveButtons, ScheduleRows } from './edit-rows.tsx'
import { type EditForm, TextField } from './edit-text-field.tsx'

/** An organisation as those see it who tend it. */
export function OrganisationPage({
  organisation,
  approval,
  mayAppoint,
  mayTend,
}: {
  organisation: TendedOrganisation
  approval: boolean
  mayAppoint: boolean
  mayTend: boolean
}) {
  const base = `/directory/organisations/${organisation.slug}`
  const { profile } = organisation
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead
        back={{ href: '/directory', label: m.edit_desk_title() }}
        title={<Words of={speak(profile.names, currentLocale())} plain />}
        action={
          mayTend ? (
            <ButtonLink href={`${base}/edit`} icon="edit">
              {m.edit_change()}
            </ButtonLink>
          ) : undefined
        }
      />
      <SummaryList
        items={[
          { label: m.edit_field_description(), value: <Words of={speak(profile.description, currentLocale())} /> },
          { label: m.directory_provider_kind(), value: providerWords(profile.kind) },
          { label: m.edit_field_phones(), value: profile.phones.map((phone) => phone.number).join(', ') },
          { label: m.edit_field_email(), value: profile.email },
          { label: m.directory_website(), value: profile.website },
          {
            label: m.edit_nav_cards(),
            value: <a href={`/directory/services?organisation=${organisation.slug}`}>{m.edit_see_cards()}</a>,
          },
          ...(mayTend
            ? [
                {
                  label: m.edit_versions_title(),
                  value: (
                    <a href={`${base}/versions`}>{m.edit_version_number({ version: String(organisation.version) })}</a>
                  ),
                },
              ]
            : []),
        ]}
      />
      <Section id="places" heading={m.directory_organisation_places()}>
        {organisation.locations.length === 0 ? (
          <Empty>{m.edit_no_places()}</Empty>
        ) : (
          <Tags
            label={m.directory_organisation_places()}
            items={organisation.locations.map((one) => ({
              ...(mayTend ? { href: `${base}/locations/${one.location.slug}` } : {}),
              label: <Words of={speak(one.location.names, currentLocale())} plain />,
            }))}
          />
        )}
        {mayTend ? (
          <p>
            <a href={`${base}/locations/new`}>{m.edit_place_add()}</a>
          </p>
        ) : null}
      </Section>
      {mayAppoint ? (
        <Section id="approval" heading={m.edit_approval_title()}>
          <p>{approval ? m.edit_approval_on() : m.edit_approval_off()}</p>
          <form action={`${base}/approval`} method="post">
            <input type="hidden" name="required" value={approval ? 'no' : 'yes'} />
            <Button variant="secondary">{approval ? m.edit_approval_lift() : m.edit_approval_set()}</Button>
          </form>
        </Section>
      ) : null}
    </div>
  )
}

interface FormProps {
  organisation: TendedOrganisation
  state: FormState
  own: Locale
  flags: readonly WordingFlag[]
  areas: CardChoices['areas']
  more: string | undefined
  idempotencyKey: string
  version: number | undefined
  differences: readonly Difference[]
}

/** Who an organisation is and how it is reached. */
export function OrganisationForm(props: FormProps & { isEditor: boolean }) {
  const form: EditForm = { state: props.state, root: 'profile', own: props.own, flags: props.flags }
  const { state } = form
  return (
    <Form
      action={`/directory/organisations/${props.organisation.slug}/edit`}
      state={state}
      idempotencyKey={props.idempotencyKey}
      version={props.version}
      differences={props.differences}
      buttons={<SaveButtons />}
    >
      <button type="submit" hidden>
        {m.form_save()}
      </button>
      <Kept form={form} paths={['slug', 'example', 'source', ...(props.isEditor ? [] : ['kind', 'area'])]} />
      <TextField form={form} path="names" label={m.edit_field_names()} />
      <Rows
        form={form}
        list="alternateNames"
        more={props.more}
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
      <TextField form={form} path="description" label={m.edit_field_description()} lines={4} />
      {props.isEditor ? (
        <>
          <Field
            state={state}
            kind="radios"
            name="profile.kind"
            label={m.directory_provider_kind()}
            options={ProviderKind.options.map((value) => ({ value, label: providerWords(value) }))}
          />
          <Area name="profile.area" state={state} areas={props.areas} />
        </>
      ) : null}
      <PhoneRows form={form} more={props.more} />
      <Field
        state={state}
        kind="email"
        name="profile.email"
        label={m.edit_field_email()}
        description={m.edit_organisation_email_hint()}
        optional
      />
      <Field state={state} kind="url" name="profile.website" label={m.directory_website()} optional />
    </Form>
  )
}

/** A place: address, hours, telephone numbers, access. */
export function LocationForm(props: FormProps & { action: string }) {
  const form: EditForm = { state: props.state, root: 'location', own: props.own, flags: props.flags }
  const { state } = form
  return (
    <Form
      action={props.action}
      state={state}
      idempotencyKey={props.idempotencyKey}
      version={props.version}
      differences={props.differences}
      buttons={<SaveButtons />}
    >
      <button type="submit" hidden>
        {m.form_save()}
      </button>
      <Kept form={form} paths={['slug', 'source', 'address.country']} />
      <TextField form={form} path="names" label={m.edit_field_names()} />
      <Field
        state={state}
        kind="radios"
        name="location.kind"
        label={m.edit_place_kind()}
        options={[
          { value: 'physical', label: m.edit_place_physical() },
          { value: 'postal', label: m.edit_place_postal() },
          { value: 'virtual', label: m.edit_place_virtual() },
        ]}
      />
      <Area name="location.area" state={state} areas={props.areas} />
      <Field state={state} name="location.address.street" label={m.edit_address_street()} optional />
      <Field state={state} name="location.address.postalCode" label={m.edit_address_code()} maxlength={12} optional />
      <Field state={state} name="location.address.city" label={m.edit_address_city()} optional />
      <Field
        state={state}
        name="location.point.latitude"
        label={m.edit_point_latitude()}
        inputmode="decimal"
        maxlength={12}
        optional
      />
      <Field
        state={state}
        name="location.point.longitude"
        label={m.edit_point_longitude()}
        inputmode="decimal"
        maxlength={12}
        optional
      />
      <PhoneRows form={form} more={props.more} />
      <ScheduleRows form={form} more={props.more} />
      <Field
        state={state}
        kind="checkboxes"
        name="location.accessibility[]"
        label={m.directory_accessibility()}
        optional
        options={Accessibility.options.map((value) => ({ value, label: accessWords(value) }))}
      />
    </Form>
  )
}

function Area({ name, state, areas }: { name: string; state: FormState; areas: CardChoices['areas'] }) {
  return (
    <Field
      state={state}
      kind="select"
      name={name}
      label={m.edit_field_area()}
      options={areas.map((area) => ({ value: area.code, label: speak(area.names, currentLocale()).words }))}
    />
  )
}

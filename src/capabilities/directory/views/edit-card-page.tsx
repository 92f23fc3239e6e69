import type { Child } from 'hono/jsx'
import { formatDay } from '../../../platform/i18n/format.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { ButtonLink } from '../../../platform/ui/buttons.tsx'
import { Field } from '../../../platform/ui/field.tsx'
import { Form, type FormState } from '../../../platform/ui/form.tsx'
import { SummaryList } from '../../../platform/ui/lists.tsx'
import { Note } from '../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../platform/ui/page-head.tsx'
import { Words } from '../../../platform/ui/words.tsx'
import type { OpenRemark } from '../store/edit-read.ts'
import type { ServiceDetails } from '../store/read-service.ts'
import { cardSpeech } from './card-words.ts'
import { ConfirmButton, RemarkItem } from './edit-desk.tsx'
import { Due, dayOf } from './edit-list.tsx'
import { statusWords } from './edit-words.ts'

export interface CardPageProps {
  service: ServiceDetails
  now: Date
  remarks: readonly OpenRemark[]
  /** a change that waits for an editor */
  proposal: string | undefined
}

/** A card as those see it who tend it: how it stands, and what can be done with it. */
export function CardPage({ service, now, remarks, proposal }: CardPageProps) {
  const name = cardSpeech(service.card)(service.card.names)
  const base = `/directory/services/${service.slug}`
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead
        back={{ href: '/directory/services', label: m.edit_nav_cards() }}
        title={<Words of={name} plain />}
        action={
          <ButtonLink href={`${base}/edit`} icon="edit">
            {m.edit_change()}
          </ButtonLink>
        }
      />
      {proposal ? (
        <Note color="info">
          <p>
            {m.edit_proposal_waits()} <a href={`/directory/proposals/${proposal}`}>{m.edit_proposal_see()}</a>
          </p>
        </Note>
      ) : null}
      <SummaryList
        items={[
          {
            label: m.edit_status(),
            value: statusWords(service.status),
            change: { href: `${base}/status`, what: m.edit_status() },
          },
          { label: m.edit_column_due(), value: <Due service={service} now={now} /> },
          {
            label: m.edit_confirmed_last(),
            value: service.assuredAt ? formatDay(dayOf(service.assuredAt)) : m.edit_never(),
          },
          {
            label: m.directory_who_helps(),
            value: (
              <a href={`/directory/organisations/${service.organisation.slug}`}>
                <Words of={cardSpeech(service.card)(service.organisation.names)} plain />
              </a>
            ),
          },
          {
            label: m.edit_version(),
            value: <a href={`${base}/versions`}>{m.edit_version_number({ version: String(service.version) })}</a>,
          },
          {
            label: m.edit_public_page(),
            value: <a href={`/services/${service.slug}`}>{`/services/${service.slug}`}</a>,
          },
        ]}
      />
      {service.status === 'defunct' ? null : <ConfirmButton slug={service.slug} name={name.words} />}
      {remarks.length > 0 ? (
        <Section id="card-remarks" heading={m.edit_desk_remarks()}>
          <div class="ln-stack" data-gap="4">
            {remarks.map((remark) => (
              <RemarkItem remark={remark} />
            ))}
          </div>
        </Section>
      ) : null}
    </div>
  )
}

/** Opens, closes for now, or ends a service; says what each of it does. */
export function StatusForm({
  service,
  state,
  idempotencyKey,
}: {
  service: ServiceDetails
  state: FormState
  idempotencyKey: string
}) {
  const name = cardSpeech(service.card)(service.card.names)
  const title = m.edit_status_title()
  const option = (value: 'active' | 'temporarily closed' | 'defunct', description: Child) => ({
    value,
    label: statusWords(value),
    description,
  })
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead
        back={{ href: `/directory/services/${service.slug}`, label: m.edit_back_card() }}
        title={title}
        lead={<Words of={name} plain />}
      />
      <Form
        action={`/directory/services/${service.slug}/status`}
        state={state}
        idempotencyKey={idempotencyKey}
        version={service.version}
      >
        <Field
          state={state}
          kind="radios"
          name="status"
          label={m.edit_status()}
          value={service.status}
          options={[
            option('active', m.edit_status_active_hint()),
            option('temporarily closed', m.edit_status_closed_hint()),
            option('defunct', m.edit_status_defunct_hint()),
          ]}
        />
        <Field
          state={state}
          kind="checkboxes"
          name="confirmed[]"
          label={m.edit_status_confirm()}
          optional
          options={[{ value: 'yes', label: m.edit_status_confirm_yes() }]}
        />
      </Form>
    </div>
  )
}

import { formatDay } from '../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { speak, type Text } from '../../../platform/i18n/text.ts'
import { Button } from '../../../platform/ui/buttons.tsx'
import { Field } from '../../../platform/ui/field.tsx'
import { Form, type FormState } from '../../../platform/ui/form.tsx'
import { Note } from '../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../platform/ui/page-head.tsx'
import { Status } from '../../../platform/ui/status.tsx'
import { Words } from '../../../platform/ui/words.tsx'
import type { CardToConfirm } from '../store/edit-assurance.ts'
import type { ServiceDetails } from '../store/read-service.ts'
import { cardSpeech } from './card-words.ts'
import { dayOf } from './edit-list.tsx'
import { KeyFacts } from './edit-summary.tsx'

export interface ConfirmPageProps {
  token: string
  organisation: Text
  cards: readonly CardToConfirm[]
  expiresAt: Date
  now: Date
  state: FormState
  idempotencyKey: string
}

/** The page behind the link of the letter: all cards of an organisation, one form, no account (DIR-6). */
export function ConfirmPage({ token, organisation, cards, expiresAt, now, state, idempotencyKey }: ConfirmPageProps) {
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead
        title={m.edit_confirm_title()}
        lead={<Words of={speak(organisation, currentLocale())} plain />}
        facts={m.edit_confirm_until({ day: formatDay(dayOf(expiresAt)) })}
      />
      <p>{m.edit_confirm_intro()}</p>
      <Form
        action={`/confirm/${token}`}
        state={state}
        idempotencyKey={idempotencyKey}
        buttons={<Button>{m.edit_confirm_send()}</Button>}
      >
        {cards.map((card) => (
          <Section
            id={`card-${card.slug}`}
            heading={<Words of={cardSpeech(card.card)(card.card.names)} plain />}
            size="sm"
            line
          >
            {card.due <= now ? (
              <p>
                <Status mark="late">{m.edit_due_since({ day: formatDay(dayOf(card.due)) })}</Status>
              </p>
            ) : null}
            <KeyFacts card={card.card} />
            <p>
              <a href={`/services/${card.slug}`}>
                {m.edit_confirm_whole_card()}
                <span class="ds-sr-only">: {cardSpeech(card.card)(card.card.names).words}</span>
              </a>
            </p>
            <Field
              state={state}
              kind="radios"
              name={`cards.${card.slug}.right`}
              label={m.edit_confirm_question()}
              options={[
                { value: 'yes', label: m.edit_still_right() },
                { value: 'no', label: m.edit_confirm_wrong() },
              ]}
            />
            <Field
              state={state}
              kind="textarea"
              name={`cards.${card.slug}.wrong`}
              label={m.edit_confirm_what()}
              rows={3}
              maxlength={2000}
              optional
            />
          </Section>
        ))}
      </Form>
    </div>
  )
}

/** The same link again, or too late: what happened, and what to do. */
export function ConfirmOver({
  organisation,
  reason,
  day,
}: {
  organisation: Text
  reason: 'used' | 'expired'
  day: string
}) {
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead
        title={reason === 'used' ? m.edit_confirm_used_title() : m.edit_confirm_expired_title()}
        lead={<Words of={speak(organisation, currentLocale())} plain />}
      />
      <Note color={reason === 'used' ? 'success' : 'info'}>
        <p>{reason === 'used' ? m.edit_confirm_used_text({ day }) : m.edit_confirm_expired_text({ day })}</p>
      </Note>
      <p>
        <a href="/services">{m.directory_find_all()}</a>
      </p>
    </div>
  )
}

/** What is wrong with this card? No account, nothing about the person. */
export function RemarkForm({
  service,
  state,
  idempotencyKey,
}: {
  service: ServiceDetails
  state: FormState
  idempotencyKey: string
}) {
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead
        back={{ href: `/services/${service.slug}`, label: m.edit_back_service() }}
        title={m.edit_remark_title()}
        lead={<Words of={cardSpeech(service.card)(service.card.names)} plain />}
      />
      <Form
        action={`/services/${service.slug}/remark`}
        state={state}
        idempotencyKey={idempotencyKey}
        submit={m.form_send()}
      >
        <Field
          state={state}
          kind="textarea"
          name="text"
          label={m.edit_remark_label()}
          description={m.edit_remark_hint()}
          rows={5}
          maxlength={2000}
        />
      </Form>
    </div>
  )
}

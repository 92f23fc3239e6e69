import { formatDay, formatNumber, sortedBy } from '../../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak, type Text } from '../../../../platform/i18n/text.ts'
import { Field } from '../../../../platform/ui/field.tsx'
import { Form, type FormState } from '../../../../platform/ui/form.tsx'
import { Note } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { mostPausedDays } from '../../rules/places/pausing.ts'
import type { StoredOffer } from '../../store/places/read-offer.ts'
import type { Paragraph } from '../../types.ts'
import { languageInWords } from '../supply/supply-words.ts'
import { nameOf } from './offer-words.tsx'

interface Typing {
  state: FormState
  idempotencyKey: string
  today: string
}

/** How many places an offer has from a day on. */
export function NumbersPage({
  offer,
  now,
  inScope,
  state,
  idempotencyKey,
  today,
}: Typing & { offer: StoredOffer; now: { approved: number; open: number }; inScope: boolean }) {
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead
        back={{ href: `/places/${offer.slug}`, label: nameOf(offer.names) }}
        title={m.capacity_change_numbers()}
        facts={m.capacity_places_words({ count: now.approved, open: formatNumber(now.open) })}
      />
      {inScope ? <Note heading={m.capacity_scope()}>{m.capacity_needs_adjustment()}</Note> : null}
      <Form
        action={`/places/${offer.slug}/numbers`}
        state={state}
        idempotencyKey={idempotencyKey}
        submit={m.capacity_numbers_submit()}
      >
        <Field state={state} kind="date" name="from" label={m.capacity_numbers_from()} value={today} />
        <Field
          state={state}
          kind="number"
          inputmode="numeric"
          name="approved"
          label={m.capacity_approved()}
          min={0}
          value={now.approved}
        />
        <Field
          state={state}
          kind="number"
          inputmode="numeric"
          name="open"
          label={m.capacity_open()}
          description={m.capacity_open_hint()}
          min={0}
          value={now.open}
        />
        <Field
          state={state}
          kind="date"
          name="until"
          label={m.capacity_pause_field()}
          description={inScope ? m.capacity_pause_hint({ count: mostPausedDays }) : m.capacity_pause_hint_any()}
          optional
        />
        <Field
          state={state}
          name="reason"
          label={m.capacity_reason()}
          description={m.capacity_reason_public()}
          maxlength={500}
        />
      </Form>
    </div>
  )
}

/** How many people work at an offer from a day on. */
export function StaffingPage({
  offer,
  posts,
  state,
  idempotencyKey,
  today,
}: Typing & { offer: StoredOffer; posts: number | undefined }) {
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead
        back={{ href: `/places/${offer.slug}`, label: nameOf(offer.names) }}
        title={m.capacity_posts()}
        lead={m.capacity_posts_lead()}
      />
      <Form
        action={`/places/${offer.slug}/staffing`}
        state={state}
        idempotencyKey={idempotencyKey}
        submit={m.capacity_numbers_submit()}
      >
        <Field state={state} kind="date" name="from" label={m.capacity_numbers_from()} value={today} />
        <Field
          state={state}
          kind="number"
          inputmode="decimal"
          step="0.1"
          min={0}
          name="posts"
          label={m.capacity_posts()}
          value={posts}
        />
      </Form>
    </div>
  )
}

/** What the form of an offer lets one choose from. */
export interface OfferChoices {
  paragraphs: readonly Paragraph[]
  areas: readonly { code: string; names: Text }[]
  groups: readonly { code: string; names: Text; depth: number }[]
  operators: readonly { slug: string; names: Text }[]
}

/** What a form lists; an import may name any other. */
const oftenSpoken = ['ar', 'da', 'de', 'en', 'es', 'fa', 'fr', 'hr', 'it', 'pl', 'ro', 'ru', 'so', 'tr', 'uk'] as const

/** A new offer, or what a known one says of itself. */
export function OfferForm({
  offer,
  choices,
  state,
  idempotencyKey,
  today,
}: Typing & { offer: StoredOffer | undefined; choices: OfferChoices }) {
  const locale = currentLocale()
  const written = offer && speak(offer.names, locale)
  const language = written?.locale ?? locale
  const version = state.outcome?.is === 'conflict' ? (state.outcome.current as StoredOffer).version : offer?.version
  const own = new Set(offer?.targetGroups)
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead
        back={
          offer
            ? { href: `/places/${offer.slug}`, label: nameOf(offer.names) }
            : { href: '/places', label: m.capacity_own_title() }
        }
        title={offer ? m.capacity_edit_offer() : m.capacity_new_offer()}
        facts={offer ? m.capacity_opened_on({ day: formatDay(offer.opened) }) : undefined}
      />
      <Form
        action={offer ? `/places/${offer.slug}/edit` : '/places/new'}
        state={state}
        idempotencyKey={idempotencyKey}
        version={version}
        submit={offer ? m.capacity_edit_submit() : m.capacity_new_submit()}
      >
        <Field
          state={state}
          name={`names.${language}`}
          lang={language}
          label={m.capacity_name()}
          maxlength={200}
          value={written?.words}
        />
        <Field
          state={state}
          kind="textarea"
          name={`description.${language}`}
          lang={language}
          label={m.capacity_description()}
          value={offer?.description?.[language]}
          optional
        />
        {offer ? null : (
          <>
            <Field
              state={state}
              name="slug"
              label={m.capacity_slug()}
              description={m.capacity_slug_hint()}
              maxlength={120}
            />
            <Field
              state={state}
              kind="select"
              name="operator"
              label={m.capacity_operator()}
              options={choices.operators.map(({ slug, names }) => ({ value: slug, label: nameOf(names) }))}
              value={choices.operators.length === 1 ? choices.operators[0]?.slug : undefined}
            />
          </>
        )}
        <Field
          state={state}
          kind="select"
          name="paragraph"
          label={m.capacity_paragraph()}
          options={choices.paragraphs.map(({ code, short, names }) => ({
            value: code,
            label: `${short}: ${nameOf(names)}`,
          }))}
          value={offer?.paragraph.code}
        />
        <Field
          state={state}
          kind="checkboxes"
          name="targetGroups[]"
          label={m.capacity_groups()}
          options={choices.groups.map(({ code, names }) => ({ value: code, label: nameOf(names) }))}
          value={choices.groups.filter(({ code }) => own.has(code)).map(({ code }) => code)}
        />
        <Field
          state={state}
          kind="checkboxes"
          name="languages[]"
          label={m.capacity_languages()}
          options={sortedBy(
            [...new Set([...oftenSpoken, ...(offer?.languages ?? [])])].map((value) => ({
              value,
              label: languageInWords(value),
            })),
            ({ label }) => label,
          )}
          value={offer?.languages}
          optional
        />
        <Field
          state={state}
          kind="select"
          name="area"
          label={m.capacity_area()}
          options={choices.areas.map(({ code, names }) => ({ value: code, label: nameOf(names) }))}
          value={offer?.area}
        />
        <Field
          state={state}
          name="placeName"
          label={m.capacity_where()}
          description={m.capacity_where_hint()}
          maxlength={300}
          value={offer?.placeName}
          optional
        />
        {offer ? null : (
          <Section id="first" heading={m.capacity_first_places()} size="sm">
            <Field state={state} kind="date" name="opened" label={m.capacity_opened()} value={today} />
            <Field
              state={state}
              kind="number"
              inputmode="numeric"
              name="approved"
              label={m.capacity_approved()}
              min={0}
            />
            <Field
              state={state}
              kind="number"
              inputmode="numeric"
              name="open"
              label={m.capacity_open()}
              description={m.capacity_open_hint()}
              min={0}
            />
          </Section>
        )}
      </Form>
    </div>
  )
}

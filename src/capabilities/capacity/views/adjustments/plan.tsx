import type { FieldError } from '../../../../platform/access/outcome.ts'
import { formatDay, formatList } from '../../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { locales, speak, type Text } from '../../../../platform/i18n/text.ts'
import { Button } from '../../../../platform/ui/buttons.tsx'
import { Field } from '../../../../platform/ui/field.tsx'
import { ErrorSummary, Form, type FormState } from '../../../../platform/ui/form.tsx'
import { SummaryList } from '../../../../platform/ui/lists.tsx'
import { Note } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { languageName } from '../../../../platform/ui/words.tsx'
import { type Judged, planErrors } from '../../commands/adjustments/judge.ts'
import { changeWords } from '../../letters/adjustment-words.ts'
import type { StoredAdjustment } from '../../store/adjustments/read-adjustment.ts'
import type { AdjustmentKind } from '../../types/adjustments.ts'
import { RuleWords, SplittingNote, Spoken } from './parts.tsx'

/** Size and day of a plan, as the address of the page carries them. */
export interface Sketch {
  offer: string | undefined
  kind: AdjustmentKind | undefined
  change: number | undefined
  effectOn: string | undefined
}

/** What a sketch would mean: judged by the same rules as the plan itself. */
export interface Preview extends Judged {
  names: Text
  /** names of the bodies that may approve it */
  bodies: readonly Text[]
}

export interface PlanPageProps {
  title: string
  /** address of this page */
  action: string
  back: { href: string; label: string }
  offers: readonly { slug: string; names: Text }[]
  sketch: Sketch
  preview: Preview | undefined
  /** the adjustment that is changed */
  changed: StoredAdjustment | undefined
  today: string
  state: FormState
  idempotencyKey: string
}

/**
 * A plan in two steps on one page, without script: size and day first, with the path that they lead to; then why, and what follows for people and money.
 */
export function PlanPage(props: PlanPageProps) {
  const { preview, changed } = props
  return (
    <div class="ln-stack ln-read" data-gap="10">
      <PageHead
        back={props.back}
        title={props.title}
        lead={changed ? m.capacity_adjust_change_lead() : m.capacity_adjust_plan_lead()}
      />
      <SketchForm {...props} />
      {preview ? <PreviewPart preview={preview} effectOn={props.sketch.effectOn ?? props.today} /> : null}
      {preview && preview.mistakes.length === 0 ? <WordsForm {...props} preview={preview} /> : null}
    </div>
  )
}

/** The first step is a question of its own: it changes nothing, and its address can be kept. */
function SketchForm({ action, offers, sketch, preview, today, changed }: PlanPageProps) {
  const errors = preview ? planErrors(preview.mistakes, preview.places) : missingIn(sketch, changed !== undefined)
  const state: FormState = errors.length > 0 ? { outcome: { is: 'invalid', errors } } : {}
  return (
    <form class="ln-form ln-stack" data-gap="6" action={action} method="get" novalidate>
      {errors.length > 0 ? <ErrorSummary errors={errors} /> : null}
      {changed ? null : (
        <Field
          state={state}
          kind="select"
          name="offer"
          label={m.capacity_adjust_offer()}
          description={m.capacity_adjust_offer_hint()}
          value={sketch.offer}
          options={offers.map(({ slug, names }) => ({ value: slug, label: speak(names, currentLocale()).words }))}
        />
      )}
      <Field
        state={state}
        kind="radios"
        name="kind"
        label={m.capacity_adjust_kind()}
        value={sketch.kind ?? 'change'}
        options={[
          { value: 'change', label: m.capacity_adjust_kind_change() },
          { value: 'closure', label: m.capacity_adjust_kind_closure() },
        ]}
      />
      <Field
        state={state}
        kind="number"
        name="change"
        label={m.capacity_adjust_change_field()}
        description={m.capacity_adjust_change_hint()}
        value={sketch.change}
        optional
      />
      <Field
        state={state}
        kind="date"
        name="effectOn"
        label={m.capacity_adjust_effect_field()}
        min={today}
        value={sketch.effectOn}
      />
      <div class="ln-row">
        <Button variant="secondary">{m.capacity_adjust_preview()}</Button>
      </div>
    </form>
  )
}

/** What a sketch that was sent does not say yet; nothing of a page that was just opened. */
function missingIn({ offer, kind, change, effectOn }: Sketch, offerKnown: boolean): FieldError[] {
  if (kind === undefined) return []
  const missing = [
    ...(offerKnown || offer !== undefined ? [] : ['offer']),
    ...(kind === 'change' && change === undefined ? ['change'] : []),
    ...(effectOn === undefined ? ['effectOn'] : []),
  ]
  return missing.map((path) => ({ path, message: m.form_missing() }))
}

function PreviewPart({ preview, effectOn }: { preview: Preview; effectOn: string }) {
  const names = formatList(
    preview.bodies.map((text) => speak(text, currentLocale()).words),
    'or',
  )
  if (preview.mistakes.length > 0) return null
  return (
    <Section id="preview" heading={m.capacity_adjust_preview_title()} line>
      <p>
        {m.capacity_adjust_title_of({
          offer: speak(preview.names, currentLocale()).words,
          change: changeWords({
            kind: preview.places + preview.change === 0 ? 'closure' : 'change',
            change: preview.change,
          }),
          day: formatDay(effectOn),
        })}
      </p>
      <PathNote preview={preview} names={names} />
      {preview.splitting ? <SplittingNote splitting={preview.splitting} /> : null}
      <SummaryList
        items={[
          { label: m.capacity_adjust_rule(), value: <RuleWords rule={preview.rule} /> },
          {
            label: m.capacity_adjust_affected(),
            value:
              preview.affected.length > 0
                ? formatList(preview.affected.map((one) => speak(one.names, currentLocale()).words))
                : m.capacity_adjust_affected_none(),
          },
        ]}
      />
    </Section>
  )
}

function PathNote({ preview: { path, because }, names }: { preview: Preview; names: string }) {
  const heading =
    path === undefined
      ? m.capacity_adjust_preview_unknown()
      : path.path === 'approval'
        ? m.capacity_adjust_preview_approval({ bodies: names })
        : m.capacity_adjust_preview_none()
  return (
    <Note
      color={path?.path === 'none' ? 'success' : 'info'}
      mark={path?.path === 'none' ? 'done' : 'ask'}
      heading={heading}
    >
      {because ? (
        <p>
          <Spoken of={because} />
        </p>
      ) : null}
      {path?.hearingDays ? <p>{m.capacity_adjust_preview_hearing({ count: path.hearingDays })}</p> : null}
      <p>{m.capacity_adjust_preview_contact()}</p>
    </Note>
  )
}

function WordsForm({ action, sketch, changed, state, idempotencyKey }: PlanPageProps & { preview: Preview }) {
  const language = changed ? speak(changed.reason, currentLocale()).locale : currentLocale()
  const known = (text: Text | undefined) => text && speak(text, language).words
  return (
    <Section id="words" heading={m.capacity_adjust_words_title()} line>
      <Form
        action={action}
        state={state}
        idempotencyKey={idempotencyKey}
        version={changed?.version}
        submit={changed ? m.capacity_adjust_change_save() : m.capacity_adjust_plan_save()}
      >
        {changed ? null : <input type="hidden" name="offer" value={sketch.offer} />}
        <input type="hidden" name="kind" value={sketch.kind} />
        {sketch.change === undefined ? null : <input type="hidden" name="change" value={String(sketch.change)} />}
        <input type="hidden" name="effectOn" value={sketch.effectOn} />
        <Text4
          state={state}
          name="reason"
          label={m.capacity_adjust_reason()}
          description={m.capacity_reason_public()}
          value={known(changed?.reason)}
        />
        <Text4
          state={state}
          name="peopleEffect"
          label={m.capacity_adjust_people_effect()}
          description={m.capacity_adjust_people_hint()}
          value={known(changed?.peopleEffect)}
        />
        <Text4
          state={state}
          name="tariffEffect"
          label={m.capacity_adjust_tariff_effect()}
          value={known(changed?.tariffEffect)}
        />
        <Text4
          state={state}
          name="alternatives"
          label={m.capacity_adjust_alternatives()}
          description={m.capacity_adjust_alternatives_hint()}
          value={known(changed?.alternatives)}
        />
        <Field
          state={state}
          kind="select"
          name="language"
          label={m.capacity_adjust_language()}
          value={language}
          options={locales.map((locale) => ({ value: locale, label: languageName(locale) }))}
        />
      </Form>
    </Section>
  )
}

function Text4(props: {
  state: FormState
  name: string
  label: string
  description?: string
  value: string | undefined
}) {
  return <Field {...props} kind="textarea" rows={3} maxlength={4000} />
}

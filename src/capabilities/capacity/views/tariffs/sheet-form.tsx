import { m } from '../../../../platform/i18n/speech.ts'
import { Button } from '../../../../platform/ui/buttons.tsx'
import { Field } from '../../../../platform/ui/field.tsx'
import { Form, type FormState } from '../../../../platform/ui/form.tsx'
import { Note } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import type { StoredOffer } from '../../store/places/read-offer.ts'
import type { Sheet } from '../../store/tariffs/read-sheets.ts'
import type { Line, Part, TariffRule } from '../../types/tariffs.ts'
import { Calculation, Items, Supplements } from './calculation.tsx'
import { Consents, type ConsentsProps } from './consents.tsx'
import { nameOf, partWords, perWords, tariffWords } from './tariff-words.tsx'

export interface SheetFormProps {
  offer: StoredOffer
  year: number
  rule: TariffRule
  draft: Sheet | undefined
  published: Sheet | undefined
  /** the sheet of the year before: its figures are a beginning, so that nobody types them again */
  before: Sheet | undefined
  /** what earlier years carry into this one */
  due: string | undefined
  days: number
  state: FormState
  publishing: FormState
  consents: ConsentsProps
  idempotencyKey: string
}

/** How many rows stand open for each part. */
const rows: Partial<Record<Part, number>> = { direct: 3, indirect: 2, capital: 2 }
const daysParts: readonly Part[] = ['direct', 'indirect', 'capital', 'carried', 'places', 'days', 'occupancy']

/** A tariff sheet to be written: the draft as it stands, and the form below it (CAP-5). */
export function SheetForm(props: SheetFormProps) {
  const { offer, year, rule, draft, published, state, idempotencyKey } = props
  const begin = draft ?? published ?? props.before
  const lines = linesToFill(props, begin)
  const own = `/tariffs/desk/${offer.slug}/${year}`
  return (
    <div class="ln-stack" data-gap="10">
      <PageHead
        back={{ href: '/tariffs/desk', label: m.capacity_tariff_desk() }}
        title={m.capacity_tariff_of({ offer: nameOf(offer.names), year: String(year) })}
        lead={published ? m.capacity_tariff_holds({ tariff: tariffWords(published) }) : m.capacity_tariff_holds_none()}
        facts={[offer.paragraph.short, nameOf(offer.operator.names)].join(' · ')}
      />
      {draft ? <Draft draft={draft} own={own} state={props.publishing} idempotencyKey={`${idempotencyKey}-p`} /> : null}
      <Section id="figures" heading={draft ? m.capacity_tariff_change_draft() : m.capacity_tariff_write()}>
        {!draft && !published && props.before ? (
          <Note>
            <p>{m.capacity_tariff_from_before({ year: String(props.before.year) })}</p>
          </Note>
        ) : null}
        <p>{m.capacity_tariff_form_hint()}</p>
        <Form
          action={own}
          state={state}
          idempotencyKey={idempotencyKey}
          version={draft?.version}
          submit={m.capacity_tariff_save_draft()}
        >
          {lines.map((line, at) => (
            <LineFields line={line} at={at} state={state} />
          ))}
          {rule.scheme === 'points' ? <ItemFields items={begin?.items ?? []} state={state} /> : null}
          {rule.scheme === 'days' ? <SupplementFields supplements={begin?.supplements ?? []} state={state} /> : null}
          {rule.scheme === 'days' ? (
            <Field
              state={state}
              name="tariff"
              label={m.capacity_tariff_stated()}
              description={m.capacity_tariff_stated_hint()}
              inputmode="decimal"
              maxlength={16}
              optional
            />
          ) : null}
          {published ? (
            <Field
              state={state}
              kind="textarea"
              name="reason"
              label={m.capacity_tariff_reason()}
              maxlength={1000}
              value={draft?.reason}
            />
          ) : null}
        </Form>
      </Section>
      {rule.scheme === 'days' ? <Consents {...props.consents} /> : null}
    </div>
  )
}

type Begun = Partial<Line> & { part: Part }

/** The rows of the form: what stands, and empty ones. Counting the days, and what is carried, is no work of people. */
function linesToFill({ year, draft, due, days, rule }: SheetFormProps, begin: Sheet | undefined): Begun[] {
  const parts: readonly Part[] = rule.scheme === 'points' ? ['point-value'] : daysParts
  const fresh = begin !== undefined && begin.year !== year
  return parts.flatMap((part): Begun[] => {
    const there: Begun[] = (begin?.lines ?? []).filter((line) => line.part === part && !(fresh && part === 'carried'))
    if (!draft && part === 'carried' && due !== undefined && Number(due) !== 0)
      return [
        {
          part,
          label: partWords(part),
          amount: due,
          source: m.capacity_tariff_due_source({ year: String(year - rule.carriedAfter) }),
        },
      ]
    if (fresh && part === 'days')
      return there.map((line) => ({
        ...line,
        amount: String(Math.min(days, Number(line.amount) >= 365 ? days : Number(line.amount))),
      }))
    const open = Math.max(0, (rows[part] ?? 1) - there.length)
    const empty = Array.from(
      { length: open },
      (): Begun => (part === 'days' ? { part, amount: String(days), source: m.capacity_tariff_calendar() } : { part }),
    )
    return [...there, ...empty]
  })
}

function LineFields({ line, at, state }: { line: Begun; at: number; state: FormState }) {
  const name = (field: string) => `lines.${at}.${field}`
  return (
    <fieldset class="ds-fieldset">
      <legend class="ds-label">{partWords(line.part)}</legend>
      <input type="hidden" name={name('part')} value={line.part} />
      <Field
        state={state}
        name={name('label')}
        label={m.capacity_tariff_label()}
        value={line.label ?? partWords(line.part)}
        maxlength={200}
      />
      <Field
        state={state}
        name={name('amount')}
        label={m.capacity_tariff_amount()}
        value={line.amount}
        inputmode="decimal"
        maxlength={16}
      />
      <Field
        state={state}
        name={name('source')}
        label={m.capacity_tariff_source()}
        value={line.source}
        maxlength={500}
      />
      <Field
        state={state}
        kind="date"
        name={name('sourceDate')}
        label={m.capacity_tariff_source_date()}
        value={line.sourceDate}
        optional
      />
      <Field
        state={state}
        kind="url"
        name={name('sourceUrl')}
        label={m.capacity_tariff_source_url()}
        value={line.sourceUrl}
        maxlength={500}
        optional
      />
    </fieldset>
  )
}

function SupplementFields({ supplements, state }: { supplements: Sheet['supplements']; state: FormState }) {
  const open = [...supplements, undefined]
  return (
    <>
      {open.map((supplement, at) => {
        const name = (field: string) => `supplements.${at}.${field}`
        return (
          <fieldset class="ds-fieldset">
            <legend class="ds-label">{m.capacity_tariff_supplement()}</legend>
            <Field
              state={state}
              name={name('name')}
              label={m.capacity_tariff_label()}
              value={supplement?.name}
              maxlength={200}
              optional
            />
            <Field
              state={state}
              name={name('amount')}
              label={m.capacity_tariff_amount()}
              value={supplement?.amount}
              inputmode="decimal"
              maxlength={16}
              optional
            />
            <Field
              state={state}
              kind="select"
              name={name('per')}
              label={m.capacity_tariff_per()}
              value={supplement?.per ?? 'day'}
              options={(['day', 'month', 'once'] as const).map((per) => ({ value: per, label: perWords(per) }))}
            />
            <Field
              state={state}
              kind="textarea"
              name={name('reason')}
              label={m.capacity_tariff_why()}
              value={supplement?.reason}
              rows={2}
              maxlength={1000}
              optional
            />
          </fieldset>
        )
      })}
    </>
  )
}

function ItemFields({ items, state }: { items: Sheet['items']; state: FormState }) {
  const open = [...items, undefined, undefined, undefined]
  return (
    <>
      {open.map((item, at) => (
        <fieldset class="ds-fieldset">
          <legend class="ds-label">{m.capacity_tariff_item()}</legend>
          <Field
            state={state}
            name={`items.${at}.name`}
            label={m.capacity_tariff_label()}
            value={item?.name}
            maxlength={200}
            optional
          />
          <Field
            state={state}
            name={`items.${at}.points`}
            label={m.capacity_tariff_points()}
            value={item?.points}
            inputmode="decimal"
            maxlength={10}
            optional
          />
        </fieldset>
      ))}
    </>
  )
}

/** The draft as it would be published. */
function Draft({
  draft,
  own,
  state,
  idempotencyKey,
}: {
  draft: Sheet
  own: string
  state: FormState
  idempotencyKey: string
}) {
  return (
    <Section id="draft" heading={m.capacity_tariff_draft_makes({ tariff: tariffWords(draft) })}>
      <Calculation sheet={draft} />
      <Items sheet={draft} />
      {draft.supplements.length > 0 ? <Supplements sheet={draft} /> : null}
      <Form
        action={`${own}/publish`}
        state={state}
        idempotencyKey={idempotencyKey}
        version={draft.version}
        buttons={
          <>
            <Button>{m.capacity_tariff_publish()}</Button>
            <Button variant="secondary" formaction={`${own}/drop`}>
              {m.capacity_tariff_drop()}
            </Button>
          </>
        }
      >
        <p>{m.capacity_tariff_publish_hint()}</p>
      </Form>
    </Section>
  )
}

import type { Child } from 'hono/jsx'
import { formatWeekday } from '../../../platform/i18n/format.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { Button } from '../../../platform/ui/buttons.tsx'
import { Field, type Option } from '../../../platform/ui/field.tsx'
import { weekdayNumber } from './card-words.ts'
import { type EditForm, TextField } from './edit-text-field.tsx'
import { fieldWords } from './edit-words.ts'

/** Name of the button that asks for more rows; its value is the list. Everything typed is kept. */
export const moreField = 'more'

/** Name of the button that shows the thing as it would be read, without saving it. */
export const previewField = 'preview'

/** How many rows a list shows: those that are filled, and some to fill. */
export function rowCount(form: EditForm, list: string, more: string | undefined): number {
  const start = `${form.root}.${list}.`
  let filled = 0
  for (const name of form.state.typed?.keys() ?? []) {
    if (!name.startsWith(start)) continue
    const at = Number(name.slice(start.length).split('.')[0])
    if (Number.isInteger(at)) filled = Math.max(filled, at + 1)
  }
  return Math.min(filled + (more === list ? 5 : filled === 0 ? 1 : 2), 200)
}

interface RowsProps {
  form: EditForm
  list: string
  /** the list whose button was pressed */
  more: string | undefined
  heading?: string
  hint?: string
  row: (at: number) => Child
}

/** A list of which people may fill any number of rows; an empty row is no row. */
export function Rows({ form, list, more, heading = fieldWords(list), hint, row }: RowsProps) {
  const count = rowCount(form, list, more)
  return (
    <fieldset class="ds-fieldset" id={`rows-${list}`}>
      <legend class="ds-label">{heading}</legend>
      {hint ? <div data-field="description">{hint}</div> : null}
      <div class="ln-stack" data-gap="4">
        {Array.from({ length: count }, (_, at) => row(at))}
        <p>
          <button
            class="ds-button"
            data-variant="tertiary"
            type="submit"
            name={moreField}
            value={list}
            formaction={`#rows-${list}`}
          >
            {m.edit_more_rows()}
            <span class="ds-sr-only">: {heading}</span>
          </button>
        </p>
      </div>
    </fieldset>
  )
}

/** Several fields that belong together, as one row of a list. */
export function Row({ label, children }: { label: string; children: Child }) {
  return (
    <fieldset class="ds-fieldset ln-note" data-color="neutral">
      <legend class="ds-label">{label}</legend>
      <div class="ln-stack" data-gap="3">
        {children}
      </div>
    </fieldset>
  )
}

const days = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const

/** Opening hours: days, from, to, a remark. */
export function ScheduleRows({ form, more }: { form: EditForm; more: string | undefined }) {
  const name = (at: number, part: string) => `${form.root}.schedule.${at}.${part}`
  return (
    <Rows
      form={form}
      list="schedule"
      more={more}
      hint={m.edit_schedule_hint()}
      row={(at) => (
        <Row label={m.edit_row_hours({ number: String(at + 1) })}>
          <Field
            state={form.state}
            kind="checkboxes"
            name={`${name(at, 'days')}[]`}
            label={m.edit_days()}
            optional
            options={days.map((day): Option => ({ value: day, label: formatWeekday(weekdayNumber(day)) }))}
          />
          <Field state={form.state} name={name(at, 'opens')} label={m.edit_opens()} maxlength={5} optional />
          <Field state={form.state} name={name(at, 'closes')} label={m.edit_closes()} maxlength={5} optional />
          <TextField form={form} path={`schedule.${at}.note`} label={m.edit_note()} optional />
        </Row>
      )}
    />
  )
}

/** Telephone numbers: number, what it is for. */
export function PhoneRows({ form, more }: { form: EditForm; more: string | undefined }) {
  return (
    <Rows
      form={form}
      list="phones"
      more={more}
      row={(at) => (
        <Row label={m.edit_row_phone({ number: String(at + 1) })}>
          <Kept form={form} paths={[`phones.${at}.source`, `phones.${at}.sourced`]} />
          <Field
            state={form.state}
            kind="tel"
            name={`${form.root}.phones.${at}.number`}
            label={m.edit_phone_number()}
            maxlength={40}
            optional
          />
          <TextField form={form} path={`phones.${at}.label`} label={m.edit_phone_label()} optional />
        </Row>
      )}
    />
  )
}

/** What travels through a form unseen: fields that it does not offer and must not lose. */
export function Kept({ form, paths }: { form: EditForm; paths: readonly string[] }) {
  const kept = [...(form.state.typed ?? [])].filter(([name]) =>
    paths.some((path) => name === `${form.root}.${path}` || name.startsWith(`${form.root}.${path}.`)),
  )
  return <>{kept.map(([name, values]) => values.map((value) => <input type="hidden" name={name} value={value} />))}</>
}

/** Buttons of an editing form: the first, unseen one is what Enter presses. */
export function SaveButtons({ preview = false }: { preview?: boolean }) {
  return (
    <>
      <Button>{m.form_save()}</Button>
      {preview ? (
        <button
          class="ds-button"
          data-variant="secondary"
          type="submit"
          name={previewField}
          value="yes"
          formaction="#preview"
        >
          {m.edit_preview()}
        </button>
      ) : null}
    </>
  )
}

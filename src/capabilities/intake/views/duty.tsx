import { formatList, formatMoment } from '../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { speak } from '../../../platform/i18n/text.ts'
import { Button } from '../../../platform/ui/buttons.tsx'
import { Field } from '../../../platform/ui/field.tsx'
import { Form, type FormState } from '../../../platform/ui/form.tsx'
import { dial } from '../../../platform/ui/header.tsx'
import { Empty, Note } from '../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../platform/ui/page-head.tsx'
import { DataTable } from '../../../platform/ui/table.tsx'
import { Words } from '../../../platform/ui/words.tsx'
import type { Colleague, Turn } from '../store/duty.ts'
import type { Office } from '../store/procedure.ts'

export interface DutyOffice {
  office: Office
  turns: readonly Turn[]
  /** may the reader change this list; then, who can be put on it */
  colleagues: readonly Colleague[] | undefined
}

export interface DutyPageProps {
  offices: readonly DutyOffice[]
  now: Date
  timeZone: string
  state: FormState
  /** keys of the forms: one for adding, one for each turn by its id */
  keyOf: (form: string) => string
}

/** The duty lists of the reader's offices: who is called about an emergency, and when (INT-3). */
export function DutyPage({ offices, now, timeZone, state, keyOf }: DutyPageProps) {
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead title={m.intake_duty_title()} facts={m.intake_duty_lead()} />
      {offices.map(({ office, turns, colleagues }) => (
        <Section id={`duty-${office.slug}`} heading={<Words of={speak(office.names, currentLocale())} plain />}>
          <Now turns={turns} now={now} />
          <Turns turns={turns} timeZone={timeZone} removable={colleagues !== undefined} keyOf={keyOf} />
          {colleagues ? (
            <AddTurn office={office} colleagues={colleagues} state={state} idempotencyKey={keyOf(office.id)} />
          ) : null}
        </Section>
      ))}
    </div>
  )
}

function Now({ turns, now }: { turns: readonly Turn[]; now: Date }) {
  const names = turns.filter(({ from, until }) => from <= now && now < until).map(({ name }) => name)
  if (names.length > 0) return <p>{m.intake_duty_now({ names: formatList(names) })}</p>
  return <Note color="warning">{m.intake_duty_gap()}</Note>
}

function Turns({
  turns,
  timeZone,
  removable,
  keyOf,
}: {
  turns: readonly Turn[]
  timeZone: string
  removable: boolean
  keyOf: (form: string) => string
}) {
  if (turns.length === 0) return <Empty>{m.intake_duty_nobody()}</Empty>
  return (
    <DataTable
      caption={m.intake_duty_title()}
      captionHeard
      rows={turns}
      columns={[
        { id: 'who', label: m.intake_duty_who(), head: true, cell: (turn) => turn.name },
        { id: 'from', label: m.intake_duty_from(), cell: (turn) => formatMoment(turn.from, timeZone) },
        { id: 'until', label: m.intake_duty_until(), cell: (turn) => formatMoment(turn.until, timeZone) },
        ...(turns.some(({ phone }) => phone)
          ? [
              {
                id: 'phone',
                label: m.intake_duty_phone(),
                cell: ({ phone }: Turn) => (phone ? <a href={dial(phone)}>{phone}</a> : undefined),
              },
            ]
          : []),
        ...(removable
          ? [
              {
                id: 'remove',
                label: m.intake_duty_remove(),
                cell: (turn: Turn) => (
                  <form method="post" action={`/duty/${turn.id}/remove`}>
                    <input type="hidden" name="_key" value={keyOf(turn.id)} />
                    <Button variant="tertiary">
                      {m.intake_duty_remove()}
                      <span class="ds-sr-only">: {turn.name}</span>
                    </Button>
                  </form>
                ),
              },
            ]
          : []),
      ]}
    />
  )
}

function AddTurn({
  office,
  colleagues,
  state,
  idempotencyKey,
}: {
  office: Office
  colleagues: readonly Colleague[]
  state: FormState
  idempotencyKey: string
}) {
  return (
    <details open={state.outcome !== undefined}>
      <summary>{m.intake_duty_add()}</summary>
      <Form action="/duty/add" state={state} idempotencyKey={idempotencyKey} submit={m.intake_duty_add()}>
        <input type="hidden" name="organisation" value={office.id} />
        <Field
          kind="select"
          name="account"
          label={m.intake_duty_colleague()}
          state={state}
          options={colleagues.map(({ account, name }) => ({ value: account, label: name }))}
        />
        <div class="ln-row">
          <Field kind="date" name="day" label={m.intake_duty_day()} state={state} />
          <Field kind="time" name="time" label={m.intake_duty_time()} state={state} />
        </div>
        <div class="ln-row">
          <Field kind="date" name="lastDay" label={m.intake_duty_last_day()} state={state} />
          <Field kind="time" name="lastTime" label={m.intake_duty_last_time()} state={state} />
        </div>
        <Field kind="tel" name="phone" label={m.intake_duty_phone()} state={state} optional maxlength={40} />
      </Form>
    </details>
  )
}

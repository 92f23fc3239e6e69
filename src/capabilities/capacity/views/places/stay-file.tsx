import { m } from '../../../../platform/i18n/speech.ts'
import { Field } from '../../../../platform/ui/field.tsx'
import { Form, type FormState } from '../../../../platform/ui/form.tsx'
import { Note } from '../../../../platform/ui/notices.tsx'
import { PageHead } from '../../../../platform/ui/page-head.tsx'
import { Status, type StatusMark } from '../../../../platform/ui/status.tsx'
import { DataTable } from '../../../../platform/ui/table.tsx'
import { Upload } from '../../../../platform/ui/upload.tsx'
import { type FileLineOutcome, type FileReport, stayFileLimit } from '../../commands/places/report-stay-file.ts'
import type { LineOutcome } from '../../commands/places/settle-stays.ts'
import { columnWords, stayColumns } from '../../exchange/stay-columns.ts'

/** Stays by file: first a trial, then stored; every line has its answer (CAP-9). */
export function StayFilePage({
  state,
  idempotencyKey,
  report,
}: {
  state: FormState
  idempotencyKey: string
  report?: FileReport | undefined
}) {
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead
        back={{ href: '/places', label: m.capacity_own_title() }}
        title={m.capacity_file_title()}
        lead={m.capacity_file_lead()}
      />
      {report ? <ReportTable report={report} /> : null}
      <div class="ln-read ln-stack" data-gap="6">
        <Note heading={m.capacity_file_columns()}>
          <p>{stayColumns.map((column) => columnWords(column)).join(' · ')}</p>
          <p>
            <a class="ln-link" href="/places/file/template.csv">
              {m.capacity_file_template()}
            </a>
          </p>
        </Note>
        <Form
          action="/places/file"
          state={state}
          idempotencyKey={idempotencyKey}
          submit={m.capacity_file_submit()}
          files
        >
          <Field
            state={state}
            kind="radios"
            name="act"
            label={m.capacity_file_act()}
            options={[
              { value: 'try', label: m.capacity_file_try(), description: m.capacity_file_try_hint() },
              { value: 'store', label: m.capacity_file_store(), description: m.capacity_file_store_hint() },
            ]}
            value="try"
          />
          <Upload
            state={state}
            name="uploads[]"
            label={m.capacity_file_field()}
            description={m.capacity_file_kinds()}
            accepts=".xlsx,.csv"
            limit={stayFileLimit}
            most={1}
          />
        </Form>
      </div>
    </div>
  )
}

const marks: Readonly<Record<LineOutcome, StatusMark>> = {
  added: 'done',
  changed: 'done',
  unchanged: 'dot',
  rejected: 'stop',
}
const outcomes: Readonly<Record<LineOutcome, () => string>> = {
  added: m.capacity_line_added,
  changed: m.capacity_line_changed,
  unchanged: m.capacity_line_unchanged,
  rejected: m.capacity_line_rejected,
}

/** So many lines are shown; lines with mistakes come first. */
const shown = 500

function ReportTable({ report }: { report: FileReport }) {
  const { counts } = report
  const first = report.lines.toSorted(
    (a, b) => Number(b.errors.length > 0) - Number(a.errors.length > 0) || a.line - b.line,
  )
  return (
    <section class="ln-stack" data-gap="3" aria-labelledby="report">
      <h2 class="ds-heading" data-size="md" id="report">
        {report.applied
          ? m.capacity_file_applied()
          : counts.rejected > 0
            ? m.capacity_file_refused({ count: counts.rejected })
            : m.capacity_file_tried()}
      </h2>
      <p>
        {m.capacity_file_counts({
          added: counts.added,
          changed: counts.changed,
          unchanged: counts.unchanged,
          rejected: counts.rejected,
        })}
      </p>
      <DataTable
        caption={m.capacity_file_lines()}
        rows={first.slice(0, shown)}
        columns={[
          { id: 'line', label: m.capacity_line(), head: true, cell: ({ line }) => String(line) },
          {
            id: 'outcome',
            label: m.capacity_line_outcome(),
            cell: ({ outcome }) => <Status mark={marks[outcome]}>{outcomes[outcome]()}</Status>,
          },
          { id: 'offer', label: columnWords('offer'), cell: ({ offer }) => offer ?? '–' },
          { id: 'person', label: columnWords('person'), cell: ({ person }) => person ?? '–' },
          { id: 'why', label: m.capacity_line_why(), span: true, cell: (line) => <Why line={line} /> },
        ]}
      />
    </section>
  )
}

function Why({ line }: { line: FileLineOutcome }) {
  if (line.errors.length === 0) return <>{line.place ? m.capacity_line_place({ place: line.place }) : '–'}</>
  return (
    <>
      {line.errors.map(({ path, message }) => (
        <span class="ln-block">{path === '' ? message : `${fieldWords(path)}: ${message}`}</span>
      ))}
    </>
  )
}

function fieldWords(path: string): string {
  const column = stayColumns.find((one) => one === path)
  return column ? columnWords(column) : path
}

import { formatDay, formatList, formatNumber } from '../../../../platform/i18n/format.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { Button, ButtonLink } from '../../../../platform/ui/buttons.tsx'
import { Field } from '../../../../platform/ui/field.tsx'
import { Form, type FormState } from '../../../../platform/ui/form.tsx'
import { TaskList } from '../../../../platform/ui/lists.tsx'
import { Empty, Note } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { Status } from '../../../../platform/ui/status.tsx'
import { DataTable } from '../../../../platform/ui/table.tsx'
import { Upload } from '../../../../platform/ui/upload.tsx'
import type { SummedLine } from '../../rules/tariffs/sum-up.ts'
import type { Collection, CollectionPart, PartState, Reminder } from '../../store/tariffs/collections.ts'
import type { Deviation } from '../../types/collection.ts'
import { money, nameOf, perCent } from './tariff-words.tsx'

/** Bytes of a workbook, at most. */
export const workbookLimit = 2_000_000

/** All yearly collections of a region; its secretariat opens the next one (CAP-10). */
export function CollectionsPage(props: {
  region: string | undefined
  collections: readonly Collection[]
  /** undefined for who may not open one */
  opening: { state: FormState; idempotencyKey: string; year: number; pack: string } | undefined
}) {
  const { collections, opening } = props
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead
        back={{ href: '/tariffs', label: m.capacity_tariff_title() }}
        title={m.capacity_tariff_collections()}
        lead={m.capacity_tariff_collections_lead()}
        facts={props.region}
      />
      {collections.length === 0 ? (
        <Empty>{m.capacity_tariff_collections_none()}</Empty>
      ) : (
        <TaskList
          items={collections.map(({ id, year, due, state }) => ({
            href: `/tariffs/collections/${id}`,
            label: m.capacity_tariff_collection_of({ year: String(year) }),
            note: m.capacity_tariff_collection_due({ day: formatDay(due) }),
            status: <StateOf state={state} />,
          }))}
        />
      )}
      {opening ? (
        <Section id="open" heading={m.capacity_tariff_collection_open()}>
          <Form
            action="/tariffs/collections"
            state={opening.state}
            idempotencyKey={opening.idempotencyKey}
            submit={m.capacity_tariff_collection_open()}
          >
            <Field
              state={opening.state}
              kind="number"
              name="year"
              label={m.capacity_tariff_year()}
              value={opening.year}
            />
            <Field state={opening.state} kind="date" name="due" label={m.capacity_tariff_collection_until()} />
          </Form>
        </Section>
      ) : null}
    </div>
  )
}

const StateOf = ({ state }: { state: Collection['state'] }) =>
  state === 'open' ? (
    <Status mark="wait">{m.capacity_tariff_collection_is_open()}</Status>
  ) : (
    <Status mark="done">{m.capacity_tariff_collection_is_closed()}</Status>
  )

export interface CollectionPageProps {
  collection: Collection
  parts: readonly PartState[]
  /** the days on which whoever is missing is reminded */
  reminders: readonly string[]
  currency: string
  byParagraph: readonly SummedLine[]
  byOrganisation: readonly SummedLine[]
  paragraph: (code: string) => string
  /** what the secretariat that collects may do */
  collecting:
    | {
        reminding: FormState
        closing: FormState
        idempotencyKey: string
        /** where the secretariat writes down how somebody is reached */
        addresses: string
      }
    | undefined
}

/** One collection: who has answered, and the one report that all workbooks make (CAP-10). */
export function CollectionPage(props: CollectionPageProps) {
  const { collection, parts, collecting } = props
  const own = `/tariffs/collections/${collection.id}`
  const answered = parts.filter(({ answeredAt }) => answeredAt !== undefined).length
  const names = new Map(parts.map(({ organisation }) => [organisation.slug, nameOf(organisation.names)]))
  return (
    <div class="ln-stack" data-gap="10">
      <PageHead
        back={{ href: '/tariffs/collections', label: m.capacity_tariff_collections() }}
        title={m.capacity_tariff_collection_of({ year: String(collection.year) })}
        lead={m.capacity_tariff_answered({ answered: formatNumber(answered), all: formatNumber(parts.length) })}
        facts={m.capacity_tariff_collection_due({ day: formatDay(collection.due) })}
      >
        {collection.state === 'open' && props.reminders.length > 0 ? (
          <p>{m.capacity_tariff_remind_days({ days: formatList(props.reminders.map((day) => formatDay(day))) })}</p>
        ) : null}
        <StateOf state={collection.state} />
      </PageHead>
      <Section id="parts" heading={m.capacity_tariff_who()}>
        <DataTable
          caption={m.capacity_tariff_who()}
          rows={parts}
          columns={[
            {
              id: 'organisation',
              label: m.capacity_tariff_organisation(),
              head: true,
              cell: (part) =>
                collecting ? (
                  <a class="ln-link" href={`/tariffs/workbooks/${part.id}`}>
                    {nameOf(part.organisation.names)}
                  </a>
                ) : (
                  nameOf(part.organisation.names)
                ),
            },
            { id: 'state', label: m.capacity_tariff_state(), cell: (part) => <PartStatus part={part} /> },
            {
              id: 'offers',
              label: m.capacity_tariff_offers(),
              figures: true,
              cell: ({ offers }) => formatNumber(offers),
            },
            {
              id: 'reminded',
              label: m.capacity_tariff_reminded(),
              cell: ({ reminders }) =>
                reminders.length === 0
                  ? m.capacity_tariff_not_reminded()
                  : reminders.map((reminder) => <span class="ln-block">{reminderWords(reminder)}</span>),
            },
          ]}
        />
        {collecting && collection.state === 'open' ? (
          <div class="ln-row">
            <Form
              action={`${own}/remind`}
              state={collecting.reminding}
              idempotencyKey={`${collecting.idempotencyKey}-r`}
              buttons={<Button variant="secondary">{m.capacity_tariff_remind()}</Button>}
            >
              <p>{m.capacity_tariff_remind_hint()}</p>
              <p>
                <a class="ln-link" href={collecting.addresses}>
                  {m.capacity_tariff_remind_addresses()}
                </a>
              </p>
            </Form>
            <Form
              action={`${own}/close`}
              state={collecting.closing}
              idempotencyKey={`${collecting.idempotencyKey}-c`}
              submit={m.capacity_tariff_collection_close()}
            >
              <p>{m.capacity_tariff_close_hint()}</p>
            </Form>
          </div>
        ) : null}
      </Section>
      <Section id="report" heading={m.capacity_tariff_report()}>
        {props.byParagraph.length === 0 ? (
          <Empty>{m.capacity_tariff_report_later()}</Empty>
        ) : (
          <>
            <Sums
              caption={m.capacity_tariff_report_by_paragraph()}
              lines={props.byParagraph}
              name={props.paragraph}
              {...props}
            />
            <Sums
              caption={m.capacity_tariff_report_by_organisation()}
              lines={props.byOrganisation}
              name={(slug) => names.get(slug) ?? slug}
              {...props}
            />
            <ul>
              <li>
                <a class="ln-link" href={`${own}/xlsx`}>
                  {m.capacity_tariff_report_xlsx()}
                </a>
              </li>
              <li>
                <a class="ln-link" href={`${own}/pdf`}>
                  {m.capacity_tariff_report_pdf()}
                </a>
              </li>
            </ul>
          </>
        )}
      </Section>
    </div>
  )
}

/** When a part was reminded, and whether that reached anybody. */
function reminderWords({ day, letters }: Reminder): string {
  const on = formatDay(day, 'short')
  if (letters === undefined) return m.capacity_tariff_reminding({ day: on })
  return letters > 0 ? m.capacity_tariff_reminded_on({ day: on }) : m.capacity_tariff_reminded_nobody({ day: on })
}

/** How a part stands, in words. */
function PartStatus({ part }: { part: PartState }) {
  if (part.newest && !part.newest.accepted)
    return (
      <Status mark="stop">
        {m.capacity_tariff_part_wrong({ count: part.newest.deviations.filter(({ wrong }) => wrong).length })}
      </Status>
    )
  if (part.answeredAt === undefined) return <Status mark="wait">{m.capacity_tariff_part_waits()}</Status>
  const notes = part.newest?.deviations.length ?? 0
  return (
    <Status mark="done">
      {notes > 0 ? m.capacity_tariff_part_noted({ count: notes }) : m.capacity_tariff_part_answered()}
    </Status>
  )
}

/** Columns of the report, for the page, the paper and the workbook. */
export const sumColumns = (currency: string) => [
  { id: 'offers', label: m.capacity_tariff_offers(), cell: (line: SummedLine) => formatNumber(line.offers) },
  {
    id: 'places',
    label: m.capacity_tariff_part_places(),
    cell: (line: SummedLine) => formatNumber(Number(line.places), 2),
  },
  {
    id: 'tariff',
    label: m.capacity_tariff_middle(),
    cell: (line: SummedLine) => (line.tariff === undefined ? m.ui_no_information() : money(line.tariff, currency)),
  },
  {
    id: 'occupancy',
    label: m.capacity_tariff_occupancy_both(),
    cell: (line: SummedLine) =>
      [line.occupancy, line.actual].map((share) => (share === undefined ? '–' : perCent(share))).join(' / '),
  },
  {
    id: 'supplements',
    label: m.capacity_tariff_supplements(),
    cell: (line: SummedLine) => formatNumber(line.supplements),
  },
  { id: 'spent', label: m.capacity_tariff_book_spent(), cell: (line: SummedLine) => money(line.spent, currency) },
  { id: 'planned', label: m.capacity_tariff_book_planned(), cell: (line: SummedLine) => money(line.planned, currency) },
]

function Sums({
  caption,
  lines,
  name,
  currency,
}: {
  caption: string
  lines: readonly SummedLine[]
  name: (key: string) => string
  currency: string
}) {
  return (
    <DataTable
      caption={caption}
      compare
      rows={lines}
      columns={[
        { id: 'key', label: m.capacity_tariff_of_what(), head: true, cell: ({ key }) => name(key) },
        ...sumColumns(currency).map((column) => ({ ...column, figures: true })),
      ]}
    />
  )
}

/** The workbook of one organisation: take it, fill it in, send it back, see what was found (CAP-10). */
export function WorkbookPage({
  part,
  state: stands,
  form,
  idempotencyKey,
}: {
  part: CollectionPart
  state: PartState | undefined
  form: FormState
  idempotencyKey: string
}) {
  const own = `/tariffs/workbooks/${part.id}`
  const newest = stands?.newest
  const open = part.collection.state === 'open'
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead
        back={{
          href: `/tariffs/collections/${part.collection.id}`,
          label: m.capacity_tariff_collection_of({ year: String(part.collection.year) }),
        }}
        title={m.capacity_tariff_workbook_of({ organisation: nameOf(part.organisation.names) })}
        lead={m.capacity_tariff_workbook_lead()}
        facts={m.capacity_tariff_collection_due({ day: formatDay(part.collection.due) })}
        action={
          open ? (
            <ButtonLink href={`${own}/xlsx`} variant="secondary">
              {m.capacity_tariff_workbook_take()}
            </ButtonLink>
          ) : undefined
        }
      />
      {newest ? (
        <Section id="found" heading={m.capacity_tariff_found({ file: newest.name })}>
          <Note
            color={newest.accepted ? 'success' : 'danger'}
            heading={newest.accepted ? m.capacity_tariff_found_good() : m.capacity_tariff_found_bad()}
            mark={newest.accepted ? 'done' : 'stop'}
          >
            <p>{newest.accepted ? m.capacity_tariff_found_good_text() : m.capacity_tariff_found_bad_text()}</p>
          </Note>
          {newest.deviations.length > 0 ? (
            <ul class="ln-stack" data-gap="2">
              {newest.deviations.map((deviation) => (
                <li>
                  <Status mark={deviation.wrong ? 'stop' : 'eye'}>{placeOf(deviation)}</Status>{' '}
                  {deviationWords(deviation)}
                </li>
              ))}
            </ul>
          ) : null}
        </Section>
      ) : null}
      {open ? (
        <Section id="send" heading={m.capacity_tariff_workbook_send()}>
          <Form
            action={own}
            state={form}
            idempotencyKey={idempotencyKey}
            submit={m.capacity_tariff_workbook_send()}
            files
          >
            <Upload
              state={form}
              name="uploads"
              label={m.capacity_tariff_workbook_file()}
              description={m.capacity_tariff_workbook_kind()}
              accepts=".xlsx"
              limit={workbookLimit}
              most={1}
            />
          </Form>
        </Section>
      ) : null}
    </div>
  )
}

/** Where it stands: sheet, cell, and what the column is called. */
const placeOf = ({ sheet, cell, what }: Deviation) => [sheet, cell, what].filter(Boolean).join(', ')

/** What is not as it should be, and what to do, or what was done. */
export function deviationWords({ code, found, expected, what }: Deviation): string {
  switch (code) {
    case 'unreadable':
      return m.capacity_tariff_dev_unreadable()
    case 'other-book':
      return m.capacity_tariff_dev_other_book()
    case 'old-book':
      return m.capacity_tariff_dev_old_book()
    case 'sheet-missing':
      return m.capacity_tariff_dev_sheet_missing()
    case 'sheet-extra':
      return m.capacity_tariff_dev_sheet_extra()
    case 'column-missing':
      return m.capacity_tariff_dev_column_missing()
    case 'column-moved':
      return m.capacity_tariff_dev_column_moved()
    case 'column-extra':
      return m.capacity_tariff_dev_column_extra({ found })
    case 'row-missing':
      return m.capacity_tariff_dev_row_missing({ what })
    case 'row-moved':
      return m.capacity_tariff_dev_row_moved({ found, expected })
    case 'row-twice':
      return m.capacity_tariff_dev_row_twice({ found })
    case 'row-unknown':
      return m.capacity_tariff_dev_row_unknown({ found })
    case 'locked-changed':
      return m.capacity_tariff_dev_locked({ found, expected })
    case 'empty':
      return m.capacity_tariff_dev_empty()
    case 'text':
      return m.capacity_tariff_dev_text({ found })
    case 'formula':
      return m.capacity_tariff_dev_formula({ found })
    case 'digits':
      return m.capacity_tariff_dev_digits({ found })
    case 'negative':
      return m.capacity_tariff_dev_negative({ found })
    case 'nothing':
      return m.capacity_tariff_nothing()
    case 'days':
      return m.capacity_tariff_dev_days({ found, expected })
    case 'occupancy':
      return m.capacity_tariff_dev_occupancy({ found, expected })
    case 'carried':
      return m.capacity_tariff_dev_carried({ found, expected })
    case 'tariff':
      return m.capacity_tariff_dev_tariff({ found, expected })
    case 'short-reason':
      return m.capacity_tariff_dev_short_reason()
    case 'half-filled':
      return m.capacity_tariff_dev_half()
  }
}

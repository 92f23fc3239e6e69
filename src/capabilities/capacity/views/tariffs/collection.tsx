import { formatDay, formatList, formatNumber } from '../../../../platform/i18n/format.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { Button } from '../../../../platform/ui/buttons.tsx'
import { Field } from '../../../../platform/ui/field.tsx'
import { Form, type FormState } from '../../../../platform/ui/form.tsx'
import { TaskList } from '../../../../platform/ui/lists.tsx'
import { Empty } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { Status } from '../../../../platform/ui/status.tsx'
import { DataTable } from '../../../../platform/ui/table.tsx'
import type { SummedLine } from '../../rules/tariffs/sum-up.ts'
import type { Collection, PartState, Reminder } from '../../store/tariffs/collections.ts'
import { Sums } from './sums.tsx'
import { nameOf } from './tariff-words.tsx'

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

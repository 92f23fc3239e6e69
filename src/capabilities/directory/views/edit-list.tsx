import { formatDay } from '../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { speak, type Text } from '../../../platform/i18n/text.ts'
import { Filters, Pager } from '../../../platform/ui/browse.tsx'
import { Button, ButtonLink } from '../../../platform/ui/buttons.tsx'
import { Field } from '../../../platform/ui/field.tsx'
import { Tags } from '../../../platform/ui/lists.tsx'
import { Empty } from '../../../platform/ui/notices.tsx'
import { PageHead } from '../../../platform/ui/page-head.tsx'
import { Status } from '../../../platform/ui/status.tsx'
import { DataTable } from '../../../platform/ui/table.tsx'
import { Words } from '../../../platform/ui/words.tsx'
import type { TendedService } from '../store/edit-read.ts'
import { statusWords } from './edit-words.ts'

export interface ListProps {
  services: readonly TendedService[]
  now: Date
  query: {
    q?: string | undefined
    status?: string | undefined
    due?: string | undefined
    order?: string | undefined
    organisation?: string | undefined
  }
  next: string | undefined
}

/** The name of a card, in the reader's language or its own. */
export const cardName = (service: { names: Text; writtenIn?: TendedService['writtenIn'] }) =>
  speak(service.names, currentLocale(), service.writtenIn ? [service.writtenIn] : [])
export const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10)

/** All cards that somebody tends, with filters. */
export function CardList({ services, now, query, next }: ListProps) {
  const filtered = Object.entries(query).some(([name, value]) => name !== 'order' && value !== undefined)
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead
        title={m.edit_nav_cards()}
        action={
          <ButtonLink href="/directory/services/new" icon="plus">
            {m.edit_nav_add()}
          </ButtonLink>
        }
      />
      <Filters
        action="/directory/services"
        keep={{ order: query.order, organisation: query.organisation }}
        clear={filtered ? '/directory/services' : undefined}
        fields={(prefix) => (
          <>
            <div class="ds-field">
              <label class="ds-label" for={`${prefix}q`}>
                {m.edit_filter_words()}
              </label>
              <input class="ds-input" type="search" id={`${prefix}q`} name="q" value={query.q} maxlength={200} />
            </div>
            <div class="ds-field">
              <label class="ds-label" for={`${prefix}status`}>
                {m.edit_status()}
              </label>
              <select class="ds-input" id={`${prefix}status`} name="status">
                <option value="">{m.edit_filter_any()}</option>
                {(['active', 'temporarily closed', 'inactive', 'defunct'] as const).map((status) => (
                  <option value={status} selected={query.status === status}>
                    {statusWords(status)}
                  </option>
                ))}
              </select>
            </div>
            <div class="ds-field">
              <input
                class="ds-input"
                type="checkbox"
                id={`${prefix}due`}
                name="due"
                value="yes"
                checked={query.due === 'yes'}
              />
              <label class="ds-label" data-weight="regular" for={`${prefix}due`}>
                {m.edit_filter_due()}
              </label>
            </div>
          </>
        )}
      />
      {services.length === 0 ? (
        <Empty action={<a href="/directory/services/new">{m.edit_nav_add()}</a>}>
          {filtered ? m.edit_list_nothing() : m.edit_list_empty()}
        </Empty>
      ) : (
        <DataTable
          caption={m.edit_nav_cards()}
          rows={services}
          sorting={{
            column: query.order === 'changed' ? 'changed' : 'due',
            direction: query.order === 'changed' ? 'falling' : 'rising',
            href: (column) => address(query, { order: column }),
          }}
          columns={[
            {
              id: 'name',
              label: m.edit_field_names(),
              head: true,
              cell: (service) => (
                <a class="ln-link" href={`/directory/services/${service.slug}`}>
                  <Words of={cardName(service)} plain />
                </a>
              ),
            },
            {
              id: 'organisation',
              label: m.directory_who_helps(),
              cell: (service) => <Words of={speak(service.organisation.names, currentLocale())} plain />,
              span: true,
            },
            { id: 'status', label: m.edit_status(), cell: (service) => statusWords(service.status) },
            {
              id: 'due',
              label: m.edit_column_due(),
              sortable: true,
              cell: (service) => <Due service={service} now={now} />,
            },
            {
              id: 'changed',
              label: m.edit_column_changed(),
              sortable: true,
              cell: (service) => formatDay(dayOf(service.lastModified), 'short'),
            },
          ]}
        />
      )}
      <Pager next={next} />
    </div>
  )
}

/** When a card must be confirmed again, and whether that time is over. */
export function Due({ service, now }: { service: Pick<TendedService, 'due' | 'status'>; now: Date }) {
  const day = formatDay(dayOf(service.due), 'short')
  if (service.status === 'defunct') return <>–</>
  return service.due <= now ? <Status mark="late">{m.edit_due_since({ day })}</Status> : day
}

/** This list with other choices. */
export function address(
  query: Readonly<Record<string, string | undefined>>,
  other: Readonly<Record<string, string | undefined>>,
): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...query, ...other }))
    if (value !== undefined && value !== '') parameters.set(name, value)
  const text = parameters.toString()
  return text ? `/directory/services?${text}` : '/directory/services'
}

/** Whose card shall it be? Asked only of those who tend several organisations. */
export function ChooseOrganisation({
  found,
  words,
}: {
  found: readonly { slug: string; names: Text }[]
  words: string | undefined
}) {
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead back={{ href: '/directory/services', label: m.edit_nav_cards() }} title={m.edit_new_choose_title()} />
      <search>
        <form action="/directory/services/new" method="get" class="ln-form ln-stack" data-gap="3">
          <Field state={{}} kind="search" name="q" label={m.edit_filter_organisation()} value={words} optional />
          <Button variant="secondary">{m.directory_search_go()}</Button>
        </form>
      </search>
      {found.length === 0 ? (
        <Empty>{m.edit_no_organisation()}</Empty>
      ) : (
        <Tags
          label={m.edit_new_choose_title()}
          items={found.map((one) => ({
            href: `/directory/services/new?organisation=${one.slug}`,
            label: <Words of={speak(one.names, currentLocale())} plain />,
          }))}
        />
      )}
    </div>
  )
}

import { formatDay } from '../../../platform/i18n/format.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { Pager } from '../../../platform/ui/browse.tsx'
import { Button } from '../../../platform/ui/buttons.tsx'
import { Empty } from '../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../platform/ui/page-head.tsx'
import { Status } from '../../../platform/ui/status.tsx'
import { DataTable } from '../../../platform/ui/table.tsx'
import type { StoredPerson } from '../store/people.ts'
import { personHref } from './duplicates.tsx'

export interface PeopleQuery {
  q?: string | undefined
  born?: string | undefined
}

/** The people whom the reader's offices know, or those who were looked for. */
export function PeoplePage({
  query,
  people,
  next,
}: {
  query: PeopleQuery
  people: readonly StoredPerson[]
  next: string | undefined
}) {
  const sought = query.q !== undefined || query.born !== undefined
  const heading = sought ? m.intake_people_found() : m.intake_people_latest()
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead title={m.intake_people_title()} facts={m.intake_people_facts()} />
      <search class="ln-stack" data-gap="2">
        <p class="ln-small ln-quiet" id="people-q-description">
          {m.intake_people_search_hint()}
        </p>
        <form action="/people" method="get" class="ln-row ln-small" data-fields>
          <div class="ds-field">
            <label class="ds-label" for="people-q">
              {m.intake_people_search()}
            </label>
            <input
              class="ds-input"
              type="search"
              id="people-q"
              name="q"
              value={query.q}
              maxlength={200}
              aria-describedby="people-q-description"
            />
          </div>
          <div class="ds-field">
            <label class="ds-label" for="people-born">
              {m.intake_people_birth_date()}
            </label>
            <input class="ds-input" type="date" id="people-born" name="born" value={query.born} data-narrow="" />
          </div>
          <Button variant="secondary">{m.intake_people_search_go()}</Button>
        </form>
      </search>
      <Section id="people-list" heading={heading}>
        {people.length === 0 ? (
          <Empty action={sought ? <a href="/people">{m.intake_people_all()}</a> : undefined}>
            {sought ? m.intake_people_nobody_found() : m.intake_people_nobody()}
          </Empty>
        ) : (
          <DataTable
            caption={heading}
            captionHeard
            rows={people}
            columns={[
              {
                id: 'name',
                label: m.intake_people_name(),
                head: true,
                cell: (person) => (
                  <>
                    <a class="ln-link" href={personHref(person.id)}>
                      {person.name}
                    </a>
                    {person.restricted ? (
                      <>
                        {' '}
                        <Status mark="shield" tag>
                          {m.intake_people_protected()}
                        </Status>
                      </>
                    ) : null}
                  </>
                ),
              },
              {
                id: 'born',
                label: m.intake_people_birth_date(),
                cell: ({ birthDate }) => (birthDate ? formatDay(birthDate, 'short') : undefined),
              },
              ...(people.some(({ address }) => address)
                ? [{ id: 'address', label: m.intake_people_address(), cell: ({ address }: StoredPerson) => address }]
                : []),
            ]}
          />
        )}
        <Pager next={next} />
      </Section>
    </div>
  )
}

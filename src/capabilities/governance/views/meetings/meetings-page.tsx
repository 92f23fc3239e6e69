import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak } from '../../../../platform/i18n/text.ts'
import { Pager } from '../../../../platform/ui/browse.tsx'
import { Button } from '../../../../platform/ui/buttons.tsx'
import { Empty } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { DataTable } from '../../../../platform/ui/table.tsx'
import { Words } from '../../../../platform/ui/words.tsx'
import type { Meeting } from '../../store/meetings/read-meetings.ts'
import type { StoredBody } from '../../store/read-body.ts'
import { bodyName, MeetingStatus, Said, whenWords } from './meeting-words.tsx'

/** What the address of the list says. */
export interface MeetingsAsked {
  body?: string | undefined
  year?: number | undefined
  q?: string | undefined
  when: 'coming' | 'past'
}

export interface MeetingsPageProps {
  meetings: readonly Meeting[]
  /** public bodies of the region, to choose from */
  bodies: readonly StoredBody[]
  years: readonly number[]
  asked: MeetingsAsked
  region: { id: string; name: string } | undefined
  first: string | undefined
  next: string | undefined
}

/** The address of the list with these choices. */
export function meetingsAddress({ body, year, q, when }: MeetingsAsked, more: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    ...(when === 'past' ? { when } : {}),
    ...(body ? { body } : {}),
    ...(year ? { year: String(year) } : {}),
    ...(q ? { q } : {}),
    ...more,
  }).toString()
  return query ? `/meetings?${query}` : '/meetings'
}

/** Meetings of public bodies, coming and past; minutes can be searched (GOV-3). */
export function MeetingsPage({ meetings, bodies, years, asked, region, first, next }: MeetingsPageProps) {
  const searching = asked.q !== undefined
  const feed = new URLSearchParams({
    ...(asked.body ? { body: asked.body } : region ? { region: region.id } : {}),
  }).toString()
  return (
    <div class="ln-stack" data-gap="10">
      <PageHead title={m.governance_meetings()} lead={m.governance_meetings_lead()} facts={region?.name} />
      <Choose bodies={bodies} years={years} asked={asked} />
      {searching ? null : (
        <nav aria-label={m.governance_meetings_when()}>
          <ul class="ln-answers">
            {(['coming', 'past'] as const).map((when) => (
              <li>
                <a
                  href={meetingsAddress({ ...asked, when, year: undefined })}
                  aria-current={asked.when === when ? 'page' : undefined}
                >
                  {when === 'coming' ? m.governance_meetings_coming() : m.governance_meetings_past()}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {meetings.length === 0 ? (
        <Empty>
          {searching
            ? m.governance_meetings_none_found()
            : asked.when === 'coming'
              ? m.governance_meetings_none_coming()
              : m.governance_meetings_none_past()}
        </Empty>
      ) : (
        <MeetingsTable
          caption={
            searching
              ? m.governance_meetings_found()
              : asked.when === 'coming'
                ? m.governance_meetings_coming()
                : m.governance_meetings_past()
          }
          meetings={meetings}
          href={({ id }) => `/meetings/${id}`}
        />
      )}
      <Pager previous={first} next={next} />
      <Section id="follow" heading={m.governance_follow()} size="sm" line>
        <ul class="ln-stack" data-gap="2">
          <li>
            <a class="ln-link" href={`/open/meetings.ics${feed ? `?${feed}` : ''}`}>
              {m.governance_follow_calendar()}
            </a>
          </li>
          <li>
            <a class="ln-link" href={`/open/meetings.atom${feed ? `?${feed}` : ''}`}>
              {m.governance_follow_atom()}
            </a>
          </li>
          <li>
            <a class="ln-link" href="/open/oparl">
              {m.governance_follow_oparl()}
            </a>
          </li>
        </ul>
      </Section>
    </div>
  )
}

/** Meetings as a table: body and title, when, where, how it stands. */
export function MeetingsTable({
  caption,
  meetings,
  href,
}: {
  caption: string
  meetings: readonly Meeting[]
  href: (meeting: Meeting) => string
}) {
  return (
    <DataTable
      caption={caption}
      rows={meetings}
      columns={[
        {
          id: 'body',
          label: m.governance_meeting(),
          head: true,
          cell: (meeting) => (
            <>
              <a class="ln-link" href={href(meeting)}>
                {meeting.title ? (
                  <Said locale={meeting.locale}>{meeting.title}</Said>
                ) : (
                  <Words of={speak(meeting.body.names, currentLocale())} plain />
                )}
              </a>
              {meeting.title ? <span class="ln-block ln-small ln-quiet">{bodyName(meeting.body.names)}</span> : null}
            </>
          ),
        },
        { id: 'when', label: m.governance_meeting_when(), cell: (meeting) => whenWords(meeting) },
        {
          id: 'place',
          label: m.governance_meeting_place(),
          cell: ({ place, locale }) => (place ? <Said locale={locale}>{place}</Said> : m.ui_no_information()),
        },
        { id: 'state', label: m.governance_meeting_state(), cell: ({ state }) => <MeetingStatus state={state} /> },
      ]}
    />
  )
}

function Choose({ bodies, years, asked }: Pick<MeetingsPageProps, 'bodies' | 'years' | 'asked'>) {
  return (
    <search aria-label={m.governance_meetings_search()}>
      <form action="/meetings" method="get" class="ln-row">
        <div class="ds-field">
          <label class="ds-label" for="q">
            {m.governance_meetings_words()}
          </label>
          <input class="ds-input" type="search" id="q" name="q" value={asked.q} maxlength={200} />
        </div>
        <div class="ds-field">
          <label class="ds-label" for="body">
            {m.governance_body()}
          </label>
          <select class="ds-input" id="body" name="body">
            <option value="">{m.governance_meetings_every_body()}</option>
            {bodies.map(({ profile }) => (
              <option value={profile.slug} selected={profile.slug === asked.body}>
                {bodyName(profile.names)}
              </option>
            ))}
          </select>
        </div>
        <div class="ds-field">
          <label class="ds-label" for="year">
            {m.governance_meetings_year()}
          </label>
          <select class="ds-input" id="year" name="year">
            <option value="">{m.governance_meetings_every_year()}</option>
            {years.map((year) => (
              <option value={String(year)} selected={year === asked.year}>
                {year}
              </option>
            ))}
          </select>
        </div>
        <Button variant="secondary" icon="search">
          {m.governance_search()}
        </Button>
      </form>
    </search>
  )
}

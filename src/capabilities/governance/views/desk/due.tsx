import type { Child } from 'hono/jsx'
import { dayIn } from '../../../../platform/i18n/day.ts'
import { formatDay, formatMoment } from '../../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak } from '../../../../platform/i18n/text.ts'
import { TaskList } from '../../../../platform/ui/lists.tsx'
import { Empty } from '../../../../platform/ui/notices.tsx'
import { Section } from '../../../../platform/ui/page-head.tsx'
import { Status } from '../../../../platform/ui/status.tsx'
import { groupOn, lastDay } from '../../rules/ad-hoc.ts'
import { daysWaiting } from '../../rules/forums/recommendations.ts'
import type { Occurrence } from '../../rules/wheel/occurrences.ts'
import type { Due } from '../../store/desk/due.ts'
import type { StoredBody } from '../../store/read-body.ts'
import type { StandingSeat } from '../../store/read-seats.ts'
import type { StoredWheel } from '../../store/wheel/read-wheel.ts'
import type { Milestone } from '../../types/wheel.ts'
import { GroupStatus, seatsInShort, shortName } from '../seat-words.tsx'

/** All that waits for a secretariat (GOV-11). */
export interface DueProps {
  today: string
  timeZone: string
  /** bodies that it serves */
  bodies: readonly StoredBody[]
  all: readonly StoredBody[]
  meetings: readonly Due[]
  minutes: readonly Due[]
  consultations: readonly Due[]
  conferences: readonly Due[]
  mandates: readonly Due[]
  /** by id of the body */
  seats: ReadonlyMap<string, readonly StandingSeat[]>
  questions: readonly Due[]
  requests: readonly Due[]
  recommendations: readonly Due[]
  ratifications: readonly Due[]
  milestones: readonly { wheel: StoredWheel; occurrence: Occurrence<Milestone> }[]
}

interface Line {
  href: string
  label: Child
  note?: Child
  status?: Child
}

const titleOf = ({ title, body }: Due) =>
  title === undefined ? shortName(body.names) : typeof title === 'string' ? title : speak(title, currentLocale()).words

/** What is due in all bodies that a secretariat serves: each line one link, the most urgent part first. */
export function DueDesk(props: DueProps) {
  const parts = partsOf(props).filter(({ lines }) => lines.length > 0)
  if (parts.length === 0) return <Empty>{m.governance_due_none()}</Empty>
  return (
    <div class="ln-columns">
      {parts.map(({ id, heading, lines }) => (
        <Section id={id} heading={heading} size="sm">
          <TaskList items={lines} />
        </Section>
      ))}
    </div>
  )
}

function partsOf(props: DueProps): { id: string; heading: string; lines: Line[] }[] {
  const { today, timeZone } = props
  const moment = (at: Due['at']) =>
    at instanceof Date ? formatMoment(at, timeZone) : at === undefined ? undefined : formatDay(at)
  const line = (href: string, one: Due, more: Partial<Line> = {}): Line => ({
    href,
    label: titleOf(one),
    note: [one.title === undefined ? undefined : shortName(one.body.names), moment(one.at)].filter(Boolean).join(', '),
    ...more,
  })
  const waits = (one: Due) => m.governance_due_waits({ count: daysWaiting(dayOf(one.at), today) })
  return [
    {
      id: 'due-requests',
      heading: m.governance_due_requests(),
      lines: props.requests.map((one) => line(`/governance/central-requests/${one.id}`, one)),
    },
    {
      id: 'due-consultations',
      heading: m.governance_due_consultations(),
      lines: props.consultations.map((one) =>
        line(
          `/governance/consultations/${one.id}`,
          // it closes as its last day ends, and people are told that day
          { ...one, at: one.at instanceof Date ? dayIn(new Date(one.at.getTime() - 1), timeZone) : one.at },
          { status: <ConsultationStatus state={one.detail} /> },
        ),
      ),
    },
    {
      id: 'due-meetings',
      heading: m.governance_due_meetings(),
      lines: props.meetings.map((one) =>
        line(`/governance/meetings/${one.id}`, one, {
          status:
            one.detail === undefined ? undefined : (
              <Status mark="wait">
                {one.detail === 'no-agenda' ? m.governance_due_no_agenda() : m.governance_due_not_invited()}
              </Status>
            ),
        }),
      ),
    },
    {
      id: 'due-minutes',
      heading: m.governance_due_minutes(),
      lines: props.minutes.map((one) => line(`/governance/meetings/${one.id}`, one)),
    },
    {
      id: 'due-ratifications',
      heading: m.governance_due_ratifications(),
      lines: props.ratifications.map((one) => ({
        href: `/framework-agreements/${one.id}`,
        label: titleOf(one),
        note: m.governance_due_missing({ count: Number(one.detail), day: formatDay(dayOf(one.at)) }),
      })),
    },
    {
      id: 'due-milestones',
      heading: m.governance_due_milestones(),
      lines: props.milestones.map(({ wheel, occurrence: { milestone, day } }) => ({
        href: `/governance/year-wheel/${wheel.profile.slug}`,
        label: speak(milestone.names, currentLocale()).words,
        note: `${formatDay(day)}, ${shortBodyWords(milestone.body, props.all)}`,
      })),
    },
    {
      id: 'due-questions',
      heading: m.governance_due_questions(),
      lines: props.questions.map((one) =>
        line(`/governance/questions/${one.id}`, one, { note: `${shortName(one.body.names)}, ${waits(one)}` }),
      ),
    },
    {
      id: 'due-recommendations',
      heading: m.governance_due_recommendations(),
      lines: props.recommendations.map((one) =>
        line(`/governance/recommendations/${one.id}/${one.body.slug}`, one, {
          note: `${shortName(one.body.names)}, ${waits(one)}`,
        }),
      ),
    },
    { id: 'due-groups', heading: m.governance_due_groups(), lines: groupLines(props.bodies, today) },
    { id: 'due-seats', heading: m.governance_due_seats(), lines: seatLines(props) },
    {
      id: 'due-conferences',
      heading: m.governance_due_conferences(),
      lines: props.conferences.map((one) => line(`/governance/conferences/${one.id}`, one)),
    },
  ]
}

const dayOf = (at: Due['at']) => (at instanceof Date ? at.toISOString().slice(0, 10) : (at ?? ''))

function ConsultationStatus({ state }: { state: string | undefined }) {
  if (state === 'draft') return <Status mark="draft">{m.governance_due_draft()}</Status>
  if (state === 'open') return <Status mark="wait">{m.governance_due_open()}</Status>
  return <Status mark="late">{state === 'closed' ? m.governance_due_confirm() : m.governance_due_publish()}</Status>
}

/** Groups that work without terms, or end within two months. */
function groupLines(bodies: readonly StoredBody[], today: string): Line[] {
  return bodies.flatMap(({ profile }) => {
    if (!profile.adHoc) return []
    const state = groupOn(profile.adHoc, today)
    const last = lastDay(profile.adHoc)
    const ends = last !== undefined && last >= today && daysWaiting(today, last) <= 60
    if (state !== 'works-without-terms' && !ends) return []
    return {
      href: `/governance/groups/${profile.slug}`,
      label: speak(profile.names, currentLocale()).words,
      note: last ? m.governance_group_until({ day: formatDay(last) }) : undefined,
      status: <GroupStatus state={state} />,
    }
  })
}

/** Bodies with seats that are not right, and mandates that end soon. */
function seatLines({ bodies, seats, mandates }: DueProps): Line[] {
  const wrong = bodies.filter(({ id }) =>
    (seats.get(id) ?? []).some(({ standing }) =>
      ['vacant', 'expired', 'doubly-filled'].includes(standing?.state ?? ''),
    ),
  )
  return [
    ...mandates.map((one) => ({
      href: `/governance/seats/${one.body.slug}`,
      label: titleOf(one),
      note: `${shortName(one.body.names)}, ${m.governance_group_until({ day: formatDay(dayOf(one.at)) })}`,
    })),
    ...wrong.map(({ id, profile }) => ({
      href: `/governance/seats/${profile.slug}`,
      label: shortName(profile.names),
      note: seatsInShort(seats.get(id) ?? []),
    })),
  ]
}

/** The body of a milestone, or the group of bodies, as words in a line that is a link already. */
function shortBodyWords(name: string, all: readonly StoredBody[]): string {
  const profile = all.find((one) => one.profile.slug === name || one.profile.together?.slug === name)?.profile
  return profile ? shortName(profile.slug === name ? profile.names : (profile.together?.names ?? profile.names)) : name
}

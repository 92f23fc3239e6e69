import type { Place, Remaining } from '../../../platform/calendar/deadline.ts'
import { remaining } from '../../../platform/calendar/deadline.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { formatDay, formatMoment } from '../../../platform/i18n/format.ts'
import { m } from '../../../platform/i18n/speech.ts'
import type { Region } from '../../../platform/packs/regions.ts'
import { Status } from '../../../platform/ui/status.tsx'
import { Words } from '../../../platform/ui/words.tsx'
import type { StoredClock } from '../store/clocks.ts'
import type { PackDeadline } from '../types.ts'
import { told } from './ask-parts.tsx'

const left = {
  minutes: m.intake_ask_left_minutes,
  hours: m.intake_ask_left_hours,
  'working-days': m.intake_ask_left_working_days,
  'calendar-days': m.intake_ask_left_days,
} as const
const over = {
  minutes: m.intake_ask_over_minutes,
  hours: m.intake_ask_over_hours,
  'working-days': m.intake_ask_over_working_days,
  'calendar-days': m.intake_ask_over_days,
} as const

/** What is left of a deadline, or how late it is: "5 working days left". */
export const remainingWords = ({ late, amount, unit }: Remaining): string =>
  (late ? over : left)[unit]({ count: amount })

/** Until when: hours name a moment, everything else the day with whose end it ends. */
export function untilWords({ unit }: PackDeadline['rule'], due: Date, timeZone: string): string {
  return unit === 'hours' ? formatMoment(due, timeZone) : formatDay(lastDayOf(due, timeZone))
}

/** The day that ends with this moment, or in which it lies. */
export const lastDayOf = (due: Date, timeZone: string): string => dayIn(new Date(due.getTime() - 1), timeZone)

/** INT-3: nobody has read the act that sets a deadline. */
export function Unverified({ of }: { of: Pick<PackDeadline, 'unverified'> }) {
  if (!of.unverified) return null
  return (
    <Status mark="ask" tag>
      {m.intake_ask_unverified()}
    </Status>
  )
}

/** What would run, and the day with which it ends (INT-3). */
export function LatestDay({
  deadline,
  lastDay,
  region,
}: {
  deadline: PackDeadline
  lastDay: string
  region: Region | undefined
}) {
  return (
    <>
      <Words of={told(deadline.names, region)} plain />: {m.intake_ask_at_the_latest({ day: formatDay(lastDay) })}{' '}
      <Unverified of={deadline} />
    </>
  )
}

/** One clock in words (INT-3). */
export function ClockWords({
  clock,
  place,
  now,
  region,
}: {
  clock: StoredClock
  place: Place
  now: Date
  region: Region | undefined
}) {
  const { deadline, dueAt, pausedAt } = clock
  const rest = remaining(clock.rule, dueAt, now, place)
  return (
    <>
      {pausedAt ? (
        <Status mark="wait" color="neutral">
          {m.intake_ask_clock_stands()}
        </Status>
      ) : (
        <Status mark={rest.late ? 'late' : 'wait'}>
          {remainingWords(rest)}, {m.intake_ask_until({ day: untilWords(clock.rule, dueAt, place.timeZone) })}
        </Status>
      )}{' '}
      <Unverified of={deadline} />
      {deadline.source ? (
        <span class="ln-small ln-quiet">
          {' '}
          <Words
            of={{
              words: [deadline.source.title, deadline.article].filter(Boolean).join(', '),
              locale: region?.languages[0] ?? 'en',
              draft: false,
            }}
            plain
          />
        </span>
      ) : null}
    </>
  )
}

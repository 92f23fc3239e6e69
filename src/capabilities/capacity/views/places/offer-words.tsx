import type { Child } from 'hono/jsx'
import { dayIn } from '../../../../platform/i18n/day.ts'
import { formatDay, formatNumber, formatRelativeDay } from '../../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak, type Text } from '../../../../platform/i18n/text.ts'
import { Status } from '../../../../platform/ui/status.tsx'
import { isStale } from '../../rules/places/occupancy.ts'
import { publishedWaiting } from '../../rules/places/telling.ts'

/** A name as its reader reads it. */
export const nameOf = (names: Text): string => speak(names, currentLocale()).words

/** "3 places free", "No place free": an icon, a word, and only then a colour. */
export function FreePlaces({ free, from, today }: { free: number; from: string | undefined; today: string }) {
  if (free > 0) return <Status mark="done">{m.capacity_free_now({ count: free })}</Status>
  if (from !== undefined && from > today)
    return <Status mark="wait">{m.capacity_free_from({ day: formatDay(from, 'short') })}</Status>
  return (
    <Status mark="stop" color="neutral">
      {m.capacity_free_none()}
    </Status>
  )
}

/** "12 of 14 places taken". */
export const takenWords = ({ occupied, approved }: { occupied: number; approved: number }): string =>
  m.capacity_taken_of({ taken: formatNumber(occupied), count: approved })

/** How many wait, as far as it does not speak of few people (INS-5). */
export function waitingWords(waiting: number, threshold: number): string {
  const told = publishedWaiting(waiting, threshold)
  if (told === undefined) return m.capacity_waiting_few({ threshold })
  return told === 0 ? m.capacity_waiting_none() : m.capacity_waiting_count({ count: formatNumber(told) })
}

/** When somebody last said how the offer stands (CAP-9). */
export function Reported({
  reportedAt,
  staleDays,
  now,
  timeZone,
}: {
  reportedAt: Date | undefined
  staleDays: number
  now: Date
  timeZone: string
}): Child {
  if (!isStale(reportedAt, staleDays, now))
    return <Status mark="done">{reportedWords(reportedAt, now, timeZone)}</Status>
  return <Status mark="late">{reportedWords(reportedAt, now, timeZone)}</Status>
}

function reportedWords(reportedAt: Date | undefined, now: Date, timeZone: string): string {
  if (reportedAt === undefined) return m.capacity_never_reported()
  return m.capacity_reported({ when: formatRelativeDay(dayIn(reportedAt, timeZone), dayIn(now, timeZone)) })
}

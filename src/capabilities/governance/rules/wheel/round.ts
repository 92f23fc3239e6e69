import { Temporal } from 'temporal-polyfill'
import { dayAfter, type WorkingCalendar } from '../../../../platform/calendar/working-days.ts'
import type { YearWheel } from '../../types/wheel.ts'
import { occurrencesIn } from './occurrences.ts'

/** One turn of the wheel, from its first day to its last. */
export interface Round {
  from: string
  until: string
  /** 1 or 2 */
  years: number
}

/** The round in which a day lies. @param day `2026-11-29` */
export function roundOn({ begins, years }: Pick<YearWheel, 'begins' | 'years'>, day: string): Round {
  const first = Temporal.PlainDate.from(begins)
  const at = Temporal.PlainDate.from(day)
  // a round begins with a month, so that whole months alone decide
  const months = (at.year - first.year) * 12 + at.month - first.month
  return roundFrom(first.add({ years: Math.floor(months / (12 * years)) * years }).toString(), years)
}

/** The round before or after. */
export const otherRound = ({ from, years }: Round, turns: number): Round =>
  roundFrom(
    Temporal.PlainDate.from(from)
      .add({ years: turns * years })
      .toString(),
    years,
  )

function roundFrom(from: string, years: number): Round {
  const next = Temporal.PlainDate.from(from).add({ years }).toString()
  return { from, until: dayAfter(next, -1), years }
}

/** In words of figures: 2026, or 2026–2027. */
export function yearsOf({ from, until }: Round): string {
  const [first, last] = [from.slice(0, 4), until.slice(0, 4)]
  return first === last ? first : `${first}–${last}`
}

/** Milestones that some round of these years lacks: a wheel is complete in every round (GOV-7). */
export function missingIn(
  wheel: Pick<YearWheel, 'begins' | 'years' | 'milestones'>,
  calendar: WorkingCalendar,
  { from, until }: { from: number; until: number },
): { milestone: string; years: string }[] {
  const missing: { milestone: string; years: string }[] = []
  for (let round = roundOn(wheel, `${from}-12-31`); round.until < `${until}`; round = otherRound(round, 1)) {
    const there = new Set(occurrencesIn(wheel.milestones, calendar, round).map(({ milestone }) => milestone.slug))
    for (const { slug } of wheel.milestones)
      if (!there.has(slug)) missing.push({ milestone: slug, years: yearsOf(round) })
  }
  return missing
}

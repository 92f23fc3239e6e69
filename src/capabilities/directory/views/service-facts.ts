import { dayAfter } from '../../../platform/calendar/working-days.ts'
import { formatDay } from '../../../platform/i18n/format.ts'
import { m } from '../../../platform/i18n/speech.ts'
import type { Freshness } from '../rules/freshness.ts'
import type { ServiceDetails } from '../store/read-service.ts'
import type { Act, Location, OpeningHours } from '../types.ts'

/* What page and paper of a service say alike. */

/** The hours of a service: those of its card, else those of its place, where it has one alone. */
export function scheduleOf({ card, locations }: Pick<ServiceDetails, 'card' | 'locations'>): readonly OpeningHours[] {
  if (card.schedule.length > 0) return card.schedule
  return locations.length === 1 ? (locations[0]?.location.schedule ?? []) : []
}

/** The places of a service that each keep hours of their own, where its card says none. */
export function placesWithHours({ card, locations }: Pick<ServiceDetails, 'card' | 'locations'>): Location[] {
  if (card.schedule.length > 0 || locations.length < 2) return []
  return locations.map(({ location }) => location).filter(({ schedule }) => schedule.length > 0)
}

/** The first day on which an act is in force no more; undefined while it is. @param today in the region, YYYY-MM-DD */
export function outOfForceSince(act: Act | undefined, today: string): string | undefined {
  if (!act?.inForceUntil || act.inForceUntil >= today) return undefined
  return dayAfter(act.inForceUntil)
}

/** DIR-6: that nobody has confirmed the card within its interval; undefined where somebody has. */
export function staleWords({ assuredAt }: Pick<ServiceDetails, 'assuredAt'>, freshness: Freshness): string | undefined {
  if (freshness === 'assured') return undefined
  return assuredAt ? m.directory_stale({ date: formatDay(dayOf(assuredAt)) }) : m.directory_never_confirmed()
}

/** DIR-6: who confirmed the card, and when; undefined where that no longer holds. */
export function confirmedWords(
  { assuredAt, assuredBy, pack }: Pick<ServiceDetails, 'assuredAt' | 'assuredBy' | 'pack'>,
  freshness: Freshness,
): string | undefined {
  if (freshness !== 'assured' || !assuredAt) return undefined
  const by = !assuredBy || assuredBy === pack ? m.directory_confirmed_pack() : assuredBy
  return m.directory_confirmed({ by, date: formatDay(dayOf(assuredAt)) })
}

/** DIR-2: what an empty list of grounds rests on: the date of the card, and whether its law is in force; empty where neither is known. */
export function cardStandsOn({ card, acts }: Pick<ServiceDetails, 'card' | 'acts'>, today: string): string {
  const outdated = card.legalBases.some(({ act }) => outOfForceSince(acts.get(act), today))
  const dated = card.source?.date
    ? m.directory_card_date({ date: formatDay(card.source.date) })
    : card.source
      ? m.directory_card_undated()
      : ''
  const law = card.legalBases.length === 0 ? '' : outdated ? m.directory_card_law_old() : m.directory_card_law_current()
  return [dated, law].filter(Boolean).join(' ')
}

const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10)

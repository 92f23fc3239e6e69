import type { Child } from 'hono/jsx'
import { formatDay } from '../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { speak, type Text } from '../../../platform/i18n/text.ts'
import { Status, type StatusMark } from '../../../platform/ui/status.tsx'
import { Words } from '../../../platform/ui/words.tsx'
import type { GroupState } from '../rules/ad-hoc.ts'
import type { LinkKind } from '../rules/relations.ts'
import type { SeatState } from '../rules/seats.ts'
import type { Mandate, StandingSeat } from '../store/read-seats.ts'
import type { BodyKind } from '../types.ts'

const kinds = {
  council: m.governance_kind_council,
  political: m.governance_kind_political,
  administrative: m.governance_kind_administrative,
  advisory: m.governance_kind_advisory,
  users: m.governance_kind_users,
  network: m.governance_kind_network,
  secretariat: m.governance_kind_secretariat,
  'ad-hoc': m.governance_kind_ad_hoc,
  neighbour: m.governance_kind_neighbour,
} as const satisfies Record<BodyKind, unknown>
export const kindWords = (kind: BodyKind) => kinds[kind]()

const outwards = {
  'answers-to': m.governance_answers_to,
  'decides-for': m.governance_decides_for,
  'set-up-by': m.governance_set_up_by,
  'named-by': m.governance_members_named_by,
  advises: m.governance_advises,
  'prepares-for': m.governance_prepares_for,
  'proposes-to': m.governance_proposes_to,
  'is-invited-by': m.governance_invited_by,
  'comes-from': m.governance_comes_from,
  serves: m.governance_serves,
  'works-with': m.governance_works_with,
  'takes-part-in': m.governance_takes_part_in,
} as const satisfies Record<LinkKind, unknown>
const inwards = {
  'answers-to': m.governance_answer_to_it,
  'decides-for': m.governance_decided_for_by,
  'set-up-by': m.governance_sets_up,
  'named-by': m.governance_names_members_of,
  advises: m.governance_advised_by,
  'prepares-for': m.governance_prepared_by,
  'proposes-to': m.governance_proposed_by,
  'is-invited-by': m.governance_invites,
  'comes-from': m.governance_sends_to,
  serves: m.governance_served_by,
  'works-with': m.governance_works_with,
  'takes-part-in': m.governance_part_taken_by,
} as const satisfies Record<LinkKind, unknown>
export const linkWords = (kind: LinkKind, end: 'out' | 'in') => (end === 'out' ? outwards : inwards)[kind]()

const states = {
  held: m.governance_seat_held,
  shared: m.governance_seat_shared,
  'doubly-filled': m.governance_seat_double,
  free: m.governance_seat_free,
  expired: m.governance_seat_expired,
  vacant: m.governance_seat_vacant,
} as const satisfies Record<SeatState, unknown>
const marks = {
  held: 'done',
  shared: 'done',
  'doubly-filled': 'stop',
  free: 'dot',
  expired: 'late',
  vacant: 'ask',
} as const satisfies Record<SeatState, StatusMark>

/** Whether somebody holds it, in words. Where nobody knows how many there are, an empty seat says that. */
export function SeatStatus({ seat: { standing, open } }: { seat: StandingSeat }) {
  if (!standing) return <Status mark="shield">{m.governance_seat_closed()}</Status>
  const words = open && standing.state === 'free' ? m.governance_seat_unknown() : states[standing.state]()
  return <Status mark={marks[standing.state]}>{words}</Status>
}

const told = (text: Text) => <Words of={speak(text, currentLocale())} plain />

/** Name, organisation and time of a mandate. */
export function MandateWords({ of }: { of: Mandate }): Child {
  return (
    <>
      {of.name}
      {of.name && of.organisation ? ', ' : null}
      {of.organisation ? <a href={`/organisations/${of.organisation.slug}`}>{told(of.organisation.names)}</a> : null}
      <span class="ln-quiet">{` (${termWords(of)})`}</span>
    </>
  )
}

export const termWords = ({ since, until }: Pick<Mandate, 'since' | 'until'>) =>
  until === undefined
    ? m.governance_since({ since: formatDay(since) })
    : m.governance_since_until({ since: formatDay(since), until: formatDay(until) })

/** What the seat is called: its name, and the organisation or the number that tells it from others. */
export function seatName(seat: StandingSeat): string {
  const name = speak(seat.rule.names, currentLocale()).words
  const organisation = seat.organisationNames && speak(seat.organisationNames, currentLocale()).words
  const places = seat.rule.places ?? 1
  const number = places > 1 ? seat.key.split('/').at(-1) : undefined
  return [name, organisation, number].filter(Boolean).join(', ')
}

/** In a short line stands the short name of a body: what comes before a colon. */
export const shortName = (names: Text) => speak(names, currentLocale()).words.split(':')[0] ?? ''

/** How many seats there are, and what is not right with them; undefined where the sources name none. */
export function seatsInShort(seats: readonly StandingSeat[]): string | undefined {
  if (seats.length === 0) return undefined
  const counted = (state: SeatState) => seats.filter(({ standing }) => standing?.state === state).length
  const known = seats.filter(({ open }) => !open).length
  return [
    known > 0 ? m.governance_seats_count({ count: known }) : undefined,
    known < seats.length ? m.governance_count_open() : undefined,
    counted('vacant') > 0 ? m.governance_count_vacant({ count: counted('vacant') }) : undefined,
    counted('expired') > 0 ? m.governance_count_expired({ count: counted('expired') }) : undefined,
    counted('doubly-filled') > 0 ? m.governance_count_double({ count: counted('doubly-filled') }) : undefined,
  ]
    .filter((words) => words !== undefined)
    .join(', ')
}

const groups = {
  'not-begun': { mark: 'wait', words: m.governance_group_not_begun },
  works: { mark: 'done', words: m.governance_group_works },
  'works-without-terms': { mark: 'late', words: m.governance_group_without_terms },
  ended: { mark: 'dot', words: m.governance_group_ended },
} as const satisfies Record<GroupState, { mark: StatusMark; words: () => string }>

export function GroupStatus({ state }: { state: GroupState }) {
  return <Status mark={groups[state].mark}>{groups[state].words()}</Status>
}

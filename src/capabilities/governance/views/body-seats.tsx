import { formatDay } from '../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { speak, type Text } from '../../../platform/i18n/text.ts'
import { SummaryList } from '../../../platform/ui/lists.tsx'
import { Note } from '../../../platform/ui/notices.tsx'
import { Section } from '../../../platform/ui/page-head.tsx'
import { DataTable } from '../../../platform/ui/table.tsx'
import { Words } from '../../../platform/ui/words.tsx'
import { groupOn, lastDay } from '../rules/ad-hoc.ts'
import { type LinkKind, linksFrom, linksTo, means } from '../rules/relations.ts'
import type { StoredBody } from '../store/read-body.ts'
import type { StandingSeat } from '../store/read-seats.ts'
import type { Body, SeatRole } from '../types.ts'
import { GroupStatus, linkWords, MandateWords, SeatStatus, seatName, shortName } from './seat-words.tsx'

const told = (text: Text) => <Words of={speak(text, currentLocale())} plain />

const roles = {
  chair: m.governance_role_chair,
  deputy: m.governance_role_deputy,
  member: m.governance_role_member,
  attendant: m.governance_role_attendant,
} as const satisfies Record<SeatRole, unknown>

/** What a body or a group of bodies is called; a body leads to its page. */
export function BodyName({ of: name, all }: { of: string; all: readonly StoredBody[] }) {
  const found = all.find(({ profile }) => means(profile, name))?.profile
  if (!found) return <>{name}</>
  if (found.slug !== name) return <a href="/bodies">{told((found.together ?? found).names)}</a>
  return <a href={`/bodies/${found.slug}`}>{told(found.names)}</a>
}

const nameOf = (slug: string, all: readonly StoredBody[]) => {
  const found = all.find(({ profile }) => profile.slug === slug)
  return found ? shortName(found.profile.names) : slug
}

export interface SeatsTableProps {
  /** what the table shows, and for which day */
  caption: string
  seats: readonly StandingSeat[]
  /** all bodies of the pack */
  all: readonly StoredBody[]
  /** address where a mandate is ended, by its id; only at the desk */
  end?: ((id: string) => string) | undefined
  /** address where its holder is let sign in, by its id; only at the desk */
  account?: ((id: string) => string) | undefined
}

/** Seats with who may fill them, who does, and in words what is not right (GOV-1). */
export function SeatsTable({ caption, seats, all, end, account }: SeatsTableProps) {
  return (
    <DataTable
      caption={caption}
      rows={seats}
      columns={[
        { id: 'seat', label: m.governance_seat(), head: true, cell: seatName },
        { id: 'rule', label: m.governance_seat_rule(), cell: (seat) => ruleWords(seat, all) },
        {
          id: 'holder',
          label: m.governance_seat_holder(),
          cell: (seat) => <Holder seat={seat} end={end} account={account} />,
        },
      ]}
    />
  )
}

function ruleWords({ rule }: StandingSeat, all: readonly StoredBody[]): string {
  return [
    roles[rule.role](),
    rule.namedBy && m.governance_rule_named_by({ body: nameOf(rule.namedBy, all) }),
    rule.from && m.governance_rule_from({ body: nameOf(rule.from, all) }),
    rule.optional ? m.governance_rule_optional() : undefined,
    rule.shared ? m.governance_rule_shared() : undefined,
  ]
    .filter(Boolean)
    .join('; ')
}

function Holder({ seat, end, account }: { seat: StandingSeat } & Pick<SeatsTableProps, 'end' | 'account'>) {
  const { holders = [], last } = seat.standing ?? {}
  return (
    <span class="ln-stack" data-gap="1">
      <SeatStatus seat={seat} />
      {holders.map((mandate) => (
        <span class="ln-block">
          <MandateWords of={mandate} />
          {end ? (
            <>
              {' '}
              <a class="ln-link" href={end(mandate.id)}>
                {m.governance_end()}
                <span class="ds-sr-only">: {seatName(seat)}</span>
              </a>
            </>
          ) : null}
          {account ? (
            <>
              {' · '}
              <a class="ln-link" href={account(mandate.id)}>
                {m.governance_consult_seat_account()}
                <span class="ds-sr-only">: {seatName(seat)}</span>
              </a>
            </>
          ) : null}
        </span>
      ))}
      {last ? (
        <span class="ln-block">
          {m.governance_seat_last()}: <MandateWords of={last} />
        </span>
      ) : null}
    </span>
  )
}

export function BodySeats({
  seats,
  all,
  day,
}: {
  seats: readonly StandingSeat[]
  all: readonly StoredBody[]
  day: string
}) {
  const closed = seats.some(({ standing }) => standing === undefined)
  return (
    <Section id="seats" heading={m.governance_seats()}>
      {seats.length === 0 ? (
        <p>{m.governance_seats_none()}</p>
      ) : (
        <>
          {closed ? (
            <Note>
              <p>{m.governance_seats_closed()}</p>
            </Note>
          ) : null}
          <SeatsTable caption={m.governance_seats_lead({ day: formatDay(day) })} seats={seats} all={all} />
        </>
      )}
    </Section>
  )
}

/** To whom a body answers, who answers to it, and every other relation, from both of its ends. */
export function BodyRelations({ body, all }: { body: StoredBody; all: readonly StoredBody[] }) {
  const { profile } = body
  const out = Map.groupBy(linksFrom(profile), ({ kind }) => kind)
  const back = Map.groupBy(
    linksTo(
      profile,
      all.map((one) => one.profile),
    ),
    ({ kind }) => kind,
  )
  const item = (kind: LinkKind, end: 'out' | 'in', names: readonly string[]) => ({
    label: linkWords(kind, end),
    value: (
      <ul class="ln-plain">
        {names.map((name) => (
          <li>
            <BodyName of={name} all={all} />
          </li>
        ))}
      </ul>
    ),
  })
  const items = [
    ...[...out].map(([kind, links]) =>
      item(
        kind,
        'out',
        links.map(({ to }) => to),
      ),
    ),
    ...[...back].map(([kind, links]) =>
      item(
        kind,
        'in',
        links.map(({ from }) => from),
      ),
    ),
  ]
  if (items.length === 0) return null
  return (
    <Section id="relations" heading={m.governance_relations()}>
      <SummaryList items={items} />
    </Section>
  )
}

/** GOV-8: terms of reference of an ad hoc group, and how it stands today. */
export function BodyTerms({
  group,
  all,
  day,
}: {
  group: NonNullable<Body['adHoc']>
  all: readonly StoredBody[]
  day: string
}) {
  const { terms, begins, prolongedUntil } = group
  const last = lastDay(group)
  return (
    <Section id="terms" heading={m.governance_terms()}>
      {terms ? null : <p>{m.governance_terms_none()}</p>}
      <SummaryList
        items={[
          { label: m.governance_terms_state(), value: <GroupStatus state={groupOn(group, day)} /> },
          { label: m.governance_terms_begins(), value: formatDay(begins) },
          { label: m.governance_terms_horizon(), value: last && formatDay(last) },
          ...(prolongedUntil ? [{ label: m.governance_terms_prolonged(), value: formatDay(prolongedUntil) }] : []),
          ...(terms
            ? [
                { label: m.governance_terms_purpose(), value: told(terms.purpose) },
                { label: m.governance_terms_members(), value: told(terms.members) },
                { label: m.governance_terms_product(), value: told(terms.product) },
                {
                  label: m.governance_terms_approved(),
                  value: (
                    <ApprovedBy
                      decision={terms.decision}
                      words={m.governance_terms_approved_by({
                        body: nameOf(terms.approvedBy, all),
                        day: formatDay(terms.approvedOn),
                      })}
                    />
                  ),
                },
              ]
            : []),
        ]}
      />
    </Section>
  )
}

/** The decision behind it, where it is recorded here. */
function ApprovedBy({ decision, words }: { decision: string | undefined; words: string }) {
  return decision === undefined ? <>{words}</> : <a href={`/decisions/${decision}`}>{words}</a>
}

import { sql } from 'kysely'
import { query, type Tx } from '../../../../platform/db/database.ts'
import { Text } from '../../../../platform/i18n/text.ts'
import type { Standing } from '../../rules/agreements/state.ts'
import type { Agreement } from './read-agreement.ts'

/** A body on the way of an agreement, or one that writes on it. `sits`: the actor holds a seat in it with their account. */
export interface NamedBody {
  id: string
  slug: string
  names: Text
  organisation: string
  isCouncil: boolean
  sits: boolean
}

/** What a body has decided on an agreement. */
export interface BodyDecision {
  decision: string
  number: string
  decidedOn: string
  /** who entered it: the party, or whoever keeps the agreement, from the minutes */
  entered?: 'by-party' | 'from-minutes' | undefined
  /** the document of a ratification */
  file?: string | undefined
}

/** A party, and whether it has ratified. */
export interface PartyStanding {
  body: NamedBody
  ratified: BodyDecision | undefined
  /** it has declined, and has not decided anew since */
  declined: BodyDecision | undefined
}

export interface StepStanding {
  body: NamedBody
  agreed: BodyDecision | undefined
}

/** How far an agreement is on its way in this round. */
export interface Progress extends Standing {
  steps: StepStanding[]
  parties: PartyStanding[]
  /** all bodies that its rule names, by slug */
  bodies: ReadonlyMap<string, NamedBody>
}

/** Everything that the state of an agreement hangs on. */
export async function progressOf(tx: Tx, agreement: Agreement): Promise<Progress> {
  const { rule, way } = agreement
  const slugs = [
    ...new Set([
      rule.keeper,
      rule.consultation.body,
      ...rule.contributors,
      ...rule.parts.flatMap(({ draftedBy }) => draftedBy),
      ...way.steps,
      ...way.ratifiedBy,
    ]),
  ]
  const [bodies, stepRows, partyRows, written, [consulted]] = await Promise.all([
    bodiesNamed(tx, slugs),
    tx.all(
      sql<DecisionRow>`select s.body_id, d.id, d.number, d.decided_on, d.outcome, null as entered, null as file_id
        from governance.framework_step s join governance.decision d on d.id = governance.standing_decision(s.decision_id)
        where s.agreement_id = ${agreement.id} and s.round = ${agreement.round} order by s.place`,
    ),
    tx.all(
      sql<DecisionRow>`select r.body_id, d.id, d.number, d.decided_on, d.outcome, r.entered, r.file_id
        from governance.framework_ratification r join governance.decision d on d.id = governance.standing_decision(r.decision_id)
        where r.agreement_id = ${agreement.id} and r.round = ${agreement.round} and d.body_id = r.body_id
        order by r.entered_at, r.id`,
    ),
    tx.all(
      query
        .selectFrom('governance.framework_version')
        .select('part')
        .distinct()
        .where('agreement_id', '=', agreement.id),
    ),
    tx.all(
      sql<{
        over: boolean
      }>`select governance.framework_consulted(a) as over from governance.framework_agreement a where a.id = ${agreement.id}`,
    ),
  ])
  const named = (slug: string): NamedBody => {
    const body = bodies.get(slug)
    if (!body) throw new Error(`${agreement.slug} names the body ${slug}, which is not there`)
    return body
  }
  const steps = way.steps.map((slug) => {
    const body = named(slug)
    const row = stepRows.find(({ body_id, outcome }) => body_id === body.id && outcome === 'agreed')
    return { body, agreed: row && decisionOf(row) }
  })
  const parties = way.ratifiedBy.map((slug): PartyStanding => {
    const body = named(slug)
    const rows = partyRows.filter(({ body_id }) => body_id === body.id)
    const ratified = rows.find(({ outcome }) => outcome === 'agreed')
    const declined = ratified ? undefined : rows.findLast(({ outcome }) => outcome === 'declined')
    return { body, ratified: ratified && decisionOf(ratified), declined: declined && decisionOf(declined) }
  })
  const there = new Set(written.map(({ part }) => part))
  return {
    state: agreement.state,
    way,
    since: agreement.since,
    until: agreement.until,
    missingParts: missingParts(agreement, there),
    consulted: consulted?.over ?? false,
    agreed: steps.filter((step) => step.agreed).map(({ body }) => body.slug),
    ratified: parties.filter((party) => party.ratified).map(({ body }) => body.slug),
    steps,
    parties,
    bodies,
  }
}

/** An amendment changes what it changes; an agreement needs all its parts. */
function missingParts({ rule, amends }: Agreement, there: ReadonlySet<string>): string[] {
  if (amends) return there.size > 0 ? [] : rule.parts.slice(0, 1).map(({ slug }) => slug)
  return rule.parts.filter(({ required, slug }) => required && !there.has(slug)).map(({ slug }) => slug)
}

interface DecisionRow {
  body_id: string
  id: string
  number: string
  decided_on: string
  outcome: string
  entered: 'by-party' | 'from-minutes' | null
  file_id: string | null
}

const decisionOf = (row: DecisionRow): BodyDecision => ({
  decision: row.id,
  number: row.number,
  decidedOn: row.decided_on,
  entered: row.entered ?? undefined,
  file: row.file_id ?? undefined,
})

/** Bodies by their slugs. */
export async function bodiesNamed(tx: Tx, slugs: readonly string[]): Promise<Map<string, NamedBody>> {
  const rows = await tx.all(
    sql<{ id: string; slug: string; names: unknown; organisation_id: string; council: boolean; sits: boolean }>`
      select b.id, b.slug, b.profile->'names' as names, b.organisation_id, coalesce(b.profile->>'kind' = 'council', false) as council,
        access.actor() is not null and governance.sits_in(b.id, '{chair,deputy,member}') as sits
      from governance.body b where b.slug = any (${[...slugs]}::text[])`,
  )
  return new Map(
    rows.map((row) => [
      row.slug,
      {
        id: row.id,
        slug: row.slug,
        names: Text.parse(row.names),
        organisation: row.organisation_id,
        isCouncil: row.council,
        sits: row.sits,
      },
    ]),
  )
}

/** The day from which on bodies can have decided on this text; undefined before it is settled. */
export async function turnSince(tx: Tx, agreement: Agreement): Promise<string | undefined> {
  const row = await tx.one(
    sql<{
      day: string | null
    }>`select governance.framework_turn(a) as day from governance.framework_agreement a where a.id = ${agreement.id}`,
  )
  return row?.day ?? undefined
}

export interface Candidate {
  id: string
  number: string
  decidedOn: string
  title: Text
}

/** Decisions on which the next step can rest: of this body, on this matter, agreed, standing, made when it was its turn, and not counted yet. */
export async function decisionsForStep(
  tx: Tx,
  agreement: Agreement,
  body: string,
  since: string,
): Promise<Candidate[]> {
  const rows = await tx.all(
    sql<{ id: string; number: string; decided_on: string; title: unknown }>`
      select d.id, d.number, d.decided_on, d.title from governance.decision d
      where d.body_id = ${body} and d.matter = ${agreement.rule.matter} and d.outcome = 'agreed' and not d.about_person
        and d.decided_on >= ${since}::date and not governance.superseded(d.id)
        and not exists (select from governance.framework_step s where s.decision_id = d.id)
        and not exists (select from governance.framework_ratification r where r.decision_id = d.id)
      order by d.decided_on desc, d.id desc limit 20`,
  )
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    decidedOn: row.decided_on,
    title: Text.parse(row.title),
  }))
}

export interface Move {
  round: number
  state: string
  reason: string | undefined
  at: Date
}

/** How it moved, the oldest first. */
export async function movesOf(tx: Tx, id: string): Promise<Move[]> {
  const rows = await tx.all(
    query
      .selectFrom('governance.framework_move')
      .select(['round', 'state', 'reason', 'moved_at'])
      .where('agreement_id', '=', id)
      .orderBy('moved_at')
      .orderBy('id'),
  )
  return rows.map(({ round, state, reason, moved_at }) => ({
    round,
    state,
    reason: reason ?? undefined,
    at: moved_at,
  }))
}

/** The state of a consultation; undefined where there is none that the reader may see. */
export async function consultationState(tx: Tx, id: string): Promise<string | undefined> {
  const row = await tx.one(query.selectFrom('governance.consultation').select('state').where('id', '=', id))
  return row?.state
}

import { sql } from 'kysely'
import { query, type Tx } from '../../../../platform/db/database.ts'
import { Text } from '../../../../platform/i18n/text.ts'
import { FrameworkRule, FrameworkState, type FrameworkWay } from '../../types/agreements.ts'

/** An agreement that another one follows or changes. */
export interface NamedAgreement {
  id: string
  slug: string
  title: Text
}

/** A framework agreement, or an amendment to one, as it is stored (GOV-6). */
export interface Agreement extends NamedAgreement {
  pack: string
  /** IANA name: what *today* is for it */
  timeZone: string
  since: string
  until: string
  /** as it was when the agreement was begun */
  rule: FrameworkRule
  way: FrameworkWay
  /** id of the organisation whose secretariat keeps it */
  organisation: string
  amends: NamedAgreement | undefined
  predecessor: NamedAgreement | undefined
  state: FrameworkState
  round: number
  /** why it moved the last time, where that was said */
  reason: string | undefined
  ratifyBy: string
  consultation: string | undefined
  inForceOn: string | undefined
  endedOn: string | undefined
  version: number
}

function agreements() {
  return query
    .selectFrom('governance.framework_agreement as a')
    .innerJoin('packs.pack as p', 'p.id', 'a.pack')
    .leftJoin('governance.framework_agreement as amended', 'amended.id', 'a.amends')
    .leftJoin('governance.framework_agreement as before', 'before.id', 'a.predecessor')
    .selectAll('a')
    .select([
      sql<string | null>`p.manifest->>'timeZone'`.as('time_zone'),
      'amended.slug as amended_slug',
      'amended.title as amended_title',
      'before.slug as before_slug',
      'before.title as before_title',
    ])
}

type Row = NonNullable<Awaited<ReturnType<typeof rowOf>>>
const rowOf = (tx: Tx) => tx.one(agreements())

function agreement(row: Row): Agreement {
  const rule = FrameworkRule.parse(row.rule)
  const way = rule.ways.find(({ slug }) => slug === row.way)
  if (!way) throw new Error(`${row.slug} takes the way ${row.way}, which its rule does not know`)
  const named = (id: string | null, slug: string | null, title: unknown) =>
    id && slug ? { id, slug, title: Text.parse(title) } : undefined
  return {
    id: row.id,
    slug: row.slug,
    title: Text.parse(row.title),
    pack: row.pack,
    timeZone: row.time_zone ?? 'UTC',
    since: row.since,
    until: row.until,
    rule,
    way,
    organisation: row.organisation_id,
    amends: named(row.amends, row.amended_slug, row.amended_title),
    predecessor: named(row.predecessor, row.before_slug, row.before_title),
    state: FrameworkState.parse(row.state),
    round: row.round,
    reason: row.reason ?? undefined,
    ratifyBy: row.ratify_by,
    consultation: row.consultation_id ?? undefined,
    inForceOn: row.in_force_on ?? undefined,
    endedOn: row.ended_on ?? undefined,
    version: row.version,
  }
}

/** The agreement at this address; undefined when there is none. */
export async function agreementBySlug(tx: Tx, slug: string): Promise<Agreement | undefined> {
  const row = await tx.one(agreements().where('a.slug', '=', slug))
  return row && agreement(row)
}

export async function agreementById(tx: Tx, id: string): Promise<Agreement | undefined> {
  const row = await tx.one(agreements().where('a.id', '=', id))
  return row && agreement(row)
}

/**
 * The same, for a command that is about to change it: commands about one agreement wait for each other here, so that what was read still holds when they write.
 */
export async function holdAgreement(tx: Tx, slug: string): Promise<Agreement | undefined> {
  await tx.all(sql`select pg_advisory_xact_lock(hashtextextended(${`governance.framework ${slug}`}, 0))`)
  return agreementBySlug(tx, slug)
}

/** All agreements of a region, of every region where none is named; the latest period first, amendments after what they amend. */
export async function listAgreements(tx: Tx, pack: string | undefined): Promise<Agreement[]> {
  const all = agreements().orderBy('a.until', 'desc').orderBy('a.since', 'desc').orderBy('a.id')
  const rows = await tx.all(pack === undefined ? all : all.where('a.pack', '=', pack))
  return rows.map(agreement)
}

/** Agreements that are being ratified, for the jobs that remind and bring into force; and those in force, to end. */
export async function movingAgreements(tx: Tx): Promise<Agreement[]> {
  const rows = await tx.all(agreements().where('a.state', 'in', ['on-its-way', 'ratification', 'in-force']))
  return rows.map(agreement)
}

/** Amendments of this agreement, the oldest first. */
export async function amendmentsOf(tx: Tx, id: string): Promise<Agreement[]> {
  const rows = await tx.all(agreements().where('a.amends', '=', id).orderBy('a.since').orderBy('a.id'))
  return rows.map(agreement)
}

/** The agreement that follows this one; undefined while nobody prepares it. */
export async function successorOf(tx: Tx, id: string): Promise<Agreement | undefined> {
  const row = await tx.one(agreements().where('a.predecessor', '=', id).orderBy('a.since').limit(1))
  return row && agreement(row)
}

/** The last agreement of a region whose period ends before this day. */
export async function agreementBefore(tx: Tx, pack: string, day: string): Promise<Agreement | undefined> {
  const row = await tx.one(
    agreements()
      .where('a.pack', '=', pack)
      .where('a.amends', 'is', null)
      .where('a.until', '<', day)
      .orderBy('a.until', 'desc')
      .limit(1),
  )
  return row && agreement(row)
}

/** How a region makes its agreements, and the organisation that keeps them; undefined where it makes none. */
export async function frameworkRuleOf(
  tx: Tx,
  pack: string,
): Promise<{ rule: FrameworkRule; organisation: string; timeZone: string } | undefined> {
  const row = await tx.one(
    sql<{ profile: unknown; organisation_id: string; time_zone: string | null }>`
      select r.profile, b.organisation_id, p.manifest->>'timeZone' as time_zone from governance.framework_rule r
      join governance.body b on b.slug = r.profile->>'keeper' and b.pack = r.pack join packs.pack p on p.id = r.pack
      where r.pack = ${pack}`,
  )
  return (
    row && {
      rule: FrameworkRule.parse(row.profile),
      organisation: row.organisation_id,
      timeZone: row.time_zone ?? 'UTC',
    }
  )
}

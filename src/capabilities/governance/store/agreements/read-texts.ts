import { sql } from 'kysely'
import { z } from 'zod'
import { query, type Tx } from '../../../../platform/db/database.ts'
import type { Text } from '../../../../platform/i18n/text.ts'
import { offersOn } from '../../rules/agreements/period.ts'
import { ScopeOffer } from '../../types/agreements.ts'

/** A part in one of its versions. */
export interface PartVersion {
  id: string
  part: string
  number: number
  round: number
  words: string
  offers: ScopeOffer[]
  reason: string | undefined
  /** for which body it was written */
  body: { slug: string; names: Text }
  /** name of who wrote it, as far as the reader may know it */
  by: string | undefined
  at: Date
}

function versions() {
  return query
    .selectFrom('governance.framework_version as v')
    .innerJoin('governance.body as b', 'b.id', 'v.body_id')
    .leftJoin('access.account as w', 'w.id', 'v.written_by')
    .leftJoin('access.person as n', 'n.id', 'w.person_id')
    .select([
      'v.id',
      'v.part',
      'v.number',
      'v.round',
      'v.words',
      'v.offers',
      'v.reason',
      'v.written_at',
      'n.name',
      sql<string>`b.slug`.as('body_slug'),
      sql<Text>`b.profile->'names'`.as('body_names'),
    ])
}

type Row = NonNullable<Awaited<ReturnType<typeof rowOf>>>
const rowOf = (tx: Tx) => tx.one(versions())
const Offers = z.array(ScopeOffer)

const version = (row: Row): PartVersion => ({
  id: row.id,
  part: row.part,
  number: row.number,
  round: row.round,
  words: row.words,
  offers: Offers.parse(row.offers),
  reason: row.reason ?? undefined,
  body: { slug: row.body_slug, names: row.body_names },
  by: row.name ?? undefined,
  at: row.written_at,
})

/** All versions of a part that the reader may see, the newest first. */
export async function versionsOf(tx: Tx, agreement: string, part: string): Promise<PartVersion[]> {
  const rows = await tx.all(
    versions().where('v.agreement_id', '=', agreement).where('v.part', '=', part).orderBy('v.number', 'desc'),
  )
  return rows.map(version)
}

/** The newest version of each part that the reader may see, by part. */
export async function newestVersions(tx: Tx, agreement: string): Promise<Map<string, PartVersion>> {
  const rows = await tx.all(
    versions()
      .distinctOn('v.part')
      .where('v.agreement_id', '=', agreement)
      .orderBy('v.part')
      .orderBy('v.number', 'desc'),
  )
  return new Map(rows.map((row) => [row.part, version(row)]))
}

/** The text as it went out. */
export interface FixedText {
  purpose: 'consultation' | 'agreement'
  round: number
  hash: string
  at: Date
  parts: PartVersion[]
}

const Versions = z.array(z.object({ id: z.uuid() }))

/** All texts of an agreement that went out, the newest first. */
export async function textsOf(tx: Tx, agreement: string): Promise<FixedText[]> {
  const rows = await tx.all(
    query
      .selectFrom('governance.framework_text')
      .selectAll()
      .where('agreement_id', '=', agreement)
      .orderBy('fixed_at', 'desc')
      .orderBy('id', 'desc'),
  )
  const ids = rows.map((row) => Versions.parse(row.versions).map(({ id }) => id))
  const all = ids.flat()
  const found = all.length > 0 ? await tx.all(versions().where('v.id', 'in', all)) : []
  const byId = new Map(found.map((row) => [row.id, version(row)]))
  return rows.map((row, at) => ({
    purpose: row.purpose as FixedText['purpose'],
    round: row.round,
    hash: row.hash,
    at: row.fixed_at,
    parts: (ids[at] ?? []).flatMap((id) => byId.get(id) ?? []),
  }))
}

export interface Proposal {
  id: string
  part: string
  basedOn: number
  words: string
  reason: string
  body: { slug: string; names: Text }
  by: string | undefined
  at: Date
  state: 'open' | 'taken' | 'declined'
  answer: string | undefined
}

/** What bodies would have parts say, the newest first. @param part of all parts where it is missing */
export async function proposalsOf(tx: Tx, agreement: string, part?: string): Promise<Proposal[]> {
  const all = query
    .selectFrom('governance.framework_proposal as v')
    .innerJoin('governance.body as b', 'b.id', 'v.body_id')
    .leftJoin('access.account as w', 'w.id', 'v.proposed_by')
    .leftJoin('access.person as n', 'n.id', 'w.person_id')
    .selectAll('v')
    .select(['n.name', sql<string>`b.slug`.as('body_slug'), sql<Text>`b.profile->'names'`.as('body_names')])
    .where('v.agreement_id', '=', agreement)
    .orderBy('v.proposed_at', 'desc')
    .orderBy('v.id', 'desc')
  const rows = await tx.all(part === undefined ? all : all.where('v.part', '=', part))
  return rows.map((row) => ({
    id: row.id,
    part: row.part,
    basedOn: row.based_on,
    words: row.words,
    reason: row.reason,
    body: { slug: row.body_slug, names: row.body_names },
    by: row.name ?? undefined,
    at: row.proposed_at,
    state: row.state as Proposal['state'],
    answer: row.answer ?? undefined,
  }))
}

/**
 * CAP-2: the annex of offers in scope that is in force on a day: that of the agreement, or of the latest amendment in force that has changed it.
 * @returns undefined where no agreement of the region was in force on that day
 */
export async function scopeAnnexOn(
  tx: Tx,
  pack: string,
  day: string,
): Promise<{ agreement: string; offers: string[] } | undefined> {
  const row = await tx.one(
    sql<{ slug: string; offers: unknown }>`
      select a.slug, v.offers from governance.framework_agreement a
      join governance.framework_text t on t.agreement_id = a.id and t.round = a.round and t.purpose = 'agreement'
      cross join lateral jsonb_array_elements(t.versions) n
      join governance.framework_version v on v.id = (n.value->>'id')::uuid
      where a.pack = ${pack} and a.in_force_on <= ${day}::date and coalesce(a.ended_on, a.until) >= ${day}::date
        and governance.framework_part(a, v.part)->>'kind' = 'offers'
      order by a.in_force_on desc, (a.amends is not null) desc, a.id desc limit 1`,
  )
  return row && { agreement: row.slug, offers: offersOn(Offers.parse(row.offers), day) }
}

export interface AttachedLink {
  id: string
  purpose: 'supply' | 'waiting' | 'tariffs' | 'contribution' | 'report'
  title: string
  target: string
  source: string | undefined
}

/** What an agreement rests on, and what is told of its working, the oldest first. */
export async function linksAttached(tx: Tx, agreement: string): Promise<AttachedLink[]> {
  const rows = await tx.all(
    query
      .selectFrom('governance.framework_link')
      .select(['id', 'purpose', 'title', 'target', 'source'])
      .where('agreement_id', '=', agreement)
      .orderBy('added_at')
      .orderBy('id'),
  )
  return rows.map((row) => ({
    ...row,
    purpose: row.purpose as AttachedLink['purpose'],
    source: row.source ?? undefined,
  }))
}

/** The document of a party's ratification, as everybody may read it: id of the file. */
export async function ratificationDocument(tx: Tx, agreement: string, body: string): Promise<string | undefined> {
  const row = await tx.one(
    sql<{ file_id: string }>`select r.file_id from governance.framework_ratification r
      join governance.framework_agreement a on a.id = r.agreement_id join governance.body b on b.id = r.body_id
      where a.slug = ${agreement} and b.slug = ${body} and r.round = a.round and r.file_id is not null
      order by r.entered_at desc limit 1`,
  )
  return row?.file_id
}

/** The parts of an agreement as they hold today: those of its amendments in force in the place of its own. */
export async function partsInForce(tx: Tx, agreement: string): Promise<PartVersion[]> {
  const rows = await tx.all(
    sql<{ id: string }>`select t.agreement_id as id from governance.framework_text t
      join governance.framework_agreement a on a.id = t.agreement_id and a.round = t.round
      where t.purpose = 'agreement' and (a.id = ${agreement} or (a.amends = ${agreement} and a.in_force_on is not null))
      order by (a.amends is not null), a.in_force_on, a.id`,
  )
  const parts = new Map<string, PartVersion>()
  for (const { id } of rows) {
    const [text] = await textsOf(tx, id)
    for (const part of text?.parts ?? []) parts.set(part.part, part)
  }
  return [...parts.values()]
}

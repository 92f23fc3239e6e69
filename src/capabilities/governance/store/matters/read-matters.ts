import { type SqlBool, sql } from 'kysely'
import { query, type Tx } from '../../../../platform/db/database.ts'
import { Text } from '../../../../platform/i18n/text.ts'
import { Deed, MatterSource, MatterState, type SourceThing, theme } from '../../types/matters.ts'
import { Body } from '../../types.ts'

/** A matter as its readers see it. */
export interface StoredMatter {
  id: string
  title: Text
  words: Text | undefined
  /** what the body decides about it; `theme`: nothing */
  kind: { slug: string; names: Text | undefined }
  source: MatterSource
  thing: SourceThing | undefined
  sourceName: string | undefined
  state: MatterState
  published: boolean
  raisedAt: Date
  changedAt: Date
  body: { id: string; slug: string; names: Text; pack: string; organisation: string; profile: Body }
}

/** One step of the path of a matter. */
export interface MatterStep {
  deed: Deed
  body: { slug: string; names: Text }
  to: { slug: string; names: Text } | undefined
  meeting: { id: string; startsAt: Date; timeZone: string } | undefined
  decision: string | undefined
  words: string | undefined
  madeAt: Date
}

export type AfterMatter = readonly [string, string]

function matters() {
  return query
    .selectFrom('governance.matter as m')
    .innerJoin('governance.body as b', 'b.id', 'm.body_id')
    .selectAll('m')
    .select(['b.slug', 'b.profile', 'b.pack', 'b.organisation_id'])
}

type Row = NonNullable<Awaited<ReturnType<typeof rowOf>>>
const rowOf = (tx: Tx) => tx.one(matters())

function matter(row: Row): StoredMatter {
  const profile = Body.parse(row.profile)
  return {
    id: row.id,
    title: Text.parse(row.title),
    words: row.words === null ? undefined : Text.parse(row.words),
    kind: {
      slug: row.kind,
      names: row.kind === theme ? undefined : profile.decidesOn.find(({ slug }) => slug === row.kind)?.names,
    },
    source: MatterSource.parse(row.source),
    thing: row.source_kind && row.source_id ? { kind: row.source_kind, id: row.source_id } : undefined,
    sourceName: row.source_name ?? undefined,
    state: MatterState.parse(row.state),
    published: row.published_at !== null,
    raisedAt: row.raised_at,
    changedAt: row.changed_at,
    body: {
      id: row.body_id,
      slug: row.slug,
      names: profile.names,
      pack: row.pack,
      organisation: row.organisation_id,
      profile,
    },
  }
}

/** The matter with this id, as far as the reader may see it. */
export async function matterById(tx: Tx, id: string): Promise<StoredMatter | undefined> {
  const row = await tx.one(matters().where('m.id', '=', id))
  return row && matter(row)
}

/** The path of a matter over bodies, from its first step (GOV-2). */
export async function pathOf(tx: Tx, matter: string): Promise<MatterStep[]> {
  const rows = await tx.all(
    sql<{
      deed: string
      slug: string
      names: Text
      to_slug: string | null
      to_names: Text | null
      meeting_id: string | null
      starts_at: Date | null
      time_zone: string | null
      decision_id: string | null
      words: string | null
      made_at: Date
    }>`select s.deed, b.slug, b.profile->'names' as names, t.slug as to_slug, t.profile->'names' as to_names, g.id as meeting_id, g.starts_at,
        p.manifest->>'timeZone' as time_zone, s.decision_id, s.words, s.made_at
      from governance.matter_step s
      join governance.body b on b.id = s.body_id
      join packs.pack p on p.id = b.pack
      left join governance.body t on t.id = s.to_body_id
      left join governance.meeting g on g.id = s.meeting_id
      where s.matter_id = ${matter} order by s.made_at, s.id`,
  )
  return rows.map((row) => ({
    deed: Deed.parse(row.deed),
    body: { slug: row.slug, names: row.names },
    to: row.to_slug && row.to_names ? { slug: row.to_slug, names: row.to_names } : undefined,
    meeting:
      row.meeting_id && row.starts_at
        ? { id: row.meeting_id, startsAt: row.starts_at, timeZone: row.time_zone ?? 'UTC' }
        : undefined,
    decision: row.decision_id ?? undefined,
    words: row.words ?? undefined,
    madeAt: row.made_at,
  }))
}

export interface MatterChoice {
  /** id of the body with which it is */
  body?: string | undefined
  pack?: string | undefined
  states?: readonly MatterState[] | undefined
  /** organisations whose secretariat it is with */
  organisations?: readonly string[] | undefined
  /** published ones alone, whoever asks */
  publicOnly?: boolean | undefined
}

/** Matters, the one that moved last first. */
export async function listMatters(
  tx: Tx,
  choice: MatterChoice,
  page: { after?: AfterMatter | undefined; limit: number },
): Promise<{ matters: StoredMatter[]; next: AfterMatter | undefined }> {
  let found = matters()
  if (choice.publicOnly) found = found.where('m.published_at', 'is not', null)
  if (choice.body !== undefined) found = found.where('m.body_id', '=', choice.body)
  if (choice.pack !== undefined) found = found.where('b.pack', '=', choice.pack)
  if (choice.states) found = found.where('m.state', 'in', [...choice.states])
  if (choice.organisations)
    found = found.where(sql<SqlBool>`b.organisation_id = any (${[...choice.organisations]}::uuid[])`)
  if (page.after)
    found = found.where(sql<SqlBool>`(m.changed_at, m.id) < (${page.after[0]}::timestamptz, ${page.after[1]}::uuid)`)
  const rows = await tx.all(
    found
      .orderBy('m.changed_at', 'desc')
      .orderBy('m.id', 'desc')
      .limit(page.limit + 1),
  )
  const shown = rows.slice(0, page.limit).map(matter)
  const last = shown.at(-1)
  return {
    matters: shown,
    next: rows.length > page.limit && last ? [last.changedAt.toISOString(), last.id] : undefined,
  }
}

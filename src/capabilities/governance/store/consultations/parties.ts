import { sql } from 'kysely'
import { query, type Tx } from '../../../../platform/db/database.ts'
import type { Text } from '../../../../platform/i18n/text.ts'
import type { PaperLink, PartyName } from '../../types/consultations.ts'

/** Who is asked. */
export interface Party extends PartyName {
  id: string
  names: Text
  /** has it answered; what it said is another matter */
  answered: boolean
}

/** The parties of a consultation, by their names in the language of the pack. */
export async function partiesOf(tx: Tx, consultation: string): Promise<Party[]> {
  const rows = await tx.all(parties().where('p.consultation_id', '=', consultation))
  return rows.map(partyOf)
}

/** One party with its consultation; undefined where there is none, or the reader may not see it. */
export async function partyById(tx: Tx, id: string): Promise<(Party & { consultation: string }) | undefined> {
  const row = await tx.one(parties().where('p.id', '=', id))
  return row && { ...partyOf(row), consultation: row.consultation_id }
}

function parties() {
  return query
    .selectFrom('governance.consultation_party as p')
    .leftJoin('access.organisation as o', 'o.id', 'p.organisation_id')
    .leftJoin('governance.body as b', 'b.id', 'p.body_id')
    .select([
      'p.id',
      'p.consultation_id',
      'o.slug as organisation',
      'b.slug as body',
      sql<Text>`coalesce(o.names, b.profile -> 'names')`.as('names'),
      sql<boolean>`governance.has_answered(p.id)`.as('answered'),
    ])
    .orderBy(sql`coalesce(o.slug, b.slug)`)
}

const partyOf = (row: {
  id: string
  organisation: string | null
  body: string | null
  names: Text
  answered: boolean
}): Party => ({
  id: row.id,
  kind: row.organisation === null ? 'body' : 'organisation',
  slug: row.organisation ?? row.body ?? '',
  names: row.names,
  answered: row.answered,
})

/** Names the parties of a draft. @returns those that there are none of */
export async function addParties(tx: Tx, consultation: string, names: readonly PartyName[]): Promise<PartyName[]> {
  const rows = await tx.all(
    sql<{ kind: string; slug: string }>`with named as (
        select distinct n.kind, n.slug, o.id as organisation, b.id as body
        from jsonb_to_recordset(${JSON.stringify(names)}::jsonb) as n (kind text, slug text)
        left join access.organisation o on n.kind = 'organisation' and o.slug = n.slug
        left join governance.body b on n.kind = 'body' and b.slug = n.slug),
      added as (insert into governance.consultation_party (consultation_id, organisation_id, body_id)
        select ${consultation}::uuid, organisation, body from named where organisation is not null or body is not null)
      select kind, slug from named where organisation is null and body is null`,
  )
  return rows.map(({ kind, slug }) => ({ kind: kind as PartyName['kind'], slug }))
}

/** A paper of a consultation: a link, or a file. */
export interface Paper {
  id: string
  title: string
  url: string | undefined
  file: string | undefined
}

/** The papers of a consultation, in their order. */
export async function papersOf(tx: Tx, consultation: string): Promise<Paper[]> {
  const rows = await tx.all(
    query
      .selectFrom('governance.consultation_paper')
      .select(['id', 'title', 'url', 'file_id'])
      .where('consultation_id', '=', consultation)
      .orderBy('position'),
  )
  return rows.map(({ id, title, url, file_id }) => ({ id, title, url: url ?? undefined, file: file_id ?? undefined }))
}

/** Adds papers after those that are there. */
export async function addPapers(
  tx: Tx,
  consultation: string,
  papers: readonly (PaperLink | { title: string; file: string })[],
): Promise<void> {
  const rows = papers.map((paper) => ({
    title: paper.title,
    url: 'url' in paper ? paper.url : null,
    file: 'file' in paper ? paper.file : null,
  }))
  await tx.all(
    sql`insert into governance.consultation_paper (consultation_id, position, title, url, file_id)
        select ${consultation}::uuid, coalesce((select max(p.position) from governance.consultation_paper p
            where p.consultation_id = ${consultation}::uuid), 0) + row_number() over (), n.title, n.url, n.file
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n (title text, url text, file uuid)`,
  )
}

/** Takes the parties and the linked papers of a draft away, to be named anew; files stay. */
export async function clearDraft(tx: Tx, consultation: string): Promise<void> {
  await tx.all(query.deleteFrom('governance.consultation_party').where('consultation_id', '=', consultation))
  await tx.all(
    query
      .deleteFrom('governance.consultation_paper')
      .where('consultation_id', '=', consultation)
      .where('url', 'is not', null),
  )
}

/** Takes a file away from a draft. @returns the file */
export async function removePaper(tx: Tx, consultation: string, paper: string): Promise<string | undefined> {
  const row = await tx.one(
    query
      .deleteFrom('governance.consultation_paper')
      .where('id', '=', paper)
      .where('consultation_id', '=', consultation)
      .returning('file_id'),
  )
  return row?.file_id ?? undefined
}

/** The parties that the reader may answer for, in consultations that are open, soonest end first. */
export async function ownParties(tx: Tx): Promise<{ party: Party; consultation: string }[]> {
  const rows = await tx.all(
    parties()
      .innerJoin('governance.consultation as c', 'c.id', 'p.consultation_id')
      .where(sql<boolean>`p.id = any ((select governance.own_parties())::uuid[])`)
      .where('c.state', '=', 'open')
      .where('c.closes_at', '>', tx.now)
      .clearOrderBy()
      .orderBy('c.closes_at')
      .orderBy('p.id'),
  )
  return rows.map((row) => ({ party: partyOf(row), consultation: row.consultation_id }))
}

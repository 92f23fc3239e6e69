import { sql } from 'kysely'
import { query, type Tx } from '../../../../platform/db/database.ts'
import { Text } from '../../../../platform/i18n/text.ts'
import type { GroupDeed } from '../../types/forums.ts'
import type { Body, TermsOfReference } from '../../types.ts'

/** A group that was set up here, with the body that did. */
export interface StoredGroup {
  body: string
  setUpBy: string
}

/** Which of these bodies were set up here, and by whom; those that packs bring are not among them. */
export async function groupsSetUp(tx: Tx, bodies: readonly string[]): Promise<StoredGroup[]> {
  if (bodies.length === 0) return []
  return tx.all(
    query
      .selectFrom('governance.ad_hoc_group')
      .select(['body_id as body', 'set_up_by as setUpBy'])
      .where('body_id', 'in', [...bodies]),
  )
}

/** Stores a new group; the database makes the body of it. @returns its id, undefined where the name is taken */
export async function saveGroup(tx: Tx, profile: Body, setUpBy: string, by: string): Promise<string | undefined> {
  // groups of one name wait for each other here
  await tx.all(sql`select pg_advisory_xact_lock(hashtextextended(${`governance.group ${profile.slug}`}, 0))`)
  const taken = await tx.one(query.selectFrom('governance.body').select('id').where('slug', '=', profile.slug))
  if (taken) return undefined
  const row = await tx.one(
    sql<{ id: string }>`insert into governance.ad_hoc_group (set_up_by, profile, made_by, made_at)
      values (${setUpBy}, ${JSON.stringify(profile)}::jsonb, ${by}, ${tx.now}) returning body_id as id`,
  )
  return row?.id
}

export interface NewStep {
  body: string
  deed: GroupDeed
  decision: string
  terms?: TermsOfReference
  until?: string
  by: string
}

/** What a decision did to a group; the database brings the group to it. */
export async function saveStep(tx: Tx, { body, deed, decision, terms, until, by }: NewStep): Promise<void> {
  await tx.all(
    query.insertInto('governance.ad_hoc_step').values({
      body_id: body,
      deed,
      decision_id: decision,
      terms: terms ? JSON.stringify(terms) : null,
      until: until ?? null,
      entered_by: by,
      entered_at: tx.now,
    }),
  )
}

/** A decision that a group can rest on. */
export interface RestingDecision {
  id: string
  number: string
  decidedOn: string
  title: Text
  /** slug of the body that decided */
  body: string
}

/**
 * Decisions on terms of reference that a group of this body can rest on: of the body itself, or of one that decides in its place;
 * they agreed and still stand. The newest first, a hundred at most.
 */
export async function restingDecisions(tx: Tx, founder: string): Promise<RestingDecision[]> {
  const rows = await tx.all(
    sql<Omit<RestingDecision, 'title'> & { title: unknown }>`
      select d.id, d.number, d.decided_on::text as "decidedOn", d.title, b.slug as body
      from governance.decision d join governance.body b on b.id = d.body_id, governance.body founder
      where founder.id = ${founder} and d.outcome = 'agreed' and not d.about_person and not governance.superseded(d.id)
        and d.matter = governance.sets_up_under(b) and (b.id = founder.id or b.profile->'onBehalfOf' ? founder.slug)
      order by d.decided_on desc, d.id desc limit 100`,
  )
  return rows.map((row) => ({ ...row, title: Text.parse(row.title) }))
}

/** Notes that a secretariat is reminded of the end of a group. @returns false where it was before */
export async function noteHorizon(tx: Tx, body: string, horizon: string): Promise<boolean> {
  const row = await tx.one(
    query
      .insertInto('governance.ad_hoc_reminder')
      .values({ body_id: body, horizon, reminded_at: tx.now })
      .onConflict((clash) => clash.doNothing())
      .returning('body_id'),
  )
  return row !== undefined
}

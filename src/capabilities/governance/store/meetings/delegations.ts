import { sql } from 'kysely'
import { query, type Tx } from '../../../../platform/db/database.ts'
import type { Text } from '../../../../platform/i18n/text.ts'
import { bodyById, type StoredBody } from '../read-body.ts'

/** What a body may decide by itself, up to which sum, because of which decision (GOV-14). */
export interface Delegation {
  id: string
  kind: string
  most: string
  currency: string
  since: string
  until: string | undefined
  decision: string
  by: Text
}

/** What was ever delegated to a body, newest first. */
export async function delegationsTo(tx: Tx, body: string): Promise<Delegation[]> {
  const rows = await tx.all(
    sql<{
      id: string
      kind: string
      most: string
      currency: string
      since: string
      until: string | null
      decision_id: string
      by: Text
    }>`select g.id, g.kind, g.most::text, g.currency, g.since, g.until, g.decision_id, b.profile->'names' as by
      from governance.delegation g join governance.decision d on d.id = g.decision_id join governance.body b on b.id = d.body_id
      where g.body_id = ${body} order by g.since desc, g.kind`,
  )
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    most: row.most,
    currency: row.currency,
    since: row.since,
    until: row.until ?? undefined,
    decision: row.decision_id,
    by: row.by,
  }))
}

/** One limit as the decision that gave it shows it. */
export interface GivenLimit {
  body: StoredBody
  kind: string
  most: string
  currency: string
  since: string
  until: string | undefined
}

/** What a decision delegated, newest first (GOV-14). */
export async function limitsGivenBy(tx: Tx, decision: string): Promise<GivenLimit[]> {
  const rows = await tx.all(
    sql<{ body_id: string; kind: string; most: string; currency: string; since: string; until: string | null }>`
      select body_id, kind, most::text, currency, since, until from governance.delegation
      where decision_id = ${decision} order by since desc, kind`,
  )
  const given: GivenLimit[] = []
  for (const { body_id, until, ...limit } of rows) {
    const body = await bodyById(tx, body_id)
    if (body) given.push({ ...limit, body, until: until ?? undefined })
  }
  return given
}

/** The money in which limits of a region's bodies are told, as the newest of them is; undefined where there is none. */
export async function currencyOfLimits(tx: Tx, pack: string): Promise<string | undefined> {
  const row = await tx.one(
    sql<{ currency: string }>`select g.currency from governance.delegation g join governance.body b on b.id = g.body_id
      where b.pack = ${pack} order by g.since desc limit 1`,
  )
  return row?.currency
}

export interface NewDelegation {
  body: string
  kind: string
  most: string
  currency: string
  decision: string
  since: string
  until: string | undefined
  by: string
}

/** Keeps a limit. @returns undefined where one for the same kind holds in that time */
export async function saveDelegation(tx: Tx, made: NewDelegation): Promise<string | undefined> {
  const row = await tx.one(
    query
      .insertInto('governance.delegation')
      .values({
        body_id: made.body,
        kind: made.kind,
        most: made.most,
        currency: made.currency,
        decision_id: made.decision,
        since: made.since,
        until: made.until ?? null,
        given_by: made.by,
      })
      .onConflict((clash) => clash.doNothing())
      .returning('id'),
  )
  return row?.id
}

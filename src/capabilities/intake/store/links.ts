import { sql } from 'kysely'
import { query, type Tx } from '../../../platform/db/database.ts'

/** A link to one request, as it is stored: never its token. */
export interface StoredLink {
  request: string
  kind: 'applicant' | 'notifier'
  reference: string
  expiresAt: Date
  revoked: boolean
  /** it lies in a mailbox */
  mailed: boolean
}

/** Keeps the hash of a link. Whoever holds the token opens the request from now on. */
export async function addLink(
  tx: Tx,
  link: {
    tokenHash: Buffer
    request: string
    kind: StoredLink['kind']
    reference: string
    expiresAt: Date
    mailed?: boolean
  },
): Promise<void> {
  await tx.all(
    query.insertInto('intake.link').values({
      token_hash: link.tokenHash,
      request_id: link.request,
      kind: link.kind,
      reference: link.reference,
      created_at: tx.now,
      expires_at: link.expiresAt,
      mailed_at: link.mailed ? tx.now : null,
    }),
  )
}

/** The link of this token, used up or not. Needs the errand of the link itself. */
export async function linkByHash(tx: Tx, tokenHash: Buffer): Promise<StoredLink | undefined> {
  const row = await tx.one(
    query
      .selectFrom('intake.link')
      .select(['request_id', 'kind', 'reference', 'expires_at', 'mailed_at', 'revoked_at'])
      .where('token_hash', '=', tokenHash),
  )
  if (!row) return undefined
  return {
    request: row.request_id,
    kind: row.kind as StoredLink['kind'],
    reference: row.reference,
    expiresAt: row.expires_at,
    revoked: row.revoked_at !== null,
    mailed: row.mailed_at !== null,
  }
}

/** Does the link of this token still open something? Tells nothing else of it, and needs no errand. */
export async function linkLeads(tx: Tx, tokenHash: Buffer): Promise<boolean> {
  const row = await tx.one(sql<{ leads: boolean }>`select intake.link_leads(${tokenHash}, ${tx.now}) as leads`)
  return row?.leads ?? false
}

/** Notes that a link went to a mailbox. */
export async function noteMailed(tx: Tx, tokenHash: Buffer): Promise<void> {
  await tx.all(query.updateTable('intake.link').set({ mailed_at: tx.now }).where('token_hash', '=', tokenHash))
}

/** Ends links whose time is over, so that the database opens nothing by them either. Needs the purpose `intake`. @returns the request of each */
export async function revokeExpiredLinks(tx: Tx): Promise<string[]> {
  const rows = await tx.all(
    query
      .updateTable('intake.link')
      .set({ revoked_at: tx.now })
      .where('expires_at', '<=', tx.now)
      .where('revoked_at', 'is', null)
      .returning('request_id'),
  )
  return rows.map(({ request_id }) => request_id)
}

/**
 * Ends links that went to a mailbox which others read: of this request, of those that led to it, and of all others of the same person. Needs the
 * purpose `intake`. @param until when they went there, at the latest @returns how many
 */
export async function revokeMailedLinks(tx: Tx, request: string, until: Date): Promise<number> {
  const rows = await tx.all(
    query
      .updateTable('intake.link')
      .set({ revoked_at: tx.now })
      .where('mailed_at', '<=', until)
      .where('revoked_at', 'is', null)
      .where(
        sql<boolean>`request_id in (with recursive led as (
            select id, redirected_from, person_id from intake.request where id = ${request}::uuid
            union select r.id, r.redirected_from, r.person_id from intake.request r join led on r.id = led.redirected_from)
          select id from led union select r.id from intake.request r join led on r.person_id = led.person_id)`,
      )
      .returning('token_hash'),
  )
  return rows.length
}

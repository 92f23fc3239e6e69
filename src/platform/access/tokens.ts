import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { query, type Tx } from '../db/database.ts'

/** What begins every token, so that one found in a file or a log is known for what it is. */
export const tokenPrefix = 'lnd_'

/** What a token may be allowed: a part of the API, and whether it only reads. `directory:write` includes no reading. */
export const Scope = z.string().regex(/^[a-z][a-z-]{1,39}:(read|write)$/)

export const longestTokenDays = 365

/** A token as its owner sees it; the token itself is shown once, when it is made. */
export interface TokenRow {
  id: string
  name: string
  scopes: string[]
  created_at: Date
  expires_at: Date
  used_at: Date | null
}

/** A new token and what is stored of it. */
export function newToken(): { token: string; hash: Buffer } {
  const token = `${tokenPrefix}${randomBytes(32).toString('base64url')}`
  return { token, hash: tokenHash(token) }
}

/** SHA-256: the token is random, so there is nothing to guess slowly. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** The token of an `Authorization: Bearer lnd_…` header, undefined when there is none of ours. */
export function bearerToken(header: string | null): string | undefined {
  return /^Bearer\s+(lnd_[\w-]{43})\s*$/i.exec(header ?? '')?.[1]
}

/** Stores a token for an account. @returns the token, which nobody can show again */
export async function storeToken(
  tx: Tx,
  account: string,
  token: { name: string; scopes: readonly string[]; days: number },
): Promise<string> {
  const { token: made, hash } = newToken()
  await tx.all(
    query.insertInto('access.token').values({
      account_id: account,
      name: token.name,
      scopes: [...token.scopes],
      hash,
      expires_at: new Date(tx.now.valueOf() + token.days * 86_400_000),
    }),
  )
  return made
}

/** Tokens of an account that still work, the newest first. */
export function listTokens(tx: Tx, account: string): Promise<TokenRow[]> {
  return tx.all(
    query
      .selectFrom('access.token')
      .select(['id', 'name', 'scopes', 'created_at', 'expires_at', 'used_at'])
      .where('account_id', '=', account)
      .where('revoked_at', 'is', null)
      .where('expires_at', '>', tx.now)
      .orderBy('created_at', 'desc')
      .limit(100),
  )
}

/** Ends a token of this account. @returns whether there was one */
export async function revokeToken(tx: Tx, account: string, id: string): Promise<boolean> {
  const ended = await tx.one(
    query
      .updateTable('access.token')
      .set({ revoked_at: sql<Date>`now()` })
      .where('id', '=', id)
      .where('account_id', '=', account)
      .where('revoked_at', 'is', null)
      .returning('id'),
  )
  return ended !== undefined
}

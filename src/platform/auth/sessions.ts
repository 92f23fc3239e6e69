import { createHmac, timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import type pg from 'pg'
import { type Actor, needsSecondFactor } from '../access/actor.ts'
import type { Tx } from '../db/database.ts'
import { readCookies } from '../http/cookies.ts'
import { statement } from './accounts.ts'

/** A session of staff who can open cases ends after this long without a request. */
const staffIdleHours = 12
/** The moment of the last request is written at most this often. */
export const seenEveryMs = 60_000

/** A session as its owner sees it. */
export interface Session {
  id: string
  /** name of browser and system, as they present themselves */
  agent: string
  since: Date
  seen: Date
  secondFactor: boolean
  current: boolean
}

/** Name of the cookie that carries the session. */
export function sessionCookie(url: string): string {
  return `${url.startsWith('https:') ? '__Secure-' : ''}linden.session_token`
}

/**
 * The session's token from the request's cookie. The signature is checked first: what we did not sign costs no query.
 * @param name of another cookie that the engine signs
 * @returns undefined when there is no cookie, or none of ours
 */
export function sessionToken(
  request: Request,
  url: string,
  secret: string,
  name = sessionCookie(url),
): string | undefined {
  const value = readCookies(request.headers.get('cookie')).get(name)
  const at = value?.lastIndexOf('.') ?? -1
  if (!value || at < 1) return undefined
  const token = value.slice(0, at)
  const given = Buffer.from(value.slice(at + 1), 'base64')
  const expected = createHmac('sha256', secret).update(token).digest()
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : undefined
}

/** Has a session of this person rested for too long? Residents' sessions live until they expire. */
export function isIdle(actor: Pick<Actor, 'memberships'>, seen: Date, now: Date): boolean {
  return needsSecondFactor(actor) && now.valueOf() - seen.valueOf() > staffIdleHours * 3_600_000
}

/** A person's sessions, the latest first. */
export async function listSessions(
  pool: pg.Pool,
  account: string,
  token: string | undefined,
  now: Date,
): Promise<Session[]> {
  const { rows } = await pool.query<Session>(
    `select id, coalesce("userAgent", '') as agent, "createdAt" as since, seen_at as seen, second_factor as "secondFactor",
            coalesce(token = $2, false) as current
     from auth.session where "userId" = $1 and "expiresAt" > $3 order by seen_at desc limit 100`,
    [account, token ?? null, now],
  )
  return rows
}

/**
 * Ends one session of this account, in the transaction that records it: either both or neither. Here and below the transaction needs
 * the purpose `sign-in`. @returns whether there was one
 */
export async function endSession(tx: Tx, account: string, id: string): Promise<boolean> {
  const ended = await tx.one(
    statement(sql<{ id: string }>`delete from auth.session where id = ${id} and "userId" = ${account} returning id`),
  )
  return ended !== undefined
}

/** Ends every session of this account but the one with this token. */
export async function endOtherSessions(tx: Tx, account: string, token: string | undefined): Promise<void> {
  await tx.all(
    statement(
      sql`delete from auth.session where "userId" = ${account} and token is distinct from ${token ?? null}::text`,
    ),
  )
}

/** Ends the session with this token. */
export async function endSessionOf(tx: Tx, token: string): Promise<void> {
  await tx.all(statement(sql`delete from auth.session where token = ${token}`))
}

/** Notes that a second factor was shown in this session. */
export async function noteSecondFactor(pool: pg.Pool, token: string): Promise<void> {
  await pool.query('update auth.session set second_factor = true where token = $1', [token])
}

/** `Set-Cookie` values that forget the session and what belongs to it. */
export function forgetCookies(url: string): string[] {
  const secure = url.startsWith('https:')
  return ['session_token', 'two_factor', 'passkey'].map(
    (name) =>
      `${secure ? '__Secure-' : ''}linden.${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`,
  )
}

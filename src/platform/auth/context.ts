import type pg from 'pg'
import type { AuditName } from '../access/command.ts'
import type { Outcome } from '../access/outcome.ts'
import type { AuditEvent } from '../audit/record.ts'
import { recordEvent } from '../audit/record.ts'
import { type Config, staysHere } from '../config/config.ts'
import type { Database, Tx } from '../db/database.ts'
import { peerOf } from '../http/peer.ts'
import { m } from '../i18n/speech.ts'
import type { Log } from '../log/log.ts'
import type { Engine } from './engine.ts'
import type { Attempts, Limited } from './limits.ts'

/** What everything in this part stands on. */
export interface AuthContext {
  config: Pick<Config, 'url' | 'oidc' | 'demo' | 'host'>
  database: Database
  /** the few connections that may see the tables of signing in */
  pool: pg.Pool
  engine: Engine
  /** the engine that also knows the sign-in service; asks the service for its addresses, so it is made when it is needed */
  serviceEngine(): Promise<Engine | undefined>
  attempts: Attempts
  secret: string
  log: Log
  now(): Date
}

/**
 * The codes of demo accounts are shown only to who sits at this machine. A proxy before the program is reached from elsewhere, although
 * the program itself listens on loopback: then the address that people use names another host.
 */
export function showsDemo(auth: Pick<AuthContext, 'config'>): boolean {
  return auth.config.demo !== 'off' && staysHere(auth.config)
}

/** An outcome that says how long to wait; the page that shows it becomes 429 with `Retry-After`. */
export interface Locked {
  is: 'late'
  message: string
  seconds: number
}

/** Counts a try before it is made. @returns the refusal, or undefined to go on */
export async function refuseTooMany(
  auth: AuthContext,
  what: Limited,
  request: Request,
  account?: string,
): Promise<Locked | undefined> {
  const verdict = await auth.attempts.count(what, { account, address: peerOf(request) }, auth.now())
  if (verdict.is === 'open') return undefined
  return { is: 'late', message: m.auth_locked({ count: Math.ceil(verdict.seconds / 60) }), seconds: verdict.seconds }
}

/** Seconds to wait, when that is why a form came back. */
export function secondsToWait(outcome: Exclude<Outcome<unknown>, { is: 'ok' }>): number | undefined {
  return outcome.is === 'late' && 'seconds' in outcome && typeof outcome.seconds === 'number'
    ? outcome.seconds
    : undefined
}

/** Records what happened outside a command, or was refused by one, in a transaction of its own; `also` is done in it, or not at all. */
export async function recordAlone(
  auth: AuthContext,
  act: AuditName,
  outcome: AuditEvent['outcome'],
  account: string | undefined,
  more: { actor?: string | null; detail?: Record<string, string>; also?(tx: Tx): Promise<void> } = {},
): Promise<void> {
  const about = account ? { kind: 'account', id: account, ...(more.detail ? { detail: more.detail } : {}) } : undefined
  await auth.database.transact({ actor: more.actor ?? null }, async (tx) => {
    await more.also?.(tx)
    recordEvent(tx, { act, actor: more.actor ?? null, origin: 'page', outcome, about })
  })
}

const refusals = new WeakMap<object, { account: string | undefined; why: string }>()

/**
 * Notes about a refusal whom it concerns and why. It is recorded when the command's transaction is over: that one leaves
 * nothing behind, and a second one beside it would wait for connections that refusals like it hold.
 */
export function refusing<Refusal extends object>(outcome: Refusal, account: string | undefined, why: string): Refusal {
  refusals.set(outcome, { account, why })
  return outcome
}

/** Records a refusal that was noted with `refusing`. */
export async function recordRefusal(
  auth: AuthContext,
  act: AuditName,
  outcome: object,
  actor: string | null = null,
): Promise<void> {
  const noted = refusals.get(outcome)
  if (noted) await recordAlone(auth, act, 'refused', noted.account, { actor, detail: { why: noted.why } })
}

/** The id of the account with this address; asked whether or not it exists, so that both take as long. */
export async function accountOf(auth: AuthContext, email: string): Promise<string | undefined> {
  const { rows } = await auth.pool.query<{ id: string }>('select id from access.account where lower(email) = $1', [
    email.trim().toLowerCase(),
  ])
  return rows[0]?.id
}

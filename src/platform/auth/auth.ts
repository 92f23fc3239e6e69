import pg from 'pg'
import type { Actor } from '../access/actor.ts'
import { type Loaded, loadBySession, loadByToken } from '../access/load-actor.ts'
import { bearerToken, tokenHash } from '../access/tokens.ts'
import { recordEvent } from '../audit/record.ts'
import { type Config, secretOf } from '../config/config.ts'
import type { Database } from '../db/database.ts'
import { programLogin } from '../db/roles.ts'
import type { Authentication } from '../http/app.ts'
import type { Door } from '../http/door.ts'
import { currentLocale } from '../i18n/speech.ts'
import type { Log } from '../log/log.ts'
import { findAccount, openPerson } from './accounts.ts'
import { Administration } from './administration.ts'
import { type AuthContext, showsDemo } from './context.ts'
import { createEngine, type Engine } from './engine.ts'
import { Attempts } from './limits.ts'
import { authRoutes } from './routes/routes.ts'
import { signInPage } from './routes/sign-in.tsx'
import { readSecondFactor, totpCode } from './second-factor.ts'
import { isIdle, seenEveryMs, sessionToken } from './sessions.ts'

export interface AuthOptions {
  config: Config
  database: Database
  /** signs sessions and links, seals second factors; the same on every server */
  secret: string
  now?: () => Date
  log: Log
  /** what a token may be allowed, as the API's routes name it: `directory:read` */
  scopes?: readonly string[]
}

/** Signing in, as the web server, the command line and the demo use it. */
export interface Auth
  extends Authentication,
    Pick<
      Administration,
      'addAccount' | 'disableAccount' | 'enableAccount' | 'setRole' | 'inviteAgain' | 'createToken'
    > {
  /** adds the pages of signing in and of one's own account */
  routes(door: Door): void
  /** the current code of a demo account; undefined for any other account, and anywhere but on loopback */
  demoCode(email: string): Promise<string | undefined>
  /** forgets what has expired: sessions, links, codes; a job calls it daily */
  sweep(): Promise<void>
  /** ends the connections */
  close(): Promise<void>
}

/** Connections of one process to the tables of signing in: short statements, so few are enough. */
const connections = 4

/** Makes the part that knows who is who. `secret` is that of the instance, as text. */
export function createAuth(options: AuthOptions): Auth {
  const { config, database, secret, log, now = () => new Date() } = options
  const pool = openAuthPool(config, database, log)
  const parts = {
    pool,
    url: config.url,
    secret,
    log,
    openAccount: (person: { name: string; email: string }) => openServiceAccount(database, person),
    isOpen: async (account: string) =>
      (await pool.query('select from access.account where id = $1 and disabled_at is null', [account])).rowCount === 1,
  }
  const context: AuthContext = {
    config,
    database,
    pool,
    engine: createEngine({ ...parts, service: undefined }),
    serviceEngine: serviceEngine(() => (config.oidc ? createEngine({ ...parts, service: config.oidc }) : undefined)),
    attempts: new Attempts(pool, secret),
    secret,
    log,
    now,
  }
  const administration = new Administration(context)
  return {
    actorOf: (request) => actorOf(context, request),
    askToSignIn: (back) => signInPage(context, back, {}),
    routes: (door) => authRoutes(door, context, options.scopes ?? []),
    demoCode: (email) => demoCode(context, email),
    sweep: () => sweep(context),
    addAccount: (given, origin) => administration.addAccount(given, origin),
    disableAccount: (email, origin) => administration.disableAccount(email, origin),
    enableAccount: (email, origin) => administration.enableAccount(email, origin),
    setRole: (email, membership, held, origin) => administration.setRole(email, membership, held, origin),
    inviteAgain: (email, origin) => administration.inviteAgain(email, origin),
    createToken: (email, scopes, days, name, origin) => administration.createToken(email, scopes, days, name, origin),
    close: () => pool.end(),
  }
}

/** A pool whose every connection says what it is for, which the policies of these tables ask. It still is the program's role. */
function openAuthPool(config: Config, database: Database, log: Log): pg.Pool {
  const { ownerConnection } = database
  const pool = new pg.Pool({
    ...ownerConnection,
    ...programLogin(ownerConnection.database ?? '', secretOf(config)),
    options: '-c app.purpose=sign-in -c search_path=auth',
    max: connections,
    connectionTimeoutMillis: 15_000,
    idleTimeoutMillis: 60_000,
    application_name: 'linden auth',
  })
  pool.on('error', (error) => {
    // While the last program stops the embedded server, it ends connections that are ending themselves.
    if (!pool.ending) log.warn({ err: error, part: 'auth' }, 'a connection broke')
  })
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** Who asks? A request without a cookie of ours or a token costs no query. */
async function actorOf(auth: AuthContext, request: Request): Promise<{ actor: Actor | null }> {
  const now = auth.now()
  const bearer = bearerToken(request.headers.get('authorization'))
  if (bearer) return { actor: await byToken(auth, bearer, now) }
  const token = sessionToken(request, auth.config.url, auth.secret)
  if (!token) return { actor: null }
  const loaded = await loadBySession(auth.pool, token, now)
  if (!loaded) return { actor: null }
  if (loaded.seen && isIdle(loaded.actor, loaded.seen, now)) {
    await auth.pool.query('delete from auth.session where id = $1', [loaded.by])
    return { actor: null }
  }
  if (isStale(loaded, now))
    await auth.pool.query('update auth.session set seen_at = $2 where id = $1', [loaded.by, now])
  return { actor: loaded.actor }
}

async function byToken(auth: AuthContext, bearer: string, now: Date): Promise<Actor | null> {
  const loaded = await loadByToken(auth.pool, tokenHash(bearer), now)
  if (!loaded) return null
  if (isStale(loaded, now))
    await auth.pool.query('update access.token set used_at = $2 where id = $1', [loaded.by, now])
  return loaded.actor
}

function isStale(loaded: Loaded, now: Date): boolean {
  return !loaded.seen || now.valueOf() - loaded.seen.valueOf() > seenEveryMs
}

/**
 * The engine with the sign-in service. It asks the service once for its addresses; when that failed, the next visitor asks again,
 * and meanwhile everybody else signs in as always.
 */
function serviceEngine(make: () => Engine | undefined): () => Promise<Engine | undefined> {
  let engine: Engine | undefined
  return async () => {
    engine ??= make()
    const known = engine
    if (!known) return undefined
    const { socialProviders } = await known.$context
    if (socialProviders.length > 0) return known
    engine = undefined
    return undefined
  }
}

/** Opens the account of somebody whom the sign-in service brought. An account half made by a cut is found by its address and completed. */
async function openServiceAccount(database: Database, person: { name: string; email: string }): Promise<string> {
  return database.transact({ actor: null, locale: currentLocale(), purpose: 'registration' }, async (tx) => {
    const half = await findAccount(tx, person.email)
    if (half) return half.id
    const account = await openPerson(tx, { ...person, locale: currentLocale() })
    if (!account) throw new Error('the same account was opened twice at once; signing in again finds it')
    recordEvent(tx, {
      act: 'access.account.open',
      actor: null,
      origin: 'page',
      outcome: 'done',
      about: { kind: 'account', id: account, detail: { by: 'sign-in service' } },
    })
    return account
  })
}

async function demoCode(auth: AuthContext, email: string): Promise<string | undefined> {
  if (!showsDemo(auth)) return undefined
  const { rows } = await auth.pool.query<{ id: string }>('select id from auth."user" where email = $1 and demo', [
    email.trim().toLowerCase(),
  ])
  const factor = rows[0] && (await readSecondFactor(auth.pool, rows[0].id, auth.secret))
  return factor?.verified ? totpCode(factor.secret) : undefined
}

async function sweep(auth: AuthContext): Promise<void> {
  const now = auth.now()
  await auth.pool.query('delete from auth.session where "expiresAt" < $1', [now])
  await auth.pool.query('delete from auth.verification where "expiresAt" < $1', [now])
  await auth.pool.query('delete from auth.link where expires_at < $1', [now])
  await auth.pool.query(`delete from auth.spent_code where at < $1::timestamptz - interval '5 minutes'`, [now])
}

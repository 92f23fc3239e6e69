import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import type { Locale } from '../i18n/text.ts'
import { compile, type Statement } from './query.ts'
import { type Sender, senderOver } from './sender.ts'

/** On whose behalf a transaction acts: `app.actor`, `app.locale`, `app.purpose`, which the policies of the tables read. */
export interface Identity {
  /** Id of the person; null is anybody. */
  actor: string | null
  locale?: Locale
  purpose?: string
}

/** One transaction, for the time of the work it was given to. */
export interface Tx {
  /** The moment at which the transaction began, by the clock of the program. */
  readonly now: Date
  all<O>(statement: Statement<O>): Promise<O[]>
  /** The first row; undefined where there is none. */
  one<O>(statement: Statement<O>): Promise<O | undefined>
  /** A write whose rows nobody needs: it leaves in the packet of COMMIT, after all others, and fails the whole. */
  later(statement: Statement<unknown>): void
}

export interface TransactOptions {
  isolation?: 'read committed' | 'repeatable read' | 'serializable'
  readOnly?: boolean
}

/** What a transaction needs of its surroundings. */
export interface Means {
  pool: pg.Pool
  prepare: boolean
  now: () => Date
}

export const setIdentity =
  "select set_config('app.actor', $1, true), set_config('app.locale', $2, true), set_config('app.purpose', $3, true)"

export const identityValues = (identity: Identity) => [
  identity.actor ?? '',
  identity.locale ?? '',
  identity.purpose ?? '',
]

/** How often a transaction is begun again: after a deadlock, a serialisation failure, a connection lost before COMMIT. */
const attempts = 4

/**
 * Runs work in a transaction; all of it is stored, or nothing. Begin, identity and first statement leave in one packet.
 * The work may be run again, so it must change nothing but the database. Catching the error of a statement inside the work
 * does not save the transaction: PostgreSQL has given it up, and so does this.
 * @throws the first error of a statement, awaited or not; else what the work threw
 */
export async function transact<T>(
  means: Means,
  identity: Identity,
  work: (tx: Tx) => Promise<T>,
  options: TransactOptions = {},
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await attemptOnce(means, identity, work, options)
    if (!('error' in outcome)) return outcome.value
    if (!outcome.again || attempt === attempts) throw outcome.error
    // A conflict is over at once; a server that starts again takes longer.
    await pause((isConflict(outcome.error) ? 5 : 100) * 2 ** attempt * (0.5 + Math.random()))
  }
}

type Outcome<T> = { value: T } | { error: unknown; again: boolean }

async function attemptOnce<T>(
  means: Means,
  identity: Identity,
  work: (tx: Tx) => Promise<T>,
  options: TransactOptions,
): Promise<Outcome<T>> {
  let client: pg.PoolClient
  try {
    client = await means.pool.connect()
  } catch (error) {
    return { error, again: isConnectionLoss(error) }
  }
  const course = new Course(senderOver(client, means.prepare), means.now())
  void course.send(beginText(options))
  void course.send(setIdentity, identityValues(identity))
  let outcome: Outcome<T>
  try {
    outcome = { value: await work(course) }
  } catch (error) {
    outcome = { error, again: false }
  }
  const ending = await course.end(!('error' in outcome))
  const broken = ending.error
  const stale = (broken as { code?: string } | undefined)?.code === '0A000'
  client.release(ending.connectionUnusable || stale)
  if (broken === undefined) return outcome
  // After COMMIT was sent and the connection broke nobody knows whether it holds: doing it again might do it twice.
  const lost = isConnectionLoss(broken) && !ending.commitSent
  return { error: broken, again: isConflict(broken) || lost || (stale && /cached plan/.test(String(broken))) }
}

function beginText({ isolation, readOnly }: TransactOptions): string {
  return `begin${isolation ? ` isolation level ${isolation}` : ''}${readOnly ? ' read only' : ''}`
}

/** The statements of one attempt, in the order in which they were sent. */
class Course implements Tx {
  readonly now: Date
  readonly #send: Sender
  readonly #sent: Promise<void>[] = []
  readonly #deferred: { sql: string; parameters: readonly unknown[] }[] = []
  #over = false
  /** A statement could not even be sent: then COMMIT must not be either. */
  #unsent = false

  constructor(send: Sender, now: Date) {
    this.#send = send
    this.now = now
  }

  send(text: string, values?: readonly unknown[]): Promise<pg.QueryResult> {
    const answer = this.#attempt(text, values)
    // Its error is found at the end, whether or not anybody awaits this.
    // Its rows are not kept: a long transaction would else hold all that it ever read.
    const answered = answer.then(() => {})
    answered.catch(() => {})
    this.#sent.push(answered)
    return answer
  }

  async #attempt(text: string, values?: readonly unknown[]): Promise<pg.QueryResult> {
    let answer: Promise<pg.QueryResult>
    try {
      answer = this.#send(text, values)
    } catch (error) {
      this.#unsent = true
      throw error
    }
    return answer
  }

  all<O>(statement: Statement<O>): Promise<O[]> {
    if (this.#over) return Promise.reject(new TransactionOver())
    const { sql, parameters } = compile(statement)
    const rows = this.send(sql, parameters).then((result) => result.rows as O[])
    rows.catch(() => {})
    return rows
  }

  async one<O>(statement: Statement<O>): Promise<O | undefined> {
    const [row] = await this.all(statement)
    return row
  }

  later(statement: Statement<unknown>): void {
    if (this.#over) throw new TransactionOver()
    const { sql, parameters } = compile(statement)
    this.#deferred.push({ sql, parameters })
  }

  /** Sends what was deferred and the end, and waits for every answer. */
  async end(commit: boolean): Promise<{ error: unknown; commitSent: boolean; connectionUnusable: boolean }> {
    this.#over = true
    if (commit) for (const { sql, parameters } of this.#deferred) void this.send(sql, parameters)
    const statements = [...this.#sent]
    const commits = commit && !this.#unsent
    const last = this.send(commits ? 'commit' : 'rollback')
    const results = await Promise.allSettled(statements)
    const ended = await last.then(
      (result) => ({ command: result.command }),
      (error: unknown) => ({ error }),
    )
    const failures = results.filter((result) => result.status === 'rejected').map((result) => result.reason as unknown)
    // 25P02 only says that a statement before it failed.
    const error = failures.find((reason) => (reason as { code?: string }).code !== '25P02') ?? failures[0]
    const unusable = 'error' in ended
    if (error !== undefined) return { error, commitSent: commits, connectionUnusable: unusable }
    if (unusable) return { error: commit ? ended.error : undefined, commitSent: commits, connectionUnusable: true }
    if (commit && ended.command !== 'COMMIT')
      return { error: new Error('The transaction was rolled back.'), commitSent: true, connectionUnusable: false }
    return { error: undefined, commitSent: commits, connectionUnusable: false }
  }
}

/** A statement that nobody awaited reached a transaction after its end. */
export class TransactionOver extends Error {
  constructor() {
    super('A statement came after the end of its transaction. Await every promise inside the work, or use later().')
    this.name = 'TransactionOver'
  }
}

const isConflict = (error: unknown) => ['40001', '40P01'].includes((error as { code?: string }).code ?? '')

/** The connection broke, or the server is starting or stopping. */
export function isConnectionLoss(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  return (
    ['57P01', '57P02', '57P03', '08000', '08003', '08006', 'ECONNRESET', 'EPIPE', 'ECONNREFUSED', 'ENOENT'].includes(
      code,
    ) || /Connection terminated|connection error and is not queryable/.test(message)
  )
}

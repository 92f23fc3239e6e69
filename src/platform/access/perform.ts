import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { z } from 'zod'
import { recordEvent } from '../audit/record.ts'
import { type Database, type Identity, query, type Tx } from '../db/database.ts'
import { inLocale, m } from '../i18n/speech.ts'
import type { Locale } from '../i18n/text.ts'
import { jobQueue } from '../jobs/queue.ts'
import { threadOf } from '../thread/thread.ts'
import type { Actor } from './actor.ts'
import type { AuditNote, Command, Origin } from './command.ts'
import { fieldErrors } from './field-errors.ts'
import { conflict, forbidden, invalid, notFound, type Outcome } from './outcome.ts'

export interface Performance {
  database: Database
  actor: Actor | null
  locale: Locale
  origin: Origin
  /** a sender's key: the same key and text again is answered with the first outcome, and done once */
  idempotencyKey?: string | undefined
}

const nobody = '00000000-0000-0000-0000-000000000000'

/** The transaction is undone, the outcome is not. */
class Undone extends Error {
  readonly outcome: Outcome<never>
  constructor(outcome: Outcome<never>) {
    super(outcome.is)
    this.outcome = outcome
  }
}

/** The identity under which row level security sees this actor. */
export function identityOf(actor: Actor | null, locale: Locale): Identity {
  return { actor: actor?.account ?? null, locale }
}

/**
 * Performs a command: parse → subject → permission → rule and store → audit, thread and jobs, in one transaction.
 * A refusal is audited in a transaction of its own, since the first one leaves nothing behind.
 */
export async function perform<Schema extends z.ZodType, Subject, Result>(
  declared: Command<Schema, Subject, Result>,
  given: unknown,
  by: Performance,
): Promise<Outcome<Result>> {
  return inLocale(by.locale, async () => {
    const parsed = declared.input.safeParse(given)
    if (!parsed.success) return invalid(...fieldErrors(parsed.error))
    const purpose = typeof declared.purpose === 'function' ? declared.purpose(parsed.data) : declared.purpose
    const identity = { ...identityOf(by.actor, by.locale), ...(purpose ? { purpose } : {}) }
    try {
      return await by.database.transact(identity, async (tx) => {
        const earlier = await claim(tx, declared.audit, given, by)
        if (earlier) return earlier as Outcome<Result>
        const outcome = await run(tx, declared, parsed.data, by)
        if (outcome.is !== 'ok') throw new Undone(outcome)
        keep(tx, outcome, by)
        return outcome
      })
    } catch (problem) {
      if (!(problem instanceof Undone)) throw problem
      if (problem.outcome.is === 'forbidden') await auditRefusal(declared.audit, by)
      return problem.outcome
    }
  })
}

async function run<Schema extends z.ZodType, Subject, Result>(
  tx: Tx,
  declared: Command<Schema, Subject, Result>,
  input: z.output<Schema>,
  by: Performance,
): Promise<Outcome<Result>> {
  const subject = await declared.subject(tx, input)
  if (subject === undefined) return notFound
  if (!declared.permission.may(by.actor, subject)) return forbidden
  let note: AuditNote | undefined
  const outcome = await declared.run(
    {
      tx,
      actor: by.actor,
      locale: by.locale,
      now: tx.now,
      origin: by.origin,
      jobs: jobQueue(tx),
      thread: threadOf(tx),
      about: (told) => {
        note = told
      },
    },
    input,
    subject,
  )
  if (outcome.is === 'ok') {
    recordEvent(tx, {
      act: declared.audit,
      actor: by.actor?.account ?? null,
      origin: by.origin,
      outcome: 'done',
      about: note,
    })
  }
  return outcome
}

async function auditRefusal(act: Command<z.ZodType, unknown, unknown>['audit'], by: Performance): Promise<void> {
  await by.database.transact(identityOf(by.actor, by.locale), async (tx) => {
    recordEvent(tx, { act, actor: by.actor?.account ?? null, origin: by.origin, outcome: 'refused', about: undefined })
  })
}

/** Takes the sender's key, or finds what was answered under it. Two senders of one key wait for each other here. */
async function claim(tx: Tx, audit: string, given: unknown, by: Performance): Promise<Outcome<unknown> | undefined> {
  const key = by.idempotencyKey
  if (!key) return undefined
  if (key.length < 8 || key.length > 200) {
    throw new Undone(invalid({ path: 'Idempotency-Key', message: m.form_idempotency_key_length() }))
  }
  const actor = by.actor?.account ?? nobody
  const request = createHash('sha256')
    .update(JSON.stringify(given) ?? '')
    .digest()
  const taken = await tx.one(
    query
      .insertInto('http.idempotency')
      .values({ actor, key, command: audit, request })
      .onConflict((clash) => clash.doNothing())
      .returning('key'),
  )
  if (taken) return undefined
  const earlier = await tx.one(
    query
      .selectFrom('http.idempotency')
      .select(['command', 'outcome', sql<boolean>`request = ${request}`.as('same')])
      .where('actor', '=', actor)
      .where('key', '=', key),
  )
  if (!earlier?.same || earlier.command !== audit)
    throw new Undone(conflict(undefined, m.form_idempotency_key_reused()))
  return earlier.outcome as Outcome<unknown>
}

function keep(tx: Tx, outcome: Outcome<unknown>, by: Performance): void {
  if (!by.idempotencyKey) return
  tx.later(
    query
      .updateTable('http.idempotency')
      .set({ outcome: JSON.stringify(outcome) })
      .where('actor', '=', by.actor?.account ?? nobody)
      .where('key', '=', by.idempotencyKey),
  )
}

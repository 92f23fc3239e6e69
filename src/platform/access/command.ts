import type { z } from 'zod'
import type { Tx } from '../db/database.ts'
import type { Locale } from '../i18n/text.ts'
import type { JobQueue } from '../jobs/queue.ts'
import type { AddressLimit } from '../limits/limit.ts'
import type { Thread } from '../thread/thread.ts'
import type { Actor } from './actor.ts'
import type { Outcome } from './outcome.ts'
import type { Permission } from './permission.ts'

/** The name of what happened, as it stands in the audit trail: `directory.service.change`. */
export type AuditName = `${string}.${string}`

/** Where a command came from; written into the audit trail. */
export type Origin = 'page' | 'api' | 'command-line' | 'job' | 'mail-link'

/** What the audit trail says about a command besides its name: the thing concerned, and facts that are no personal data. */
export interface AuditNote {
  kind: string
  id: string
  detail?: Record<string, string | number | boolean | null | readonly string[]>
}

/** All that a command has in its hands. Everything it writes goes through `tx`, and so stands or falls together. */
export interface Work {
  readonly tx: Tx
  readonly actor: Actor | null
  readonly locale: Locale
  readonly now: Date
  readonly origin: Origin
  readonly jobs: JobQueue
  readonly thread: Thread
  /** names what the audit event is about; without it the event carries the name alone */
  about(note: AuditNote): void
}

/**
 * One verb of a capability. A command without permission or audit name does not compile.
 * `subject` loads what the permission is about, inside the transaction; `undefined` becomes *not found*,
 * so that a record which the actor may not see cannot be told from one that does not exist.
 */
export interface Command<Schema extends z.ZodType, Subject, Result, Needed = Subject> {
  readonly audit: AuditName
  readonly input: Schema
  /**
   * The errand on which its transaction sees rows, where policies ask for one and nobody has signed in (a link from a letter).
   * A function where the errand is that of one link alone, so that policies open nothing but what it leads to.
   */
  readonly purpose?: string | ((input: z.output<Schema>) => string | undefined)
  subject(tx: Tx, input: z.output<Schema>): Promise<Subject | undefined>
  readonly permission: Permission<Needed>
  /** how often visitors without an account may do it by page or API; 429 with the time to wait beyond it */
  readonly limit?: AddressLimit
  run(work: Work, input: z.output<Schema>, subject: Subject): Promise<Outcome<Result>>
}

/** A permission whose test takes exactly this subject: as a method the compiler would let it ask for more than there is. */
export interface Strict<Subject> {
  readonly may: (actor: Actor | null, subject: Subject) => boolean
}

/**
 * Declares a command; only here for inference of its types. Where the permission asks about more than the subject loads, what
 * comes back is no command and fits nowhere.
 */
export function command<Schema extends z.ZodType, Subject, Result, Needed>(
  declared: Command<Schema, Subject, Result, Needed>,
): [Subject] extends [Needed]
  ? Command<Schema, Subject, Result>
  : 'The permission asks about more than the subject loads.' {
  return declared as never
}

/** The subject of commands whose permission does not depend on a record. */
export const nothingStored = async (): Promise<object> => ({})

import type { Actor } from '../access/actor.ts'
import type { AuditNote } from '../access/command.ts'
import type { Database, Tx } from '../db/database.ts'
import type { Locale } from '../i18n/text.ts'
import type { Region } from '../packs/regions.ts'

/** One request, as a route sees it. */
export interface Visit<Params = unknown, Query = unknown> {
  readonly params: Params
  readonly query: Query
  readonly actor: Actor | null
  readonly locale: Locale
  /** the region that this person looks at: chosen, or guessed from their language; undefined when no pack is loaded */
  readonly region: Region | undefined
  readonly regions: readonly Region[]
  readonly now: Date
  /** path and query of this page */
  readonly address: string
  /** scheme, host and port under which the program is reached */
  readonly origin: string
  readonly database: Database
  /**
   * A transaction under the actor's identity; the route's audit event, if it has one, commits with it.
   * @param purpose the errand of a link by which somebody came, where policies ask for one
   */
  read<T>(work: (tx: Tx) => Promise<T>, purpose?: string): Promise<T>
  /** names what the route's audit event is about */
  about(note: AuditNote): void
  readonly request: Request
}

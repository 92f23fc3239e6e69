import type { z } from 'zod'
import type { Command } from '../access/command.ts'
import type { Database, Tx } from '../db/database.ts'
import type { Locale } from '../i18n/text.ts'

/** On what a capability plays its part of the demo: the same commands that people use, on behalf of invented people. */
export interface DemoStage {
  /** regions that are loaded */
  readonly packs: ReadonlySet<string>
  /** the moment at which the demo is loaded */
  readonly now: Date
  /** for what brings its own transactions, such as an import */
  readonly database: Database
  /**
   * Performs a command. What was done already under this key is not done again, so that a demo that was cut off can be completed.
   * @param by.email of an invented person; null for somebody who has not signed in
   * @param by.daysAgo moves the clock of the command back
   * @param by.locale language of somebody who has not signed in
   * @throws Error where the command refuses: then story and rules do not fit each other
   */
  perform<Schema extends z.ZodType, Subject, Result>(
    key: string,
    command: Command<Schema, Subject, Result>,
    input: z.input<Schema>,
    by: { email: string | null; daysAgo?: number; locale?: Locale },
  ): Promise<void>
  /** the token of a link (43 signs) that only this instance can make, the same each time */
  token(key: string): string
  /** for what visitors leave behind without a command */
  transact<T>(work: (tx: Tx) => Promise<T>): Promise<T>
}

/** What a capability adds to the demo. */
export interface DemoPart {
  /** what one can survey: invented people at work */
  play(stage: DemoStage): Promise<void>
  /** many generated records, so that the platform can be seen under load. @param count services in all */
  multiply?(stage: DemoStage, count: number): Promise<void>
}

import type { z } from 'zod'
import type { TestDatabase } from '../../../test/database.ts'
import type { Actor } from '../../platform/access/actor.ts'
import type { Command } from '../../platform/access/command.ts'
import type { Outcome } from '../../platform/access/outcome.ts'
import { perform } from '../../platform/access/perform.ts'

/** Performs a command on behalf of somebody. */
export function does<Schema extends z.ZodType, Subject, Result>(
  db: TestDatabase,
  actor: Actor | null,
  command: Command<Schema, Subject, Result>,
  input: z.input<Schema>,
): Promise<Outcome<Result>> {
  return perform(command, input, { database: db, actor, locale: 'en', origin: 'page' })
}

export function okValue<T>(outcome: Outcome<T>): T {
  if (outcome.is !== 'ok') throw new Error(`expected ok, was ${JSON.stringify(outcome)}`)
  return outcome.value
}

/** A public decision of the executive committee, with what is different this time. */
export const publicDecision = (more: Record<string, unknown> = {}) => ({
  body: 'vykonavchyi-komitet',
  matter: 'orhanizatsiia-posluh',
  decidedOn: '2026-11-20',
  outcome: 'agreed' as const,
  title: { uk: 'Прийом увечері', en: 'Open in the evening' },
  ...more,
})

/** A decision of the working group about a person. The mark stands in its text, so that a leak is found. */
export const personalDecision = (more: Record<string, unknown> = {}) => ({
  body: 'robocha-hrupa-sotsialnoho-suprovodu',
  matter: 'pochatok-suprovodu',
  decidedOn: '2026-11-20',
  outcome: 'agreed' as const,
  title: { uk: 'Супровід родини, таємний-знак-родини' },
  words: { uk: 'Текст таємний-знак-родини' },
  ...more,
})
export const secretMark = 'таємний-знак-родини'

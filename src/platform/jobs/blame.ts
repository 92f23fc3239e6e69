import { JobFailed } from './job.ts'

/** What may be told of an error: no message and no values, for those repeat what people wrote, or their addresses. */
export interface Blame {
  /** `PostgresError 23505 letter_pkey`, `TypeError`, or the words of a `JobFailed` */
  words: string
  /** where it was thrown, without the message above it */
  stack: string[]
}

/** Reduces an error to what may be logged and stored. */
export function blame(error: unknown): Blame {
  if (!(error instanceof Error)) return { words: `thrown: ${typeof error}`, stack: [] }
  const { name, stack = '', cause } = error
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line))
  const facts = error as { code?: unknown; constraint?: unknown; table?: unknown }
  const known = [facts.code, facts.table, facts.constraint].filter(
    (fact) => typeof fact === 'string' || typeof fact === 'number',
  )
  const words = error instanceof JobFailed ? error.message : [name, ...known].join(' ')
  const deeper = cause === undefined ? [] : [`caused by ${blame(cause).words}`]
  return { words: [words, ...deeper].join(', '), stack: frames.slice(0, 12).map((line) => line.trim()) }
}

import { destination, pino, stdTimeFunctions } from 'pino'

/** Structured lines. They hold ids, never names, texts, tokens or addresses of people. */
export interface Log {
  info(facts: object, words: string): void
  warn(facts: object, words: string): void
  error(facts: object, words: string): void
}

/** Database errors carry rows and values in these fields: they stay out of the log. */
const personal = [
  'err.detail',
  'err.where',
  'err.parameters',
  'err.query',
  'err.internalQuery',
  '*.email',
  '*.password',
  '*.token',
]

/**
 * @param level one of pino's levels, `silent` for none
 * @param output 1 is standard output; 2, standard error, where a command prints its result on the other
 */
export function createLog(level: string, output: 1 | 2 = 1): Log {
  const options = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    redact: { paths: personal, censor: '[removed]' },
    serializers: { err: told },
  }
  return pino(options, destination({ fd: output, sync: true }))
}

/** Of an error only these: the driver hangs the whole connection on it, with its password. */
function told(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error }
  const { name: type, message, code, stack } = error as Error & { code?: unknown }
  return { type, message, code, stack }
}

import { pino, stdTimeFunctions } from 'pino'

/** Structured lines on standard output. They hold ids, never names, texts, tokens or addresses of people. */
export interface Log {
  info(facts: object, words: string): void
  warn(facts: object, words: string): void
  error(facts: object, words: string): void
}

/** Database errors carry rows and values in these fields: they stay out of the log. */
const personal = ['err.detail', 'err.where', 'err.parameters', 'err.query', 'err.internalQuery', '*.email', '*.password', '*.token']

/** @param level one of pino's levels, `silent` for none */
export function createLog(level: string): Log {
  return pino({ level, base: null, timestamp: stdTimeFunctions.isoTime, redact: { paths: personal, censor: '[removed]' } })
}

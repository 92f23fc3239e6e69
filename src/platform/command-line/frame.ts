import { Command } from 'commander'
import { type Config, ConfigError, readConfig } from '../config/config.ts'
import { type Database, openDatabase } from '../db/database.ts'
import { createLog, type Log } from '../log/log.ts'

/** Why a command cannot do what was asked: one line for whoever typed it, and exit status 1. */
export class Refusal extends Error {
  constructor(words: string) {
    super(words)
    this.name = 'Refusal'
  }
}

/** Reads the configuration from the environment of this process. @throws ConfigError */
export const configOf = (): Config => readConfig(process.env)

/** Commands speak on standard output, so their log goes to standard error, and holds only what went wrong. */
export const commandLog = (config: Config): Log => createLog(config.logLevel === 'info' ? 'warn' : config.logLevel, 2)

/** Opens the migrated database alone, for the time of the work. */
export async function withDatabase<T>(
  work: (database: Database, config: Config) => Promise<T>,
  config = configOf(),
): Promise<T> {
  const log = commandLog(config)
  const database = await openDatabase(config, { onConnectionError: (err) => log.warn({ err }, 'a connection broke') })
  try {
    return await work(database, config)
  } finally {
    await database.close()
  }
}

/** Prints a result: as JSON where that was asked for, else as the lines given. */
export function say(result: unknown, json: boolean | undefined, lines: readonly string[]): void {
  process.stdout.write(json ? `${JSON.stringify(result, null, 2)}\n` : lines.map((line) => `${line}\n`).join(''))
}

/** Columns of text under each other, two spaces between them. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => [...(row[column] ?? '')].length)))
  return rows.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - [...cell].length))
      .join('  ')
      .trimEnd(),
  )
}

/** A group of commands: `linden pack …`. */
export function group(name: string, about: string): Command {
  return new Command(name).description(about)
}

/** The one line that says what went wrong. Errors of the driver often hide their words in a list of causes. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0])
  const { message, code } = error as { message?: string; code?: string }
  const words = (message || code || String(error)).replaceAll(/\s*\n\s*/g, ' ').trim()
  return error instanceof ConfigError || error instanceof Refusal ? words : (networkReason(code, words) ?? words)
}

function networkReason(code: string | undefined, words: string): string | undefined {
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'ETIMEDOUT')
    return `The database of DATABASE_URL does not answer (${words}). Is it running, and is the address right?`
  if (code === '28P01' || code === '28000')
    return `The database of DATABASE_URL refuses the sign-in (${words}). Check user and password.`
  return undefined
}

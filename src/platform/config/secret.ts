import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from './config.ts'
import { ConfigError } from './config-error.ts'
import { writeOnce } from './write-once.ts'

/**
 * The secret of this instance: LINDEN_SECRET, or the file `secret` in the data folder, made at the first start
 * (32 random bytes as base64url, readable by its owner alone).
 * @returns at least 32 bytes
 * @throws ConfigError where the file is too short, or cannot be read or made
 */
export function secretOf(config: Pick<Config, 'secret' | 'data'>): Buffer {
  if (config.secret) return Buffer.from(config.secret, 'utf8')
  const file = join(config.data, 'secret')
  const secret = Buffer.from(contentOf(file).trim(), 'base64url')
  if (secret.length >= 32) return secret
  throw new ConfigError(
    'LINDEN_SECRET',
    `${file} does not hold 32 random bytes. Put the file back from a backup, or set LINDEN_SECRET.`,
  )
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      throw new ConfigError('LINDEN_SECRET', `${file} cannot be read: ${(error as Error).message}.`)
  }
  try {
    return writeOnce(file, `${randomBytes(32).toString('base64url')}\n`)
  } catch (error) {
    throw new ConfigError(
      'LINDEN_DATA',
      `LINDEN_DATA: ${file} cannot be written: ${(error as Error).message}. Allowed: a folder that Linden may write to.`,
    )
  }
}

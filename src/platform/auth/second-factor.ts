import { randomInt } from 'node:crypto'
import { base32 } from '@better-auth/utils/base32'
import { createOTP } from '@better-auth/utils/otp'
import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto'
import type pg from 'pg'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** What an authenticator app keeps: 32 random characters (190 bits). */
export function newTotpKey(): string {
  return Array.from({ length: 32 }, () => alphabet[randomInt(alphabet.length)]).join('')
}

/** The key as apps take it (base32, RFC 4648, without padding). */
export function totpSecretOf(key: string): string {
  return base32.encode(key, { padding: false })
}

/** The key of a base32 secret. @throws when it is no base32 of printable characters, which the engine could not keep */
export function totpKeyOf(secret: string): string {
  const bytes = base32.decode(secret.replaceAll(/[\s=]/g, '').toUpperCase())
  const key = Buffer.from(bytes).toString('latin1')
  if (!/^[\x21-\x7e]{16,64}$/.test(key))
    throw new Error(
      'A TOTP secret for Linden is the base32 of 16 to 64 printable ASCII characters: make one with newTotpSecret().',
    )
  return key
}

/** A fresh secret in base32, for accounts that are made with their second factor. */
export function newTotpSecret(): string {
  return totpSecretOf(newTotpKey())
}

/** The code of this moment. @param secret base32 */
export async function totpCode(secret: string): Promise<string> {
  return createOTP(totpKeyOf(secret), { digits: 6, period: 30 }).totp()
}

/** The key as it is stored: encrypted with the instance's secret, as the engine reads it. */
export function sealTotpKey(key: string, secret: string): Promise<string> {
  return symmetricEncrypt({ key: secret, data: key })
}

export interface SecondFactor {
  /** base32; only to be shown while it is being set up, or for a demo account */
  secret: string
  verified: boolean
}

/** The second factor of an account, if it has one or is setting one up. */
export async function readSecondFactor(
  pool: pg.Pool,
  account: string,
  secret: string,
): Promise<SecondFactor | undefined> {
  const { rows } = await pool.query<{ secret: string; verified: boolean }>(
    'select secret, verified from auth."twoFactor" where "userId" = $1',
    [account],
  )
  const row = rows[0]
  if (!row) return undefined
  return { secret: totpSecretOf(await symmetricDecrypt({ key: secret, data: row.secret })), verified: row.verified }
}

/** Marks a code as used. @returns false when it was used before: a code that was seen over a shoulder opens nothing */
export async function spendCode(pool: pg.Pool, account: string, code: string, now: Date): Promise<boolean> {
  await pool.query('delete from auth.spent_code where account_id = $1 and at < $2', [
    account,
    new Date(now.valueOf() - 5 * 60_000),
  ])
  const { rowCount } = await pool.query(
    'insert into auth.spent_code (account_id, code, at) values ($1, $2, $3) on conflict do nothing',
    [account, code, now],
  )
  return rowCount === 1
}

/** Letters and figures that nobody takes for one another. */
const readable = 'abcdefghjkmnpqrstuvwxyz23456789'
const recoveryCodes = 10

/** Ten codes for the day on which the telephone is lost (each 49 bits), and all of them sealed as the engine reads them. */
export async function newRecoveryCodes(secret: string): Promise<{ codes: string[]; sealed: string }> {
  const part = () => Array.from({ length: 5 }, () => readable[randomInt(readable.length)]).join('')
  const codes = Array.from({ length: recoveryCodes }, () => `${part()}-${part()}`)
  return { codes, sealed: await symmetricEncrypt({ key: secret, data: JSON.stringify(codes) }) }
}

/** What a person typed, as a code: six digits of the app, or a recovery code, however it was spaced. */
export function readCode(typed: string): { is: 'totp' | 'recovery'; code: string } {
  const plain = typed.replaceAll(/[\s-]/g, '').toLowerCase()
  if (/^\d{6}$/.test(plain)) return { is: 'totp', code: plain }
  return { is: 'recovery', code: `${plain.slice(0, 5)}-${plain.slice(5)}` }
}

/** What an authenticator app reads from the picture. */
export function totpAddress(secret: string, email: string, host: string): string {
  const issuer = `Linden (${host})`
  return `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(email)}?secret=${secret}&issuer=${encodeURIComponent(issuer)}&digits=6&period=30`
}

import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { z } from 'zod'

/** A national identifier or the number of a paper, as it is stored: encrypted, and as a keyed hash by which equal ones are found. */
export const SealedIdentifier = z.object({
  /** AES-256-GCM: nonce, text, tag; base64url */
  sealed: z.string().regex(/^[\w-]{38,400}$/),
  /** HMAC-SHA-256 of the number without spaces and case, hex */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
})
export type SealedIdentifier = z.infer<typeof SealedIdentifier>

const keyOf = (secret: string, use: string): Buffer => Buffer.from(hkdfSync('sha256', secret, '', use, 32))

/** Only letters and digits tell: people type spaces, hyphens and small letters as they like. */
const plain = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')

/** @param secret of the instance @returns undefined where nothing but signs was typed */
export function sealIdentifier(secret: string, typed: string): SealedIdentifier | undefined {
  const text = plain(typed)
  if (text === '') return undefined
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret, 'identifier'), nonce)
  const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
  const hash = createHmac('sha256', keyOf(secret, 'identifier hash')).update(text).digest('hex')
  return { sealed: sealed.toString('base64url'), hash }
}

/** The number itself. @throws Error where it was sealed with another secret, or changed */
export function openIdentifier(secret: string, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secret, 'identifier'), bytes.subarray(0, 12))
  decipher.setAuthTag(bytes.subarray(-16))
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8')
}

import { createHash, randomBytes } from 'node:crypto'
import type pg from 'pg'
import type { Locale } from '../i18n/text.ts'

/** A link that works once, for this long. */
export const linkHours = { registration: 24, invitation: 7 * 24, reset: 1 } as const
export type LinkKind = keyof typeof linkHours

export interface Link {
  kind: LinkKind
  account: string | null
  name: string | null
  email: string | null
  locale: Locale | null
}

/** The secret of a link, for a letter; only its hash is stored. */
export function newLinkSecret(): { secret: string; hash: Buffer } {
  const secret = randomBytes(32).toString('base64url')
  return { secret, hash: hashOf(secret) }
}

/** SHA-256: the secrets are random, so there is nothing to guess slowly. */
export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

/** The row of a new link. */
export function linkExpiry(kind: LinkKind, now: Date): Date {
  return new Date(now.valueOf() + linkHours[kind] * 3_600_000)
}

const columns = 'kind, account_id as account, name, email, locale'

/** Looks at a link without using it up. Several kinds may be meant. */
export async function lookAtLink(
  pool: pg.Pool,
  secret: string,
  kinds: readonly LinkKind[],
  now: Date,
): Promise<Link | undefined> {
  const { rows } = await pool.query<Link>(
    `select ${columns} from auth.link where hash = $1 and kind = any($2) and expires_at > $3`,
    [hashOf(secret), kinds, now],
  )
  return rows[0]
}

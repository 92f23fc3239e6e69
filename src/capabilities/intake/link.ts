import { createHash } from 'node:crypto'
import { z } from 'zod'

/** The token of a request's link: 32 random bytes, base64url. */
export const LinkToken = z.string().regex(/^[\w-]{43}$/)

/** How long a link works after it was last needed, in days: long enough for somebody who has no roof. */
export const linkDays = 365

/** What is stored of a token. */
export const linkHash = (token: string): Buffer => createHash('sha256').update(`intake.request ${token}`).digest()

/** The errand of whoever comes by this link: policies open its request, and nothing else. */
export const linkPurpose = (token: string): string => `intake.link ${linkHash(token).toString('hex')}`

/** The token in an address below `/r/`; undefined where there is none. */
export const tokenIn = (address: string): string | undefined => /\/r\/([\w-]{43})(?:\/|$)/.exec(address)?.[1]

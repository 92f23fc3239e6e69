import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'

/** The token of a party's link: 32 random bytes, base64url. */
export const AnswerToken = z.string().regex(/^[\w-]{43}$/)

export const newAnswerToken = (): string => randomBytes(32).toString('base64url')

/** What is stored of a token. */
export const answerHash = (token: string): Buffer => createHash('sha256').update(`governance.answer ${token}`).digest()

/** The errand of whoever comes by this link: policies open its party and consultation, and nothing else (decision 0013). */
export const answerPurpose = (token: string): string => `governance.answer ${answerHash(token).toString('hex')}`

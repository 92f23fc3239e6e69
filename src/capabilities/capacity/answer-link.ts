import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'

/** The token of a link by which a municipality answers: 32 random bytes, base64url. */
export const AnswerToken = z.string().regex(/^[\w-]{43}$/)

/** A token that nobody else has. */
export const newAnswerToken = (): string => randomBytes(32).toString('base64url')

/** What is stored of a token. */
export const answerHash = (token: string): Buffer => createHash('sha256').update(`capacity.answer ${token}`).digest()

/** The errand of whoever comes by this link: policies open its letter, and nothing else. */
export const answerPurpose = (token: string): string => `capacity.answer ${answerHash(token).toString('hex')}`

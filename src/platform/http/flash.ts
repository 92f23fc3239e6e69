import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Flash } from './answer.ts'

/** Name of the cookie that carries a message to the next page, once. */
export const flashCookie = 'linden_flash'

/** Seals a message, so that nobody can put words of their own on our pages. */
export function sealFlash(flash: Flash, secret: string): string {
  const body = Buffer.from(JSON.stringify(flash)).toString('base64url')
  return `${body}.${signature(body, secret)}`
}

/** @returns undefined for what was not sealed with this secret */
export function openFlash(sealed: string | undefined, secret: string): Flash | undefined {
  const [body, given] = (sealed ?? '').split('.')
  if (!body || !given) return undefined
  const own = Buffer.from(signature(body, secret))
  const shown = Buffer.from(given)
  if (own.length !== shown.length || !timingSafeEqual(own, shown)) return undefined
  return JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as Flash
}

function signature(body: string, secret: string): string {
  return createHmac('sha256', secret).update(`flash ${body}`).digest('base64url')
}

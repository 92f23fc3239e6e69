import { createHash } from 'node:crypto'
import type { FieldError } from '../access/outcome.ts'
import { m } from '../i18n/speech.ts'
import { readBody } from './body.ts'
import { BadText, cleanValue, decodeUtf8 } from './clean.ts'
import type { Recognised } from './recognise.ts'

const jsonLimit = 1_000_000

/** Reads a body as JSON, cleaned; nothing sent is an empty object. @throws BadText, TooLarge */
export async function readJson(request: Request): Promise<{ value: unknown } | { error: FieldError }> {
  const text = decodeUtf8('', await readBody(request, jsonLimit))
  if (text.trim() === '') return { value: {} }
  if (!request.headers.get('content-type')?.includes('json'))
    return { error: { path: 'Content-Type', message: m.form_needs_json() } }
  try {
    return { value: cleanValue('', JSON.parse(text)) }
  } catch (error) {
    if (error instanceof BadText) throw error
    return { error: { path: '', message: m.form_no_json() } }
  }
}

/** An answer in JSON, with its version as ETag where it has one. */
export function json(value: unknown, status: number, version: number | undefined, recognised: Recognised): Response {
  const body = JSON.stringify(value)
  const tag = version === undefined ? undefined : entityTag(version, body)
  const headers = {
    // Who asks decides what they see: no cache between us keeps it for another.
    'cache-control': recognised.actor ? 'no-store' : 'private, no-cache',
    vary: 'Accept-Language, Authorization, Cookie',
    ...(tag ? { etag: tag } : {}),
  }
  if (tag && recognised.request.headers.get('if-none-match') === tag)
    return new Response(null, { status: 304, headers })
  return new Response(body, {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  })
}

/**
 * Names what was sent, and carries the version for `If-Match`. The version alone would not do: who confirmed a card, or where its places
 * are, changes without a new version of the card.
 */
function entityTag(version: number, body: string): string {
  return `"${version}-${createHash('sha256').update(body).digest('base64url').slice(0, 16)}"`
}

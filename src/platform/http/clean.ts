/** A text that cannot be stored or shown safely, and why. */
export class BadText extends Error {
  readonly path: string
  readonly reason: 'encoding' | 'nul' | 'surrogate'
  constructor(path: string, reason: BadText['reason']) {
    super(`${path}: ${reason}`)
    this.path = path
    this.reason = reason
  }
}

/**
 * Brings a text into the one form that is stored: NFC, line breaks as LF.
 * @throws BadText for NUL and lone surrogates, which no database text holds
 */
export function cleanText(path: string, text: string): string {
  if (text.includes('\u0000')) throw new BadText(path, 'nul')
  if (!text.isWellFormed()) throw new BadText(path, 'surrogate')
  return text.normalize('NFC').replace(/\r\n?/g, '\n')
}

/** The same for every text within a JSON value, keys included. */
export function cleanValue(path: string, value: unknown): unknown {
  if (typeof value === 'string') return cleanText(path, value)
  if (Array.isArray(value)) return value.map((item, at) => cleanValue(path ? `${path}.${at}` : String(at), item))
  if (value && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        cleanText(path, key),
        cleanValue(path ? `${path}.${key}` : key, item),
      ]),
    )
  }
  return value
}

/** @throws BadText when the bytes are no UTF-8: replacing what cannot be read would be a silent change */
export function decodeUtf8(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)
  } catch {
    throw new BadText(path, 'encoding')
  }
}

const turning = /[\u202a-\u202e\u2066-\u2069]/
const parts = /<(script|textarea)\b[\s\S]*?<\/\1>|<[^>]*>|[\u202a-\u202e\u2066-\u2069]/g

/**
 * Shows characters that turn the direction of what follows, instead of obeying them: `gnp.exe` must not read as `exe.png`.
 * Only in texts of a page: what stands in a field or in data stays as it is stored.
 */
export function showTurning(html: string): string {
  if (!turning.test(html)) return html
  return html.replace(parts, (part) =>
    part.length > 1 ? part : `[U+${part.codePointAt(0)?.toString(16).toUpperCase()}]`,
  )
}

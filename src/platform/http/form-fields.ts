import { BadText, cleanText, decodeUtf8 } from './clean.ts'

/** What a person typed, by field name; a name may come more than once (checkboxes). */
export type Fields = ReadonlyMap<string, readonly string[]>

/** Reads an urlencoded body. @throws BadText naming the field */
export function readUrlencoded(bytes: Uint8Array): Fields {
  const fields = new Map<string, string[]>()
  const text = decodeUtf8('', bytes)
  if (text === '') return fields
  for (const pair of text.split('&')) {
    const at = pair.indexOf('=')
    const name = decodePart('', at < 0 ? pair : pair.slice(0, at))
    const value = at < 0 ? '' : decodePart(name, pair.slice(at + 1))
    add(fields, name, value)
  }
  return fields
}

/** `%FF` must not become a replacement character: decode strictly. */
function decodePart(path: string, part: string): string {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '))
  } catch {
    throw new BadText(path, 'encoding')
  }
}

/** Adds one cleaned value under its name. */
export function add(fields: Map<string, string[]>, name: string, value: string): void {
  const key = cleanText('', name)
  const list = fields.get(key)
  const clean = cleanText(key, value)
  if (list) list.push(clean)
  else fields.set(key, [clean])
}

/** First value of a field, trimmed; undefined when nothing was typed. */
export function field(fields: Fields, name: string): string | undefined {
  const value = fields.get(name)?.[0]?.trim()
  return value ? value : undefined
}

const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype'])
type Tree = { [key: string]: Tree | string | string[] }

/**
 * Turns dotted names into an object for a zod schema: `names.uk` → `{ names: { uk } }`; numbers make lists (`activities.0.uk`),
 * a name that ends in `[]` is always a list. Nothing typed is nothing sent. Names that begin with `_` are the platform's own.
 */
export function nestFields(fields: Fields): Record<string, unknown> {
  const root: Tree = {}
  for (const [name, values] of fields) {
    if (name.startsWith('_')) continue
    const typed = values.map((value) => value.trim()).filter((value) => value !== '')
    const list = name.endsWith('[]')
    if (typed.length === 0 && !list) continue
    const path = (list ? name.slice(0, -2) : name).split('.')
    if (path.length > 8 || path.some((part) => forbiddenKeys.has(part))) continue
    let place = root
    for (const part of path.slice(0, -1)) {
      const next = place[part]
      if (typeof next === 'object' && !Array.isArray(next)) place = next
      else {
        const made: Tree = {}
        place[part] = made
        place = made
      }
    }
    place[path.at(-1) ?? ''] = list ? typed : (typed.at(-1) ?? '')
  }
  return lists(root) as Record<string, unknown>
}

function lists(value: Tree | string | string[]): unknown {
  if (typeof value === 'string' || Array.isArray(value)) return value
  const keys = Object.keys(value)
  if (keys.length > 0 && keys.every((key) => /^\d{1,4}$/.test(key))) {
    return keys.sort((a, b) => Number(a) - Number(b)).map((key) => lists(value[key] ?? ''))
  }
  return Object.fromEntries(keys.map((key) => [key, lists(value[key] ?? '')]))
}

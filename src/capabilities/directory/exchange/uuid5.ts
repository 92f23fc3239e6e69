import { createHash } from 'node:crypto'

/** Namespace of every id that Linden derives from a name. Never change it: derived ids are known outside. */
const namespace = Buffer.from('8f4b6c1e5a0d4d3f9c7e2b1a6d5f4e3c', 'hex')

/** A UUID version 5 (RFC 9562): the same name gives the same id on every machine. */
export function uuid5(...name: readonly string[]): string {
  const hash = createHash('sha1').update(namespace).update(name.join('/')).digest().subarray(0, 16)
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80
  const hex = hash.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** Any UUID, written as PostgreSQL takes it. */
export const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

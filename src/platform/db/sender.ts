import { createHash } from 'node:crypto'
import type { Writable } from 'node:stream'
import type pg from 'pg'
import { prepareValue } from 'pg/lib/utils.js'

/** Sends statements over one connection without waiting for the answers of those before. */
export type Sender = (text: string, values?: readonly unknown[]) => Promise<pg.QueryResult>

/**
 * All statements of one turn of the event loop leave in one packet; texts in use are prepared once per connection.
 * @param prepare false behind PgBouncer in transaction mode, which loses prepared statements
 */
export function senderOver(client: pg.ClientBase, prepare: boolean): Sender {
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection
  let corked = false
  return (text, values = []) => {
    if (!corked) {
      corked = true
      stream.cork()
      process.nextTick(() => {
        corked = false
        stream.uncork()
      })
    }
    if (values.length === 0) return client.query(text)
    // Before anything is sent: a value the driver cannot write must not fail behind statements that succeed.
    const parameters = values.map((value) => prepareValue(value))
    const name = prepare ? nameOf(text) : undefined
    return client.query(name ? { name, text, values: parameters } : { text, values: parameters })
  }
}

const longest = 16_384
const mostNames = 2_000
const names = new Map<string, string>()
const seenOnce = new Set<string>()

/**
 * A name for a text that comes again. The first time it has none, and the names are limited: lists of changing length
 * would else fill the memory of every connection.
 */
function nameOf(text: string): string | undefined {
  const name = names.get(text)
  if (name) return name
  if (text.length > longest || names.size >= mostNames) return undefined
  if (!seenOnce.has(text)) {
    if (seenOnce.size >= mostNames) seenOnce.clear()
    seenOnce.add(text)
    return undefined
  }
  seenOnce.delete(text)
  const made = createHash('sha256').update(text).digest('base64url').slice(0, 24)
  names.set(text, made)
  return made
}

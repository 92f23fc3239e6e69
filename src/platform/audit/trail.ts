import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type pg from 'pg'
import { z } from 'zod'
import { type Entry, readSpans, type Seal } from './entry.ts'
import type { Head } from './head.ts'
import { type Verdict, verify } from './verify.ts'

/** The trail of one moment: both sequences in their order, each to be read once, beside each other or one after the other. */
export interface Trail {
  entries: AsyncIterable<Entry>
  seals: AsyncIterable<Seal>
}

/** Columns of an event in the exact texts that the hashes stand on. */
export const entryColumns = `id::text, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, act, outcome, origin,
  about_kind, about_id, encode(commitment, 'hex') as commitment, actor::text, detail::text, salt::text`

type Row = Record<string, string | null>

/** Reads a row of `entryColumns`. */
export function entryOf(row: Row): Entry {
  return {
    id: Number(row.id),
    at: row.at ?? '',
    act: row.act ?? '',
    outcome: row.outcome ?? '',
    origin: row.origin ?? '',
    aboutKind: row.about_kind ?? null,
    aboutId: row.about_id ?? null,
    commitment: row.commitment ?? '',
    actor: row.actor ?? null,
    detail: row.detail ?? '',
    salt: row.salt ?? null,
  }
}

export const sealColumns = `number::text, to_char(sealed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as sealed_at,
  events::text, count::text, encode(leaves, 'hex') as leaves, encode(root, 'hex') as root,
  encode(previous, 'hex') as previous, encode(hash, 'hex') as hash`

/** Reads a row of `sealColumns`. */
export function sealOf(row: Row): Seal {
  return {
    number: Number(row.number),
    sealedAt: row.sealed_at ?? '',
    events: readSpans(row.events ?? ''),
    count: Number(row.count),
    leaves: row.leaves?.match(/.{64}/g) ?? [],
    root: row.root ?? '',
    previous: row.previous ?? '',
    hash: row.hash ?? '',
  }
}

/**
 * Opens the trail of the database for the time of the work. Entries and seals are of one moment, so that a seal made meanwhile does not
 * look like one whose entries are missing.
 * @param owner pool of the owner: the program sees only the events of its actor
 */
export async function withTrail<T>(owner: pg.Pool, work: (trail: Trail) => Promise<T>): Promise<T> {
  const client = await owner.connect()
  let failed = true
  try {
    await client.query('begin isolation level repeatable read read only')
    const result = await work({
      entries: rowsOf(client, 'entries', `select ${entryColumns} from audit.event order by event.id`, 1000, entryOf),
      seals: rowsOf(client, 'seals', `select ${sealColumns} from audit.seal order by seal.number`, 10, sealOf),
    })
    failed = false
    return result
  } finally {
    await client.query('rollback').catch(() => {
      failed = true
    })
    client.release(failed)
  }
}

async function* rowsOf<T>(
  client: pg.ClientBase,
  cursor: string,
  text: string,
  batch: number,
  read: (row: Row) => T,
): AsyncGenerator<T> {
  await client.query(`declare ${cursor} no scroll cursor for ${text}`)
  for (;;) {
    const { rows } = await client.query<Row>(`fetch ${batch} from ${cursor}`)
    for (const row of rows) yield read(row)
    if (rows.length < batch) return
  }
}

/** Verifies the trail of the database. @param head an older head, kept elsewhere */
export function verifyDatabase(owner: pg.Pool, head?: Head): Promise<Verdict> {
  return withTrail(owner, ({ entries, seals }) => verify(entries, seals, head))
}

/** The trail as lines of JSON, for verifying without the database. @param persons with actors and particulars, or only their commitments */
export async function* writeTrail(trail: Trail, { persons }: { persons: boolean }): AsyncGenerator<string> {
  for await (const seal of trail.seals) yield `${JSON.stringify({ seal })}\n`
  for await (const { actor, detail, salt, ...entry } of trail.entries) {
    yield `${JSON.stringify({ entry: persons ? { ...entry, actor, detail, salt } : entry })}\n`
  }
}

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const whole = z.number().int().positive()

const Line = z.union([
  z.strictObject({
    entry: z.strictObject({
      id: whole,
      at: z.string(),
      act: z.string(),
      outcome: z.string(),
      origin: z.string(),
      aboutKind: z.string().nullable(),
      aboutId: z.string().nullable(),
      commitment: hash,
      actor: z.string().nullable().exactOptional(),
      detail: z.string().exactOptional(),
      salt: z.string().nullable().exactOptional(),
    }),
  }),
  z.strictObject({
    seal: z.strictObject({
      number: whole,
      sealedAt: z.string(),
      events: z.array(z.object({ from: whole, to: whole })),
      count: whole.max(1000),
      leaves: z.array(hash),
      root: hash,
      previous: hash,
      hash,
    }),
  }),
])

/** Reads what `writeTrail` wrote. @throws Error with the number of the line that is no part of a trail */
export function readTrail(file: string): Trail {
  return {
    entries: pick(file, (line) => ('entry' in line ? line.entry : undefined)),
    seals: pick(file, (line) => ('seal' in line ? line.seal : undefined)),
  }
}

async function* pick<T>(file: string, choose: (line: z.output<typeof Line>) => T | undefined): AsyncGenerator<T> {
  let number = 0
  for await (const text of createInterface({
    input: createReadStream(file, 'utf8'),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    number++
    if (text === '') continue
    const line = readLine(text)
    if (!line) throw new Error(`Line ${number} of this file is no entry or seal of an audit trail.`)
    const chosen = choose(line)
    if (chosen !== undefined) yield chosen
  }
}

function readLine(text: string): z.output<typeof Line> | undefined {
  try {
    return Line.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

import { sql } from 'kysely'
import { z } from 'zod'
import { json, query, type Tx } from '../../../platform/db/database.ts'
import { isSame, type Told } from '../rules/joining.ts'
import type { Reason } from '../rules/matching/compare.ts'
import { storedKeys } from '../rules/matching/lookup.ts'
import { SafeContact } from '../types.ts'
import { marksOf, people, type StoredPerson, storedPerson } from './people.ts'

const StoredTold = z.object({
  account: z.string().optional(),
  birthDate: z.string().optional(),
  phones: z.array(z.string()).readonly(),
  emails: z.array(z.string()).readonly(),
  address: z.string().optional(),
  area: z.string().optional(),
  language: z.string().optional(),
  documentNumber: z.string().optional(),
  documentHash: z.string().optional(),
  contact: SafeContact,
})

/** What undoing needs: the requests that moved, the kept record before and after, and the keys under which it was found before. */
const Moved = z.object({
  requests: z.array(z.string()),
  before: StoredTold,
  after: StoredTold,
  keys: z.array(z.string()),
})

/** Two records that were joined, as far as the actor sees both. */
export interface Merge {
  id: string
  kept: string
  merged: string
  /** the name on the record that was joined to the other */
  name: string
  score: number
  reasons: readonly Reason[]
  at: Date
  /** account of whoever joined them */
  by: string | undefined
  undoneAt: Date | undefined
  requests: readonly string[]
  before: Told
  after: Told
  keysBefore: readonly string[]
}

/** Both records of a pair, locked in one order until the transaction ends, as they stand then; undefined where one may not be seen. */
export async function holdPair(
  tx: Tx,
  one: string,
  two: string,
): Promise<readonly [StoredPerson, StoredPerson] | undefined> {
  const rows = await tx.all(people().where('p.id', 'in', [one, two]).orderBy('p.id').forUpdate())
  const found = rows.map(storedPerson)
  const [first, second] = [found.find(({ id }) => id === one), found.find(({ id }) => id === two)]
  return first && second && [first, second]
}

/** What a record says, as far as joining may change it. */
export const toldBy = (person: StoredPerson): Told => ({
  account: person.account,
  birthDate: person.birthDate,
  phones: person.phones,
  emails: person.emails,
  address: person.address,
  area: person.area,
  language: person.language,
  documentNumber: person.documentNumber,
  documentHash: person.documentHash,
  contact: person.contact,
})

/**
 * INT-8: joins one record to another; both are held by `holdPair`. What may have changed is checked where it is written.
 * @returns the id of the joining and how many requests moved; undefined where one of them changed meanwhile or was joined to a third
 */
export async function joinPeople(
  tx: Tx,
  { kept, joined }: { kept: StoredPerson; joined: StoredPerson },
  told: { after: Told; score: number; reasons: readonly Reason[]; account: string | null },
): Promise<{ id: string; requests: number } | undefined> {
  const turned = await tx.one(
    changed(joined)
      .set({ merged_into: kept.id, changed_at: tx.now, version: sql`version + 1` })
      .where('merged_into', 'is', null)
      .returning('match_keys'),
  )
  if (!turned) return undefined
  const { keys } = (await tx.one(
    query.selectFrom('intake.person').select('match_keys as keys').where('id', '=', kept.id),
  )) ?? { keys: [] }
  const filled = await tx.one(
    changed(kept)
      .set({
        ...columnsOf(told.after, toldBy(kept)),
        // under what was known of the other record the kept one is found too
        match_keys: [...new Set([...keysOf(kept.name, told.after), ...turned.match_keys])],
        changed_at: tx.now,
        version: sql`version + 1`,
      })
      .where('merged_into', 'is', null)
      .returning('id'),
  )
  if (!filled) return undefined
  const requests = await moveRequests(tx, joined.id, kept.id, null)
  const row = await tx.one(
    query
      .insertInto('intake.merge')
      .values({
        kept_id: kept.id,
        merged_id: joined.id,
        score: told.score,
        reasons: json(told.reasons),
        moved: json({ requests, before: toldBy(kept), after: told.after, keys } satisfies z.input<typeof Moved>),
        at: tx.now,
        account_id: told.account,
      })
      .returning('id'),
  )
  return row && { id: row.id, requests: requests.length }
}

/**
 * INT-8: undoes a joining; both records are held by `holdPair`. @param told what the kept record says from now on
 * @returns how many requests went back, and how many came since and stay; undefined where one of the records changed, or it was undone already
 */
export async function separatePeople(
  tx: Tx,
  merge: Merge,
  { kept, joined }: { kept: StoredPerson; joined: StoredPerson },
  told: { now: Told; account: string | null; asBefore: boolean },
): Promise<{ moved: number; stayed: number } | undefined> {
  const undone = await tx.one(
    query
      .updateTable('intake.merge')
      .set({ undone_at: tx.now, undone_by: told.account })
      .where('id', '=', merge.id)
      .where('undone_at', 'is', null)
      .returning('id'),
  )
  const freed = await tx.one(
    changed(joined)
      .set({ merged_into: null, changed_at: tx.now, version: sql`version + 1` })
      .where('merged_into', '=', kept.id)
      .returning('id'),
  )
  const restored = await tx.one(
    changed(kept)
      .set({
        ...columnsOf(told.now, toldBy(kept)),
        match_keys: told.asBefore ? [...merge.keysBefore] : keysOf(kept.name, told.now),
        changed_at: tx.now,
        version: sql`version + 1`,
      })
      .returning('id'),
  )
  if (!undone || !freed || !restored) return undefined
  const moved = await moveRequests(tx, kept.id, joined.id, merge.requests)
  const stayed = await tx.one(
    query
      .selectFrom('intake.request')
      .select(sql<number>`count(*)::int`.as('count'))
      .where('person_id', '=', kept.id)
      .where('submitted_at', '>', merge.at),
  )
  return { moved: moved.length, stayed: stayed?.count ?? 0 }
}

/** Joinings into a record, undone ones too, the newest first. */
export async function mergesInto(tx: Tx, kept: string): Promise<Merge[]> {
  const rows = await tx.all(merges().where('g.kept_id', '=', kept).orderBy('g.at', 'desc').orderBy('g.id', 'desc'))
  return rows.map(storedMerge)
}

/** A joining by its id, as far as the actor sees both records. */
export async function readMerge(tx: Tx, id: string): Promise<Merge | undefined> {
  const row = await tx.one(merges().where('g.id', '=', id))
  return row && storedMerge(row)
}

/** The record with this id and those that were joined to it, and to them. */
export async function withJoined(tx: Tx, person: string): Promise<string[]> {
  const rows = await tx.all(sql<{ id: string }>`
    with recursive own (id) as (
      select p.id from intake.person p where p.id = ${person}::uuid
      union select p.id from intake.person p join own on p.merged_into = own.id)
    select id from own`)
  return rows.map(({ id }) => id)
}

const merges = () =>
  query
    .selectFrom('intake.merge as g')
    .innerJoin('intake.person as p', 'p.id', 'g.merged_id')
    .selectAll('g')
    .select('p.name')

type Row = Awaited<ReturnType<ReturnType<typeof merges>['execute']>>[number]

function storedMerge(row: Row): Merge {
  const { requests, before, after, keys } = Moved.parse(row.moved)
  return {
    id: row.id,
    kept: row.kept_id,
    merged: row.merged_id,
    name: row.name,
    score: row.score,
    reasons: row.reasons as Reason[],
    at: row.at,
    by: row.account_id ?? undefined,
    undoneAt: row.undone_at ?? undefined,
    requests,
    before: toldOf(before),
    after: toldOf(after),
    keysBefore: keys,
  }
}

/** What JSON has left out is there again, as nothing. */
const toldOf = (stored: z.output<typeof StoredTold>): Told => ({
  account: stored.account,
  birthDate: stored.birthDate,
  phones: stored.phones,
  emails: stored.emails,
  address: stored.address,
  area: stored.area,
  language: stored.language,
  documentNumber: stored.documentNumber,
  documentHash: stored.documentHash,
  contact: stored.contact,
})

/** An update of a record that still stands as it was read. */
const changed = ({ id, version }: StoredPerson) =>
  query.updateTable('intake.person').where('id', '=', id).where('version', '=', version)

/** What differs, as columns: the rest stays as it is, to the byte. */
function columnsOf(told: Told, stored: Told) {
  const columns = {
    account: { account_id: told.account ?? null },
    birthDate: { birth_date: told.birthDate ?? null },
    phones: { phones: [...told.phones] },
    emails: { emails: [...told.emails] },
    address: { address: told.address ?? null },
    area: { area: told.area ?? null },
    language: { language: told.language ?? null },
    documentNumber: { document_number: told.documentNumber ?? null },
    documentHash: { document_hash: told.documentHash ?? null },
    contact: { contact: json(told.contact) },
  } satisfies Record<keyof Told, object>
  const names = Object.keys(columns) as (keyof Told)[]
  return Object.assign({}, ...names.filter((name) => !isSame(told[name], stored[name])).map((name) => columns[name]))
}

const keysOf = (name: string, told: Told): string[] => storedKeys(marksOf({ ...told, name }))

async function moveRequests(tx: Tx, from: string, to: string, chosen: readonly string[] | null): Promise<string[]> {
  const rows = await tx.all(sql<{ id: string }>`
    select id from intake.move_requests(${from}::uuid, ${to}::uuid, ${chosen && [...chosen]}::uuid[]) as id`)
  return rows.map(({ id }) => id)
}

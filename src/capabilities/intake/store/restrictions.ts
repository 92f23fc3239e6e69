import { sql } from 'kysely'
import { query, type Tx } from '../../../platform/db/database.ts'
import type { StoredPerson } from './people.ts'

/** Somebody to whom a protected record was opened. */
export interface Reader {
  account: string
  name: string
  /** why, as it was written when the record was opened to them */
  basis: string
  since: Date
}

const kind = 'intake.person'

/** Those to whom a record was opened, as whoever sees it is told. */
export async function readersOf(tx: Tx, person: string): Promise<Reader[]> {
  const rows = await tx.all(sql<{ account_id: string; name: string; basis: string; since: Date }>`
    select distinct on (name, account_id) account_id, name, basis, since from intake.readers(${person}::uuid)
    order by name, account_id, since desc`)
  return rows.map(({ account_id, name, basis, since }) => ({ account: account_id, name, basis, since }))
}

/**
 * Protects records: from now on only these accounts see them. The grants come first, so that whoever protects a record does not lose sight of it
 * while they do. @param records the record and those that were joined to it @returns false where it changed meanwhile
 */
export async function protectRecords(
  tx: Tx,
  person: StoredPerson,
  records: readonly string[],
  opened: { readers: readonly string[]; basis: string; by: string },
): Promise<boolean> {
  await tx.all(
    sql`insert into access.grant (account_id, object_kind, object_id, basis, granted_by)
      select reader, ${kind}, record, ${opened.basis}, ${opened.by}::uuid
      from unnest(${[...opened.readers]}::uuid[]) reader cross join unnest(${[...records]}::uuid[]) record`,
  )
  const row = await changePerson(tx, person, true)
  if (!row) return false
  await restrict(tx, records, true)
  // what they were given before is replaced by what they are given now
  await tx.all(
    query
      .updateTable('access.grant')
      .set({ until: sql<Date>`now()` })
      .where('object_kind', '=', kind)
      .where('object_id', 'in', [...records])
      .where('since', '<', sql<Date>`now()`)
      .where((where) => where.or([where('until', 'is', null), where('until', '>', sql<Date>`now()`)])),
  )
  return true
}

/** Lifts the protection: the office sees the records again. @returns false where the record changed meanwhile */
export async function unprotectRecords(tx: Tx, person: StoredPerson, records: readonly string[]): Promise<boolean> {
  if (!(await changePerson(tx, person, false))) return false
  await restrict(tx, records, false)
  await tx.all(
    query
      .updateTable('access.grant')
      .set({ until: sql<Date>`now()` })
      .where('object_kind', '=', kind)
      .where('object_id', 'in', [...records])
      .where((where) => where.or([where('until', 'is', null), where('until', '>', sql<Date>`now()`)])),
  )
  return true
}

const changePerson = (tx: Tx, { id, version }: StoredPerson, restricted: boolean) =>
  tx.one(
    query
      .updateTable('intake.person')
      .set({ restricted, changed_at: tx.now, version: sql`version + 1` })
      .where('id', '=', id)
      .where('version', '=', version)
      .where('merged_into', 'is', null)
      .returning('id'),
  )

const restrict = (tx: Tx, records: readonly string[], restricted: boolean) =>
  tx.all(
    query
      .updateTable('intake.person')
      .set({ restricted })
      .where('id', 'in', [...records]),
  )

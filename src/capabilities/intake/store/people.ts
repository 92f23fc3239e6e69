import { json, query, type Tx } from '../../../platform/db/database.ts'
import { storedKeys } from '../rules/matching/lookup.ts'
import type { Marks } from '../rules/matching/marks.ts'
import { type Particulars, SafeContact } from '../types.ts'

/** Somebody whom an office knows. */
export interface StoredPerson {
  id: string
  authority: string
  account: string | undefined
  name: string
  birthDate: string | undefined
  phones: readonly string[]
  emails: readonly string[]
  address: string | undefined
  area: string | undefined
  language: string | undefined
  documentNumber: string | undefined
  documentHash: string | undefined
  contact: SafeContact
  restricted: boolean
  mergedInto: string | undefined
  version: number
  createdAt: Date
}

/** What possible duplicates are compared by (INT-8). */
export function marksOf(
  person: Pick<StoredPerson, 'name' | 'birthDate' | 'phones' | 'emails' | 'address' | 'documentHash'>,
): Marks {
  return {
    name: person.name,
    birthDate: person.birthDate,
    phones: person.phones,
    emails: person.emails,
    address: person.address,
    documents: person.documentHash ? [person.documentHash] : [],
  }
}

/** Opens a record for somebody who asks. No row comes back: whoever came by a link may not read it before the request points to it. */
export async function addPerson(
  tx: Tx,
  id: string,
  person: {
    authority: string
    account: string | undefined
    particulars: Particulars & { name: string }
    contact: SafeContact
  },
): Promise<void> {
  const { particulars, contact } = person
  const phones = contact.phone ? [contact.phone] : []
  const emails = contact.email ? [contact.email] : []
  const keys = storedKeys({
    name: particulars.name,
    birthDate: particulars.birthDate,
    phones,
    emails,
    address: particulars.address,
    documents: particulars.documentNumber ? [particulars.documentNumber.hash] : [],
  })
  await tx.all(
    query.insertInto('intake.person').values({
      id,
      authority_id: person.authority,
      account_id: person.account ?? null,
      name: particulars.name,
      birth_date: particulars.birthDate ?? null,
      phones,
      emails,
      address: particulars.address ?? null,
      area: particulars.area ?? null,
      language: particulars.language ?? null,
      document_number: particulars.documentNumber?.sealed ?? null,
      document_hash: particulars.documentNumber?.hash ?? null,
      contact: json(contact),
      match_keys: keys,
      created_at: tx.now,
      changed_at: tx.now,
    }),
  )
}

/** A person, as far as row level security opens them; a record that was joined to another leads there. */
export async function readPerson(tx: Tx, id: string): Promise<StoredPerson | undefined> {
  const row = await tx.one(people().where('p.id', '=', id))
  return row && storedPerson(row)
}

/** The record that an office keeps of an account. */
export async function personOfAccount(tx: Tx, account: string, authority: string): Promise<StoredPerson | undefined> {
  const row = await tx.one(
    people()
      .where('p.account_id', '=', account)
      .where('p.authority_id', '=', authority)
      .where('p.merged_into', 'is', null)
      .orderBy('p.id')
      .limit(1),
  )
  return row && storedPerson(row)
}

export const people = () => query.selectFrom('intake.person as p').selectAll('p')

type Row = Awaited<ReturnType<ReturnType<typeof people>['execute']>>[number]

/** A row as the capability knows it. */
export function storedPerson(row: Row): StoredPerson {
  return {
    id: row.id,
    authority: row.authority_id,
    account: row.account_id ?? undefined,
    name: row.name,
    birthDate: row.birth_date ?? undefined,
    phones: row.phones,
    emails: row.emails,
    address: row.address ?? undefined,
    area: row.area ?? undefined,
    language: row.language ?? undefined,
    documentNumber: row.document_number ?? undefined,
    documentHash: row.document_hash ?? undefined,
    contact: SafeContact.parse(row.contact),
    restricted: row.restricted,
    mergedInto: row.merged_into ?? undefined,
    version: row.version,
    createdAt: row.created_at,
  }
}

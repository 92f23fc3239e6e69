import { sql } from 'kysely'
import { json, query, type Tx } from '../../../platform/db/database.ts'
import { SafeContact } from '../types.ts'
import { readPerson } from './people.ts'
import type { StoredRequest } from './requests.ts'

/** How somebody is reached without harm (INT-11), and where letters by post would go. */
export interface Reach {
  contact: SafeContact
  address: string | undefined
}

/**
 * INT-11: how contact with a person is safe, as last told; a record that was joined to another leads there.
 * @param person id of a record of an office @returns undefined where there is none, or the actor may not see it
 */
export async function contactOf(tx: Tx, person: string): Promise<Reach | undefined> {
  let found = await readPerson(tx, person)
  for (let steps = 0; found?.mergedInto && steps < 20; steps++) found = await readPerson(tx, found.mergedInto)
  return found && { contact: found.contact, address: found.address }
}

/** The same for a request: of its person, else as it was told without a name. */
export async function contactOfRequest(tx: Tx, request: Pick<StoredRequest, 'person' | 'draft'>): Promise<Reach> {
  const { contact, particulars } = request.draft
  const ofPerson = request.person ? await contactOf(tx, request.person) : undefined
  return ofPerson ?? { contact, address: particulars.address }
}

/** How contact with the holder of an account is safe, as each office was told, the newest first. Needs the account's own errand. */
export async function contactsOfAccount(tx: Tx, account: string): Promise<SafeContact[]> {
  const rows = await tx.all(
    query
      .selectFrom('intake.person')
      .select('contact')
      .where('account_id', '=', account)
      .where('merged_into', 'is', null)
      .orderBy('changed_at', 'desc')
      .orderBy('id', 'desc'),
  )
  return rows.map(({ contact }) => SafeContact.parse(contact))
}

/** May the actor see the record of this person? Where none is known, there is nothing to hide. */
export const isPersonShown = async (tx: Tx, person: string | undefined): Promise<boolean> =>
  person === undefined || (await readPerson(tx, person)) !== undefined

/**
 * INT-11: how contact is safe from now on, for the person and all that they have asked for. The database lets whoever may open the request
 * change this of the person's record, and nothing else. @returns false where the request cannot be opened
 */
export async function tellContact(tx: Tx, request: string, contact: SafeContact): Promise<boolean> {
  const row = await tx.one(
    query.selectNoFrom(
      sql<boolean>`intake.tell_contact(${request}::uuid, ${json(contact)}::jsonb, ${tx.now}::timestamptz)`.as('told'),
    ),
  )
  return row?.told ?? false
}

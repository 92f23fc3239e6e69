import type { Tx } from '../../../platform/db/database.ts'
import type { Opened } from '../permissions.ts'
import { readPerson, type StoredPerson } from '../store/people.ts'

/** A record of somebody, and the office that keeps it: the permission asks for nothing else. */
export interface OpenedPerson extends Opened {
  person: StoredPerson
}

const keptBy = (person: StoredPerson): OpenedPerson => ({
  person,
  handler: person.authority,
  account: undefined,
  helper: undefined,
  byLink: false,
})

/** @returns undefined where there is no such record, or nobody may know that there is */
export async function openPerson(tx: Tx, input: { person: string }): Promise<OpenedPerson | undefined> {
  const person = await readPerson(tx, input.person)
  return person && keptBy(person)
}

/** Two records of one office; undefined where one of them is not there, or another office keeps it. */
export async function openPair(
  tx: Tx,
  one: string,
  two: string,
): Promise<(OpenedPerson & { other: StoredPerson }) | undefined> {
  if (one === two) return undefined
  const [person, other] = [await readPerson(tx, one), await readPerson(tx, two)]
  if (!person || !other || person.authority !== other.authority) return undefined
  return { ...keptBy(person), other }
}

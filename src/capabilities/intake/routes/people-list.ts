import { z } from 'zod'
import type { Tx } from '../../../platform/db/database.ts'
import { decodeCursor, encodeCursor } from '../../../platform/http/cursor.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { officesOf } from '../offices.ts'
import { findPeople, listPeople, type PeoplePage } from '../store/find-people.ts'

const pageSize = 25

export const PeopleQuery = z.object({
  q: z.string().trim().max(200).optional(),
  born: z.iso.date().optional(),
  after: z.string().max(400).optional(),
})

/** The people of the reader's offices: a page of all, or of those who fit. `bad`: the cursor was not made here. */
export async function peopleFor(
  tx: Tx,
  visit: Visit<unknown, z.output<typeof PeopleQuery>>,
): Promise<PeoplePage | 'bad'> {
  const { q, born, after } = visit.query
  const read = after === undefined ? undefined : z.tuple([z.uuid()]).safeParse(decodeCursor(after, 1))
  if (read && !read.success) return 'bad'
  const from = { after: read?.data[0], limit: pageSize }
  const { people, next } =
    q === undefined && born === undefined
      ? await listPeople(tx, officesOf(visit.actor), from)
      : await findPeople(tx, { words: q, birthDate: born }, from)
  return { people, next: next && encodeCursor([next]) }
}

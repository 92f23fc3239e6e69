import { sql } from 'kysely'
import { query, type Tx } from '../../../platform/db/database.ts'
import type { Text } from '../../../platform/i18n/text.ts'
import { beginnings } from '../rules/called.ts'
import { lookupOf } from '../rules/matching/lookup.ts'
import { people, type StoredPerson, storedPerson } from './people.ts'

/** What somebody is looked for by: words of a name, a telephone, an e-mail address or the reference of a request; a birth date (YYYY-MM-DD). */
export interface Sought {
  words?: string | undefined
  birthDate?: string | undefined
}

export interface PeoplePage {
  people: StoredPerson[]
  /** id of the last one shown, where there are more */
  next: string | undefined
}

/** Where a page begins, and how long it is. */
interface Page {
  after: string | undefined
  limit: number
}

/** The people of these offices whom the actor may see, those who came last first; who was joined to another record is not listed. */
export async function listPeople(tx: Tx, offices: readonly string[], { after, limit }: Page): Promise<PeoplePage> {
  if (offices.length === 0) return { people: [], next: undefined }
  // each office by its own index, so that it takes as long at a million people as at a thousand
  const branches = offices.map(
    (office) => sql`(select p.id from intake.person p where p.authority_id = ${office}::uuid and p.merged_into is null
      ${after ? sql`and p.id < ${after}::uuid` : sql``} order by p.id desc limit ${limit + 1}::int)`,
  )
  const ids = await tx.all(
    sql<{
      id: string
    }>`select id from (${sql.join(branches, sql` union all `)}) b order by id desc limit ${limit + 1}::int`,
  )
  return pageOf(tx, ids, limit)
}

/** The people of the actor's offices who fit, those who came last first. Who may not be seen is not found. */
export async function findPeople(tx: Tx, sought: Sought, page: Page): Promise<PeoplePage> {
  const named = await byReference(tx, sought)
  if (named) return { people: [named], next: undefined }
  const lookup = lookupOf(sought.words, sought.birthDate)
  if (!lookup) return { people: [], next: undefined }
  const [first = [], second = first, third = first] = lookup.words
  const called = sought.words ? beginnings(sought.words) : undefined
  const ids = await tx.all(sql<{ id: string }>`
    select id from intake.people_with(${[...first]}::text[], ${[...second]}::text[], ${[...third]}::text[],
      ${lookup.birthDate && [...lookup.birthDate]}::text[], ${called}::tsquery, ${page.after}::uuid, ${page.limit + 1}::int) as id`)
  return pageOf(tx, ids, page.limit)
}

async function pageOf(tx: Tx, ids: readonly { id: string }[], limit: number): Promise<PeoplePage> {
  const shown = ids.slice(0, limit).map(({ id }) => id)
  if (shown.length === 0) return { people: [], next: undefined }
  const rows = await tx.all(people().where('p.id', 'in', shown).orderBy('p.id', 'desc'))
  return { people: rows.map(storedPerson), next: ids.length > limit ? shown.at(-1) : undefined }
}

/** Whoever a request is about, by what is said on the telephone. */
async function byReference(tx: Tx, { words, birthDate }: Sought): Promise<StoredPerson | undefined> {
  const reference = words?.replaceAll(/[\s-]/g, '').toUpperCase()
  if (birthDate || !reference || !/^[0-9A-Z]{10}$/.test(reference)) return undefined
  const row = await tx.one(
    people()
      .innerJoin('intake.request as r', 'r.person_id', 'p.id')
      .where('r.reference', '=', `${reference.slice(0, 5)}-${reference.slice(5)}`)
      .where('r.state', '!=', 'draft'),
  )
  return row && storedPerson(row)
}

/** The name of an area in the languages there are; undefined where it is none. */
export async function areaNames(tx: Tx, code: string | undefined): Promise<Text | undefined> {
  if (!code) return undefined
  const row = await tx.one(query.selectFrom('access.area').select('names').where('code', '=', code))
  return row?.names as Text | undefined
}

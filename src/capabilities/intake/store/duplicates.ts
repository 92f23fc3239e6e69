import { sql } from 'kysely'
import { query, type Tx } from '../../../platform/db/database.ts'
import { compareRead, offeredFrom, type Reason, readMarks } from '../rules/matching/compare.ts'
import { matchKeys } from '../rules/matching/keys.ts'
import { marksOf, type StoredPerson, storedPerson } from './people.ts'

/** Another record that may be of the same person, and what speaks for it. */
export interface Duplicate {
  person: StoredPerson
  /** 0 to 1, in hundredths */
  score: number
  reasons: readonly Reason[]
}

/** More of them are no help to anybody. */
const mostOffered = 20

/**
 * INT-8: records of the same office that may be of the same person, the likeliest first. Whom the actor may not see is left out by row level
 * security before anything is compared; so is who was joined to another record, and who was found to be somebody else.
 */
export async function duplicatesOf(tx: Tx, person: StoredPerson, most = mostOffered): Promise<Duplicate[]> {
  const marks = marksOf(person)
  const apart = knownApart(tx, person.id)
  const rows = await tx.all(
    query
      .selectFrom(sql<{ id: string }>`intake.sharing_keys(${matchKeys(marks)}::text[])`.as<'found'>(sql`found (id)`))
      .innerJoin('intake.person as p', 'p.id', 'found.id')
      .selectAll('p')
      .where('p.authority_id', '=', person.authority)
      .where('p.id', '!=', person.id),
  )
  const others = new Set(await apart)
  const own = readMarks(marks)
  return rows
    .filter(({ id }) => !others.has(id))
    .map((row) => {
      const found = storedPerson(row)
      return { person: found, ...compareRead(own, readMarks(marksOf(found))) }
    })
    .filter(({ score }) => score >= offeredFrom)
    .sort((one, two) => two.score - one.score || (one.person.id < two.person.id ? 1 : -1))
    .slice(0, most)
}

/** Records that somebody has looked at beside this one, or beside one that was joined to it, and that are of other people. */
async function knownApart(tx: Tx, person: string): Promise<string[]> {
  const rows = await tx.all(sql<{ id: string }>`
    with recursive own (id) as (
        select ${person}::uuid union select p.id from intake.person p join own on p.merged_into = own.id),
      apart (id) as (
        select d.second_id from own join intake.distinct_pair d on d.first_id = own.id
        union select d.first_id from own join intake.distinct_pair d on d.second_id = own.id
        union select p.merged_into from apart join intake.person p on p.id = apart.id where p.merged_into is not null)
    select id from apart`)
  return rows.map(({ id }) => id)
}

/** INT-8: these two are two people. Said twice, it holds once. */
export async function keepPairApart(tx: Tx, pair: readonly [string, string], account: string | null): Promise<void> {
  await tx.all(sql`insert into intake.distinct_pair (first_id, second_id, at, account_id)
    values (least(${pair[0]}::uuid, ${pair[1]}::uuid), greatest(${pair[0]}::uuid, ${pair[1]}::uuid), ${tx.now}, ${account})
    on conflict do nothing`)
}

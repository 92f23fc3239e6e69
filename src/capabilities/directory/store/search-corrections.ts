import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import { corrections, readings } from '../../../platform/search/suggest.ts'
import { searchTerms, toTsquery } from '../../../platform/search/words.ts'

const mostWords = 8
const mostCandidates = 40

/**
 * DIR-5: what may have been meant where the words as typed find nothing: each word that no service has is replaced by the word of the
 * directory that resembles it most, also from the wrong keyboard or in other letters.
 * @returns words to search for instead; undefined when every word is known or nothing resembles
 */
export async function correctedWords(tx: Tx, typed: string): Promise<string | undefined> {
  const words = typed.split(/\s+/).filter(Boolean).slice(0, mostWords)
  const known = await tx.all(
    sql<{
      place: number
    }>`select place::int from unnest(${words.map((word) => toTsquery(searchTerms(word)) ?? '')}::text[]) with ordinality asked (query, place)
      where query = '' or exists (select from directory.service where lexemes @@ query::tsquery)`,
  )
  const places = new Set(known.map(({ place }) => place - 1))
  const unknown = words.filter((_, place) => !places.has(place))
  if (unknown.length === 0) return undefined
  const replaced = new Map<string, string>()
  for (const [word, candidates] of await resembling(tx, unknown)) {
    const best = corrections(word, candidates, 1)[0]
    if (best) replaced.set(word, best.word)
  }
  return replaced.size > 0 ? words.map((word) => replaced.get(word) ?? word).join(' ') : undefined
}

async function resembling(tx: Tx, words: readonly string[]) {
  const asked = words.flatMap((word) => readings(word).map((reading) => ({ word, reading: reading.word })))
  const rows = await tx.all(
    sql<{ asked: string; word: string; similarity: number }>`select asked.word as asked, found.word, found.similarity
      from unnest(${asked.map(({ word }) => word)}::text[], ${asked.map(({ reading }) => reading)}::text[]) asked (word, reading)
      cross join lateral (select word, similarity(word, reading) as similarity from directory.word where word % reading
        order by similarity desc, word limit ${mostCandidates}::int) found`,
  )
  return Map.groupBy(rows, (row) => row.asked)
}

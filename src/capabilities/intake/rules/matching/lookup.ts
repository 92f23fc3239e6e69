import { matchKeys } from './keys.ts'
import { dateParts, letterBox, type Marks, phoneDigits } from './marks.ts'
import { readName } from './name.ts'

/** Words of a name by which people are looked up at once. */
export const wordsAtOnce = 3

const nameKeys = ({ skeletons, standsFor }: { skeletons: readonly string[]; standsFor: readonly string[] }): string[] =>
  [...new Set([...skeletons, ...standsFor])].map((one) => `n${one}`)

/** All that a record is stored under: the keys of possible duplicates, and each mark alone, by which people are looked up (INT-8). */
export function storedKeys(marks: Marks): string[] {
  return [
    ...new Set([
      ...matchKeys(marks),
      ...readName(marks.name).words.flatMap(nameKeys),
      ...phoneKeys(marks.phones),
      ...boxKeys(marks.emails),
      ...dateKeys(marks.birthDate),
    ]),
  ]
}

const phoneKeys = (typed: readonly string[]) => typed.flatMap((one) => keyed('t', phoneDigits(one)))
const boxKeys = (typed: readonly string[]) => typed.flatMap((one) => keyed('a', letterBox(one)))
const dateKeys = (birthDate: string | undefined) => (dateParts(birthDate) ? keyed('g', birthDate) : [])
const keyed = (kind: string, mark: string | undefined): string[] => (mark ? [kind + mark] : [])

/** What people are looked up by: all of these sets must be met, each by one of its keys. */
export interface Lookup {
  /** at most `wordsAtOnce` sets */
  words: readonly (readonly string[])[]
  birthDate: readonly string[] | undefined
}

/**
 * Reads what was typed to find somebody: a telephone, an e-mail address, or words of a name in any script; and a birth date.
 * @returns undefined where there is nothing to look up
 */
export function lookupOf(typed: string | undefined, birthDate: string | undefined): Lookup | undefined {
  const born = dateKeys(birthDate)
  const words = typed ? wordsOf(typed) : []
  if (words.length === 0 && born.length === 0) return undefined
  return { words: words.length > 0 ? words : [born], birthDate: born.length > 0 ? born : undefined }
}

function wordsOf(typed: string): string[][] {
  const box = boxKeys([typed])
  if (box.length > 0) return [box]
  const phone = /\p{L}/u.test(typed) ? [] : phoneKeys([typed])
  if (phone.length > 0) return [phone]
  return readName(typed)
    .words.slice(0, wordsAtOnce)
    .map((word) => nameKeys(word))
    .filter((keys) => keys.length > 0)
}

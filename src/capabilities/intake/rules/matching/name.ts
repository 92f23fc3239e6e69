import { scriptOf, words } from '../../../../platform/search/tokens.ts'
import { standsFor } from './given-names.ts'
import { skeletons } from './skeleton.ts'

export type Role = 'given' | 'family' | 'patronymic'

/** One word of a name: its skeletons, what it may be short for, and what it is most probably. */
export interface NameWord {
  skeletons: readonly string[]
  standsFor: readonly string[]
  /** which letters each skeleton has, as bits */
  letters: readonly number[]
  role: Role
  /** false where only the order of the words told the role */
  sure: boolean
}

export interface Name {
  words: readonly NameWord[]
  script: string
}

/** More is no name but a note; the rest is not compared. */
const mostWords = 6
const longestName = 200

/** What stands before names without being one, in four languages. */
const titles = new Set(
  'dr prof med dipl ing herr frau hr fru frk mr mrs ms miss sir пан пані гр др проф von vom van der den de del di da du la le zu zur zum und og af av al el bin ibn bint'.split(
    ' ',
  ),
)

const patronymicEnding = /(?:[aeiou]?vi[Ch]|iliC|[aeiou]?vna|iCna|inSna)$/
const shortestFather = 2

/** The father's name in a patronymic, as a skeleton; undefined for any other word. */
export function fatherIn(skeleton: string): string | undefined {
  const father = skeleton.replace(patronymicEnding, '')
  return father !== skeleton && father.length >= shortestFather ? father : undefined
}

interface Found {
  skeletons: readonly string[]
  standsFor: readonly string[]
  /** words of one hyphenated name share it */
  group: number
  beforeComma: boolean
}

/** Reads a name in any order and script; what is longer than a name is not read to its end. */
export function readName(typed: string): Name {
  const written = typed.slice(0, longestName)
  const comma = written.indexOf(',')
  const parts = comma < 0 ? [written] : [written.slice(0, comma), written.slice(comma + 1)]
  const found: Found[] = []
  let group = 0
  for (const [place, part] of parts.entries()) {
    for (const whole of words(part)) {
      group += 1
      for (const word of whole.split(/[-\u2010\u2011]/)) {
        if (titles.has(word) || found.length === mostWords) continue
        const own = skeletons(word)
        found.push({ skeletons: own, standsFor: standsFor(own), group, beforeComma: comma >= 0 && place === 0 })
      }
    }
  }
  const script = scriptOf(written)
  return { words: withRoles(found, script === 'cyrillic'), script }
}

function withRoles(found: readonly Found[], cyrillic: boolean): NameWord[] {
  const groups = new Set(found.map(({ group }) => group))
  const patronymic =
    groups.size >= 3
      ? found.findLastIndex((each, place) => place > 0 && each.skeletons.some((one) => fatherIn(one) !== undefined))
      : -1
  const roles = new Map<number, { role: Role; sure: boolean }>()
  const others = found.map((_, place) => place).filter((place) => place !== patronymic)
  if (patronymic >= 0) roles.set(patronymic, { role: 'patronymic', sure: true })
  const give = (given: (place: number) => boolean, sure: boolean) => {
    for (const place of others) roles.set(place, { role: given(place) ? 'given' : 'family', sure })
  }
  const isGiven = givenByList(found, others, cyrillic)
  const [first, last] = [found[0]?.group, found.at(-1)?.group]
  if (found.some(({ beforeComma }) => beforeComma)) give((place) => !found[place]?.beforeComma, true)
  else if (others.some(isGiven) && !others.every(isGiven))
    // Leonie Martin: the one name that the list knows stands where families stand
    give(isGiven, cyrillic || patronymic >= 0 || others.some((place) => isGiven(place) && found[place]?.group !== last))
  else if (patronymic > 0) give((place) => found[place]?.group === found[patronymic - 1]?.group, true)
  else give((place) => found[place]?.group !== (cyrillic ? first : last), false)
  return found.map((each, place) => ({
    skeletons: each.skeletons,
    standsFor: each.standsFor,
    letters: each.skeletons.map(lettersOf),
    ...(roles.get(place) ?? { role: 'family', sure: false }),
  }))
}

/** Words that the list of given names knows; of a hyphenated name all must be known (Müller-Werner, Hans-Peter). */
function givenByList(
  found: readonly Found[],
  others: readonly number[],
  cyrillic: boolean,
): (place: number) => boolean {
  const unknown = new Set(
    found.filter((each, place) => others.includes(place) && each.standsFor.length === 0).map(({ group }) => group),
  )
  const [first, last] = [found[0]?.group, found.at(-1)?.group]
  // Mads Hansen Bjørn: in Latin letters the family comes last, even where its name is also a given one
  if (!cyrillic && unknown.size > 0 && first !== undefined && !unknown.has(first) && last !== undefined)
    unknown.add(last)
  return (place) => !unknown.has(found[place]?.group ?? 0)
}

function lettersOf(word: string): number {
  let letters = 0
  for (let place = 0; place < word.length; place++) letters |= 1 << (word.charCodeAt(place) & 31)
  return letters
}

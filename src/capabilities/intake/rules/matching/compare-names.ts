import { distance } from '../../../../platform/search/suggest.ts'
import { standsFor } from './given-names.ts'
import { fatherIn, type Name, type NameWord, type Role } from './name.ts'

/** How two words of two names agree: letter by letter, as forms of one name, but for a slip, or by the first letter. */
type Likeness = 'same' | 'form' | 'similar' | 'initial'

/** Evidence in bits: how much rarer two strangers agree so than two records of one person. */
const weights: Readonly<Record<Role, Readonly<Record<Likeness, number>>>> = {
  family: { same: 7, form: 5.5, similar: 4.5, initial: 1 },
  given: { same: 6, form: 5, similar: 4, initial: 1 },
  patronymic: { same: 3.5, form: 3, similar: 2.5, initial: 0.5 },
}
/** A second given or family name that agrees as well. */
const another = 1.5
/** One half of a double family name stands alone. */
const onlyPart = -1
const differs = { given: -15, givenUnknown: -12, givenSecond: -6, family: -3, patronymic: -7, guessed: -9 }

export interface NameEvidence {
  /** bits for the words that agree, and for those that contradict each other */
  agrees: number
  differs: number
  /** every word of both names has its like */
  whole: boolean
  /** some words agree only but for a slip of the finger, or in another form */
  loosely: boolean
  /** two given names that are not forms of one another */
  givenDiffers: boolean
  /** the given name or the father's name differs: perhaps relatives */
  relatives: boolean
}

interface Pair {
  one: NameWord
  two: NameWord
  likeness: Likeness
}

/** How far two names speak for one person. The order of the words, and which name comes first, do not matter. */
export function compareNames(one: Name, two: Name): NameEvidence {
  const { pairs, left, right } = paired(one.words, two.words)
  const best = { family: 0, given: 0, patronymic: 0 }
  const count = { family: 0, given: 0, patronymic: 0 }
  const found = { family: 0, given: 0, patronymic: 0 }
  let loosely = false
  for (const pair of pairs) {
    const role = roleOf(pair)
    // Lasse Friis and Friis Anders: where both orders were guessed, nothing is known of the rest
    if (pair.one.role === pair.two.role || pair.one.sure || pair.two.sure) found[role] += 1
    best[role] = Math.max(best[role], weights[role][pair.likeness])
    count[role] += 1
    if (pair.likeness !== 'same') loosely = true
  }
  let agrees = 0
  for (const role of roles) agrees += best[role] + (count[role] > 1 ? another : 0)
  const isFamily = ({ role }: NameWord) => role === 'family'
  if (count.family > 0 && (left.some(isFamily) || right.some(isFamily))) agrees += onlyPart
  const whole = left.length === 0 && right.length === 0
  return { agrees, whole, loosely, ...contradiction(left, right, found) }
}

const roles = ['family', 'given', 'patronymic'] as const
type Count = Readonly<Record<Role, number>>

function roleOf({ one, two }: Pair): Role {
  if (one.role === two.role) return one.role
  // what one record knows for certain counts; a given name that is also a family name is the rarer case
  if (one.sure !== two.sure) return one.sure ? one.role : two.role
  return one.role === 'given' || two.role === 'given' ? 'given' : 'family'
}

const order: Readonly<Record<Likeness, number>> = { same: 0, form: 1, similar: 2, initial: 3 }

/** Pairs each word with its best like, the surest pairs first, and says which words are left on either side. */
function paired(one: readonly NameWord[], two: readonly NameWord[]) {
  const candidates: Pair[] = []
  for (const word of one)
    for (const other of two) {
      const likeness = likenessOf(word, other)
      if (likeness) candidates.push({ one: word, two: other, likeness })
    }
  if (candidates.length > 1) candidates.sort(bySurety)
  const pairs: Pair[] = []
  const left = [...one]
  const right = [...two]
  for (const pair of candidates) {
    const [at, other] = [left.indexOf(pair.one), right.indexOf(pair.two)]
    if (at < 0 || other < 0) continue
    left.splice(at, 1)
    right.splice(other, 1)
    pairs.push(pair)
  }
  return { pairs, left, right }
}

function bySurety(first: Pair, second: Pair): number {
  const ranks = rank(first) - rank(second)
  if (ranks !== 0) return ranks
  const [key, other] = [keyOf(first), keyOf(second)]
  return key < other ? -1 : key > other ? 1 : 0
}

const rank = ({ one, two, likeness }: Pair): number => order[likeness] * 2 + (one.role === two.role ? 0 : 1)
/** The same whichever name comes first. */
const keyOf = ({ one, two }: Pair): string => [one.skeletons[0] ?? '', two.skeletons[0] ?? ''].sort().join(' ')

function likenessOf(one: NameWord, two: NameWord): Likeness | undefined {
  if (shares(one.skeletons, two.skeletons)) return 'same'
  if ((one.role === 'patronymic') !== (two.role === 'patronymic')) return undefined
  if (one.role === 'patronymic') return sameFather(one, two)
  if (shares(one.standsFor, two.standsFor)) return 'form'
  if (anyOf(one.skeletons, two.skeletons, isInitial)) return 'initial'
  // Марина is no slip of Марія: both are names
  const bothKnown = one.standsFor.length > 0 && two.standsFor.length > 0
  if (bothKnown && (one.role === 'given' || two.role === 'given')) return undefined
  // what resembles a name of the list and is none itself is the more likely a slip
  const eitherKnown = one.standsFor.length > 0 || two.standsFor.length > 0
  const more = one.role === 'given' && two.role === 'given' && eitherKnown ? 1 : 0
  if (isSlipOf(one, two, more)) return 'similar'
  if (one.role === 'family' && two.role === 'family') return undefined
  return anyOf(one.skeletons, two.skeletons, isShort) ? 'similar' : undefined
}

function anyOf(
  one: readonly string[],
  two: readonly string[],
  are: (first: string, second: string) => boolean,
): boolean {
  for (const first of one) for (const second of two) if (are(first, second)) return true
  return false
}

const isSame = (one: string, two: string): boolean => one === two
const shares = (one: readonly string[], two: readonly string[]): boolean => anyOf(one, two, isSame)
const isInitial = (one: string, two: string): boolean =>
  (one.length === 1 || two.length === 1) && one.charAt(0) === two.charAt(0)

function sameFather(one: NameWord, two: NameWord): Likeness | undefined {
  for (const first of one.skeletons)
    for (const second of two.skeletons) {
      const [father, other] = [fatherIn(first) ?? first, fatherIn(second) ?? second]
      if (father === other || shares(fathers(father), fathers(other))) return 'form'
      if (isSlip(father, other) || isSlip(first, second)) return 'similar'
    }
  return undefined
}

/** Миколайович and Николаевич: the ending took the last vowel of the name with it. */
const fathers = (stem: string): readonly string[] => standsFor([stem, `${stem}a`, `${stem}o`, `${stem}i`])

function isSlipOf(one: NameWord, two: NameWord, more: number): boolean {
  for (const [at, first] of one.skeletons.entries())
    for (const [other, second] of two.skeletons.entries()) {
      const limit = slipsBetween(first, second, more)
      // a bound that costs little: a slip changes the letters that there are by two at most
      const apart = limit > 0 && bitsOf((one.letters[at] ?? 0) ^ (two.letters[other] ?? 0)) <= 2 * limit
      if (apart && distance(first, second, limit) <= limit) return true
    }
  return false
}

function bitsOf(number: number): number {
  let count = 0
  for (let left = number; left !== 0; left &= left - 1) count += 1
  return count
}

/** Letters that may differ between two spellings: none up to three letters, one up to seven, two beyond. */
const slips = (length: number): number => (length < 4 ? 0 : length < 8 ? 1 : 2)

/** How many slips may lie between two spellings; none where too much differs at first sight. */
function slipsBetween(one: string, two: string, more: number): number {
  const length = Math.min(one.length, two.length)
  const limit = slips(length) + (length < 5 ? 0 : more)
  // Sara is no slip of Mara: in short names the first letter is seldom wrong
  const otherFirst = length < 6 && one.charAt(0) !== two.charAt(0)
  return otherFirst || Math.abs(one.length - two.length) > limit ? 0 : limit
}

function isSlip(one: string, two: string): boolean {
  const limit = slipsBetween(one, two, 0)
  return limit > 0 && distance(one, two, limit) <= limit
}

const shortestShort = 3
const isShort = (one: string, two: string): boolean =>
  Math.min(one.length, two.length) >= shortestShort && (one.startsWith(two) || two.startsWith(one))

/** What the words say that found no like on the other side. Words on one side only contradict nothing. */
function contradiction(left: readonly NameWord[], right: readonly NameWord[], found: Count) {
  if (left.length === 0 || right.length === 0) return { differs: 0, givenDiffers: false, relatives: false }
  const [one, two] = [countRoles(left, found), countRoles(right, found)]
  const both = (role: Role) => one[role] > 0 && two[role] > 0
  const [given, family, patronymic] = [both('given'), both('family'), both('patronymic')]
  // one side kept a given name, the other a family name, and not both were found: which is which was guessed
  const guessed =
    !given &&
    !family &&
    one.given + one.family > 0 &&
    two.given + two.family > 0 &&
    (found.given === 0 || found.family === 0)
  const givenDiffers = given && found.given === 0
  const isKnown = ({ role, standsFor: names }: NameWord) => role !== 'given' || names.length > 0
  const known = left.every(isKnown) && right.every(isKnown)
  let sum = (patronymic ? differs.patronymic : 0) + (family ? differs.family : 0) + (guessed ? differs.guessed : 0)
  if (givenDiffers) sum += known ? differs.given : differs.givenUnknown
  else if (given) sum += differs.givenSecond
  return { differs: sum, givenDiffers, relatives: givenDiffers || guessed || patronymic }
}

function countRoles(words: readonly NameWord[], found: Count): Count {
  const count = { family: 0, given: 0, patronymic: 0 }
  for (const word of words) count[leftRole(word, found)] += 1
  return count
}

/** Where only the order told the role, the words that were found tell it better: whose given name was found kept a family name. */
function leftRole(word: NameWord, found: Count): Role {
  if (word.sure || found.given > 0 === found.family > 0) return word.role
  return found.given > 0 ? 'family' : 'given'
}

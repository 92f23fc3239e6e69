import { distance } from '../../../../platform/search/suggest.ts'
import { words } from '../../../../platform/search/tokens.ts'
import { skeletons } from './skeleton.ts'

export interface Address {
  /** house, then flat, as written, without the letter */
  numbers: readonly string[]
  /** first skeletons of the words that name street and place */
  words: readonly string[]
}

/** What kinds of streets, houses and places are called, written out and short: they tell nobody apart. */
const kinds = new Set(
  [
    'вул вулиця ул улица просп проспект пр бульвар бульв бул пров провулок пер площа пл шосе наб набережна буд будинок дом д кв квартира корп корпус',
    'під поверх м місто г город с село смт обл область район р н україна украина',
    'vul vulytsia vulytsya ul ulitsa prosp prospekt bulv bulvar prov pl bud budynok dom kv m misto g gorod oblast obl ukraine ukraina',
    'street str st road rd avenue ave lane flat apt apartment house no floor',
    'strasse straße platz weg whg wohnung haus nr etage stock hinterhaus germany deutschland',
    'th tv mf etage sal danmark denmark',
  ]
    .join(' ')
    .split(' '),
)
const compound = /(?<=.{3})(?:strasse|straße|straße|strase|str)$/
const longestHouse = 3
const longest = 300

/** Reads an address as it was typed, in any order and script. Postal codes are left out: they are missing too often. */
export function readAddress(written: string): Address {
  const typed = written.slice(0, longest)
  const numbers: string[] = []
  const named: string[] = []
  for (const word of words(typed).flatMap((whole) => whole.split(/[-\u2010\u2011]/))) {
    const [digits] = /^\d+/.exec(word) ?? []
    if (digits) {
      if (digits.length <= longestHouse) numbers.push(digits)
      continue
    }
    const plain = word.replace(compound, '')
    const [skeleton] = plain.length > 1 && !kinds.has(plain) ? skeletons(plain) : []
    if (skeleton) named.push(skeleton)
  }
  return { numbers, words: named }
}

/** Whether two addresses are one: the same house (and flat, where both name one), and no word of the shorter that the longer lacks. */
export function sameAddress(one: Address, two: Address): boolean {
  const [house, flat] = one.numbers
  const [otherHouse, otherFlat] = two.numbers
  if (house === undefined || house !== otherHouse || (flat && otherFlat && flat !== otherFlat)) return false
  const [short, long] = one.words.length <= two.words.length ? [one.words, two.words] : [two.words, one.words]
  return short.length > 0 && short.every((word) => long.some((other) => isLike(word, other)))
}

/** Endings differ between the languages: Сумська, Сумская, Sumska. */
function isLike(one: string, two: string): boolean {
  if (one === two) return true
  const limit = Math.min(one.length, two.length) < 5 ? 0 : 2
  return limit > 0 && distance(one, two, limit) <= limit
}

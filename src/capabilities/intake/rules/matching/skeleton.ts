import { foldLetters, scriptOf } from '../../../../platform/search/tokens.ts'

/*
 * One spelling for all spellings of a name. Шевченко, Shevchenko (Cabinet of Ministers, resolution no. 55 of 27 January 2010),
 * Schewtschenko (German), Sjevtjenko (Danish) and Szewczenko (Polish) are SevCenko: S stands for ж, ш, щ; C for ч; s for з, с, ц;
 * h for г, ґ, х; i for и, і, ї, й, ы. Not a transliteration to show: only for comparing.
 */

const cyrillic: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'h',
  ґ: 'h',
  д: 'd',
  е: 'e',
  є: 'e',
  ё: 'e',
  ж: 'S',
  з: 's',
  и: 'i',
  і: 'i',
  ї: 'i',
  й: 'i',
  ј: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ў: 'u',
  ф: 'f',
  х: 'h',
  ц: 's',
  ч: 'C',
  ш: 'S',
  щ: 'S',
  ъ: '',
  ы: 'i',
  ь: '',
  э: 'e',
  ю: 'u',
  я: 'a',
}

/** Letters with a hook or an accent that make another sound, before the accents of all others fall. */
const hooks: Readonly<Record<string, string>> = {
  š: 'sh',
  ś: 'sh',
  ş: 'sh',
  ș: 'sh',
  č: 'tch',
  ć: 'tch',
  ç: 'tch',
  ž: 'zh',
  ż: 'zh',
  ź: 'zh',
}
const hooked = new RegExp(`[${Object.keys(hooks).join('')}]`, 'g')

type Pair = readonly [letters: string, code: string]

/** Latin letters that stand for one sound, the longest first. */
const anywhere: readonly Pair[] = [
  ['schtsch', 'S'],
  ['shtsch', 'S'],
  ['stsch', 'S'],
  ['shtch', 'S'],
  ['tsch', 'C'],
  ['shch', 'S'],
  ['szcz', 'S'],
  ['tch', 'C'],
  ['sch', 'S'],
  ['zgh', 'sh'],
  ['chr', 'hr'],
  ['sh', 'S'],
  ['sz', 'S'],
  ['zh', 'S'],
  ['zj', 'S'],
  ['cz', 'C'],
  ['kh', 'h'],
  ['gh', 'h'],
  ['ph', 'f'],
  ['th', 't'],
  ['ts', 's'],
  ['tz', 's'],
  ['ck', 'k'],
  ['qu', 'kv'],
  ['ce', 'se'],
  ['ci', 'si'],
  ['cy', 'si'],
  ['c', 'k'],
  ['g', 'h'],
  ['j', 'i'],
  ['q', 'k'],
  ['w', 'v'],
  ['x', 'ks'],
  ['y', 'i'],
  ['z', 's'],
]

/** `ch` is ч in the passports of Ukraine and х in German, `tj` and `sj` are ть, сь in German and ч, ш in Danish. */
const conventions: readonly (readonly Pair[])[] = [
  [['ch', 'C']],
  [
    ['sjtj', 'S'],
    ['ch', 'h'],
    ['tj', 'C'],
    ['sj', 'S'],
  ],
]
const tables = conventions.map((own) => byFirstLetter([...own, ...anywhere]))
const undecided = /ch|tj|sj/

function byFirstLetter(pairs: readonly Pair[]): ReadonlyMap<string, readonly Pair[]> {
  const sorted = pairs.toSorted(([one], [two]) => two.length - one.length)
  return new Map(
    [...new Set(sorted.map(([letters]) => letters.charAt(0)))].map((first) => [
      first,
      sorted.filter(([letters]) => letters.startsWith(first)),
    ]),
  )
}

const known = new Map<string, readonly string[]>()
const mostKnown = 50_000

/**
 * The skeletons of one word in lower case (`words` of the search): one, or two where the letters mean different sounds in different
 * countries. A word in another alphabet is its own skeleton.
 */
export function skeletons(word: string): readonly string[] {
  const before = known.get(word)
  if (before) return before
  // names and streets repeat: nine of ten are answered from here
  if (known.size >= mostKnown) known.clear()
  const latin =
    scriptOf(word) === 'cyrillic' ? word : foldLetters(word.replace(hooked, (letter) => hooks[letter] ?? ''))
  const used = undecided.test(latin) ? tables : tables.slice(0, 1)
  const found = new Set(used.map((table) => smooth(coded(latin, table))))
  found.delete('')
  const all = found.size > 0 ? [...found] : [word]
  known.set(word, all)
  return all
}

function coded(word: string, table: ReadonlyMap<string, readonly Pair[]>): string {
  let out = ''
  for (let place = 0; place < word.length; ) {
    const letter = word.charAt(place)
    const known = cyrillic[letter]
    if (known !== undefined) {
      out += known
      place += 1
      continue
    }
    const pair = table.get(letter)?.find(([letters]) => word.startsWith(letters, place))
    out += pair ? pair[1] : letter
    place += pair ? pair[0].length : 1
  }
  return out
}

/**
 * What spellings disagree on falls away: the i beside a vowel (Nataliia, Natalya, Natalja, Наталія; Yurii, Juri), the e after one
 * (Müller, Mueller, Muller; Sørensen, Soerensen), and letters written twice.
 */
function smooth(code: string): string {
  const plain = code
    .replace(/(.)\1+/g, '$1')
    .replace(/(?<=[aeou])i|i(?=[aeou])/g, '')
    .replace(/(?<=[aou])e/g, '')
  return plain.replace(/(.)\1+/g, '$1')
}

const sounds: Readonly<Record<string, string>> = { d: 't', b: 'p', v: 'f', h: 'k', S: 's', C: 's' }

/**
 * How a skeleton sounds, roughly: its first sound and which consonants follow, in no order. Vowels, voice, doubled and exchanged letters
 * do not change it, so that a slip of the finger seldom does.
 */
export function sound(skeleton: string): string {
  const [first = '', ...rest] = [...skeleton].map((letter) => sounds[letter] ?? letter)
  const following = new Set(rest.filter((letter) => !'aeiou'.includes(letter)))
  const opening = 'aeiou'.includes(first) ? 'a' : first
  return following.size > 0 ? opening + [...following].sort().join('') : opening + skeleton.slice(1)
}

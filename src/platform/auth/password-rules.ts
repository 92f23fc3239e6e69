/** What a new password must be (ASVS 5.0, 6.2): long, not among the first that are guessed, not the person's own name or address. */
export const shortestPassword = 12
export const longestPassword = 128

export type PasswordFault = 'short' | 'long' | 'common' | 'own'

/** Words that guessers try first, in the languages of our users, and how they are typed on a keyboard. */
const commonWords = [
  'password',
  'passwort',
  'kodeord',
  'adgangskode',
  'пароль',
  'parol',
  'letmein',
  'welcome',
  'willkommen',
  'velkommen',
  'iloveyou',
  'ichliebedich',
  'jegelskerdig',
  'admin',
  'administrator',
  'login',
  'master',
  'monkey',
  'dragon',
  'football',
  'fussball',
  'fodbold',
  'baseball',
  'superman',
  'batman',
  'princess',
  'sunshine',
  'shadow',
  'secret',
  'geheim',
  'hemmelig',
  'секрет',
  'qwerty',
  'qwertyuiop',
  'qwertz',
  'qwertzuiop',
  'asdfgh',
  'asdfghjkl',
  'zxcvbn',
  'zxcvbnm',
  'yxcvbnm',
  'йцукен',
  'йцукенгшщзхї',
  'фівапролджє',
  'ячсмитьбю',
  'abc',
  'abcd',
  'abcdef',
  'abcdefgh',
  'trustno',
  'changeme',
  'default',
  'guest',
  'computer',
  'internet',
  'google',
  'facebook',
  'samsung',
  'hello',
  'hallo',
  'привіт',
  'україна',
  'ukraine',
  'ukraina',
  'deutschland',
  'danmark',
  'denmark',
  'kharkiv',
  'харків',
  'stuttgart',
  'viborg',
  'aarhus',
  'linden',
  'sommer',
  'summer',
  'winter',
  'spring',
  'autumn',
  'herbst',
  'test',
  'testing',
  'user',
  'root',
  'pass',
  'correcthorsebatterystaple',
  'whatever',
  'starwars',
  'michael',
  'jennifer',
  'charlie',
  'schatz',
  'skat',
  'mustang',
  'killer',
  'pokemon',
] as const

const common = [...new Set<string>(commonWords)].sort((a, b) => b.length - a.length)

/** Letters that stand for others: `P4ssw0rd` is guessed as early as `password`. */
const disguises: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}

/** @returns what is wrong with a new password, undefined when nothing is. @param own name and e-mail address of the person */
export function judgePassword(password: string, own: readonly string[] = []): PasswordFault | undefined {
  const text = password.normalize('NFC')
  const length = [...text].length
  if (length < shortestPassword) return 'short'
  if (length > longestPassword) return 'long'
  const folded = text.toLowerCase()
  if (own.some((word) => isOwn(folded, word.normalize('NFC').toLowerCase()))) return 'own'
  return isCommon(folded) ? 'common' : undefined
}

/** The whole address, its first part, or the name, with hardly anything around it. */
function isOwn(password: string, own: string): boolean {
  const words = [own, own.split('@')[0] ?? '', own.replaceAll(/\s+/g, ''), own.replaceAll(/\s+/g, '.')]
  return words.some(
    (word) => [...word].length >= 4 && password.includes(word) && [...password].length - [...word].length < 8,
  )
}

/** Few different characters, a run along alphabet or number row, or common words with little else. */
function isCommon(password: string): boolean {
  const characters = [...password]
  if (new Set(characters).size < 5) return true
  if (repeats(password) || runs(characters)) return true
  const plain = characters.map((character) => disguises[character] ?? character).join('')
  return [password, plain].some((text) => [...lettersLeft(text)].length < 4)
}

function repeats(password: string): boolean {
  for (let size = 1; size <= password.length / 2; size++) {
    const unit = password.slice(0, size)
    if (unit.repeat(Math.ceil(password.length / size)).startsWith(password)) return true
  }
  return false
}

/** Nearly every character is the neighbour of the one before it: `123456789012`, `abcdefghijkl`. */
function runs(characters: readonly string[]): boolean {
  let steps = 0
  for (const [at, character] of characters.entries()) {
    const before = characters[at - 1]?.codePointAt(0)
    const here = character.codePointAt(0) ?? 0
    if (before !== undefined && (Math.abs(here - before) === 1 || (before === 57 && here === 48))) steps++
  }
  return steps >= characters.length - 3
}

/** What remains after the common words and all that is no letter are taken out. */
function lettersLeft(text: string): string {
  let left = text
  for (const word of common) left = left.replaceAll(word, '')
  return left.replaceAll(/[^\p{L}]/gu, '')
}

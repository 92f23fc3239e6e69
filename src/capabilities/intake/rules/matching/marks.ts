/** What two records of people are compared by (INT-8). */
export interface Marks {
  /** the name as written, in any order and script: 'Гриценко Наталя Іванівна', 'Natalia Hrytsenko', 'Sørensen-Møller, Åse' */
  name: string
  /** YYYY-MM-DD */
  birthDate?: string | undefined
  /** as typed */
  phones: readonly string[]
  /** as typed */
  emails: readonly string[]
  address?: string | undefined
  /** keyed hashes of document numbers, hex: equal or not */
  documents: readonly string[]
}

const leastDigits = 7

/**
 * The digits of a telephone number that stay the same however it is written: +380 50 123 45 67, 0501234567 and 8 050 123-45-67 are
 * 501234567; +49 (0)151 and 0049 151 begin with 151.
 * @returns undefined for what is too short to be a number of one household
 */
export function phoneDigits(typed: string): string | undefined {
  const international = /^\s*(\+|00)/.test(typed)
  const digits = typed.replace(/\D/g, '').replace(/^00/, '')
  const national = withoutCountry(digits, international).replace(/^0+/, '')
  return national.length >= leastDigits ? national : undefined
}

function withoutCountry(digits: string, international: boolean): string {
  if (digits.startsWith('380') && digits.length >= 12) return digits.slice(3)
  // how numbers were dialled within Ukraine until 2009, and are still written
  if (!international && digits.startsWith('80') && digits.length === 11) return digits.slice(1)
  if (digits.startsWith('45') && digits.length === 10) return digits.slice(2)
  if (digits.startsWith('49') && (international || digits.length >= 12)) return digits.slice(2)
  return digits
}

/** RFC 5321: no address is longer. */
const longestAddress = 254

/**
 * An e-mail address as the letter box knows it: lower case, without a tag after +, without dots before the @.
 * @returns undefined for what is no address
 */
export function letterBox(typed: string): string | undefined {
  const plain = typed.slice(0, longestAddress).toWellFormed().normalize('NFC').trim().toLowerCase()
  const [, local = '', host = ''] = /^([^@\s]+)@([^@\s]+)$/.exec(plain) ?? []
  const box = local.replace(/\+.*$/, '').replaceAll('.', '')
  return box && host ? `${box}@${host === 'googlemail.com' ? 'gmail.com' : host}` : undefined
}

/** A birth date in parts, as two digits and four; undefined where there is none. */
export function dateParts(birthDate: string | undefined): { year: string; month: string; day: string } | undefined {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(birthDate ?? '') ?? []
  return year && month && day ? { year, month, day } : undefined
}

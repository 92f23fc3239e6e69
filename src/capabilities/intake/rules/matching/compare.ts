import { type Address, readAddress, sameAddress } from './address.ts'
import { compareNames, type NameEvidence } from './compare-names.ts'
import { dateParts, letterBox, type Marks, phoneDigits } from './marks.ts'
import { type Name, readName } from './name.ts'

/** What speaks for one person, and (the last four) what against. */
export const whats = [
  'name',
  'name-other-script',
  'name-similar',
  'name-part',
  'birth-date',
  'birth-date-close',
  'phone',
  'email',
  'address',
  'document',
  'name-differs',
  'given-name-differs',
  'birth-date-differs',
  'document-differs',
] as const
export type What = (typeof whats)[number]

/** One reason for or against, in bits: 1 doubles the odds that two records are one person, -1 halves them. */
export interface Reason {
  what: What
  weight: number
}

export interface Comparison {
  /** 0 to 1, in hundredths */
  score: number
  /** for, the heaviest first; then against */
  reasons: Reason[]
}

/** From this score on a pair is offered to people (INT-8); nothing is ever merged by a score. */
export const offeredFrom = 0.5

/** Bits that a pair must bring: of a million people, one in 2^20 pairs is a duplicate. */
const needed = 20
/** Bits for which the odds double: fields lean on each other, so less than each bit says. */
const softness = 2

const bits = {
  document: 20,
  documentDiffers: -2,
  birthDate: 13,
  /** 1 January is written where nobody knows the day */
  firstOfJanuary: 7,
  birthDateSwapped: 8,
  birthDateClose: 4.5,
  birthDateNear: -6,
  birthDateDiffers: -9,
  phone: 10,
  email: 11,
  address: 7,
}
/** Of what a household shares, this much still counts between relatives. */
const amongRelatives = 0.25
/** Years within which a wrong birth date is rather one told from memory. */
const near = 2
/** Years between two births from which the two are rather parent and child than a slip. */
const generation = 14

/** A record made ready: whoever compares one with many reads each once. */
export interface Read {
  name: Name
  birthDate: string | undefined
  phones: readonly string[]
  emails: readonly string[]
  address: Address | undefined
  documents: readonly string[]
}

export function readMarks(marks: Marks): Read {
  return {
    name: readName(marks.name),
    birthDate: dateParts(marks.birthDate) ? marks.birthDate : undefined,
    phones: marks.phones.map(phoneDigits).filter((each) => each !== undefined),
    emails: marks.emails.map(letterBox).filter((each) => each !== undefined),
    address: marks.address ? readAddress(marks.address) : undefined,
    documents: marks.documents,
  }
}

/** Compares two records (INT-8), read on the way. */
export function compare(a: Marks, b: Marks): Comparison {
  return compareRead(readMarks(a), readMarks(b))
}

/**
 * Compares two records (INT-8) in the manner of Fellegi and Sunter ("A Theory for Record Linkage", 1969): each field gives bits for or
 * against, their sum a score. The same in either order. Whether to ask at all is for `matchKeys`.
 */
export function compareRead(a: Read, b: Read): Comparison {
  const reasons: Reason[] = []
  const add = (what: What, weight: number) => {
    if (weight !== 0) reasons.push({ what, weight })
  }
  const name = compareNames(a.name, b.name)
  add(nameReason(name, a.name.script !== b.name.script), name.agrees)
  add(name.givenDiffers ? 'given-name-differs' : 'name-differs', name.differs)

  const born = compareBirthDates(a.birthDate, b.birthDate)
  if (born) add(born.what, born.weight)
  if (shareAny(a.documents, b.documents)) add('document', bits.document)
  else if (a.documents.length > 0 && b.documents.length > 0) add('document-differs', bits.documentDiffers)

  // twins, siblings, father and son: one telephone and one door say that they are relatives, not that they are one
  const household = name.relatives || born?.generationApart ? amongRelatives : 1
  if (shareAny(a.phones, b.phones)) add('phone', bits.phone * household)
  if (shareAny(a.emails, b.emails)) add('email', bits.email * household)
  if (a.address && b.address && sameAddress(a.address, b.address)) add('address', bits.address * household)

  reasons.sort(
    (first, second) => second.weight - first.weight || whats.indexOf(first.what) - whats.indexOf(second.what),
  )
  const sum = reasons.reduce((total, { weight }) => total + weight, 0)
  return { score: Math.round(100 / (1 + 2 ** ((needed - sum) / softness))) / 100, reasons }
}

function nameReason(name: NameEvidence, otherScript: boolean): What {
  if (name.differs < 0) return 'name-part'
  if (name.loosely) return 'name-similar'
  if (!name.whole) return 'name-part'
  return otherScript ? 'name-other-script' : 'name'
}

const shareAny = (one: readonly string[], two: readonly string[]): boolean => one.some((each) => two.includes(each))

interface BirthEvidence extends Reason {
  generationApart: boolean
}

function compareBirthDates(a: string | undefined, b: string | undefined): BirthEvidence | undefined {
  const [one, two] = [dateParts(a), dateParts(b)]
  if (!one || !two) return undefined
  const close = (weight: number): BirthEvidence => ({ what: 'birth-date-close', weight, generationApart: false })
  if (a === b) {
    const unknownDay = one.month === '01' && one.day === '01'
    return { what: 'birth-date', weight: unknownDay ? bits.firstOfJanuary : bits.birthDate, generationApart: false }
  }
  const sameYear = one.year === two.year
  if (sameYear && one.month === two.day && one.day === two.month) return close(bits.birthDateSwapped)
  if (isSlip(one.year + one.month + one.day, two.year + two.month + two.day)) return close(bits.birthDateClose)
  const years = Math.abs(Number(one.year) - Number(two.year))
  return {
    what: 'birth-date-differs',
    weight: years <= near ? bits.birthDateNear : bits.birthDateDiffers,
    generationApart: years >= generation,
  }
}

/** One digit is another, or two neighbours changed places. */
function isSlip(one: string, two: string): boolean {
  const differ = [...one].flatMap((digit, place) => (digit === two[place] ? [] : [place]))
  const [first = 0, second] = differ
  if (second === undefined) return true
  return differ.length === 2 && second === first + 1 && one[first] === two[second] && one[second] === two[first]
}

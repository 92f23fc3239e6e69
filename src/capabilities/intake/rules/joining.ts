import type { SafeContact } from '../types.ts'

/** What a record says of somebody, as far as joining may change it. */
export interface Told {
  account: string | undefined
  birthDate: string | undefined
  phones: readonly string[]
  emails: readonly string[]
  address: string | undefined
  area: string | undefined
  language: string | undefined
  documentNumber: string | undefined
  documentHash: string | undefined
  contact: SafeContact
}

/** How likely two records are one person, as it is said to people (INT-8). */
export type Likelihood = 'very-likely' | 'likely' | 'possible'

/** @param score 0 to 1 */
export function likelihoodOf(score: number): Likelihood {
  if (score >= 0.9) return 'very-likely'
  return score >= 0.7 ? 'likely' : 'possible'
}

/**
 * What the kept record says once another was joined to it (INT-8): what it says itself stands, what is missing is filled in from the other,
 * telephones and letter boxes of both count. What protects either protects the one person (INT-11).
 */
export function joinTold(kept: Told, joined: Told): Told {
  const numbered = kept.documentNumber ? kept : joined
  return {
    account: kept.account ?? joined.account,
    birthDate: kept.birthDate ?? joined.birthDate,
    phones: [...new Set([...kept.phones, ...joined.phones])],
    emails: [...new Set([...kept.emails, ...joined.emails])],
    address: kept.address ?? joined.address,
    area: kept.area ?? joined.area,
    language: kept.language ?? joined.language,
    documentNumber: numbered.documentNumber,
    documentHash: numbered.documentHash,
    contact: joinContact(kept.contact, joined.contact),
  }
}

function joinContact(kept: SafeContact, joined: SafeContact): SafeContact {
  const [own, other] = [kept.ways.length > 0, joined.ways.length > 0]
  const told = own ? kept : { ...joined, ...textsOf(kept) }
  return {
    ...told,
    emailReadByOthers: kept.emailReadByOthers || joined.emailReadByOthers,
    postSeenByOthers: kept.postSeenByOthers || joined.postSeenByOthers,
    discreet: kept.discreet || joined.discreet,
    mayLeaveVoicemail: own && other ? kept.mayLeaveVoicemail && joined.mayLeaveVoicemail : told.mayLeaveVoicemail,
  }
}

const textsOf = ({ phone, email, times, through, note }: SafeContact): Partial<SafeContact> => ({
  ...(phone ? { phone } : {}),
  ...(email ? { email } : {}),
  ...(times ? { times } : {}),
  ...(through ? { through } : {}),
  ...(note ? { note } : {}),
})

/**
 * What the kept record says once a joining is undone: as before it. What somebody changed since is newer and stays; of lists, what came with the
 * joining goes.
 */
export function takeApart(now: Told, before: Told, after: Told): Told {
  const back = <Name extends keyof Told>(name: Name): Told[Name] =>
    isSame(now[name], after[name]) ? before[name] : now[name]
  const without = (name: 'phones' | 'emails'): readonly string[] =>
    isSame(now[name], after[name])
      ? before[name]
      : now[name].filter((one) => before[name].includes(one) || !after[name].includes(one))
  const numberStands = now.documentHash !== after.documentHash
  return {
    account: back('account'),
    birthDate: back('birthDate'),
    phones: without('phones'),
    emails: without('emails'),
    address: back('address'),
    area: back('area'),
    language: back('language'),
    documentNumber: numberStands ? now.documentNumber : before.documentNumber,
    documentHash: numberStands ? now.documentHash : before.documentHash,
    contact: back('contact'),
  }
}

/** Whether two values of records say the same: what is stored as JSON comes back with its names in another order. */
export function isSame(one: unknown, two: unknown): boolean {
  if (typeof one !== 'object' || typeof two !== 'object' || one === null || two === null) return one === two
  const names = new Set([...Object.keys(one), ...Object.keys(two)])
  return (
    Array.isArray(one) === Array.isArray(two) &&
    [...names].every((name) => isSame((one as Record<string, unknown>)[name], (two as Record<string, unknown>)[name]))
  )
}

import { Temporal } from 'temporal-polyfill'
import { type Locale, speak, type Text } from '../../../platform/i18n/text.ts'
import type { ServiceCard } from '../../directory/contract.ts'
import type { ContractState, ContractText, FollowUp, IntakeProcedure, SignatureForm } from '../types.ts'

/** The limits that a card sets to how long a service lasts. */
export type CardTerm = ServiceCard['term']

/** The days between which a contract may end; `latest` is missing where the card sets no limit, and then it may have no end at all. */
export interface EndLimits {
  earliest: string
  latest: string | undefined
}

const after = (day: string, span: { days?: number; months?: number }): string =>
  Temporal.PlainDate.from(day).add(span).toString()

/**
 * INT-7: within which days a contract that begins on `begins` ends. The end is the day by which it is over. An extension counts from the beginning
 * of the first contract, up to the extended term of the card.
 * @param firstBegan day on which the first contract of the chain began; undefined for the first itself
 */
export function endLimits(term: CardTerm, begins: string, firstBegan?: string): EndLimits {
  const next = after(begins, { days: 1 })
  if (firstBegan !== undefined) {
    const months = term.extendedToMonths ?? term.maximumMonths
    return { earliest: next, latest: months === undefined ? undefined : after(firstBegan, { months }) }
  }
  return {
    earliest: term.minimumMonths === undefined ? next : after(begins, { months: term.minimumMonths }),
    latest: term.maximumMonths === undefined ? undefined : after(begins, { months: term.maximumMonths }),
  }
}

export type TermFault = 'no end' | 'too short' | 'too long'

/** INT-7: what is wrong with a term; undefined where the card allows it. @param ends null: as long as it is needed */
export function termFault({ earliest, latest }: EndLimits, ends: string | null): TermFault | undefined {
  if (ends === null) return latest === undefined ? undefined : 'no end'
  if (latest !== undefined && ends > latest) return 'too long'
  return ends < earliest ? 'too short' : undefined
}

/** May a contract that ends on `ends` be extended at all? */
export function mayExtend(term: CardTerm, ends: string | null, firstBegan: string): boolean {
  if (ends === null) return false
  const { earliest, latest } = endLimits(term, ends, firstBegan)
  return latest === undefined || latest >= earliest
}

/** The forms that can be checked here: a qualified signature and an eID need a service that verifies them. */
const takenHere: readonly SignatureForm[] = ['drawn', 'paper-scan']

/** INT-7: the forms of signature that are offered: those that the pack calls valid, and that are taken here. */
export const formsOffered = (contract: Pick<IntakeProcedure['contract'], 'forms'>): SignatureForm[] =>
  takenHere.filter((form) => contract.forms.includes(form))

/** INT-2: is a contract what comes next? The first follow-up that is not done. */
export const contractIsNext = (followUps: readonly { kind: FollowUp; doneAt: Date | undefined }[]): boolean =>
  followUps.find(({ doneAt }) => doneAt === undefined)?.kind === 'contract'

/** Which state may follow which. The database holds the same table (`intake.contract_may_follow`); a test compares them. */
export const contractMayFollow = (state: ContractState, next: ContractState): boolean =>
  ({ draft: ['offered'], offered: ['signed', 'ended'], signed: ['ended'], ended: [] })[state].some(
    (may) => may === next,
  )

/** Everything from which a contract is written. */
export interface ContractParts {
  locale: Locale
  reference: string
  provider: Text
  office: Text | undefined
  person: ContractText['person']
  card: Pick<ServiceCard, 'slug' | 'names' | 'activities' | 'cost' | 'refusalGrounds' | 'writtenIn'>
  cardVersion: number
  contract: IntakeProcedure['contract']
  begins: string
  ends: string | null
  besides: string | undefined
  place: string
  day: string
  /** words of the interface, in the language of the contract */
  words: {
    title: string
    form: string
    term: string
    cost: string
    basis: string | undefined
    headings: ContractText['headings']
  }
}

/** INT-7: the text of a contract, from the card, the pack and the request. What may end it: the grounds of the card, then those of the pack. */
export function contractText(parts: ContractParts): ContractText {
  const { card, contract, locale, words } = parts
  const say = (text: Text) => speak(text, locale, [card.writtenIn])
  const endings = (side: 'person' | 'pack', texts: readonly Text[]) =>
    texts.map((text, at) => ({ code: `${side}-${at + 1}`, ...say(text) }))
  return {
    format: 1,
    title: words.title,
    reference: parts.reference,
    provider: say(parts.provider),
    ...(parts.office ? { office: say(parts.office) } : {}),
    person: parts.person,
    service: {
      slug: card.slug,
      version: parts.cardVersion,
      name: say(card.names),
      activities: card.activities.map(say),
      form: words.form,
    },
    begins: parts.begins,
    ends: parts.ends,
    term: words.term,
    cost: [{ words: words.cost, locale, draft: false }, ...(card.cost.description ? [say(card.cost.description)] : [])],
    rights: contract.rights.map(say),
    duties: contract.duties.map(say),
    personMayEnd: endings('person', contract.personMayEnd),
    providerMayEnd: [
      ...card.refusalGrounds
        .filter(({ holds }) => holds === 'ending')
        .map(({ code, text }) => ({ code: `card-${code}`, ...say(text) })),
      ...endings('pack', contract.providerMayEnd),
    ],
    ...(parts.besides ? { besides: parts.besides } : {}),
    place: parts.place,
    day: parts.day,
    ...(words.basis ? { basis: words.basis } : {}),
    unverified: contract.unverified,
    headings: words.headings,
  }
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined }

/**
 * INT-7: the text as the signs over which its hash goes: shorter keys first, then by their bytes, as PostgreSQL writes `jsonb`. So the database can
 * check the hash itself, and anybody can work it out again.
 */
export function canonical(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (isList(value)) return `[${value.map(canonical).join(', ')}]`
  const entries = Object.entries(value)
    .filter((entry): entry is [string, Json] => entry[1] !== undefined)
    .sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1))
  return `{${entries.map(([key, held]) => `${JSON.stringify(key)}: ${canonical(held)}`).join(', ')}}`
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value)

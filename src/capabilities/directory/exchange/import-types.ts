import type { Text } from '../../../platform/i18n/text.ts'
import type { Location, OpeningHours, Organisation, ServiceCard } from '../types.ts'

export const importFormats = ['hsds', 'hsds-tabular', 'oruk', 'cards'] as const
export type ImportFormat = (typeof importFormats)[number]

/** Why a record is not taken, or what was mended in one that is. The words for them are messages `exchange_reason_…`. */
export type ReasonCode =
  | 'missing'
  | 'not-json'
  | 'no-service'
  | 'id-twice'
  | 'dangling'
  | 'wrong-value'
  | 'unknown-code'
  | 'edited-here'
  | 'unreadable'
  | 'dropped-url'
  | 'mended-url'
  | 'dropped-email'
  | 'dropped-value'
  | 'id-made'
  | 'description-made'
  | 'term-kept-as-word'
  | 'cost-unknown'

export interface Reason {
  code: ReasonCode
  /** field of the record, as the format calls it */
  field: string
  /** what stands there, shortened; or the line that it clashes with */
  value?: string
}

export interface OrganisationDraft {
  /** the same at every import of the data set */
  key: string
  /** only named by its slug, and to be found here */
  reference?: boolean
  slug?: string | undefined
  names: Text
  alternateNames?: Text[]
  description?: Text | undefined
  kind?: Organisation['kind'] | undefined
  area?: string | undefined
  email?: string | undefined
  website?: string | undefined
  phones?: Organisation['phones']
  example?: boolean | undefined
  source?: Organisation['source']
}

export interface LocationDraft {
  key: string
  /** only named by its slug, and to be found here */
  reference?: boolean
  slug?: string | undefined
  names?: Text | undefined
  kind: Location['kind']
  area?: string | undefined
  address?: Location['address']
  point?: [number, number] | undefined
  accessibility?: Location['accessibility']
  schedule?: OpeningHours[]
  phones?: Location['phones']
  source?: Location['source']
}

/** A term as a data set names it; any of its names may lead to one of ours. */
export interface TermDraft {
  id?: string | undefined
  code?: string | undefined
  name?: string | undefined
}

/** The fields of a card that its source tells. What it does not tell is completed by `buildCard`. */
export type CardDraft = Partial<Omit<ServiceCard, 'slug' | 'organisation' | 'locations'>> & { names: Text }

export interface ServiceDraft {
  key: string
  slug?: string | undefined
  organisation: OrganisationDraft
  locations: LocationDraft[]
  status: 'active' | 'defunct' | 'temporarily closed'
  assuredAt?: Date | undefined
  card: CardDraft
  terms: TermDraft[]
  /** free text on fees, from which the kind of cost is read */
  fees?: string | undefined
}

/** What a reader finds, in the order of the file. `line` counts from 1. */
export type ImportItem =
  | { type: 'service'; line: number; service: ServiceDraft; notes: Reason[] }
  | { type: 'reject'; line: number; name?: string | undefined; key?: string | undefined; reasons: Reason[] }

/** The bytes of a data set; `open` may be called again, since a transaction may be begun again. */
export type ImportSource =
  | { kind: 'file'; name: string; open(): AsyncIterable<Uint8Array> }
  | { kind: 'tables'; tables: ReadonlyMap<string, () => AsyncIterable<Uint8Array>> }

/** A value for a report: short, on one line. */
export function shortened(value: unknown): string {
  const text = (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).replace(/\s+/g, ' ').trim()
  return text.length > 80 ? `${text.slice(0, 79).toWellFormed()}…` : text
}

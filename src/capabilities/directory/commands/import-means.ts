import type { Origin } from '../../../platform/access/command.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { type Locale, locales, type Text } from '../../../platform/i18n/text.ts'
import type { ImportSettings } from '../exchange/build-card.ts'
import type { ImportEntry } from '../exchange/import-report.ts'
import type { ImportFormat } from '../exchange/import-types.ts'
import { termMap } from '../exchange/term-mapping.ts'
import { readVocabulary } from '../store/exchange-hsds.ts'
import { readManifests } from '../store/exchange-import.ts'
import type { TaxonomyTerm } from '../types.ts'

export interface ImportOptions {
  format: ImportFormat
  /** name of the data set: with the ids in it, it decides what is the same at the next import */
  dataset: string
  /** false (the default) is a dry run: everything is judged, nothing stored */
  apply?: boolean
  /** takes the valid records although others are rejected; without it, one rejected record stops all */
  skipRejected?: boolean
  /** marks services of the data set that are not in the file as defunct */
  removeMissing?: boolean
  /** language of the texts; English when left out */
  locale?: Locale
  /** areas served where records name none that is known here */
  areas?: readonly string[]
  providerKind?: ImportSettings['providerKind']
  /** code of the kind of service where no term leads to one */
  kind?: string
  country?: string
  by?: { account: string | null; origin: Origin }
  /** told of every record, for reports that are longer than what is kept */
  each?(entry: ImportEntry): void
}

/** What an import needs to know of this instance, read once. */
export type ImportMeans = Awaited<ReturnType<typeof readImportMeans>>

/** @throws Error when `areas` names one that is not known here */
export async function readImportMeans(tx: Tx, options: ImportOptions) {
  const [vocabulary, manifests] = await Promise.all([readVocabulary(tx), readManifests(tx)])
  for (const code of options.areas ?? [])
    if (!vocabulary.areas.has(code))
      throw new Error(`The area ${code} is not known here. The packs that are loaded say which are.`)
  const pack = vocabulary.areas.get(options.areas?.[0] ?? '')?.pack
  const terms = new Map([...vocabulary.terms.values()].map((term) => [term.code, term]))
  const pathOf = (code: string) => {
    const path: TaxonomyTerm[] = []
    for (let at = terms.get(code); at && path.length < 10; at = terms.get(at.parent ?? '')) path.unshift(at.details)
    return path
  }
  const settings: ImportSettings = {
    locale: options.locale ?? 'en',
    areas: options.areas ?? [],
    providerKind: options.providerKind ?? 'non-profit',
    kind: options.kind ?? 'social-support',
    country: options.country ?? manifests.get(pack ?? '')?.country ?? 'US',
    knownAreas: new Set(vocabulary.areas.keys()),
    knownTerms: new Map([...terms].map(([code, term]) => [code, term.facet])),
    terms: termMap(vocabulary),
    costUnknown: inAllLanguages((locale) => m.exchange_cost_unknown({}, { locale })),
  }
  return {
    settings,
    wordings: pack
      ? (manifests.get(pack)?.wordings ?? [])
      : [...manifests.values()].flatMap((manifest) => manifest.wordings),
    months: manifests.get(pack ?? '')?.assuranceMonths ?? 6,
    packOf: (area: string | undefined) => vocabulary.areas.get(area ?? '')?.pack ?? null,
    areaPath: (code: string) => vocabulary.areas.get(code)?.path ?? [code],
    termPaths: new Map([...terms.keys()].map((code) => [code, pathOf(code)])),
  }
}

const inAllLanguages = (words: (locale: Locale) => string): Text =>
  Object.fromEntries(locales.map((locale) => [locale, words(locale)]))

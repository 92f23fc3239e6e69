import { type Locale, locales, type Text } from '../../../platform/i18n/text.ts'
import { words } from '../../../platform/search/tokens.ts'
import { lexemes } from '../../../platform/search/words.ts'
import {
  areaMarks,
  facetMarks,
  hourMarks,
  nameKey,
  nameMark,
  openMinutes,
  shelfMark,
  shelfOf,
} from '../rules/search-marks.ts'
import type { OpeningHours, ServiceCard, TaxonomyTerm } from '../types.ts'

/** What the columns beside a card are made from. */
export interface ProjectionSources {
  /** path from the top of the area tree, by area code */
  areaPath(code: string): readonly string[]
  /** the term and the terms above it, top first */
  termPath(code: string): readonly Pick<TaxonomyTerm, 'code' | 'names' | 'words'>[]
  /** points of the card's locations, [longitude, latitude] */
  points: readonly (readonly [number, number])[]
  /** opening hours of the card's locations; they count where the card itself says none */
  schedules: readonly (readonly OpeningHours[])[]
  organisationNames: Text
}

/** The columns of `directory.service` that are made from its card. */
export interface Projection {
  areas: string[]
  areas_served: string[]
  terms: string[]
  forms: string[]
  languages: string[]
  accessibility: string[]
  cost: ServiceCard['cost']['kind']
  crisis: boolean
  example: boolean
  /** text form of a `tsvector`; weight A name, B kind, groups and situations, C the rest; marks (rules/search-marks.ts) have none */
  lexemes: string
  facets: string[]
  name_keys: string[]
  shelf: number
  /** text form of an `int4multirange`: minutes of the local week */
  open_minutes: string | null
  longitude: number | null
  latitude: number | null
  /** words as people would type them, for the correction of typos */
  vocabulary: { word: string; locale: Locale }[]
}

/** Makes the columns for lists, search and facets from a card (DIR-5). Pure: the same card gives the same columns. */
export function project(card: ServiceCard, sources: ProjectionSources): Projection {
  const terms = [card.kind, ...card.targetGroups, ...card.situations].flatMap((code) => sources.termPath(code))
  const weighted = new Map<string, 'A' | 'B' | 'C'>()
  const vocabulary = new Map<string, { word: string; locale: Locale }>()
  const index = (text: Text | undefined, weight: 'A' | 'B' | 'C') => {
    for (const locale of locales) {
      const told = text?.[locale]
      if (!told) continue
      for (const lexeme of lexemes(told, locale)) if (!weighted.has(lexeme)) weighted.set(lexeme, weight)
      if (weight === 'C') continue
      for (const word of words(told))
        if (word.length >= 4 && word.length <= 40) vocabulary.set(`${locale} ${word}`, { word, locale })
    }
  }
  for (const text of [card.names, ...card.alternateNames]) index(text, 'A')
  for (const term of terms) {
    index(term.names, 'B')
    index(term.words, 'B')
  }
  for (const text of [card.summary, sources.organisationNames, card.eligibility.description, ...card.activities])
    index(text, 'C')
  const first = sources.points[0]
  const areas = unique(card.areas.flatMap((code) => sources.areaPath(code)))
  const termCodes = unique(terms.map((term) => term.code))
  const facets = facetMarks(card, termCodes)
  const nameKeys = unique(
    [card.names, ...card.alternateNames].flatMap((text) =>
      locales.flatMap((locale) => nameKey(text[locale] ?? '') ?? []),
    ),
  )
  const open = openMinutes(card.schedule.length > 0 ? card.schedule : sources.schedules.flat())
  const shelf = shelfOf(card)
  const marks = [
    ...facets,
    ...areaMarks(areas, card.areas),
    ...hourMarks(open),
    ...nameKeys.map(nameMark),
    shelfMark(shelf),
  ]
  return {
    areas,
    areas_served: unique(card.areas),
    terms: termCodes,
    forms: card.forms,
    languages: card.languages,
    accessibility: card.accessibility,
    cost: card.cost.kind,
    crisis: card.crisis,
    example: card.example,
    lexemes: tsvectorText(weighted, marks),
    facets,
    name_keys: nameKeys,
    // the column counts shelves in pairs, of which each holds four times as many as the one before
    shelf: Math.floor(shelf / 2),
    open_minutes: open ? `{${open.map(([from, to]) => `[${from},${to})`).join(',')}}` : null,
    longitude: first?.[0] ?? null,
    latitude: first?.[1] ?? null,
    vocabulary: [...vocabulary.values()],
  }
}

const unique = (values: readonly string[]): string[] => [...new Set(values)]

/** `'lexeme':1A`: a position is needed for a weight; lexemes hold letters and digits only, quotes are doubled all the same. */
function tsvectorText(weighted: ReadonlyMap<string, 'A' | 'B' | 'C'>, marks: readonly string[]): string {
  const position = { A: 1, B: 2, C: 3 }
  const quoted = (lexeme: string) => `'${lexeme.replaceAll('\\', '').replaceAll("'", "''")}'`
  return [
    ...[...weighted].map(([lexeme, weight]) => `${quoted(lexeme)}:${position[weight]}${weight}`),
    ...marks.map(quoted),
  ].join(' ')
}

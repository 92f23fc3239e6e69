import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ServiceCard, type TaxonomyTerm } from '../src/capabilities/directory/types.ts'
import { type Locale, locales, type Text } from '../src/platform/i18n/text.ts'
import { fieldWords } from '../src/platform/search/field-words.ts'
import { stopWords } from '../src/platform/search/stop-words.ts'
import { words } from '../src/platform/search/tokens.ts'

/*
 * Makes services whose words are distributed as words of real texts are (Zipf): the frequent ones come from the packs, the rare ones
 * are built from syllables, so that there are as many as in a real directory of that size. The same seed makes the same services.
 */

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const vocabularySize = 20_000
const syllables: Readonly<Record<Locale, readonly string[]>> = {
  en: 'ba con der fil gra hol in ker lam mor nel op pra quen ral ster tor un ver wil yar zen'.split(' '),
  uk: 'ба вор гре дом жит зав кол лис мир нов обл прав рід сон тер хар цвіт чин шлях юр'.split(' '),
  da: 'bjer dal eng fre gård hol kær lund mark næs ros skov stad thor ved øst bæk hede'.split(' '),
  de: 'berg bach dorf eich feld gart heim kirch lind mühl neu ober reut stein tal unter wald zell'.split(' '),
}

/** The words of one language by rank: those of the packs that carry meaning, the most frequent first, then invented ones. */
export function vocabulary(locale: Locale, packs: string): string[] {
  const counts = new Map<string, number>()
  const stops = new Set(locales.flatMap((each) => [...stopWords[each]]))
  const count = (value: unknown) => {
    if (!value || typeof value !== 'object') return
    for (const [key, inner] of Object.entries(value)) {
      if (key !== locale || typeof inner !== 'string') count(inner)
      else
        for (const word of words(inner))
          if (word.length > 3 && !stops.has(word)) counts.set(word, (counts.get(word) ?? 0) + 1)
    }
  }
  for (const pack of readdirSync(packs)) {
    const folder = join(packs, pack, 'services')
    for (const file of readdirIfThere(folder)) count(JSON.parse(readFileSync(join(folder, file), 'utf8')))
  }
  const known = [...counts].sort((one, two) => two[1] - one[1] || (one[0] < two[0] ? -1 : 1)).map(([word]) => word)
  const all = new Set([...known, ...(fieldWords[locale] ?? '').split(/\s+/).filter((word) => word.length > 3)])
  const next = chance(locale.charCodeAt(0))
  const parts = syllables[locale]
  const syllable = () => parts[Math.floor(next() * parts.length)] ?? ''
  while (all.size < vocabularySize) all.add(syllable() + syllable() + syllable() + (next() < 0.5 ? syllable() : ''))
  return [...all].slice(0, vocabularySize)
}

function readdirIfThere(folder: string): string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}

/** Draws a word by Zipf's law: the word of rank r comes 1/r as often as the first. */
function zipf(ranked: readonly string[], next: () => number): () => string {
  const sums = new Float64Array(ranked.length)
  let sum = 0
  for (let rank = 0; rank < ranked.length; rank++) {
    sum += 1 / (rank + 1)
    sums[rank] = sum
  }
  return () => {
    const drawn = next() * sum
    let low = 0
    let high = ranked.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] ?? 0) < drawn) low = middle + 1
      else high = middle
    }
    return ranked[low] ?? ''
  }
}

export interface Ground {
  packs: string
  terms: readonly Pick<TaxonomyTerm, 'code' | 'facet'>[]
  areas: readonly string[]
  organisations: readonly string[]
  locations: readonly string[]
}

/** `count` service cards in four languages, one after the other. */
export function* cards(count: number, ground: Ground): Generator<ServiceCard> {
  const next = chance(2026)
  const draw = Object.fromEntries(
    locales.map((locale) => [locale, zipf(vocabulary(locale, ground.packs), next)]),
  ) as Record<Locale, () => string>
  const text = (length: number): Text =>
    Object.fromEntries(locales.map((locale) => [locale, Array.from({ length }, draw[locale]).join(' ')])) as Text
  const one = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)] as T
  const some = <T>(items: readonly T[], most: number): T[] => [
    ...new Set(Array.from({ length: 1 + Math.floor(next() * most) }, () => one(items))),
  ]
  const codes = (facet: TaxonomyTerm['facet']) =>
    ground.terms.filter((term) => term.facet === facet).map((term) => term.code)
  const [kinds, groups, situations] = [codes('kind'), codes('target-group'), codes('situation')]
  for (let number = 0; number < count; number++) {
    yield ServiceCard.parse({
      slug: `bench-${number}`,
      names: text(3),
      summary: text(14),
      kind: one(kinds),
      organisation: ground.organisations[number % ground.organisations.length],
      locations: [ground.locations[number % ground.locations.length]],
      areas: some(ground.areas, 2),
      activities: [text(6), text(6), text(6)],
      forms: some(ServiceCard.shape.forms.element.options, 3),
      term: { asNeeded: true },
      targetGroups: some(groups, 3),
      situations: some(situations, 3),
      eligibility: { description: text(10) },
      cost: { kind: next() < 0.7 ? 'free' : next() < 0.5 ? 'differentiated' : 'full' },
      languages: some(['uk', 'en', 'da', 'de', 'ar', 'pl'], 3),
      accessibility: some(['step-free', 'lift', 'sign-language', 'quiet-room'], 2),
      schedule:
        next() < 0.6
          ? [{ days: ['MO', 'TU', 'WE', 'TH', 'FR'], opens: next() < 0.5 ? '08:00' : '10:00', closes: '16:00' }]
          : [],
      channels: ['phone'],
      crisis: next() < 0.01,
      writtenIn: one(locales),
    } satisfies ServiceCardInput)
  }
}

type ServiceCardInput = Parameters<typeof ServiceCard.parse>[0]

import type { ServiceSearch } from '../src/capabilities/directory/store/search-plan.ts'
import { type Locale, locales } from '../src/platform/i18n/text.ts'
import { vocabulary } from './search-data.ts'
import { packs } from './search-fill.ts'

interface Asked {
  kind: 'rare' | 'middling' | 'common' | 'with choices'
  /** ranks in the vocabulary of a language, one for each word */
  ranks: readonly number[]
  choices?: Partial<ServiceSearch['facets']>
  area?: boolean
}

/** What is measured, per language: half rare words, a third middling ones, the rest common; some with a second word. */
const mix: readonly Asked[] = [
  { kind: 'rare', ranks: [4000] },
  { kind: 'rare', ranks: [5200] },
  { kind: 'rare', ranks: [6100] },
  { kind: 'rare', ranks: [7400] },
  { kind: 'rare', ranks: [8300] },
  { kind: 'rare', ranks: [9999] },
  { kind: 'rare', ranks: [12000] },
  { kind: 'rare', ranks: [15500] },
  { kind: 'rare', ranks: [19000] },
  { kind: 'rare', ranks: [4700, 12] },
  { kind: 'rare', ranks: [6600] },
  { kind: 'rare', ranks: [8800] },
  { kind: 'middling', ranks: [60] },
  { kind: 'middling', ranks: [90] },
  { kind: 'middling', ranks: [140] },
  { kind: 'middling', ranks: [220] },
  { kind: 'middling', ranks: [350] },
  { kind: 'middling', ranks: [500] },
  { kind: 'middling', ranks: [75, 9] },
  { kind: 'middling', ranks: [180] },
  { kind: 'common', ranks: [2] },
  { kind: 'common', ranks: [5] },
  { kind: 'common', ranks: [9] },
  { kind: 'common', ranks: [14] },
]

/** Beside the mix: the same work again for the numbers beside what is chosen, and far fewer hits in a small directory. */
const withChoices: readonly Asked[] = [
  { kind: 'with choices', ranks: [6600], choices: { cost: ['free'] } },
  { kind: 'with choices', ranks: [8800], area: true },
  { kind: 'with choices', ranks: [180], area: true },
  { kind: 'with choices', ranks: [9], choices: { cost: ['free'] } },
  { kind: 'with choices', ranks: [14], area: true },
]

/** The mix in every language, 96 searches, and 20 with choices; always the same. */
export function searches(): { kind: Asked['kind']; search: ServiceSearch }[] {
  return locales.flatMap((locale: Locale) => {
    const ranked = vocabulary(locale, packs)
    return [...mix, ...withChoices].map(({ kind, ranks, choices, area }) => ({
      kind,
      search: {
        words: ranks.map((rank) => ranked[rank - 1]).join(' '),
        facets: { situation: [], group: [], kind: [], form: [], cost: [], language: [], access: [], ...choices },
        areaPath: area ? ['DK', 'DK-1082', 'DK-0791'] : undefined,
        openAt: undefined,
        sort: 'relevance',
        near: undefined,
        locale,
        limit: 20,
        after: undefined,
      },
    }))
  })
}

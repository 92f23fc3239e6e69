import { locales } from '../src/platform/i18n/text.ts'
import { mustMeet } from '../src/platform/search/words.pairs.ts'
import { lexemes, searchTerms } from '../src/platform/search/words.ts'
import { report } from './fixtures/report.ts'

/** Words a second that become lexemes, and queries a second that become terms. Run: node bench/words.ts */
for (const locale of locales) {
  const pairs = mustMeet(locale)
  const text = Array.from({ length: 50 }, () => pairs.map((pair) => pair.text).join(' ')).join(' ')
  const words = text.split(/\s+/).length
  lexemes(text, locale)
  const rounds = 20
  let started = performance.now()
  for (let round = 0; round < rounds; round++) lexemes(text, locale)
  const perSecond = Math.round((rounds * words * 1000) / (performance.now() - started))
  started = performance.now()
  for (let round = 0; round < rounds; round++) for (const pair of pairs) searchTerms(pair.query)
  const queries = Math.round((rounds * pairs.length * 1000) / (performance.now() - started))
  report({
    name: `words to lexemes, ${locale} (mostly known words)`,
    value: perSecond,
    unit: 'words/s',
    goal: 'no goal',
    ok: true,
  })
  report({ name: `queries to terms, ${locale}`, value: queries, unit: 'queries/s', goal: 'no goal', ok: true })
}

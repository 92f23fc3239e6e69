import { describe, expect, test } from 'vitest'
import { areaCounts, facetCounts } from './search-facets.ts'

describe('DIR-5: numbers beside the choices', () => {
  test('DIR-5: a facet offers what some service has, most frequent first, and keeps what is chosen', () => {
    const marks = new Map([
      ['f=day', 3],
      ['f=online', 5],
    ])
    expect(facetCounts('form', { marks, more: false }, ['day', 'home', 'online'], [])).toEqual([
      { value: 'online', count: 5, chosen: false },
      { value: 'day', count: 3, chosen: false },
    ])
    const chosen = new Map([...marks, ['form:f=day', 3], ['form:f=online', 9]] as const)
    expect(facetCounts('form', { marks: chosen, more: false }, ['day', 'home', 'online'], ['home'])).toEqual([
      { value: 'online', count: 9, chosen: false },
      { value: 'day', count: 3, chosen: false },
      { value: 'home', count: 0, chosen: true },
    ])
  })

  test('DIR-5: where more fit than are counted, values beside a chosen one stand without a number', () => {
    const marks = new Map([['c=free', 500]])
    expect(facetCounts('cost', { marks, more: true }, ['free', 'full'], ['free'])).toEqual([
      { value: 'free', count: 500, chosen: true },
      { value: 'full', count: undefined, chosen: false },
    ])
  })

  test('DIR-5: an area counts what serves it, what serves an area above it, and what serves one within it', () => {
    const areas = [
      { code: 'DK', path: ['DK'] },
      { code: 'R', path: ['DK', 'R'] },
      { code: 'A', path: ['DK', 'R', 'A'] },
      { code: 'B', path: ['DK', 'R', 'B'] },
    ]
    const counts = areaCounts(
      [
        { served: ['A'], count: 2 },
        { served: ['A', 'B'], count: 1 },
        { served: ['R'], count: 4 },
        { served: ['elsewhere'], count: 8 },
      ],
      areas,
    )
    expect(Object.fromEntries(counts)).toEqual({ DK: 7, R: 7, A: 7, B: 5 })
  })
})

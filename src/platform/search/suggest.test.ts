import fc from 'fast-check'
import { expect, test } from 'vitest'
import { allowedDistance, corrections, distance, readings } from './suggest.ts'

const index = [
  'притулок',
  'притулки',
  'психолог',
  'допомога',
  'житло',
  'Wohnung',
  'Beratung',
  'børn',
  'shelter',
  'health',
  'їжа',
  'щоденник',
].map((word) => ({ word, similarity: 0.5 }))
const best = (typed: string) => corrections(typed, index)[0]

test('DIR-5: Ukrainian typed on a Latin keyboard is understood', () => {
  expect(readings('ghbnekjr')).toContainEqual({ word: 'притулок', kind: 'keyboard' })
  expect(best('ghbnekjr')).toEqual({ word: 'притулок', kind: 'keyboard', distance: 0 })
  expect(best('];f')?.word).toBe('їжа')
  expect(best('GHBNEKJR')?.word).toBe('притулок')
})

test('DIR-5: English typed on a Ukrainian keyboard is understood', () => {
  expect(best('руфдер')).toMatchObject({ word: expect.stringContaining('health'), kind: 'keyboard' })
})

test('DIR-5: Ukrainian in Latin letters is understood by the official table', () => {
  expect(best('prytulok')).toEqual({ word: 'притулок', kind: 'transliteration', distance: 0 })
  expect(best('dopomoha')?.word).toBe('допомога')
  expect(best('sotsialna')).toBeUndefined()
  expect(best('zhytlo')?.word).toBe('житло')
  expect(best('shchodennyk')?.word).toBe('щоденник')
  const read = (typed: string) => readings(typed).find((reading) => reading.kind === 'transliteration')?.word
  expect(read('yizha')).toBe('їжа')
  expect(read('sotsialnyi')).toBe('соціалний')
  expect(read('yurydychna')).toBe('юридична')
  expect(read('zghoda')).toBe('згода')
  expect(read('kharkiv')).toBe('харків')
})

test('DIR-5: one wrong letter is forgiven in four to six, two in more', () => {
  expect(best('притудок')?.word).toBe('притулок')
  expect(best('Beratnug')).toMatchObject({ word: 'Beratung', distance: 1 })
  expect(best('Bartung')?.word).toBe('Beratung')
  expect(corrections('sheltr', index)[0]?.word).toBe('shelter')
  expect(corrections('sheelltr', index)).toEqual([])
  expect(corrections('bor', index)).toEqual([])
  expect(allowedDistance('abc')).toBe(0)
  expect(allowedDistance('abcd')).toBe(1)
  expect(allowedDistance('abcdefg')).toBe(2)
})

test('DIR-5: a word of the index is not corrected to itself', () => {
  expect(corrections('притулок', index).map(({ word }) => word)).toEqual(['притулки'])
})

test('DIR-5: the closest come first, then the most similar, at most three', () => {
  const found = corrections('kommunn', [
    { word: 'kommunal', similarity: 0.6 },
    { word: 'kommune', similarity: 0.5 },
    { word: 'kommunen', similarity: 0.7 },
    { word: 'kommuner', similarity: 0.4 },
  ])
  expect(found.map(({ word }) => word)).toEqual(['kommunen', 'kommune', 'kommunal'])
})

test('DIR-5: distances are those of Damerau and Levenshtein', () => {
  expect(distance('ca', 'ac', 2)).toBe(1)
  expect(distance('kitten', 'sitting', 5)).toBe(3)
  expect(distance('', 'ab', 5)).toBe(2)
  expect(distance('abcdefgh', 'zzzzzzzz', 2)).toBe(3)
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (one, two) => {
      expect(distance(one, two, 20)).toBe(distance(two, one, 20))
      expect(distance(one, one, 2)).toBe(0)
      expect(distance(one, two, 1)).toBe(Math.min(distance(one, two, 20), 2))
    }),
  )
})

test('DIR-5: any string has at most three readings and never an error', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (typed) => {
      expect(readings(typed).length).toBeLessThanOrEqual(3)
      expect(corrections(typed, index).length).toBeLessThanOrEqual(3)
    }),
  )
})

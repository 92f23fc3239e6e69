import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { differenceOf, sizeOf } from './difference.ts'

const words = fc
  .array(fc.constantFrom('takst', 'plads', 'tilbud', 'og', '.', ' ', '\n', 'ø'), { maxLength: 40 })
  .map((all) => all.join(''))
const without = (is: 'gone' | 'new', before: string, after: string) =>
  differenceOf(before, after)
    .filter((change) => change.is !== is)
    .map((change) => change.words)
    .join('')

describe('GOV-6: what changed between two versions', () => {
  test('both texts can be read from it, whatever they are', () => {
    fc.assert(
      fc.property(words, words, (before, after) => {
        expect(without('new', before, after)).toBe(before)
        expect(without('gone', before, after)).toBe(after)
      }),
      { numRuns: 300 },
    )
  })

  test('is told word by word: what stayed is not told to have changed', () => {
    expect(differenceOf('Taksten er 100 kroner.', 'Taksten er 120 kroner.')).toEqual([
      { is: 'same', words: 'Taksten er ' },
      { is: 'gone', words: '100' },
      { is: 'new', words: '120' },
      { is: 'same', words: ' kroner.' },
    ])
    expect(differenceOf('A\nB\nC\n', 'A\nC\n')).toEqual([
      { is: 'same', words: 'A\n' },
      { is: 'gone', words: 'B\n' },
      { is: 'same', words: 'C\n' },
    ])
    expect(differenceOf('x', 'x')).toEqual([{ is: 'same', words: 'x' }])
    expect(differenceOf('', '')).toEqual([])
  })

  test('is found quickly in texts of many thousand words, and in two that share nothing', () => {
    const long = Array.from({ length: 3000 }, (_, at) => `Linje ${at} har sine egne ord.`)
    const changed = long.with(1500, 'Linje 1500 har andre ord.')
    expect(sizeOf(differenceOf(long.join('\n'), changed.join('\n')))).toEqual({ gone: 2, come: 1 })
    const other = Array.from({ length: 3000 }, (_, at) => `Noget helt andet ${at * 7}`).join('\n')
    expect(differenceOf(long.join('\n'), other).map(({ is }) => is)).toContain('gone')
  })
})

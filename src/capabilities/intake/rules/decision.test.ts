import { describe, expect, test } from 'vitest'
import { type Ground, graceOf, groundsNow, outcomesNow, type Standing } from './decision.ts'

const now = new Date('2026-11-23T09:00:00Z')
const ground = (code: string, holds: Ground['holds'] = 'entry'): Ground => ({ code, holds, text: { en: code } })
const standing: Standing = {
  urgency: 'ordinary',
  dangers: [],
  grounds: [ground('lives-elsewhere'), ground('breach-of-contract', 'ending')],
  papers: [],
  graceUntil: undefined,
  needsBody: [],
  neverRefused: ['life', 'violence', 'child'],
}

describe('INT-5: on which grounds a request is refused', () => {
  test('INT-5: on those of entry alone, and on none in a danger in which the law refuses nobody', () => {
    expect(groundsNow(standing, now).map(({ code }) => code)).toEqual(['lives-elsewhere'])
    expect(outcomesNow(standing, false, now)).toContain('refused')
    for (const danger of standing.neverRefused) {
      const inDanger = { ...standing, urgency: 'emergency' as const, dangers: [danger] }
      expect(groundsNow(inDanger, now)).toEqual([])
      expect(outcomesNow(inDanger, false, now)).not.toContain('refused')
    }
    // a danger that the law does not name
    expect(groundsNow({ ...standing, dangers: ['recent-trauma'] }, now)).toHaveLength(1)
  })

  test('INT-5: of several papers that are missing, the time that ends first counts; a paper asked for again has the later time', () => {
    const paper = (id: string, state: 'open' | 'seen' = 'open') =>
      ({ id, state, needed: 'at-application', from: 'person', names: { en: id } }) as const
    const reminder = (day: number, ...documents: string[]) => ({
      documents,
      graceUntil: new Date(Date.UTC(2026, 10, day)),
    })
    const newestFirst = [reminder(20, 'a'), reminder(15, 'b'), reminder(10, 'a', 'c')]
    const ends = (...papers: ReturnType<typeof paper>[]) => graceOf(papers, newestFirst)?.getUTCDate()
    expect(ends(paper('a'), paper('b'))).toBe(15)
    expect(ends(paper('b'), paper('a'))).toBe(15)
    expect(ends(paper('a'))).toBe(20)
    expect(ends(paper('a'), paper('c', 'seen'))).toBe(20)
    expect(ends(paper('d'))).toBeUndefined()
  })
})

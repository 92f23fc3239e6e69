import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AnswerKind, Silence } from '../../types/consultations.ts'
import { DecidesBy } from '../../types.ts'
import { judgeAnswer } from './answer.ts'
import { outcomeOf, sidesOf, tallyOf } from './tally.ts'

const said = fc.array(fc.option(fc.constantFrom(...AnswerKind.options), { nil: undefined }), {
  minLength: 1,
  maxLength: 25,
})
const silence = fc.constantFrom(...Silence.options)
const way = fc.option(fc.constantFrom(...DecidesBy.options), { nil: undefined })
const runs = { numRuns: 300, seed: 5 }

describe('what came of a consultation', () => {
  // agree, object, silent, silence, way, outcome
  const cases = [
    [3, 0, 16, 'agrees', 'consensus', 'agreed'],
    [3, 0, 16, 'objects', 'consensus', 'declined'],
    [3, 0, 16, 'not-counted', 'unanimity', 'agreed'],
    [3, 0, 16, 'abstains', 'unanimity', 'declined'],
    [3, 0, 16, 'agrees', 'unanimity', 'agreed'],
    [3, 4, 12, 'agrees', 'majority', 'agreed'],
    [3, 4, 12, 'abstains', 'majority', 'declined'],
    [4, 4, 11, 'not-counted', 'majority', 'open'],
    [0, 0, 19, 'not-counted', 'consensus', 'open'],
    [0, 0, 19, 'agrees', 'consensus', 'agreed'],
    [19, 0, 0, 'agrees', undefined, 'open'],
  ] as const
  test.each(cases)(
    'GOV-5: %i agree, %i object, %i are silent, silence %s, by %s: %s',
    (agree, object, silent, means, by, outcome) => {
      const tally = tallyOf([
        ...Array<'agree'>(agree).fill('agree'),
        ...Array<'object'>(object).fill('object'),
        ...Array<undefined>(silent).fill(undefined),
      ])
      expect(outcomeOf(tally, means, by)).toBe(outcome)
    },
  )

  test('GOV-5: every party is counted once, in whichever order they answer', () => {
    fc.assert(
      fc.property(said, silence, way, (answers, means, by) => {
        const tally = tallyOf(answers)
        const { parties, agree, agreeWithRemarks, object, noRemarks, silent } = tally
        expect(agree + agreeWithRemarks + object + noRemarks + silent).toBe(parties)
        const sides = sidesOf(tally, means)
        expect(sides.agree + sides.object).toBeLessThanOrEqual(sides.counted)
        expect(outcomeOf(tallyOf(answers.toReversed()), means, by)).toBe(outcomeOf(tally, means, by))
      }),
      runs,
    )
  })

  test('GOV-5: who takes an objection back never turns agreement into refusal', () => {
    const rank = { declined: 0, open: 1, agreed: 2 }
    fc.assert(
      fc.property(said, silence, way, (answers, means, by) => {
        const at = answers.indexOf('object')
        fc.pre(at >= 0)
        const before = outcomeOf(tallyOf(answers), means, by)
        const after = outcomeOf(tallyOf(answers.with(at, 'agree')), means, by)
        expect(rank[after]).toBeGreaterThanOrEqual(rank[before])
      }),
      runs,
    )
  })

  test('GOV-5: silence that is as good as agreement decides as agreement would', () => {
    fc.assert(
      fc.property(said, way, (answers, by) => {
        const spoken = answers.map((answer) => answer ?? 'agree')
        expect(outcomeOf(tallyOf(answers), 'agrees', by)).toBe(outcomeOf(tallyOf(spoken), 'agrees', by))
        const against = answers.map((answer) => answer ?? 'object')
        expect(outcomeOf(tallyOf(answers), 'objects', by)).toBe(outcomeOf(tallyOf(against), 'objects', by))
      }),
      runs,
    )
  })

  test('GOV-5: an objection, and agreement with remarks, say something; no remarks says nothing', () => {
    for (const answer of ['object', 'agree-with-remarks'] as const) {
      expect(judgeAnswer(answer, undefined)).toBe('remarks-missing')
      expect(judgeAnswer(answer, 'Because')).toBeUndefined()
    }
    expect(judgeAnswer('no-remarks', 'Because')).toBe('remarks-too-many')
    for (const answer of ['agree', 'no-remarks'] as const) expect(judgeAnswer(answer, undefined)).toBeUndefined()
  })
})

import { describe, expect, test } from 'vitest'
import { judgeDecision } from './judge-decision.ts'

const body = {
  decidesOn: [
    { slug: 'support', names: { en: 'Support' }, aboutPeople: true },
    { slug: 'order', names: { en: 'Order of work' }, aboutPeople: false },
  ],
}
const today = '2026-11-29'
const subject = { kind: 'intake.request', id: '0193ad5e-0000-7000-8000-000000000000' }

describe('GOV-4: a decision is judged before it is recorded', () => {
  test.each([
    [{ matter: 'order', decidedOn: today }, []],
    [{ matter: 'support', decidedOn: today, subject }, []],
    [{ matter: 'budget', decidedOn: today }, ['not-entitled']],
    [{ matter: 'order', decidedOn: '2026-11-30' }, ['future']],
    [{ matter: 'order', decidedOn: today, subject }, ['public-subject']],
    [{ matter: 'budget', decidedOn: '2027-01-01', subject }, ['not-entitled', 'future']],
  ])('%j', (decision, mistakes) => {
    expect(judgeDecision(body, decision, today)).toEqual(mistakes)
  })

  test('GOV-13: a right decision is as public as the wrong one', () => {
    const decision = { matter: 'order', decidedOn: today }
    expect(judgeDecision(body, decision, today, { aboutPerson: false })).toEqual([])
    expect(judgeDecision(body, decision, today, { aboutPerson: true })).toEqual(['other-publicity'])
  })
})

import { describe, expect, test } from 'vitest'
import { isPaused, mostPausedDays, pausedDays } from './pausing.ts'

const whole = { approved: 10, open: 10 }
const shut = { approved: 10, open: 0 }

describe('closing for a time', () => {
  test('CAP-3: fewer than half of the places open is closing, half of them is not', () => {
    expect([0, 4, 5, 10].map((open) => isPaused({ approved: 10, open }))).toEqual([true, true, false, false])
    expect(isPaused({ approved: 0, open: 0 })).toBe(false)
  })

  test('CAP-3: a closing without a last day has none, unless another change is known', () => {
    const open = [{ from: '2026-01-01', until: undefined, ...whole }]
    expect(pausedDays(open, { from: '2026-06-01', until: undefined })).toBeUndefined()
    const known = [
      { from: '2026-01-01', until: '2026-06-11', ...whole },
      { from: '2026-06-11', until: undefined, ...whole },
    ]
    expect(pausedDays(known, { from: '2026-06-01', until: undefined })).toBe(10)
  })

  test('CAP-3: days of all closings within 365 days add up, those before do not', () => {
    const known = [
      { from: '2025-01-01', until: '2025-03-01', ...shut },
      { from: '2025-03-01', until: '2026-01-01', ...whole },
      { from: '2026-01-01', until: '2026-02-01', ...shut },
      { from: '2026-02-01', until: undefined, ...whole },
    ]
    expect(pausedDays(known, { from: '2026-06-01', until: '2026-06-11' })).toBe(31 + 10)
    expect(pausedDays(known, { from: '2027-03-01', until: '2027-03-11' })).toBe(10)
    expect(pausedDays(known, { from: '2026-06-01', until: '2026-07-30' })).toBe(mostPausedDays)
  })

  test('CAP-3: opening in the middle and closing again counts each day once', () => {
    const known = [
      { from: '2026-01-01', until: '2026-01-31', ...shut },
      { from: '2026-01-31', until: undefined, ...whole },
    ]
    expect(pausedDays(known, { from: '2026-01-11', until: '2026-01-21' })).toBe(30)
  })
})

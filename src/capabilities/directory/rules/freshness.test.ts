import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assuranceDue, freshness, sinks } from './freshness.ts'

const day = fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })

describe('DIR-6: freshness', () => {
  it('DIR-6: six months are calendar months, and the end of February is no overflow', () => {
    expect(assuranceDue(new Date('2026-08-31T09:00:00Z'), 6)).toEqual(new Date('2027-02-28T09:00:00Z'))
    expect(assuranceDue(new Date('2027-08-31T09:00:00Z'), 6)).toEqual(new Date('2028-02-29T09:00:00Z'))
  })

  it('DIR-6: a record is assured until it is due, overdue from then on, and never where nobody confirmed it', () => {
    const due = new Date('2026-11-22T12:00:00Z')
    const record = { assuredAt: new Date('2026-05-22T12:00:00Z'), due }
    expect(freshness(record, new Date(due.getTime() - 1))).toBe('assured')
    expect(freshness(record, due)).toBe('overdue')
    expect(freshness({ assuredAt: undefined, due }, new Date('2020-01-01'))).toBe('never')
  })

  it('DIR-6: a crisis service never sinks; any other sinks exactly when it is not assured', () => {
    fc.assert(
      fc.property(fc.option(day, { nil: undefined }), day, day, fc.boolean(), (assuredAt, due, now, crisis) => {
        const record = { assuredAt, due, crisis }
        expect(sinks(record, now)).toBe(!crisis && freshness(record, now) !== 'assured')
      }),
    )
  })
})

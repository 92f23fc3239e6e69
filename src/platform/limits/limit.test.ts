import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { counterKey, networkOf } from './limit.ts'

describe('whose tries are counted together', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:DB8:0001:0002::1', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::1', '0:0:0:0'],
    ['::', '0:0:0:0'],
  ])('%s belongs to %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })

  test('one household that changes the second half of its address stays one', () => {
    const group = fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16))
    fc.assert(
      fc.property(
        fc.array(group, { minLength: 8, maxLength: 8 }),
        fc.array(group, { minLength: 4, maxLength: 4 }),
        (one, other) => {
          expect(networkOf([...one.slice(0, 4), ...other].join(':'))).toBe(networkOf(one.join(':')))
        },
      ),
    )
  })

  test('a key says what is counted and names nobody', () => {
    const key = counterKey('a secret', 'directory.remark', 'address', '203.0.113.7')
    expect(key).toMatch(/^directory\.remark:address:[\w-]{43}$/)
    expect(key).not.toBe(counterKey('another secret', 'directory.remark', 'address', '203.0.113.7'))
  })
})

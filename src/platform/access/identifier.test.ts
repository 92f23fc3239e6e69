import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openIdentifier, sealIdentifier } from './identifier.ts'

const secret = 'a secret of an instance that is long enough'

test('a number is found again however it is typed, and read only with the secret', () => {
  const one = sealIdentifier(secret, 'аб 123-456')
  const other = sealIdentifier(secret, 'АБ123456')
  expect(one?.hash).toBe(other?.hash)
  expect(one?.sealed).not.toBe(other?.sealed)
  expect(openIdentifier(secret, one?.sealed ?? '')).toBe('АБ123456')
  expect(() => openIdentifier('another secret of another instance', one?.sealed ?? '')).toThrow()
  expect(sealIdentifier('another secret of another instance', 'АБ123456')?.hash).not.toBe(one?.hash)
  expect(sealIdentifier(secret, ' - ')).toBeUndefined()
})

test('every number comes back as its letters and digits', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Z0-9]{1,40}$/), (typed) => {
      expect(openIdentifier(secret, sealIdentifier(secret, typed)?.sealed ?? '')).toBe(typed)
    }),
  )
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judgePassword, longestPassword, shortestPassword } from './password-rules.ts'

describe('a new password', () => {
  test.each([
    ['short', 'Kastanie7!x'],
    ['short', 'дощ і сонце'],
    ['long', 'x9Kw'.repeat(33)],
    ['common', 'password1234'],
    ['common', 'P4ssw0rd2026!'],
    ['common', 'qwertyuiop123'],
    ['common', '123456789012'],
    ['common', 'abcdefghijklmn'],
    ['common', 'aaaaaaaaaaaaaa'],
    ['common', 'x7Kx7Kx7Kx7K'],
    ['common', 'Пароль123456'],
    ['common', 'Passwort!2026'],
    ['common', 'йцукенгшщзхї'],
  ])('is refused as %s: %s', (fault, password) => {
    expect(judgePassword(password)).toBe(fault)
  })

  test('is refused when it is the address or the name', () => {
    const own = ['Olena.Koval@example.org', 'Olena Koval']
    expect(judgePassword('olena.koval@example.org', own)).toBe('own')
    expect(judgePassword('Olena.Koval2026', own)).toBe('own')
    expect(judgePassword('OlenaKoval!99', own)).toBe('own')
  })

  test.each([
    'vier Kastanien am Neckar',
    'дощ іде над містом',
    'tre små grise løb',
    'kN8#vQ2!xLp0',
    'a password that nobody else has',
  ])('is taken: %s', (password) => {
    expect(judgePassword(password, ['Olena.Koval@example.org'])).toBeUndefined()
  })

  test('too short or too long is always refused, whatever it says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (password) => {
        const length = [...password.normalize('NFC')].length
        const fault = judgePassword(password)
        if (length < shortestPassword) expect(fault).toBe('short')
        else if (length > longestPassword) expect(fault).toBe('long')
        else expect([undefined, 'common']).toContain(fault)
      }),
    )
  })
})

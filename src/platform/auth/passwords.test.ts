import { expect, test } from 'vitest'
import { hashPassword, verifyPassword } from './passwords.ts'

test('a password fits its hash and no other does', async () => {
  const hash = await hashPassword('vier Kastanien am Neckar')
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await verifyPassword('vier Kastanien am Neckar', hash)).toBe(true)
  expect(await verifyPassword('vier Kastanien am Necka', hash)).toBe(false)
})

test('the same password has another hash each time', async () => {
  expect(await hashPassword('дощ іде над містом')).not.toBe(await hashPassword('дощ іде над містом'))
})

test('two ways to write one letter are one password', async () => {
  expect(await verifyPassword('cafe\u0301 am Marktplatz', await hashPassword('caf\u00e9 am Marktplatz'))).toBe(true)
})

test.each(['', 'plain', '$argon2id$v=19$m=19456,t=2,p=1$AAAA$BBBB', '$2b$10$abcdefghijklmnopqrstuv'])(
  'nothing fits the broken hash "%s"',
  async (hash) => {
    expect(await verifyPassword('plain', hash)).toBe(false)
  },
)

import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { readConfig } from '../../src/platform/config/config.ts'
import { type Locale, locales } from '../../src/platform/i18n/text.ts'
import { testHouse } from '../house.ts'
import { type Somebody, somebody } from '../people.ts'
import { send } from '../wire.ts'

const at = await testHouse()
const { url } = at
const card = 'aarhus-krisecenter-havtornen'
let staff: Somebody

beforeAll(async () => {
  staff = await somebody(at, 'Staff Member', [{ organisation: 'krisecenter-havtornen', role: 'provider' }])
})

const Problem = z.object({
  status: z.number(),
  errors: z.array(z.object({ path: z.string(), message: z.string().min(3) })).min(1),
})

function put(body: string | Uint8Array, headers: Record<string, string> = {}) {
  return send(url, `/api/v1/services/${card}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${staff.token}`, ...headers },
    body,
  })
}

describe('a malformed address is 400 and names what is wrong', () => {
  test.each([
    ['/language?choose=xx', 'choose'],
    ['/theme?choose=pink', 'choose'],
    ['/find?what=no-such-answer', 'what'],
    ['/find?asked=whom', 'asked'],
    ['/services?after=broken', 'after'],
    ['/hsds/services?page=0', 'page'],
    ['/hsds/services?page=two', 'page'],
    ['/hsds/services?per_page=-1', 'per_page'],
    ['/hsds/services?modified_after=yesterday', 'modified_after'],
    ['/hsds/services?format=xml', 'format'],
    ['/api/v1/services?size=x', 'size'],
    ['/api/v1/services?after=broken', 'after'],
    ['/s/zzz', 'code'],
    ['/services?q=%ff', 'q'],
    ['/services?q=%00', 'q'],
    ['/services?q=%ed%a0%80', 'q'],
    ['/api/v1/services?q=%ff', 'q'],
    ['/hsds/services?search=%ff', 'search'],
  ])('%s', async (path, field) => {
    const reply = await send(url, path)
    expect([path, reply.status]).toEqual([path, 400])
    if (reply.headers['content-type']?.includes('json'))
      expect(Problem.parse(JSON.parse(reply.text)).errors.map((error) => error.path)).toContain(field)
    else expect(reply.text).toContain(`${field}:`)
  })

  test.each([
    ['NUL', JSON.stringify({ card: { names: { en: 'a\u0000b' } }, version: 1 }), 'card.names.en'],
    ['a lone surrogate', '{"card":{"names":{"en":"a\\ud800b"}},"version":1}', 'card.names.en'],
    ['no JSON', '{"card":', ''],
    ['no UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]), ''],
  ])('a body with %s', async (_what, body, path) => {
    const reply = await put(body)
    expect(reply.status).toBe(400)
    expect(Problem.parse(JSON.parse(reply.text)).errors[0]?.path).toBe(path)
  })

  test('a body that is no JSON by its type, a version that is none', async () => {
    expect(Problem.parse(JSON.parse((await put('{}', { 'content-type': 'text/plain' })).text)).errors[0]?.path).toBe(
      'Content-Type',
    )
    const reply = await put('{}', { 'if-match': 'yesterday' })
    expect([reply.status, Problem.parse(JSON.parse(reply.text)).errors[0]?.path]).toEqual([400, 'If-Match'])
  })

  test('a well-formed body that breaks a rule is 422, with every field, and changes nothing', async () => {
    const before = (await send(url, `/api/v1/services/${card}`)).text
    const reply = await put(JSON.stringify({ card: { names: {}, summary: 5, website: 'no address' }, version: 1 }))
    expect(reply.status).toBe(422)
    const paths = Problem.parse(JSON.parse(reply.text)).errors.map((error) => error.path)
    expect(paths).toEqual(expect.arrayContaining(['card.names', 'card.summary', 'card.website']))
    expect((await send(url, `/api/v1/services/${card}`)).text).toBe(before)
  })

  test('texts are kept in NFC; an override of direction is stored as it came and shown as such', async () => {
    const stands = JSON.parse((await send(url, `/api/v1/services/${card}`)).text)
    const names = { ...stands.card.names, en: 'Cafe\u0301 \u202egnp.exe' }
    const changed = await put(JSON.stringify({ card: { ...stands.card, names }, version: stands.version }))
    expect(changed.status).toBe(200)
    const now = JSON.parse((await send(url, `/api/v1/services/${card}`)).text)
    expect(now.card.names.en.startsWith('Café')).toBe(true)
    const page = (await send(url, `/services/${card}`)).text
    const shown = page.replaceAll(/<(script|textarea)\b[\s\S]*?<\/\1>|<[^>]*>/g, ' ')
    expect(shown).toContain('Café [U+202E]gnp.exe')
    expect(shown).not.toContain('\u202e')
    await put(JSON.stringify({ card: stands.card, version: stands.version + 1 }))
  })
})

describe('what is not there', () => {
  const sorry: Readonly<Record<Locale, RegExp>> = {
    en: /not (found|here)|no page|moved/i,
    uk: /немає|не знайд/i,
    da: /ikke|findes/i,
    de: /nicht|gibt es/i,
  }

  test.each(locales)('is a page in %s that leads on', async (locale) => {
    for (const path of ['/services/no-such-service', '/no-such-page', '/organisations/nobody', '/s/0000000000']) {
      const reply = await send(url, path, { headers: { 'accept-language': locale } })
      expect([path, reply.status]).toEqual([path, 404])
      expect(reply.text).toContain(`<html lang="${locale}"`)
      const main = /<main[\s\S]*<\/main>/.exec(reply.text)?.[0] ?? ''
      expect(main).toMatch(sorry[locale])
      expect(main).toMatch(/<a [^>]*href="\/[^"]*"/)
    }
  })

  test('is a problem over JSON', async () => {
    for (const path of [
      '/api/v1/services/no-such-service',
      '/api/v1/nothing',
      '/hsds/services/00000000-0000-0000-0000-000000000000',
    ]) {
      const reply = await send(url, path)
      expect([path, reply.status, reply.headers['content-type']?.split(';')[0]]).toEqual([
        path,
        404,
        'application/problem+json',
      ])
    }
  })
})

describe('a wrong environment variable stops the start with its name', () => {
  const wrong = {
    PORT: 'eighty',
    HOST: 'a b',
    LINDEN_URL: 'linden',
    DATABASE_URL: 'mysql://x',
    LINDEN_SECRET: 'short',
    LINDEN_DEMO: 'big',
    SMTP_URL: 'mail',
    S3_BUCKET: 'B',
    LINDEN_POOL: '0',
    LINDEN_PREPARE: 'yes',
    LOG_LEVEL: 'loud',
    LINDEN_TYPO: 'x',
  }

  test.each(Object.entries(wrong))('%s=%s', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(name)
  })

  test('and the program ends at once, with one line that says what is allowed', async () => {
    const ended = await new Promise<{ code: number; said: string }>((done) => {
      execFile(
        process.execPath,
        [join(import.meta.dirname, '../../dist/cli.js'), 'serve'],
        { env: { PATH: process.env.PATH ?? '', PORT: 'eighty' }, timeout: 60_000 },
        (error, _out, said) => done({ code: Number(error?.code ?? 0), said }),
      )
    })
    expect(ended.code).not.toBe(0)
    expect(ended.said.trim().split('\n')).toHaveLength(1)
    expect(ended.said).toContain('PORT')
    expect(ended.said).toContain('0 to 65535')
  })
})

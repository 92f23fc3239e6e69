import { connect } from 'node:net'
import { beforeAll, describe, expect, test } from 'vitest'
import { Browser } from '../auth-house.ts'
import { testHouse } from '../house.ts'
import { publicAddresses } from '../pages.ts'
import { password, type Somebody, somebody } from '../people.ts'
import { send } from '../wire.ts'

const at = await testHouse()
const { url, house } = at
let secretary: Somebody

beforeAll(async () => {
  secretary = await somebody(at, 'Secretary', [{ organisation: 'dovira', role: 'secretariat' }])
})

/** One address of every route that is read without an account. */
const addresses = [
  ...publicAddresses(house),
  '/hsds/services',
  '/api/openapi.json',
  '/api/v1/bodies',
  '/assets/no-such-file.css',
  '/files/00000000-0000-7000-8000-000000000000',
]

describe('every answer', () => {
  test('every answer carries what keeps browsers careful', async () => {
    const lacking: string[] = []
    for (const address of addresses) {
      const { headers } = await send(url, address)
      const says = (name: string) => [headers[name] ?? ''].flat().join(', ')
      const careful =
        says('x-content-type-options') === 'nosniff' &&
        /^(same-origin|no-referrer)$/.test(says('referrer-policy')) &&
        says('content-security-policy').includes("default-src 'none'") &&
        says('x-frame-options') === 'DENY'
      if (!careful) lacking.push(address)
    }
    expect(lacking).toEqual([])
  })

  test('other sites may read public data alone, and never with credentials', async () => {
    const open: string[] = []
    for (const address of addresses) {
      const { headers } = await send(url, address, { headers: { origin: 'https://elsewhere.example' } })
      expect([address, headers['access-control-allow-credentials']]).toEqual([address, undefined])
      const allowed = headers['access-control-allow-origin']
      if (allowed !== undefined) {
        expect([address, allowed]).toEqual([address, '*'])
        open.push(address)
      }
    }
    expect(open.filter((address) => !/^\/(hsds|api|open|organisations|services|bodies)/.test(address))).toEqual([])
    // a page with a form answers no other site
    expect(open).not.toContain('/ask')
  })

  test('behind TLS browsers are told to stay there', async () => {
    const { securityHeaders } = await import('../../src/platform/http/headers.ts')
    expect(securityHeaders(true)['strict-transport-security']).toMatch(/^max-age=\d{8}; includeSubDomains$/)
    expect(securityHeaders(false)['strict-transport-security']).toBeUndefined()
  })

  test('TRACE is no method here', async () => {
    const { hostname, port } = new URL(url)
    const answer = await new Promise<string>((done, fail) => {
      const socket = connect(Number(port), hostname, () =>
        socket.write(`TRACE / HTTP/1.1\r\nHost: ${hostname}\r\nX-Mark: told-back\r\nConnection: close\r\n\r\n`),
      )
      let text = ''
      socket.on('data', (chunk) => {
        text += chunk
      })
      socket.on('end', () => done(text))
      socket.on('error', fail)
    })
    expect(answer).toMatch(/^HTTP\/1\.1 (4\d\d|501)/)
    expect(answer).not.toContain('told-back')
  })

  test('no page of somebody who has signed in is kept', async () => {
    const kept: string[] = []
    for (const address of addresses.filter((path) => !path.startsWith('/assets/'))) {
      const reply = await secretary.browser.get(address)
      await reply.arrayBuffer()
      const isPage = reply.headers.get('content-type')?.startsWith('text/html')
      if (isPage && reply.headers.get('cache-control') !== 'no-store') kept.push(address)
    }
    expect(kept).toEqual([])
  })

  test('who signs in gets a new session, in a cookie that script cannot read', async () => {
    const browser = new Browser(url)
    const reader = await somebody(at, 'Reader')
    const tokens: string[] = []
    for (let time = 0; time < 2; time++) {
      const signedIn = await browser.signIn(reader.email, password)
      const cookie = signedIn.headers.getSetCookie().find((each) => each.includes('session_token')) ?? ''
      expect(cookie).toMatch(/; HttpOnly/i)
      expect(cookie).toMatch(/; SameSite=Lax/i)
      tokens.push(cookie.split(';')[0] ?? '')
    }
    expect(new Set(tokens).size).toBe(2)
  })
})

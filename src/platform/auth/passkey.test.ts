import { beforeAll, expect, test } from 'vitest'
import { auditOf, testHouse, testOrganisation } from '../../../test/auth-house.ts'
import { press, testBrowser } from '../../../test/browser.ts'
import { newTotpSecret, totpCode } from './second-factor.ts'

const { db, auth, url } = await testHouse()
const password = 'vier Kastanien am Neckar'
const secret = newTotpSecret()
const browser = await testBrowser()

beforeAll(async () => {
  await testOrganisation(db)
  await auth.addAccount({
    name: 'Worker',
    email: 'worker@example.org',
    password,
    totpSecret: secret,
    memberships: [{ organisation: 'district-office', role: 'case_worker' }],
  })
})

/** A page with an authenticator of its own. */
async function pageWithAuthenticator() {
  const context = await browser.newContext({ locale: 'en-GB' })
  const page = await context.newPage()
  const trouble: string[] = []
  page.on('pageerror', (error) => trouble.push(error.message))
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) trouble.push(message.text())
  })
  const session = await context.newCDPSession(page)
  await session.send('WebAuthn.enable')
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return { context, page, trouble }
}

test('a passkey is added, named, signs in as both factors at once, and is removed', async () => {
  const { context, page, trouble } = await pageWithAuthenticator()
  await page.goto(`${url}/sign-in?back=/account`)
  await page.getByLabel('E-mail address').fill('worker@example.org')
  await page.getByLabel('Password').fill(password)
  await press(page.getByRole('button', { name: 'Sign in', exact: true }))
  await page.getByLabel('Code').fill(await totpCode(secret))
  await press(page.getByRole('button', { name: 'Sign in', exact: true }))
  await page.waitForURL(`${url}/account`)

  await page.locator('#passkey-name').fill('Work telephone')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  const named = page.locator('input[name=name][value="Work telephone"]')
  await named.waitFor()
  await named.fill('My telephone')
  await press(page.getByRole('button', { name: 'Rename' }))
  await page.locator('input[name=name][value="My telephone"]').waitFor()

  await press(page.getByRole('button', { name: 'Sign out', exact: true }))
  await page.goto(`${url}/sign-in?back=/account`)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.waitForURL(`${url}/account`)
  const cookies = await context.cookies()
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const { actor } = await auth.actorOf(new Request(url, { headers: { cookie } }))
  expect([actor?.email, actor?.secondFactor]).toEqual(['worker@example.org', true])
  expect(await auditOf(db)).toContain('access.passkey.add done')

  await press(page.getByRole('button', { name: /^Remove/ }))
  await page.locator('input[name=name][value="My telephone"]').waitFor({ state: 'detached' })
  await press(page.getByRole('button', { name: 'Sign out', exact: true }))
  await page.goto(`${url}/sign-in`)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.getByText('That did not work').waitFor()
  expect(new URL(page.url()).pathname).toBe('/sign-in')
  expect(trouble).toEqual([])
  await context.close()
})

test('the challenge of one browser does not fit another, and a made-up answer signs nobody in', async () => {
  const options = await fetch(`${url}/sign-in/passkey/options`, {
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-origin' },
  })
  expect(options.status).toBe(200)
  expect(((await options.json()) as { userVerification: string }).userVerification).toBe('required')
  const response = {
    id: 'AAAA',
    rawId: 'AAAA',
    type: 'public-key',
    clientExtensionResults: {},
    response: { clientDataJSON: 'AAAA', authenticatorData: 'AAAA', signature: 'AAAA' },
  }
  const send = (headers: Record<string, string>, body: unknown) =>
    fetch(`${url}/sign-in/passkey`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  expect((await send({ 'sec-fetch-site': 'same-origin' }, { response })).status).toBe(401)
  const cookie = options.headers
    .getSetCookie()
    .map((value) => value.split(';')[0])
    .join('; ')
  expect((await send({ 'sec-fetch-site': 'same-origin', cookie }, { response })).status).toBe(401)
  expect((await send({ 'sec-fetch-site': 'cross-site' }, { response })).status).toBe(403)
  expect((await send({ 'sec-fetch-site': 'same-origin' }, { response: 'x' })).status).toBe(400)
})

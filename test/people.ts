import type { Role } from '../src/platform/access/actor.ts'
import { newTotpSecret, totpCode } from '../src/platform/auth/second-factor.ts'
import { Browser } from './auth-house.ts'
import type { TestHouse } from './house.ts'

export interface Somebody {
  email: string
  /** signed in, without script */
  browser: Browser
  /** for the API, with every scope there is */
  token: string
}

export const password = 'correct horse battery staple 47'

/**
 * Opens an account with roles in organisations (by slug), signs it in, and makes it a token. A secretariat shows its second factor; whoever else needs
 * one comes as before it was shown (`staff` shows it).
 */
export async function somebody(
  { house, url }: TestHouse,
  name: string,
  memberships: readonly { organisation: string; role: Role }[] = [],
): Promise<Somebody> {
  const email = `${name.toLowerCase().replaceAll(/\W+/g, '.')}@example.org`
  const totpSecret = memberships.some(({ role }) => role === 'secretariat') ? newTotpSecret() : undefined
  const added = await house.auth.addAccount({
    name,
    email,
    password,
    memberships,
    locale: 'en',
    ...(totpSecret ? { totpSecret } : {}),
  })
  if (added.is !== 'ok') throw new Error(`${email} got no account: ${JSON.stringify(added)}`)
  const browser = new Browser(url)
  const signedIn = await browser.signIn(email, password)
  if (signedIn.status !== 303) throw new Error(`${email} could not sign in: ${signedIn.status}`)
  if (totpSecret) {
    const shown = await browser.post('/sign-in/code', { code: await totpCode(totpSecret), back: '/' })
    if (shown.status !== 303) throw new Error(`${email} could not show a second factor: ${shown.status}`)
  }
  const made = await house.auth.createToken(email, ['directory:read', 'directory:write'], 30, 'test')
  if (made.is !== 'ok') throw new Error(`${email} got no token: ${JSON.stringify(made)}`)
  return { email, browser, token: made.value.token }
}

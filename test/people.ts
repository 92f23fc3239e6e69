import type { Role } from '../src/platform/access/actor.ts'
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

/** Opens an account with roles in organisations (by slug), signs it in, and makes it a token. */
export async function somebody(
  { house, url }: TestHouse,
  name: string,
  memberships: readonly { organisation: string; role: Role }[] = [],
): Promise<Somebody> {
  const email = `${name.toLowerCase().replaceAll(/\W+/g, '.')}@example.org`
  const added = await house.auth.addAccount({ name, email, password, memberships, locale: 'en' })
  if (added.is !== 'ok') throw new Error(`${email} got no account: ${JSON.stringify(added)}`)
  const browser = new Browser(url)
  const signedIn = await browser.signIn(email, password)
  if (signedIn.status !== 303) throw new Error(`${email} could not sign in: ${signedIn.status}`)
  const made = await house.auth.createToken(email, ['directory:read', 'directory:write'], 30, 'test')
  if (made.is !== 'ok') throw new Error(`${email} got no token: ${JSON.stringify(made)}`)
  return { email, browser, token: made.value.token }
}

import type { Actor, Role } from '../src/platform/access/actor.ts'
import { newTotpSecret, totpCode } from '../src/platform/auth/second-factor.ts'
import { query } from '../src/platform/db/database.ts'
import type { Locale } from '../src/platform/i18n/text.ts'
import { Browser } from './auth-house.ts'
import type { TestHouse } from './house.ts'
import { asAdministration } from './intake-house.ts'
import { password } from './people.ts'

/** Somebody who works with requests: signed in with a second factor, without script. */
export interface Staff {
  email: string
  account: string
  secret: string
  browser: Browser
  /** for the API */
  token: string
  /** the same as commands see them */
  actor: Actor
}

/** Opens an account with roles and a second factor, signs it in, and makes it a token. */
export async function staff(
  { house, url, db }: TestHouse,
  name: string,
  memberships: readonly { organisation: string; role: Role }[],
  { scopes = ['intake:read', 'intake:write'], locale = 'en' }: { scopes?: readonly string[]; locale?: Locale } = {},
): Promise<Staff> {
  const email = `${name.toLowerCase().replaceAll(/\W+/g, '.')}@example.org`
  const secret = newTotpSecret()
  const added = await house.auth.addAccount({ name, email, password, memberships, locale, totpSecret: secret })
  if (added.is !== 'ok') throw new Error(`${email} got no account: ${JSON.stringify(added)}`)
  const browser = new Browser(url)
  await browser.signIn(email, password)
  const shown = await browser.post('/sign-in/code', { code: await totpCode(secret), back: '/' })
  if (shown.status !== 303) throw new Error(`${email} could not sign in: ${shown.status}`)
  const made = await house.auth.createToken(email, scopes, 30, 'test')
  if (made.is !== 'ok') throw new Error(`${email} got no token: ${JSON.stringify(made)}`)
  const found = await db.transact(asAdministration, (tx) =>
    tx.all(
      query
        .selectFrom('access.account as a')
        .innerJoin('access.membership as m', 'm.account_id', 'a.id')
        .innerJoin('access.organisation as o', 'o.id', 'm.organisation_id')
        .innerJoin('access.area as r', 'r.code', 'o.area')
        .select(['a.id', 'a.person_id', 'm.organisation_id', 'm.role', 'r.path'])
        .where('a.email', '=', email),
    ),
  )
  const account = found[0]?.id ?? ''
  return {
    email,
    account,
    secret,
    browser,
    token: made.value.token,
    actor: {
      account,
      person: found[0]?.person_id ?? '',
      name,
      email,
      locale: undefined,
      memberships: found.map((row) => ({
        organisation: row.organisation_id,
        areaPath: row.path,
        role: row.role as Role,
      })),
      secondFactor: true,
      scopes: undefined,
    },
  }
}

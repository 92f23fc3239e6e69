import { sql } from 'kysely'
import type { OpenHouse } from '../main.ts'
import { secretOf } from '../platform/config/config.ts'
import { query } from '../platform/db/database.ts'
import { keysOf, people } from './people.ts'

/** A demo account as `linden demo accounts --json` prints it. */
export interface DemoAccount {
  email: string
  password: string
  totpSecret: string | null
  name: string
  roles: string[]
  organisation: string | null
  area: string
  language: string
}

/** The demo accounts of this instance that are there and open. */
export async function listPeople(house: Pick<OpenHouse, 'config' | 'database'>): Promise<DemoAccount[]> {
  const secret = secretOf(house.config)
  const emails = people.map(({ email }) => email)
  const there = await house.database.transact({ actor: null, purpose: 'sign-in' }, (tx) =>
    tx.all(
      query
        .selectFrom('access.account')
        .innerJoin('auth.user', 'auth.user.id', 'access.account.id')
        .select('access.account.email')
        .where('auth.user.demo', '=', true)
        .where('access.account.disabled_at', 'is', null)
        .where(sql<boolean>`access.account.email = any(${emails}::text[])`),
    ),
  )
  const open = new Set(there.map(({ email }) => email))
  return people
    .filter(({ email }) => open.has(email))
    .map((person) => {
      const { password, totpSecret } = keysOf(person, secret)
      return {
        email: person.email,
        password,
        totpSecret: totpSecret ?? null,
        name: person.name,
        roles: person.work ? [person.work.role] : [],
        organisation: person.work?.organisation ?? null,
        area: person.area,
        language: person.language,
      }
    })
}

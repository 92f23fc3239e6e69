import { type Compilable, type RawBuilder, sql } from 'kysely'
import { query, type Tx } from '../db/database.ts'
import type { Locale } from '../i18n/text.ts'
import { newIdentifier } from './identifiers.ts'

/** Makes a statement of a piece of SQL, for tables whose columns are another program's. */
export function statement<Row>(fragment: RawBuilder<Row>): Compilable<Row> {
  return { compile: () => fragment.compile(query) }
}

/** For what reason the rest of a transaction works; the policies ask for it. */
export async function enterPurpose(tx: Tx, purpose: 'registration' | 'administration' | 'sign-in'): Promise<void> {
  await tx.all(statement(sql`select set_config('app.purpose', ${purpose}, true)`))
}

export interface NewAccount {
  name: string
  /** as typed; compared without regard to case */
  email: string
  locale: Locale | null
  /** absent for those who come by a sign-in service or will set one by their invitation */
  passwordHash?: string | undefined
  /** has the owner of the address shown that it is theirs? */
  verified: boolean
  /** comes with demo data */
  demo?: boolean
}

/**
 * Opens an account: person, account and what signing in needs, in the transaction at hand, so that no half of it can stay.
 * The purpose must be `registration` or `administration`.
 * @returns the account's id, which is also the id of the engine's user; undefined when the address is taken
 */
export async function openAccount(tx: Tx, given: NewAccount): Promise<string | undefined> {
  const account = await openPerson(tx, given)
  if (account) await openUser(tx, account, given)
  return account
}

/** The first half, for the sign-in service: the engine adds its user itself. */
export async function openPerson(
  tx: Tx,
  given: Pick<NewAccount, 'name' | 'email' | 'locale'>,
): Promise<string | undefined> {
  const person = newIdentifier()
  await tx.all(statement(sql`insert into access.person (id, name) values (${person}, ${given.name.trim()})`))
  const opened = await tx.one(
    statement(sql<{ id: string }>`insert into access.account (id, person_id, email, locale)
                                  values (${newIdentifier()}, ${person}, ${given.email.trim().toLowerCase()}, ${given.locale})
                                  on conflict (lower(email)) do nothing returning id`),
  )
  return opened?.id
}

async function openUser(tx: Tx, account: string, given: NewAccount): Promise<void> {
  const email = given.email.trim().toLowerCase()
  await tx.all(
    statement(sql`insert into auth."user" (id, name, email, "emailVerified", demo)
                  values (${account}, ${given.name.trim()}, ${email}, ${given.verified}, ${given.demo ?? false})`),
  )
  if (!given.passwordHash) return
  await tx.all(
    statement(sql`insert into auth.account (id, "accountId", "providerId", "userId", password)
                  values (${newIdentifier()}, ${account}, 'credential', ${account}, ${given.passwordHash})`),
  )
}

/** Finds an account by its address. The purpose must let the transaction see it. */
export async function findAccount(
  tx: Tx,
  email: string,
): Promise<{ id: string; disabled: boolean; locale: Locale | null } | undefined> {
  return tx.one(
    statement(
      sql<{
        id: string
        disabled: boolean
        locale: Locale | null
      }>`select id, disabled_at is not null as disabled, locale from access.account where lower(email) = ${email.trim().toLowerCase()}`,
    ),
  )
}

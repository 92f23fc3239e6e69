import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { z } from 'zod'
import { command, nothingStored } from '../access/command.ts'
import { conflict, invalid, notFound, type Outcome, ok } from '../access/outcome.ts'
import { everyone } from '../access/permission.ts'
import type { Tx } from '../db/database.ts'
import { m } from '../i18n/speech.ts'
import { sendLetter } from '../mail/letter.ts'
import { enterPurpose, findAccount, openAccount, statement } from './accounts.ts'
import { type AuthContext, refuseTooMany } from './context.ts'
import { hashOf, type Link, linkExpiry, newLinkSecret } from './links.ts'
import { judgePassword, longestPassword, type PasswordFault, shortestPassword } from './password-rules.ts'
import { hashPassword } from './passwords.ts'
import { From } from './sign-in.ts'

/** Answers that must not tell whether an address is known take at least this long. */
const evenlyMs = 250

/** Waits until so much time has passed since `started` (`performance.now()`), whatever was done meanwhile. */
export async function evenly(started: number): Promise<void> {
  await pause(Math.max(0, evenlyMs - (performance.now() - started)))
}

/**
 * Asks for an account. A letter goes to the address either way: with a link to finish, or saying that there is an account
 * already. Only who reads the letter learns which. The answer is the same.
 */
export function askForAccount(auth: AuthContext) {
  return command({
    audit: 'access.account.ask',
    input: z.object({
      name: z.string().trim().min(1).max(200),
      email: z.email().max(320),
      from: From,
      started: z.number(),
    }),
    subject: nothingStored,
    permission: everyone,
    run: async (work, input): Promise<Outcome<{ started: number }>> => {
      const locked = await refuseTooMany(auth, 'registration', input.from, input.email)
      if (locked) return locked
      const email = input.email.trim().toLowerCase()
      await enterPurpose(work.tx, 'sign-in')
      const known = await findAccount(work.tx, email)
      const { secret, hash } = newLinkSecret()
      if (known) {
        const locale = known.locale ?? work.locale
        if (!known.disabled)
          sendLetter(work.jobs, {
            to: email,
            template: 'auth.exists',
            locale,
            parameters: { link: `${auth.config.url}/sign-in` },
          })
      } else {
        work.tx.later(
          statement(sql`insert into auth.link (kind, name, email, locale, hash, expires_at)
                        values ('registration', ${input.name}, ${email}, ${work.locale}, ${hash}, ${linkExpiry('registration', work.now)})`),
        )
        sendLetter(work.jobs, {
          to: email,
          template: 'auth.registration',
          locale: work.locale,
          parameters: { name: input.name, link: `${auth.config.url}/register/${secret}` },
        })
      }
      return ok({ started: input.started })
    },
  })
}

/** Finishes a registration: the link proves the address, the password opens the account, all in one transaction. */
export function finishRegistration(auth: AuthContext) {
  return command({
    audit: 'access.account.open',
    input: z.object({ secret: z.string().max(100), password: z.string().max(2000), from: From }),
    subject: nothingStored,
    permission: everyone,
    run: async (work, input): Promise<Outcome<{ email: string }>> => {
      const locked = await refuseTooMany(auth, 'link', input.from)
      if (locked) return locked
      await enterPurpose(work.tx, 'sign-in')
      const link = await useLink(work.tx, input.secret, ['registration'])
      if (!link?.email || !link.name) return notFound
      const fault = judgePassword(input.password, [link.email, link.name])
      if (fault) return invalid({ path: 'password', message: passwordFault(fault) })
      if (await findAccount(work.tx, link.email)) return conflict(undefined, m.auth_register_known())
      await enterPurpose(work.tx, 'registration')
      const account = await openAccount(work.tx, {
        name: link.name,
        email: link.email,
        locale: link.locale,
        passwordHash: await hashPassword(input.password),
        verified: true,
      })
      if (!account) return conflict(undefined, m.auth_register_known())
      work.about({ kind: 'account', id: account })
      return ok({ email: link.email })
    },
  })
}

/** Asks for a link to set a new password; the same answer whether or not the account exists. */
export function askForReset(auth: AuthContext) {
  return command({
    audit: 'access.password.ask',
    input: z.object({ email: z.email().max(320), from: From, started: z.number() }),
    subject: nothingStored,
    permission: everyone,
    run: async (work, input): Promise<Outcome<{ started: number }>> => {
      const locked = await refuseTooMany(auth, 'reset', input.from, input.email)
      if (locked) return locked
      await enterPurpose(work.tx, 'sign-in')
      const known = await findAccount(work.tx, input.email)
      if (known && !known.disabled) {
        const { secret, hash } = newLinkSecret()
        await work.tx.all(statement(sql`delete from auth.link where account_id = ${known.id} and kind = 'reset'`))
        work.tx.later(
          statement(
            sql`insert into auth.link (kind, account_id, hash, expires_at) values ('reset', ${known.id}, ${hash}, ${linkExpiry('reset', work.now)})`,
          ),
        )
        sendLetter(work.jobs, {
          to: input.email.trim().toLowerCase(),
          template: 'auth.reset',
          locale: known.locale ?? work.locale,
          parameters: { link: `${auth.config.url}/reset/${secret}` },
        })
        work.about({ kind: 'account', id: known.id })
      }
      return ok({ started: input.started })
    },
  })
}

/** Sets a password by a link (forgotten, or the first one after an invitation). Every session of the account ends. */
export function setPasswordByLink(auth: AuthContext) {
  return command({
    audit: 'access.password.set',
    input: z.object({ secret: z.string().max(100), password: z.string().max(2000), from: From }),
    subject: nothingStored,
    permission: everyone,
    run: async (work, input): Promise<Outcome<{ email: string }>> => {
      const locked = await refuseTooMany(auth, 'link', input.from)
      if (locked) return locked
      await enterPurpose(work.tx, 'sign-in')
      const link = await useLink(work.tx, input.secret, ['reset', 'invitation'])
      if (!link?.account) return notFound
      const owner = await work.tx.one(
        statement(sql<{
          name: string
          email: string
        }>`select u.name, u.email from auth."user" u join access.account a on a.id = u.id
                                                       where u.id = ${link.account} and a.disabled_at is null`),
      )
      if (!owner) return notFound
      const fault = judgePassword(input.password, [owner.email, owner.name])
      if (fault) return invalid({ path: 'password', message: passwordFault(fault) })
      await storePassword(work.tx, link.account, await hashPassword(input.password))
      await work.tx.all(
        statement(sql`update auth."user" set "emailVerified" = true, "updatedAt" = now() where id = ${link.account}`),
      )
      await work.tx.all(statement(sql`delete from auth.session where "userId" = ${link.account}`))
      // whoever had the old password may have made tokens with it
      await work.tx.all(
        statement(
          sql`update access.token set revoked_at = ${work.now} where account_id = ${link.account} and revoked_at is null`,
        ),
      )
      await work.tx.all(statement(sql`delete from auth.link where account_id = ${link.account}`))
      work.about({ kind: 'account', id: link.account, detail: { by: link.kind } })
      return ok({ email: owner.email })
    },
  })
}

/** Takes a link out of the table: of two who come with it, one gets it. Undone with the transaction when the password is refused. */
async function useLink(tx: Tx, secret: string, kinds: readonly string[]): Promise<Link | undefined> {
  return tx.one(
    statement(sql<Link>`delete from auth.link where hash = ${hashOf(secret)} and kind = any(${[...kinds]}) and expires_at > ${tx.now}
                        returning kind, account_id as account, name, email, locale`),
  )
}

/** Stores the hash of an account's password, its first or another one. */
export async function storePassword(tx: Tx, account: string, hash: string): Promise<void> {
  await tx.all(
    statement(sql`insert into auth.account ("accountId", "providerId", "userId", password) values (${account}, 'credential', ${account}, ${hash})
                  on conflict ("providerId", "accountId") do update set password = excluded.password, "updatedAt" = now()`),
  )
}

/** What is wrong with a password, for the person who typed it. */
export function passwordFault(fault: PasswordFault): string {
  switch (fault) {
    case 'short':
      return m.form_too_short({ count: shortestPassword })
    case 'long':
      return m.form_too_long({ count: longestPassword })
    case 'common':
      return m.auth_password_common()
    case 'own':
      return m.auth_password_own()
  }
}

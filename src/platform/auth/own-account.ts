import { sql } from 'kysely'
import { z } from 'zod'
import { type Actor, needsSecondFactor } from '../access/actor.ts'
import { command, nothingStored } from '../access/command.ts'
import { invalid, notFound, type Outcome, ok } from '../access/outcome.ts'
import { permission } from '../access/permission.ts'
import { longestTokenDays, revokeToken, Scope, storeToken } from '../access/tokens.ts'
import { query } from '../db/database.ts'
import { m } from '../i18n/speech.ts'
import { Locale } from '../i18n/text.ts'
import { enterPurpose, statement } from './accounts.ts'
import { type AuthContext, refuseTooMany, refusing } from './context.ts'
import { judgePassword } from './password-rules.ts'
import { hashPassword, verifyPassword } from './passwords.ts'
import { passwordFault, storePassword } from './registration.ts'
import { endOtherSessions, endSession, sessionToken } from './sessions.ts'
import { From } from './sign-in.ts'

/** A token opens the API, never the account itself: who holds one must not make more of them, or change the password. */
export const inOwnSession = permission(
  'Everyone who has signed in in a browser may',
  (actor) => actor !== null && actor.scopes === undefined,
)

/** What weighs more than looking: after the second factor, for those who need one. */
export const fullySignedIn = permission(
  'Everyone who has signed in in a browser may, with a second factor where their role needs one',
  (actor) => actor !== null && actor.scopes === undefined && (!needsSecondFactor(actor) || actor.secondFactor),
)

/** The account of an actor whom the permission has let in. */
export function accountOfActor(actor: Actor | null): string {
  if (!actor) throw new Error('a command of the account page ran without an actor')
  return actor.account
}

/** Changes name and language. */
export function changeProfile() {
  return command({
    audit: 'access.person.change',
    input: z.object({ name: z.string().trim().min(1).max(200), locale: Locale }),
    subject: nothingStored,
    permission: inOwnSession,
    run: async (work, input): Promise<Outcome<{ locale: Locale }>> => {
      const account = accountOfActor(work.actor)
      await work.tx.all(query.updateTable('access.account').set({ locale: input.locale }).where('id', '=', account))
      await work.tx.all(
        query
          .updateTable('access.person')
          .set({ name: input.name })
          .where('id', '=', work.actor?.person ?? ''),
      )
      await enterPurpose(work.tx, 'sign-in')
      work.tx.later(
        statement(sql`update auth."user" set name = ${input.name}, "updatedAt" = now() where id = ${account}`),
      )
      work.about({ kind: 'account', id: account })
      return ok({ locale: input.locale })
    },
  })
}

/** Changes the password; every other session ends. Who has none (sign-in service, passkey) sets a first one by a letter. */
export function changePassword(auth: AuthContext) {
  return command({
    audit: 'access.password.change',
    input: z.object({ current: z.string().max(2000), password: z.string().max(2000), from: From }),
    subject: nothingStored,
    permission: inOwnSession,
    run: async (work, input): Promise<Outcome<object>> => {
      const account = accountOfActor(work.actor)
      const refusal = await refuseWrongPassword(auth, account, input.current, input.from, 'current')
      if (refusal) return refusal
      const fault = judgePassword(input.password, [work.actor?.email ?? '', work.actor?.name ?? ''])
      if (fault) return invalid({ path: 'password', message: passwordFault(fault) })
      await enterPurpose(work.tx, 'sign-in')
      await storePassword(work.tx, account, await hashPassword(input.password))
      await endOtherSessions(work.tx, account, sessionToken(input.from, auth.config.url, auth.secret))
      await work.tx.all(statement(sql`delete from auth.link where account_id = ${account}`))
      work.about({ kind: 'account', id: account })
      return ok({})
    },
  })
}

/** Does this account have a password? */
export async function hasPassword(auth: AuthContext, account: string): Promise<boolean> {
  return (await passwordHash(auth, account)) !== undefined
}

async function passwordHash(auth: AuthContext, account: string): Promise<string | undefined> {
  const { rows } = await auth.pool.query<{ password: string | null }>(
    `select password from auth.account where "userId" = $1 and "providerId" = 'credential'`,
    [account],
  )
  return rows[0]?.password ?? undefined
}

/** Asks for the password once more before what protects the account changes. An account without one is let through. */
export async function refuseWrongPassword(
  auth: AuthContext,
  account: string,
  typed: string,
  request: Request,
  field: string,
): Promise<Outcome<never> | undefined> {
  const hash = await passwordHash(auth, account)
  if (!hash) return undefined
  const locked = await refuseTooMany(auth, 'sign-in', request, account)
  if (locked) return refusing(locked, account, 'too often')
  if (!(await verifyPassword(typed, hash)))
    return refusing(invalid({ path: field, message: m.auth_wrong_current() }), account, 'password')
  await auth.attempts.clear('sign-in', account)
  return undefined
}

/** Ends one session of one's own, or all but this one. */
export function revokeSession(auth: AuthContext) {
  return command({
    audit: 'access.session.revoke',
    input: z.object({ id: z.union([z.uuid(), z.literal('others')]), from: From }),
    subject: nothingStored,
    permission: inOwnSession,
    run: async (work, input): Promise<Outcome<{ all: boolean }>> => {
      const account = accountOfActor(work.actor)
      work.about({ kind: 'account', id: account, detail: { session: input.id } })
      await enterPurpose(work.tx, 'sign-in')
      if (input.id === 'others') {
        await endOtherSessions(work.tx, account, sessionToken(input.from, auth.config.url, auth.secret))
        return ok({ all: true })
      }
      return (await endSession(work.tx, account, input.id)) ? ok({ all: false }) : notFound
    },
  })
}

/** Makes an API token. It is in the answer, and nowhere else ever again. */
export function makeToken(auth: AuthContext, scopes: readonly string[]) {
  return command({
    audit: 'access.token.make',
    input: z.object({
      token: z.string().trim().min(1).max(100),
      scopes: z
        .array(Scope.refine((scope) => scopes.includes(scope), { error: () => m.form_id() }))
        .min(1)
        .max(50),
      days: z.coerce.number().int().min(1).max(longestTokenDays),
      from: From,
    }),
    subject: nothingStored,
    permission: fullySignedIn,
    run: async (work, input): Promise<Outcome<{ token: string; name: string }>> => {
      const account = accountOfActor(work.actor)
      const locked = await refuseTooMany(auth, 'token', input.from, account)
      if (locked) return locked
      const token = await storeToken(work.tx, account, { name: input.token, scopes: input.scopes, days: input.days })
      work.about({ kind: 'account', id: account, detail: { scopes: input.scopes, days: input.days } })
      return ok({ token, name: input.token })
    },
  })
}

/** Ends an API token. */
export function endToken() {
  return command({
    audit: 'access.token.revoke',
    input: z.object({ id: z.uuid() }),
    subject: nothingStored,
    permission: inOwnSession,
    run: async (work, input): Promise<Outcome<object>> => {
      const account = accountOfActor(work.actor)
      if (!(await revokeToken(work.tx, account, input.id))) return notFound
      work.about({ kind: 'token', id: input.id })
      return ok({})
    },
  })
}

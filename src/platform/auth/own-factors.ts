import { sql } from 'kysely'
import { z } from 'zod'
import { needsSecondFactor } from '../access/actor.ts'
import { command, nothingStored } from '../access/command.ts'
import { conflict, invalid, notFound, type Outcome, ok } from '../access/outcome.ts'
import type { Tx } from '../db/database.ts'
import { m } from '../i18n/speech.ts'
import { enterPurpose, statement } from './accounts.ts'
import { type AuthContext, refuseTooMany, refusing, showsDemo } from './context.ts'
import { newIdentifier } from './identifiers.ts'
import { accountOfActor, inOwnSession, refuseWrongPassword } from './own-account.ts'
import { newRecoveryCodes, newTotpKey, readCode, readSecondFactor, sealTotpKey, spendCode } from './second-factor.ts'
import { noteSecondFactor, sessionToken } from './sessions.ts'
import { engineHeaders, From, tokenAmong } from './sign-in.ts'

/** Begins to set up an authenticator app: makes its key, which counts once a code has shown that the app has it. */
export function beginSecondFactor(auth: AuthContext) {
  return command({
    audit: 'access.factor.begin',
    input: z.object({ password: z.string().max(2000).default(''), back: z.string().max(2000).optional(), from: From }),
    subject: nothingStored,
    permission: inOwnSession,
    run: async (work, input): Promise<Outcome<{ back: string | undefined }>> => {
      const account = accountOfActor(work.actor)
      const refusal = await refuseWrongPassword(auth, account, input.password, input.from, 'password')
      if (refusal) return refusal
      const sealed = await sealTotpKey(newTotpKey(), auth.secret)
      const none = await sealTotpKey('[]', auth.secret)
      await enterPurpose(work.tx, 'sign-in')
      const begun = await work.tx.one(
        statement(sql<{ id: string }>`insert into auth."twoFactor" as f (id, secret, "backupCodes", "userId", verified)
          values (${newIdentifier()}, ${sealed}, ${none}, ${account}, false)
          on conflict ("userId") do update set secret = excluded.secret where not f.verified returning f.id`),
      )
      if (!begun) return conflict(undefined, m.auth_factor_there())
      work.about({ kind: 'account', id: account })
      return ok({ back: input.back })
    },
  })
}

/** Shows a code: of the app that is being set up, or, in a session that began without one, of the app that is there. */
export function showSecondFactor(auth: AuthContext) {
  return command({
    audit: 'access.factor.show',
    input: z.object({ code: z.string().trim().min(1).max(40), back: z.string().max(2000).optional(), from: From }),
    subject: nothingStored,
    permission: inOwnSession,
    run: async (
      work,
      input,
    ): Promise<Outcome<{ codes: readonly string[]; cookies: string[]; back: string | undefined }>> => {
      const account = accountOfActor(work.actor)
      const factor = await readSecondFactor(auth.pool, account, auth.secret)
      if (!factor) return notFound
      const locked = await refuseTooMany(auth, 'code', input.from, account)
      if (locked) return locked
      const checked = await check(auth, account, input.from, input.code, factor.verified)
      if (!checked) {
        const message = readCode(input.code).is === 'totp' ? m.auth_wrong_code() : m.auth_wrong_recovery_code()
        return refusing(invalid({ path: 'code', message }), account, 'code')
      }
      await auth.attempts.clear('code', account)
      const token = tokenAmong(auth, checked.cookies) ?? sessionToken(input.from, auth.config.url, auth.secret)
      if (token) await noteSecondFactor(auth.pool, token)
      work.about({ kind: 'account', id: account })
      return ok({
        codes: factor.verified ? [] : await giveRecoveryCodes(auth, work.tx, account),
        cookies: checked.cookies,
        back: input.back,
      })
    },
  })
}

async function check(
  auth: AuthContext,
  account: string,
  from: Request,
  typed: string,
  verified: boolean,
): Promise<{ cookies: string[] } | undefined> {
  const headers = engineHeaders(from)
  const { is, code } = readCode(typed)
  if (is === 'recovery') {
    if (!verified) return undefined
    const answer = await auth.engine.api.verifyBackupCode({
      body: { code, disableSession: true },
      headers,
      asResponse: true,
    })
    return answer.ok ? { cookies: answer.headers.getSetCookie() } : undefined
  }
  const exempt = showsDemo(auth) && (await isDemo(auth, account))
  if (!exempt && !(await spendCode(auth.pool, account, code, auth.now()))) return undefined
  const answer = await auth.engine.api.verifyTOTP({ body: { code }, headers, asResponse: true })
  return answer.ok ? { cookies: answer.headers.getSetCookie() } : undefined
}

/** Does this account come with demo data? */
export async function isDemo(auth: AuthContext, account: string): Promise<boolean> {
  const { rows } = await auth.pool.query('select from auth."user" where id = $1 and demo', [account])
  return rows.length === 1
}

/** Stores new recovery codes in place of earlier ones. */
async function giveRecoveryCodes(auth: AuthContext, tx: Tx, account: string): Promise<string[]> {
  const { codes, sealed } = await newRecoveryCodes(auth.secret)
  await enterPurpose(tx, 'sign-in')
  await tx.all(statement(sql`update auth."twoFactor" set "backupCodes" = ${sealed} where "userId" = ${account}`))
  return codes
}

/** Makes new recovery codes; the earlier ones stop working. */
export function renewRecoveryCodes(auth: AuthContext) {
  return command({
    audit: 'access.factor.renew',
    input: z.object({ password: z.string().max(2000).default(''), from: From }),
    subject: nothingStored,
    permission: inOwnSession,
    run: async (work, input): Promise<Outcome<{ codes: readonly string[] }>> => {
      const account = accountOfActor(work.actor)
      if (!work.actor?.secondFactor) return invalid({ path: '', message: m.auth_factor_first() })
      const refusal = await refuseWrongPassword(auth, account, input.password, input.from, 'password')
      if (refusal) return refusal
      const codes = await giveRecoveryCodes(auth, work.tx, account)
      work.about({ kind: 'account', id: account })
      return ok({ codes })
    },
  })
}

/** Takes the authenticator app away. Not for those whose role needs one. */
export function removeSecondFactor(auth: AuthContext) {
  return command({
    audit: 'access.factor.remove',
    input: z.object({ removal: z.string().max(2000).default(''), from: From }),
    subject: nothingStored,
    permission: inOwnSession,
    run: async (work, input): Promise<Outcome<object>> => {
      const account = accountOfActor(work.actor)
      if (work.actor && needsSecondFactor(work.actor)) return invalid({ path: '', message: m.auth_factor_needed() })
      if (!work.actor?.secondFactor) return invalid({ path: '', message: m.auth_factor_first() })
      const refusal = await refuseWrongPassword(auth, account, input.removal, input.from, 'removal')
      if (refusal) return refusal
      await enterPurpose(work.tx, 'sign-in')
      await work.tx.all(statement(sql`delete from auth."twoFactor" where "userId" = ${account}`))
      await work.tx.all(
        statement(sql`update auth."user" set "twoFactorEnabled" = false, "updatedAt" = now() where id = ${account}`),
      )
      work.about({ kind: 'account', id: account })
      return ok({})
    },
  })
}

/** Gives a passkey another name. */
export function renamePasskey() {
  return command({
    audit: 'access.passkey.rename',
    input: z.object({ id: z.uuid(), name: z.string().trim().min(1).max(100) }),
    subject: nothingStored,
    permission: inOwnSession,
    run: async (work, input): Promise<Outcome<object>> => {
      await enterPurpose(work.tx, 'sign-in')
      const changed = await work.tx.one(
        statement(
          sql<{
            id: string
          }>`update auth.passkey set name = ${input.name} where id = ${input.id} and "userId" = ${accountOfActor(work.actor)} returning id`,
        ),
      )
      if (!changed) return notFound
      work.about({ kind: 'passkey', id: input.id })
      return ok({})
    },
  })
}

/** Removes a passkey. */
export function removePasskey() {
  return command({
    audit: 'access.passkey.remove',
    input: z.object({ id: z.uuid() }),
    subject: nothingStored,
    permission: inOwnSession,
    run: async (work, input): Promise<Outcome<object>> => {
      await enterPurpose(work.tx, 'sign-in')
      const removed = await work.tx.one(
        statement(
          sql<{
            id: string
          }>`delete from auth.passkey where id = ${input.id} and "userId" = ${accountOfActor(work.actor)} returning id`,
        ),
      )
      if (!removed) return notFound
      work.about({ kind: 'passkey', id: input.id })
      return ok({})
    },
  })
}

export interface Passkey {
  id: string
  name: string | null
  created: Date | null
}

/** A person's passkeys, the newest first. */
export async function listPasskeys(auth: AuthContext, account: string): Promise<Passkey[]> {
  const { rows } = await auth.pool.query<Passkey>(
    `select id, name, "createdAt" as created from auth.passkey where "userId" = $1 order by "createdAt" desc`,
    [account],
  )
  return rows
}

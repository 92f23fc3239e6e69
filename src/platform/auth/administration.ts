import { sql } from 'kysely'
import type { Role } from '../access/actor.ts'
import type { AuditName, AuditNote, Origin } from '../access/command.ts'
import { conflict, invalid, notFound, type Outcome, ok } from '../access/outcome.ts'
import { longestTokenDays, Scope, storeToken } from '../access/tokens.ts'
import { recordEvent } from '../audit/record.ts'
import type { Tx } from '../db/database.ts'
import type { Locale } from '../i18n/text.ts'
import { jobQueue } from '../jobs/queue.ts'
import { sendLetter } from '../mail/letter.ts'
import { enterPurpose, findAccount, openAccount, statement } from './accounts.ts'
import type { AuthContext } from './context.ts'
import { newIdentifier } from './identifiers.ts'
import { linkExpiry, newLinkSecret } from './links.ts'
import { hashPassword } from './passwords.ts'
import { sealTotpKey, totpKeyOf } from './second-factor.ts'

export interface AccountGiven {
  name: string
  email: string
  locale?: Locale | undefined
  /** absent: the account gets an invitation, a link that sets the first password */
  password?: string | undefined
  /** base32, made by `newTotpSecret()`; the second factor is then set up already */
  totpSecret?: string | undefined
  /** `organisation` by its slug or id */
  memberships?: readonly { organisation: string; role: Role }[]
  /** comes with demo data: on loopback the sign-in page shows its current code */
  demo?: boolean
  /** sends the invitation by mail as well */
  letter?: boolean
}

export interface AccountAdded {
  account: string
  /** address that sets the first password, once */
  invitation: string | undefined
}

/** What only who runs the program may do: the command line, the demo, an administrator's command. */
export class Administration {
  readonly #auth: AuthContext

  constructor(auth: AuthContext) {
    this.#auth = auth
  }

  /** Opens an account with its memberships and second factor, all or nothing. @returns conflict when the address is taken */
  async addAccount(given: AccountGiven, origin: Origin = 'command-line'): Promise<Outcome<AccountAdded>> {
    const { secret, config } = this.#auth
    const passwordHash = given.password === undefined ? undefined : await hashPassword(given.password)
    const sealed = given.totpSecret === undefined ? undefined : await sealTotpKey(totpKeyOf(given.totpSecret), secret)
    const none = await sealTotpKey('[]', secret)
    return this.#perform('access.account.add', origin, async (tx) => {
      const account = await openAccount(tx, {
        name: given.name,
        email: given.email,
        locale: given.locale ?? null,
        passwordHash,
        verified: passwordHash !== undefined,
        demo: given.demo ?? false,
      })
      if (!account) return { outcome: conflict(undefined, `${given.email} has an account already.`) }
      for (const membership of given.memberships ?? []) {
        if (!(await addMembership(tx, account, membership)))
          return { outcome: unknownOrganisation(membership.organisation) }
      }
      if (sealed) {
        tx.later(
          statement(
            sql`insert into auth."twoFactor" (id, secret, "backupCodes", "userId", verified) values (${newIdentifier()}, ${sealed}, ${none}, ${account}, true)`,
          ),
        )
        await enterPurpose(tx, 'sign-in')
        await tx.all(statement(sql`update auth."user" set "twoFactorEnabled" = true where id = ${account}`))
        await enterPurpose(tx, 'administration')
      }
      const invitation = passwordHash ? undefined : await this.#invite(tx, account)
      if (invitation && given.letter) {
        sendLetter(jobQueue(tx), {
          to: given.email,
          template: 'auth.invitation',
          locale: given.locale ?? 'en',
          parameters: { name: given.name, link: invitation },
        })
      }
      return {
        outcome: ok({ account, invitation: invitation ?? undefined }),
        note: { kind: 'account', id: account, detail: { from: new URL(config.url).host } },
      }
    })
  }

  /** Closes an account: its sessions and links end, its tokens stop working with the next request. */
  async disableAccount(email: string, origin: Origin = 'command-line'): Promise<Outcome<{ account: string }>> {
    return this.#perform('access.account.disable', origin, async (tx) => {
      const found = await findAccount(tx, email)
      if (!found) return { outcome: notFound }
      await tx.all(
        statement(sql`update access.account set disabled_at = coalesce(disabled_at, now()) where id = ${found.id}`),
      )
      await tx.all(
        statement(
          sql`update access.token set revoked_at = now() where account_id = ${found.id} and revoked_at is null`,
        ),
      )
      await tx.all(statement(sql`delete from auth.session where "userId" = ${found.id}`))
      await tx.all(statement(sql`delete from auth.link where account_id = ${found.id}`))
      return { outcome: ok({ account: found.id }), note: { kind: 'account', id: found.id } }
    })
  }

  /** Opens a closed account again; sessions and tokens stay ended. */
  async enableAccount(email: string, origin: Origin = 'command-line'): Promise<Outcome<{ account: string }>> {
    return this.#perform('access.account.enable', origin, async (tx) => {
      const found = await findAccount(tx, email)
      if (!found) return { outcome: notFound }
      await tx.all(statement(sql`update access.account set disabled_at = null where id = ${found.id}`))
      return { outcome: ok({ account: found.id }), note: { kind: 'account', id: found.id } }
    })
  }

  /** Gives a role in an organisation, or takes it (`held: false`). */
  async setRole(
    email: string,
    membership: { organisation: string; role: Role },
    held = true,
    origin: Origin = 'command-line',
  ): Promise<Outcome<{ account: string }>> {
    return this.#perform('access.membership.set', origin, async (tx) => {
      const found = await findAccount(tx, email)
      if (!found) return { outcome: notFound }
      const done = held ? await addMembership(tx, found.id, membership) : await endMembership(tx, found.id, membership)
      if (!done) return { outcome: unknownOrganisation(membership.organisation) }
      return {
        outcome: ok({ account: found.id }),
        note: { kind: 'account', id: found.id, detail: { role: membership.role, organisation: done, held } },
      }
    })
  }

  /** Makes a new link that sets the password of an account; earlier ones stop working. */
  async inviteAgain(email: string, origin: Origin = 'command-line'): Promise<Outcome<AccountAdded>> {
    return this.#perform('access.account.invite', origin, async (tx) => {
      const found = await findAccount(tx, email)
      if (!found || found.disabled) return { outcome: notFound }
      return {
        outcome: ok({ account: found.id, invitation: await this.#invite(tx, found.id) }),
        note: { kind: 'account', id: found.id },
      }
    })
  }

  /** Makes an API token for an account. @returns the token, which is shown once */
  async createToken(
    email: string,
    scopes: readonly string[],
    days: number,
    name = 'command line',
    origin: Origin = 'command-line',
  ): Promise<Outcome<{ token: string }>> {
    const wrong = scopes.find((scope) => !Scope.safeParse(scope).success)
    if (wrong !== undefined || scopes.length === 0)
      return invalid({
        path: 'scope',
        message: `A scope reads as "directory:read" or "directory:write", not "${wrong ?? ''}".`,
      })
    if (!Number.isInteger(days) || days < 1 || days > longestTokenDays)
      return invalid({ path: 'days', message: `A token lives 1 to ${longestTokenDays} days.` })
    return this.#perform('access.token.make', origin, async (tx) => {
      const found = await findAccount(tx, email)
      if (!found || found.disabled) return { outcome: notFound }
      const token = await storeToken(tx, found.id, { name, scopes, days })
      return { outcome: ok({ token }), note: { kind: 'account', id: found.id, detail: { scopes, days } } }
    })
  }

  async #invite(tx: Tx, account: string): Promise<string> {
    const { secret, hash } = newLinkSecret()
    await tx.all(statement(sql`delete from auth.link where account_id = ${account} and kind = 'invitation'`))
    await tx.all(
      statement(
        sql`insert into auth.link (kind, account_id, hash, expires_at) values ('invitation', ${account}, ${hash}, ${linkExpiry('invitation', tx.now)})`,
      ),
    )
    return `${this.#auth.config.url}/invitation/${secret}`
  }

  async #perform<T>(
    act: AuditName,
    origin: Origin,
    work: (tx: Tx) => Promise<{ outcome: Outcome<T>; note?: AuditNote }>,
  ): Promise<Outcome<T>> {
    try {
      return await this.#auth.database.transact({ actor: null, purpose: 'administration' }, async (tx) => {
        const { outcome, note } = await work(tx)
        if (outcome.is !== 'ok') throw new Undone(outcome)
        recordEvent(tx, { act, actor: null, origin, outcome: 'done', about: note })
        return outcome
      })
    } catch (problem) {
      if (problem instanceof Undone) return problem.outcome
      throw problem
    }
  }
}

/** The transaction is undone, the outcome is not. */
class Undone extends Error {
  readonly outcome: Outcome<never>
  constructor(outcome: Outcome<never>) {
    super(outcome.is)
    this.outcome = outcome
  }
}

const unknownOrganisation = (name: string) =>
  invalid({
    path: 'organisation',
    message: `No organisation is called "${name}". Name it by its slug, as in the address of its page.`,
  })

/** @returns the organisation's id, undefined when there is none of this name */
async function addMembership(
  tx: Tx,
  account: string,
  { organisation, role }: { organisation: string; role: Role },
): Promise<string | undefined> {
  const added = await tx.one(
    statement(sql<{ id: string }>`insert into access.membership (account_id, organisation_id, role, since)
      select ${account}, id, ${role}, ${tx.now} from access.organisation where slug = ${organisation} or id::text = ${organisation}
      on conflict (account_id, organisation_id, role) do update set until = null returning organisation_id as id`),
  )
  return added?.id
}

async function endMembership(
  tx: Tx,
  account: string,
  { organisation, role }: { organisation: string; role: Role },
): Promise<string | undefined> {
  const ended = await tx.one(
    statement(sql<{ id: string }>`update access.membership m set until = ${tx.now} from access.organisation o
      where o.id = m.organisation_id and (o.slug = ${organisation} or o.id::text = ${organisation})
        and m.account_id = ${account} and m.role = ${role} and (m.until is null or m.until > ${tx.now}) returning m.organisation_id as id`),
  )
  return ended?.id
}

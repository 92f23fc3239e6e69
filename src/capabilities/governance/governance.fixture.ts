import type { z } from 'zod'
import type { TestDatabase } from '../../../test/database.ts'
import type { Actor, Membership, Role } from '../../platform/access/actor.ts'
import type { Command } from '../../platform/access/command.ts'
import type { Outcome } from '../../platform/access/outcome.ts'
import { perform } from '../../platform/access/perform.ts'
import { query } from '../../platform/db/database.ts'

/** An account with roles in organisations that exist, as sign-in would find it. */
export async function addActor(
  db: TestDatabase,
  name: string,
  memberships: readonly { organisation: string; role: Role }[],
): Promise<Actor> {
  return db.transact({ actor: null, purpose: 'administration' }, async (tx) => {
    const person = await tx.one(query.insertInto('access.person').values({ name }).returning('id'))
    const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.org`
    const account = await tx.one(
      query
        .insertInto('access.account')
        .values({ person_id: person?.id ?? '', email })
        .returning('id'),
    )
    const held: Membership[] = []
    for (const { organisation, role } of memberships) {
      const row = await tx.one(
        query
          .selectFrom('access.organisation')
          .innerJoin('access.area', 'access.area.code', 'access.organisation.area')
          .select(['access.organisation.id', 'access.area.path'])
          .where('access.organisation.slug', '=', organisation),
      )
      if (!row) throw new Error(`${organisation} is no organisation`)
      await tx.all(
        query.insertInto('access.membership').values({ account_id: account?.id ?? '', organisation_id: row.id, role }),
      )
      held.push({ organisation: row.id, areaPath: row.path, role })
    }
    return {
      account: account?.id ?? '',
      person: person?.id ?? '',
      name,
      email,
      locale: undefined,
      memberships: held,
      secondFactor: true,
      scopes: undefined,
    }
  })
}

/** Performs a command on behalf of somebody. */
export function does<Schema extends z.ZodType, Subject, Result>(
  db: TestDatabase,
  actor: Actor | null,
  command: Command<Schema, Subject, Result>,
  input: z.input<Schema>,
): Promise<Outcome<Result>> {
  return perform(command, input, { database: db, actor, locale: 'en', origin: 'page' })
}

export function okValue<T>(outcome: Outcome<T>): T {
  if (outcome.is !== 'ok') throw new Error(`expected ok, was ${JSON.stringify(outcome)}`)
  return outcome.value
}

/** A public decision of the executive committee, with what is different this time. */
export const publicDecision = (more: Record<string, unknown> = {}) => ({
  body: 'vykonavchyi-komitet',
  matter: 'orhanizatsiia-posluh',
  decidedOn: '2026-11-20',
  outcome: 'agreed' as const,
  title: { uk: 'Прийом увечері', en: 'Open in the evening' },
  ...more,
})

/** A decision of the working group about a person. The mark stands in its text, so that a leak is found. */
export const personalDecision = (more: Record<string, unknown> = {}) => ({
  body: 'robocha-hrupa-sotsialnoho-suprovodu',
  matter: 'pochatok-suprovodu',
  decidedOn: '2026-11-20',
  outcome: 'agreed' as const,
  title: { uk: 'Супровід родини, таємний-знак-родини' },
  words: { uk: 'Текст таємний-знак-родини' },
  ...more,
})
export const secretMark = 'таємний-знак-родини'

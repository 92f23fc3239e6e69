import { randomBytes } from 'node:crypto'
import type { Actor, Membership, Role } from '../src/platform/access/actor.ts'
import { query } from '../src/platform/db/database.ts'
import type { TestDatabase } from './database.ts'

/** An account with roles in organisations that exist, as sign-in with a second factor would find it. */
export async function addActor(
  db: TestDatabase,
  name: string,
  memberships: readonly { organisation: string; role: Role }[] = [],
): Promise<Actor> {
  return db.transact({ actor: null, purpose: 'administration' }, async (tx) => {
    const person = await tx.one(query.insertInto('access.person').values({ name }).returning('id'))
    const email = `${randomBytes(6).toString('hex')}@example.org`
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

import { createHmac } from 'node:crypto'
import type { OpenHouse } from '../main.ts'
import type { Actor, Membership } from '../platform/access/actor.ts'
import { perform } from '../platform/access/perform.ts'
import { type Config, secretOf } from '../platform/config/config.ts'
import { type Database, openDatabase, query } from '../platform/db/database.ts'
import type { DemoStage } from '../platform/demo/stage.ts'
import type { Locale } from '../platform/i18n/text.ts'

const dayMs = 86_400_000

/** Opens the stage for the time of the play: a database whose clock can be moved back, and the actors of the demo. */
export async function withStage<T>(house: OpenHouse, play: (stage: DemoStage) => Promise<T>): Promise<T> {
  const now = new Date()
  let daysAgo = 0
  const database = await openDatabase(stageConfig(house.config), {
    now: () => new Date(now.getTime() - daysAgo * dayMs),
    migrate: false,
  })
  const actors = new Map<string, Actor>()
  try {
    return await play({
      packs: new Set(house.regions().map(({ id }) => id)),
      now,
      database,
      async perform(key, command, input, by) {
        const actor = by.email === null ? null : (actors.get(by.email) ?? (await loadActor(database, by.email)))
        if (actor) actors.set(actor.email, actor)
        daysAgo = by.daysAgo ?? 0
        const outcome = await perform(command, input, {
          database,
          actor,
          locale: actor?.locale ?? by.locale ?? 'en',
          origin: 'command-line',
          idempotencyKey: `demo ${key}`,
        }).finally(() => {
          daysAgo = 0
        })
        // A conflict under this key: it was done before, and the record has changed since.
        if (outcome.is === 'ok' || outcome.is === 'conflict') return
        const words =
          outcome.is === 'invalid'
            ? outcome.errors.map(({ path, message }) => `${path} ${message}`).join('; ')
            : outcome.is
        throw new Error(`The demo cannot go on at "${key}" (${command.audit}): ${words}`)
      },
      token: (key) => createHmac('sha256', secretOf(house.config)).update(`demo link ${key}`).digest('base64url'),
      transact: (work) => database.transact({ actor: null, purpose: 'administration' }, work),
    })
  } finally {
    await database.close()
  }
}

/** The play needs few connections beside those of the house. */
const stageConfig = (config: Config): Config => ({ ...config, pool: 2 })

async function loadActor(database: Database, email: string): Promise<Actor> {
  return database.transact({ actor: null, purpose: 'sign-in' }, async (tx) => {
    const account = await tx.one(
      query
        .selectFrom('access.account')
        .innerJoin('access.person', 'access.person.id', 'access.account.person_id')
        .select(['access.account.id', 'access.account.person_id', 'access.account.locale', 'access.person.name'])
        .where('access.account.email', '=', email),
    )
    if (!account) throw new Error(`The demo account ${email} is missing.`)
    const memberships = await tx.all(
      query
        .selectFrom('access.membership')
        .innerJoin('access.organisation', 'access.organisation.id', 'access.membership.organisation_id')
        .innerJoin('access.area', 'access.area.code', 'access.organisation.area')
        .select([
          'access.membership.organisation_id as organisation',
          'access.area.path as areaPath',
          'access.membership.role',
        ])
        .where('access.membership.account_id', '=', account.id),
    )
    return {
      account: account.id,
      person: account.person_id,
      name: account.name,
      email,
      locale: (account.locale as Locale | null) ?? undefined,
      memberships: memberships as Membership[],
      secondFactor: true,
      scopes: undefined,
    }
  })
}

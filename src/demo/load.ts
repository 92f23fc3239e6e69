import { capabilities, type OpenHouse } from '../main.ts'
import { type DemoSize, secretOf } from '../platform/config/config.ts'
import { type Database, query } from '../platform/db/database.ts'
import { keysOf, people } from './people.ts'
import { withStage } from './stage.ts'

/** One starter loads the demo, the others wait. */
const loading = 47_112_026

/**
 * Loads the demo in this size, unless it is there: accounts, and what their owners have done. What was cut off is completed.
 * @returns whether anything was loaded
 */
export async function loadDemo(house: OpenHouse, size: Exclude<DemoSize, 'off'>): Promise<boolean> {
  if (await isLoaded(house.database, size)) return false
  return alone(house.database, async () => {
    if (await isLoaded(house.database, size)) return false
    await addPeople(house)
    await withStage(house, async (stage) => {
      if (!(await isLoaded(house.database, 'small'))) {
        for (const { demo } of capabilities) await demo?.play(stage)
        await mark(house.database, 'small')
      }
      const count = services[size]
      if (count === undefined) return
      for (const { demo } of capabilities) await demo?.multiply?.(stage, count)
      await mark(house.database, size)
    })
    return true
  })
}

/** Services in all, in the sizes that are generated. */
const services: Partial<Record<DemoSize, number>> = { town: 1_000, region: 10_000, nation: 100_000 }

/** What is noted in the register of packs once the demo is whole; a new edition is loaded again. */
const edition = '1'
const markOf = (size: DemoSize) => `demo-${size}`

async function isLoaded(database: Database, size: DemoSize): Promise<boolean> {
  const found = await database.transact({ actor: null }, (tx) =>
    tx.one(query.selectFrom('packs.pack').select('sha256').where('id', '=', markOf(size))),
  )
  return found?.sha256 === edition
}

async function mark(database: Database, size: DemoSize): Promise<void> {
  const columns = { sha256: edition, loaded_at: new Date() }
  await database.transact({ actor: null, purpose: 'administration' }, (tx) =>
    tx.all(
      query
        .insertInto('packs.pack')
        .values({ id: markOf(size), manifest: null, ...columns })
        .onConflict((clash) => clash.column('id').doUpdateSet(columns)),
    ),
  )
}

async function alone<T>(database: Database, work: () => Promise<T>): Promise<T> {
  const client = await database.ownerPool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [loading])
    return await work()
  } finally {
    await client.query('select pg_advisory_unlock($1)', [loading]).catch(() => {})
    client.release()
  }
}

/** Accounts of the regions that are loaded; those that exist are left as they are. */
async function addPeople(house: OpenHouse): Promise<void> {
  const secret = secretOf(house.config)
  const packs = new Set(house.regions().map(({ id }) => id))
  const wanted = people.filter(({ pack }) => packs.has(pack))
  await Promise.all(
    wanted.map(async (person) => {
      const { password, totpSecret } = keysOf(person, secret)
      const outcome = await house.auth.addAccount({
        name: person.name,
        email: person.email,
        locale: person.language,
        password,
        totpSecret,
        memberships: person.work ? [person.work] : [],
        demo: true,
      })
      if (outcome.is === 'ok' || outcome.is === 'conflict') return
      const words = outcome.is === 'invalid' ? outcome.errors.map(({ message }) => message).join(' ') : outcome.is
      throw new Error(`The demo account ${person.email} could not be added: ${words}`)
    }),
  )
}

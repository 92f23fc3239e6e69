import { sql } from 'kysely'
import { everyone } from '../access/permission.ts'
import type { Database } from '../db/database.ts'
import { pendingMigrations } from '../db/migrate.ts'
import type { Door } from '../http/door.ts'
import { blame } from '../jobs/blame.ts'
import type { Log } from '../log/log.ts'

/** What a program needs before it can be sent visitors. */
export const needs = ['database', 'migrations', 'jobs'] as const
export type Need = (typeof needs)[number]

export interface Health {
  status: 'ready' | 'not ready'
  /** `ok`, or what is missing, in words without secrets */
  checks: Record<Need, string>
}

/** How long a probe waits for an answer of the database, in milliseconds. */
const patience = 2000

/** Looks whether the database answers, has all tables, and somebody takes jobs. Never throws: what fails is named. */
export async function lookAtHealth(database: Database, log: Log): Promise<Health> {
  const check = async (need: Need, look: () => Promise<string>) => {
    try {
      return [need, await within(patience, look())] as const
    } catch (error) {
      log.warn({ need, ...blame(error) }, 'a health check failed')
      return [need, 'does not answer'] as const
    }
  }
  const found = await Promise.all([
    check('database', async () => {
      await database.transact({ actor: null }, (tx) => tx.all(sql`select 1`))
      return 'ok'
    }),
    check('migrations', async () => {
      const pending = await pendingMigrations(database.ownerPool)
      return pending.length === 0 ? 'ok' : `${pending.length} not applied`
    }),
    check('jobs', async () => {
      const row = await database.transact({ actor: null }, (tx) =>
        tx.one(sql<{ alive: boolean }>`select jobs.alive() as alive`),
      )
      return row?.alive ? 'ok' : 'nobody takes jobs'
    }),
  ])
  const checks = Object.fromEntries(found) as Record<Need, string>
  return { status: found.every(([, words]) => words === 'ok') ? 'ready' : 'not ready', checks }
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error('late')), milliseconds)
  try {
    return await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
    // What comes after all is nobody's any more.
    work.catch(() => {})
  }
}

const guard = { permission: everyone, audit: { none: 'probes ask every few seconds and see nobody’s data' } } as const

/** The probes: `/health/live` says that the program runs, `/health/ready` that it can serve; 503 with what is missing if not. */
export function healthRoutes(door: Door, { database, log }: { database: Database; log: Log }): void {
  door.raw('get', '/health/live', guard, async () => answer(200, { status: 'live' }))
  door.raw('get', '/health/ready', guard, async () => {
    const health = await lookAtHealth(database, log)
    return answer(health.status === 'ready' ? 200 : 503, health)
  })
}

function answer(status: 200 | 503, body: object): Response {
  return new Response(`${JSON.stringify(body)}\n`, {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  })
}

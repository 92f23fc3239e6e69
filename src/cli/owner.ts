import { existsSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { Refusal } from '../platform/command-line/frame.ts'
import type { Config } from '../platform/config/config.ts'
import { connectionOf, embeddedConnection } from '../platform/db/database.ts'
import { startEmbedded } from '../platform/db/embedded.ts'

/**
 * Connects as the owner without asking what state the database is in: for commands that find that out, or bring it about.
 * @param options.make whether an embedded database that is not there yet is made
 * @throws Refusal where there is none
 */
export async function withOwner<T>(
  config: Config,
  { make }: { make: boolean },
  work: (owner: pg.Pool, connection: pg.ClientConfig) => Promise<T>,
): Promise<T> {
  const folder = join(config.data, 'postgres')
  if (!config.databaseUrl && !make && !existsSync(folder))
    throw new Refusal(`There is no database in ${config.data} yet. Run: linden migrate`)
  const embedded = config.databaseUrl ? undefined : await startEmbedded(folder)
  try {
    const connection = embedded ? await embeddedConnection(embedded) : connectionOf(config.databaseUrl ?? '')
    const owner = new pg.Pool({
      ...connection,
      max: 4,
      connectionTimeoutMillis: 15_000,
      application_name: 'linden owner',
    })
    owner.on('error', () => {}).on('connect', (client) => client.on('error', () => {}))
    try {
      return await work(owner, connection)
    } finally {
      await owner.end()
    }
  } finally {
    await embedded?.stop()
  }
}

import { fileURLToPath } from 'node:url'
import type { Hono } from 'hono'
import { capacity } from './capabilities/capacity/capability.ts'
import { directory } from './capabilities/directory/capability.ts'
import { governance } from './capabilities/governance/capability.ts'
import { intake } from './capabilities/intake/capability.ts'
import { signedIn } from './platform/access/permission.ts'
import { sealJob } from './platform/audit/seal.ts'
import { type Auth, createAuth } from './platform/auth/auth.ts'
import { authTemplates } from './platform/auth/letters.ts'
import { sweepJob } from './platform/auth/sweep-job.ts'
import type { Capability } from './platform/capability.ts'
import { type Config, secretOf } from './platform/config/config.ts'
import { type Database, openDatabase } from './platform/db/database.ts'
import { type Files, openFiles } from './platform/files/files.ts'
import { fileRoutes } from './platform/files/serve.ts'
import { healthRoutes } from './platform/health/health.ts'
import { apiPages } from './platform/http/api-pages.tsx'
import { type House, webServer } from './platform/http/app.ts'
import { choiceRoutes } from './platform/http/choices.ts'
import { Door } from './platform/http/door.ts'
import { forgetKeysJob } from './platform/http/forget-keys-job.ts'
import { housePages } from './platform/http/house-pages.tsx'
import { keptFormRoutes } from './platform/http/kept-form-pages.tsx'
import type { Job } from './platform/jobs/job.ts'
import { createLog, type Log } from './platform/log/log.ts'
import { outboxRoutes } from './platform/mail/outbox.tsx'
import { mailJob } from './platform/mail/send.ts'
import { loadPack, packFolders } from './platform/packs/load.ts'
import { loadRegions, type Region } from './platform/packs/regions.ts'

/** The house, room by room. A capability knows those before it, by their contracts. */
export const capabilities: readonly Capability[] = [directory, governance, capacity, intake]

/** What the capabilities read from packs. */
export const packParts = capabilities.flatMap((capability) => capability.pack ?? [])

/** The packs that come with the program: beside `src` and beside `dist`. */
export const packsRoot = fileURLToPath(new URL('../packs', import.meta.url))

/** Everything one program holds open. */
export interface OpenHouse {
  config: Config
  database: Database
  files: Files
  auth: Auth
  door: Door
  app: Hono
  jobs: readonly Job[]
  log: Log
  regions(): readonly Region[]
  /** ends all connections; the last program on an embedded database stops it */
  close(): Promise<void>
}

/** Opens the database, reads the packs, and mounts the platform and every capability. */
export async function openHouse(config: Config, options: { log?: Log; now?: () => Date } = {}): Promise<OpenHouse> {
  const log = options.log ?? createLog(config.logLevel)
  const now = options.now ?? (() => new Date())
  const database = await openDatabase(config, {
    now,
    onConnectionError: (err) => log.warn({ err }, 'a connection broke'),
  })
  try {
    return await furnish(config, database, log, now)
  } catch (error) {
    // An open connection would keep the program from ending.
    await database.close()
    throw error
  }
}

async function furnish(config: Config, database: Database, log: Log, now: () => Date): Promise<OpenHouse> {
  for (const folder of packFolders(packsRoot, config.packs)) {
    if (await loadPack(database, folder, packParts, now())) log.info({ pack: folder.split('/').at(-1) }, 'pack loaded')
  }
  let regions = await loadRegions(database)
  const secret = secretOf(config).toString('base64url')
  const auth = createAuth({
    config,
    database,
    secret,
    log,
    now,
    scopes: capabilities.flatMap((capability) => capability.scopes),
  })
  const files = openFiles(config, secretOf(config), database, now)
  const door = new Door()
  const secure = new URL(config.url).protocol === 'https:'
  const house: House = {
    config,
    database,
    files,
    door,
    authentication: auth,
    menus: capabilities.map((capability) => capability.menu),
    regions: () => regions,
    log,
    secret,
    secure,
    now,
  }
  choiceRoutes(door, { secure, regions: house.regions })
  auth.routes(door)
  const offers = capabilities.flatMap((capability) => capability.offers ?? [])
  const threadKinds = capabilities.flatMap((capability) => capability.threadKinds)
  for (const capability of capabilities) capability.routes(door, { ...house, offers, threadKinds })
  fileRoutes(door, files, signedIn)
  housePages(door)
  keptFormRoutes(door, house)
  healthRoutes(door, { database, log })
  outboxRoutes(door, config)
  apiPages(door, new URL(config.url).origin)
  const refresh = setInterval(() => {
    loadRegions(database).then(
      (read) => {
        regions = read
      },
      (err: unknown) => log.warn({ err }, 'the packs could not be read again'),
    )
  }, 60_000)
  refresh.unref()
  return {
    config,
    database,
    files,
    auth,
    door,
    app: webServer(house),
    jobs: [
      sealJob as Job,
      files.sweep as Job,
      sweepJob(auth) as Job,
      forgetKeysJob as Job,
      mailJob(config, secretOf(config), [
        ...authTemplates,
        ...capabilities.flatMap((capability) => capability.letters),
      ]) as Job,
      ...capabilities.flatMap((capability) => capability.jobs),
    ],
    log,
    regions: house.regions,
    async close() {
      clearInterval(refresh)
      await auth.close()
      await database.close()
    },
  }
}

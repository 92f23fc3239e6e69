import type { Hono } from 'hono'
import type { Actor } from '../src/platform/access/actor.ts'
import type { Files } from '../src/platform/files/files.ts'
import { webServer } from '../src/platform/http/app.ts'
import { Door } from '../src/platform/http/door.ts'
import { createLog } from '../src/platform/log/log.ts'
import type { TestDatabase } from './database.ts'
import { testFiles } from './files.ts'
import { testSecret } from './secret.ts'

/** A web server over some routes, for whoever the test says is asking. */
export interface ActorHouse {
  app: Hono
  door: Door
  /** who asks from now on; nobody at first */
  actor: Actor | null
}

/** @param routes the routes of a capability that the test is about */
export function actorHouse(
  database: TestDatabase,
  routes: (door: Door, house: { files: Files; secret: string }) => void,
): ActorHouse {
  const door = new Door()
  const files = testFiles(database)
  routes(door, { files, secret: testSecret })
  const house: ActorHouse = {
    door,
    actor: null,
    app: webServer({
      config: database.config,
      database,
      files,
      door,
      authentication: { actorOf: async () => ({ actor: house.actor }) },
      menus: [],
      regions: () => [],
      log: createLog('silent'),
      secret: testSecret,
      secure: false,
      now: () => database.clock.now,
    }),
  }
  return house
}

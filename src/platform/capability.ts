import type { Permission } from './access/permission.ts'
import type { Tx } from './db/database.ts'
import type { House, Menu } from './http/app.ts'
import type { Door } from './http/door.ts'
import type { Job } from './jobs/job.ts'
import type { PackPart } from './packs/load.ts'
import type { ThreadKind } from './thread/thread.ts'

/** What a capability holds about a person: their copy of it, and what may be erased. */
export interface PersonalData {
  /** says what it is, for the register of processing */
  says: string
  export(tx: Tx, account: string): Promise<Record<string, unknown>[]>
}

/** The manifest by which a capability introduces itself. `main.ts` knows manifests and nothing inside. */
export interface Capability {
  name: string
  routes(door: Door, house: Pick<House, 'config' | 'regions' | 'now' | 'secret'>): void
  menu: Menu
  permissions: readonly Permission<never>[]
  jobs: readonly Job[]
  threadKinds: readonly ThreadKind[]
  pack?: PackPart<unknown>
  personalData: readonly PersonalData[]
}

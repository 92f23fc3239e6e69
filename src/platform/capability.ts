import type { Command } from 'commander'
import type { Permission } from './access/permission.ts'
import type { DemoPart } from './demo/stage.ts'
import type { House, Menu } from './http/app.ts'
import type { Door } from './http/door.ts'
import type { Offer } from './http/offer.ts'
import type { Job } from './jobs/job.ts'
import type { MailTemplate } from './mail/letter.ts'
import type { PackPart } from './packs/load.ts'
import type { ThreadKind } from './thread/thread.ts'

/** What the routes of a capability stand on. */
export type Premises = Pick<House, 'config' | 'files' | 'regions' | 'now' | 'secret'> & {
  /** what capabilities offer to do about a service */
  offers: readonly Offer[]
  /** what stands in the thread, of whatever capability */
  threadKinds: readonly ThreadKind[]
}

/** The manifest by which a capability introduces itself. `main.ts` knows manifests and nothing inside. */
export interface Capability {
  name: string
  routes(door: Door, house: Premises): void
  menu: Menu
  /** what it offers to do about a service, for the page of that service */
  offers?: readonly Offer[]
  permissions: readonly Permission<never>[]
  /** what a token may be allowed */
  scopes: readonly string[]
  jobs: readonly Job[]
  threadKinds: readonly ThreadKind[]
  /** letters that it sends */
  letters: readonly MailTemplate[]
  pack?: PackPart<unknown>
  /** what `linden import` and `linden export` can do with it */
  commandLine?: readonly { under: 'import' | 'export'; command(): Command }[]
  /** what the demo shows of it */
  demo?: DemoPart
}

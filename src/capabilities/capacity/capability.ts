import type { Capability } from '../../platform/capability.ts'
import { packPart } from '../../platform/packs/load.ts'
import { capacityPack } from './pack-part.ts'

/** Places, who uses them, what they cost, and how their number changes. */
export const capacity: Capability = {
  name: 'capacity',
  routes() {},
  menu: { public: () => [], work: () => undefined },
  permissions: [],
  scopes: ['capacity:write'],
  jobs: [],
  letters: [],
  threadKinds: [],
  pack: packPart(capacityPack),
}

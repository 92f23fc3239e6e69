import type { Capability } from '../../platform/capability.ts'
import { packPart } from '../../platform/packs/load.ts'
import { intakePack } from './pack-part.ts'
import { mayAnswer, mayAsk, mayDecide, mayLead, maySign, mayTakePart, mayWork } from './permissions.ts'
import { contractRoutes } from './routes/contract.tsx'

/** Asking for help, and the answer in time. */
export const intake: Capability = {
  name: 'intake',
  routes(door, house) {
    contractRoutes(door, house)
  },
  menu: { public: () => [], work: () => undefined },
  permissions: [mayAsk, mayTakePart, mayAnswer, mayDecide, maySign, mayLead, mayWork],
  scopes: ['intake:read', 'intake:write'],
  jobs: [],
  threadKinds: [],
  letters: [],
  pack: packPart(intakePack),
}

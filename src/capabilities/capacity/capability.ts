import type { Capability } from '../../platform/capability.ts'
import type { Job } from '../../platform/jobs/job.ts'
import { packPart } from '../../platform/packs/load.ts'
import { noteWaitingJob } from './jobs/note-waiting.ts'
import { refreshYearsJob } from './jobs/refresh-years.ts'
import { capacityPack } from './pack-part.ts'
import { mayRate, mayRateSomewhere, mayReportNeed, mayReportNeeds } from './permissions/supply.ts'
import { matchingRoutes } from './routes/matching.tsx'
import { supplyRoutes } from './routes/supply.tsx'
import { supplyApi } from './routes/supply-api.ts'

/** Places, who uses them, what they cost, and how their number changes. */
export const capacity: Capability = {
  name: 'capacity',
  routes(door) {
    supplyRoutes(door)
    matchingRoutes(door)
    supplyApi(door)
  },
  menu: { public: () => [], work: () => undefined },
  permissions: [mayReportNeed, mayReportNeeds, mayRate, mayRateSomewhere],
  scopes: ['capacity:write'],
  jobs: [refreshYearsJob as Job, noteWaitingJob as Job],
  letters: [],
  threadKinds: [],
  pack: packPart(capacityPack),
}

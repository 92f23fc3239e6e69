import type { Capability } from '../../platform/capability.ts'
import { m } from '../../platform/i18n/speech.ts'
import type { Job } from '../../platform/jobs/job.ts'
import type { MailTemplate } from '../../platform/mail/letter.ts'
import { packPart } from '../../platform/packs/load.ts'
import { governanceDemo } from './demo.ts'
import { remindOfMilestonesJob } from './jobs/wheel/remind-of-milestones.ts'
import { milestoneLetter } from './letters/wheel.ts'
import { governancePack } from './pack-part.ts'
import { mayKeepWheel, mayOpenWheelDesk } from './permissions/wheel.ts'
import { mayKeepSeats, mayReadByGrant, mayRecord, maySeat, mayShare, mayWork } from './permissions.ts'
import { governanceApi } from './routes/api.ts'
import { deskMenu, deskRoutes } from './routes/desk.tsx'
import { publicRoutes } from './routes/public.tsx'
import { seatsDesk } from './routes/seats-desk.tsx'
import { wheelRoutes } from './routes/wheel.tsx'
import { wheelApi } from './routes/wheel-api.ts'
import { describeDecision } from './store/describe-decision.ts'
import { decisionKind } from './types.ts'

/** Who decides, on what, and what was decided. */
export const governance: Capability = {
  name: 'governance',
  routes(door) {
    publicRoutes(door)
    deskRoutes(door)
    seatsDesk(door)
    governanceApi(door)
    wheelRoutes(door)
    wheelApi(door)
  },
  menu: {
    public: ({ region }) =>
      region?.holds?.includes('governance.bodies') ? [{ href: '/bodies', label: m.governance_nav() }] : [],
    work: ({ actor }) => deskMenu(actor),
  },
  permissions: [mayRecord, maySeat, mayKeepSeats, mayShare, mayWork, mayReadByGrant, mayKeepWheel, mayOpenWheelDesk],
  scopes: ['governance:write'],
  jobs: [remindOfMilestonesJob as Job],
  letters: [milestoneLetter as MailTemplate],
  threadKinds: [{ kind: decisionKind, public: true, describe: describeDecision }],
  pack: packPart(governancePack),
  demo: governanceDemo,
}

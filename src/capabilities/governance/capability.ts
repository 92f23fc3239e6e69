import type { Capability } from '../../platform/capability.ts'
import { m } from '../../platform/i18n/speech.ts'
import type { Job } from '../../platform/jobs/job.ts'
import type { MailTemplate } from '../../platform/mail/letter.ts'
import { packPart } from '../../platform/packs/load.ts'
import { governanceDemo } from './demo.ts'
import { tellPartiesJob, watchConsultationsJob } from './jobs/consultation-letters.ts'
import { remindOfHorizonsJob } from './jobs/forums/remind-of-horizons.ts'
import { tellSeatJob } from './jobs/tell-seat.ts'
import { remindOfMilestonesJob } from './jobs/wheel/remind-of-milestones.ts'
import { consultationLetter, seatLetter } from './letters/consultations.ts'
import { horizonLetter } from './letters/forums.ts'
import { milestoneLetter } from './letters/wheel.ts'
import { governancePack } from './pack-part.ts'
import { mayAnswer, mayConfirm, mayConsult, mayKeepAddress, mayKeepConsultations } from './permissions/consultations.ts'
import { mayOpenForums, maySetUpGroup } from './permissions/forums.ts'
import { rulesPermissions } from './permissions/rules.ts'
import { mayKeepWheel, mayOpenForums, mayOpenWheelDesk, maySetUpGroup } from './permissions/wheel.ts'
import { mayKeepSeats, mayReadByGrant, mayRecord, maySeat, mayShare, mayWork } from './permissions.ts'
import { governanceApi } from './routes/api.ts'
import { deskMenu, deskRoutes } from './routes/desk.tsx'
import { groupsDesk } from './routes/groups.tsx'
import { publicRoutes } from './routes/public.tsx'
import { rulesRoutes } from './routes/rules.tsx'
import { rulesApi } from './routes/rules-api.ts'
import { rulesDesk } from './routes/rules-desk.tsx'
import { seatsDesk } from './routes/seats-desk.tsx'
import { wheelRoutes } from './routes/wheel.tsx'
import { wheelApi } from './routes/wheel-api.ts'
import { describeConsultation } from './store/consultations/describe-consultation.ts'
import { describeBody } from './store/describe-body.ts'
import { describeDecision } from './store/describe-decision.ts'
import { describeRule } from './store/rules/describe-rule.ts'
import { consultationKind } from './types/consultations.ts'
import { bodyKind } from './types/forums.ts'
import { ruleVersionKind } from './types/rules.ts'
import { decisionKind } from './types.ts'

/** Who decides, on what, and what was decided. */
export const governance: Capability = {
  name: 'governance',
  routes(door) {
    publicRoutes(door)
    deskRoutes(door)
    seatsDesk(door)
    governanceApi(door)
    rulesRoutes(door)
    rulesDesk(door)
    rulesApi(door)
    wheelRoutes(door)
    wheelApi(door)
    groupsDesk(door)
  },
  menu: {
    public: ({ region }) =>
      region?.holds?.includes('governance.bodies') ? [{ href: '/bodies', label: m.governance_nav() }] : [],
    work: ({ actor }) => deskMenu(actor),
  },
  permissions: [
    mayRecord,
    maySeat,
    mayKeepSeats,
    mayShare,
    mayWork,
    mayReadByGrant,
    mayConsult,
    mayConfirm,
    mayAnswer,
    mayKeepConsultations,
    mayKeepAddress,
    mayKeepWheel,
    mayOpenWheelDesk,
    ...rulesPermissions,
  ],
  scopes: ['governance:write'],
  jobs: [
    tellPartiesJob as Job,
    watchConsultationsJob as Job,
    tellSeatJob as Job,
    remindOfMilestonesJob as Job,
    remindOfHorizonsJob as Job,
  ],
  letters: [
    consultationLetter as MailTemplate,
    seatLetter as MailTemplate,
    milestoneLetter as MailTemplate,
    horizonLetter as MailTemplate,
  ],
  threadKinds: [
    { kind: decisionKind, public: true, describe: describeDecision },
    { kind: bodyKind, public: true, describe: describeBody },
    { kind: consultationKind, public: true, describe: describeConsultation },
    { kind: ruleVersionKind, public: true, describe: describeRule },
  ],
  pack: packPart(governancePack),
  demo: governanceDemo,
}

import type { Capability } from '../../platform/capability.ts'
import type { Job } from '../../platform/jobs/job.ts'
import type { MailTemplate } from '../../platform/mail/letter.ts'
import { packPart } from '../../platform/packs/load.ts'
import { governanceDemo } from './demo.ts'
import { remindJob, watchJob } from './jobs/agreements/watch-agreements.ts'
import { askMunicipalitiesJob, remindCentralJob, sendCentralReplyJob } from './jobs/central/letters.ts'
import { tellPartiesJob, watchConsultationsJob } from './jobs/consultation-letters.ts'
import { cancelledJob, inviteJob } from './jobs/forums/invite.ts'
import { remindOfHorizonsJob } from './jobs/forums/remind-of-horizons.ts'
import { tellAskerJob } from './jobs/tell-asker.ts'
import { tellSeatJob } from './jobs/tell-seat.ts'
import { remindOfMilestonesJob } from './jobs/wheel/remind-of-milestones.ts'
import { ratificationLetter } from './letters/agreements.ts'
import { centralAskedLetter, centralReplyLetter } from './letters/central.ts'
import { consultationLetter, seatLetter } from './letters/consultations.ts'
import { forumsLetters } from './letters/forums.ts'
import { invitationLetter } from './letters/invitation.ts'
import { questionAnsweredLetter } from './letters/questions.ts'
import { milestoneLetter } from './letters/wheel.ts'
import { governancePack } from './pack-part.ts'
import { agreementPermissions } from './permissions/agreements.ts'
import { centralPermissions } from './permissions/central.ts'
import { consultationPermissions } from './permissions/consultations.ts'
import { forumsPermissions } from './permissions/forums.ts'
import { mayBringIdeas, mayMoveMatter, mayRaise } from './permissions/matters.ts'
import { mayDelegate, mayKeepMeetings, mayOpenMeetings, mayReadAsInvited } from './permissions/meetings.ts'
import { rulesPermissions } from './permissions/rules.ts'
import { mayKeepWheel, mayOpenWheelDesk } from './permissions/wheel.ts'
import { mayKeepSeats, mayReadByGrant, mayRecord, maySeat, mayShare, mayWork } from './permissions.ts'
import { agreementRoutes } from './routes/agreements.tsx'
import { agreementsApi } from './routes/agreements-api.ts'
import { agreementsDesk } from './routes/agreements-desk.tsx'
import { answerRoutes } from './routes/answers.tsx'
import { governanceApi } from './routes/api.ts'
import { centralRoutes } from './routes/central.tsx'
import { centralApi } from './routes/central-api.ts'
import { consultationRoutes } from './routes/consultations.tsx'
import { consultationsApi } from './routes/consultations-api.ts'
import { consultationsDesk } from './routes/consultations-desk.tsx'
import { delegationRoutes } from './routes/delegations.tsx'
import { deskMenu, deskRoutes } from './routes/desk.tsx'
import { forumsRoutes } from './routes/forums.tsx'
import { matterRoutes } from './routes/matters.tsx'
import { meetingFeeds } from './routes/meeting-feeds.ts'
import { meetingRoutes } from './routes/meetings.tsx'
import { meetingsApi } from './routes/meetings-api.ts'
import { meetingsDesk } from './routes/meetings-desk.tsx'
import { meetingsHold } from './routes/meetings-hold.tsx'
import { meetingsRecord } from './routes/meetings-record.tsx'
import { publicMenu } from './routes/menu.ts'
import { oparlRoutes } from './routes/oparl/routes.ts'
import { addressRoutes } from './routes/party-addresses.tsx'
import { publicRoutes } from './routes/public.tsx'
import { questionsRoutes } from './routes/questions.tsx'
import { questionsApi } from './routes/questions-api.ts'
import { rulesRoutes } from './routes/rules.tsx'
import { rulesApi } from './routes/rules-api.ts'
import { rulesDesk } from './routes/rules-desk.tsx'
import { seatsDesk } from './routes/seats-desk.tsx'
import { wheelRoutes } from './routes/wheel.tsx'
import { wheelApi } from './routes/wheel-api.ts'
import { describeAgreement } from './store/agreements/describe-agreement.ts'
import { describeCentralRequest } from './store/central/describe-request.ts'
import { describeConsultation } from './store/consultations/describe-consultation.ts'
import { describeBody } from './store/describe-body.ts'
import { describeDecision } from './store/describe-decision.ts'
import { describeConference } from './store/forums/conferences.ts'
import { describeProposal } from './store/forums/proposals.ts'
import { describeRecommendation } from './store/forums/recommendations.ts'
import { describeMatter, describeMeeting } from './store/matters/describe-matter.ts'
import { describeQuestion } from './store/questions/describe-question.ts'
import { describeRule, describeTable } from './store/rules/describe-rule.ts'
import { frameworkKind } from './types/agreements.ts'
import { centralRequestKind } from './types/central.ts'
import { consultationKind } from './types/consultations.ts'
import { bodyKind, conferenceKind, proposalKind, recommendationKind } from './types/forums.ts'
import { matterKind } from './types/matters.ts'
import { meetingKind } from './types/meetings.ts'
import { questionKind } from './types/questions.ts'
import { ruleKind, ruleVersionKind } from './types/rules.ts'
import { decisionKind } from './types.ts'

/** Who decides, on what, and what was decided. */
export const governance: Capability = {
  name: 'governance',
  routes(door, house) {
    publicRoutes(door)
    deskRoutes(door)
    delegationRoutes(door)
    seatsDesk(door)
    meetingRoutes(door, house.files)
    meetingFeeds(door)
    meetingsRecord(door)
    meetingsDesk(door, house)
    meetingsHold(door)
    matterRoutes(door)
    meetingsApi(door, house)
    oparlRoutes(door)
    governanceApi(door)
    rulesRoutes(door)
    rulesDesk(door)
    rulesApi(door)
    questionsRoutes(door)
    questionsApi(door)
    centralRoutes(door)
    centralApi(door)
    wheelRoutes(door)
    wheelApi(door)
    consultationRoutes(door, house)
    consultationsDesk(door, house)
    answerRoutes(door, house)
    addressRoutes(door)
    consultationsApi(door)
    const instance = { files: house.files, url: house.config.url }
    agreementRoutes(door, instance)
    agreementsDesk(door, instance)
    agreementsApi(door, instance)
    forumsRoutes(door)
  },
  menu: {
    public: ({ region }) => publicMenu(region),
    work: ({ actor }) => deskMenu(actor),
  },
  permissions: [
    mayRecord,
    maySeat,
    mayKeepSeats,
    mayShare,
    mayWork,
    mayReadByGrant,
    mayRaise,
    mayMoveMatter,
    mayBringIdeas,
    mayKeepMeetings,
    mayOpenMeetings,
    mayReadAsInvited,
    mayDelegate,
    ...consultationPermissions,
    ...agreementPermissions,
    mayKeepWheel,
    mayOpenWheelDesk,
    ...forumsPermissions,
    ...rulesPermissions,
    ...centralPermissions,
  ],
  scopes: ['governance:write'],
  jobs: [
    tellPartiesJob as Job,
    watchConsultationsJob as Job,
    tellSeatJob as Job,
    remindJob as Job,
    watchJob as Job,
    remindOfMilestonesJob as Job,
    tellAskerJob as Job,
    askMunicipalitiesJob as Job,
    remindCentralJob as Job,
    sendCentralReplyJob as Job,
    remindOfHorizonsJob as Job,
    inviteJob as Job,
    cancelledJob as Job,
  ],
  letters: [
    invitationLetter as MailTemplate,
    consultationLetter as MailTemplate,
    seatLetter as MailTemplate,
    ratificationLetter as MailTemplate,
    milestoneLetter as MailTemplate,
    questionAnsweredLetter as MailTemplate,
    centralAskedLetter as MailTemplate,
    centralReplyLetter as MailTemplate,
    ...forumsLetters,
  ],
  threadKinds: [
    { kind: decisionKind, public: true, describe: describeDecision },
    { kind: matterKind, public: true, describe: describeMatter },
    { kind: meetingKind, public: true, describe: describeMeeting },
    { kind: bodyKind, public: true, describe: describeBody },
    { kind: recommendationKind, public: true, describe: describeRecommendation },
    { kind: conferenceKind, public: true, describe: describeConference },
    { kind: proposalKind, public: true, describe: describeProposal },
    { kind: consultationKind, public: true, describe: describeConsultation },
    { kind: frameworkKind, public: true, describe: describeAgreement },
    { kind: questionKind, public: true, describe: describeQuestion },
    { kind: centralRequestKind, public: true, describe: describeCentralRequest },
    { kind: ruleKind, public: true, describe: describeTable },
    { kind: ruleVersionKind, public: true, describe: describeRule },
  ],
  pack: packPart(governancePack),
  demo: governanceDemo,
}

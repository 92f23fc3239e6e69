import type { Capability } from '../../platform/capability.ts'
import { m } from '../../platform/i18n/speech.ts'
import type { Job } from '../../platform/jobs/job.ts'
import type { MailTemplate } from '../../platform/mail/letter.ts'
import { packPart } from '../../platform/packs/load.ts'
import type { Region } from '../../platform/packs/regions.ts'
import { intakeDemo } from './demo.ts'
import { alertJob } from './jobs/alert-duty.ts'
import { endContractsJob } from './jobs/end-contracts.ts'
import { endLinksJob, expiredLinksJob } from './jobs/end-links.ts'
import { forgetDraftsJob } from './jobs/forget-drafts.ts'
import { clocksJob } from './jobs/watch-clocks.ts'
import { letterJob } from './jobs/write-letter.ts'
import { messageLetter } from './letters.ts'
import { linkLetter } from './link-letter.ts'
import { intakePack } from './pack-part.ts'
import { mayAnswer, mayAsk, mayDecide, mayLead, maySign, mayTakePart, mayTellContact, mayWork } from './permissions.ts'
import { requestApi } from './routes/api.ts'
import { askRoutes } from './routes/ask.tsx'
import { contractRoutes } from './routes/contract.tsx'
import { decideRoutes } from './routes/decide.tsx'
import { deskMenu, deskRoutes } from './routes/desk.tsx'
import { dutyRoutes } from './routes/duty.tsx'
import { letterRoutes } from './routes/letters.tsx'
import { linkRoutes } from './routes/link.tsx'
import { mineRoutes } from './routes/mine.tsx'
import { peopleRoutes } from './routes/people.tsx'
import { requestRoutes } from './routes/request.tsx'
import { waitingRoutes } from './routes/waiting.tsx'
import { staffLetters } from './staff-letters.ts'

/** Does the pack of this region say how asking goes? */
const takesRequests = (region: Region | undefined): boolean => !!region?.holds?.includes('intake.procedures')

/** Asking for help, and the answer in time. */
export const intake: Capability = {
  name: 'intake',
  routes(door, house) {
    askRoutes(door, house)
    linkRoutes(door, house)
    mineRoutes(door, house)
    // first of all under /requests: a word there is no id
    deskRoutes(door)
    requestRoutes(door, house)
    decideRoutes(door)
    requestApi(door)
    contractRoutes(door, house)
    letterRoutes(door, house)
    waitingRoutes(door)
    peopleRoutes(door, house)
    dutyRoutes(door)
  },
  offers: [
    {
      link: ({ slug, region, active }) =>
        active && takesRequests(region) ? { href: `/ask?service=${slug}`, label: m.intake_ask_offer() } : undefined,
      hint: m.intake_ask_offer_hint,
    },
  ],
  menu: {
    public: ({ region, actor }) => [
      ...(takesRequests(region) ? [{ href: '/ask', label: m.intake_ask_nav() }] : []),
      // staff have a desk of their own; what they asked for themselves stands under their account's address all the same
      ...(actor?.memberships.length === 0 ? [{ href: '/my/requests', label: m.intake_ask_nav_mine() }] : []),
    ],
    work: ({ actor }) => deskMenu(actor),
  },
  permissions: [mayAsk, mayTakePart, mayAnswer, mayDecide, maySign, mayLead, mayTellContact, mayWork],
  scopes: ['intake:read', 'intake:write'],
  jobs: [
    alertJob as Job,
    clocksJob as Job,
    forgetDraftsJob as Job,
    endContractsJob as Job,
    letterJob as Job,
    endLinksJob as Job,
    expiredLinksJob as Job,
  ],
  threadKinds: [],
  letters: [messageLetter as MailTemplate, ...staffLetters, linkLetter as MailTemplate],
  pack: packPart(intakePack),
  demo: intakeDemo,
}

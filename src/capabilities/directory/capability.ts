import type { Capability } from '../../platform/capability.ts'
import { m } from '../../platform/i18n/speech.ts'
import type { Job } from '../../platform/jobs/job.ts'
import type { MailTemplate } from '../../platform/mail/letter.ts'
import { packPart } from '../../platform/packs/load.ts'
import { exportServicesCommand, importServicesCommand } from './command-line.ts'
import { directoryDemo } from './demo.ts'
import { exportNightly } from './jobs/export-nightly.ts'
import { freshnessJob } from './jobs/freshness.ts'
import { confirmLetter } from './letters.ts'
import { directoryPack } from './pack-part.ts'
import {
  mayAppointApproval,
  mayConfirmByLink,
  mayDecide,
  mayRemark,
  maySeeOrganisation,
  mayTend,
  mayWithdraw,
  mayWork,
} from './permissions.ts'
import { editingMenu, editingRoutes } from './routes/editing.tsx'
import { finderRoutes } from './routes/finder.tsx'
import { hsdsRoutes } from './routes/hsds.tsx'
import { openDataRoutes } from './routes/open-data.tsx'
import { publicRoutes } from './routes/public.tsx'
import { searchRoutes } from './routes/search.tsx'
import { describeService } from './store/describe-service.ts'
import { serviceKind } from './types.ts'

/** Which services exist, for whom, on what conditions. */
export const directory: Capability = {
  name: 'directory',
  routes(door, { config, offers, threadKinds }) {
    publicRoutes(door, { offers, threadKinds })
    finderRoutes(door)
    searchRoutes(door)
    editingRoutes(door)
    hsdsRoutes(door)
    openDataRoutes(door, config.data)
  },
  menu: {
    public: () => [
      { href: '/find', label: m.directory_nav_help() },
      { href: '/services', label: m.directory_nav_all() },
    ],
    work: ({ actor }) => editingMenu(actor),
  },
  permissions: [
    mayTend,
    mayDecide,
    mayWithdraw,
    mayAppointApproval,
    mayWork,
    maySeeOrganisation,
    mayRemark,
    mayConfirmByLink,
  ],
  scopes: ['directory:write'],
  jobs: [freshnessJob as Job, exportNightly as Job],
  letters: [confirmLetter as MailTemplate],
  threadKinds: [{ kind: serviceKind, public: true, describe: describeService }],
  pack: packPart(directoryPack),
  commandLine: [
    { under: 'import', command: importServicesCommand },
    { under: 'export', command: exportServicesCommand },
  ],
  demo: directoryDemo,
}

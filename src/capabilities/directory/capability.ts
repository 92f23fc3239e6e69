import type { Capability } from '../../platform/capability.ts'
import { packPart } from '../../platform/packs/load.ts'
import { m } from '../../platform/i18n/speech.ts'
import { directoryPack } from './pack-part.ts'
import { finderRoutes } from './routes/finder.tsx'
import { hsdsRoutes } from './routes/hsds.tsx'
import { publicRoutes } from './routes/public.tsx'
import { searchRoutes } from './routes/search.tsx'

/** Which services exist, for whom, on what conditions. */
export const directory: Capability = {
  name: 'directory',
  routes(door) {
    publicRoutes(door)
    finderRoutes(door)
    searchRoutes(door)
    hsdsRoutes(door)
  },
  menu: {
    public: () => [
      { href: '/find', label: m.directory_nav_help() },
      { href: '/services', label: m.directory_nav_all() },
    ],
    work: () => undefined,
  },
  permissions: [],
  jobs: [],
  threadKinds: [
    {
      kind: 'service',
      public: true,
      async describe() {
        return undefined
      },
    },
  ],
  pack: packPart(directoryPack),
  personalData: [],
}

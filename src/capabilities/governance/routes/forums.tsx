import type { Door } from '../../../platform/http/door.ts'
import { conferenceRoutes } from './conferences.tsx'
import { forumsApi } from './forums-api.ts'
import { groupsDesk } from './groups.tsx'
import { recommendationRoutes } from './recommendations.tsx'

/** Groups for a task (GOV-8), recommendations (GOV-9) and conferences (GOV-10). */
export function forumsRoutes(door: Door): void {
  groupsDesk(door)
  recommendationRoutes(door)
  conferenceRoutes(door)
  forumsApi(door)
}

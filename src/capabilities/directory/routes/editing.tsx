import { type Actor, holdsRole } from '../../../platform/access/actor.ts'
import type { Door } from '../../../platform/http/door.ts'
import { m } from '../../../platform/i18n/speech.ts'
import type { Link } from '../../../platform/ui/frame.ts'
import { editingApi } from './editing-api.ts'
import { cardFormRoutes } from './editing-cards.tsx'
import { deskRoutes } from './editing-desk.tsx'
import { organisationEditingRoutes } from './editing-organisation.tsx'
import { proposalRoutes } from './editing-proposals.tsx'
import { publicEditingRoutes } from './editing-public.tsx'
import { versionRoutes } from './editing-versions.tsx'
import { organisationVersionRoutes } from './organisation-versions.tsx'

/** All addresses under which cards are written, confirmed and discussed. */
export function editingRoutes(door: Door): void {
  // `new` before `{slug}`: the first route that fits answers
  cardFormRoutes(door)
  deskRoutes(door)
  versionRoutes(door)
  proposalRoutes(door)
  organisationEditingRoutes(door)
  organisationVersionRoutes(door)
  publicEditingRoutes(door)
  editingApi(door)
}

/** What the menu of somebody at work holds of the directory; undefined for all others. */
export function editingMenu(actor: Actor | null): { heading: string; links: Link[] } | undefined {
  if (!holdsRole(actor, 'editor') && !holdsRole(actor, 'provider')) return undefined
  return {
    heading: m.edit_nav_heading(),
    links: [
      { href: '/directory', label: m.edit_nav_desk(), icon: 'today' },
      { href: '/directory/services', label: m.edit_nav_cards_short(), icon: 'book' },
      { href: '/directory/services/new', label: m.edit_nav_add_short(), icon: 'plus' },
    ],
  }
}

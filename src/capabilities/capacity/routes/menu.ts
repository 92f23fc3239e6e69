import type { Actor } from '../../../platform/access/actor.ts'
import { m } from '../../../platform/i18n/speech.ts'
import type { Region } from '../../../platform/packs/regions.ts'
import type { Link } from '../../../platform/ui/frame.ts'
import { mayRateSomewhere, mayReportNeeds } from '../permissions/supply.ts'

/** What everybody reads of places in a region; what its pack does not hold is not in it. */
export function publicMenu(region: Region | undefined): Link[] {
  if (!region?.holds?.includes('capacity.settings')) return []
  return [
    {
      href: '/offers',
      label: m.capacity_nav(),
      parts: [
        { href: '/offers', label: m.capacity_offers() },
        { href: '/matching', label: m.capacity_supply_match_title() },
        { href: '/adjustments', label: m.capacity_adjust_nav() },
        ...(region.holds.includes('capacity.tariffs') ? [{ href: '/tariffs', label: m.capacity_tariff_menu() }] : []),
        { href: '/supply', label: m.capacity_supply_title() },
      ],
    },
  ]
}

/** What municipalities say of supply and demand. */
export function supplyMenu(actor: Actor | null): Link[] {
  return [
    ...(mayReportNeeds.may(actor, {})
      ? [{ href: '/supply/needs/new', label: m.capacity_supply_need_menu(), icon: 'plus' as const }]
      : []),
    ...(mayRateSomewhere.may(actor, {})
      ? [{ href: '/supply/ratings', label: m.capacity_supply_rate_link(), icon: 'edit' as const }]
      : []),
  ]
}

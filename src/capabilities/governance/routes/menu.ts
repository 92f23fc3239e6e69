import { m } from '../../../platform/i18n/speech.ts'
import type { Region } from '../../../platform/packs/regions.ts'
import type { Link } from '../../../platform/ui/frame.ts'

/** What everybody reads of governance in a region; what its pack does not hold is not in it. */
export function publicMenu(region: Region | undefined): Link[] {
  const has = (list: string) => region?.holds?.includes(`governance.${list}`) === true
  if (!has('bodies')) return []
  const only = (list: string, link: Link) => (has(list) ? [link] : [])
  return [
    {
      href: '/bodies',
      label: m.governance_nav(),
      parts: [
        { href: '/bodies', label: m.governance_bodies() },
        { href: '/meetings', label: m.governance_meetings() },
        { href: '/matters', label: m.governance_matters_title() },
        { href: '/consultations', label: m.governance_consult_nav() },
        ...only('frameworkAgreements', { href: '/framework-agreements', label: m.governance_framework_nav() }),
        { href: '/recommendations', label: m.governance_recommendations_title() },
        { href: '/conferences', label: m.governance_conferences_title() },
        ...only('wheels', { href: '/year-wheel', label: m.governance_wheel_title() }),
        { href: '/rulings', label: m.governance_questions_nav() },
        { href: '/central-requests', label: m.governance_central_nav() },
        ...only('tables', { href: '/rules', label: m.governance_rules_nav() }),
      ],
    },
  ]
}

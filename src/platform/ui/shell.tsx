import { withSoftHyphens } from '../i18n/soft-hyphens.ts'
import { currentLocale, m } from '../i18n/speech.ts'
import type { Frame, Link } from './frame.ts'
import { Icon } from './icons.tsx'

type Groups = NonNullable<Frame['work']>['groups']

/** Where a person at work goes, on wide screens: at most eight links in groups with headings; the first group needs none. */
export function Sidebar({ groups }: { groups: Groups }) {
  return (
    <div class="ln-side">
      <nav aria-label={m.ui_nav_work()}>
        {groups.map((group, index) => (
          <>
            {group.heading ? (
              // no heading: the first one of a page is that of the page itself
              <p class="ln-side-heading" id={`side-${index}`}>
                {group.heading}
              </p>
            ) : null}
            <ul aria-labelledby={group.heading ? `side-${index}` : undefined}>
              {group.links.map((link) => (
                <li>
                  <a href={link.href} aria-current={link.current ? 'page' : undefined}>
                    {link.icon ? <Icon name={link.icon} /> : null}
                    {link.label}
                    {link.count ? <span class="ln-count">{link.count}</span> : null}
                  </a>
                </li>
              ))}
            </ul>
          </>
        ))}
      </nav>
    </div>
  )
}

/** The five things of a phone. It stands under the header: at the bottom it would cover what has the focus. */
export function Bar({ links }: { links: readonly Link[] }) {
  return (
    <nav class="ln-bar ln-only-narrow" aria-label={m.ui_nav_work()}>
      <ul>
        {links.slice(0, 5).map((link) => (
          <li>
            <a
              href={link.href}
              class={link.icon === 'plus' ? 'ln-do' : undefined}
              aria-current={link.current ? 'page' : undefined}
            >
              {link.icon ? <Icon name={link.icon} /> : null}
              {withSoftHyphens(link.label, currentLocale(), 8)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

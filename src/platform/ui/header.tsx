import { ownNames } from '../i18n/names.ts'
import { m } from '../i18n/speech.ts'
import { locales } from '../i18n/text.ts'
import { asset } from './assets.ts'
import type { Frame, Link, Telephone } from './frame.ts'
import { Icon, Mark } from './icons.tsx'
import { Words } from './words.tsx'

/** `057 000 00 00` as an address that a telephone dials. */
export const dial = (number: string) => `tel:${number.replace(/[^\d+]/g, '')}`

/** Leads away at once, before anything else on pages about violence. Its island is no module: it must run before the page is drawn. */
export function Leave({ to }: { to: string }) {
  return (
    <nav class="ln-leave" aria-label={m.ui_leave()}>
      <a href={to} rel="noreferrer">
        <Icon name="leave" />
        {m.ui_leave()}
      </a>
      <script src={asset('leave.js')} />
    </nav>
  )
}

/** The numbers for an emergency, above everything on public pages. */
export function Emergency({ numbers }: { numbers: readonly Telephone[] }) {
  if (!numbers.length) return null
  return (
    <aside class="ln-emergency" aria-label={m.ui_emergency()}>
      <div class="ln-wrap">
        {numbers.map(({ label, number, hours }) => (
          <span>
            <a href={dial(number)}>
              <Words of={label} plain />: <span class="ln-number">{number}</span>
            </a>
            {hours ? (
              <>
                {' '}
                <Words of={hours} plain />
              </>
            ) : null}
          </span>
        ))}
      </div>
    </aside>
  )
}

/** Mark, region, menus. All menus are `<details>` and work without script. */
export function Header({ frame }: { frame: Frame }) {
  const aside = frame.menu.filter((link) => link.icon)
  const main = frame.menu.filter((link) => !link.icon)
  const choosing = frame.regions.length > 1
  const work = frame.work !== undefined
  return (
    <header class="ln-header" data-for={work ? 'work' : undefined}>
      <div class="ln-wrap">
        <a class="ln-brand" href="/">
          <Mark />
          <span>Linden</span>
          {frame.region ? (
            <small class={choosing && !work ? 'ln-only-narrow' : work ? 'ln-only-wide' : undefined}>
              <Words of={frame.region.name} plain />
            </small>
          ) : null}
        </a>
        {choosing && !work ? (
          <details class="ln-menu ln-region ln-only-wide">
            <summary>
              <span class="ds-sr-only">{m.ui_region()}: </span>
              {frame.region ? <Words of={frame.region.name} plain /> : m.ui_region()}
            </summary>
            <div>
              <Regions frame={frame} />
            </div>
          </details>
        ) : null}
        {main.length ? (
          <nav class="ln-nav ln-only-wide" aria-label={m.ui_nav_main()}>
            <Links of={main} />
          </nav>
        ) : null}
        <div class="ln-end">
          {aside.length || frame.person || frame.signIn ? (
            <nav class={work ? 'ln-nav' : 'ln-nav ln-only-wide'} aria-label={m.ui_nav_you()}>
              <ul>
                <LinkItems of={aside} terse={work} />
                <You frame={frame} />
              </ul>
            </nav>
          ) : null}
          <details class="ln-menu ln-only-wide">
            <summary>
              <Icon name="globe" />
              <span class="ds-sr-only">{m.ui_language()}: </span>
              {ownNames[frame.locale]}
            </summary>
            <div>
              <Languages frame={frame} />
              <Schemes frame={frame} />
            </div>
          </details>
          <details class="ln-menu ln-only-narrow">
            <summary>
              <Icon name="menu" />
              {work ? <span class="ds-sr-only">{m.ui_menu()}</span> : m.ui_menu()}
            </summary>
            <div>
              <nav class="ln-nav" aria-label={m.ui_menu()}>
                <ul>
                  <LinkItems
                    of={
                      frame.work ? [...frame.work.groups.flatMap((group) => group.links), ...main] : [...main, ...aside]
                    }
                  />
                  {work ? null : <You frame={frame} />}
                </ul>
              </nav>
              {choosing ? <Regions frame={frame} /> : null}
              <Languages frame={frame} />
              <Schemes frame={frame} />
            </div>
          </details>
        </div>
      </div>
    </header>
  )
}

/** The pages of the part of the platform that this page belongs to; folded on a phone. */
export function Parts({ menu }: { menu: readonly Link[] }) {
  const part = menu.find(({ parts }) => parts?.some(({ current }) => current))
  if (!part?.parts) return null
  const here = part.parts.find(({ current }) => current)
  return (
    <div class="ln-parts">
      <nav class="ln-wrap ln-nav ln-only-wide" aria-label={part.label}>
        <Links of={part.parts} />
      </nav>
      <details class="ln-wrap ln-fold ln-only-narrow">
        <summary>
          {part.label}: {here?.label}
        </summary>
        <nav class="ln-nav" aria-label={part.label}>
          <Links of={part.parts} />
        </nav>
      </details>
    </div>
  )
}

function Links({ of }: { of: readonly Link[] }) {
  return (
    <ul>
      <LinkItems of={of} />
    </ul>
  )
}

/** @param terse icons alone on a phone, with their words for those who hear the page */
function LinkItems({ of, terse = false }: { of: readonly Link[]; terse?: boolean }) {
  return (
    <>
      {of.map((link) => (
        <li>
          <a href={link.href} aria-current={link.current ? 'page' : undefined}>
            {link.icon ? <Icon name={link.icon} /> : null}
            {terse && link.icon ? <span class="ln-only-wide-text">{link.label}</span> : link.label}
            {link.count ? <span class="ln-count">{link.count}</span> : null}
          </a>
        </li>
      ))}
    </>
  )
}

/** The way to one's own account, or in. */
function You({ frame }: { frame: Frame }) {
  if (frame.person)
    return (
      <li>
        <a href="/account">
          <span class="ln-initials ln-only-narrow" aria-hidden="true">
            {initials(frame.person.name)}
          </span>
          <span class={frame.work ? 'ln-only-wide-text' : undefined}>{frame.person.name}</span>
        </a>
      </li>
    )
  if (!frame.signIn) return null
  return (
    <li>
      <a href={`/sign-in?back=${encodeURIComponent(frame.address)}`}>{m.ui_sign_in()}</a>
    </li>
  )
}

/** Two letters for a name: the first of the first word and of the last. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const first = [...(words[0] ?? '')][0] ?? ''
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : ''
  return (first + last).toLocaleUpperCase()
}

const choice = (what: string, value: string, frame: Frame) =>
  `/${what}?choose=${value}&back=${encodeURIComponent(frame.address)}`

function Languages({ frame }: { frame: Frame }) {
  return (
    <nav class="ln-nav ln-choices" aria-label={m.ui_language()}>
      <p aria-hidden="true">{m.ui_language()}</p>
      <ul>
        {locales.map((locale) => (
          <li>
            <a
              href={choice('language', locale, frame)}
              lang={locale}
              hreflang={locale}
              rel="nofollow"
              aria-current={locale === frame.locale ? 'true' : undefined}
            >
              {ownNames[locale]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Schemes({ frame }: { frame: Frame }) {
  const names = { auto: m.ui_scheme_auto(), light: m.ui_scheme_light(), dark: m.ui_scheme_dark() }
  return (
    <nav class="ln-nav ln-choices" aria-label={m.ui_scheme()}>
      <p aria-hidden="true">{m.ui_scheme()}</p>
      <ul>
        {(['auto', 'light', 'dark'] as const).map((scheme) => (
          <li>
            <a
              href={choice('theme', scheme, frame)}
              rel="nofollow"
              aria-current={scheme === frame.scheme ? 'true' : undefined}
            >
              {names[scheme]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Regions({ frame }: { frame: Frame }) {
  return (
    <form class="ln-nav ln-choices" action="/region" method="get" aria-label={m.ui_region()}>
      <p aria-hidden="true">{m.ui_region()}</p>
      <input type="hidden" name="back" value={frame.address} />
      <ul>
        {frame.regions.map((region) => (
          <li>
            <button
              type="submit"
              name="choose"
              value={region.id}
              aria-current={region.id === frame.region?.id ? 'true' : undefined}
            >
              <Words of={region.name} plain />
            </button>
          </li>
        ))}
      </ul>
    </form>
  )
}

/** What every page ends with: about, accessibility, privacy, data, and a person to call. */
export function Footer({ helpline }: { helpline: Frame['helpline'] }) {
  return (
    <footer class="ln-footer">
      <div class="ln-wrap">
        <nav aria-label={m.ui_nav_footer()}>
          <ul>
            <li>
              <a href="/about">{m.ui_about()}</a>
            </li>
            <li>
              <a href="/accessibility">{m.ui_accessibility()}</a>
            </li>
            <li>
              <a href="/privacy">{m.ui_privacy()}</a>
            </li>
            <li>
              <a href="/open">{m.ui_open_data()}</a>
            </li>
            <li>
              <a href="/api">{m.ui_api()}</a>
            </li>
          </ul>
        </nav>
        {helpline ? (
          <p>
            <Words of={helpline.label} plain />:{' '}
            <a href={dial(helpline.number)} class="ln-link ln-number">
              {helpline.number}
            </a>
            {helpline.hours ? (
              <>
                {' '}
                · <Words of={helpline.hours} plain />
              </>
            ) : null}
            {helpline.example ? ` (${m.ui_example_number()})` : null}
          </p>
        ) : null}
      </div>
    </footer>
  )
}

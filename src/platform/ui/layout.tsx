import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { m } from '../i18n/speech.ts'
import { asset } from './assets.ts'
import type { Frame } from './frame.ts'
import { Emergency, Footer, Header, Leave, Parts } from './header.tsx'
import { Flash } from './notices.tsx'
import { Bar, Sidebar } from './shell.tsx'

export interface LayoutProps {
  frame: Frame
  /** says what this page is; the browser's tab adds the name of the platform */
  title: string
  description?: string | undefined
  /** further elements of the head: JSON-LD, canonical address, other languages */
  head?: Child
  /** work pages are denser (16 px) than reading pages (18 px) */
  size?: 'sm' | 'md' | undefined
  children?: Child
}

/** A whole page: everything around the content that `children` are. */
export function Layout({ frame, title, description, head, size, children }: LayoutProps) {
  const main = (
    <main id="main" class="ln-wrap" tabindex={-1}>
      {frame.flash ? <Flash {...frame.flash} /> : null}
      {children}
    </main>
  )
  return (
    <>
      {raw('<!doctype html>')}
      <html lang={frame.locale} data-color-scheme={frame.scheme}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content={frame.scheme === 'auto' ? 'light dark' : frame.scheme} />
          <title>{`${title} · Linden`}</title>
          {description ? <meta name="description" content={description} /> : null}
          <link rel="icon" href={asset('leaf.svg')} type="image/svg+xml" />
          <link rel="stylesheet" href={asset('styles.css')} />
          {head}
        </head>
        <body data-size={size ?? (frame.work ? 'sm' : 'md')}>
          <a class="ds-skip-link" href="#main">
            {m.ui_skip_to_content()}
          </a>
          {frame.leave ? <Leave to={frame.leave} /> : null}
          {frame.work ? null : <Emergency numbers={frame.emergencies} />}
          <Header frame={frame} />
          {frame.work ? (
            <>
              <Bar links={frame.work.bar} />
              <div class="ln-shell">
                <Sidebar groups={frame.work.groups} />
                <div>
                  <Parts menu={frame.menu} />
                  {main}
                </div>
              </div>
            </>
          ) : (
            <>
              <Parts menu={frame.menu} />
              {main}
            </>
          )}
          <Footer helpline={frame.helpline} />
        </body>
      </html>
    </>
  )
}

import { everyone } from '../access/permission.ts'
import { m } from '../i18n/speech.ts'
import { speak } from '../i18n/text.ts'
import type { Region } from '../packs/regions.ts'
import { PageHead, Section } from '../ui/page-head.tsx'
import { Words } from '../ui/words.tsx'
import { page } from './answer.ts'
import type { Door } from './door.ts'

const open = { permission: everyone, audit: { none: 'a public page about this site' } } as const

/** What every site must say about itself: what it is, how accessible, what it keeps. */
export function housePages(door: Door): void {
  door.page('/about', open, async ({ regions }) =>
    page(
      m.about_title(),
      <>
        <PageHead title={m.about_title()} lead={m.about_lead()} />
        <div class="ln-stack ln-read" data-gap="6">
          <Paragraphs of={[m.about_tree(), m.about_for_whom(), m.about_examples(), m.about_licence()]} />
          {regions.length > 0 ? <Regions regions={regions} /> : null}
        </div>
      </>,
    ),
  )
  door.page('/accessibility', open, async () =>
    page(
      m.accessibility_title(),
      <>
        <PageHead title={m.accessibility_title()} lead={m.accessibility_lead()} />
        <div class="ln-stack ln-read">
          <Paragraphs
            of={[
              m.accessibility_script(),
              m.accessibility_checked(),
              m.accessibility_not_yet(),
              m.accessibility_tell(),
            ]}
          />
        </div>
      </>,
    ),
  )
  door.page('/privacy', open, async () =>
    page(
      m.privacy_title(),
      <>
        <PageHead title={m.privacy_title()} lead={m.privacy_lead()} />
        <div class="ln-stack ln-read">
          <Paragraphs
            of={[
              m.privacy_search(),
              m.privacy_cookies(),
              m.privacy_requests(),
              m.privacy_account(),
              m.privacy_kept_form(),
              m.privacy_counted(),
            ]}
          />
        </div>
      </>,
    ),
  )
}

function Paragraphs({ of }: { of: readonly string[] }) {
  return (
    <>
      {of.map((text) => (
        <p>{text}</p>
      ))}
    </>
  )
}

function Regions({ regions }: { regions: readonly Region[] }) {
  return (
    <Section id="regions" heading={m.about_regions()}>
      <ul>
        {regions.map((region) => (
          <li>
            <Words of={speak(region.names, region.languages[0] ?? 'en')} plain />
            {region.sources.length > 0 ? (
              <p class="ln-small ln-quiet">
                {m.about_sources()}:{' '}
                <span lang={region.languages[0]}>
                  {region.sources.map((source) => [source.title, source.date].filter(Boolean).join(', ')).join('; ')}
                </span>
              </p>
            ) : null}
          </li>
        ))}
      </ul>
    </Section>
  )
}

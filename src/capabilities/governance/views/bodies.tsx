import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { speak } from '../../../platform/i18n/text.ts'
import { Empty } from '../../../platform/ui/notices.tsx'
import { PageHead } from '../../../platform/ui/page-head.tsx'
import { Status } from '../../../platform/ui/status.tsx'
import { Words } from '../../../platform/ui/words.tsx'
import type { StoredBody } from '../store/read-body.ts'
import { levelWords } from './decision-words.tsx'

/** Who decides in a region. @param region its short name */
export function BodiesPage({ bodies, region }: { bodies: readonly StoredBody[]; region: string | undefined }) {
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead title={m.governance_nav()} lead={m.governance_bodies_lead()} facts={region} />
      {bodies.length === 0 ? <Empty>{m.governance_bodies_none()}</Empty> : null}
      <ul class="ln-plain ln-stack ln-read" data-gap="6">
        {bodies.map(({ profile }) => (
          <li class="ln-stack" data-gap="2">
            <h2 class="ds-heading" data-size="sm">
              <a class="ln-link" href={`/bodies/${profile.slug}`}>
                <Words of={speak(profile.names, currentLocale())} plain />
              </a>
            </h2>
            <p>
              <Words of={speak(profile.purpose, currentLocale())} />
            </p>
            <p class="ln-row ln-small" data-tight>
              <span class="ln-quiet">{`${m.governance_level()}: ${levelWords(profile.level)}`}</span>
              {profile.example ? (
                <Status mark="eye" tag>
                  {m.governance_example()}
                </Status>
              ) : null}
            </p>
          </li>
        ))}
      </ul>
    </div>
  )
}

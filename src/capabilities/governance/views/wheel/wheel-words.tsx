import { formatDay } from '../../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak } from '../../../../platform/i18n/text.ts'
import { Words } from '../../../../platform/ui/words.tsx'
import { means } from '../../rules/relations.ts'
import type { Occurrence } from '../../rules/wheel/occurrences.ts'
import type { StoredBody } from '../../store/read-body.ts'
import type { Certainty, Milestone } from '../../types/wheel.ts'
import { shortName } from '../seat-words.tsx'

const certainties = {
  stated: m.governance_wheel_stated,
  'day-is-example': m.governance_wheel_day_is_example,
  unverified: m.governance_wheel_unverified,
  own: m.governance_wheel_own,
} as const satisfies Record<Certainty, unknown>

export interface OccurrencesProps {
  occurrences: readonly Occurrence<Milestone>[]
  /** all bodies of the pack */
  all: readonly StoredBody[]
  today: string
}

/** What happens in a round, numbered as on the circle, with who is responsible and how sure the day is (GOV-7). */
export function OccurrenceList({ occurrences, all, today }: OccurrencesProps) {
  const next = occurrences.find(({ day }) => day >= today)
  return (
    <ol class="ln-year">
      {occurrences.map((one, at) => (
        <li aria-current={one === next ? 'date' : undefined}>
          <span class="ln-key">{at + 1}</span>
          <div>
            <span class="ln-small">
              <time datetime={one.day}>{formatDay(one.day)}</time>
              {one === next ? <strong>{`, ${m.governance_wheel_next()}`}</strong> : null}
            </span>
            <strong class="ln-block">
              <Words of={speak(one.milestone.names, currentLocale())} plain />
            </strong>
            {one.milestone.about ? (
              <span class="ln-block">
                <Words of={speak(one.milestone.about, currentLocale())} plain />
              </span>
            ) : null}
            <span class="ln-block ln-small ln-quiet">
              <ShortBody of={one.milestone.body} all={all} />
              {`; ${certainties[one.milestone.certainty]()}`}
            </span>
            {one.moved ? <span class="ln-block ln-small">{movedWords(one)}</span> : null}
          </div>
        </li>
      ))}
    </ol>
  )
}

/** From where it was moved, and why. */
export const movedWords = ({ byRule, moved }: Pick<Occurrence<Milestone>, 'byRule' | 'moved'>) =>
  m.governance_wheel_moved({ day: formatDay(byRule), reason: moved?.reason ?? '' })

/** A body by its short name, or a group of bodies, which leads to all of them. */
export function ShortBody({ of: name, all }: { of: string; all: readonly StoredBody[] }) {
  const profile = all.find((body) => means(body.profile, name))?.profile
  if (!profile) return <>{name}</>
  const own = profile.slug === name
  return (
    <a href={own ? `/bodies/${name}` : '/bodies'}>
      {shortName(own ? profile.names : (profile.together?.names ?? profile.names))}
    </a>
  )
}

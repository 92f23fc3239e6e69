import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak } from '../../../../platform/i18n/text.ts'
import { Empty, Note } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { Marks, Words } from '../../../../platform/ui/words.tsx'
import type { Occurrence } from '../../rules/wheel/occurrences.ts'
import { otherRound, type Round, yearsOf } from '../../rules/wheel/round.ts'
import type { StoredBody } from '../../store/read-body.ts'
import type { StoredWheel } from '../../store/wheel/read-wheel.ts'
import type { Milestone } from '../../types/wheel.ts'
import { WheelCircle } from './circle.tsx'
import { OccurrenceList } from './wheel-words.tsx'

export interface TurnedWheel {
  wheel: StoredWheel
  round: Round
  occurrences: readonly Occurrence<Milestone>[]
  /** does somebody look at another round than the one that runs */
  other: boolean
}

export interface WheelPageProps {
  wheels: readonly TurnedWheel[]
  all: readonly StoredBody[]
  today: string
  region: string | undefined
  /** may the reader add and move */
  keeps: (wheel: StoredWheel) => boolean
}

/** The year of a region as a list and as a circle (GOV-7). */
export function WheelPage({ wheels, all, today, region, keeps }: WheelPageProps) {
  return (
    <div class="ln-stack" data-gap="10">
      <PageHead title={m.governance_wheel_title()} lead={m.governance_wheel_lead()} facts={region} />
      {wheels.length === 0 ? <Empty>{m.governance_wheel_none()}</Empty> : null}
      {wheels.map((turned) => (
        <OneWheel turned={turned} all={all} today={today} keeps={keeps(turned.wheel)} />
      ))}
    </div>
  )
}

function OneWheel({
  turned: { wheel, round, occurrences, other },
  all,
  today,
  keeps,
}: {
  turned: TurnedWheel
  all: readonly StoredBody[]
  today: string
  keeps: boolean
}) {
  const { profile } = wheel
  const names = speak(profile.names, currentLocale())
  const about = speak(profile.about, currentLocale())
  return (
    <Section id={profile.slug} heading={<Words of={names} plain />}>
      <p class="ln-read">
        <Words of={about} plain />
      </p>
      <Marks of={[names, about]} />
      {profile.remark ? (
        <div class="ln-read">
          <Note>
            <p>
              <Words of={speak(profile.remark, currentLocale())} plain />
            </p>
          </Note>
        </div>
      ) : null}
      <Rounds slug={profile.slug} round={round} other={other} />
      <div class="ln-grid" data-cols="2">
        <div>
          <h3 class="ds-heading" data-size="xs">
            {m.governance_wheel_list()}
          </h3>
          <OccurrenceList occurrences={occurrences} all={all} today={today} />
        </div>
        <WheelCircle
          id={`wheel-${profile.slug}`}
          title={names.words}
          round={round}
          days={occurrences.map(({ day }) => day)}
          today={today}
        />
      </div>
      <ul class="ln-plain ln-row ln-no-print">
        <li>
          <a class="ln-link" href={`/year-wheel/${profile.slug}/calendar.ics`}>
            {m.governance_wheel_subscribe()}
          </a>
        </li>
        {keeps ? (
          <li>
            <a class="ln-link" href={`/governance/year-wheel/${profile.slug}`}>
              {m.governance_wheel_keep()}
            </a>
          </li>
        ) : null}
      </ul>
      {profile.sources.length > 0 ? (
        <p class="ln-small ln-quiet" translate="no">
          {profile.sources.map(({ title, date }) => (date ? `${title}, ${date}` : title)).join('; ')}
        </p>
      ) : null}
    </Section>
  )
}

/** The rounds before and after, as links. */
function Rounds({ slug, round, other }: { slug: string; round: Round; other: boolean }) {
  const link = (to: Round, words: string) => (
    <a class="ln-link" href={`/year-wheel?year=${to.from.slice(0, 4)}#${slug}`}>
      {words}
    </a>
  )
  const [before, after] = [otherRound(round, -1), otherRound(round, 1)]
  return (
    <nav class="ln-no-print" aria-label={m.governance_wheel_years()}>
      <ul class="ln-plain ln-row">
        <li>{link(before, yearsOf(before))}</li>
        <li>
          <strong aria-current="page">{yearsOf(round)}</strong>
        </li>
        <li>{link(after, yearsOf(after))}</li>
        {other ? (
          <li>
            <a class="ln-link" href={`/year-wheel#${slug}`}>
              {m.governance_wheel_now()}
            </a>
          </li>
        ) : null}
      </ul>
    </nav>
  )
}

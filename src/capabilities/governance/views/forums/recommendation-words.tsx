import { formatDay } from '../../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak, type Text } from '../../../../platform/i18n/text.ts'
import { Status, type StatusMark } from '../../../../platform/ui/status.tsx'
import { Words } from '../../../../platform/ui/words.tsx'
import { daysWaiting } from '../../rules/forums/recommendations.ts'
import type { Addressee, Recommendation } from '../../store/forums/recommendations.ts'
import type { RecommendationAnswer } from '../../types/forums.ts'
import { shortName } from '../seat-words.tsx'

export const answers = {
  followed: { mark: 'done', words: m.governance_recommendation_followed },
  partly: { mark: 'dot', words: m.governance_recommendation_partly },
  not: { mark: 'stop', words: m.governance_recommendation_not },
} as const satisfies Record<RecommendationAnswer, { mark: StatusMark; words: () => string }>

const told = (text: Text) => <Words of={speak(text, currentLocale())} plain />

/** What one body answered and why, or how long the recommendation waits there. */
export function AnswerWords({
  of: one,
  recommendedOn,
  today,
}: {
  of: Addressee
  recommendedOn: string
  today: string
}) {
  const { answer } = one
  return (
    <div class="ln-stack" data-gap="1">
      <span class="ln-block">
        <a href={`/bodies/${one.slug}`}>{shortName(one.names)}</a>
      </span>
      {answer ? (
        <Status mark={answers[answer.is].mark}>{`${answers[answer.is].words()}, ${formatDay(answer.on)}`}</Status>
      ) : (
        <Status mark="wait">{m.governance_recommendation_waiting({ count: daysWaiting(recommendedOn, today) })}</Status>
      )}
      {answer ? <span class="ln-block">{told(answer.why)}</span> : null}
      {answer?.decision ? (
        <a class="ln-link ln-block" href={`/decisions/${answer.decision}`}>
          {m.governance_recommendation_decision()}
        </a>
      ) : null}
      {one.matter ? (
        <a class="ln-link ln-block" href={`/matters/${one.matter}`}>
          {m.governance_recommendation_matter()}
        </a>
      ) : null}
      {one.earlier > 0 ? (
        <span class="ln-block ln-small ln-quiet">{m.governance_recommendation_earlier({ count: one.earlier })}</span>
      ) : null}
    </div>
  )
}

/** From whom it comes, and when. */
export const recommendationFacts = ({ from, recommendedOn }: Pick<Recommendation, 'from' | 'recommendedOn'>) =>
  `${shortName(from.names)}, ${formatDay(recommendedOn)}`

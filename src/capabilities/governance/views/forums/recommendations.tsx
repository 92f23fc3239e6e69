import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak, type Text } from '../../../../platform/i18n/text.ts'
import { Pager } from '../../../../platform/ui/browse.tsx'
import { ButtonLink } from '../../../../platform/ui/buttons.tsx'
import { Empty } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { Words } from '../../../../platform/ui/words.tsx'
import type { Addressee, Recommendation } from '../../store/forums/recommendations.ts'
import { shortName } from '../seat-words.tsx'
import { AnswerWords, recommendationFacts } from './recommendation-words.tsx'

const told = (text: Text) => <Words of={speak(text, currentLocale())} plain />

export interface RecommendationsProps {
  recommendations: readonly Recommendation[]
  today: string
  region: string | undefined
  first: string | undefined
  next: string | undefined
}

/** What bodies recommended, and what became of it (GOV-9). */
export function RecommendationsPage({ recommendations, today, region, first, next }: RecommendationsProps) {
  return (
    <div class="ln-stack" data-gap="10">
      <PageHead
        title={m.governance_recommendations_title()}
        lead={m.governance_recommendations_lead()}
        facts={region}
      />
      <RecommendationList recommendations={recommendations} today={today} />
      <Pager previous={first} next={next} />
    </div>
  )
}

function RecommendationList({
  recommendations,
  today,
  acts,
}: {
  recommendations: readonly Recommendation[]
  today: string
  /** address where an answer is entered; only at the desk */
  acts?: (recommendation: Recommendation, addressee: Addressee) => string | undefined
}) {
  if (recommendations.length === 0) return <Empty>{m.governance_recommendations_none()}</Empty>
  return (
    <ul class="ln-plain ln-stack ln-read" data-gap="10">
      {recommendations.map((one) => (
        <li class="ln-stack" data-gap="3">
          <h2 class="ds-heading" data-size="xs">
            <a href={`/recommendations/${one.id}`}>{told(one.title)}</a>
          </h2>
          <p class="ln-small ln-quiet">{recommendationFacts(one)}</p>
          <ul class="ln-stack" data-gap="3">
            {one.to.map((addressee) => {
              const act = acts?.(one, addressee)
              return (
                <li>
                  <AnswerWords of={addressee} recommendedOn={one.recommendedOn} today={today} />
                  {act ? (
                    <p>
                      <a class="ds-button" data-variant="secondary" href={act}>
                        {m.governance_recommendation_answer_link()}
                        <span class="ds-sr-only">{`: ${shortName(addressee.names)}`}</span>
                      </a>
                    </p>
                  ) : null}
                </li>
              )
            })}
          </ul>
        </li>
      ))}
    </ul>
  )
}

/** One recommendation with its words and all answers. */
export function RecommendationPage({ recommendation, today }: { recommendation: Recommendation; today: string }) {
  const { title, words, from, to, recommendedOn } = recommendation
  return (
    <div class="ln-stack ln-read" data-gap="10">
      <PageHead
        back={{ href: '/recommendations', label: m.governance_recommendations_title() }}
        title={told(title)}
        facts={
          <>
            <a href={`/bodies/${from.slug}`}>{shortName(from.names)}</a>
            {recommendationFacts(recommendation).slice(shortName(from.names).length)}
          </>
        }
      />
      <p>
        <Words of={speak(words, currentLocale())} />
      </p>
      <Section id="answers" heading={m.governance_recommendation_answers()}>
        <ul class="ln-stack" data-gap="6">
          {to.map((one) => (
            <li>
              <AnswerWords of={one} recommendedOn={recommendedOn} today={today} />
            </li>
          ))}
        </ul>
      </Section>
    </div>
  )
}

/** What the bodies of a secretariat recommended and were recommended. */
export function RecommendationsDesk({
  recommendations,
  today,
  serves,
  mayGive,
  first,
  next,
}: Omit<RecommendationsProps, 'region'> & { serves: (organisation: string) => boolean; mayGive: boolean }) {
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead
        back={{ href: '/governance', label: m.governance_back_start() }}
        title={m.governance_recommendations_title()}
        action={
          mayGive ? (
            <ButtonLink href="/governance/recommendations/new" icon="plus">
              {m.governance_recommendation_give()}
            </ButtonLink>
          ) : undefined
        }
      />
      <RecommendationList
        recommendations={recommendations}
        today={today}
        acts={({ id }, { organisation, slug }) =>
          serves(organisation) ? `/governance/recommendations/${id}/${slug}` : undefined
        }
      />
      <Pager previous={first} next={next} />
    </div>
  )
}

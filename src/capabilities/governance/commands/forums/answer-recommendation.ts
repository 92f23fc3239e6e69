import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { invalid, ok } from '../../../../platform/access/outcome.ts'
import { dayIn } from '../../../../platform/i18n/day.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { mayAnswerRecommendation } from '../../permissions/forums.ts'
import { saveRecommendationAnswer, standingDecisions } from '../../store/forums/recommendations.ts'
import { RecommendationAnswer, recommendationKind } from '../../types/forums.ts'
import { Day, decisionKind, Slug } from '../../types.ts'
import { shortText } from '../short-text.ts'
import { addresseeOf } from './addressee.ts'

/** Enters what a body answers to a recommendation, and why (GOV-9). A later answer counts in place of an earlier one, which stays on record. */
export const answerRecommendation = command({
  audit: 'governance.recommendation.answer',
  input: z.object({
    recommendation: z.uuid(),
    body: Slug,
    answer: RecommendationAnswer,
    why: shortText(5000),
    answeredOn: Day,
    /** id of the decision by which the body answers */
    decision: z.uuid().optional(),
  }),
  subject: addresseeOf,
  permission: mayAnswerRecommendation,
  async run(work, input, { recommendation, body }) {
    if (input.answeredOn > dayIn(work.now, body.timeZone))
      return invalid({ path: 'answeredOn', message: m.governance_future() })
    if (input.answeredOn < recommendation.recommendedOn)
      return invalid({ path: 'answeredOn', message: m.governance_recommendation_before() })
    const { decision } = input
    if (decision !== undefined && !(await standingDecisions(work.tx, body.id)).some(({ id }) => id === decision))
      return invalid({ path: 'decision', message: m.governance_recommendation_no_decision() })
    await saveRecommendationAnswer(work.tx, { ...input, decision, body: body.id, by: work.actor?.account ?? '' })
    if (decision !== undefined)
      work.thread.link({ kind: decisionKind, id: decision }, 'answers', {
        kind: recommendationKind,
        id: recommendation.id,
      })
    work.about({
      kind: recommendationKind,
      id: recommendation.id,
      detail: { body: body.profile.slug, answer: input.answer },
    })
    return ok({ id: recommendation.id })
  },
})

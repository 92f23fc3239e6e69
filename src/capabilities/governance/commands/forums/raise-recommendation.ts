import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { late, ok } from '../../../../platform/access/outcome.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { speak } from '../../../../platform/i18n/text.ts'
import { mayAnswerRecommendation } from '../../permissions/forums.ts'
import { recommendationKind } from '../../types/forums.ts'
import { Slug } from '../../types.ts'
import { raiseMatter } from '../matters/raise-matter.ts'
import { addresseeOf } from './addressee.ts'

/** Makes a matter of a recommendation, for a body that got it (GOV-9): recommendation → matter → decision is one line. */
export const raiseRecommendation = command({
  audit: 'governance.recommendation.raise',
  input: z.object({
    recommendation: z.uuid(),
    body: Slug,
    /** of what the body decides on; left out: a theme */
    kind: Slug.optional(),
  }),
  subject: addresseeOf,
  permission: mayAnswerRecommendation,
  async run(work, input, { recommendation, body, addressee }) {
    if (addressee.matter !== undefined) return late(m.governance_recommendation_raised_already())
    const raised = await raiseMatter(work, {
      body: body.profile.slug,
      kind: input.kind,
      title: recommendation.title,
      words: recommendation.words,
      source: 'recommendation',
      thing: { kind: recommendationKind, id: recommendation.id },
      sourceName: speak(recommendation.from.names, work.locale).words.slice(0, 200),
    })
    if (raised.is !== 'ok') return raised
    work.about({ kind: recommendationKind, id: recommendation.id, detail: { body: body.profile.slug } })
    return ok({ recommendation: recommendation.id, matter: raised.value.id })
  },
})

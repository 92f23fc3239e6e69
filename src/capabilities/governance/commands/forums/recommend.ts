import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { invalid, ok } from '../../../../platform/access/outcome.ts'
import { dayIn } from '../../../../platform/i18n/day.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { mayRecommend } from '../../permissions/forums.ts'
import { mayGoTo } from '../../rules/forums/recommendations.ts'
import { saveRecommendation } from '../../store/forums/recommendations.ts'
import { bodyBySlug, listBodies } from '../../store/read-body.ts'
import { bodyKind, recommendationKind } from '../../types/forums.ts'
import { Day, Slug } from '../../types.ts'
import { shortText } from '../short-text.ts'

/** Enters what a body recommends to bodies that may decide on it (GOV-9). From now on everybody sees who has answered, and who has not. */
export const recommend = command({
  audit: 'governance.recommendation.give',
  input: z.object({
    body: Slug,
    recommendedOn: Day,
    title: shortText(300),
    words: shortText(20_000),
    /** slugs of the bodies that get it */
    to: z.array(Slug).min(1).max(40),
  }),
  async subject(tx, input) {
    const body = await bodyBySlug(tx, input.body)
    return body && { body, organisation: body.organisation.id }
  },
  permission: mayRecommend,
  async run(work, input, { body }) {
    if (input.recommendedOn > dayIn(work.now, body.timeZone))
      return invalid({ path: 'recommendedOn', message: m.governance_future() })
    const all = await listBodies(work.tx, body.pack)
    const wanted = new Set(input.to)
    const to = all.filter(({ profile }) => wanted.has(profile.slug))
    if (to.length < wanted.size || !to.every(({ profile }) => mayGoTo(body.profile, profile)))
      return invalid({ path: 'to', message: m.governance_recommendation_not_to() })
    const id = await saveRecommendation(work.tx, {
      ...input,
      body: body.id,
      to: to.map((one) => one.id),
      by: work.actor?.account ?? '',
    })
    work.thread.link({ kind: bodyKind, id: body.id }, 'recommends', { kind: recommendationKind, id })
    work.about({ kind: recommendationKind, id, detail: { body: body.profile.slug, to: [...wanted] } })
    return ok({ id })
  },
})

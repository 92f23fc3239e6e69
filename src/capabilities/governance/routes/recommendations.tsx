import { z } from 'zod'
import { holdsRoleIn } from '../../../platform/access/actor.ts'
import { everyone } from '../../../platform/access/permission.ts'
import { type Answer, page, redirect } from '../../../platform/http/answer.ts'
import { encodeCursor } from '../../../platform/http/cursor.ts'
import type { Door } from '../../../platform/http/door.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { speak } from '../../../platform/i18n/text.ts'
import type { FormState } from '../../../platform/ui/form.tsx'
import { addresseeOf } from '../commands/forums/addressee.ts'
import { answerRecommendation } from '../commands/forums/answer-recommendation.ts'
import { raiseRecommendation } from '../commands/forums/raise-recommendation.ts'
import { recommend } from '../commands/forums/recommend.ts'
import { mayAnswerRecommendation, mayOpenForums } from '../permissions/forums.ts'
import { mayGoTo } from '../rules/forums/recommendations.ts'
import { listRecommendations, recommendationById, standingDecisions } from '../store/forums/recommendations.ts'
import { bodiesOf, listBodies, type StoredBody } from '../store/read-body.ts'
import { recommendationKind } from '../types/forums.ts'
import { Slug } from '../types.ts'
import { AnswerForm, RecommendForm } from '../views/forums/recommendation-forms.tsx'
import { RecommendationPage, RecommendationsDesk, RecommendationsPage } from '../views/forums/recommendations.tsx'
import { cursorOf } from './after.ts'
import { kept } from './meetings-desk.tsx'
import { atTexts, inOneLanguage } from './one-language.ts'

const pageSize = 20
const open = { permission: everyone, audit: { none: 'public recommendations and answers; nobody is named' } } as const
const desk = { permission: mayOpenForums, audit: 'governance.recommendations.open' } as const
const query = z.object({ after: z.string().max(1000).optional() })
const params = z.object({ id: z.uuid(), slug: Slug })

/** Recommendations and their answers: read by everybody, entered by secretariats (GOV-9). */
export function recommendationRoutes(door: Door): void {
  door.page('/recommendations', { ...open, query }, showAll)
  door.page('/recommendations/{id}', { ...open, params: z.object({ id: z.uuid() }) }, showOne)

  door.page('/governance/recommendations', { ...desk, query }, showDesk)
  door.page('/governance/recommendations/new', desk, (visit) => showForm(visit, {}))
  door.form('/governance/recommendations/new', {
    command: recommend,
    input: (fields) => inOneLanguage(fields, 'title', 'words'),
    done: () => redirect('/governance/recommendations', { kind: 'done', text: m.governance_recommendation_given() }),
    again: (typed, outcome, visit) => showForm(visit, { typed, outcome: atTexts(outcome, 'title', 'words', 'to') }),
  })
  door.page('/governance/recommendations/{id}/{slug}', { ...desk, params }, (visit) =>
    showAnswer(visit, visit.params, {}),
  )
  door.form('/governance/recommendations/{id}/{slug}', {
    command: answerRecommendation,
    params,
    input: (fields, visit) => ({
      ...inOneLanguage(fields, 'why'),
      recommendation: visit.params.id,
      body: visit.params.slug,
    }),
    done: () => redirect('/governance/recommendations', { kind: 'done', text: m.governance_recommendation_answered() }),
    again: (typed, outcome, visit) => showAnswer(visit, visit.params, { typed, outcome: atTexts(outcome, 'why') }),
  })
  door.form('/governance/recommendations/{id}/{slug}/raise', {
    command: raiseRecommendation,
    params,
    input: (fields, visit) => ({ ...fields, recommendation: visit.params.id, body: visit.params.slug }),
    done: ({ matter }) => redirect(`/matters/${matter}`, { kind: 'done', text: m.governance_recommendation_raised() }),
    again: (typed, outcome, visit) => showAnswer(visit, visit.params, { typed, outcome }),
  })
}

const today = (visit: Visit, body: { timeZone: string } | undefined) => dayIn(visit.now, body?.timeZone ?? 'UTC')

async function showAll(visit: Visit<unknown, z.output<typeof query>>): Promise<Answer> {
  const after = cursorOf(visit.query.after)
  if (after === 'bad') return { is: 'bad', path: 'after', message: m.form_format() }
  const { region, locale } = visit
  const { recommendations, next } = await visit.read((tx) =>
    listRecommendations(tx, { pack: region?.id }, { after, limit: pageSize }),
  )
  return page(
    m.governance_recommendations_title(),
    <RecommendationsPage
      recommendations={recommendations}
      today={today(visit, recommendations[0])}
      region={region && speak(region.names, locale, region.languages).words}
      first={after ? '/recommendations' : undefined}
      next={next ? `/recommendations?after=${encodeCursor(next)}` : undefined}
    />,
  )
}

async function showOne(visit: Visit<{ id: string }>): Promise<Answer> {
  const found = await visit.read((tx) => recommendationById(tx, visit.params.id))
  if (!found) return { is: 'notFound' }
  return page(
    speak(found.title, visit.locale).words,
    <RecommendationPage recommendation={found} today={today(visit, found)} />,
    {
      region: found.pack,
    },
  )
}

const advising = (bodies: readonly StoredBody[], all: readonly StoredBody[]) =>
  bodies.filter((from) => all.some((to) => to.pack === from.pack && mayGoTo(from.profile, to.profile)))

async function showDesk(visit: Visit<unknown, z.output<typeof query>>): Promise<Answer> {
  const after = cursorOf(visit.query.after)
  if (after === 'bad') return { is: 'bad', path: 'after', message: m.form_format() }
  const organisations = kept(visit.actor)
  const { own, all, recommendations, next } = await visit.read(async (tx) => ({
    own: await bodiesOf(tx, organisations),
    all: await listBodies(tx, undefined),
    ...(await listRecommendations(tx, { organisations }, { after, limit: pageSize })),
  }))
  return page(
    m.governance_recommendations_title(),
    <RecommendationsDesk
      recommendations={recommendations}
      today={today(visit, own[0])}
      serves={(organisation) => holdsRoleIn(visit.actor, 'secretariat', organisation)}
      mayGive={advising(own, all).length > 0}
      first={after ? '/governance/recommendations' : undefined}
      next={next ? `/governance/recommendations?after=${encodeCursor(next)}` : undefined}
    />,
    { size: 'sm' },
  )
}

async function showForm(visit: Visit, state: FormState): Promise<Answer> {
  const { own, all } = await visit.read(async (tx) => ({
    own: await bodiesOf(tx, kept(visit.actor)),
    all: await listBodies(tx, undefined),
  }))
  const from = advising(own, all)
  const to = all.filter((body) => from.some((one) => one.pack === body.pack && mayGoTo(one.profile, body.profile)))
  return page(
    m.governance_recommendation_give(),
    <RecommendForm
      from={from}
      to={to}
      today={today(visit, own[0])}
      state={state}
      idempotencyKey={crypto.randomUUID()}
    />,
    { size: 'sm' },
  )
}

function showAnswer(visit: Visit, { id, slug }: { id: string; slug: string }, state: FormState): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    visit.about({ kind: recommendationKind, id })
    const found = await addresseeOf(tx, { recommendation: id, body: slug })
    if (!found) return { is: 'notFound' }
    if (!mayAnswerRecommendation.may(visit.actor, found)) return { is: 'forbidden' }
    return page(
      m.governance_recommendations_title(),
      <AnswerForm
        recommendation={found.recommendation}
        addressee={found.addressee}
        body={found.body}
        decisions={await standingDecisions(tx, found.body.id)}
        today={today(visit, found.body)}
        state={state}
        idempotencyKey={crypto.randomUUID()}
      />,
      { size: 'sm' },
    )
  })
}

import { z } from 'zod'
import { everyone } from '../../../platform/access/permission.ts'
import { type Answer, page, redirect } from '../../../platform/http/answer.ts'
import { encodeCursor } from '../../../platform/http/cursor.ts'
import type { Door } from '../../../platform/http/door.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { speak } from '../../../platform/i18n/text.ts'
import { bodyBySlug, listBodies } from '../store/read-body.ts'
import { decisionById, publicDecisions } from '../store/read-decisions.ts'
import { seatsOn } from '../store/read-seats.ts'
import { Slug } from '../types.ts'
import { BodiesPage } from '../views/bodies.tsx'
import { BodyPage } from '../views/body-page.tsx'
import { DecisionPage } from '../views/decision-page.tsx'
import { cursorOf } from './after.ts'

const open = { permission: everyone, audit: { none: 'public bodies and public decisions alone' } } as const
const pageSize = 20

const Choice = z.object({ q: z.string().trim().max(200).optional(), after: z.string().max(1000).optional() })

/** What everybody may read: who decides, and what was decided in public. */
export function publicRoutes(door: Door): void {
  door.page('/bodies', open, async ({ read, region, locale, now }) => {
    const { bodies, seats } = await read(async (tx) => {
      const all = await listBodies(tx, region?.id)
      return { bodies: all, seats: await seatsOn(tx, all, dayIn(now, all[0]?.timeZone ?? 'UTC')) }
    })
    const name = region && speak(region.names, locale, region.languages).words
    return page(m.governance_nav(), <BodiesPage bodies={bodies} seats={seats} region={name} />)
  })
  door.page('/bodies/{slug}', { ...open, params: z.object({ slug: Slug }), query: Choice }, showBody)
  door.page('/decisions/{id}', { ...open, params: z.object({ id: z.uuid() }) }, showDecision)
}

async function showBody({
  params,
  query,
  read,
  locale,
  now,
}: Visit<{ slug: string }, z.output<typeof Choice>>): Promise<Answer> {
  const after = cursorOf(query.after)
  if (after === 'bad') return { is: 'bad', path: 'after', message: m.form_format() }
  const found = await read(async (tx) => {
    const body = await bodyBySlug(tx, params.slug)
    if (!body) return undefined
    const day = dayIn(now, body.timeZone)
    const [decided, all, seats] = await Promise.all([
      publicDecisions(tx, { body: body.id, words: query.q }, { after, limit: pageSize }),
      listBodies(tx, body.pack),
      seatsOn(tx, [body], day),
    ])
    return { ...decided, body, all, day, seats: seats.get(body.id) ?? [] }
  })
  if (!found) return { is: 'notFound' }
  const { body, all, seats, day, decisions, next } = found
  const address = (more: Record<string, string>) => {
    const asked = new URLSearchParams({ ...(query.q ? { q: query.q } : {}), ...more }).toString()
    return `/bodies/${params.slug}${asked ? `?${asked}` : ''}`
  }
  return page(
    speak(body.profile.names, locale).words,
    <BodyPage
      body={body}
      all={all}
      seats={seats}
      day={day}
      decisions={decisions}
      words={query.q}
      first={after ? address({}) : undefined}
      next={next ? address({ after: encodeCursor(next) }) : undefined}
    />,
    { region: body.pack },
  )
}

/** A decision about a person does not exist here (GOV-13). Whoever holds a grant is led to where reading it is recorded. */
async function showDecision({ params, read, locale }: Visit<{ id: string }>): Promise<Answer> {
  const decision = await read((tx) => decisionById(tx, params.id))
  if (!decision) return { is: 'notFound' }
  if (decision.aboutPerson) return redirect(`/governance/decisions/${decision.id}`)
  const { body } = decision
  return page(
    speak(decision.title, locale).words,
    <DecisionPage
      decision={decision}
      root="/decisions"
      back={{ href: `/bodies/${body.slug}`, label: speak(body.names, locale).words }}
    />,
    { region: body.pack },
  )
}

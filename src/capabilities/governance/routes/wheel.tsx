import { z } from 'zod'
import { everyone } from '../../../platform/access/permission.ts'
import { dayAfter } from '../../../platform/calendar/working-days.ts'
import { calendarType, writeCalendar } from '../../../platform/feeds/calendar.ts'
import { type Answer, page, redirect } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import { type Fields, field } from '../../../platform/http/form-fields.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { speak } from '../../../platform/i18n/text.ts'
import type { FormState } from '../../../platform/ui/form.tsx'
import { addMilestone } from '../commands/wheel/add-milestone.ts'
import { moveMilestone } from '../commands/wheel/move-milestone.ts'
import { withdrawMilestone } from '../commands/wheel/withdraw-milestone.ts'
import { mayKeepWheel, mayOpenWheelDesk } from '../permissions/wheel.ts'
import { means } from '../rules/relations.ts'
import { type Occurrence, occurrencesIn } from '../rules/wheel/occurrences.ts'
import { type Round, roundOn } from '../rules/wheel/round.ts'
import { listBodies } from '../store/read-body.ts'
import { listWheels, type StoredWheel, wheelBySlug } from '../store/wheel/read-wheel.ts'
import type { Milestone } from '../types/wheel.ts'
import { Day, Slug } from '../types.ts'
import { MoveForm, WheelDesk } from '../views/wheel/wheel-desk.tsx'
import { WheelPage } from '../views/wheel/wheel-page.tsx'
import { movedWords } from '../views/wheel/wheel-words.tsx'
import { atTexts, inOneLanguage } from './one-language.ts'

const open = { permission: everyone, audit: { none: 'milestones of public life; nobody is named' } } as const
/** years of which public holidays are known, with room for what hangs on each other */
const Year = z.coerce.number().int().min(2010).max(2040)
const params = z.object({ slug: Slug })
const Chosen = z.object({ milestone: Slug, byRule: Day })

/** The year wheel: a page and a calendar for everybody, a desk for its secretariat (GOV-7). */
export function wheelRoutes(door: Door): void {
  door.page('/year-wheel', { ...open, query: z.object({ year: Year.optional() }) }, showWheels)
  door.page('/year-wheel/{slug}/calendar.ics', { ...open, params }, showCalendar)

  const desk = { permission: mayOpenWheelDesk, audit: 'governance.wheel.open', params } as const
  door.page('/governance/year-wheel/{slug}', desk, (visit) => showDesk(visit, visit.params.slug, {}))
  door.form('/governance/year-wheel/{slug}', {
    command: addMilestone,
    params,
    input: (fields, visit) => ({ ...inOneLanguage(fields, 'names', 'about'), wheel: visit.params.slug }),
    done: ({ wheel }) =>
      redirect(`/governance/year-wheel/${wheel}`, { kind: 'done', text: m.governance_wheel_added() }),
    again: (typed, outcome, visit) =>
      showDesk(visit, visit.params.slug, { typed, outcome: atTexts(outcome, 'names', 'about') }),
  })
  door.page('/governance/year-wheel/{slug}/move', { ...desk, query: Chosen }, (visit) =>
    showMove(visit, visit.params.slug, visit.query, {}),
  )
  door.form('/governance/year-wheel/{slug}/move', {
    command: moveMilestone,
    params,
    input: (fields, visit) => ({ ...fields, wheel: visit.params.slug }),
    done: ({ wheel }) =>
      redirect(`/governance/year-wheel/${wheel}`, { kind: 'done', text: m.governance_wheel_moved_flash() }),
    again: (typed, outcome, visit) => showMove(visit, visit.params.slug, chosenIn(typed), { typed, outcome }),
  })
  door.form('/governance/milestones/{id}/withdraw', {
    command: withdrawMilestone,
    params: z.object({ id: z.uuid() }),
    input: (_, visit) => ({ id: visit.params.id }),
    done: ({ wheel }) =>
      redirect(`/governance/year-wheel/${wheel}`, { kind: 'done', text: m.governance_wheel_withdrawn() }),
    again: async () => redirect('/year-wheel', { kind: 'warning', text: m.governance_wheel_gone() }),
  })
}

const chosenIn = (typed: Fields) =>
  Chosen.safeParse({ milestone: field(typed, 'milestone'), byRule: field(typed, 'byRule') }).data

export const occurrencesOf = (
  wheel: StoredWheel,
  { from, until }: Pick<Round, 'from' | 'until'>,
): Occurrence<Milestone>[] => occurrencesIn(wheel.milestones, wheel.calendar, { from, until }, wheel.moves)

const keeps = (visit: Visit, { organisation }: StoredWheel) => mayKeepWheel.may(visit.actor, { organisation })

async function showWheels(visit: Visit<unknown, { year?: number | undefined }>): Promise<Answer> {
  const { region, query, now, locale } = visit
  const { wheels, all } = await visit.read(async (tx) => {
    const [found, bodies] = await Promise.all([listWheels(tx, region?.id), listBodies(tx, region?.id)])
    return { wheels: found, all: bodies }
  })
  const today = dayIn(now, wheels[0]?.timeZone ?? 'UTC')
  const turned = wheels.map((wheel) => {
    const running = roundOn(wheel.profile, today)
    const round = query.year === undefined ? running : roundOn(wheel.profile, `${query.year}-12-31`)
    return { wheel, round, occurrences: occurrencesOf(wheel, round), other: round.from !== running.from }
  })
  return page(
    m.governance_wheel_title(),
    <WheelPage
      wheels={turned}
      all={all}
      today={today}
      region={region && speak(region.names, locale, region.languages).words}
      keeps={(wheel) => keeps(visit, wheel)}
    />,
  )
}

/** From a year ago to three years ahead: calendars of others look no further. */
async function showCalendar(visit: Visit<{ slug: string }>): Promise<Answer> {
  const { params: asked, now, origin, locale } = visit
  const found = await visit.read(async (tx) => {
    const wheel = await wheelBySlug(tx, asked.slug)
    return wheel && { wheel, all: await listBodies(tx, wheel.pack) }
  })
  if (!found) return { is: 'notFound' }
  const { wheel, all } = found
  const today = dayIn(now, wheel.timeZone)
  const span = { from: dayAfter(today, -366), until: dayAfter(today, 3 * 366) }
  const bodyOf = (slug: string) => {
    const profile = all.find((body) => means(body.profile, slug))?.profile
    return (
      profile && speak(profile.slug === slug ? profile.names : (profile.together?.names ?? profile.names), locale).words
    )
  }
  const body = writeCalendar({
    title: speak(wheel.profile.names, locale).words,
    text: speak(wheel.profile.about, locale).words,
    page: `${origin}/year-wheel?region=${wheel.pack}`,
    locale,
    timeZone: wheel.timeZone,
    entries: occurrencesOf(wheel, span).map((one) => ({
      id: `${wheel.profile.slug}-${one.milestone.slug}-${one.byRule}`,
      title: speak(one.milestone.names, locale).words,
      text: [
        one.milestone.about && speak(one.milestone.about, locale).words,
        bodyOf(one.milestone.body),
        one.moved && movedWords(one),
      ]
        .filter(Boolean)
        .join('\n'),
      page: `${origin}/year-wheel?region=${wheel.pack}&year=${one.day.slice(0, 4)}`,
      day: one.day,
      changedAt: wheel.changedAt ?? new Date(`${wheel.profile.begins}T00:00:00Z`),
      sequence: one.moved ? 1 : 0,
    })),
  })
  return { is: 'file', type: calendarType, body, headers: { 'cache-control': 'public, max-age=3600' } }
}

function showDesk(visit: Visit, slug: string, state: FormState): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    const wheel = await wheelBySlug(tx, slug)
    if (!wheel) return { is: 'notFound' }
    if (!keeps(visit, wheel)) return { is: 'forbidden' }
    const today = dayIn(visit.now, wheel.timeZone)
    const round = roundOn(wheel.profile, today)
    return page(
      m.governance_wheel_title(),
      <WheelDesk
        wheel={wheel}
        round={round}
        occurrences={occurrencesOf(wheel, round)}
        all={await listBodies(tx, wheel.pack)}
        today={today}
        state={state}
        idempotencyKey={crypto.randomUUID()}
      />,
      { size: 'sm' },
    )
  })
}

function showMove(
  visit: Visit,
  slug: string,
  chosen: z.output<typeof Chosen> | undefined,
  state: FormState,
): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    const wheel = await wheelBySlug(tx, slug)
    if (!wheel) return { is: 'notFound' }
    if (!keeps(visit, wheel)) return { is: 'forbidden' }
    const milestone = wheel.milestones.find((one) => one.slug === chosen?.milestone)
    // moved or not, it lies within two years of the day of its rule
    const occurrence =
      chosen &&
      occurrencesOf(wheel, { from: dayAfter(chosen.byRule, -1100), until: dayAfter(chosen.byRule, 1100) }).find(
        (one) => one.milestone.slug === chosen.milestone && one.byRule === chosen.byRule,
      )
    if (!milestone || !occurrence) return { is: 'notFound' }
    return page(
      m.governance_wheel_move(),
      <MoveForm
        wheel={wheel}
        milestone={milestone}
        occurrence={occurrence}
        state={state}
        idempotencyKey={crypto.randomUUID()}
      />,
      { size: 'sm' },
    )
  })
}

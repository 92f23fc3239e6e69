import { z } from 'zod'
import type { Actor } from '../../../platform/access/actor.ts'
import type { Place } from '../../../platform/calendar/deadline.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { type Answer, page, redirect } from '../../../platform/http/answer.ts'
import { decodeCursor, encodeCursor } from '../../../platform/http/cursor.ts'
import type { Door } from '../../../platform/http/door.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { m } from '../../../platform/i18n/speech.ts'
import type { Link } from '../../../platform/ui/frame.ts'
import { activeServices, servicesByIds } from '../../directory/contract.ts'
import { acknowledgeAlert } from '../commands/acknowledge-alert.ts'
import { officesOf } from '../offices.ts'
import { mayWork } from '../permissions.ts'
import { DeskTab, nextToDo } from '../rules/desk.ts'
import { openAlerts } from '../store/alerts.ts'
import {
  colleaguesHere,
  type DeskAfter,
  type DeskLine,
  deskCounts,
  deskLines,
  findRequests,
  linesByIds,
  toDo,
} from '../store/desk.ts'
import { courseOf } from '../store/procedure.ts'
import { Desk, deskAddress } from '../views/desk.tsx'

export const pageSize = 25
/** Headings that are things to do; what is decided is not counted. */
const counted = ['new', 'due', 'waiting', 'overdue', 'mine'] as const

export const DeskQuery = z.object({
  tab: DeskTab.default('new'),
  q: z.string().trim().max(200).optional(),
  service: z.uuid().optional(),
  worker: z.uuid().optional(),
  after: z.string().max(400).optional(),
})

/** A moment as the database writes it. */
const Moment = z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/)
const After = z.tuple([z.number().int().min(0).max(9), Moment.nullable(), z.uuid()])

/** Where a page of the desk begins; `bad` where the text was not made by it. */
export function deskAfter(text: string | undefined): DeskAfter | undefined | 'bad' {
  if (text === undefined) return undefined
  const read = After.safeParse(decodeCursor(text, 3))
  return read.success ? read.data : 'bad'
}

/** Where the clocks of these requests run. */
export async function placesOf(tx: Tx, packs: readonly string[]): Promise<ReadonlyMap<string, Place>> {
  const places = new Map<string, Place>()
  for (const pack of new Set(packs)) {
    const course = await courseOf(tx, pack)
    if (course) places.set(pack, course.place)
  }
  return places
}

/** The desk of those who answer: what is new, due, waiting, late; and the one thing to do next. */
export function deskRoutes(door: Door): void {
  door.page('/requests', { permission: mayWork, audit: 'intake.desk.open', query: DeskQuery }, showDesk)

  // before `/requests/{id}`: the first route that fits answers
  door.page(
    '/requests/next',
    {
      permission: mayWork,
      audit: { none: 'leads to a request, whose reading is recorded' },
      query: z.object({ after: z.uuid().optional() }),
    },
    async (visit) => {
      const next = await visit.read(async (tx) => {
        const alarms = (await openAlerts(tx)).map(({ request }) => request)
        const list = await toDo(tx, { offices: officesOf(visit.actor), account: accountOf(visit.actor) }, alarms)
        return nextToDo(list, visit.query.after)
      })
      return next
        ? redirect(`/requests/${next.id}`)
        : redirect('/requests', { kind: 'done', text: m.intake_desk_nothing_next() })
    },
  )

  door.form('/requests/{id}/alert', {
    command: acknowledgeAlert,
    params: z.object({ id: z.uuid() }),
    input: (_fields, visit) => ({ request: visit.params.id }),
    done: ({ id }) => redirect(`/requests/${id}`, { kind: 'done', text: m.intake_desk_have_it_flash() }),
    again: async (_typed, outcome, visit) =>
      redirect(`/requests/${visit.params.id}`, {
        kind: 'warning',
        text: outcome.is === 'late' ? outcome.message : m.problem_invalid(),
      }),
  })
}

const accountOf = (actor: Actor | null): string => actor?.account ?? '00000000-0000-0000-0000-000000000000'

async function showDesk(visit: Visit<unknown, z.output<typeof DeskQuery>>): Promise<Answer> {
  const { after: text, ...query } = visit.query
  const after = deskAfter(text)
  if (after === 'bad') return { is: 'bad', path: 'after', message: m.form_format() }
  const offices = officesOf(visit.actor)
  const choice = { offices, account: accountOf(visit.actor), service: query.service, worker: query.worker }
  const found = await visit.read(async (tx) => {
    const alerts = await openAlerts(tx)
    const called = await linesByIds(
      tx,
      alerts.map(({ request }) => request),
    )
    const counts = await deskCounts(tx, choice, counted)
    const shown: { lines: DeskLine[]; next: DeskAfter | undefined } = query.q
      ? { lines: await findRequests(tx, offices, query.q, pageSize), next: undefined }
      : await deskLines(tx, { ...choice, tab: query.tab }, { after, limit: pageSize })
    const all = [...called, ...shown.lines]
    return {
      alarms: alerts.map((alert) => ({ alert, line: called.find(({ id }) => id === alert.request) })),
      counts,
      ...shown,
      services: await servicesByIds(
        tx,
        all.flatMap(({ service }) => service ?? []),
      ),
      offered: await activeServices(tx, {
        pack: all[0]?.pack ?? visit.region?.id ?? '',
        words: undefined,
        locale: visit.locale,
        limit: 100,
      }),
      colleagues: await colleaguesHere(tx),
      places: await placesOf(
        tx,
        all.map(({ pack }) => pack),
      ),
    }
  })
  const next = found.next && deskAddress(query, { after: encodeCursor(found.next) })
  return page(m.intake_desk_title(), <Desk {...found} query={query} now={visit.now} next={next} />, { size: 'sm' })
}

/** What the menu of somebody who answers requests holds; undefined for all others. */
export function deskMenu(actor: Actor | null): { heading: string; links: Link[] } | undefined {
  if (!mayWork.may(actor, {})) return undefined
  return {
    heading: m.intake_desk_nav_heading(),
    links: [
      { href: '/requests', label: m.intake_desk_title(), icon: 'inbox' },
      { href: '/people', label: m.intake_people_title(), icon: 'people' },
      { href: '/waiting', label: m.intake_waiting_nav(), icon: 'calendar' },
      { href: '/duty', label: m.intake_duty_title(), icon: 'phone' },
    ],
  }
}

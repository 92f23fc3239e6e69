import { z } from 'zod'
import { everyone } from '../../../../platform/access/permission.ts'
import type { Tx } from '../../../../platform/db/database.ts'
import type { Door } from '../../../../platform/http/door.ts'
import { problem } from '../../../../platform/http/problem.ts'
import type { Visit } from '../../../../platform/http/visit.ts'
import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak } from '../../../../platform/i18n/text.ts'
import {
  agendaItems,
  files,
  type MeetingRow,
  meetings,
  memberships,
  organizationId,
  organizations,
  papers,
  type Slice,
  terms,
} from '../../store/oparl/read-oparl.ts'
import { Oparl, type OparlObject, root } from './objects.ts'

const guard = { permission: everyone, audit: { none: 'public bodies, meetings and matters alone' } } as const
const cors = { 'access-control-allow-origin': '*' }
const pageSize = 100
const most = 1000

const Moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text))
const Asked = z.object({
  created_since: Moment.optional(),
  created_until: Moment.optional(),
  modified_since: Moment.optional(),
  modified_until: Moment.optional(),
  limit: z.coerce.number().int().min(1).max(pageSize).default(pageSize),
  after: z.guid().optional(),
})

/** A sort of things: how they are listed, and where the next page begins. */
type Reader = (tx: Tx, oparl: Oparl, slice: Slice) => Promise<{ id: string; object: OparlObject }[]>

const readers: Readonly<Record<string, Reader>> = {
  organizations: async (tx, oparl, slice) => {
    const rows = await organizations(tx, slice)
    const members = await memberships(tx, { pack: slice.pack, limit: most })
    return rows.map((row) => {
      const own = members.filter(({ profile }) => profile.slug === row.profile.slug).map(({ id }) => id)
      return { id: row.id, object: oparl.organization(row, own) }
    })
  },
  persons: async (tx, oparl, slice) =>
    (await memberships(tx, slice)).map((row) => ({ id: row.id, object: oparl.person(row) })),
  memberships: async (tx, oparl, slice) =>
    (await memberships(tx, slice)).map((row) => ({ id: row.id, object: oparl.membership(row) })),
  meetings: async (tx, oparl, slice) => {
    const rows = await meetings(tx, slice)
    return withAgendas(tx, oparl, rows)
  },
  agendaItems: async (tx, oparl, slice) =>
    (await agendaItems(tx, slice)).map((row) => ({ id: row.id, object: oparl.agendaItem(row) })),
  consultations: async (tx, oparl, slice) =>
    (await agendaItems(tx, slice, undefined, true)).map((row) => ({ id: row.id, object: oparl.consultation(row) })),
  papers: async (tx, oparl, slice) =>
    (await papers(tx, slice)).map((row) => ({ id: row.id, object: oparl.paper(row) })),
  files: async (tx, oparl, slice) => (await files(tx, slice)).map((row) => ({ id: row.id, object: oparl.file(row) })),
  locations: async (tx, oparl, slice) =>
    (await meetings(tx, slice, undefined, true)).map((row) => ({ id: row.id, object: oparl.location(row) })),
  legislativeTerms: async (tx, oparl, slice) =>
    (await terms(tx, slice)).map((row) => ({ id: row.id, object: oparl.legislativeTerm(row) })),
}

async function withAgendas(tx: Tx, oparl: Oparl, rows: readonly MeetingRow[]) {
  const made = []
  for (const row of rows) {
    const [items, papersOf] = row.agenda_published_at
      ? await Promise.all([agendaItems(tx, { limit: most }, row.id), files(tx, { limit: most }, row.id)])
      : [[], []]
    const ordered = items.toSorted((one, other) => one.place - other.place)
    made.push({ id: row.id, object: oparl.meeting(row, ordered, papersOf) })
  }
  return made
}

/** OParl 1.1 under /open/oparl (GOV-3): public bodies, their meetings and matters, for programs of others. */
export function oparlRoutes(door: Door): void {
  door.raw('get', root, guard, async (visit) => json(new Oparl(visit.origin).system('Linden')))
  door.raw('get', `${root}/bodies`, guard, async (visit) => {
    const oparl = new Oparl(visit.origin)
    return json(listOf(await bodiesOf(visit, oparl), oparl.url('/bodies'), undefined))
  })
  door.raw('get', `${root}/bodies/{pack}`, guard, async (visit) => {
    const { pack } = visit.params as { pack: string }
    const oparl = new Oparl(visit.origin)
    const found = (await bodiesOf(visit, oparl)).find(({ id }) => id === oparl.url(`/bodies/${pack}`))
    return found ? json(found) : missing()
  })
  door.raw('get', `${root}/bodies/{pack}/{list}`, guard, (visit) => {
    const { pack, list } = visit.params as { pack: string; list: string }
    if (!Object.hasOwn(readers, list) || !visit.regions.some(({ id }) => id === pack)) return Promise.resolve(missing())
    return listed(visit, readers[list], { pack }, `/bodies/${pack}/${list}`)
  })
  door.raw('get', `${root}/organizations/{slug}`, guard, (visit) => {
    const { slug } = visit.params as { slug: string }
    return one(visit, 'organizations', (tx) => organizationId(tx, slug))
  })
  door.raw('get', `${root}/organizations/{slug}/meetings`, guard, async (visit) => {
    const { slug } = visit.params as { slug: string }
    const ofBody: Reader = async (tx, oparl, slice) => withAgendas(tx, oparl, await meetings(tx, slice, slug))
    return listed(visit, ofBody, {}, `/organizations/${slug}/meetings`)
  })
  door.raw('get', `${root}/{list}/{id}`, guard, (visit) => {
    const { list, id } = visit.params as { list: string; id: string }
    if (list === 'files') return oneFile(visit, id)
    return Object.hasOwn(readers, list) ? one(visit, list, async () => id) : Promise.resolve(missing())
  })
}

async function bodiesOf({ regions, read }: Visit, oparl: Oparl): Promise<OparlObject[]> {
  const all = await read((tx) => terms(tx, { limit: most }))
  return regions
    .filter(({ holds }) => holds?.includes('governance.bodies'))
    .map(({ id, names, languages }) =>
      oparl.body(
        id,
        speak(names, currentLocale(), languages).words,
        all.filter(({ pack }) => pack === id).toSorted((one, other) => one.starts.localeCompare(other.starts)),
      ),
    )
}

async function listed(
  visit: Visit,
  reader: Reader | undefined,
  slice: Partial<Slice>,
  path: string,
): Promise<Response> {
  const address = new URL(visit.request.url)
  const asked = Asked.safeParse(Object.fromEntries(address.searchParams))
  if (!asked.success)
    return problem(
      400,
      m.problem_bad_request(),
      { errors: asked.error.issues.map(({ path: at }) => ({ path: at.join('.'), message: m.form_format() })) },
      cors,
    )
  const { limit, after, ...given } = asked.data
  const oparl = new Oparl(visit.origin)
  const rows =
    (await visit.read(async (tx) =>
      reader?.(tx, oparl, {
        ...slice,
        createdSince: given.created_since,
        createdUntil: given.created_until,
        modifiedSince: given.modified_since,
        modifiedUntil: given.modified_until,
        after,
        limit: limit + 1,
      }),
    )) ?? []
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1)?.id : undefined
  const kept = new URLSearchParams(address.searchParams)
  kept.delete('after')
  const first = `${oparl.url(path)}${kept.size > 0 ? `?${kept}` : ''}`
  if (last !== undefined) kept.set('after', last)
  const objects = shown.map(({ object }) => object)
  return json(listOf(objects, first, last === undefined ? undefined : `${oparl.url(path)}?${kept}`))
}

/** A list as OParl has it: the things, and where its pages are. */
const listOf = (data: readonly OparlObject[], first: string, next: string | undefined) => ({
  data,
  pagination: { elementsPerPage: pageSize },
  links: { first, ...(next ? { next } : {}) },
})

async function one(visit: Visit, list: string, idOf: (tx: Tx) => Promise<string | undefined>): Promise<Response> {
  const oparl = new Oparl(visit.origin)
  const found = await visit.read(async (tx) => {
    const id = z.guid().safeParse(await idOf(tx))
    return id.success ? readers[list]?.(tx, oparl, { id: id.data, limit: 1 }) : undefined
  })
  const object = found?.[0]?.object
  return object ? json(object) : missing()
}

/** A paper, or the agenda or minutes of a meeting as a file. */
async function oneFile(visit: Visit, id: string): Promise<Response> {
  const made = /^(agenda|minutes)-(.+)$/.exec(id)
  if (!made) return one(visit, 'files', async () => id)
  const [, what, meeting] = made
  const named = z.uuid().safeParse(meeting)
  if (!named.success) return missing()
  const [row] = await visit.read((tx) => meetings(tx, { id: named.data, limit: 1 }))
  const oparl = new Oparl(visit.origin)
  if (what === 'agenda' && row?.agenda_published_at) return json(oparl.agendaFile(row, row.agenda_published_at))
  if (what === 'minutes' && row?.approved_at) return json(oparl.minutesFile(row, row.approved_at))
  return missing()
}

const missing = () => problem(404, m.problem_not_found(), {}, cors)

function json(body: object): Response {
  return new Response(JSON.stringify(body), {
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'public, max-age=30', ...cors },
  })
}

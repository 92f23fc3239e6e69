import { z } from 'zod'
import { everyone } from '../../../platform/access/permission.ts'
import { type Answer, page, redirect } from '../../../platform/http/answer.ts'
import { encodeCursor } from '../../../platform/http/cursor.ts'
import type { Door } from '../../../platform/http/door.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { Locale, speak } from '../../../platform/i18n/text.ts'
import type { FormState } from '../../../platform/ui/form.tsx'
import { moveMatter } from '../commands/matters/move-matter.ts'
import { enterNewMatter } from '../commands/matters/raise-matter.ts'
import { mayBringIdeas, mayMoveMatter } from '../permissions/matters.ts'
import { mayOpenMeetings } from '../permissions/meetings.ts'
import { describeMeeting } from '../store/matters/describe-matter.ts'
import { listMatters, matterById, pathOf } from '../store/matters/read-matters.ts'
import { bodiesOf, bodyBySlug, listBodies } from '../store/read-body.ts'
import { MatterState, matterKind } from '../types/matters.ts'
import { meetingKind } from '../types/meetings.ts'
import { Slug } from '../types.ts'
import { MatterForm, MatterMoves, MattersDesk } from '../views/meetings/matters-desk.tsx'
import { MatterPage, MattersPage } from '../views/meetings/matters-page.tsx'
import { momentCursor } from './after-moment.ts'
import { kept, newKey } from './meetings-desk.tsx'

const open = { permission: everyone, audit: { none: 'published matters alone' } } as const
const params = z.object({ id: z.uuid() })
const pageSize = 20
const root = '/governance/matters'
const none = z.literal('').transform(() => undefined)
const Asked = z.object({
  body: Slug.optional().or(none),
  state: MatterState.optional().or(none),
  after: z.string().max(1000).optional(),
})

/** Matters on their way: for everybody to read, and for secretariats to take on (GOV-2). */
export function matterRoutes(door: Door): void {
  door.page('/matters', { ...open, query: Asked }, showMatters)
  door.page('/matters/{id}', { ...open, params }, (visit) => showMatter(visit, visit.params.id))

  const desk = { permission: mayOpenMeetings, audit: 'governance.matters.open' } as const
  door.page(root, { ...desk, query: z.object({ after: z.string().max(1000).optional() }) }, showDesk)
  door.page(`${root}/new`, { permission: mayBringIdeas, audit: { none: 'an empty form' } }, (visit) =>
    showForm(visit, {}),
  )
  door.form(`${root}/new`, {
    command: enterNewMatter,
    input: (fields) => matterInput(fields),
    done: ({ id }) => redirect(`${root}/${id}`, { kind: 'done', text: m.governance_matter_flash() }),
    again: (typed, outcome, visit) => showForm(visit, { typed, outcome }),
  })
  door.page(`${root}/{id}`, { permission: mayBringIdeas, audit: 'governance.matter.read', params }, (visit) =>
    showOnDesk(visit, visit.params.id, {}),
  )
  door.form(`${root}/{id}/move`, {
    command: moveMatter,
    params,
    input: ({ target, ...fields }, visit) => {
      const [to, kind] = typeof target === 'string' ? target.split('/') : []
      return { ...fields, ...(fields.deed === 'sent-on' ? { to, kind } : {}), id: visit.params.id }
    },
    done: ({ id }) => redirect(`${root}/${id}`, { kind: 'done', text: m.governance_moved_flash() }),
    again: (typed, outcome, visit) => showOnDesk(visit, visit.params.id, { typed, outcome }),
  })
}

/** One choice names body and what it decides; one language holds for title and text. */
export function matterInput({
  target,
  title,
  words,
  language,
  ...fields
}: Record<string, unknown>): Record<string, unknown> {
  const [body, kind] = typeof target === 'string' ? target.split('/') : []
  const locale = Locale.safeParse(language).data ?? 'en'
  const spoken = (text: unknown) => (typeof text === 'string' ? { [locale]: text } : undefined)
  return { ...fields, body, kind, title: spoken(title), words: spoken(words), asIdea: fields.asIdea !== undefined }
}

async function showMatters(visit: Visit<unknown, z.output<typeof Asked>>): Promise<Answer> {
  const { query, region, locale, read } = visit
  const after = momentCursor(query.after)
  if (after === 'bad') return { is: 'bad', path: 'after', message: m.form_format() }
  const found = await read(async (tx) => {
    const bodies = await listBodies(tx, region?.id)
    const body = query.body === undefined ? undefined : await bodyBySlug(tx, query.body)
    if (query.body !== undefined && !body) return { bodies, matters: [], next: undefined }
    const choice = { publicOnly: true, pack: region?.id, body: body?.id, states: query.state && [query.state] }
    return { bodies, ...(await listMatters(tx, choice, { after, limit: pageSize })) }
  })
  const address = (more: Record<string, string>) => {
    const asked = new URLSearchParams({
      ...(query.body ? { body: query.body } : {}),
      ...(query.state ? { state: query.state } : {}),
      ...more,
    }).toString()
    return asked ? `/matters?${asked}` : '/matters'
  }
  return page(
    m.governance_matters_title(),
    <MattersPage
      matters={found.matters}
      bodies={found.bodies.filter(({ profile }) => !profile.together)}
      asked={query}
      region={region && speak(region.names, locale, region.languages).words}
      timeZone={found.bodies[0]?.timeZone ?? 'UTC'}
      first={after ? address({}) : undefined}
      next={found.next ? address({ after: encodeCursor(found.next) }) : undefined}
    />,
  )
}

function showMatter(visit: Visit, id: string): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    const matter = await matterById(tx, id)
    if (!matter?.published) return { is: 'notFound' }
    const [path, body] = await Promise.all([pathOf(tx, id), bodyBySlug(tx, matter.body.slug)])
    const source = matter.thing?.kind === meetingKind ? await describeMeeting(tx, matter.thing.id) : undefined
    return page(
      speak(matter.title, visit.locale).words,
      <MatterPage
        matter={matter}
        path={path}
        source={source}
        timeZone={body?.timeZone ?? 'UTC'}
        back={{ href: '/matters', label: m.governance_back_matters() }}
      />,
      { region: matter.body.pack },
    )
  })
}

async function showDesk(visit: Visit<unknown, { after?: string | undefined }>): Promise<Answer> {
  const after = momentCursor(visit.query.after)
  if (after === 'bad') return { is: 'bad', path: 'after', message: m.form_format() }
  const organisations = kept(visit.actor)
  const { matters, next, zone } = await visit.read(async (tx) => {
    const [found, bodies] = await Promise.all([
      listMatters(tx, { organisations }, { after, limit: pageSize }),
      bodiesOf(tx, organisations),
    ])
    return { ...found, zone: bodies[0]?.timeZone ?? 'UTC' }
  })
  return page(
    m.governance_matters_title(),
    <MattersDesk
      matters={matters}
      timeZone={zone}
      first={after ? root : undefined}
      next={next ? `${root}?after=${encodeCursor(next)}` : undefined}
    />,
    { size: 'sm' },
  )
}

async function showForm(visit: Visit, state: FormState): Promise<Answer> {
  // whoever keeps no secretariat brings an idea to any body of the region
  const own = kept(visit.actor)
  const bodies = await visit.read((tx) => (own.length > 0 ? bodiesOf(tx, own) : listBodies(tx, visit.region?.id)))
  return page(
    m.governance_matter_new(),
    <MatterForm bodies={bodies} asIdea={own.length === 0} state={state} idempotencyKey={newKey()} />,
    {
      size: 'sm',
    },
  )
}

function showOnDesk(visit: Visit, id: string, state: FormState): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    visit.about({ kind: matterKind, id })
    const matter = await matterById(tx, id)
    if (!matter) return { is: 'notFound' }
    const [path, all] = await Promise.all([pathOf(tx, id), listBodies(tx, matter.body.pack)])
    const source = matter.thing?.kind === meetingKind ? await describeMeeting(tx, matter.thing.id) : undefined
    const moves = mayMoveMatter.may(visit.actor, { organisation: matter.body.organisation })
    return page(
      speak(matter.title, visit.locale).words,
      <MatterPage
        matter={matter}
        path={path}
        source={source}
        timeZone={all[0]?.timeZone ?? 'UTC'}
        back={{ href: moves ? root : '/matters', label: m.governance_back_matters() }}
      >
        {moves ? <MatterMoves matter={matter} bodies={all} state={state} idempotencyKey={newKey()} /> : null}
      </MatterPage>,
      { size: 'sm' },
    )
  })
}

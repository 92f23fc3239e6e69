import { z } from 'zod'
import type { Actor } from '../../../platform/access/actor.ts'
import { type Answer, page, redirect } from '../../../platform/http/answer.ts'
import { decodeCursor, encodeCursor } from '../../../platform/http/cursor.ts'
import type { Door } from '../../../platform/http/door.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { m } from '../../../platform/i18n/speech.ts'
import type { FormState } from '../../../platform/ui/form.tsx'
import type { Link } from '../../../platform/ui/frame.ts'
import { startWaiting } from '../commands/places/wait-for-place.ts'
import { mayAskSomewhere, mayFollowStays, organisationsWhere } from '../permissions/places.ts'
import { offerBySlug } from '../store/places/read-offer.ts'
import { organisationsById } from '../store/places/read-setting.ts'
import { followedStays } from '../store/places/read-stays.ts'
import { Slug } from '../types.ts'
import { FollowedPage } from '../views/places/followed.tsx'
import { WaitPage } from '../views/places/report.tsx'

const offer = z.object({ slug: Slug })
const pageSize = 40
const Query = z.object({ after: z.string().max(1000).optional().catch(undefined) })
const Cursor = z.tuple([z.enum(['stay', 'waiting']), z.iso.date(), z.uuid()])

/** What a municipality sees of its own people at offers of others, and how it asks for a place. */
export function followedRoutes(door: Door): void {
  door.page('/stays', { permission: mayFollowStays, audit: 'capacity.stays.read', query: Query }, showFollowed)
  door.page(
    '/offers/{slug}/wait',
    { permission: mayAskSomewhere, audit: { none: 'an empty form' }, params: offer },
    (visit) => showWait(visit, {}),
  )
  door.form('/offers/{slug}/wait', {
    command: startWaiting,
    params: offer,
    input: (fields, visit) => ({ ...fields, offer: visit.params.slug }),
    done: () => redirect('/stays', { kind: 'done', text: m.capacity_waits_flash() }),
    again: (typed, outcome, visit) => showWait(visit, { typed, outcome }),
  })
}

/** Where a case worker finds them; undefined for all others. */
export function followedMenu(actor: Actor | null): Link | undefined {
  return mayFollowStays.may(actor, undefined)
    ? { href: '/stays', label: m.capacity_nav_stays(), icon: 'people' }
    : undefined
}

async function showFollowed({
  actor,
  read,
  now,
  region,
  query,
}: Visit<unknown, z.output<typeof Query>>): Promise<Answer> {
  const asked = Cursor.safeParse(query.after === undefined ? undefined : decodeCursor(query.after, 3))
  if (query.after !== undefined && !asked.success) return { is: 'bad', path: 'after', message: m.form_format() }
  const [kind, from, id] = asked.data ?? []
  const after = kind && from && id ? { kind, from, id } : undefined
  const { stays, next } = await read((tx) =>
    followedStays(tx, organisationsWhere('follows', actor), dayIn(now, region?.timeZone ?? 'UTC'), {
      after,
      limit: pageSize,
    }),
  )
  return page(
    m.capacity_followed_title(),
    <FollowedPage
      stays={stays}
      first={after && '/stays'}
      next={next && `/stays?after=${encodeCursor([next.kind, next.from, next.id])}`}
    />,
    { size: 'sm' },
  )
}

function showWait(visit: Visit<{ slug: string }>, state: FormState): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    const found = await offerBySlug(tx, visit.params.slug)
    if (!found) return { is: 'notFound' }
    const municipalities = await organisationsById(tx, organisationsWhere('refers', visit.actor))
    return page(
      m.capacity_wait_add(),
      <WaitPage
        offer={found}
        state={state}
        idempotencyKey={crypto.randomUUID()}
        today={dayIn(visit.now, found.timeZone)}
        municipalities={municipalities}
        action={`/offers/${found.slug}/wait`}
        back={{ href: `/offers/${found.slug}`, label: m.capacity_offer() }}
      />,
      { size: 'sm' },
    )
  })
}

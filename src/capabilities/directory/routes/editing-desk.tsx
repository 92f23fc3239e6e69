import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { page, redirect } from '../../../platform/http/answer.ts'
import { decodeCursor, encodeCursor } from '../../../platform/http/cursor.ts'
import type { Door } from '../../../platform/http/door.ts'
import { ownPath } from '../../../platform/http/same-origin.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { confirmCard } from '../commands/confirm-cards.ts'
import { settleRemark } from '../commands/remark.ts'
import { tendedBySlug } from '../commands/tended-service.ts'
import { mayDecide, mayTend } from '../permissions.ts'
import { waitingProposal } from '../store/edit-proposals.ts'
import { countTended, listProposals, listRemarks, listTended, reachOf } from '../store/edit-read.ts'
import { Slug } from '../types.ts'
import { CardPage } from '../views/edit-card-page.tsx'
import { Desk } from '../views/edit-desk.tsx'
import { address, CardList } from '../views/edit-list.tsx'
import { slugParams, workPage } from './editing-cards.tsx'

const pageSize = 25
const deskSize = 10
const decidedDays = 30

const ListQuery = z.object({
  q: z.string().trim().max(200).optional(),
  status: z.enum(['active', 'inactive', 'defunct', 'temporarily closed']).optional(),
  due: z.literal('yes').optional(),
  organisation: Slug.optional(),
  order: z.enum(['due', 'changed']).optional(),
  after: z.string().max(1000).optional(),
})

/** Is this a moment as the database writes it, and one that there is? The 31st of February is none. */
function isMoment(text: string): boolean {
  if (!/^[1-9]\d{3}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/.test(text)) return false
  try {
    Temporal.Instant.from(text)
    return true
  } catch {
    return false
  }
}

/** A cursor of this list: a moment, and an id. */
const After = z.tuple([z.string().refine(isMoment), z.uuid()])

/** The desk, the list of cards, and a card as its editors see it. */
export function deskRoutes(door: Door): void {
  door.page('/directory', workPage, async (visit) => {
    const reach = reachOf(visit.actor)
    const since = new Date(visit.now.getTime() - decidedDays * 86_400_000)
    const found = await visit.read(async (tx) => {
      const first = { order: 'due' as const, after: undefined, limit: deskSize }
      const [counts, calls, due, proposals, decided, remarks] = await Promise.all([
        countTended(tx, reach),
        listTended(tx, reach, { due: true, crisis: true }, first),
        listTended(tx, reach, { due: true, crisis: false }, first),
        listProposals(tx, reach, 'waiting', deskSize),
        listProposals(tx, reach, { decidedSince: since }, deskSize),
        listRemarks(tx, reach, deskSize),
      ])
      return { counts, calls: calls.services, due: due.services, proposals, decided, remarks }
    })
    const decides = (proposal: (typeof found.proposals)[number]) => ({
      ...proposal,
      mayDecide: mayDecide.may(visit.actor, proposal),
    })
    return page(m.edit_desk_title(), <Desk {...found} now={visit.now} proposals={found.proposals.map(decides)} />, {
      size: 'sm',
    })
  })

  door.page('/directory/services', { ...workPage, query: ListQuery }, async (visit) => {
    const { after, ...query } = visit.query
    const cursor = after === undefined ? undefined : After.safeParse(decodeCursor(after, 2))
    if (cursor && !cursor.success) return { is: 'bad', path: 'after', message: m.form_format() }
    const { services, next } = await visit.read((tx) =>
      listTended(
        tx,
        reachOf(visit.actor),
        {
          words: query.q,
          status: query.status,
          due: query.due === 'yes' ? true : undefined,
          organisation: query.organisation,
        },
        { order: query.order ?? 'due', after: cursor?.data, limit: pageSize },
      ),
    )
    return page(
      m.edit_nav_cards(),
      <CardList
        services={services}
        now={visit.now}
        query={query}
        next={next ? address(query, { after: encodeCursor(next) }) : undefined}
      />,
      { size: 'sm' },
    )
  })

  door.page('/directory/services/{slug}', { ...workPage, params: slugParams }, async (visit) =>
    visit.read(async (tx) => {
      const subject = await tendedBySlug(tx, visit.params.slug)
      if (!subject) return { is: 'notFound' as const }
      if (!mayTend.may(visit.actor, subject)) return { is: 'forbidden' as const }
      const [remarks, proposal] = await Promise.all([
        listRemarks(tx, reachOf(visit.actor), 500),
        waitingProposal(tx, subject.service.id),
      ])
      const own = remarks.filter((remark) => remark.service.slug === visit.params.slug)
      return page(
        m.edit_card_title(),
        <CardPage service={subject.service} now={visit.now} remarks={own} proposal={proposal?.id} />,
        { size: 'sm' },
      )
    }),
  )

  door.form('/directory/services/{slug}/confirm', {
    command: confirmCard,
    params: slugParams,
    input: (_fields, visit) => ({ slug: visit.params.slug }),
    done: (_result, visit) =>
      redirect(backFrom(visit.request, '/directory'), { kind: 'done', text: m.edit_confirmed_flash() }),
    again: async () => ({ is: 'notFound' }),
  })

  door.form('/directory/remarks/{id}/settle', {
    command: settleRemark,
    params: z.object({ id: z.uuid() }),
    input: (fields, visit) => ({ id: visit.params.id, settled: fields.settled ?? 'yes' }),
    done: (result, visit) => {
      const undo = { action: `/directory/remarks/${result.id}/settle`, fields: { settled: 'no' } }
      return redirect(backFrom(visit.request, '/directory'), {
        kind: 'done',
        text: m.edit_remark_settled_flash(),
        undo,
      })
    },
    again: async (_typed, outcome, visit) =>
      redirect(backFrom(visit.request, '/directory'), {
        kind: 'warning',
        text: outcome.is === 'late' ? outcome.message : m.problem_invalid(),
      }),
  })
}

/** The page that a small form stood on, when it was one of ours. */
function backFrom(request: Request, otherwise: string): string {
  const referer = request.headers.get('referer')
  if (!referer || !URL.canParse(referer)) return otherwise
  const { pathname, search } = new URL(referer)
  return pathname.startsWith('/directory') ? ownPath(pathname + search) : otherwise
}

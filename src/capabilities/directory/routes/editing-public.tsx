import { z } from 'zod'

import { type Answer, page, redirect } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { formatDay } from '../../../platform/i18n/format.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { Confirmation } from '../../../platform/ui/confirmation.tsx'
import type { FormState } from '../../../platform/ui/form.tsx'
import { confirmCards, LinkToken, linkHash } from '../commands/confirm-cards.ts'
import { leaveRemark } from '../commands/remark.ts'
import { mayConfirmByLink, mayRemark } from '../permissions.ts'
import { cardsToConfirm, requestByToken } from '../store/edit-assurance.ts'
import { publicServiceBySlug } from '../store/read-service.ts'
import { closeRows } from '../views/edit-fields.ts'
import { dayOf } from '../views/edit-list.tsx'
import { ConfirmOver, ConfirmPage, RemarkForm } from '../views/edit-public.tsx'
import { slugParams } from './editing-cards.tsx'

const linkParams = z.object({ token: LinkToken })

/** The page behind a letter's link. It says itself when the link was used or is too old. */
async function showConfirm(visit: Visit, token: string, state: FormState): Promise<Answer> {
  const found = await visit.database.transact(
    { actor: null, locale: visit.locale, purpose: 'assurance' },
    async (tx) => {
      const request = await requestByToken(tx, linkHash(token))
      return request && { request, cards: await cardsToConfirm(tx, request.organisation.id) }
    },
  )
  if (!found) return { is: 'notFound' }
  const { request, cards } = found
  const over = request.answeredAt
    ? ('used' as const)
    : request.expiresAt <= visit.now
      ? ('expired' as const)
      : undefined
  if (over) {
    const day = formatDay(dayOf(request.answeredAt ?? request.expiresAt))
    const title = over === 'used' ? m.edit_confirm_used_title() : m.edit_confirm_expired_title()
    return page(title, <ConfirmOver organisation={request.organisation.names} reason={over} day={day} />, {
      status: 410,
    })
  }
  return page(
    m.edit_confirm_title(),
    <ConfirmPage
      token={token}
      organisation={request.organisation.names}
      cards={cards}
      expiresAt={request.expiresAt}
      now={visit.now}
      state={state}
      idempotencyKey={crypto.randomUUID()}
    />,
  )
}

async function showRemark(visit: Visit, slug: string, state: FormState): Promise<Answer> {
  const service = await visit.read((tx) => publicServiceBySlug(tx, slug))
  if (!service) return { is: 'notFound' }
  return page(
    m.edit_remark_title(),
    <RemarkForm service={service} state={state} idempotencyKey={crypto.randomUUID()} />,
  )
}

/** What people do here without an account: answer the letter about freshness (DIR-6), say what is wrong with a card. */
export function publicEditingRoutes(door: Door): void {
  const link = {
    permission: mayConfirmByLink,
    audit: { none: 'cards are public; the answer to the letter is recorded' },
  } as const
  door.page('/confirm/{token}', { ...link, params: linkParams }, (visit) => showConfirm(visit, visit.params.token, {}))

  door.form('/confirm/{token}', {
    command: confirmCards,
    params: linkParams,
    input: (fields, visit) => ({ token: visit.params.token, cards: fields.cards }),
    done: (result) =>
      page(
        m.edit_confirm_done_title(),
        <Confirmation
          title={m.edit_confirm_done_title()}
          next={[
            ...(result.confirmed > 0 ? [m.edit_confirm_done_right({ count: result.confirmed })] : []),
            ...(result.wrong > 0 ? [m.edit_confirm_done_wrong({ count: result.wrong })] : []),
            m.edit_confirm_done_next({ day: formatDay(result.due.slice(0, 10)) }),
          ]}
        />,
      ),
    again: (typed, outcome, visit) => showConfirm(visit, visit.params.token, { typed: closeRows(typed), outcome }),
  })

  const open = { permission: mayRemark, audit: { none: 'a public form' } } as const
  door.page('/services/{slug}/remark', { ...open, params: slugParams }, (visit) =>
    showRemark(visit, visit.params.slug, {}),
  )

  door.form('/services/{slug}/remark', {
    command: leaveRemark,
    params: slugParams,
    input: (fields, visit) => ({ slug: visit.params.slug, text: fields.text }),
    done: (result) => redirect(`/services/${result.slug}`, { kind: 'done', text: m.edit_remark_flash() }),
    again: (typed, outcome, visit) => showRemark(visit, visit.params.slug, { typed, outcome }),
  })
}

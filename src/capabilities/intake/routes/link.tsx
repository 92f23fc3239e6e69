import QRCode from 'qrcode'
import type { Premises } from '../../../platform/capability.ts'
import { type Answer, redirect } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { m } from '../../../platform/i18n/speech.ts'
import type { FormState } from '../../../platform/ui/form.tsx'
import { mailLink } from '../commands/mail-link.ts'
import { draftDays } from '../jobs/forget-drafts.ts'
import { wayOf } from '../rules/contact.ts'
import { contactOfRequest } from '../store/contacts.ts'
import { LaterPage } from '../views/mine-pages.tsx'
import { draftRoutes } from './drafts.tsx'
import { beyondLink, byLink, quietly, showRequest, unkept } from './entrance.tsx'
import { standingRoutes } from './standing.tsx'

type At = Visit<{ token: string }>

/** Everything behind the link of a request: whoever holds it needs no account (INT-1). */
export function linkRoutes(door: Door, house: Premises): void {
  draftRoutes(door, house, byLink)
  standingRoutes(door, house, byLink)
  standingRoutes(door, house, beyondLink)

  const { address, params, guard } = byLink
  door.page(`${address}/later`, { ...guard, params }, (visit) => showLater(visit, {}))
  door.page(
    `${address}/later/mail`,
    { ...guard, audit: { none: 'leads to the page beside it' }, params },
    async (visit) => redirect(`/r/${visit.params.token}/later`),
  )
  door.form(`${address}/later/mail`, {
    command: mailLink,
    params,
    input: (_fields, visit) => ({ token: visit.params.token, link: addressOf(visit) }),
    done: (_sent, visit) =>
      redirect(`/r/${visit.params.token}/later`, { kind: 'done', text: m.intake_ask_later_mailed() }),
    again: (typed, outcome, visit) => showLater(visit, { typed, outcome }),
  })
  // a picture of the address that its asker has already: it tells nobody whether there is such a request
  door.page(
    `${address}/qr.svg`,
    { ...guard, audit: { none: 'a picture of its own address' }, params },
    async (visit) => ({
      is: 'file',
      type: 'image/svg+xml',
      body: await QRCode.toString(addressOf(visit), { type: 'svg', margin: 2, errorCorrectionLevel: 'M' }),
      headers: unkept,
    }),
  )
}

const addressOf = ({ origin, params }: At): string => `${origin}/r/${params.token}`

function showLater(visit: At, state: FormState): Promise<Answer> {
  const way = byLink.way(visit.params)
  return showRequest(visit, way, contactOfRequest, (request, { contact, address }) => {
    return quietly(
      m.intake_ask_later_title(),
      <LaterPage
        base={way.base}
        address={addressOf(visit)}
        qr={`${way.base}/qr.svg`}
        days={draftDays}
        mail={wayOf(contact, address).way === 'mail' ? contact.email : undefined}
        idempotencyKey={crypto.randomUUID()}
        state={state}
      />,
      { region: request.pack },
    )
  })
}

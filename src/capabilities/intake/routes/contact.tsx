import { createHmac } from 'node:crypto'
import { z } from 'zod'
import type { Premises } from '../../../platform/capability.ts'
import { type Answer, page, redirect } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { m } from '../../../platform/i18n/speech.ts'
import type { FormState } from '../../../platform/ui/form.tsx'
import { changeContact, contactMark } from '../commands/change-contact.ts'
import { mayWork } from '../permissions.ts'
import { contactOfRequest, type Reach } from '../store/contacts.ts'
import { ContactChangePage } from '../views/contact.tsx'
import { openAtDesk } from './at-desk.ts'
import { contactTyped } from './contact-typed.ts'
import { beyondLink, byAccount, byLink, type Entrance, quietly, showRequest, unkept, type Way } from './entrance.tsx'

const DeskParams = z.object({ id: z.uuid() })

/** INT-11: how contact is safe, told anew by the person or as the office heard it from them. */
export function contactRoutes(door: Door, house: Pick<Premises, 'secret'>): void {
  ownContact(door, house, byLink)
  ownContact(door, house, beyondLink)
  ownContact(door, house, byAccount)
  door.page(
    '/requests/{id}/contact',
    { permission: mayWork, audit: 'intake.request.read', params: DeskParams },
    (visit) => showAtDesk(visit, {}),
  )
  door.form('/requests/{id}/contact', {
    command: changeContact,
    params: DeskParams,
    input: (fields, visit) => ({ request: visit.params.id, version: fields.version, ...contactTyped(fields) }),
    done: (_changed, visit) =>
      redirect(`/requests/${visit.params.id}/letters`, { kind: 'done', text: m.intake_letters_contact_saved_desk() }),
    again: (typed, outcome, visit) => showAtDesk(visit, { typed, outcome }),
  })
}

function ownContact<Params extends z.ZodType>(
  door: Door,
  { secret }: Pick<Premises, 'secret'>,
  entrance: Entrance<Params>,
): void {
  const { address, params, guard } = entrance
  type At = Visit<z.output<Params>>
  const wayTo = (visit: At) => entrance.way(visit.params)
  door.page(`${address}/contact/change`, { ...guard, params }, (visit: At) => showOwn(visit, wayTo(visit), {}))
  door.form(`${address}/contact/change`, {
    command: changeContact,
    params,
    input: (fields, visit: At) => ({
      ...wayTo(visit).named,
      version: fields.version,
      ...contactTyped(fields),
      newToken: onwardToken(secret, wayTo(visit).named.token, fields.version),
    }),
    done: ({ onward }, visit: At) =>
      onward
        ? redirect(`/r/${onwardToken(secret, wayTo(visit).named.token, onward)}`, {
            kind: 'warning',
            text: m.intake_letters_new_link(),
          })
        : redirect(wayTo(visit).base, { kind: 'done', text: m.intake_letters_contact_saved() }),
    again: (typed, outcome, visit: At) => showOwn(visit, wayTo(visit), { typed, outcome }),
  })
}

/** The link to go on by, the same when the same form comes twice; one of a link that ends, so never given again. */
export const onwardToken = (secret: string, token: string | undefined, version: unknown): string | undefined =>
  token &&
  createHmac('sha256', secret)
    .update(`intake.onward ${token} ${String(version)}`)
    .digest('base64url')

function showOwn(visit: Visit, way: Way, state: FormState): Promise<Answer> {
  return showRequest(visit, way, contactOfRequest, (request, reach) =>
    request.state === 'draft'
      ? redirect(`${way.base}/contact`)
      : quietly(
          m.intake_letters_contact_title(),
          <Change base={way.base} action={`${way.base}/contact/change`} desk={false} reach={reach} state={state} />,
          {
            region: request.pack,
          },
        ),
  )
}

function showAtDesk(visit: Visit<{ id: string }>, state: FormState): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    const opened = await openAtDesk(tx, visit)
    if ('is' in opened) return opened
    visit.about({ kind: 'intake.request', id: opened.request.id })
    const reach = await contactOfRequest(tx, opened.request)
    const base = `/requests/${opened.request.id}`
    return page(
      m.intake_letters_contact_desk_title(),
      <Change base={base} action={`${base}/contact`} desk reach={reach} state={state} />,
      { size: 'sm', headers: unkept },
    )
  })
}

function Change({
  base,
  action,
  desk,
  reach,
  state,
}: {
  base: string
  action: string
  desk: boolean
  reach: Reach
  state: FormState
}) {
  return (
    <ContactChangePage
      action={action}
      back={base}
      desk={desk}
      contact={reach.contact}
      mark={contactMark(reach.contact)}
      state={state}
      idempotencyKey={crypto.randomUUID()}
    />
  )
}

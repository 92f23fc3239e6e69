import { z } from 'zod'
import { type Answer, page, redirect } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { m } from '../../../platform/i18n/speech.ts'
import type { FormState } from '../../../platform/ui/form.tsx'
import { forgetAddress, recordAddress } from '../commands/consultations/keep-address.ts'
import { tieMandate, untieMandate } from '../commands/consultations/tie-mandate.ts'
import { mayKeepConsultations } from '../permissions/consultations.ts'
import { mayKeepSeats, maySeat } from '../permissions.ts'
import { addressesOf } from '../store/consultations/addresses.ts'
import { tiesOf } from '../store/consultations/ties.ts'
import { bodiesOf, bodyById } from '../store/read-body.ts'
import { mandateById } from '../store/read-seats.ts'
import { mandateKind } from '../types.ts'
import { AddressesPage } from '../views/consultations/addresses.tsx'
import { TieForm } from '../views/consultations/tie-form.tsx'
import { partyChoices, secretariatsOf } from './consultations-desk.tsx'

const root = '/governance/addresses'
const params = z.object({ id: z.uuid() })
const tiePath = '/governance/mandates/{id}/account'

/** Where a secretariat reaches parties, and by which address holders of seats sign in (GOV-1, GOV-5). */
export function addressRoutes(door: Door): void {
  door.page(root, { permission: mayKeepConsultations, audit: 'governance.addresses.open' }, (visit) =>
    showAddresses(visit, {}),
  )
  door.form(root, {
    command: recordAddress,
    input: (fields) => fields,
    done: () => redirect(root, { kind: 'done', text: m.governance_consult_address_added_flash() }),
    again: (typed, outcome, visit) => showAddresses(visit, { typed, outcome }),
  })
  door.form(`${root}/{id}/remove`, {
    command: forgetAddress,
    params,
    input: (_fields, visit) => ({ id: visit.params.id }),
    done: () => redirect(root, { kind: 'done', text: m.governance_consult_address_removed_flash() }),
    again: (_typed, outcome, visit) => showAddresses(visit, { outcome }),
  })

  door.page(tiePath, { permission: mayKeepSeats, audit: 'governance.mandate.read', params }, (visit) =>
    showTie(visit, visit.params.id, {}),
  )
  door.form(tiePath, {
    command: tieMandate,
    params,
    input: (fields, visit) => ({ ...fields, id: visit.params.id }),
    done: ({ body }) =>
      redirect(`/governance/seats/${body}`, { kind: 'done', text: m.governance_consult_tied_flash() }),
    again: (typed, outcome, visit) => showTie(visit, visit.params.id, { typed, outcome }),
  })
  door.form(`${tiePath}/end`, {
    command: untieMandate,
    params,
    input: (_fields, visit) => ({ id: visit.params.id }),
    done: ({ body }) =>
      redirect(`/governance/seats/${body}`, { kind: 'done', text: m.governance_consult_untied_flash() }),
    again: (_typed, outcome, visit) => showTie(visit, visit.params.id, { outcome }),
  })
}

function showAddresses(visit: Visit, state: FormState): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    const keepers = secretariatsOf(visit.actor)
    const bodies = await bodiesOf(tx, keepers)
    const organisations = new Map(bodies.map(({ organisation }) => [organisation.slug, organisation]))
    const [addresses, choices] = await Promise.all([
      addressesOf(tx, keepers),
      partyChoices(
        tx,
        bodies.map(({ pack }) => pack),
      ),
    ])
    return page(
      m.governance_consult_addresses(),
      <AddressesPage
        addresses={addresses}
        choices={choices}
        keepers={[...organisations.values()]}
        state={state}
        idempotencyKey={crypto.randomUUID()}
      />,
      { size: 'sm' },
    )
  })
}

function showTie(visit: Visit, id: string, state: FormState): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    visit.about({ kind: mandateKind, id })
    const found = await mandateById(tx, id)
    const body = found && (await bodyById(tx, found.body))
    if (!found || !body) return { is: 'notFound' }
    if (!maySeat.may(visit.actor, { organisation: body.organisation.id })) return { is: 'forbidden' }
    return page(
      m.governance_consult_tie(),
      <TieForm
        body={body}
        mandate={found.mandate}
        email={(await tiesOf(tx, body.id)).get(id)}
        state={state}
        idempotencyKey={crypto.randomUUID()}
      />,
      { size: 'sm' },
    )
  })
}

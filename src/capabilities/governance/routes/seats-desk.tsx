import { z } from 'zod'
import { type Actor, effectiveMemberships } from '../../../platform/access/actor.ts'
import { type Answer, page, redirect } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { m } from '../../../platform/i18n/speech.ts'
import type { FormState } from '../../../platform/ui/form.tsx'
import { endMandate } from '../commands/end-mandate.ts'
import { giveMandate } from '../commands/give-mandate.ts'
import { mayKeepSeats, maySeat } from '../permissions.ts'
import { missingElsewhere } from '../rules/consultations/also-sits.ts'
import { bodiesOf, bodyById, bodyBySlug, listBodies } from '../store/read-body.ts'
import { type Mandate, mandateById, organisationsIn, type StandingSeat, seatsOn } from '../store/read-seats.ts'
import { mandateKind, Slug } from '../types.ts'
import { wordsOf } from '../views/consultations/parts.tsx'
import { EndForm, SeatsDesk, SeatsOfBody } from '../views/seats-desk.tsx'

const body = z.object({ slug: Slug })
const mandate = z.object({ id: z.uuid() })

/** The desk on which a secretariat enters who sits in its bodies (GOV-1). */
export function seatsDesk(door: Door): void {
  door.page('/governance/seats', { permission: mayKeepSeats, audit: 'governance.seats.open' }, showSeats)

  door.page(
    '/governance/seats/{slug}',
    { permission: mayKeepSeats, audit: 'governance.seats.open', params: body },
    (visit) => showBody(visit, visit.params.slug, {}),
  )
  door.form('/governance/seats/{slug}', {
    command: giveMandate,
    params: body,
    input: (fields, visit) => ({ ...fields, body: visit.params.slug }),
    done: (result) => redirect(`/governance/seats/${result.body}`, { kind: 'done', text: m.governance_given_flash() }),
    again: (typed, outcome, visit) => showBody(visit, visit.params.slug, { typed, outcome }),
  })

  door.page(
    '/governance/mandates/{id}/end',
    { permission: mayKeepSeats, audit: 'governance.mandate.read', params: mandate },
    (visit) => showEnd(visit, visit.params.id, {}),
  )
  door.form('/governance/mandates/{id}/end', {
    command: endMandate,
    params: mandate,
    input: (fields, visit) => ({ ...fields, id: visit.params.id }),
    done: (result) => redirect(`/governance/seats/${result.body}`, { kind: 'done', text: m.governance_ended_flash() }),
    again: (typed, outcome, visit) => showEnd(visit, visit.params.id, { typed, outcome }),
  })
}

const organisationsOf = (actor: Actor | null) => [
  ...new Set(
    (actor ? effectiveMemberships(actor) : [])
      .filter(({ role }) => role === 'secretariat')
      .map(({ organisation }) => organisation),
  ),
]

async function showSeats(visit: Visit): Promise<Answer> {
  const { bodies, seats } = await visit.read(async (tx) => {
    const own = (await bodiesOf(tx, organisationsOf(visit.actor))).filter(({ profile }) => profile.seats.length > 0)
    return { bodies: own, seats: await seatsOn(tx, own, dayIn(visit.now, own[0]?.timeZone ?? 'UTC')) }
  })
  return page(m.governance_desk_seats_title(), <SeatsDesk bodies={bodies} seats={seats} />, { size: 'sm' })
}

function showBody(visit: Visit, slug: string, state: FormState): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    const found = await bodyBySlug(tx, slug)
    if (!found) return { is: 'notFound' }
    if (!maySeat.may(visit.actor, { organisation: found.organisation.id })) return { is: 'forbidden' }
    const day = dayIn(visit.now, found.timeZone)
    const [seats, all, organisations] = await Promise.all([
      seatsOn(tx, [found], day),
      listBodies(tx, found.pack),
      organisationsIn(tx, found.pack),
    ])
    const from = all.filter(({ profile }) => found.profile.seats.some((rule) => rule.from === profile.slug))
    const elsewhere = await seatsOn(tx, from, day)
    const holdersOf = ({ rule, standing }: StandingSeat) => ({ rule, holders: standing?.holders ?? [] })
    const missing = missingElsewhere((seats.get(found.id) ?? []).map(holdersOf), (slug) => {
      const other = from.find(({ profile }) => profile.slug === slug)
      return other && elsewhere.get(other.id)?.flatMap((seat) => holdersOf(seat).holders)
    })
    return page(
      m.governance_seats(),
      <SeatsOfBody
        body={found}
        all={all}
        seats={seats.get(found.id) ?? []}
        organisations={organisations}
        missing={missing.flatMap(({ body: slug, missing: holders }) => {
          const other = from.find(({ profile }) => profile.slug === slug)
          return other ? [{ body: other, names: holders.map(holderName) }] : []
        })}
        today={day}
        state={state}
        idempotencyKey={crypto.randomUUID()}
      />,
      { size: 'sm' },
    )
  })
}

const holderName = ({ name, organisation }: Mandate): string =>
  name ?? (organisation ? wordsOf(organisation.names) : '')

function showEnd(visit: Visit, id: string, state: FormState): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    visit.about({ kind: mandateKind, id })
    const found = await mandateById(tx, id)
    const own = found && (await bodyById(tx, found.body))
    if (!found || !own) return { is: 'notFound' }
    if (!maySeat.may(visit.actor, { organisation: own.organisation.id })) return { is: 'forbidden' }
    const today = dayIn(visit.now, own.timeZone)
    const seat = (await seatsOn(tx, [own], today)).get(own.id)?.find(({ key }) => key === found.seat)
    return page(
      m.governance_end(),
      <EndForm
        body={own}
        seat={seat}
        mandate={found.mandate}
        today={today}
        state={state}
        idempotencyKey={crypto.randomUUID()}
      />,
      { size: 'sm' },
    )
  })
}

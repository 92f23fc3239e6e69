import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { invalid, late, ok } from '../../../../platform/access/outcome.ts'
import type { Tx } from '../../../../platform/db/database.ts'
import { dayIn } from '../../../../platform/i18n/day.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { mayAskForPlace } from '../../permissions/places.ts'
import { offerBySlug } from '../../store/places/read-offer.ts'
import {
  endWaitingRow,
  insertReferral,
  insertWaiting,
  payingOrganisation,
  waitingById,
} from '../../store/places/waiting.ts'
import { PersonKey, WaitingEnd, waitingKind } from '../../types/places.ts'
import { Day, offerKind, Slug } from '../../types.ts'

async function asked(tx: Tx, input: { offer: string; municipality: string }) {
  const [offer, municipality] = await Promise.all([
    offerBySlug(tx, input.offer),
    payingOrganisation(tx, input.municipality),
  ])
  return offer && municipality && { offer, municipality: municipality.id, operator: offer.operator.id }
}

/** Puts somebody on the waiting list of an offer, under a sign (CAP-1). A municipality on the list is affected (CAP-3). */
export const startWaiting = command({
  audit: 'capacity.waiting.start',
  input: z.object({ offer: Slug, municipality: Slug, person: PersonKey, since: Day }),
  subject: asked,
  permission: mayAskForPlace,
  async run(work, { person, since }, { offer, municipality }) {
    if (since > dayIn(work.now, offer.timeZone)) return invalid({ path: 'since', message: m.capacity_day_ahead() })
    const saved = await insertWaiting(work.tx, { offer: offer.id, municipality, person, since })
    if (!saved) return invalid({ path: 'person', message: m.capacity_waits_already() })
    work.about({ kind: waitingKind, id: saved.id, detail: { offer: offer.slug } })
    return ok({ id: saved.id, offer: offer.slug })
  },
})

/** Ends somebody's waiting, and says how. */
export const endWaiting = command({
  audit: 'capacity.waiting.end',
  input: z.object({ id: z.uuid(), until: Day, ended: WaitingEnd }),
  async subject(tx, { id }) {
    const entry = await waitingById(tx, id)
    return entry && { entry, operator: entry.offer.operator, municipality: entry.municipality.id }
  },
  permission: mayAskForPlace,
  async run(work, { id, until, ended }, { entry }) {
    if (until <= entry.since) return invalid({ path: 'until', message: m.capacity_fault_ends_before() })
    if (!(await endWaitingRow(work.tx, id, until, ended))) return late(m.capacity_waiting_over())
    work.about({ kind: waitingKind, id, detail: { offer: entry.offer.slug, ended } })
    return ok({ id, offer: entry.offer.slug })
  },
})

/** A municipality asked for a place on that day; for whom is not kept. It is affected for the months that its region says (CAP-3). */
export const noteReferral = command({
  audit: 'capacity.referral.note',
  input: z.object({ offer: Slug, municipality: Slug, on: Day }),
  subject: asked,
  permission: mayAskForPlace,
  async run(work, { on }, { offer, municipality }) {
    if (on > dayIn(work.now, offer.timeZone)) return invalid({ path: 'on', message: m.capacity_day_ahead() })
    const saved = await insertReferral(work.tx, { offer: offer.id, municipality, on })
    work.about({ kind: offerKind, id: offer.id })
    return ok({ id: saved?.id ?? '', offer: offer.slug })
  },
})

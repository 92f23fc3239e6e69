import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { invalid, late, ok } from '../../../../platform/access/outcome.ts'
import type { Tx } from '../../../../platform/db/database.ts'
import { dayIn } from '../../../../platform/i18n/day.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { Locale } from '../../../../platform/i18n/text.ts'
import { MailAddress } from '../../../../platform/mail/letter.ts'
import { maySeat } from '../../permissions.ts'
import { addTie, endTie } from '../../store/consultations/ties.ts'
import { bodyById } from '../../store/read-body.ts'
import { mandateById } from '../../store/read-seats.ts'
import { mandateKind } from '../../types.ts'

async function tiedMandate(tx: Tx, { id }: { id: string }) {
  const found = await mandateById(tx, id)
  const body = found && (await bodyById(tx, found.body))
  return body && { mandate: found.mandate, body, organisation: body.organisation.id }
}

/**
 * Ties a mandate to an account by its address, so that whoever holds the seat signs in and answers (GOV-1). The person is told. Where nobody has this
 * address yet, the letter says how to register; whether somebody has, no secretariat learns.
 */
export const tieMandate = command({
  audit: 'governance.mandate.tie',
  input: z.object({ id: z.uuid(), email: z.string().trim().pipe(MailAddress), locale: Locale }),
  subject: tiedMandate,
  permission: maySeat,
  async run(work, { id, email, locale }, { mandate, body }) {
    if (mandate.until !== undefined && mandate.until < dayIn(work.now, body.timeZone))
      return late(m.governance_consult_tie_over())
    const tied = await addTie(work.tx, { mandate: id, email, locale, by: work.actor?.account ?? '' })
    if (!tied) return invalid({ path: 'email', message: m.governance_consult_tie_known() })
    work.jobs.add('governance.tell-seat', { tie: tied.id, what: 'tied' })
    work.about({ kind: mandateKind, id })
    return ok({ id, body: body.profile.slug })
  },
})

/** Ends the tie: the person signs in as before, and no longer for this seat (GOV-1). They are told. */
export const untieMandate = command({
  audit: 'governance.mandate.untie',
  input: z.object({ id: z.uuid() }),
  subject: tiedMandate,
  permission: maySeat,
  async run(work, { id }, { body }) {
    const ended = await endTie(work.tx, id)
    if (!ended) return late(m.governance_consult_tie_none())
    work.jobs.add('governance.tell-seat', { tie: ended.id, what: 'untied' })
    work.about({ kind: mandateKind, id })
    return ok({ id, body: body.profile.slug })
  },
})

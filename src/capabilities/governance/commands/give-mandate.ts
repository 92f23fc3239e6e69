import { z } from 'zod'
import { command } from '../../../platform/access/command.ts'
import { type FieldError, invalid, ok } from '../../../platform/access/outcome.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { maySeat } from '../permissions.ts'
import { judgeMandate, type MandateMistake } from '../rules/judge-mandate.ts'
import { bodyBySlug } from '../store/read-body.ts'
import { saveMandate } from '../store/save-mandate.ts'
import { Day, mandateKind, SeatKey, Slug } from '../types.ts'

/** Records who holds a seat of a body, from when until when (GOV-1). Nobody gets a seat that somebody holds in that time. */
export const giveMandate = command({
  audit: 'governance.mandate.give',
  input: z.object({
    body: Slug,
    seat: SeatKey,
    name: z.string().trim().min(1).max(200).optional(),
    /** slug; a seat of one organisation needs none */
    organisation: Slug.optional(),
    since: Day,
    /** the last day; without it the mandate goes on */
    until: Day.optional(),
  }),
  async subject(tx, input) {
    const body = await bodyBySlug(tx, input.body)
    return body && { body, organisation: body.organisation.id }
  },
  permission: maySeat,
  async run(work, input, { body }) {
    const { organisation, mistakes } = judgeMandate(body.profile, { ...input, until: input.until })
    if (mistakes.length > 0) return invalid(...mistakes.map(inWords))
    const saved = await saveMandate(work.tx, {
      body: body.id,
      seat: input.seat,
      name: input.name,
      organisation,
      since: input.since,
      until: input.until,
      by: work.actor?.account ?? '',
    })
    if (saved === 'no-seat') return invalid(inWords('no-seat'))
    if (saved === 'no-organisation') return invalid({ path: 'organisation', message: m.governance_no_organisation() })
    if (!saved) return invalid({ path: 'seat', message: m.governance_seat_taken() })
    work.about({ kind: mandateKind, id: saved.id, detail: { body: body.profile.slug, seat: input.seat } })
    return ok({ id: saved.id, body: body.profile.slug, seat: input.seat })
  },
})

function inWords(mistake: MandateMistake): FieldError {
  switch (mistake) {
    case 'no-seat':
      return { path: 'seat', message: m.governance_no_seat() }
    case 'ends-before':
      return { path: 'until', message: m.governance_ends_before() }
    case 'nobody':
      return { path: 'name', message: m.governance_seat_nobody() }
    case 'other-organisation':
      return { path: 'organisation', message: m.governance_other_organisation() }
  }
}

import { z } from 'zod'
import { command } from '../../../platform/access/command.ts'
import { conflict, invalid, late, ok } from '../../../platform/access/outcome.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { serviceById } from '../../directory/contract.ts'
import { mayTakePart } from '../permissions.ts'
import { urgencyOf } from '../rules/emergency.ts'
import { isArea } from '../store/areas.ts'
import { keepDraft } from '../store/requests.ts'
import { EnteredBy, Particulars, RequestKind, SafeContact, Situation } from '../types.ts'
import { errandOf, Named, openNamed } from './opened-request.ts'

/**
 * Keeps one part of what was typed (INT-1): half-filled is well enough. A part that comes replaces the one before; what does not come stays.
 * `enteredBy: null` takes a helper out again.
 */
export const saveDraft = command({
  audit: 'intake.request.save',
  limit: { name: 'intake.save', per: 'address', most: 300, within: { minutes: 60 } },
  purpose: errandOf,
  input: Named.extend({
    version: z.coerce.number().int().positive(),
    kind: RequestKind.optional(),
    service: z.uuid().optional(),
    particulars: Particulars.optional(),
    enteredBy: EnteredBy.nullable().optional(),
    situation: Situation.optional(),
    contact: SafeContact.optional(),
  }),
  subject: openNamed,
  permission: mayTakePart,
  async run(work, input, { request }) {
    if (request.state !== 'draft') return late(m.intake_ask_already_sent())
    const { area, birthDate } = input.particulars ?? {}
    if (area && !(await isArea(work.tx, area)))
      return invalid({ path: 'particulars.area', message: m.intake_ask_area_unknown() })
    if (birthDate && birthDate > work.now.toISOString().slice(0, 10))
      return invalid({ path: 'particulars.birthDate', message: m.intake_ask_say_birth_date() })
    if (input.service && (await serviceById(work.tx, input.service))?.status !== 'active')
      return invalid({ path: 'service', message: m.intake_ask_service_gone() })
    const { draft } = request
    const kind = input.kind ?? draft.kind
    const enteredBy = input.enteredBy === undefined ? draft.enteredBy : (input.enteredBy ?? undefined)
    const situation = input.situation ?? draft.situation
    const { enteredBy: _earlier, ...rest } = draft
    const kept = await keepDraft(
      work.tx,
      { id: request.id, version: input.version },
      {
        draft: {
          ...rest,
          kind,
          situation,
          // a number that was told once is not asked, or shown, again
          particulars: input.particulars
            ? { documentNumber: draft.particulars.documentNumber, ...input.particulars }
            : draft.particulars,
          contact: input.contact ?? draft.contact,
          ...(enteredBy ? { enteredBy } : {}),
        },
        kind,
        service: input.service ?? request.service,
        urgency: urgencyOf(situation.dangers),
      },
    )
    if (!kept) return conflict({ draft: request.draft, version: request.version })
    work.about({ kind: 'intake.request', id: request.id })
    return ok({ id: request.id, reference: request.reference, version: input.version + 1 })
  },
})

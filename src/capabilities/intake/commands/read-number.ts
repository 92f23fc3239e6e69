import { z } from 'zod'
import { command } from '../../../platform/access/command.ts'
import { late, ok } from '../../../platform/access/outcome.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { mayAnswer } from '../permissions.ts'
import { openPerson } from './opened-person.ts'

/**
 * Reads the number of somebody's paper; the trail keeps who did. What it gives back is still sealed: an outcome may be kept for a sender who sends twice,
 * and no number is stored in the clear.
 */
export const readNumber = command({
  audit: 'intake.person.read-number',
  input: z.object({ person: z.uuid() }),
  subject: openPerson,
  permission: mayAnswer,
  async run(work, _input, { person }) {
    if (!person.documentNumber) return late(m.intake_people_no_number())
    work.about({ kind: 'intake.person', id: person.id })
    return ok({ person: person.id, sealed: person.documentNumber })
  },
})

import { z } from 'zod'
import { command } from '../../../platform/access/command.ts'
import { invalid, late, ok } from '../../../platform/access/outcome.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { serviceById } from '../../directory/contract.ts'
import { mayAnswer } from '../permissions.ts'
import { stopsTheClock } from '../rules/documents.ts'
import { pauseClocks, stopClocks } from '../store/clocks.ts'
import { addReminder, documentsOf, remindersOf } from '../store/documents.ts'
import { courseOf } from '../store/procedure.ts'
import { moveRequest } from '../store/requests.ts'
import { addStep } from '../store/steps.ts'
import { startOne } from './begin-answering.ts'
import { holdById } from './opened-request.ts'

/**
 * Asks the person for what is missing (INT-4, INT-5): the request waits, the clocks that the pack says stand still, and the time of grace
 * begins. The same papers asked for once more stop no clock again (INT-3). An emergency goes on in review: it is asked for papers, and never held up by them (INT-3).
 */
export const askForDocuments = command({
  audit: 'intake.document.ask',
  input: z.object({
    request: z.uuid(),
    documents: z.array(z.uuid()).min(1).max(50),
    note: z.string().trim().max(1000).optional(),
  }),
  subject: holdById,
  permission: mayAnswer,
  async run(work, input, { request }) {
    const { tx } = work
    if (request.state !== 'in-review') return late(m.intake_desk_not_in_review())
    const papers = await documentsOf(tx, request.id)
    const asked = papers.filter(({ id, state }) => input.documents.includes(id) && state === 'open')
    if (asked.length !== new Set(input.documents).size)
      return invalid({ path: 'documents', message: m.intake_desk_document_not_open() })
    const course = await courseOf(tx, request.pack)
    if (!course) return invalid({ path: '', message: m.intake_ask_no_procedure() })
    const service = request.service ? await serviceById(tx, request.service) : undefined
    await stopClocks(tx, request.id, ['grace'])
    const graceUntil = await startOne(work, course, request.id, 'grace', service)
    if (!graceUntil) return invalid({ path: '', message: m.intake_desk_no_grace() })
    const earlier = await remindersOf(tx, request.id)
    addReminder(tx, request.id, { documents: asked.map(({ id }) => id), note: input.note, graceUntil })
    const account = work.actor?.account ?? null
    await addStep(tx, request.id, {
      deed: 'reminded',
      account,
      note: input.note,
      detail: { documents: asked.length, until: graceUntil.toISOString() },
    })
    if (request.urgency !== 'emergency') {
      await addStep(tx, request.id, { deed: 'state', from: 'in-review', to: 'waiting', account })
      if (!(await moveRequest(tx, request.id, 'in-review', 'waiting'))) return late(m.intake_desk_changed())
      if (stopsTheClock(asked, earlier)) await pauseClocks(tx, request.id)
    }
    work.jobs.add('intake.letter', { request: request.id, kind: 'missing-documents' })
    work.about({ kind: 'intake.request', id: request.id, detail: { documents: asked.length } })
    // the day with whose end the time is over, where the person lives
    const day = dayIn(new Date(graceUntil.getTime() - 1), course.place.timeZone)
    return ok({ id: request.id, reference: request.reference, until: graceUntil.toISOString(), day })
  },
})

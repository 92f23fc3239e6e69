import { z } from 'zod'
import { command } from '../../../platform/access/command.ts'
import { invalid, late, ok } from '../../../platform/access/outcome.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { serviceById } from '../../directory/contract.ts'
import { mayAnswer } from '../permissions.ts'
import { replaceOpenDocuments } from '../store/documents.ts'
import { courseOf } from '../store/procedure.ts'
import { moveRequest } from '../store/requests.ts'
import { addStep } from '../store/steps.ts'
import { bodiesOf, turnClocks } from './begin-answering.ts'
import { holdById } from './opened-request.ts'

/** Says which service a request is about: for a notice, or where the person did not know. Papers and deadlines of its card count from now on. */
export const setService = command({
  audit: 'intake.request.set-service',
  input: z.object({ request: z.uuid(), service: z.uuid() }),
  subject: holdById,
  permission: mayAnswer,
  async run(work, input, { request, handler }) {
    const { tx } = work
    if (request.state !== 'submitted' && request.state !== 'in-review') return late(m.intake_ask_already_decided())
    const service = await serviceById(tx, input.service)
    if (service?.status !== 'active' || (service.pack !== undefined && service.pack !== request.pack))
      return invalid({ path: 'service', message: m.intake_ask_service_gone() })
    const course = await courseOf(tx, request.pack)
    if (!course) return invalid({ path: '', message: m.intake_ask_no_procedure() })
    await replaceOpenDocuments(
      tx,
      request.id,
      service.card.documents.map(({ name, needed, from }) => ({ names: name, needed, from })),
    )
    await turnClocks(work, course, request, service)
    await addStep(tx, request.id, {
      deed: 'service',
      account: work.actor?.account ?? null,
      detail: { service: service.id, slug: service.slug },
    })
    const changed = await moveRequest(tx, request.id, request.state, request.state, {
      service: service.id,
      serviceVersion: service.version,
      needsBody: bodiesOf(course, service),
    })
    if (!changed) return late(m.intake_desk_changed())
    work.about({ kind: 'intake.request', id: request.id, detail: { service: service.slug, handler: handler ?? null } })
    return ok({ id: request.id, reference: request.reference })
  },
})

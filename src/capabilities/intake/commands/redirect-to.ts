import type { Work } from '../../../platform/access/command.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import type { ServiceDetails } from '../../directory/contract.ts'
import { reusable } from '../rules/documents.ts'
import { referenceOf } from '../rules/reference.ts'
import { addDocuments, documentsOf } from '../store/documents.ts'
import { addPerson, readPerson } from '../store/people.ts'
import type { Course } from '../store/procedure.ts'
import { addDraft, moveRequest, newId, type StoredRequest } from '../store/requests.ts'
import { addStep } from '../store/steps.ts'
import { bodiesOf, handlerOf, startClocks } from './begin-answering.ts'

/**
 * Takes a request along to another service (DIR-2, INT-2): with the person's agreement, with all that was told and given, so that nothing is asked
 * twice. The new request stands with its own office at once.
 */
export async function redirectTo(
  work: Work,
  course: Course,
  request: StoredRequest,
  service: ServiceDetails,
): Promise<void> {
  const { tx } = work
  const account = work.actor?.account
  const handler = (await handlerOf(work, course, service, request.draft.particulars.area)) ?? service.organisation.id
  const id = await newId(tx)
  await addDraft(tx, {
    id,
    reference: referenceOf(id),
    kind: request.kind,
    pack: request.pack,
    service: service.id,
    draft: request.draft,
    locale: request.locale,
    urgency: request.urgency,
    redirectedFrom: request.id,
    person: handler === request.handler ? request.person : await recordAt(work, request, handler),
    // for as long as it is a draft, whoever redirects may write into it
    enteredByAccount: account,
    enteredBy: request.enteredBy,
  })
  const today = dayIn(work.now, course.place.timeZone)
  const given = await documentsOf(tx, request.id)
  await addDocuments(
    tx,
    id,
    service.card.documents.map(({ name, needed, from }) => {
      const listed = { names: name, needed, from }
      return { ...listed, reused: reusable(listed, given, today) }
    }),
  )
  await startClocks(work, course, { id, urgency: request.urgency }, service)
  await addStep(tx, id, {
    deed: 'entered',
    account: account ?? null,
    detail: { redirected: request.reference },
  })
  await addStep(tx, id, { deed: 'state', from: 'draft', to: 'submitted', account: account ?? null })
  if (request.urgency === 'emergency') work.jobs.add('intake.alert', { request: id })
  await moveRequest(tx, id, 'draft', 'submitted', {
    handler,
    needsBody: bodiesOf(course, service),
    serviceVersion: service.version,
    submittedAt: work.now,
  })
}

/** Each office keeps records of its own. One that may not be seen goes to no other: whoever sees it there has to be named first. */
async function recordAt({ tx }: Work, request: StoredRequest, handler: string): Promise<string | undefined> {
  const known = request.person ? await readPerson(tx, request.person) : undefined
  if (!known || known.restricted) return request.person
  const id = await newId(tx)
  await addPerson(tx, id, {
    authority: handler,
    account: known.account,
    particulars: { ...request.draft.particulars, name: known.name },
    contact: known.contact,
  })
  return id
}

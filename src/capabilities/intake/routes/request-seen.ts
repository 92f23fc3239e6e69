import type { Tx } from '../../../platform/db/database.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { activeServices, type NamedService, serviceById, servicesByIds } from '../../directory/contract.ts'
import { openById } from '../commands/opened-request.ts'
import { mayAnswer, mayDecide, type Opened } from '../permissions.ts'
import { alertsOf } from '../store/alerts.ts'
import { clocksOf } from '../store/clocks.ts'
import { decisionOf, followUpsOf } from '../store/decisions.ts'
import { colleaguesHere, linesByIds, otherRequestsOf } from '../store/desk.ts'
import { documentsOf } from '../store/documents.ts'
import { duplicatesOf } from '../store/duplicates.ts'
import { hiddenRequest } from '../store/hidden.ts'
import { readPerson } from '../store/people.ts'
import { courseOf } from '../store/procedure.ts'
import { requestRedirectedFrom, type StoredRequest } from '../store/requests.ts'
import { stepsOf } from '../store/steps.ts'
import type { SeenRequest } from '../views/seen-request.ts'

/**
 * Reads a request for the desk. @returns undefined where there is none for this reader; `forbidden` where they may see it, and not answer it
 */
export async function seeRequest(tx: Tx, visit: Visit, id: string): Promise<SeenRequest | 'forbidden' | undefined> {
  const opened = await openById(tx, { request: id })
  const hiddenOne = opened ? undefined : await hiddenRequest(tx, id)
  const request = opened?.request ?? hiddenOne
  if (!request) return undefined
  const office = opened ?? openedOf(request)
  if (!mayAnswer.may(visit.actor, office)) return 'forbidden'
  visit.about({ kind: 'intake.request', id })
  const person = request.person ? await readPerson(tx, request.person) : undefined
  const hidden = hiddenOne !== undefined || (request.person !== undefined && !person)
  const next = await requestRedirectedFrom(tx, id)
  const near = await linesByIds(
    tx,
    [request.redirectedFrom, next?.id].flatMap((one) => one ?? []),
  )
  // whoever asks anew may be known already (INT-8)
  const fresh = person && (request.state === 'submitted' || request.state === 'in-review') ? person : undefined
  const others = person ? await otherRequestsOf(tx, person.id, id) : []
  return {
    request,
    person,
    hidden,
    service: request.service ? await serviceById(tx, request.service) : undefined,
    course: await courseOf(tx, request.pack),
    papers: await documentsOf(tx, id),
    clocks: await clocksOf(tx, id),
    steps: await stepsOf(tx, id),
    followUps: await followUpsOf(tx, id),
    decision: await decisionOf(tx, id),
    alerts: await alertsOf(tx, id),
    others,
    duplicates: fresh ? await duplicatesOf(tx, fresh) : [],
    before: near.find((line) => line.id === request.redirectedFrom),
    after: near.find((line) => line.id === next?.id),
    services: await servicesByIds(
      tx,
      [...others, ...near].flatMap(({ service }) => service ?? []),
    ),
    colleagues: await colleaguesHere(tx),
    mayDecide: mayDecide.may(visit.actor, office),
    now: visit.now,
  }
}

/** What permissions ask for, of a request that the office knows by its handler alone. */
const openedOf = ({ handler }: StoredRequest): Opened => ({
  handler,
  account: undefined,
  helper: undefined,
  byLink: false,
})

/** As many services are offered at once; words find the others. */
const mostOffered = 40

/** Services of the region of a request that can be asked for, narrowed by words. */
export const servicesFor = (tx: Tx, visit: Visit, pack: string, words: string | undefined): Promise<NamedService[]> =>
  activeServices(tx, { pack, words, locale: visit.locale, limit: mostOffered })

import type { NamedService, ServiceDetails } from '../../directory/contract.ts'
import type { StoredAlert } from '../store/alerts.ts'
import type { StoredClock } from '../store/clocks.ts'
import type { FollowUpStep, StoredDecision } from '../store/decisions.ts'
import type { DeskLine } from '../store/desk.ts'
import type { StoredDocument } from '../store/documents.ts'
import type { Duplicate } from '../store/duplicates.ts'
import type { StoredPerson } from '../store/people.ts'
import type { Course } from '../store/procedure.ts'
import type { StoredRequest } from '../store/requests.ts'
import type { Step } from '../store/steps.ts'

/** A request as the office that answers it sees it. */
export interface SeenRequest {
  request: StoredRequest
  /** the record of whoever it is about; undefined where no name was told, or where it may not be seen */
  person: StoredPerson | undefined
  /** their record may not be seen by this reader: nothing that was told is shown either */
  hidden: boolean
  service: ServiceDetails | undefined
  course: Course | undefined
  papers: readonly StoredDocument[]
  clocks: readonly StoredClock[]
  steps: readonly Step[]
  followUps: readonly FollowUpStep[]
  decision: StoredDecision | undefined
  alerts: readonly StoredAlert[]
  /** of the same person */
  others: readonly DeskLine[]
  /** records that may be of the same person, while the request is new (INT-8) */
  duplicates: readonly Duplicate[]
  /** where it came from, and where it went on */
  before: DeskLine | undefined
  after: DeskLine | undefined
  /** of the requests beside it */
  services: ReadonlyMap<string, NamedService>
  colleagues: ReadonlyMap<string, string>
  mayDecide: boolean
  now: Date
}

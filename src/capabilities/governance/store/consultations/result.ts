import type { Tx } from '../../../../platform/db/database.ts'
import type { ConsultationOutcome, ConsultationState, Tally } from '../../types/consultations.ts'
import { consultationById } from './consultations.ts'

/** What other parts ask of a consultation: how it stands, and what came of it once the chair has confirmed. */
export interface ConsultationResult {
  id: string
  /** what is over is `closed`, noted or not; `confirmed` and `published` have an outcome */
  state: ConsultationState
  /** the first moment that is too late; undefined before it is sent */
  closesAt: Date | undefined
  outcome: ConsultationOutcome | undefined
  tally: Tally | undefined
  confirmedAt: Date | undefined
  publishedAt: Date | undefined
  /** path of the page where it can be read */
  page: string
}

/** How a consultation stands (GOV-5); undefined where there is none, or the reader may not see it. */
export async function consultationResult(tx: Tx, id: string): Promise<ConsultationResult | undefined> {
  const consultation = await consultationById(tx, id)
  if (!consultation) return undefined
  const { state, closesAt, outcome, tally, confirmedAt, publishedAt } = consultation
  return { id, state, closesAt, outcome, tally, confirmedAt, publishedAt, page: `/consultations/${id}` }
}

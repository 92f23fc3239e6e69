import { z } from 'zod'
import type { FieldError } from '../../../../platform/access/outcome.ts'
import type { Tx } from '../../../../platform/db/database.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { addPapers, addParties } from '../../store/consultations/parties.ts'
import { PaperLink, PartyName } from '../../types/consultations.ts'
import { DecidesBy } from '../../types.ts'
import { shortText } from '../short-text.ts'

/** What the parties are asked (GOV-5). */
export const Question = z.object({
  title: shortText(200),
  question: shortText(20_000),
  papers: z.array(PaperLink).max(20).default([]),
  /** `organisation:viborg-kommune` or `body:viborg-byraad` */
  parties: z.array(PartyName).min(1).max(100),
  /** in place of the days of the rule */
  days: z.coerce.number().int().min(1).max(365).optional(),
  /** how answers are counted where the body does not say how it decides */
  countedBy: DecidesBy.optional(),
})

/** Stores whom a draft asks, and with which papers. @returns what is wrong with the names */
export async function saveParts(
  tx: Tx,
  consultation: string,
  { parties, papers }: { parties: readonly PartyName[]; papers: readonly PaperLink[] },
): Promise<FieldError[]> {
  const unknown = await addParties(tx, consultation, parties)
  if (papers.length > 0) await addPapers(tx, consultation, papers)
  return unknown.map(({ slug }) => ({ path: 'parties', message: m.governance_consult_no_party({ name: slug }) }))
}

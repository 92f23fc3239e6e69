import { z } from 'zod'
import { command, type Work } from '../../../../platform/access/command.ts'
import { type FieldError, invalid, late, notFound, type Outcome, ok } from '../../../../platform/access/outcome.ts'
import { everyone } from '../../../../platform/access/permission.ts'
import type { Tx } from '../../../../platform/db/database.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { AnswerToken, answerHash, answerPurpose } from '../../answer-link.ts'
import { maySpeakFor } from '../../permissions/consultations.ts'
import { type AnswerMistake, judgeAnswer } from '../../rules/consultations/answer.ts'
import { stateAt } from '../../rules/consultations/closing.ts'
import { holdForAnswer, saveAnswer } from '../../store/consultations/answers.ts'
import { consultationById, type StoredConsultation } from '../../store/consultations/consultations.ts'
import { partyByLink } from '../../store/consultations/links.ts'
import { type Party, partyById } from '../../store/consultations/parties.ts'
import { AnswerKind, ConsultationState, consultationKind } from '../../types/consultations.ts'
import { closingWords } from '../../views/consultations/words.ts'

/** What a party says, and who writes it. */
export const AnswerFields = z.object({
  answer: AnswerKind,
  remarks: z.string().trim().min(1).max(20_000).optional(),
  name: z.string().trim().min(1).max(200),
  function: z.string().trim().min(1).max(200),
})

/** A party with the consultation that asks it. */
export interface AskedParty {
  party: Party
  consultation: StoredConsultation
}

/** Answers for a party by the link of a letter, or changes what was said, until the end (GOV-5). */
export const answerByLink = command({
  audit: 'governance.consultation.answer',
  limit: { name: 'governance.answer', per: 'address', most: 60, within: { minutes: 60 } },
  purpose: ({ token }) => answerPurpose(token),
  input: AnswerFields.extend({ token: AnswerToken }),
  async subject(tx, { token }) {
    const party = await partyByLink(tx, answerHash(token))
    return party === undefined ? undefined : askedParty(tx, party)
  },
  permission: everyone,
  run: (work, input, subject) => answer(work, input, subject, 'link'),
})

/** Answers for a party by whoever signed in and may speak for it, or changes what was said, until the end (GOV-5). */
export const answerForParty = command({
  audit: 'governance.consultation.answer',
  input: AnswerFields.extend({
    party: z.uuid(),
    /** where it is named, the party is one of its own */
    consultation: z.uuid().optional(),
  }),
  async subject(tx, { party, consultation }) {
    const asked = await askedParty(tx, party)
    if (!asked || (consultation ?? asked.consultation.id) !== asked.consultation.id) return undefined
    return { ...asked, answersFor: (await holdForAnswer(tx, party)) !== undefined }
  },
  permission: maySpeakFor,
  run: (work, input, subject) => answer(work, input, subject, 'account'),
})

/** The party with its consultation; undefined where there is none, or the reader may not see it. */
export async function askedParty(tx: Tx, id: string): Promise<AskedParty | undefined> {
  const party = await partyById(tx, id)
  const consultation = party && (await consultationById(tx, party.consultation))
  return consultation && { party, consultation }
}

async function answer(
  work: Work,
  input: z.output<typeof AnswerFields>,
  { party, consultation }: AskedParty,
  way: 'link' | 'account',
): Promise<Outcome<{ party: string; consultation: string; version: number }>> {
  const held = await holdForAnswer(work.tx, party.id)
  if (!held) return notFound
  const state = stateAt({ state: ConsultationState.parse(held.state), closesAt: held.closesAt }, work.now)
  if (state === 'withdrawn') return late(m.governance_consult_answer_withdrawn())
  if (state !== 'open')
    return late(m.governance_consult_answer_late({ moment: closingWords(held.closesAt, consultation.timeZone) }))
  const mistake = judgeAnswer(input.answer, input.remarks)
  if (mistake) return invalid(inWords(mistake))
  const version = await saveAnswer(work.tx, {
    party: party.id,
    consultation: consultation.id,
    answer: input.answer,
    remarks: input.remarks,
    name: input.name,
    function: input.function,
    account: work.actor?.account,
    way,
  })
  work.about({ kind: consultationKind, id: consultation.id, detail: { party: party.slug, version, way } })
  return ok({ party: party.id, consultation: consultation.id, version })
}

function inWords(mistake: AnswerMistake): FieldError {
  switch (mistake) {
    case 'remarks-missing':
      return { path: 'remarks', message: m.governance_consult_remarks_missing() }
    case 'remarks-too-many':
      return { path: 'remarks', message: m.governance_consult_remarks_too_many() }
  }
}

import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { invalid, late, ok } from '../../../../platform/access/outcome.ts'
import { dayIn } from '../../../../platform/i18n/day.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { maySpeakForMunicipality } from '../../permissions/adjustments.ts'
import { addAnswer } from '../../store/adjustments/contacts.ts'
import { addDispute, ownAnswer, ownLetter } from '../../store/adjustments/own-letters.ts'
import { adjustmentById } from '../../store/adjustments/read-adjustment.ts'
import { AnswerWords, adjustmentKind } from '../../types/adjustments.ts'
import { takesAnswers } from './answer-contact.ts'

/** A municipality answers from its own desk, signed in (CAP-3): also where the letter went astray. The last answer counts. */
export const answerAsMunicipality = command({
  audit: 'capacity.adjustment.answer-signed-in',
  input: AnswerWords.extend({ id: z.uuid() }),
  async subject(tx, { id }) {
    const letter = await ownLetter(tx, id)
    const adjustment = letter && (await adjustmentById(tx, letter.adjustment))
    return letter && adjustment && { letter, adjustment, municipality: letter.municipality.id }
  },
  permission: maySpeakForMunicipality,
  async run(work, { id, ...answer }, { letter, adjustment }) {
    if (!takesAnswers(adjustment, letter.revision, dayIn(work.now, adjustment.timeZone)))
      return late(m.capacity_adjust_answer_late())
    if (answer.answer === 'concerns' && !answer.words)
      return invalid({ path: 'words', message: m.capacity_adjust_answer_words() })
    await addAnswer(work.tx, { ...answer, words: answer.words, contact: id, account: work.actor?.account })
    work.about({ kind: adjustmentKind, id: adjustment.id, detail: { answer: answer.answer } })
    return ok({ id, adjustment: adjustment.id })
  },
})

/**
 * "This was not us" (CAP-3): the municipality says that an answer in its name is none of its own. It no longer counts, its words are no longer public, the
 * link of the letter is dead, and secretariat and operator are told.
 */
export const disputeAnswer = command({
  audit: 'capacity.adjustment.dispute',
  input: z.object({ id: z.uuid(), words: z.string().trim().min(1).max(2000).optional() }),
  subject: (tx, { id }) => ownAnswer(tx, id),
  permission: maySpeakForMunicipality,
  async run(work, { id, words }, { contact, adjustment }) {
    if (!(await addDispute(work.tx, { answer: id, words, by: work.actor?.account ?? '' })))
      return late(m.capacity_adjust_disputed_already())
    work.jobs.add('capacity.adjustment-tell', { adjustment, occasion: 'disputed' })
    work.about({ kind: adjustmentKind, id: adjustment, detail: { answer: id } })
    return ok({ id, contact })
  },
})

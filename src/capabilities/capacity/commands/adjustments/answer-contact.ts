import { command } from '../../../../platform/access/command.ts'
import { invalid, late, ok } from '../../../../platform/access/outcome.ts'
import { dayIn } from '../../../../platform/i18n/day.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { AnswerToken, answerHash, answerPurpose } from '../../answer-link.ts'
import { mayAnswerContact } from '../../permissions/adjustments.ts'
import { addAnswer, contactByHash } from '../../store/adjustments/contacts.ts'
import { adjustmentById } from '../../store/adjustments/read-adjustment.ts'
import { AnswerWords, adjustmentKind, runningStates } from '../../types/adjustments.ts'

/** A municipality answers by the link of its letter (CAP-3). It is welcome and not awaited; the last answer counts. */
export const answerContact = command({
  audit: 'capacity.adjustment.answer',
  limit: { name: 'capacity.answer', per: 'address', most: 30, within: { minutes: 60 } },
  purpose: (input) => answerPurpose(input.token),
  input: AnswerWords.extend({ token: AnswerToken }),
  async subject(tx, { token }) {
    const contact = await contactByHash(tx, answerHash(token))
    const adjustment = contact && (await adjustmentById(tx, contact.adjustment))
    return contact && adjustment && { contact, adjustment }
  },
  permission: mayAnswerContact,
  async run(work, input, { contact, adjustment }) {
    if (!takesAnswers(adjustment, contact.revision, dayIn(work.now, adjustment.timeZone)))
      return late(m.capacity_adjust_answer_late())
    if (input.answer === 'concerns' && !input.words)
      return invalid({ path: 'words', message: m.capacity_adjust_answer_words() })
    await addAnswer(work.tx, { ...input, words: input.words, contact: contact.contact })
    work.about({ kind: adjustmentKind, id: adjustment.id, detail: { answer: input.answer } })
    return ok({ adjustment: adjustment.id })
  },
})

/** Is an answer to this revision still of use? */
export const takesAnswers = (
  adjustment: { state: string; revision: number; effectOn: string },
  revision: number,
  today: string,
): boolean =>
  (runningStates as readonly string[]).includes(adjustment.state) &&
  revision === adjustment.revision &&
  today <= adjustment.effectOn

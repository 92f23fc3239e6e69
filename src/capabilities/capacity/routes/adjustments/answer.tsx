import { z } from 'zod'
import { type Answer, page } from '../../../../platform/http/answer.ts'
import type { Door } from '../../../../platform/http/door.ts'
import type { Visit } from '../../../../platform/http/visit.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import type { FormState } from '../../../../platform/ui/form.tsx'
import { AnswerToken, answerHash, answerPurpose } from '../../answer-link.ts'
import { answerContact, takesAnswers } from '../../commands/adjustments/answer-contact.ts'
import { titleWords } from '../../letters/adjustment-words.ts'
import { mayAnswerContact } from '../../permissions/adjustments.ts'
import { contactByHash } from '../../store/adjustments/contacts.ts'
import { adjustmentById } from '../../store/adjustments/read-adjustment.ts'
import { AnsweredPage, AnswerPage } from '../../views/adjustments/answer.tsx'
import { todayThere } from './seen.ts'

const params = z.object({ token: AnswerToken })

/** The one form behind the link of a letter (CAP-3). */
export function answerRoutes(door: Door): void {
  door.page(
    '/adjustments/answer/{token}',
    { permission: mayAnswerContact, audit: { none: 'what a municipality was told in a letter' }, params },
    (visit) => showAnswer(visit, {}),
  )
  door.form('/adjustments/answer/{token}', {
    command: answerContact,
    params,
    input: (fields, visit) => ({ ...fields, token: visit.params.token }),
    done: ({ adjustment }, visit) => showAnswered(visit, adjustment),
    again: (typed, outcome, visit) => showAnswer(visit, { typed, outcome }),
  })
}

async function linked({ params, read }: Visit<{ token: string }>) {
  return read(async (tx) => {
    const contact = await contactByHash(tx, answerHash(params.token))
    const adjustment = contact && (await adjustmentById(tx, contact.adjustment))
    return contact && adjustment && { contact, adjustment }
  }, answerPurpose(params.token))
}

async function showAnswer(visit: Visit<{ token: string }>, state: FormState): Promise<Answer> {
  const found = await linked(visit)
  if (!found) return { is: 'notFound' }
  const { contact, adjustment } = found
  return page(
    titleWords(adjustment),
    <AnswerPage
      adjustment={adjustment}
      municipality={contact.municipality}
      token={visit.params.token}
      takes={takesAnswers(adjustment, contact.revision, todayThere(adjustment, visit.now))}
      state={state}
      idempotencyKey={crypto.randomUUID()}
    />,
    { region: adjustment.pack },
  )
}

async function showAnswered(visit: Visit<{ token: string }>, id: string): Promise<Answer> {
  const adjustment = await visit.read((tx) => adjustmentById(tx, id))
  if (!adjustment) return { is: 'notFound' }
  return page(m.capacity_adjust_answered(), <AnsweredPage adjustment={adjustment} />, { region: adjustment.pack })
}

import { z } from 'zod'
import type { Actor } from '../../../../platform/access/actor.ts'
import { type Answer, page, redirect } from '../../../../platform/http/answer.ts'
import { decodeCursor, encodeCursor } from '../../../../platform/http/cursor.ts'
import type { Door } from '../../../../platform/http/door.ts'
import type { Visit } from '../../../../platform/http/visit.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import type { FormState } from '../../../../platform/ui/form.tsx'
import type { Link } from '../../../../platform/ui/frame.ts'
import { takesAnswers } from '../../commands/adjustments/answer-contact.ts'
import { answerAsMunicipality, disputeAnswer } from '../../commands/adjustments/speak-for-municipality.ts'
import { titleWords } from '../../letters/adjustment-words.ts'
import { mayReadOwnLetters } from '../../permissions/adjustments.ts'
import { answersTo, ownAnswer, ownLetter, ownLetters } from '../../store/adjustments/own-letters.ts'
import { adjustmentById } from '../../store/adjustments/read-adjustment.ts'
import { adjustmentKind } from '../../types/adjustments.ts'
import { LettersPage, OwnLetterPage } from '../../views/adjustments/letters.tsx'
import { adjustmentParams, pageSize, todayThere } from './seen.ts'

const root = '/capacity/adjustments/letters'
const answers = '/capacity/adjustments/answers'

/** What a municipality was told about adjustments, what was answered in its name, and where it says that this was not it (CAP-3). */
export function ownLetterRoutes(door: Door): void {
  const guarded = { permission: mayReadOwnLetters, audit: 'capacity.letters.read' } as const
  door.page(root, { ...guarded, query: z.object({ after: z.string().max(1000).optional() }) }, showLetters)
  door.page(`${root}/{id}`, { ...guarded, params: adjustmentParams }, (visit) => showLetter(visit, undefined, {}))
  door.form(`${root}/{id}`, {
    command: answerAsMunicipality,
    params: adjustmentParams,
    input: (fields, visit) => ({ ...fields, id: visit.params.id }),
    done: ({ id }) => redirect(`${root}/${id}`, { kind: 'done', text: m.capacity_adjust_answered() }),
    again: (typed, outcome, visit) => showLetter(visit, 'answer', { typed, outcome }),
  })
  door.form(`${answers}/{id}/dispute`, {
    command: disputeAnswer,
    params: adjustmentParams,
    input: (fields, visit) => ({ ...fields, id: visit.params.id }),
    done: ({ contact }) => redirect(`${root}/${contact}`, { kind: 'done', text: m.capacity_adjust_dispute_flash() }),
    async again(typed, outcome, visit) {
      const answer = await visit.read((tx) => ownAnswer(tx, visit.params.id))
      if (!answer) return { is: 'notFound' }
      return showLetter({ ...visit, params: { id: answer.contact } }, visit.params.id, { typed, outcome })
    },
  })
}

/** Where those find them who speak for a municipality; undefined for all others. */
export const lettersMenu = (actor: Actor | null): Link | undefined =>
  mayReadOwnLetters.may(actor, {}) ? { href: root, label: m.capacity_adjust_letters(), icon: 'mail' } : undefined

const Cursor = z.tuple([z.iso.datetime(), z.uuid()])

async function showLetters({ read, query }: Visit<unknown, { after?: string | undefined }>): Promise<Answer> {
  const after = query.after === undefined ? undefined : Cursor.safeParse(decodeCursor(query.after, 2))
  if (after?.success === false) return { is: 'bad', path: 'after', message: m.form_format() }
  const { letters, next } = await read(async (tx) => {
    const found = await ownLetters(tx, { after: after?.data, limit: pageSize + 1 })
    const shown = found.slice(0, pageSize)
    const last = found.length > pageSize ? shown.at(-1) : undefined
    const seen = await Promise.all(
      shown.map(async (letter) => ({ letter, adjustment: await adjustmentById(tx, letter.adjustment) })),
    )
    return {
      letters: seen.flatMap(({ letter, adjustment }) => (adjustment ? [{ letter, adjustment }] : [])),
      next: last && encodeCursor([last.contactedAt.toISOString(), last.id]),
    }
  })
  return page(
    m.capacity_adjust_letters(),
    <LettersPage
      letters={letters}
      first={query.after === undefined ? undefined : root}
      next={next && `${root}?after=${encodeURIComponent(next)}`}
    />,
    { size: 'sm' },
  )
}

function showLetter(visit: Visit<{ id: string }>, sent: string | undefined, state: FormState): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    const letter = await ownLetter(tx, visit.params.id)
    const adjustment = letter && (await adjustmentById(tx, letter.adjustment))
    if (!letter || !adjustment) return { is: 'notFound' }
    visit.about({ kind: adjustmentKind, id: adjustment.id })
    return page(
      titleWords(adjustment),
      <OwnLetterPage
        letter={letter}
        adjustment={adjustment}
        answers={await answersTo(tx, letter.id)}
        takes={takesAnswers(adjustment, letter.revision, todayThere(adjustment, visit.now))}
        sent={sent}
        state={state}
        idempotencyKey={crypto.randomUUID()}
      />,
      { size: 'sm', region: adjustment.pack },
    )
  })
}

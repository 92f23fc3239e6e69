import { z } from 'zod'
import { command } from '../../../platform/access/command.ts'
import { late, ok } from '../../../platform/access/outcome.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { mayAnswer } from '../permissions.ts'
import { stopClocks } from '../store/clocks.ts'
import { isPersonShown } from '../store/contacts.ts'
import { letterOf, noteHanded } from '../store/letters.ts'
import { openById } from './opened-request.ts'

/** Notes that a letter was posted or handed over (INT-10); with the decision in the person's hands, its notification is done (INT-3). */
export const handLetter = command({
  audit: 'intake.letter.hand',
  input: z.object({ request: z.uuid(), letter: z.uuid() }),
  async subject(tx, input) {
    const opened = await openById(tx, input)
    if (!opened || !(await isPersonShown(tx, opened.request.person))) return undefined
    const letter = await letterOf(tx, opened.request.id, input.letter)
    return letter && { ...opened, letter }
  },
  permission: mayAnswer,
  async run(work, _input, { request, letter }) {
    if (!(await noteHanded(work.tx, letter.id, work.actor?.account ?? null)))
      return late(m.intake_letters_handed_already())
    if (letter.kind === 'decision') await stopClocks(work.tx, request.id, ['notification'])
    work.about({ kind: 'intake.request', id: request.id, detail: { letter: letter.id, way: letter.way } })
    return ok({ id: letter.id, request: request.id })
  },
})

import { z } from 'zod'
import { command } from '../../../platform/access/command.ts'
import { ok } from '../../../platform/access/outcome.ts'
import { mayAnswer } from '../permissions.ts'
import { keepPairApart } from '../store/duplicates.ts'
import { openPair } from './opened-person.ts'

/** Somebody has looked at two records: they are two people (INT-8). The pair is not offered again. */
export const keepApart = command({
  audit: 'intake.person.keep-apart',
  input: z.object({ person: z.uuid(), other: z.uuid() }),
  subject: (tx, input) => openPair(tx, input.person, input.other),
  permission: mayAnswer,
  async run(work, input) {
    await keepPairApart(work.tx, [input.person, input.other], work.actor?.account ?? null)
    work.about({ kind: 'intake.person', id: input.person, detail: { other: input.other } })
    return ok({ person: input.person, other: input.other })
  },
})

import { z } from 'zod'
import { command } from '../../../platform/access/command.ts'
import { late, notFound, ok } from '../../../platform/access/outcome.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { mayAnswer } from '../permissions.ts'
import { isSame, takeApart } from '../rules/joining.ts'
import { holdPair, type Merge, mergesInto, readMerge, separatePeople, toldBy } from '../store/merges.ts'
import { type OpenedPerson, openPair } from './opened-person.ts'

async function openMerge(tx: Tx, input: { merge: string }): Promise<(OpenedPerson & { merge: Merge }) | undefined> {
  const merge = await readMerge(tx, input.merge)
  const opened = merge && (await openPair(tx, merge.kept, merge.merged))
  return opened && { ...opened, merge }
}

/**
 * Undoes the joining of two records (INT-8): both say again what they said, and the requests go back. Requests that came since stay with the kept
 * record, and what somebody changed in it since stays too.
 */
export const undoMerge = command({
  audit: 'intake.person.undo-merge',
  input: z.object({ merge: z.uuid() }),
  subject: openMerge,
  permission: mayAnswer,
  async run(work, _input, { merge }) {
    const pair = await holdPair(work.tx, merge.kept, merge.merged)
    if (!pair) return notFound
    const [kept, joined] = pair
    if (kept.mergedInto) return late(m.intake_people_undo_later_first())
    const standing = (await mergesInto(work.tx, kept.id)).filter(({ undoneAt }) => !undoneAt)
    if (!standing.some(({ id }) => id === merge.id)) return late(m.intake_people_undone_already())
    if (standing[0]?.id !== merge.id) return late(m.intake_people_undo_later_first())
    const told = toldBy(kept)
    const done = await separatePeople(
      work.tx,
      merge,
      { kept, joined },
      {
        now: takeApart(told, merge.before, merge.after),
        account: work.actor?.account ?? null,
        asBefore: isSame(told, merge.after),
      },
    )
    if (!done) return late(m.intake_people_undone_already())
    work.about({ kind: 'intake.person', id: kept.id, detail: { separated: joined.id, merge: merge.id } })
    return ok({ person: kept.id, separated: joined.id, requests: done.moved, stayed: done.stayed })
  },
})

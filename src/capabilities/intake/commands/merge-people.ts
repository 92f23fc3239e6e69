import { z } from 'zod'
import { command } from '../../../platform/access/command.ts'
import { conflict, invalid, late, notFound, ok } from '../../../platform/access/outcome.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { mayAnswer } from '../permissions.ts'
import { joinTold } from '../rules/joining.ts'
import { compare } from '../rules/matching/compare.ts'
import { holdPair, joinPeople, toldBy } from '../store/merges.ts'
import { marksOf } from '../store/people.ts'
import { openPair } from './opened-person.ts'

/**
 * Joins two records of one person (INT-8): the kept one gets the requests of the other and what it lacks; the other stands behind it. Somebody has
 * looked at both; what spoke for it is noted, and all that undoing needs.
 */
export const mergePeople = command({
  audit: 'intake.person.merge',
  input: z.object({
    /** the record that stays */
    keep: z.uuid(),
    /** the record that is joined to it */
    join: z.uuid(),
    /** versions of the two as they were looked at */
    keepVersion: z.coerce.number().int().positive(),
    joinVersion: z.coerce.number().int().positive(),
  }),
  subject: (tx, input) => openPair(tx, input.keep, input.join),
  permission: mayAnswer,
  async run(work, input) {
    const pair = await holdPair(work.tx, input.keep, input.join)
    if (!pair) return notFound
    const [kept, joined] = pair
    if (kept.mergedInto || joined.mergedInto) return late(m.intake_people_joined_already())
    if (kept.version !== input.keepVersion || joined.version !== input.joinVersion)
      return conflict(undefined, m.intake_people_changed())
    // what was asked for by somebody protected must not come to a record that everybody sees
    if (joined.restricted && !kept.restricted)
      return invalid({ path: 'keep', message: m.intake_people_keep_protected() })
    const { score, reasons } = compare(marksOf(kept), marksOf(joined))
    const after = joinTold(toldBy(kept), toldBy(joined))
    const account = work.actor?.account ?? null
    const done = await joinPeople(work.tx, { kept, joined }, { after, score, reasons, account })
    if (!done) return late(m.intake_people_joined_already())
    work.about({ kind: 'intake.person', id: kept.id, detail: { joined: joined.id, score, merge: done.id } })
    return ok({ merge: done.id, person: kept.id, requests: done.requests })
  },
})

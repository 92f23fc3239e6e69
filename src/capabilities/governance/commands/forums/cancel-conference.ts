import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { late, ok } from '../../../../platform/access/outcome.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { mayKeepConference } from '../../permissions/forums.ts'
import { expectedAt, saveCancellation } from '../../store/forums/conferences.ts'
import { conferenceKind } from '../../types/forums.ts'
import { conferenceOf } from './conference-subject.ts'

/**
 * Calls an announced conference off, with the reason that everybody reads (GOV-10). Whoever was invited by letter and has not said that they cannot
 * come is told by letter.
 */
export const cancelConference = command({
  audit: 'governance.conference.cancel',
  input: z.object({ id: z.uuid(), why: z.string().trim().min(3).max(500) }),
  subject: conferenceOf,
  permission: mayKeepConference,
  async run(work, { id, why }, { conference }) {
    if (!(await saveCancellation(work.tx, id, why))) return late(m.governance_conference_not_open())
    const guests = await expectedAt(work.tx, id)
    for (const { email, locale } of guests)
      work.jobs.add('governance.conference-cancelled', { conference: id, to: email, locale })
    work.about({ kind: conferenceKind, id: conference.id, detail: { letters: guests.length } })
    return ok({ id, letters: guests.length })
  },
})

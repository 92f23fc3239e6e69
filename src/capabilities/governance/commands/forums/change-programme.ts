import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { conflict, invalid, late, ok } from '../../../../platform/access/outcome.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { mayKeepConference } from '../../permissions/forums.ts'
import { readProgramme } from '../../rules/forums/programme.ts'
import { conferenceById, saveProgramme } from '../../store/forums/conferences.ts'
import { conferenceKind } from '../../types/forums.ts'
import { shortText } from '../short-text.ts'
import { conferenceOf } from './conference-subject.ts'

/** Programme before a conference, notes after it (GOV-10). */
export const changeProgramme = command({
  audit: 'governance.conference.change',
  input: z.object({
    id: z.uuid(),
    version: z.coerce.number().int().positive(),
    programme: z.string().max(10_000).default(''),
    notes: shortText(20_000).optional(),
  }),
  subject: conferenceOf,
  permission: mayKeepConference,
  async run(work, input, { conference }) {
    if (conference.state === 'cancelled') return late(m.governance_conference_called_off())
    const read = readProgramme(input.programme)
    if ('line' in read)
      return invalid({ path: 'programme', message: m.governance_conference_bad_line({ line: read.line.slice(0, 60) }) })
    const saved = await saveProgramme(work.tx, { ...input, programme: read.points, notes: input.notes })
    if (!saved) return conflict(await conferenceById(work.tx, conference.id))
    work.about({ kind: conferenceKind, id: conference.id })
    return ok({ id: conference.id, version: input.version + 1 })
  },
})

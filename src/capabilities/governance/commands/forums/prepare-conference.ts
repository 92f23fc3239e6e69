import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { invalid, ok } from '../../../../platform/access/outcome.ts'
import { instantAt } from '../../../../platform/calendar/local-day.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { mayKeepConference } from '../../permissions/forums.ts'
import { readProgramme } from '../../rules/forums/programme.ts'
import { means } from '../../rules/relations.ts'
import { saveConference } from '../../store/forums/conferences.ts'
import { bodyBySlug, listBodies } from '../../store/read-body.ts'
import { conferenceKind, InvitationRule } from '../../types/forums.ts'
import { Day, Slug } from '../../types.ts'
import { shortText } from '../short-text.ts'

const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/** Prepares a conference or a dialogue forum, with a rule for whom it invites (GOV-10). Nobody else sees it before it is announced. */
export const prepareConference = command({
  audit: 'governance.conference.prepare',
  input: z.object({
    body: Slug,
    title: shortText(300),
    about: shortText(5000),
    place: z.string().trim().min(1).max(300),
    day: Day,
    from: Time,
    until: Time,
    /** the last day on which somebody can answer */
    answerBy: Day,
    invites: z.array(InvitationRule).min(1).max(60),
    /** a time and what then is, line by line */
    programme: z.string().max(10_000).default(''),
  }),
  async subject(tx, input) {
    const body = await bodyBySlug(tx, input.body)
    return body && { body, organisation: body.organisation.id }
  },
  permission: mayKeepConference,
  async run(work, input, { body }) {
    const all = await listBodies(work.tx, body.pack)
    if (!input.invites.every((rule) => all.some(({ profile }) => means(profile, rule.body))))
      return invalid({ path: 'invites', message: m.governance_conference_no_guests() })
    if (input.until <= input.from) return invalid({ path: 'until', message: m.governance_conference_ends_before() })
    if (input.answerBy > input.day) return invalid({ path: 'answerBy', message: m.governance_conference_answer_late() })
    const read = readProgramme(input.programme)
    if ('line' in read)
      return invalid({ path: 'programme', message: m.governance_conference_bad_line({ line: read.line.slice(0, 60) }) })
    const { title, about, place, answerBy, invites } = input
    const id = await saveConference(work.tx, {
      body: body.id,
      title,
      about,
      place,
      startsAt: new Date(instantAt(input.day, input.from, body.timeZone)),
      endsAt: new Date(instantAt(input.day, input.until, body.timeZone)),
      answerBy,
      invites,
      programme: read.points,
      by: work.actor?.account ?? '',
    })
    work.about({ kind: conferenceKind, id, detail: { body: body.profile.slug } })
    return ok({ id })
  },
})

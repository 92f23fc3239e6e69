import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { type FieldError, invalid, ok } from '../../../../platform/access/outcome.ts'
import { instantAt } from '../../../../platform/calendar/local-day.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { Locale } from '../../../../platform/i18n/text.ts'
import { mayKeepMeetings } from '../../permissions/meetings.ts'
import { saveMeeting } from '../../store/meetings/save-meeting.ts'
import { bodyBySlug } from '../../store/read-body.ts'
import { MeetingForm, meetingKind } from '../../types/meetings.ts'
import { Day, Slug } from '../../types.ts'

/** `09:30` */
export const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/** When and where, in the time of the body's region. */
export const WhenAndWhere = z.object({
  day: Day,
  begins: TimeOfDay,
  ends: TimeOfDay.optional(),
  place: z.string().trim().min(1).max(300).optional(),
  title: z.string().trim().min(1).max(200).optional(),
})

/** The moments that a day and its times mean there. */
export function momentsOf(
  { day, begins, ends }: z.output<typeof WhenAndWhere>,
  timeZone: string,
): { startsAt: Date; endsAt: Date | undefined; mistakes: FieldError[] } {
  const startsAt = new Date(instantAt(day, begins, timeZone))
  const endsAt = ends === undefined ? undefined : new Date(instantAt(day, ends, timeZone))
  const wrong = endsAt !== undefined && endsAt <= startsAt
  return { startsAt, endsAt, mistakes: wrong ? [{ path: 'ends', message: m.governance_meeting_ends_before() }] : [] }
}

/** Plans a meeting of a body (GOV-3). The authority convenes a dialogue in the same way (GOV-14). */
export const planMeeting = command({
  audit: 'governance.meeting.plan',
  input: WhenAndWhere.extend({
    body: Slug,
    form: MeetingForm.default('meeting'),
    /** the language in which it is held and written down */
    locale: Locale,
  }),
  async subject(tx, input) {
    const body = await bodyBySlug(tx, input.body)
    return body && { body, organisation: body.organisation.id }
  },
  permission: mayKeepMeetings,
  async run(work, input, { body }) {
    const { startsAt, endsAt, mistakes } = momentsOf(input, body.timeZone)
    if (mistakes.length > 0) return invalid(...mistakes)
    const { form, title, locale, place } = input
    const by = work.actor?.account ?? ''
    const id = await saveMeeting(work.tx, { body: body.id, form, title, locale, startsAt, endsAt, place, by })
    work.about({ kind: meetingKind, id, detail: { body: body.profile.slug, form } })
    return ok({ id, body: body.profile.slug })
  },
})

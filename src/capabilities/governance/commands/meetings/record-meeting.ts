import { z } from 'zod'
import { type Command, command, type Work } from '../../../../platform/access/command.ts'
import { forbidden, notFound, type Outcome, ok } from '../../../../platform/access/outcome.ts'
import { Locale } from '../../../../platform/i18n/text.ts'
import { mayKeepMeetings } from '../../permissions/meetings.ts'
import { attendanceOf } from '../../store/meetings/read-attendance.ts'
import { listMembers, saveMeetingState } from '../../store/meetings/save-meeting.ts'
import { bodyBySlug } from '../../store/read-body.ts'
import { MatterSource } from '../../types/matters.ts'
import { MeetingForm, meetingKind, Side, Vote } from '../../types/meetings.ts'
import { DecidesBy, DecisionOutcome, Slug } from '../../types.ts'
import { moveMatter } from '../matters/move-matter.ts'
import { enterNewMatter } from '../matters/raise-matter.ts'
import { approveMinutes } from './approve-minutes.ts'
import { decideItem } from './decide-item.ts'
import { giveTask } from './give-task.ts'
import { holdMeeting, listAttendant, writeMinutes } from './hold-meeting.ts'
import { publishAgenda } from './invite-members.ts'
import { planMeeting, WhenAndWhere } from './plan-meeting.ts'
import { ItemInput, putOnAgenda } from './put-on-agenda.ts'

const words = z.string().trim().min(1)

/** An item with all that came of it. */
const WholeItem = ItemInput.extend({
  title: words.max(300),
  kind: Slug.optional(),
  /** the item brings a matter before the body */
  raise: z.object({ source: MatterSource, sourceName: words.max(200).optional() }).optional(),
  /** or it is a matter that is there already */
  matter: z.uuid().optional(),
  minutes: words.max(20_000).optional(),
  decision: z
    .object({
      how: DecidesBy,
      outcome: DecisionOutcome,
      title: words.max(300),
      /** how everybody who is there and may vote did; left out: nobody voted one by one */
      all: Vote.optional(),
    })
    .optional(),
  /** where the matter goes from here */
  sendOn: z.object({ to: Slug, kind: Slug.optional(), words: words.max(2000).optional() }).optional(),
  tasks: z.array(z.object({ title: words.max(300), owner: words.max(200), due: z.iso.date() })).default([]),
})

/** A whole meeting, from records that were kept elsewhere. */
export const WholeMeeting = WhenAndWhere.extend({
  body: Slug,
  form: MeetingForm.default('meeting'),
  locale: Locale,
  /** how far it is: only planned, with a public agenda, being held, or with approved minutes */
  until: z.enum(['planned', 'invited', 'held', 'approved']),
  opening: words.max(20_000).optional(),
  seats: z.array(z.object({ side: Side, name: words.max(200) })).default([]),
  /** by how many, counted from the end of the list, somebody was missing */
  missing: z.number().int().min(0).default(0),
  items: z.array(WholeItem).max(200),
})

/**
 * GOV-3: enters a whole meeting at once, from records that were kept elsewhere, all of it or nothing. Each step is the same as when it is done
 * by hand, and is refused in the same way.
 */
export const recordMeeting = command({
  audit: 'governance.meeting.record',
  input: WholeMeeting,
  async subject(tx, input) {
    const body = await bodyBySlug(tx, input.body)
    return body && { body, organisation: body.organisation.id }
  },
  permission: mayKeepMeetings,
  async run(work, input, { body }) {
    const planned = await inside(work, planMeeting, input)
    if (planned.is !== 'ok') return planned
    const { id } = planned.value
    const agenda: { id: string; matter: string | undefined }[] = []
    for (const item of input.items) {
      const raised =
        item.raise &&
        (await inside(work, enterNewMatter, {
          body: input.body,
          kind: item.kind,
          title: { [input.locale]: item.title },
          ...item.raise,
        }))
      if (raised && raised.is !== 'ok') return raised
      const matter = raised?.value.id ?? item.matter
      const put = await inside(work, putOnAgenda, { ...item, id, matter })
      if (put.is !== 'ok') return put
      agenda.push({ id: put.value.id, matter })
    }
    for (const seat of input.seats) {
      const listed = await inside(work, listAttendant, { id, ...seat })
      if (listed.is !== 'ok') return listed
    }
    work.about({ kind: meetingKind, id, detail: { body: input.body, until: input.until } })
    if (input.until === 'planned') return ok({ id })
    const published = await inside(work, publishAgenda, { id })
    if (published.is !== 'ok') return published
    if (input.until === 'invited') {
      if (input.form === 'meeting') await listMembers(work.tx, id, body.id, input.day, input.locale)
      await saveMeetingState(work.tx, id, ['planned'], 'invited')
    } else {
      const held = await hold(work, id, input, agenda)
      if (held.is !== 'ok') return held
    }
    work.about({ kind: meetingKind, id, detail: { body: input.body, until: input.until } })
    return ok({ id })
  },
})

async function hold(
  work: Work,
  id: string,
  input: z.output<typeof WholeMeeting>,
  agenda: readonly { id: string; matter: string | undefined }[],
): Promise<Outcome<unknown>> {
  const opened = await inside(work, holdMeeting, { id })
  if (opened.is !== 'ok') return opened
  const listed = await attendanceOf(work.tx, id)
  const there = listed.map((one, at) => ({ ...one, here: at < listed.length - input.missing }))
  const written = await inside(work, writeMinutes, {
    id,
    opening: input.opening,
    attendance: there.map((one) => ({ id: one.id, presence: one.here ? ('present' as const) : ('excused' as const) })),
    lines: input.items.flatMap(({ minutes }, at) =>
      minutes === undefined ? [] : [{ item: agenda[at]?.id ?? '', words: minutes }],
    ),
  })
  if (written.is !== 'ok') return written
  for (const [at, { decision, tasks, sendOn }] of input.items.entries()) {
    const item = agenda[at]
    if (!item) continue
    if (decision) {
      const { all, ...made } = decision
      const votes =
        all === undefined
          ? []
          : there.filter((one) => one.votes && one.here).map((one) => ({ attendant: one.id, vote: all }))
      const decided = await inside(work, decideItem, { id: item.id, ...made, votes })
      if (decided.is !== 'ok') return decided
    }
    for (const task of tasks) {
      const given = await inside(work, giveTask, { id, item: item.id, ...task })
      if (given.is !== 'ok') return given
    }
    if (sendOn && item.matter) {
      const sent = await inside(work, moveMatter, { id: item.matter, deed: 'sent-on', ...sendOn })
      if (sent.is !== 'ok') return sent
    }
  }
  return input.until === 'approved' ? inside(work, approveMinutes, { id, by: 'chair' }) : ok({ id })
}

/** One command as a step of another: the same permission, the same refusals, in the same transaction. */
async function inside<Schema extends z.ZodType, Subject, Result>(
  work: Work,
  step: Command<Schema, Subject, Result>,
  given: z.input<Schema>,
): Promise<Outcome<Result>> {
  const input = step.input.parse(given)
  const subject = await step.subject(work.tx, input)
  if (subject === undefined) return notFound
  if (!step.permission.may(work.actor, subject)) return forbidden
  return step.run(work, input, subject)
}

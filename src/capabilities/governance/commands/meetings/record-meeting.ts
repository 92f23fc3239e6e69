import { z } from 'zod'
import { type Command, command, type Work } from '../../../../platform/access/command.ts'
import { type FieldError, forbidden, invalid, notFound, type Outcome, ok } from '../../../../platform/access/outcome.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { Locale } from '../../../../platform/i18n/text.ts'
import { mayKeepMeetings } from '../../permissions/meetings.ts'
import { attendanceOf } from '../../store/meetings/read-attendance.ts'
import { listMembers, saveMeetingState } from '../../store/meetings/save-meeting.ts'
import { bodyBySlug } from '../../store/read-body.ts'
import { MatterSource } from '../../types/matters.ts'
import { Amount, Currency, MeetingForm, meetingKind, Side, Vote } from '../../types/meetings.ts'
import { type Body, DecidesBy, DecisionOutcome, Slug } from '../../types.ts'
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

/** People as minutes name them. */
const Names = z.array(words.max(200)).max(200).default([])

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
      /** left out: as the body decides, or by consensus where nothing says it */
      how: DecidesBy.optional(),
      outcome: DecisionOutcome,
      title: words.max(300),
      /** how everybody who is there, may vote and is not named below did; left out: yes where votes carry it, or nobody voted one by one */
      all: Vote.optional(),
      against: Names,
      abstained: Names,
      amount: Amount.optional(),
      currency: Currency.optional(),
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
  /** or who that was, by the names of that day */
  absent: Names,
  guests: Names,
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
    for (const [position, item] of input.items.entries()) {
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
      if (put.is !== 'ok') return within(put, (path) => `items.${position}.${path}`)
      agenda.push({ id: put.value.id, matter })
    }
    for (const seat of input.seats) {
      const listed = await inside(work, listAttendant, { id, ...seat })
      if (listed.is !== 'ok') return listed
    }
    for (const name of input.guests) {
      const listed = await inside(work, listAttendant, { id, name })
      if (listed.is !== 'ok') return within(listed, () => 'guests')
    }
    work.about({ kind: meetingKind, id, detail: { body: input.body, until: input.until } })
    if (input.until === 'planned') return ok({ id })
    const published = await inside(work, publishAgenda, { id })
    if (published.is !== 'ok') return published
    if (input.until === 'invited') {
      if (input.form === 'meeting') await listMembers(work.tx, id, body.id, input.day, input.locale)
      await saveMeetingState(work.tx, id, ['planned'], 'invited')
    } else {
      const held = await hold(work, id, body.profile, input, agenda)
      if (held.is !== 'ok') return held
    }
    work.about({ kind: meetingKind, id, detail: { body: input.body, until: input.until } })
    return ok({ id })
  },
})

async function hold(
  work: Work,
  id: string,
  body: Body,
  input: z.output<typeof WholeMeeting>,
  agenda: readonly { id: string; matter: string | undefined }[],
): Promise<Outcome<unknown>> {
  const opened = await inside(work, holdMeeting, { id })
  if (opened.is !== 'ok') return opened
  const listed = await attendanceOf(work.tx, id)
  const absent = named(input.absent)
  const there = listed.map((one, at) => ({
    ...one,
    here: at < listed.length - input.missing && !absent.has(spelled(one.name)),
  }))
  const stranger = strangerIn(input, there)
  if (stranger) return invalid(stranger)
  const written = await inside(work, writeMinutes, {
    id,
    opening: input.opening,
    attendance: there.map((one) => ({
      id: one.id,
      presence: one.here
        ? ('present' as const)
        : absent.has(spelled(one.name))
          ? ('absent' as const)
          : ('excused' as const),
    })),
    lines: input.items.flatMap(({ minutes }, at) =>
      minutes === undefined ? [] : [{ item: agenda[at]?.id ?? '', words: minutes }],
    ),
  })
  if (written.is !== 'ok') return written
  for (const [at, { decision, tasks, sendOn }] of input.items.entries()) {
    const item = agenda[at]
    if (!item) continue
    if (decision) {
      const { all, against, abstained, ...made } = decision
      const how = made.how ?? body.decidesBy ?? 'consensus'
      const given = {
        ...made,
        id: item.id,
        how,
        votes: votesOf({ how, outcome: made.outcome, all, against, abstained }, there),
      }
      const decided = await inside(work, decideItem, given)
      if (decided.is !== 'ok') return within(decided, (path) => `items.${at}.decision.${path}`)
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

const spelled = (name: string) => name.trim().toLowerCase()
const named = (names: readonly string[]) => new Set(names.map(spelled))

/** Who voted how: those who are named, and all others alike. */
function votesOf(
  decision: {
    how: DecidesBy
    outcome: DecisionOutcome
    all: Vote | undefined
    against: readonly string[]
    abstained: readonly string[]
  },
  there: readonly { id: string; name: string; votes: boolean; here: boolean }[],
): { attendant: string; vote: Vote }[] {
  const { how, outcome, against, abstained } = decision
  const counted = against.length + abstained.length > 0 || (outcome === 'agreed' && how !== 'consensus')
  const others = decision.all ?? (counted ? 'yes' : undefined)
  if (others === undefined) return []
  const [no, abstain] = [named(against), named(abstained)]
  return there
    .filter(({ votes, here }) => votes && here)
    .map(({ id, name }) => ({
      attendant: id,
      vote: no.has(spelled(name)) ? 'no' : abstain.has(spelled(name)) ? 'abstain' : others,
    }))
}

/** The first name that nobody on the list has, or who had no vote there, at its field. */
function strangerIn(
  { absent, items }: z.output<typeof WholeMeeting>,
  there: readonly { name: string; votes: boolean; here: boolean }[],
): FieldError | undefined {
  const known = named(there.map(({ name }) => name))
  const voters = named(there.filter(({ votes, here }) => votes && here).map(({ name }) => name))
  const votes = items.flatMap(({ decision }, at) =>
    (['against', 'abstained'] as const).map((way) => ({
      path: `items.${at}.decision.${way}`,
      names: decision?.[way] ?? [],
    })),
  )
  for (const { path, names } of [{ path: 'absent', names: absent }, ...votes]) {
    const stranger = names.find((name) => !known.has(spelled(name)))
    if (stranger !== undefined) {
      const all = there.map(({ name }) => name).join(', ')
      return { path, message: m.governance_record_no_one({ name: stranger, names: all }) }
    }
    if (path !== 'absent' && names.some((name) => !voters.has(spelled(name))))
      return { path, message: m.governance_may_not_vote() }
  }
  return undefined
}

/** The same refusal, with its mistakes at the part of the whole meeting where they are. */
function within<Refused extends Exclude<Outcome<unknown>, { is: 'ok' }>>(
  refused: Refused,
  place: (path: string) => string,
): Refused {
  if (refused.is !== 'invalid') return refused
  return { ...refused, errors: refused.errors.map(({ path, message }) => ({ path: place(path), message })) }
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

import { z } from 'zod'
import type { FieldError, Outcome } from '../../../platform/access/outcome.ts'
import { type Answer, page, redirect } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import { type Fields, field } from '../../../platform/http/form-fields.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { m } from '../../../platform/i18n/speech.ts'
import type { FormState } from '../../../platform/ui/form.tsx'
import { recordMeeting } from '../commands/meetings/record-meeting.ts'
import { mayOpenMeetings } from '../permissions/meetings.ts'
import { typedAmount } from '../rules/meetings/typed-amount.ts'
import { delegationsTo } from '../store/meetings/delegations.ts'
import { bodiesOf } from '../store/read-body.ts'
import { Slug } from '../types.ts'
import { RecordBody, RecordForm } from '../views/meetings/record-form.tsx'
import { kept, newKey } from './meetings-desk.tsx'

const address = '/governance/meetings/record'

/** A whole meeting of the past, entered on one page (GOV-3). */
export function meetingsRecord(door: Door): void {
  door.page(
    address,
    {
      permission: mayOpenMeetings,
      audit: { none: 'an empty form; bodies are public' },
      query: z.object({ body: Slug.optional() }),
    },
    (visit) => showForm(visit, visit.query.body, {}),
  )
  door.form(address, {
    command: recordMeeting,
    input: wholeMeeting,
    done: ({ id }) =>
      redirect(`/governance/meetings/${id}`, { kind: 'done', text: m.governance_record_meeting_flash() }),
    again: (typed, outcome, visit) =>
      showForm(visit, field(typed, 'body'), { typed, outcome: atFields(outcome, typed) }),
  })
}

async function showForm(visit: Visit, slug: string | undefined, state: FormState): Promise<Answer> {
  const found = await visit.read(async (tx) => {
    const bodies = await bodiesOf(tx, kept(visit.actor))
    const body =
      slug === undefined && bodies.length === 1 ? bodies[0] : bodies.find(({ profile }) => profile.slug === slug)
    return { bodies, body, limits: body ? await delegationsTo(tx, body.id) : [] }
  })
  const { body } = found
  if (slug !== undefined && !body) return { is: 'notFound' }
  return page(
    m.governance_record_meeting(),
    body ? (
      <RecordForm
        body={body}
        currency={found.limits[0]?.currency}
        today={dayIn(visit.now, body.timeZone)}
        state={state}
        idempotencyKey={newKey()}
      />
    ) : (
      <RecordBody bodies={found.bodies} />
    ),
    { size: 'sm' },
  )
}

type Tree = Record<string, unknown>
const tree = (value: unknown): Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
const lines = (value: unknown): string[] | undefined =>
  typeof value === 'string'
    ? value
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean)
    : undefined

/** What the command takes, from what was typed: names are lines, and an item without a word is none. */
function wholeMeeting({ absent, guests, items, currency, ...fields }: Tree): Tree {
  const given = Array.isArray(items) && items.length > 0 ? items : [{}]
  return {
    ...fields,
    absent: lines(absent),
    guests: lines(guests),
    items: given.map((item) => {
      const { decision, ...rest } = tree(item)
      if (decision === undefined) return rest
      const { against, abstained, amount, ...made } = tree(decision)
      const money = typeof amount === 'string' ? { amount: typedAmount(amount), currency } : {}
      return { ...rest, decision: { ...made, ...money, against: lines(against), abstained: lines(abstained) } }
    }),
  }
}

/** Which items of the page were filled in: the others were not sent on, so that mistakes count only these. */
const filled = (typed: Fields): number[] => [
  ...new Set(
    [...typed]
      .filter(([, values]) => values.some((value) => value.trim() !== ''))
      .flatMap(([name]) => /^items\.(\d{1,4})\./.exec(name)?.[1] ?? [])
      .map(Number)
      .sort((one, other) => one - other),
  ),
]

/** Mistakes at the fields where they were typed. */
function atFields<Failed extends Exclude<Outcome<unknown>, { is: 'ok' }>>(outcome: Failed, typed: Fields): Failed {
  if (outcome.is !== 'invalid') return outcome
  const numbers = filled(typed)
  const errors = new Map<string, FieldError>()
  for (const { path, message } of outcome.errors) {
    const at = path
      .replace(/^items\.(\d+)/, (_all, at: string) => `items.${numbers[Number(at)] ?? at}`)
      .replace(/\.decision\.votes.*$/, '.decision.against')
      .replace(/\.(against|abstained)\.\d+$/, '.$1')
      .replace(/^(absent|guests)\.\d+$/, '$1')
      .replace(/\.words$/, '.minutes')
    const missing = at.endsWith('.outcome') && !field(typed, at)
    if (!errors.has(at)) errors.set(at, { path: at, message: missing ? m.form_missing() : message })
  }
  return { ...outcome, errors: [...errors.values()] }
}

import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { holdsRoleIn } from '../../../platform/access/actor.ts'
import { type Answer, page, redirect } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { m } from '../../../platform/i18n/speech.ts'
import type { FormState } from '../../../platform/ui/form.tsx'
import { acknowledgeAlert } from '../commands/acknowledge-alert.ts'
import { addDuty, removeDuty } from '../commands/set-duty.ts'
import { officesOf } from '../offices.ts'
import { mayWork } from '../permissions.ts'
import { staffOf, turnsOf } from '../store/duty.ts'
import { officeById } from '../store/procedure.ts'
import { DutyPage } from '../views/duty.tsx'

const shownDays = 60
const day = 86_400_000

/** Who is on duty, and the answer to a call (INT-3). */
export function dutyRoutes(door: Door): void {
  door.page('/duty', { permission: mayWork, audit: 'intake.duty.list' }, (visit) => show(visit, {}))

  door.form('/duty/add', {
    command: addDuty,
    input: (fields, visit) => ({
      organisation: fields.organisation,
      account: fields.account,
      from: momentOf(fields.day, fields.time, visit),
      until: momentOf(fields.lastDay, fields.lastTime, visit),
      ...(fields.phone ? { phone: fields.phone } : {}),
    }),
    done: () => redirect('/duty', { kind: 'done', text: m.intake_duty_added() }),
    again: (typed, outcome, visit) => show(visit, { typed, outcome: atFields(outcome) }),
  })

  door.form('/duty/{id}/remove', {
    command: removeDuty,
    params: z.object({ id: z.uuid() }),
    input: (_fields, visit) => ({ turn: visit.params.id }),
    done: () => redirect('/duty', { kind: 'done', text: m.intake_duty_removed() }),
    again: async (_typed, outcome) =>
      redirect('/duty', { kind: 'warning', text: outcome.is === 'late' ? outcome.message : m.problem_invalid() }),
  })

  door.form('/requests/{id}/acknowledge', {
    command: acknowledgeAlert,
    params: z.object({ id: z.uuid() }),
    input: (_fields, visit) => ({ request: visit.params.id }),
    done: (result) => redirect(`/requests/${result.id}`),
    again: async (_typed, outcome, visit) =>
      redirect(`/requests/${visit.params.id}`, {
        kind: 'warning',
        text: outcome.is === 'late' ? outcome.message : m.problem_invalid(),
      }),
  })
}

/** The instant of a local day and time in the region that the reader looks at; what cannot be read goes on as typed, to be judged. */
function momentOf(typedDay: unknown, typedTime: unknown, visit: Visit): string {
  try {
    return Temporal.PlainDateTime.from(`${String(typedDay)}T${String(typedTime)}`)
      .toZonedDateTime(zoneOf(visit))
      .toInstant()
      .toString()
  } catch {
    return ''
  }
}

const zoneOf = (visit: Visit): string => visit.region?.timeZone ?? 'UTC'

/** The command knows moments, the page asks for day and time. */
function atFields(outcome: NonNullable<FormState['outcome']>): NonNullable<FormState['outcome']> {
  if (outcome.is !== 'invalid') return outcome
  const fields: Readonly<Record<string, string>> = { from: 'time', until: 'lastTime' }
  return {
    is: 'invalid',
    errors: outcome.errors.map(({ path, message }) => {
      const field = fields[path]
      return field
        ? { path: field, message: message === m.form_date() ? m.intake_duty_bad_time() : message }
        : { path, message }
    }),
  }
}

async function show(visit: Visit, state: FormState): Promise<Answer> {
  // a form that comes again was sent by anybody
  if (!mayWork.may(visit.actor, {})) return { is: 'forbidden' }
  const own = officesOf(visit.actor)
  const span = { from: visit.now, until: new Date(visit.now.getTime() + shownDays * day) }
  return visit.read(async (tx): Promise<Answer> => {
    const turns = await turnsOf(tx, own, span)
    const offices = await Promise.all(
      own.map(async (id) => ({
        office: await officeById(tx, id),
        turns: turns.filter(({ organisation }) => organisation === id),
        colleagues: holdsRoleIn(visit.actor, 'team_lead', id)
          ? await staffOf(tx, id, ['case_worker', 'team_lead', 'duty_officer'])
          : undefined,
      })),
    )
    return page(
      m.intake_duty_title(),
      <DutyPage
        offices={offices.flatMap(({ office, ...rest }) => (office ? [{ office, ...rest }] : []))}
        now={visit.now}
        timeZone={zoneOf(visit)}
        state={state}
        keyOf={() => crypto.randomUUID()}
      />,
      { size: 'sm' },
    )
  }, 'intake')
}

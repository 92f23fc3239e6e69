import { z } from 'zod'
import { command } from '../../../platform/access/command.ts'
import { conflict, invalid, late, ok } from '../../../platform/access/outcome.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { mayLead } from '../permissions.ts'
import { addTurn, organisationOfTurn, removeTurn, staffOf } from '../store/duty.ts'

const longestDays = 31
const day = 86_400_000

/** Puts a colleague on the duty list (INT-3). Moments are instants: the page turns local day and time into them. */
export const addDuty = command({
  audit: 'intake.duty.add',
  purpose: 'intake',
  input: z.object({
    organisation: z.uuid(),
    account: z.uuid(),
    from: z.iso.datetime({ offset: true }),
    until: z.iso.datetime({ offset: true }),
    phone: z
      .string()
      .trim()
      .regex(/^[+\d][\d\s()/.-]{3,38}$/)
      .optional(),
  }),
  subject: async (_tx, input) => ({ organisation: input.organisation }),
  permission: mayLead,
  async run(work, input) {
    const from = new Date(input.from)
    const until = new Date(input.until)
    if (until <= from) return invalid({ path: 'until', message: m.intake_duty_ends_before() })
    if (until.getTime() - from.getTime() > longestDays * day)
      return invalid({ path: 'until', message: m.intake_duty_too_long({ count: longestDays }) })
    const staff = await staffOf(work.tx, input.organisation, ['case_worker', 'team_lead', 'duty_officer'])
    if (!staff.some(({ account }) => account === input.account))
      return invalid({ path: 'account', message: m.intake_duty_no_colleague() })
    const turn = { organisation: input.organisation, account: input.account, from, until, phone: input.phone }
    if (!(await addTurn(work.tx, { ...turn, by: work.actor?.account ?? null })))
      return conflict(undefined, m.intake_duty_twice())
    work.about({
      kind: 'access.organisation',
      id: input.organisation,
      detail: { from: input.from, until: input.until },
    })
    return ok({ organisation: input.organisation })
  },
})

/** Takes a turn off the duty list. */
export const removeDuty = command({
  audit: 'intake.duty.remove',
  input: z.object({ turn: z.uuid() }),
  async subject(tx, input) {
    const organisation = await organisationOfTurn(tx, input.turn)
    return organisation === undefined ? undefined : { organisation }
  },
  permission: mayLead,
  async run(work, input, { organisation }) {
    if (!(await removeTurn(work.tx, input.turn))) return late(m.intake_duty_gone())
    work.about({ kind: 'access.organisation', id: organisation, detail: { turn: input.turn } })
    return ok({ organisation })
  },
})

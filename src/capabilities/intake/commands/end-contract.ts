import { z } from 'zod'
import { command, type Work } from '../../../platform/access/command.ts'
import { invalid, late, type Outcome, ok } from '../../../platform/access/outcome.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { formatDay } from '../../../platform/i18n/format.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { LinkToken } from '../link.ts'
import { mayDecide, maySign } from '../permissions.ts'
import { type EndedBy, endStoredContract, type StoredContract } from '../store/contracts.ts'
import { courseOf } from '../store/procedure.ts'
import type { StoredRequest } from '../store/requests.ts'
import { addStep } from '../store/steps.ts'
import { type ContractOfRequest, openContract, openContractAtDesk } from './contract-case.ts'
import { errandOf } from './opened-request.ts'

const Ending = z.object({
  contract: z.uuid(),
  /** the last day; missing: today */
  on: z.iso.date().optional(),
  /** code of one of the endings that stand in the contract */
  ground: z.string().max(140).optional(),
  note: z.string().trim().max(1000).optional(),
})
type Ending = z.output<typeof Ending>

/** Ends a contract at the desk: the provider for something that stands in it, or the person, who has told the office. An offer is taken back. */
export const endContract = command({
  audit: 'intake.contract.end',
  input: Ending.extend({ by: z.enum(['provider', 'person']) }),
  subject: openContractAtDesk,
  permission: mayDecide,
  run: (work, input, subject) => end(work, input.by, input, subject),
})

/** The person ends their contract, or declines the offer. They need no reason. */
export const leaveContract = command({
  audit: 'intake.contract.leave',
  purpose: errandOf,
  input: Ending.extend({ token: LinkToken.optional() }),
  subject: openContract,
  permission: maySign,
  run: (work, input, subject) => end(work, 'person', input, subject),
})

async function end(
  work: Work,
  by: Exclude<EndedBy, 'term'>,
  input: Ending,
  { contract, request }: ContractOfRequest,
): Promise<Outcome<{ id: string; request: string }>> {
  if (contract.state !== 'offered' && contract.state !== 'signed') return late(m.intake_contract_not_running())
  const endings = by === 'provider' ? contract.text.providerMayEnd : contract.text.personMayEnd
  const listed = endings.some(({ code }) => code === input.ground)
  if (contract.state === 'signed' && (input.ground ? !listed : by === 'provider'))
    return invalid({ path: 'ground', message: m.intake_contract_ground_first() })
  const today = dayIn(work.now, (await courseOf(work.tx, request.pack))?.place.timeZone ?? 'UTC')
  const on = contract.state === 'offered' ? today : (input.on ?? today)
  const wrong = lastDayError(contract, on)
  if (wrong) return invalid({ path: 'on', message: wrong })
  const ended = { on, by, ground: listed ? input.ground : undefined }
  if (!(await endStoredContract(work.tx, contract.id, ended))) return late(m.intake_contract_not_running())
  await noteEnd(work, request, contract.id, by, input.note)
  return ok({ id: contract.id, request: request.id })
}

/** A contract ends between the day on which it was written and the end that stands in it. */
function lastDayError({ text, ends }: StoredContract, on: string): string | undefined {
  if (on < text.day) return m.intake_contract_ends_before({ day: formatDay(text.day) })
  return ends && on > ends ? m.intake_contract_ends_after({ day: formatDay(ends) }) : undefined
}

async function noteEnd(
  work: Work,
  request: StoredRequest,
  contract: string,
  by: EndedBy,
  note: string | undefined,
): Promise<void> {
  await addStep(work.tx, request.id, {
    deed: 'contract',
    account: work.actor?.account ?? null,
    note,
    detail: { contract, state: 'ended', by },
  })
  work.about({ kind: 'intake.request', id: request.id, detail: { contract, by } })
}

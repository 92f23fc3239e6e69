import { z } from 'zod'
import { command, type Work } from '../../../platform/access/command.ts'
import { conflict, type FieldError, invalid, late, type Outcome, ok } from '../../../platform/access/outcome.ts'
import { formatDay } from '../../../platform/i18n/format.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { mayDecide } from '../permissions.ts'
import { contractIsNext, type EndLimits, endLimits, termFault } from '../rules/contract.ts'
import { addContract, changeContract, contractsOf, type StoredContract } from '../store/contracts.ts'
import { followUpsOf } from '../store/decisions.ts'
import type { StoredRequest } from '../store/requests.ts'
import { addStep } from '../store/steps.ts'
import type { ContractText } from '../types.ts'
import { type Agreed, type ContractGround, contractGround, type Lacking, writeText } from './contract-case.ts'
import { openById } from './opened-request.ts'

const Day = z.iso.date()

/** What is typed about a contract, whether it is the first or extends one. */
export const Wording = z.object({
  /** missing: as long as it is needed, where the card sets no limit */
  ends: Day.optional(),
  place: z.string().trim().min(1).max(120),
  besides: z.string().trim().max(4000).optional(),
})

/** Of a draft that is written anew; a first draft has none. */
const Version = z.coerce.number().int().positive().max(2_147_483_647).optional()

/** Writes the contract with the person from card, pack and request, or writes a draft of it anew (INT-7). */
export const draftContract = command({
  audit: 'intake.contract.draft',
  input: Wording.extend({ request: z.uuid(), begins: Day, version: Version }),
  subject: openById,
  permission: mayDecide,
  async run(work, input, { request }) {
    if (request.state !== 'accepted' || !contractIsNext(await followUpsOf(work.tx, request.id)))
      return late(m.intake_contract_not_next())
    const open = (await contractsOf(work.tx, request.id)).find(({ state }) => state !== 'ended')
    if (open && (open.state !== 'draft' || open.extendsId)) return late(m.intake_contract_already_offered())
    const ground = await contractGround(work.tx, request)
    if (typeof ground === 'string') return invalid(lackingError(ground))
    const agreed: Agreed = {
      begins: input.begins,
      ends: input.ends ?? null,
      besides: input.besides,
      place: input.place,
    }
    const wrong = termErrors(endLimits(ground.service.card.term, input.begins), agreed.ends)
    if (wrong.length > 0) return invalid(...wrong)
    return keepText(work, request, ground, writeText(request, ground, agreed), { draft: open, version: input.version })
  },
})

/** What is missing, in words. */
export function lackingError(lacking: Lacking): FieldError {
  const words = {
    service: m.intake_contract_lacks_service,
    procedure: m.intake_contract_lacks_procedure,
    name: m.intake_contract_lacks_name,
  }
  return { path: '', message: words[lacking]() }
}

/** INT-7: what is wrong with the end that was typed, and between which days it may lie. */
export function termErrors(limits: EndLimits, ends: string | null): FieldError[] {
  const fault = termFault(limits, ends)
  if (!fault) return []
  const earliest = formatDay(limits.earliest)
  const latest = limits.latest ? formatDay(limits.latest) : ''
  const words = {
    'no end': () => m.intake_contract_needs_end({ latest }),
    'too short': () => m.intake_contract_too_short({ earliest }),
    'too long': () => m.intake_contract_too_long({ latest }),
  }
  return [{ path: 'ends', message: words[fault]() }]
}

/** Stores a text as a draft: a new one, or an earlier one written anew, unless somebody was faster. */
export async function keepText(
  work: Work,
  request: StoredRequest,
  ground: ContractGround,
  text: ContractText,
  course: { draft: StoredContract | undefined; version: number | undefined; extendsId?: string },
): Promise<Outcome<{ id: string; request: string }>> {
  const { draft, version, extendsId } = course
  const account = work.actor?.account ?? null
  const words = { text, locale: request.locale }
  if (draft && (version !== draft.version || !(await changeContract(work.tx, draft.id, draft.version, words))))
    return conflict(undefined, m.intake_contract_changed())
  const id =
    draft?.id ??
    (await addContract(work.tx, {
      ...words,
      request: request.id,
      service: ground.service.id,
      provider: ground.service.organisation.id,
      ...(extendsId ? { extendsId } : {}),
      account,
    }))
  if (!draft)
    await addStep(work.tx, request.id, { deed: 'contract', account, detail: { contract: id, state: 'draft' } })
  work.about({ kind: 'intake.request', id: request.id, detail: { contract: id } })
  return ok({ id, request: request.id })
}

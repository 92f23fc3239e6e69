import { z } from 'zod'
import { command } from '../../../platform/access/command.ts'
import { invalid, late } from '../../../platform/access/outcome.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { mayDecide } from '../permissions.ts'
import { endLimits, mayExtend } from '../rules/contract.ts'
import { contractsOf } from '../store/contracts.ts'
import { contractGround, openContractAtDesk, writeText } from './contract-case.ts'
import { keepText, lackingError, termErrors, Wording } from './draft-contract.ts'

/**
 * Writes a contract that goes on where one that runs would end, up to the extended term of the card, counted from the beginning of the first
 * (INT-7). It is offered and signed like any other.
 */
export const extendContract = command({
  audit: 'intake.contract.extend',
  input: Wording.extend({
    /** the contract that runs */
    contract: z.uuid(),
    /** of the extension, where its draft is written anew */
    version: z.coerce.number().int().positive().max(2_147_483_647).optional(),
  }),
  subject: openContractAtDesk,
  permission: mayDecide,
  async run(work, input, { request, contract }) {
    if (contract.state !== 'signed' || !contract.ends) return late(m.intake_contract_not_running())
    const later = (await contractsOf(work.tx, request.id)).find(
      ({ extendsId, state }) => extendsId === contract.id && state !== 'ended',
    )
    if (later && later.state !== 'draft') return late(m.intake_contract_already_extended())
    const ground = await contractGround(work.tx, request)
    if (typeof ground === 'string') return invalid(lackingError(ground))
    const { term } = ground.service.card
    if (!mayExtend(term, contract.ends, contract.firstBegan)) return late(m.intake_contract_no_extension())
    const agreed = {
      begins: contract.ends,
      ends: input.ends ?? null,
      besides: input.besides,
      place: input.place,
      extendsFrom: contract.firstBegan,
    }
    const wrong = termErrors(endLimits(term, contract.ends, contract.firstBegan), agreed.ends)
    if (wrong.length > 0) return invalid(...wrong)
    return keepText(work, request, ground, writeText(request, ground, agreed), {
      draft: later,
      version: input.version,
      extendsId: contract.id,
    })
  },
})

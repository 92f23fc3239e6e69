import { z } from 'zod'
import { command } from '../../../platform/access/command.ts'
import { conflict, invalid, late, ok } from '../../../platform/access/outcome.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { mayDecide } from '../permissions.ts'
import { formsOffered } from '../rules/contract.ts'
import { freezeContract } from '../store/contracts.ts'
import { addStep } from '../store/steps.ts'
import { contractGround, hashOf, openContractAtDesk } from './contract-case.ts'
import { lackingError } from './draft-contract.ts'

/** Offers a draft to the person. From now on its text stands still, with its hash; both sides can sign it (INT-7). */
export const offerContract = command({
  audit: 'intake.contract.offer',
  input: z.object({ contract: z.uuid(), version: z.coerce.number().int().positive().max(2_147_483_647) }),
  subject: openContractAtDesk,
  permission: mayDecide,
  async run(work, input, { request, contract }) {
    if (contract.state !== 'draft') return late(m.intake_contract_already_offered())
    const ground = await contractGround(work.tx, request)
    if (typeof ground === 'string') return invalid(lackingError(ground))
    if (formsOffered(ground.course.procedure.contract).length === 0)
      return invalid({ path: '', message: m.intake_contract_no_form() })
    // The draft was judged over the card as it stood: what it says of term and endings must still be so.
    if (ground.service.version !== contract.text.service.version)
      return conflict(undefined, m.intake_contract_card_changed())
    if (!(await freezeContract(work.tx, contract.id, input.version, hashOf(contract.text))))
      return conflict(undefined, m.intake_contract_changed())
    await addStep(work.tx, request.id, {
      deed: 'contract',
      account: work.actor?.account ?? null,
      detail: { contract: contract.id, state: 'offered' },
    })
    work.jobs.add('intake.letter', { request: request.id, kind: 'contract' })
    work.about({ kind: 'intake.request', id: request.id, detail: { contract: contract.id } })
    return ok({ id: contract.id, request: request.id })
  },
})

import { z } from 'zod'
import type { Tx } from '../../../platform/db/database.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import type { Job } from '../../../platform/jobs/job.ts'
import { endContractsByTerm, regionsWithContracts } from '../store/contracts.ts'
import { addStep } from '../store/steps.ts'
import { recordDeed } from './record-deed.ts'

/** Ends contracts whose term is over, by the day that it is in their region (INT-7). @returns how many */
export async function endContracts(tx: Tx): Promise<number> {
  let ended = 0
  for (const { pack, timeZone } of await regionsWithContracts(tx))
    for (const { id, request } of await endContractsByTerm(tx, pack, dayIn(tx.now, timeZone))) {
      await addStep(tx, request, {
        deed: 'contract',
        account: null,
        detail: { contract: id, state: 'ended', by: 'term' },
      })
      recordDeed(tx, 'intake.contract.end', request, { contract: id, by: 'term' })
      ended++
    }
  return ended
}

/** Every hour: the day ends at another hour in every region. */
export const endContractsJob: Job<Record<string, never>> = {
  task: 'intake.end-contracts',
  payload: z.object({}),
  purpose: 'intake',
  cron: '7 * * * *',
  async run({ log, transact }) {
    const ended = await transact(endContracts)
    if (ended > 0) log.info({ ended }, 'contracts ended with their term')
  },
}

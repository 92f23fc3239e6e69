import { z } from 'zod'
import { query, type Tx } from '../db/database.ts'
import type { Job } from '../jobs/job.ts'
import { forgetCounters } from '../limits/count.ts'
import { forgetForms } from './kept-form.ts'

/** How long a sender may repeat a request and be answered as the first time; a visit without network may last that long. */
export const keyDays = 30

/** Forgets what is over: senders' keys and outcomes that nobody repeats any more (they say who did what), forms that waited, counters. */
export const forgetKeysJob: Job<Record<string, never>> = {
  task: 'http.forget-keys',
  payload: z.object({}),
  purpose: 'forgetting',
  cron: '40 * * * *',
  async run({ transact }) {
    await transact(async (tx) => {
      await forgetKeys(tx)
      await forgetForms(tx)
      await forgetCounters(tx)
    })
  },
}

/** Needs the purpose `forgetting`. */
export async function forgetKeys(tx: Tx): Promise<void> {
  await tx.all(query.deleteFrom('http.idempotency').where('at', '<', new Date(tx.now.valueOf() - keyDays * 86_400_000)))
}

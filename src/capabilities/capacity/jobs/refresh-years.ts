import { z } from 'zod'
import type { Database } from '../../../platform/db/database.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import type { Job } from '../../../platform/jobs/job.ts'
import { refreshYears } from '../store/supply/save-supply.ts'

/** Counts demand by year anew, every night (CAP-7). What was corrected for years behind is in it the next morning. */
export const refreshYearsJob: Job<Record<string, never>> = {
  task: 'capacity.refresh-years',
  payload: z.object({}),
  purpose: 'capacity',
  cron: '20 3 * * *',
  async run({ transact, now, log }) {
    const rows = await transact((tx) => refreshYears(tx, dayIn(now(), 'UTC')))
    log.info({ rows }, 'demand by year was counted')
  },
}

/** The same at once, for whoever brings years of history. @returns rows made */
export const countYears = (database: Database, now: Date): Promise<number> =>
  database.transact({ actor: null, purpose: 'capacity' }, (tx) => refreshYears(tx, dayIn(now, 'UTC')))

import { z } from 'zod'
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
    const offers = await transact((tx) => refreshYears(tx, dayIn(now(), 'UTC')))
    log.info({ rows: offers }, 'demand by year was counted')
  },
}

import { z } from 'zod'
import type { Job } from '../../../platform/jobs/job.ts'
import { forgetDraftsBefore } from '../store/requests.ts'
import { recordDeed } from './record-deed.ts'

/** A draft that nobody has touched for so many days is forgotten, with all that was typed. */
export const draftDays = 30

/** Every night: what nobody sent does not stay. */
export const forgetDraftsJob: Job<Record<string, never>> = {
  task: 'intake.forget-drafts',
  payload: z.object({}),
  purpose: 'intake',
  cron: '40 2 * * *',
  async run({ log, now, transact }) {
    const before = new Date(now().getTime() - draftDays * 86_400_000)
    const forgotten = await transact(async (tx) => {
      const drafts = await forgetDraftsBefore(tx, before)
      for (const draft of drafts) recordDeed(tx, 'intake.request.forget', draft, { days: draftDays })
      return drafts.length
    })
    log.info({ forgotten }, 'drafts that nobody sent were forgotten')
  },
}

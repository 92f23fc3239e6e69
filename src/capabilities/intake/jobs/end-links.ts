import { z } from 'zod'
import type { Job } from '../../../platform/jobs/job.ts'
import { revokeMailedLinks } from '../store/links.ts'

const Payload = z.object({ request: z.uuid() })

/**
 * Ends the links of a request that went by mail, once others read the mailbox (INT-11). A job does it, since whoever comes by a link sees no other.
 */
export const endLinksJob: Job<z.output<typeof Payload>> = {
  task: 'intake.end-links',
  payload: Payload,
  purpose: 'intake',
  async run({ transact }, { request }) {
    await transact((tx) => revokeMailedLinks(tx, request))
  },
}

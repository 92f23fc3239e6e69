import { z } from 'zod'
import type { Job } from '../../../platform/jobs/job.ts'
import { revokeLinks } from '../store/links.ts'

const Payload = z.object({
  request: z.uuid(),
  /** hash of the one link that goes on, hex */
  except: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
})

/**
 * Ends the links of a request when its person's mailbox is no longer theirs alone (INT-11): one may lie there. A job does it, since whoever comes by a
 * link sees no other.
 */
export const endLinksJob: Job<z.output<typeof Payload>> = {
  task: 'intake.end-links',
  payload: Payload,
  purpose: 'intake',
  async run({ transact }, { request, except }) {
    await transact((tx) => revokeLinks(tx, request, except === undefined ? undefined : Buffer.from(except, 'hex')))
  },
}

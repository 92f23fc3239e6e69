import { z } from 'zod'
import type { Job } from '../../../platform/jobs/job.ts'
import { revokeExpiredLinks, revokeMailedLinks } from '../store/links.ts'
import { recordDeed } from './record-deed.ts'

const Payload = z.object({
  request: z.uuid(),
  why: z.enum(['read by others', 'another mailbox']).default('read by others'),
  /** when that was said: what is mailed later goes where it is safe */
  at: z.iso.datetime().optional(),
})

/**
 * Ends the links of a request that went by mail, once others read the mailbox or another takes its place (INT-11). A job does it, since whoever comes by a
 * link sees no other.
 */
export const endLinksJob: Job<z.output<typeof Payload>> = {
  task: 'intake.end-links',
  payload: Payload,
  purpose: 'intake',
  async run({ transact }, { request, why, at }) {
    await transact(async (tx) => {
      const links = await revokeMailedLinks(tx, request, at ? new Date(at) : tx.now)
      if (links > 0) recordDeed(tx, 'intake.link.end', request, { links, why })
    })
  },
}

/** Every hour: a link whose time is over opens nothing, whatever reads by it. Every page asks for the moment besides. */
export const expiredLinksJob: Job<Record<string, never>> = {
  task: 'intake.end-expired-links',
  payload: z.object({}),
  purpose: 'intake',
  cron: '27 * * * *',
  async run({ log, transact }) {
    const links = await transact(async (tx) => {
      const ended = await revokeExpiredLinks(tx)
      for (const request of ended) recordDeed(tx, 'intake.link.end', request, { links: 1, why: 'expired' })
      return ended.length
    })
    if (links > 0) log.info({ links }, 'links ended whose time was over')
  },
}

import { z } from 'zod'
import type { Job } from '../jobs/job.ts'
import type { Auth } from './auth.ts'

const Nothing = z.object({})

/** Forgets every night what has expired: sessions, links, codes. */
export function sweepJob(auth: Pick<Auth, 'sweep'>): Job<z.infer<typeof Nothing>> {
  return { task: 'auth.sweep', payload: Nothing, purpose: 'sign-in', cron: '20 3 * * *', run: () => auth.sweep() }
}

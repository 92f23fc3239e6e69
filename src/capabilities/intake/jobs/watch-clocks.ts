import { z } from 'zod'
import type { Tx } from '../../../platform/db/database.ts'
import type { Job } from '../../../platform/jobs/job.ts'
import { jobQueue } from '../../../platform/jobs/queue.ts'
import { sendLetter } from '../../../platform/mail/letter.ts'
import { continueReview } from '../commands/continue-review.ts'
import { addAlert } from '../store/alerts.ts'
import { stopClocks } from '../store/clocks.ts'
import { type Colleague, colleagueById, staffOf } from '../store/duty.ts'
import { heldRequest } from '../store/requests.ts'
import { clocksRunOut, clocksToWarn, noteTold, type WatchedClock } from '../store/watched-clocks.ts'
import { recordDeed } from './record-deed.ts'

/** What one person is told of in one letter. */
interface Told {
  colleague: Colleague
  items: { reference: string; link: string; due: string; names: WatchedClock['deadline']['names'] }[]
}

/**
 * Warns before a deadline ends, and passes on what has run out (INT-3): a warning goes to whoever has taken the request, else to the whole office; what is
 * late goes to the team leads. One letter for each person, however many clocks. Where the time of grace is over, the request is taken up again.
 * @returns how many clocks were warned of, how many had run out
 */
export async function watchClocks(tx: Tx, url: string): Promise<{ warned: number; late: number }> {
  const warned = await clocksToWarn(tx)
  const late = await clocksRunOut(tx)
  const soon = new Map<string, Told>()
  for (const clock of warned) {
    if (!(await noteTold(tx, clock.id, 'warned_at')) || !concernsOffice(clock)) continue
    recordDeed(tx, 'intake.clock.warn', clock.request, { kind: clock.kind })
    for (const colleague of await responsible(tx, clock)) tell(soon, colleague, clock, url)
  }
  const over = new Map<string, Told>()
  for (const clock of late) {
    if (!(await noteTold(tx, clock.id, 'escalated_at'))) continue
    recordDeed(tx, 'intake.clock.run-out', clock.request, { kind: clock.kind })
    if (await runsOutQuietly(tx, clock)) continue
    for (const colleague of await staffOf(tx, clock.handler, ['team_lead'])) {
      if (clock.kind === 'emergency')
        await addAlert(tx, { request: clock.request, account: colleague.account, reason: 'late' })
      tell(over, colleague, clock, url)
    }
  }
  for (const told of soon.values()) write(tx, told, 'intake.soon')
  for (const told of over.values()) write(tx, told, 'intake.late')
  return { warned: warned.length, late: late.length }
}

/** The time to appeal, and the time of grace, are the person's. */
const concernsOffice = ({ kind }: WatchedClock): boolean => kind !== 'appeal' && kind !== 'grace'

/** What ends without anybody being late. */
async function runsOutQuietly(tx: Tx, clock: WatchedClock): Promise<boolean> {
  if (concernsOffice(clock)) return false
  await stopClocks(tx, clock.request, [clock.kind])
  if (clock.kind === 'grace') {
    const request = await heldRequest(tx, clock.request)
    if (request?.state === 'waiting') {
      await continueReview(tx, request, null)
      recordDeed(tx, 'intake.request.continue', request.id, { after: clock.kind })
    }
  }
  return true
}

async function responsible(tx: Tx, clock: WatchedClock): Promise<Colleague[]> {
  const one = clock.assignedTo ? await colleagueById(tx, clock.assignedTo) : undefined
  return one ? [one] : staffOf(tx, clock.handler, ['case_worker', 'team_lead'])
}

function tell(list: Map<string, Told>, colleague: Colleague, clock: WatchedClock, url: string): void {
  const told = list.get(colleague.account) ?? { colleague, items: [] }
  list.set(colleague.account, told)
  told.items.push({
    reference: clock.reference,
    link: `${url}/requests/${clock.request}`,
    due: clock.dueAt.toISOString(),
    names: clock.deadline.names,
  })
}

function write(tx: Tx, { colleague, items }: Told, template: 'intake.soon' | 'intake.late'): void {
  sendLetter(jobQueue(tx), {
    to: colleague.email,
    template,
    locale: colleague.locale ?? 'en',
    parameters: { items: items.slice(0, 50), more: Math.max(0, items.length - 50) },
  })
}

/** Every five minutes: an emergency has hours, not days. */
export const clocksJob: Job<Record<string, never>> = {
  task: 'intake.clocks',
  payload: z.object({}),
  purpose: 'intake',
  cron: '*/5 * * * *',
  async run({ config, log, transact }) {
    const told = await transact((tx) => watchClocks(tx, config.url))
    if (told.warned + told.late > 0) log.info(told, 'deadlines were watched')
  },
}

import { z } from 'zod'
import { recordEvent } from '../../../../platform/audit/record.ts'
import type { Tx } from '../../../../platform/db/database.ts'
import { inLocale, m } from '../../../../platform/i18n/speech.ts'
import { locales } from '../../../../platform/i18n/text.ts'
import { type Job, JobFailed } from '../../../../platform/jobs/job.ts'
import { jobQueue } from '../../../../platform/jobs/queue.ts'
import { threadOf } from '../../../../platform/thread/thread.ts'
import { remarkOnCard } from '../../../directory/contract.ts'
import { enterVerdict } from '../../commands/adjustments/ask-approval.ts'
import { titleWords } from '../../letters/adjustment-words.ts'
import { hindranceOf } from '../../rules/adjustments/course.ts'
import { uncontacted } from '../../store/adjustments/contacts.ts'
import { adjustmentOfConsultation, dueAdjustments } from '../../store/adjustments/notices.ts'
import { adjustmentById, holdAdjustment } from '../../store/adjustments/read-adjustment.ts'
import { putInForce, verdictOf } from '../../store/adjustments/save-adjustment.ts'
import { adjustmentKind } from '../../types/adjustments.ts'
import { adjustmentsPurpose, todayOf } from './tell.ts'

/** What came of a look at one adjustment. */
export type CarriedOut = 'in-force' | 'approved' | 'declined' | 'contact-missing' | 'waits'

/**
 * Puts an adjustment in force on its day (CAP-3): the places change in the same moment, the tariff is marked to be calculated anew, the editors of its card
 * are told what no longer fits, and everybody who was contacted hears of it. Done twice it happens once.
 */
export async function putIntoEffect(tx: Tx, id: string): Promise<CarriedOut> {
  const adjustment = await holdAdjustment(tx, id)
  if (!adjustment || hindranceOf(adjustment, todayOf(tx, adjustment)) !== undefined) return 'waits'
  const jobs = jobQueue(tx)
  if ((await uncontacted(tx, id, adjustment.effectOn)).length > 0) {
    jobs.add('capacity.adjustment-tell', { adjustment: id, occasion: 'contact-missing' })
    return 'contact-missing'
  }
  if (!(await putInForce(tx, id))) return 'waits'
  if (adjustment.offer.service !== undefined) {
    const locale = locales.find((one) => adjustment.offer.names[one]) ?? 'en'
    const text = inLocale(locale, () => m.capacity_adjust_card_remark({ title: titleWords(adjustment) }))
    remarkOnCard(tx, { service: adjustment.offer.service, text })
  }
  jobs.add('capacity.adjustment-tell', { adjustment: id, occasion: 'in-force' })
  record(tx, 'capacity.adjustment.effect', id, { effectOn: adjustment.effectOn, change: adjustment.change })
  return 'in-force'
}

/** Takes over what a body has decided in the meantime. */
export async function takeOver(tx: Tx, id: string): Promise<CarriedOut> {
  const [adjustment, verdict] = await Promise.all([adjustmentById(tx, id), verdictOf(tx, id)])
  if (!adjustment || !verdict) return 'waits'
  const entered = await enterVerdict({ tx, jobs: jobQueue(tx), thread: threadOf(tx) }, adjustment, verdict)
  if (!entered) return 'waits'
  record(tx, 'capacity.adjustment.take-verdict', id, { outcome: verdict.outcome })
  return verdict.outcome === 'agreed' ? 'approved' : 'declined'
}

function record(
  tx: Tx,
  act: 'capacity.adjustment.effect' | 'capacity.adjustment.take-verdict',
  id: string,
  detail: Record<string, string | number>,
): void {
  recordEvent(tx, { act, actor: null, origin: 'job', outcome: 'done', about: { kind: adjustmentKind, id, detail } })
}

const Nothing = z.object({})
const Heard = z.object({ consultation: z.uuid() })

/** Four times an hour: what was decided is taken over, and what is due comes into force. */
export const carryOutJob: Job<z.output<typeof Nothing>> = {
  task: 'capacity.adjustments',
  payload: Nothing,
  purpose: adjustmentsPurpose,
  cron: '4,19,34,49 * * * *',
  async run({ log, transact, signal }) {
    const { toEffect, toJudge } = await transact(dueAdjustments)
    let done = 0
    const failed: unknown[] = []
    for (const [ids, act] of [
      [toJudge, takeOver],
      [toEffect, putIntoEffect],
    ] as const)
      for (const id of ids) {
        if (signal.aborted) return
        // one that fails holds up no other
        const came = await transact((tx) => act(tx, id)).catch((error: unknown) => void failed.push(error))
        if (came !== undefined && came !== 'waits') done++
      }
    if (done > 0) log.info({ done }, 'adjustments went on')
    if (failed.length > 0) throw new JobFailed(`${failed.length} adjustments did not go on`, { cause: failed[0] })
  },
}

/** Queued by governance with the confirmation of a hearing. */
export const heardJob: Job<z.output<typeof Heard>> = {
  task: 'capacity.adjustment-heard',
  payload: Heard,
  purpose: adjustmentsPurpose,
  async run({ log, transact }, { consultation }) {
    const came = await transact(async (tx) => {
      const id = await adjustmentOfConsultation(tx, consultation)
      return id === undefined ? 'waits' : takeOver(tx, id)
    })
    log.info({ came }, 'a hearing about an adjustment was confirmed')
  },
}

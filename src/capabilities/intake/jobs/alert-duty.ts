import { z } from 'zod'
import type { Tx } from '../../../platform/db/database.ts'
import type { Locale } from '../../../platform/i18n/text.ts'
import type { Job } from '../../../platform/jobs/job.ts'
import { jobQueue } from '../../../platform/jobs/queue.ts'
import { sendLetter } from '../../../platform/mail/letter.ts'
import { isWithOffice } from '../rules/states.ts'
import { type AlertReason, addAlert, alertsOf } from '../store/alerts.ts'
import { type Colleague, onDuty, staffOf } from '../store/duty.ts'
import { readRequest } from '../store/requests.ts'
import { addStep } from '../store/steps.ts'
import { recordDeed } from './record-deed.ts'

/** After so many minutes without an answer the team leads are called too. */
export const leadsAfterMinutes = 15

const Payload = z.object({ request: z.uuid(), escalate: z.boolean().default(false) })

/**
 * Calls whoever is on duty about an emergency, day or night (INT-3); where nobody is, or nobody answers within a quarter of an hour, the team leads; where there
 * are none, everybody who answers there.
 * Done twice it calls nobody twice.
 * @param url address under which people reach this instance @returns how many were called
 */
export async function alertDuty(tx: Tx, url: string, payload: z.output<typeof Payload>): Promise<number> {
  const request = await readRequest(tx, payload.request)
  if (!request?.handler || request.urgency !== 'emergency' || !isWithOffice(request.state)) return 0
  const answered = (await alertsOf(tx, request.id)).some(({ acknowledgedAt }) => acknowledgedAt)
  if (answered) return 0
  const duty = payload.escalate ? [] : await onDuty(tx, request.handler)
  const reason: AlertReason = duty.length > 0 ? 'duty' : 'lead'
  const leads = duty.length > 0 ? [] : await staffOf(tx, request.handler, ['team_lead'])
  // an office without leads: then everybody there, since nobody must wait for nobody
  const called =
    [duty, leads].find(({ length }) => length > 0) ??
    (await staffOf(tx, request.handler, ['case_worker', 'duty_officer']))
  let count = 0
  for (const colleague of called) {
    if (!(await addAlert(tx, { request: request.id, account: colleague.account, reason }))) continue
    sendAlert(tx, url, colleague, { request: request.id, reference: request.reference, locale: request.locale })
    count++
  }
  await addStep(tx, request.id, { deed: 'alert', account: null, detail: { reason, called: count } })
  recordDeed(tx, 'intake.alert.call', request.id, { reason, called: count })
  if (!payload.escalate)
    jobQueue(tx).add(
      'intake.alert',
      { request: request.id, escalate: true },
      { runAt: new Date(tx.now.getTime() + leadsAfterMinutes * 60_000), key: `intake.alert ${request.id}` },
    )
  return count
}

/** The letter names no person and no danger: it may lie open on a telephone. */
function sendAlert(
  tx: Tx,
  url: string,
  colleague: Colleague,
  about: { request: string; reference: string; locale: Locale },
): void {
  sendLetter(jobQueue(tx), {
    to: colleague.email,
    template: 'intake.alert',
    locale: colleague.locale ?? about.locale,
    parameters: { reference: about.reference, link: `${url}/requests/${about.request}` },
  })
}

/** Queued in the transaction that sends an emergency. */
export const alertJob: Job<z.output<typeof Payload>> = {
  task: 'intake.alert',
  payload: Payload,
  purpose: 'intake',
  async run({ config, log, transact }, payload) {
    const called = await transact((tx) => alertDuty(tx, config.url, payload))
    log.info({ called, escalate: payload.escalate }, 'an emergency was passed on')
  },
}

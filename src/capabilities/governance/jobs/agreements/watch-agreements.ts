import { z } from 'zod'
import type { Tx } from '../../../../platform/db/database.ts'
import { dayIn } from '../../../../platform/i18n/day.ts'
import type { Job } from '../../../../platform/jobs/job.ts'
import { jobQueue } from '../../../../platform/jobs/queue.ts'
import { sendLetter } from '../../../../platform/mail/letter.ts'
import { daysUntil } from '../../rules/agreements/period.ts'
import { holds, missingOf } from '../../rules/agreements/state.ts'
import {
  type Agreement,
  agreementById,
  holdAgreement,
  movingAgreements,
} from '../../store/agreements/read-agreement.ts'
import { type NamedBody, progressOf } from '../../store/agreements/read-progress.ts'
import { staffOfBodies } from '../../store/agreements/read-staff.ts'
import { moveAgreement, saveReminders } from '../../store/agreements/save-agreement.ts'

const purpose = 'framework'
const Payload = z.object({ agreement: z.uuid(), bodies: z.array(z.uuid()).min(1).max(200) })

/** Writes to those who answer for these bodies. @returns how many letters were queued */
export async function writeToMissing(
  tx: Tx,
  url: string,
  agreement: Agreement,
  bodies: readonly NamedBody[],
): Promise<number> {
  const staff = await staffOfBodies(
    tx,
    bodies.map(({ id }) => id),
  )
  for (const { body, email, locale } of staff) {
    const named = bodies.find(({ id }) => id === body)
    if (!named) continue
    sendLetter(jobQueue(tx), {
      to: email,
      template: 'governance.ratification',
      locale: locale ?? agreement.rule.language,
      parameters: {
        agreement: agreement.title,
        body: named.names,
        until: agreement.ratifyBy,
        link: `${url}/governance/agreements/${agreement.slug}/ratify?body=${named.slug}`,
      },
    })
  }
  return staff.length
}

/** Sends the letters that the secretariat asked for, to those who are still missing (GOV-6). */
export const remindJob: Job<z.output<typeof Payload>> = {
  task: 'governance.framework-remind',
  payload: Payload,
  purpose,
  async run({ config, log, transact }, { agreement: id, bodies }) {
    const letters = await transact(async (tx) => {
      const agreement = await agreementById(tx, id)
      if (agreement?.state !== 'ratification') return 0
      const { parties } = await progressOf(tx, agreement)
      const missing = parties.filter(({ body, ratified }) => !ratified && bodies.includes(body.id))
      return writeToMissing(
        tx,
        config.url,
        agreement,
        missing.map(({ body }) => body),
      )
    })
    log.info({ letters }, 'parties were reminded of a framework agreement')
  },
}

/**
 * What a day brings (GOV-6): an agreement comes into force when all have ratified and its day is there, it ends with its period, and before the last day for
 * ratifications who is missing is reminded. Done twice on one day it does nothing twice.
 */
export async function watchAgreements(
  tx: Tx,
  url: string,
): Promise<{ inForce: number; ended: number; letters: number }> {
  const done = { inForce: 0, ended: 0, letters: 0 }
  for (const { slug } of await movingAgreements(tx)) {
    const agreement = await holdAgreement(tx, slug)
    if (!agreement) continue
    const today = dayIn(tx.now, agreement.timeZone)
    const progress = await progressOf(tx, agreement)
    const held = holds(progress, today)
    if (agreement.state === 'in-force' && held.length === 0) {
      if (await moveAgreement(tx, agreement, 'ended', { endedOn: agreement.until })) done.ended++
    } else if (agreement.state !== 'in-force' && held.length === 0) {
      if (agreement.state === 'on-its-way' && agreement.way.ratifiedBy.length > 0) continue
      if (await moveAgreement(tx, agreement, 'in-force', { inForceOn: today })) done.inForce++
    } else if (agreement.state === 'ratification') {
      const left = daysUntil(agreement.ratifyBy, today)
      if (!agreement.rule.remindDaysBefore.includes(left)) continue
      const missing = new Set(missingOf(progress))
      const bodies = progress.parties.map(({ body }) => body).filter(({ slug }) => missing.has(slug))
      const ids = bodies.map(({ id }) => id)
      const reminded = await saveReminders(tx, agreement.id, ids, today, undefined)
      done.letters += await writeToMissing(
        tx,
        url,
        agreement,
        bodies.filter(({ id }) => reminded.includes(id)),
      )
    }
  }
  return done
}

/** Every night after midnight in all regions of ours. */
export const watchJob: Job<Record<string, never>> = {
  task: 'governance.framework-watch',
  payload: z.object({}),
  purpose,
  cron: '10 4 * * *',
  async run({ config, log, transact }) {
    const done = await transact((tx) => watchAgreements(tx, config.url))
    log.info(done, 'framework agreements were looked at')
  },
}

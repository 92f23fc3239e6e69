import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Tx } from '../../../platform/db/database.ts'
import { speak } from '../../../platform/i18n/text.ts'
import type { Job } from '../../../platform/jobs/job.ts'
import { jobQueue } from '../../../platform/jobs/queue.ts'
import { sendLetter } from '../../../platform/mail/letter.ts'
import { linkHash } from '../commands/confirm-cards.ts'
import type { ConfirmLetter } from '../letters.ts'
import { linkDays, mayRemind } from '../rules/reminders.ts'
import { addAssuranceRequest, dueOrganisations } from '../store/edit-assurance.ts'

const day = 86_400_000

/**
 * Asks providers with cards that are due, one letter and one link each (DIR-6). Done twice it writes nobody twice: the second time finds
 * the letters of the first. Crisis services get no letter; they stand on their editors' desks with a number to call.
 * @param url address under which people reach this instance @returns how many organisations were written to
 */
export async function askForFreshness(tx: Tx, url: string): Promise<number> {
  const jobs = jobQueue(tx)
  let asked = 0
  for (const organisation of await dueOrganisations(tx)) {
    if (organisation.recipients.length === 0 || !mayRemind(organisation.sent, tx.now)) continue
    const token = randomBytes(32).toString('base64url')
    const expiresAt = new Date(tx.now.getTime() + linkDays * day)
    addAssuranceRequest(tx, {
      organisation: organisation.id,
      emails: organisation.recipients.map((one) => one.email),
      tokenHash: linkHash(token),
      expiresAt,
    })
    for (const recipient of organisation.recipients) {
      const locale = recipient.locale ?? organisation.locale
      const parameters: ConfirmLetter = {
        name: speak(organisation.names, locale).words,
        link: `${url}/confirm/${token}`,
        count: organisation.due,
        until: expiresAt.toISOString().slice(0, 10),
        reminder: organisation.sent.length > 0,
      }
      sendLetter(jobs, { to: recipient.email, template: 'directory.confirm', locale, parameters })
    }
    asked++
  }
  return asked
}

/** Every morning before offices open. Its purpose is that of administration: it reads the addresses of providers' staff. */
export const freshnessJob: Job<Record<string, never>> = {
  task: 'directory.freshness',
  payload: z.object({}),
  purpose: 'administration',
  cron: '15 5 * * *',
  async run({ config, log, transact }) {
    const asked = await transact((tx) => askForFreshness(tx, config.url))
    log.info({ asked }, 'providers were asked whether their cards are still right')
  },
}

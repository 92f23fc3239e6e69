import { z } from 'zod'
import { dayAfter } from '../../../../platform/calendar/working-days.ts'
import type { Tx } from '../../../../platform/db/database.ts'
import { dayIn } from '../../../../platform/i18n/day.ts'
import { Locale, speak } from '../../../../platform/i18n/text.ts'
import type { Job } from '../../../../platform/jobs/job.ts'
import { jobQueue } from '../../../../platform/jobs/queue.ts'
import { sendLetter } from '../../../../platform/mail/letter.ts'
import { lastDay } from '../../rules/ad-hoc.ts'
import { noteHorizon } from '../../store/forums/groups.ts'
import { listBodies } from '../../store/read-body.ts'
import { secretariesOf } from '../../store/wheel/read-wheel.ts'

/** So many days before its last day the secretariat of a group is told. */
const daysBefore = 28

/**
 * Tells secretariats which of their groups end soon (GOV-8), of each last day once.
 * @param url address under which people reach this instance @returns how many letters are queued
 */
export async function remindOfHorizons(tx: Tx, url: string): Promise<number> {
  let letters = 0
  for (const { id, profile, organisation, timeZone } of await listBodies(tx, undefined)) {
    const last = profile.adHoc && lastDay(profile.adHoc)
    const today = dayIn(tx.now, timeZone)
    if (last === undefined || last < today || last > dayAfter(today, daysBefore)) continue
    if (!(await noteHorizon(tx, id, last))) continue
    for (const { email, locale } of await secretariesOf(tx, [organisation.id])) {
      const reader = Locale.safeParse(locale).data ?? speak(profile.names, 'en').locale
      sendLetter(jobQueue(tx), {
        to: email,
        template: 'governance.group-horizon',
        locale: reader,
        parameters: { name: speak(profile.names, reader).words, day: last, link: `${url}/bodies/${profile.slug}` },
      })
      letters++
    }
  }
  return letters
}

/** Every morning before offices open. Its purpose is that of administration: it reads the addresses of secretariats. */
export const remindOfHorizonsJob: Job<Record<string, never>> = {
  task: 'governance.remind-of-horizons',
  payload: z.object({}),
  purpose: 'administration',
  cron: '25 5 * * *',
  async run({ config, log, transact }) {
    const letters = await transact((tx) => remindOfHorizons(tx, config.url))
    log.info({ letters }, 'secretariats were told which groups end')
  },
}

import { z } from 'zod'
import type { Tx } from '../../../../platform/db/database.ts'
import type { Job } from '../../../../platform/jobs/job.ts'
import { jobQueue } from '../../../../platform/jobs/queue.ts'
import { sendLetter } from '../../../../platform/mail/letter.ts'
import type { WorkbookLetter } from '../../letters/tariffs.ts'
import { stageOn, stagesOf } from '../../rules/tariffs/reminding.ts'
import { noteReminders, noteRemindersSent, openCollections, remindersToSend } from '../../store/tariffs/reminders.ts'
import { languageOfPack } from '../../store/tariffs/rules.ts'

/** The errand of reminders: whom they reach is read in it alone. */
export const collectionsPurpose = 'capacity.collections'

/**
 * Writes to whoever misses in a yearly collection (CAP-10): at each date of the rule once, and where the secretariat asked for it. Economists get the way to
 * their workbook; where none has an account, the letter goes to the address that the secretariat keeps. @param url of this instance @returns how many letters
 */
export async function remindOfWorkbooks(tx: Tx, url: string): Promise<number> {
  for (const collection of await openCollections(tx)) {
    const stage = stageOn(stagesOf(collection, collection.remind), collection.today)
    if (stage) await noteReminders(tx, collection.id, { day: collection.today, stage: stage.stage })
  }
  let letters = 0
  for (const { id, part, collection, pack, organisation, year, due, day, addresses } of await remindersToSend(tx)) {
    const fallback = await languageOfPack(tx, pack)
    for (const { email, locale, economist } of addresses) {
      const parameters: WorkbookLetter = {
        part,
        organisation,
        year,
        due,
        over: day > due,
        economist,
        link: economist ? `${url}/tariffs/workbooks/${part}` : `${url}/tariffs/collections/${collection}`,
      }
      sendLetter(jobQueue(tx), {
        to: email,
        template: 'capacity.workbook-reminder',
        locale: locale ?? fallback,
        parameters: { ...parameters },
      })
    }
    await noteRemindersSent(tx, id, addresses.length)
    letters += addresses.length
  }
  return letters
}

/** Every morning before offices open, and when the secretariat asks for it. */
export const remindOfWorkbooksJob: Job<Record<string, never>> = {
  task: 'capacity.remind-of-workbooks',
  payload: z.object({}),
  purpose: collectionsPurpose,
  cron: '40 5 * * *',
  async run({ config, log, transact }) {
    const letters = await transact((tx) => remindOfWorkbooks(tx, config.url))
    log.info({ letters }, 'municipalities were reminded of their workbooks')
  },
}

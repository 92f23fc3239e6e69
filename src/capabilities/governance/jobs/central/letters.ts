import { z } from 'zod'
import type { Tx } from '../../../../platform/db/database.ts'
import { dayIn } from '../../../../platform/i18n/day.ts'
import { Locale, speak } from '../../../../platform/i18n/text.ts'
import type { Job } from '../../../../platform/jobs/job.ts'
import { jobQueue } from '../../../../platform/jobs/queue.ts'
import { sendLetter } from '../../../../platform/mail/letter.ts'
import { reminderDays } from '../../rules/central/judge-answers.ts'
import { centralRequestById, openCentralRequests } from '../../store/central/read-central.ts'
import { remindable } from '../../store/central/save-central.ts'
import type { CentralRequest } from '../../types/central.ts'

const Payload = z.object({ request: z.uuid() })

/** Writes to everybody who answers for a municipality that has not sent its answer; on one day only once. @returns how many letters */
export async function remindOf(tx: Tx, url: string, request: CentralRequest): Promise<number> {
  const people = await remindable(tx, request.id, dayIn(tx.now, request.body.timeZone))
  for (const { slug, email, locale } of people) {
    const language = Locale.safeParse(locale).data ?? speak(request.title, 'en').locale
    sendLetter(jobQueue(tx), {
      to: email,
      template: 'governance.central-asked',
      locale: language,
      parameters: {
        title: speak(request.title, language).words,
        due: request.answersDue,
        link: `${url}/governance/central-requests/${request.id}/${slug}`,
      },
    })
  }
  return people.length
}

/** Queued when a request is opened. */
export const askMunicipalitiesJob: Job<z.output<typeof Payload>> = {
  task: 'governance.remind-central',
  payload: Payload,
  purpose: 'governance',
  async run({ config, log, transact }, payload) {
    const letters = await transact(async (tx) => {
      const request = await centralRequestById(tx, payload.request)
      return request ? remindOf(tx, config.url, request) : 0
    })
    log.info({ letters }, 'municipalities were asked')
  },
}

/** Reminds at half-time and the day before (GOV-15). @returns how many letters */
export async function remindToday(tx: Tx, url: string): Promise<number> {
  let letters = 0
  for (const request of await openCentralRequests(tx)) {
    const today = dayIn(tx.now, request.body.timeZone)
    if (reminderDays(request.askedOn, request.answersDue).includes(today)) letters += await remindOf(tx, url, request)
  }
  return letters
}

/** Every morning; whoever was reminded on a day is not reminded again on it. */
export const remindCentralJob: Job<Record<string, never>> = {
  task: 'governance.remind-central-daily',
  payload: z.object({}),
  purpose: 'governance',
  cron: '10 6 * * *',
  async run({ config, log, transact }) {
    const letters = await transact((tx) => remindToday(tx, config.url))
    if (letters > 0) log.info({ letters }, 'municipalities were reminded of central requests')
  },
}

/** Sends the joint answer to the board that asked. */
export const sendCentralReplyJob: Job<z.output<typeof Payload>> = {
  task: 'governance.send-central-reply',
  payload: Payload,
  purpose: 'governance',
  async run({ config, transact }, payload) {
    await transact(async (tx) => {
      const request = await centralRequestById(tx, payload.request)
      if (!request) return
      const { locale, words: title } = speak(request.title, 'da')
      const link = `${config.url}/central-requests/${request.id}`
      sendLetter(jobQueue(tx), {
        to: request.replyTo,
        template: 'governance.central-reply',
        locale,
        parameters: { title, body: speak(request.body.names, locale).words, paper: `${link}/pdf`, link },
      })
    })
  },
}

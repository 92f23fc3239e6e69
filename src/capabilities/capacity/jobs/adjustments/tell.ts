import { z } from 'zod'
import type { Tx } from '../../../../platform/db/database.ts'
import { dayIn } from '../../../../platform/i18n/day.ts'
import type { Locale } from '../../../../platform/i18n/text.ts'
import type { Job } from '../../../../platform/jobs/job.ts'
import { jobQueue } from '../../../../platform/jobs/queue.ts'
import { sendLetter } from '../../../../platform/mail/letter.ts'
import { answerHash, newAnswerToken } from '../../answer-link.ts'
import { splittingOf } from '../../commands/adjustments/splitting-of.ts'
import { type ContactLetter, type NewsLetter, NewsOccasion } from '../../letters/adjustments.ts'
import { addressesOf, lettersToSend, noteSent, staffOf } from '../../store/adjustments/contacts.ts'
import { noteTold } from '../../store/adjustments/notices.ts'
import { adjustmentById, type StoredAdjustment } from '../../store/adjustments/read-adjustment.ts'

/** The errand of the jobs of adjustments. */
export const adjustmentsPurpose = 'capacity.adjustments'

const Told = z.object({ adjustment: z.uuid(), occasion: NewsOccasion })

/** Who is told on which occasion, besides the secretariat, which is told of every change. */
const municipalitiesHear: readonly NewsOccasion[] = [
  'amended',
  'postponed',
  'approved',
  'declined',
  'withdrawn',
  'in-force',
]
const operatorHears: readonly NewsOccasion[] = ['approved', 'declined', 'in-force', 'contact-missing', 'disputed']

const about = (adjustment: StoredAdjustment) => ({
  number: adjustment.number,
  offer: { names: adjustment.offer.names },
  operator: adjustment.operator.names,
  kind: adjustment.kind,
  change: adjustment.change,
  effectOn: adjustment.effectOn,
})

/** Sends the letters by which municipalities are contacted, each with a link of its own; those that went before stay as they are. @returns how many */
export async function sendContactLetters(tx: Tx, adjustment: StoredAdjustment, url: string): Promise<number> {
  const letters = await lettersToSend(tx, adjustment.id)
  for (const { contact, email, locale, municipality } of letters) {
    const token = newAnswerToken()
    await noteSent(tx, contact, answerHash(token))
    const parameters: ContactLetter = {
      ...about(adjustment),
      municipality,
      reason: adjustment.reason,
      tariffEffect: adjustment.tariffEffect,
      peopleEffect: adjustment.peopleEffect,
      alternatives: adjustment.alternatives,
      link: `${url}/adjustments/answer/${token}`,
    }
    sendLetter(jobQueue(tx), { to: email, template: 'capacity.adjustment-contact', locale, parameters })
  }
  return letters.length
}

/**
 * Tells how an adjustment goes on (CAP-3), once for each revision and occasion: the secretariat always, and it is asked where approval is needed; operator
 * and municipalities where it concerns them. @param url of this instance @returns how many letters were queued
 */
export async function tellAdjustment(
  tx: Tx,
  { adjustment: id, occasion }: z.output<typeof Told>,
  url: string,
): Promise<number> {
  const adjustment = await adjustmentById(tx, id)
  if (!adjustment) return 0
  const contacted = occasion === 'contacted' ? await sendContactLetters(tx, adjustment, url) : 0
  const [secretariat, operator, municipalities, splitting] = await Promise.all([
    staffOf(tx, adjustment.secretariats, 'secretariat'),
    operatorHears.includes(occasion) ? staffOf(tx, [adjustment.operator.id], 'provider') : [],
    municipalitiesHear.includes(occasion) ? addressesOf(tx, id) : [],
    splittingOf(tx, adjustment),
  ])
  const asks = adjustment.state === 'approval-open' || adjustment.state === 'path-open'
  const desk = `${url}/capacity/adjustments/${id}`
  const letters = [
    ...secretariat.map((to) => ({
      ...to,
      asks: asks && occasion === 'contacted',
      splitting: splitting !== undefined,
      link: desk,
    })),
    ...operator.map((to) => ({ ...to, asks: false, splitting: false, link: desk })),
    ...municipalities.map((to) => ({ ...to, asks: false, splitting: false, link: `${url}/adjustments/${id}` })),
  ]
  // a second contact, of one that became affected later, is no second news to those who knew
  const first = await noteTold(tx, id, noticeOf(adjustment, occasion, tx.now), letters.length)
  if (!first) return contacted
  for (const { email, locale, ...told } of letters) {
    const parameters: NewsLetter = {
      ...about(adjustment),
      occasion,
      state: adjustment.state,
      ...told,
      ...(adjustment.endedReason === undefined ? {} : { reason: adjustment.endedReason }),
    }
    sendLetter(jobQueue(tx), {
      to: email,
      template: 'capacity.adjustment-news',
      locale: locale ?? fallbackLocale,
      parameters,
    })
  }
  return contacted + letters.length
}

const fallbackLocale: Locale = 'en'

function noticeOf(adjustment: StoredAdjustment, occasion: NewsOccasion, now: Date): string {
  switch (occasion) {
    case 'postponed':
    case 'contact-missing':
      return `${occasion} ${adjustment.effectOn}`
    case 'disputed':
      return `${occasion} ${now.toISOString()}`
    default:
      return `${occasion} ${adjustment.revision}`
  }
}

export const tellJob: Job<z.output<typeof Told>> = {
  task: 'capacity.adjustment-tell',
  payload: Told,
  purpose: adjustmentsPurpose,
  async run({ config, log, transact }, payload) {
    const letters = await transact((tx) => tellAdjustment(tx, payload, config.url))
    log.info({ letters, occasion: payload.occasion }, 'an adjustment was told')
  },
}

/** The day it is where the adjustment is. */
export const todayOf = (tx: Tx, adjustment: StoredAdjustment): string => dayIn(tx.now, adjustment.timeZone)

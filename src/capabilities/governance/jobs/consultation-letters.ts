import { z } from 'zod'
import { recordEvent } from '../../../platform/audit/record.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { type Job, JobFailed } from '../../../platform/jobs/job.ts'
import { jobQueue } from '../../../platform/jobs/queue.ts'
import { sendLetter } from '../../../platform/mail/letter.ts'
import { answerHash, newAnswerToken } from '../answer-link.ts'
import { type ConsultationLetter, LetterKind } from '../letters/consultations.ts'
import { lastDayOf } from '../rules/consultations/closing.ts'
import { reachedBy } from '../store/consultations/addresses.ts'
import { consultationById, type StoredConsultation } from '../store/consultations/consultations.ts'
import { addAnswerLink } from '../store/consultations/links.ts'
import { dueConsultations, noteTold, wasTold } from '../store/consultations/notices.ts'
import { partiesOf } from '../store/consultations/parties.ts'
import { extensionsOf, saveClosing } from '../store/consultations/save.ts'
import { consultationKind, watchPurpose } from '../types/consultations.ts'

/** An occasion is a kind of letter; reminders and extensions carry the last day that they speak of, so that each is told once. */
const Occasion = z.string().regex(/^[a-z-]+( \d{4}-\d{2}-\d{2})?$/)
const Told = z.object({ consultation: z.uuid(), occasion: Occasion })

/** Letters that bring a way to answer. */
const answerable: readonly LetterKind[] = ['opened', 'half-time', 'day-before', 'extended']
/** Letters that only those get who have not answered. */
const reminders: readonly LetterKind[] = ['half-time', 'day-before']

/**
 * Writes to everybody who is reached for the parties, once for each occasion. Every letter brings a link of its own, since nobody knows those that went before.
 * @param url of this instance @returns how many letters were queued; undefined where it had been told
 */
export async function tellParties(
  tx: Tx,
  consultation: StoredConsultation,
  occasion: string,
  url: string,
): Promise<number | undefined> {
  const kind = LetterKind.parse(occasion.split(' ')[0])
  const { id, closesAt, timeZone } = consultation
  // a letter that asks for an answer says nothing true once none is taken
  if (!closesAt || (answerable.includes(kind) && consultation.state !== 'open')) return undefined
  if (await wasTold(tx, id, occasion)) return undefined
  const parties = new Map((await partiesOf(tx, id)).map((party) => [party.id, party]))
  const reached = (await reachedBy(tx, id, dayIn(tx.now, timeZone))).filter(
    ({ party }) => !(reminders.includes(kind) && parties.get(party)?.answered),
  )
  if (!(await noteTold(tx, id, occasion, reached.length))) return undefined
  const reason = await reasonOf(tx, consultation, kind)
  for (const { party, email, locale } of reached) {
    const names = parties.get(party)?.names
    if (!names) continue
    const token = answerable.includes(kind) ? newAnswerToken() : undefined
    if (token) await addAnswerLink(tx, answerHash(token), party)
    const letter: ConsultationLetter = {
      kind,
      title: consultation.title,
      body: consultation.body.names,
      party: names,
      closesAt: closesAt.toISOString(),
      timeZone,
      silence: consultation.terms?.silence,
      outcome: kind === 'result' ? consultation.outcome : undefined,
      reason,
      link: token && `${url}/answer/${token}`,
      page: consultation.public ? `${url}/consultations/${id}` : undefined,
    }
    sendLetter(jobQueue(tx), { to: email, template: 'governance.consultation', locale, parameters: letter })
  }
  recordEvent(tx, {
    act: 'governance.consultation.tell',
    actor: null,
    origin: 'job',
    outcome: 'done',
    about: { kind: consultationKind, id, detail: { occasion, letters: reached.length } },
  })
  return reached.length
}

async function reasonOf(tx: Tx, consultation: StoredConsultation, kind: LetterKind): Promise<string | undefined> {
  if (kind === 'withdrawn') return consultation.withdrawnReason
  return kind === 'extended' ? (await extensionsOf(tx, consultation.id)).at(-1)?.reason : undefined
}

/** Writes to the parties what a command has done: sent, extended, withdrawn, published (GOV-5). */
export const tellPartiesJob: Job<z.infer<typeof Told>> = {
  task: 'governance.consultation-tell',
  payload: Told,
  purpose: watchPurpose,
  async run({ config, transact }, { consultation: id, occasion }) {
    await transact(async (tx) => {
      const consultation = await consultationById(tx, id)
      if (consultation) await tellParties(tx, consultation, occasion, config.url)
    })
  },
}

/**
 * What time does to consultations (GOV-5): reminders at half-time and on the day before to those who have not answered; whatever is over is closed, and
 * everybody is told. @returns how many were closed, and of how many somebody was reminded
 */
export async function watchConsultation(tx: Tx, id: string, url: string): Promise<'closed' | 'reminded' | undefined> {
  const due = (await dueConsultations(tx, id))[0]
  if (!due) return undefined
  const { consultation, what } = due
  if (what === 'closed') {
    if (!(await saveClosing(tx, id))) return undefined
    recordEvent(tx, {
      act: 'governance.consultation.close',
      actor: null,
      origin: 'job',
      outcome: 'done',
      about: { kind: consultationKind, id },
    })
    await tellParties(tx, consultation, 'closed', url)
    return 'closed'
  }
  const { closesAt, timeZone } = consultation
  const told = closesAt && (await tellParties(tx, consultation, `${what} ${lastDayOf(closesAt, timeZone)}`, url))
  return told === undefined ? undefined : 'reminded'
}

/** Every five minutes. Each consultation in a transaction of its own: one that fails holds up no other. */
export const watchConsultationsJob: Job<Record<string, never>> = {
  task: 'governance.consultations',
  payload: z.object({}),
  purpose: watchPurpose,
  cron: '*/5 * * * *',
  async run({ config, log, transact }) {
    const due = await transact((tx) => dueConsultations(tx))
    const done: Awaited<ReturnType<typeof watchConsultation>>[] = []
    const failed: unknown[] = []
    for (const { consultation } of due)
      await transact((tx) => watchConsultation(tx, consultation.id, config.url)).then(
        (one) => done.push(one),
        (error: unknown) => failed.push(error),
      )
    const count = (what: 'closed' | 'reminded') => done.filter((one) => one === what).length
    const told = { closed: count('closed'), reminded: count('reminded') }
    if (told.closed + told.reminded > 0) log.info(told, 'consultations were watched')
    if (failed.length > 0)
      throw new JobFailed(`${failed.length} consultations could not be watched`, { cause: failed[0] })
  },
}

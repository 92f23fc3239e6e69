import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Tx } from '../../../platform/db/database.ts'
import { inLocale } from '../../../platform/i18n/speech.ts'
import type { Job } from '../../../platform/jobs/job.ts'
import { jobQueue } from '../../../platform/jobs/queue.ts'
import { MailAddress, sendLetter } from '../../../platform/mail/letter.ts'
import { reachOrganisation, serviceById } from '../../directory/contract.ts'
import { linkDays, linkHash } from '../link.ts'
import { fillLetter, templateOf, toldByAnother, wayOfLetter } from '../rules/letters.ts'
import { stopClocks } from '../store/clocks.ts'
import { contactOfRequest, type Reach } from '../store/contacts.ts'
import { addLetter } from '../store/letters.ts'
import { addLink } from '../store/links.ts'
import { readPerson } from '../store/people.ts'
import { courseOf, officeById } from '../store/procedure.ts'
import { readRequest, type StoredRequest } from '../store/requests.ts'
import { addStep } from '../store/steps.ts'
import { LetterKind } from '../types.ts'
import { newsOf, officeLine, spoken } from './letter-filling.ts'

const Payload = z.object({
  request: z.uuid(),
  kind: LetterKind,
  /** tells this letter from others of its kind about the same thing, such as another urgency on a waiting list */
  again: z.string().max(60).optional(),
})
export type LetterOrder = z.infer<typeof Payload>

/**
 * Writes a letter about a request, once for each cause (INT-10), and sends it the way that does no harm (INT-11): by mail goes a link to it and nothing
 * else; what may not go by mail waits for the desk, or on the page.
 * @param url address under which people reach this instance @returns the way it goes; undefined where there was nothing to tell, or it was told before
 */
export async function writeLetter(tx: Tx, url: string, order: LetterOrder): Promise<string | undefined> {
  const request = await readRequest(tx, order.request)
  if (!request?.handler || request.state === 'draft') return undefined
  // who only told of another person hears on their own page that it arrived
  if (order.kind === 'confirmation' && toldByAnother(request)) return undefined
  const course = await courseOf(tx, request.pack)
  const template = course && templateOf(course.procedure, order.kind)
  if (!course || !template) return undefined
  const service = request.service ? await serviceById(tx, request.service) : undefined
  const [office, reach, person] = await Promise.all([
    officeById(tx, request.handler),
    reachOrganisation(tx, request.handler),
    request.person ? readPerson(tx, request.person) : undefined,
  ])
  const { locale, reference } = request
  return inLocale(locale, async () => {
    const news = await newsOf(tx, order.kind, { request, course, service })
    if (!news) return undefined
    const name = person?.name ?? request.draft.particulars.name
    const fallbacks = service ? [service.card.writtenIn] : []
    const filled = fillLetter(
      template,
      {
        ...news.filling,
        name,
        reference,
        service: service && spoken(service.card.names, locale, fallbacks),
        office: office && officeLine(office, reach, locale),
      },
      locale,
      fallbacks,
    )
    const told = await contactOfRequest(tx, request)
    const { way, held, to } = routeOf(request, told)
    const officeName = office && spoken(office.names, locale)
    const letter = await addLetter(tx, {
      ...filled,
      request: request.id,
      kind: order.kind,
      cause: [news.cause, order.again].filter(Boolean).join(' '),
      locale,
      data: { reference, name, office: officeName, address: way === 'post' ? told.address : undefined },
      way,
      held,
    })
    if (!letter) return undefined
    await addStep(tx, request.id, { deed: 'letter', account: null, detail: { kind: order.kind, letter, way } })
    if (to) {
      const link = `${url}/r/${await newLink(tx, request)}/letters/${letter}`
      sendLetter(jobQueue(tx), {
        to,
        template: 'intake.message',
        locale,
        parameters: {
          link,
          ...(told.contact.discreet ? {} : { open: { subject: filled.subject, reference, office: officeName } }),
        },
      })
      if (order.kind === 'decision') await stopClocks(tx, request.id, ['notification'])
    }
    return way
  })
}

/** The way of a letter, and the address of the mail where mail is the way; what is no address for mail waits on the page. */
function routeOf(request: StoredRequest, { contact, address }: Reach) {
  const { way, held } = wayOfLetter(request, contact, address)
  if (way !== 'mail') return { way, held, to: undefined }
  const to = MailAddress.safeParse(contact.email)
  return to.success
    ? { way, held: undefined, to: to.data }
    : { way: 'page' as const, held: 'no address' as const, to: undefined }
}

/** A link of its own for each letter: it can be ended without ending others. Only its hash stays. */
async function newLink(tx: Tx, { id, reference }: StoredRequest): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const expiresAt = new Date(tx.now.getTime() + linkDays * 86_400_000)
  await addLink(tx, { tokenHash: linkHash(token), request: id, kind: 'applicant', reference, expiresAt, mailed: true })
  return token
}

/** Queued in the transaction that makes the news. */
export const letterJob: Job<LetterOrder> = {
  task: 'intake.letter',
  payload: Payload,
  purpose: 'intake',
  async run({ config, log, transact }, order) {
    const way = await transact((tx) => writeLetter(tx, config.url, order))
    log.info({ kind: order.kind, way: way ?? 'none' }, 'a letter was written')
  },
}

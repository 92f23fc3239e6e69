import { createHmac } from 'node:crypto'
import { z } from 'zod'
import type { Tx } from '../db/database.ts'
import { inLocale } from '../i18n/speech.ts'
import { Locale } from '../i18n/text.ts'
import { JobFailed } from '../jobs/job.ts'
import type { JobQueue } from '../jobs/queue.ts'
import { htmlOf } from './html.ts'

/** A letter in words. */
export interface Written {
  subject: string
  text: string
  /** made from the text where there is none; what people typed must be escaped in it */
  html?: string
}

/** A kind of letter; parts of the platform and capabilities register theirs. It is written in the language of whoever gets it. */
export interface MailTemplate<Parameters = unknown> {
  /** `auth.registration`: the part and the letter */
  name: string
  parameters: z.ZodType<Parameters>
  write(parameters: Parameters): Written
  /** asked right before it leaves: false where what it tells, or the way, does no longer hold (INT-11). In the purpose `mail` */
  wanted?(tx: Tx, parameters: Parameters): Promise<boolean>
}

/** Exactly one address: no list, no name, nothing that could begin a new line of the head. */
export const MailAddress = z
  .string()
  .max(320)
  .regex(/^[^\s\p{C}@<>()[\],;:"\\]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?$/u)

/** What stands in the queue until a letter is sent. */
export const Order = z.object({
  to: MailAddress,
  template: z.string(),
  locale: Locale,
  parameters: z.record(z.string(), z.unknown()).default({}),
})
export type Order = z.infer<typeof Order>

/** Queues a letter in the transaction that causes it. It is tried for two days. */
export function sendLetter(jobs: JobQueue, order: Order): void {
  jobs.add('mail.send', order, { attempts: 16 })
}

/**
 * Writes a letter in the language of its reader.
 * @throws JobFailed where no such letter is registered, its parameters do not fit, or a text would break out of its line of the head
 */
export function writeLetter(order: Order, templates: ReadonlyMap<string, MailTemplate>): Required<Written> {
  const { template, parameters } = templateFor(order, templates)
  return inLocale(order.locale, () => {
    const { subject, text, html } = template.write(parameters)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get in
    if (/[\u0000-\u001f\u007f\u2028\u2029]/.test(subject) || subject.trim() === '')
      throw new JobFailed(`the subject of ${order.template} holds a line break, or nothing`)
    return { subject, text, html: html ?? htmlOf(subject, text, order.locale) }
  })
}

/** Does the letter still hold? One whose template does not ask always does. @throws JobFailed as `writeLetter` */
export async function isWanted(tx: Tx, order: Order, templates: ReadonlyMap<string, MailTemplate>): Promise<boolean> {
  const { template, parameters } = templateFor(order, templates)
  return (await template.wanted?.(tx, parameters)) ?? true
}

function templateFor(order: Order, templates: ReadonlyMap<string, MailTemplate>) {
  const template = templates.get(order.template)
  if (!template) throw new JobFailed(`no letter is called ${order.template}`)
  const parameters = template.parameters.safeParse(order.parameters)
  if (!parameters.success)
    throw new JobFailed(
      `the parameters of ${order.template} are not as declared: ${parameters.error.issues.map(({ path, code }) => `${path.join('.')} ${code}`).join(', ')}`,
    )
  return { template, parameters: parameters.data }
}

/** The id of a message follows from its job, so that a letter sent again after a cut can be told to be the same. */
export function messageIdOf(job: string, secret: Uint8Array, host: string): string {
  return `<${createHmac('sha256', secret).update(`message ${job}`).digest('hex').slice(0, 32)}@${host}>`
}

/** A keyed hash of an address, the same for every way to write it. */
export function addressHash(address: string, secret: Uint8Array): Buffer {
  return createHmac('sha256', secret)
    .update(`address ${address.normalize('NFC').toLowerCase()}`)
    .digest()
}

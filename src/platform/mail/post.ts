import { chmod, mkdir, open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import type { Config } from '../config/config.ts'
import type { Locale } from '../i18n/text.ts'
import { JobFailed } from '../jobs/job.ts'
import { MailAddress, type Written } from './letter.ts'

/** A letter that is ready to go. */
export interface Envelope extends Required<Written> {
  id: string
  messageId: string
  to: string
  locale: Locale
  date: Date
}

/** How the way of a letter ended: numbers of the mail server, never its words. */
export type Delivery = { is: 'sent'; answer: string } | { is: 'refused'; answer: string }

/** Where letters go: to a mail server, or into the folder where they wait. */
export interface Post {
  /** @throws JobFailed where it may succeed later: no connection, a temporary answer, a wrong password */
  deliver(envelope: Envelope): Promise<Delivery>
}

/** The host that letters come from, and that stands in their ids. */
export function mailHost(config: Pick<Config, 'url'>): string {
  return new URL(config.url).hostname
}

/** Letters without a mail server wait here. */
export function outboxFolder(config: Pick<Config, 'data'>): string {
  return join(config.data, 'outbox')
}

/** The post that SMTP_URL leads to (`?from=` names the sender, else no-reply at the host of LINDEN_URL), or the folder. */
export function postOf(config: Pick<Config, 'url' | 'data' | 'smtpUrl'>): Post {
  const fallback = `no-reply@${mailHost(config)}`
  if (!config.smtpUrl) return folderPost(outboxFolder(config), fallback)
  const url = new URL(config.smtpUrl)
  const from = url.searchParams.get('from') ?? fallback
  url.searchParams.delete('from')
  return smtpPost(url.href, from)
}

/** nodemailer never reads a file or an address that stands in a letter. */
const closed = { disableFileAccess: true, disableUrlAccess: true } as const

function messageOf({ messageId, to, subject, text, html, locale, date }: Envelope, from: string) {
  return {
    from: MailAddress.safeParse(from).success ? { name: 'Linden', address: from } : from,
    to: { name: '', address: to },
    subject,
    text,
    html,
    messageId,
    date,
    // Absence notices of people who are away would come back to nobody.
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': locale },
    ...closed,
  }
}

function smtpPost(url: string, from: string): Post {
  const transport = createTransport({
    url,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 60_000,
    ...closed,
  })
  return {
    async deliver(envelope) {
      try {
        const { response } = await transport.sendMail(messageOf(envelope, from))
        return { is: 'sent', answer: numbersOf(response) }
      } catch (error) {
        return judge(error)
      }
    },
  }
}

/** A letter the server will never take is refused; everything else is a matter of time. */
function judge(error: unknown): Delivery {
  const {
    code = 'unknown',
    responseCode,
    response,
  } = error as { code?: string; responseCode?: number; response?: string }
  const aboutTheLetter = code === 'EENVELOPE' || code === 'EMESSAGE'
  if (aboutTheLetter && responseCode !== undefined && responseCode >= 500)
    return { is: 'refused', answer: numbersOf(response ?? String(responseCode)) }
  throw new JobFailed(
    `the mail server did not take the letter: ${[code, response ? numbersOf(response) : responseCode].filter(Boolean).join(' ')}`,
  )
}

/** "550 5.1.1" of "550 5.1.1 <anna@example.org> unknown". */
function numbersOf(answer: string): string {
  return /^\d{3}(?:[ -]\d\.\d{1,3}\.\d{1,3})?/.exec(answer)?.[0].replace('-', ' ') ?? 'no number'
}

function folderPost(folder: string, from: string): Post {
  const writer = createTransport({ streamTransport: true, buffer: true, newline: 'unix', ...closed })
  return {
    async deliver(envelope) {
      const { message } = await writer.sendMail(messageOf(envelope, from))
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await chmod(folder, 0o700)
      const file = join(folder, `${envelope.id}.eml`)
      // Beside, then into place: nobody reads half a letter.
      const handle = await open(`${file}.part`, 'w', 0o600)
      try {
        await handle.writeFile(message as Buffer)
        await handle.sync()
      } finally {
        await handle.close()
      }
      await rename(`${file}.part`, file)
      return { is: 'sent', answer: 'folder' }
    },
  }
}

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A letter that waits in the folder. */
export interface WaitingLetter {
  id: string
  to: string
  subject: string
  date: Date
  locale: string
  text: string
}

const fileName = /^([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})\.eml$/

/** The newest letters of the folder, newest first (their ids begin with the time); nothing where there is no folder. */
export async function listLetters(folder: string, limit = 100): Promise<WaitingLetter[]> {
  const files = await readdir(folder).catch((): string[] => [])
  const ids = files.flatMap((file) => fileName.exec(file)?.[1] ?? [])
  const newest = ids.sort().reverse().slice(0, limit)
  const letters = await Promise.all(newest.map((id) => openLetter(folder, id)))
  return letters.flatMap((letter) => letter ?? [])
}

/** One letter of the folder. @param id a UUID @returns undefined where there is none */
export async function openLetter(folder: string, id: string): Promise<WaitingLetter | undefined> {
  if (!fileName.test(`${id}.eml`)) return undefined
  try {
    const raw = await readFile(join(folder, `${id}.eml`), 'utf8')
    return { id, ...readLetter(raw) }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Reads a message as our own post writes it: head, and the plain part of the body. */
export function readLetter(raw: string): Omit<WaitingLetter, 'id'> {
  const { head, body } = split(raw)
  const field = (name: string) => head.get(name) ?? ''
  return {
    to: words(field('to')).replace(/^.*<(.*)>$/, '$1'),
    subject: words(field('subject')),
    date: new Date(field('date')),
    locale: field('content-language'),
    text: plainPart(head, body),
  }
}

function split(raw: string): { head: Map<string, string>; body: string } {
  const text = raw.replaceAll('\r\n', '\n')
  const end = text.indexOf('\n\n')
  const lines = (end < 0 ? text : text.slice(0, end)).replaceAll(/\n[ \t]+/g, ' ').split('\n')
  const head = new Map(
    lines.map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
    }),
  )
  return { head, body: end < 0 ? '' : text.slice(end + 2) }
}

function plainPart(head: Map<string, string>, body: string): string {
  const type = head.get('content-type') ?? 'text/plain'
  const boundary = /^multipart\/[^;]+;.*boundary="?([^";]+)"?/i.exec(type)?.[1]
  if (boundary === undefined)
    return /^text\/plain/i.test(type) ? decode(body, head.get('content-transfer-encoding')) : ''
  for (const part of body.split(`--${boundary}`).slice(1, -1)) {
    const inner = split(part.replace(/^\n/, ''))
    const text = plainPart(inner.head, inner.body.replace(/\n$/, ''))
    if (text) return text
  }
  return ''
}

function decode(body: string, encoding = '7bit'): string {
  if (/base64/i.test(encoding)) return Buffer.from(body, 'base64').toString('utf8').replaceAll('\r\n', '\n')
  if (/quoted-printable/i.test(encoding)) return quoted(body.replaceAll('=\n', ''))
  return body
}

function quoted(text: string): string {
  const bytes = text.replaceAll(/(?:=[0-9A-F]{2})+/gi, (run) =>
    Buffer.from(run.replaceAll('=', ''), 'hex').toString('utf8'),
  )
  return bytes
}

/** Encoded words of a head (RFC 2047); space between two of them is none. */
function words(text: string): string {
  return text
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/(?:=\?utf-8\?[bq]\?[^?]*\?=)+/gi, (run) =>
      Buffer.concat(
        [...run.matchAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi)].map(([, kind, value]) => word(kind ?? '', value ?? '')),
      ).toString('utf8'),
    )
}

function word(kind: string, value: string): Buffer {
  if (kind.toLowerCase() === 'b') return Buffer.from(value, 'base64')
  return Buffer.from(
    value
      .replaceAll('_', ' ')
      .replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )
}

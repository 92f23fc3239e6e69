import { z } from 'zod'
import type { Received, Reception } from '../files/files.ts'
import { m } from '../i18n/speech.ts'

/** What a form takes besides words. */
export interface Uploads {
  /** bytes of one file */
  limit: number
  /** files at once */
  most: number
}

/** One file of a form. Only this program makes one: JSON that looks like it is none. */
export class ReceivedUpload {
  /** as the form names it: `documents[]` */
  readonly field: string
  /** what the sender calls it: no folders, no invisible signs */
  readonly name: string
  readonly reception: Reception | { is: 'refused'; reason: 'too many'; most: number }

  constructor(field: string, name: string, reception: ReceivedUpload['reception']) {
    this.field = field
    this.name = name
    this.reception = reception
  }
}

/**
 * A file in the input of a command: what was received, ready for `files.keep`; or a sentence that names the file and says what to do.
 * `z.array(UploadInput).min(1)` asks for at least one.
 */
export const UploadInput = z
  .instanceof(ReceivedUpload)
  // what describes the API asks for it; over JSON nobody can send one
  .meta({ type: 'object' })
  .transform((upload, context): Received => {
    if (upload.reception.is === 'ok') return upload.reception.received
    context.addIssue({ code: 'custom', message: refusalInWords(upload.name, upload.reception) })
    return z.NEVER
  })

/** Why a file was not taken, and what to do. @param name as the sender calls it */
export function refusalInWords(name: string, refused: Exclude<ReceivedUpload['reception'], { is: 'ok' }>): string {
  switch (refused.reason) {
    case 'empty':
      return m.upload_empty({ name })
    case 'unknown kind':
      return m.upload_unknown_kind({ name })
    case 'encrypted':
      return m.upload_encrypted({ name })
    case 'mixed':
      return m.upload_mixed({ name })
    case 'overpacked':
      return m.upload_overpacked({ name })
    case 'too large':
      return m.upload_too_large({ name, megabytes: Math.floor(refused.limit / 1_000_000) })
    case 'too many':
      return m.upload_too_many({ name, count: refused.most })
  }
}

/** A file name names a file, never a place, and shows all that it holds. */
export function givenName(name: string): string {
  const base = name.normalize('NFC').split(/[\\/]/).at(-1) ?? ''
  return [...base.replaceAll(/\p{C}/gu, '').trim()].slice(0, 200).join('')
}

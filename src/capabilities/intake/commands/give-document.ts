import { z } from 'zod'
import { command } from '../../../platform/access/command.ts'
import { invalid, late, notFound, ok } from '../../../platform/access/outcome.ts'
import type { Files } from '../../../platform/files/files.ts'
import { UploadInput } from '../../../platform/http/uploads.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { mayTakePart } from '../permissions.ts'
import { isWithOffice } from '../rules/states.ts'
import { addDocumentFile, countFiles, documentById, settleDocument } from '../store/documents.ts'
import { courseOf } from '../store/procedure.ts'
import { addStep } from '../store/steps.ts'
import { continueWhenComplete } from './continue-review.ts'
import { goodUntil } from './good-until.ts'
import { errandOf, holdNamed, Named } from './opened-request.ts'

/** How many files one paper may consist of at once: photographs of its pages. */
export const filesAtOnce = 6

/** How many files the papers of one request may consist of, whoever hands them in. */
export const filesOfRequest = 60

/**
 * Hands a paper in (INT-4): photographs or a document, by link, by account, or by the office for somebody who stands at the desk. Once nothing
 * is missing any more, a request that waited is taken up again by itself.
 */
export const giveDocument = (files: Files) =>
  command({
    audit: 'intake.document.give',
    limit: { name: 'intake.give', per: 'address', most: 100, within: { minutes: 60 } },
    purpose: errandOf,
    input: Named.extend({ document: z.uuid(), uploads: z.array(UploadInput).min(1).max(filesAtOnce) }),
    subject: holdNamed,
    permission: mayTakePart,
    async run(work, input, { request }) {
      const { tx } = work
      if (!isWithOffice(request.state)) return late(m.intake_ask_already_decided())
      const document = await documentById(tx, input.document)
      if (document?.request !== request.id) return notFound
      if ((await countFiles(tx, request.id)) + input.uploads.length > filesOfRequest)
        return invalid({ path: 'uploads', message: m.intake_ask_too_many_files({ most: filesOfRequest }) })
      const account = work.actor?.account ?? null
      for (const received of input.uploads) {
        const file = await files.keep(tx, received, account)
        await addDocumentFile(tx, document.id, { id: file, name: received.name })
      }
      if (document.state === 'open') {
        const course = await courseOf(tx, request.pack)
        await settleDocument(tx, document.id, 'open', {
          state: 'given',
          goodUntil: course && goodUntil(course, work.now),
          account,
        })
      }
      await addStep(tx, request.id, {
        deed: 'document',
        account,
        detail: { document: document.id, state: 'given', files: input.uploads.length },
      })
      await continueWhenComplete(tx, request, account)
      work.about({
        kind: 'intake.request',
        id: request.id,
        detail: { document: document.id, files: input.uploads.length },
      })
      return ok({ id: request.id, reference: request.reference })
    },
  })

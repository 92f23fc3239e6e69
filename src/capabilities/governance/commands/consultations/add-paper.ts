import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { invalid, late, notFound, ok } from '../../../../platform/access/outcome.ts'
import type { Files } from '../../../../platform/files/files.ts'
import { UploadInput } from '../../../../platform/http/uploads.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { mayConsult } from '../../permissions/consultations.ts'
import { addPapers, papersOf, removePaper } from '../../store/consultations/parties.ts'
import { consultationKind } from '../../types/consultations.ts'
import { consultationAsked } from './draft-consultation.ts'

/** How many papers one consultation may have. */
const mostPapers = 20

/** Adds a file to the papers of a consultation that has not been sent (GOV-5). */
export const addPaper = (files: Files) =>
  command({
    audit: 'governance.consultation.add-paper',
    input: z.object({
      id: z.uuid(),
      title: z.string().trim().min(1).max(300).optional(),
      uploads: z.array(UploadInput).max(1),
    }),
    subject: consultationAsked,
    permission: mayConsult,
    async run(work, input, { consultation }) {
      if (consultation.state !== 'draft') return late(m.governance_consult_sent_already())
      const [received] = input.uploads
      if (!received) return invalid({ path: 'uploads', message: m.governance_consult_paper_missing() })
      if ((await papersOf(work.tx, input.id)).length >= mostPapers)
        return invalid({ path: 'uploads', message: m.governance_consult_paper_most({ count: mostPapers }) })
      const file = await files.keep(work.tx, received, work.actor?.account ?? null)
      await addPapers(work.tx, input.id, [{ title: input.title ?? received.name, file }])
      work.about({ kind: consultationKind, id: input.id })
      return ok({ id: input.id })
    },
  })

/** Takes a file out again, as long as the consultation has not been sent. */
export const takePaperOut = (files: Files) =>
  command({
    audit: 'governance.consultation.remove-paper',
    input: z.object({ id: z.uuid(), paper: z.uuid() }),
    subject: consultationAsked,
    permission: mayConsult,
    async run(work, input, { consultation }) {
      if (consultation.state !== 'draft') return late(m.governance_consult_sent_already())
      const file = await removePaper(work.tx, input.id, input.paper)
      if (file === undefined) return notFound
      await files.delete(work.tx, work.jobs, file)
      work.about({ kind: consultationKind, id: input.id })
      return ok({ id: input.id })
    },
  })

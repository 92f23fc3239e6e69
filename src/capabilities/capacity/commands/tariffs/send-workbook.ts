import { createHash } from 'node:crypto'
import { z } from 'zod'
import { command, type Work } from '../../../../platform/access/command.ts'
import { invalid, late, type Outcome, ok } from '../../../../platform/access/outcome.ts'
import type { Tx } from '../../../../platform/db/database.ts'
import type { Files } from '../../../../platform/files/files.ts'
import { UploadInput } from '../../../../platform/http/uploads.ts'
import { inLocale, m } from '../../../../platform/i18n/speech.ts'
import { readWorkbook } from '../../../../platform/tabular/read-workbook.ts'
import { mayFill } from '../../permissions/tariffs.ts'
import { checkWorkbook } from '../../rules/tariffs/check-workbook.ts'
import { type CollectionPart, partById, saveUpload } from '../../store/tariffs/collections.ts'
import { languageOfPack, tariffRulesOf } from '../../store/tariffs/rules.ts'
import type { Collected, Deviation } from '../../types/collection.ts'
import { collectionKind } from '../../types/tariffs.ts'
import { bookLayout } from '../../types/workbook.ts'

/** What came of a workbook. */
export interface Sent {
  part: string
  accepted: boolean
  deviations: Deviation[]
}

const largest = 2_000_000

async function partSubject(tx: Tx, { part: id }: { part: string }) {
  const part = await partById(tx, id)
  if (!part) return undefined
  const { collector } = await tariffRulesOf(tx, part.collection.pack)
  return { part, operator: part.organisation.id, collector }
}

/** Reads, checks and stores a workbook that came back (CAP-10). One with mistakes is kept as what it is: not accepted, with every mistake named. */
async function take(
  work: Work,
  part: CollectionPart,
  given: { name: string; bytes: Buffer; file?: string },
): Promise<Outcome<Sent>> {
  if (part.collection.state === 'closed') return late(m.capacity_tariff_collection_closed())
  const reading = readWorkbook(given.bytes)
  const language = await languageOfPack(work.tx, part.collection.pack)
  const checked: { deviations: Deviation[]; collected: Collected | undefined } = reading.ok
    ? await inLocale(language, async () =>
        checkWorkbook(reading.sheets, {
          part: part.id,
          made: part.made,
          year: part.collection.year,
          prefilled: part.prefilled,
          layout: bookLayout(),
        }),
      )
    : {
        deviations: [
          {
            code: 'unreadable',
            wrong: true,
            sheet: '',
            cell: '',
            what: '',
            found: reading.problem.message.code,
            expected: '',
          },
        ],
        collected: undefined,
      }
  const saved = await saveUpload(work.tx, {
    part: part.id,
    name: given.name,
    sha256: createHash('sha256').update(given.bytes).digest(),
    file: given.file,
    ...checked,
    by: work.actor?.account ?? '',
  })
  if (!saved) return invalid({ path: 'uploads', message: m.capacity_tariff_workbook_twice({ name: given.name }) })
  const accepted = checked.collected !== undefined
  work.about({
    kind: collectionKind,
    id: part.collection.id,
    detail: { organisation: part.organisation.slug, accepted, deviations: checked.deviations.length },
  })
  return ok({ part: part.id, accepted, deviations: checked.deviations })
}

/** A workbook in a request of JSON. */
export const sendWorkbook = command({
  audit: 'capacity.collection.send',
  input: z.object({
    part: z.uuid(),
    name: z.string().trim().min(1).max(200),
    /** the file in base 64 */
    workbook: z.base64().max(largest),
  }),
  subject: partSubject,
  permission: mayFill,
  run: (work, { name, workbook }, { part }) => take(work, part, { name, bytes: Buffer.from(workbook, 'base64') }),
})

/** A workbook in a form; the file itself is kept. */
export const uploadWorkbook = (files: Files) =>
  command({
    audit: 'capacity.collection.upload',
    input: z.object({ part: z.uuid(), uploads: z.array(UploadInput).min(1).max(1) }),
    subject: partSubject,
    permission: mayFill,
    async run(work, { uploads: [received] }, { part }) {
      if (!received) return invalid({ path: 'uploads', message: m.form_missing() })
      const file = await files.keep(work.tx, received, work.actor?.account ?? null)
      const content = await (await files.open(work.tx, file))?.content()
      const chunks: Uint8Array[] = []
      for await (const chunk of content ?? []) chunks.push(chunk)
      return take(work, part, { name: received.name, bytes: Buffer.concat(chunks), file })
    },
  })

import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { type FieldError, invalid, ok } from '../../../../platform/access/outcome.ts'
import type { Tx } from '../../../../platform/db/database.ts'
import type { Files } from '../../../../platform/files/files.ts'
import { UploadInput } from '../../../../platform/http/uploads.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { type FileLine, readStayFile } from '../../exchange/read-stays.ts'
import { holdOffers, holdOwnOffers, type ReportedOffer } from '../../store/places/save-stays.ts'
import { offerKind } from '../../types.ts'
import { mayReport } from './report-stays.ts'
import { faultInWords, type LineOutcome, settleStays } from './settle-stays.ts'

/** The most bytes that a file of stays has. */
export const stayFileLimit = 5_000_000

/** What became of one line of a file: every line has one (CAP-9). */
export interface FileLineOutcome {
  line: number
  outcome: LineOutcome
  offer: string | undefined
  person: string | undefined
  place: string | undefined
  errors: readonly FieldError[]
}

export interface FileReport {
  applied: boolean
  counts: Record<LineOutcome, number>
  lines: FileLineOutcome[]
}

/** Stays from a file: a trial that says what would become of every line, or all of them stored, or none where one is rejected (CAP-9). */
export const reportStayFile = (files: Files) =>
  command({
    audit: 'capacity.stays.report-file',
    input: z.object({ uploads: z.array(UploadInput).length(1), act: z.enum(['try', 'store']) }),
    async subject(tx) {
      const offers = await holdOwnOffers(tx)
      return offers.size === 0
        ? undefined
        : { offers, operators: [...new Set([...offers.values()].map(({ operator }) => operator))] }
    },
    permission: mayReport,
    async run(work, { uploads, act }, { offers }) {
      const account = work.actor?.account ?? null
      const [received] = uploads
      const id = received && (await files.keep(work.tx, received, account))
      const bytes = id === undefined ? undefined : await bytesOf(files, work.tx, id)
      if (id === undefined || !bytes) return invalid({ path: 'uploads', message: m.capacity_file_lost() })
      // what was read is of no more use: stays are kept, files of stays are not
      await files.delete(work.tx, work.jobs, id)
      const report = await settleFile(work.tx, offers, await readStayFile(bytes), act === 'store')
      const [first] = offers.values()
      if (first) work.about({ kind: offerKind, id: first.id, detail: { applied: report.applied, ...report.counts } })
      return ok<FileReport>(report)
    },
  })

/** The same for whoever runs the instance: `linden import stays`, for all offers. @param by purpose administration */
export async function importStays(tx: Tx, bytes: Uint8Array, apply: boolean): Promise<FileReport> {
  const lines = await readStayFile(bytes)
  const slugs = lines.flatMap((line) => ('stay' in line ? [line.stay.offer] : []))
  return settleFile(tx, await holdOffers(tx, slugs), lines, apply)
}

async function settleFile(
  tx: Tx,
  offers: ReadonlyMap<string, ReportedOffer>,
  lines: readonly FileLine[],
  apply: boolean,
): Promise<FileReport> {
  const readable = lines.flatMap((line) => ('stay' in line ? [line] : []))
  const named = new Map([...offers].filter(([slug]) => readable.some(({ stay }) => stay.offer === slug)))
  const report = await settleStays(
    tx,
    named,
    readable.map(({ stay }) => stay),
    apply && lines.length > 0 && readable.length === lines.length,
  )
  const settled = new Map(readable.map(({ line }, at) => [line, report.lines[at]]))
  const counts = { ...report.counts, rejected: report.counts.rejected + lines.length - readable.length }
  return {
    applied: report.applied,
    counts,
    lines: lines.map((line) => {
      const one = settled.get(line.line)
      return 'errors' in line || !one
        ? {
            line: line.line,
            outcome: 'rejected',
            offer: undefined,
            person: undefined,
            place: undefined,
            errors: 'errors' in line ? line.errors : [],
          }
        : {
            line: line.line,
            outcome: one.outcome,
            offer: line.stay.offer,
            person: one.person,
            place: one.place,
            errors: one.fault ? [faultInWords(one.fault)] : [],
          }
    }),
  }
}

async function bytesOf(files: Files, tx: Tx, id: string): Promise<Uint8Array | undefined> {
  const content = await (await files.open(tx, id))?.content()
  if (!content) return undefined
  const chunks: Uint8Array[] = []
  for await (const chunk of content) chunks.push(chunk)
  return Buffer.concat(chunks)
}

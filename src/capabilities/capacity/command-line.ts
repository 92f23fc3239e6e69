import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import { z } from 'zod'
import { Refusal, say, withDatabase } from '../../platform/command-line/frame.ts'
import { inLocale, m } from '../../platform/i18n/speech.ts'
import { importOffers } from './commands/places/import-offers.ts'
import { importStays } from './commands/places/report-stay-file.ts'
import { OfferRecord } from './types/places.ts'

const administration = { actor: null, purpose: 'administration' } as const

interface Given {
  apply?: boolean
  json?: boolean
}

/** `linden import stays` */
export function importStaysCommand(): Command {
  return new Command('stays')
    .description(
      'Stays from a table (CSV or XLSX): offer, place, municipality, sign of the person, first day, free again from, reason. Without --apply nothing is stored, and every line says what would become of it.',
    )
    .argument('<FILE>')
    .option('--apply', 'store it: all lines, or none where one is rejected')
    .option('--json', 'print the whole report as JSON')
    .action(async (file: string, given: Given) => {
      const bytes = await bytesOf(file)
      const report = await withDatabase((database) =>
        inLocale('en', () => database.transact(administration, (tx) => importStays(tx, bytes, given.apply ?? false))),
      )
      say(
        report,
        given.json,
        inLocale('en', () => [
          m.capacity_file_counts(report.counts),
          ...report.lines.flatMap(({ line, errors }) =>
            errors.map(({ path, message }) => `${line}: ${path === '' ? '' : `${path}: `}${message}`),
          ),
        ]),
      )
      if (given.apply && !report.applied)
        throw new Refusal(`Nothing was stored: ${report.counts.rejected} lines are rejected. Mend them.`)
    })
}

/** `linden import offers` */
export function importOffersCommand(): Command {
  return new Command('offers')
    .description(
      'Offers of a region with the history of their places, as a JSON list. Offers whose address is known stay as they are. Without --apply nothing is stored.',
    )
    .argument('<FILE>')
    .option('--apply', 'store them: all, or none where one is rejected')
    .option('--json', 'print the whole report as JSON')
    .action(async (file: string, given: Given) => {
      const parsed = z.array(OfferRecord).safeParse(jsonOf(await bytesOf(file)))
      if (!parsed.success) {
        const [issue] = parsed.error.issues
        throw new Refusal(`${file} holds no list of offers: ${issue?.path.join('.')}: ${issue?.message}`)
      }
      const report = await withDatabase((database) =>
        inLocale('en', () =>
          database.transact(administration, (tx) => importOffers(tx, parsed.data, given.apply ?? false)),
        ),
      )
      say(report, given.json, [
        `${report.added} added, ${report.known.length} known already, ${report.rejected.length} rejected.`,
        ...report.rejected.flatMap(({ slug, errors }) =>
          errors.map(({ path, message }) => `${slug}: ${path}: ${message}`),
        ),
      ])
      if (given.apply && !report.applied) throw new Refusal('Nothing was stored. Mend what is rejected.')
    })
}

async function bytesOf(file: string): Promise<Uint8Array> {
  return readFile(file).catch(() => {
    throw new Refusal(`${file} cannot be read.`)
  })
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    return undefined
  }
}

import { createWriteStream } from 'node:fs'
import { basename, extname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Command, InvalidArgumentError, Option } from 'commander'
import { Refusal, say, withDatabase } from '../../platform/command-line/frame.ts'
import { inLocale } from '../../platform/i18n/speech.ts'
import { type Locale, locales } from '../../platform/i18n/text.ts'
import { importServices } from './commands/import-services.ts'
import { type ExportFormat, exportFormats, exportServices } from './exchange/export-services.ts'
import { reportLines } from './exchange/import-report.ts'
import { sourceFromPath } from './exchange/import-source.ts'
import { type ImportFormat, importFormats } from './exchange/import-types.ts'

/** `linden import services FILE` */
export function importServicesCommand(): Command {
  return new Command('services')
    .description(
      'Services from a file, a folder of CSV tables or a ZIP archive of them. Without --apply nothing is stored, and the report says what would be.',
    )
    .argument('<FILE>')
    .addOption(
      new Option(
        '--format <FORMAT>',
        'hsds: JSON of Open Referral; hsds-tabular: its CSV tables; oruk: Open Referral UK; cards: our spreadsheet',
      ).choices(importFormats),
    )
    .option('--apply', 'store it, unless a record is rejected')
    .option('--skip-rejected', 'store the rest although records are rejected')
    .option('--remove-missing', 'mark services of this data set that are no longer in the file as defunct')
    .option(
      '--dataset <NAME>',
      'under this name the same data set is known at the next import; else the name of the file',
    )
    .option('--area <CODE>', 'area served where a record names none; may stand several times', collect, [])
    .addOption(new Option('--language <LANGUAGE>', 'of the texts').choices([...locales]).default('en'))
    .option('--json', 'print the whole report as JSON')
    .action(importFile)
}

/** `linden export services` */
export function exportServicesCommand(): Command {
  return new Command('services')
    .description(
      'Every public service, to standard output or into a file. The spreadsheet is also the template for `import`.',
    )
    .addOption(
      new Option(
        '--format <FORMAT>',
        'hsds: JSON of Open Referral, one service a line; hsds-tabular: its tables as ZIP; cards, cards-xlsx: our spreadsheet',
      )
        .choices(exportFormats)
        .default('hsds'),
    )
    .addOption(new Option('--language <LANGUAGE>', 'of texts and headers').choices([...locales]).default('en'))
    .option('--out <FILE>', 'write here instead of to standard output')
    .action(exportFile)
}

async function exportFile(given: { format: ExportFormat; language: Locale; out?: string }): Promise<void> {
  await withDatabase(async (database, config) => {
    const bytes = exportServices(database, given.format, { origin: new URL(config.url).origin, locale: given.language })
    const source = Readable.from(bytes, { objectMode: false })
    if (given.out) await pipeline(source, createWriteStream(given.out))
    else await pipeline(source, process.stdout, { end: false })
  })
}

interface ImportGiven {
  format?: ImportFormat
  apply?: boolean
  skipRejected?: boolean
  removeMissing?: boolean
  dataset?: string
  area: string[]
  language: Locale
  json?: boolean
}

async function importFile(file: string, given: ImportGiven): Promise<void> {
  const source = await sourceFromPath(file)
  const report = await withDatabase((database) =>
    inLocale('en', () =>
      importServices(database, source, {
        format: given.format ?? guessFormat(file, source.kind),
        dataset: given.dataset ?? basename(file, extname(file)),
        apply: given.apply ?? false,
        skipRejected: given.skipRejected ?? false,
        removeMissing: given.removeMissing ?? false,
        locale: given.language,
        areas: given.area,
        by: { account: null, origin: 'command-line' },
      }),
    ),
  )
  say(
    report,
    given.json,
    inLocale('en', () => reportLines(report)),
  )
  if (given.apply && !report.applied)
    throw new Refusal(
      `Nothing was stored: ${report.counts.rejected} records are rejected. Mend them, or add --skip-rejected.`,
    )
}

/** Tables are HSDS tables, a spreadsheet is ours, JSON is HSDS: what is meant otherwise is said with --format. */
function guessFormat(file: string, kind: 'file' | 'tables'): ImportFormat {
  if (kind === 'tables') return 'hsds-tabular'
  return /\.(csv|xlsx)$/i.test(file) ? 'cards' : 'hsds'
}

function collect(value: string, previous: string[]): string[] {
  if (value === '') throw new InvalidArgumentError('Name the code of an area, such as DK-0791.')
  return [...previous, value]
}

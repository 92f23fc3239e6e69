import { Command } from 'commander'
import version from '../../package.json' with { type: 'json' }
import { backUp } from '../platform/backup/backup.ts'
import { judgeArchive, restore } from '../platform/backup/restore.ts'
import { configOf, say, withDatabase } from '../platform/command-line/frame.ts'

/** `linden backup FILE` */
export function backupCommand(): Command {
  return new Command('backup')
    .description(
      'Write everything of one moment into a file: tables, jobs, files, letters that wait. Encrypted where LINDEN_BACKUP_KEY is set. The secret of the instance is not in it: keep LINDEN_SECRET elsewhere.',
    )
    .argument('<FILE>', 'a file that is not there yet')
    .option('--json', 'print what was written as JSON')
    .action(async (file: string, { json }: { json?: boolean }) => {
      const config = configOf()
      const report = await withDatabase(
        (database) => backUp(config, database, file, { program: version.version, now: new Date() }),
        config,
      )
      const { bytes, tables, rows, files, missing, encrypted } = report
      say(report, json, [
        `${file}: ${rows} rows of ${tables} tables, ${files} files, ${size(bytes)}, ${encrypted ? 'encrypted' : 'not encrypted (LINDEN_BACKUP_KEY is not set)'}.`,
        ...(missing > 0 ? [`${missing} files stand in the database, and the storage has lost them.`] : []),
        'It is restored only together with the secret of this instance: keep LINDEN_SECRET, or the file "secret" in LINDEN_DATA, elsewhere.',
      ])
    })
}

/** `linden restore FILE` */
export function restoreCommand(): Command {
  return new Command('restore')
    .description(
      'Make an empty database, embedded or of DATABASE_URL, what it was when the backup was written. All of it or nothing; older archives are brought to this version.',
    )
    .argument('<FILE>', 'what linden backup wrote')
    .option('--replace', 'give up what the database holds now')
    .option('--check', 'only look whether the archive is whole and fits')
    .option('--json', 'print what was restored as JSON')
    .action(async (file: string, options: { replace?: boolean; check?: boolean; json?: boolean }) => {
      const config = configOf()
      const report = await judgeArchive(config, file)
      if (!options.check)
        await withDatabase((database) => restore(config, database, file, { replace: options.replace ?? false }), config)
      const { rows, tables, files, madeAt, migrated } = report
      const what = `${rows} rows of ${tables} tables and ${files} files of ${madeAt}`
      say({ ...report, restored: !options.check }, options.json, [
        options.check ? `The archive is whole and fits: ${what}.` : `Restored ${what}.`,
        ...(migrated > 0 ? [`${migrated} migrations ${options.check ? 'would be' : 'were'} applied on top.`] : []),
      ])
    })
}

function size(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB']
  const power = bytes > 0 ? Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1) : 0
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`
}

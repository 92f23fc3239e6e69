import { Command } from 'commander'
import { configOf, say } from '../platform/command-line/frame.ts'
import { secretOf } from '../platform/config/config.ts'
import { migrate } from '../platform/db/migrate.ts'
import { programLogin } from '../platform/db/roles.ts'
import { withOwner } from './owner.ts'

/** `linden migrate` */
export function migrateCommand(): Command {
  return new Command('migrate')
    .description(
      'Bring the database to the state that this program needs: roles and tables. Starting the program does it too.',
    )
    .option('--json', 'print what was applied as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const config = configOf()
      const applied = await withOwner(config, { make: true }, (owner, { database = '' }) =>
        migrate(owner, database, programLogin(database, secretOf(config))),
      )
      const names = applied.map(({ part, number, name }) => `${part}/${String(number).padStart(4, '0')}_${name}`)
      say(names, json, names.length > 0 ? names : ['Nothing to do: the database is as this program needs it.'])
    })
}

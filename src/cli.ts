import { Command } from 'commander'
import version from '../package.json' with { type: 'json' }
import { accountCommands, tokenCommand } from './cli/account.ts'
import { auditCommands } from './cli/audit.ts'
import { backupCommand, restoreCommand } from './cli/backup.ts'
import { demoCommands } from './cli/demo.ts'
import { doctorCommand } from './cli/doctor.ts'
import { environmentHelp } from './cli/environment.ts'
import { exportCommands, importCommands } from './cli/exchange.ts'
import { migrateCommand } from './cli/migrate.ts'
import { packCommands } from './cli/pack.ts'
import { serveCommand } from './cli/serve.ts'
import { reasonOf } from './platform/command-line/frame.ts'

const linden = new Command('linden')
  .description('Linden: an open platform on which a region runs its social services together.')
  .version(version.version)
  .addHelpText('after', environmentHelp())

const commands = [
  serveCommand(),
  migrateCommand(),
  doctorCommand(),
  packCommands(),
  demoCommands(),
  importCommands(),
  exportCommands(),
  backupCommand(),
  restoreCommand(),
  auditCommands(),
  accountCommands(),
  tokenCommand(),
]
for (const command of commands) linden.addCommand(command)

/** Settings of a command do not reach those below it. */
function hint(command: Command): void {
  command.showHelpAfterError('(add --help for what is possible)')
  for (const below of command.commands) hint(below)
}
hint(linden)

// Whoever reads may stop early: `linden export services | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(process.exitCode ?? 0)
})

try {
  await linden.parseAsync(process.argv)
} catch (error) {
  process.stderr.write(`linden: ${reasonOf(error)}\n`)
  if (process.env.DEBUG) process.stderr.write(`${error instanceof Error ? error.stack : error}\n`)
  process.exitCode = 1
}

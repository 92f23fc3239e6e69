import type { Command } from 'commander'
import { capabilities } from '../main.ts'
import { group } from '../platform/command-line/frame.ts'

/** `linden import …`: what the capabilities can take in. */
export function importCommands(): Command {
  return withThose(
    'import',
    group('import', 'Take in what others have recorded: a dry run first, then all or nothing.'),
  )
}

/** `linden export …`: what the capabilities can give out. */
export function exportCommands(): Command {
  return withThose('export', group('export', 'Give out what is recorded here, in formats that others read.'))
}

function withThose(under: 'import' | 'export', parent: Command): Command {
  for (const offered of capabilities.flatMap(({ commandLine }) => commandLine ?? []))
    if (offered.under === under) parent.addCommand(offered.command())
  return parent
}

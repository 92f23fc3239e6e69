import { Command } from 'commander'
import { columns, Refusal, say } from '../platform/command-line/frame.ts'
import { examine } from './examine.ts'
import type { Finding } from './finding.ts'

/** `linden doctor` */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('Look whether everything is as Linden needs it, and say what to do where it is not.')
    .option('--json', 'print every finding as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const findings = await examine(process.env)
      say(findings, json, columns(findings.map(({ what, ok, words }) => [ok ? 'ok   ' : 'WRONG', what, words])))
      const wrong = findings.filter(({ ok }) => !ok)
      if (wrong.length > 0) throw new Refusal(summary(wrong))
    })
}

function summary(wrong: readonly Finding[]): string {
  const first = wrong[0]
  const more =
    wrong.length > 1
      ? ` (and ${wrong.length - 1} more: ${wrong
          .slice(1)
          .map(({ what }) => what)
          .join(', ')})`
      : ''
  return `${first?.what}: ${first?.words}${more}`
}

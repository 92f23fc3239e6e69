import { readFileSync } from 'node:fs'
import { Command, Option } from 'commander'
import { type Head, HeadUnreadable, headName, readHead, writeHead } from '../platform/audit/head.ts'
import { sealTrail } from '../platform/audit/seal.ts'
import { verifyDatabase, withTrail } from '../platform/audit/trail.ts'
import type { Fault } from '../platform/audit/verify.ts'
import { group, Refusal, say, withDatabase } from '../platform/command-line/frame.ts'

/** `linden audit …` */
export function auditCommands(): Command {
  return group('audit', 'The sealed trail of what happened: print its head for safe keeping, and verify it.')
    .addCommand(
      new Command('head')
        .description(
          'Seal the trail and print its head as JSON. Keep it elsewhere: with it, later changes of the past are found.',
        )
        .action(head),
    )
    .addCommand(
      new Command('verify')
        .description('Verify the whole trail, and name the first entry that was changed, removed, inserted or cut off.')
        .addOption(
          new Option('--head <FILE>', 'a head kept from earlier: finds also what the seals themselves cannot show'),
        )
        .option('--json', 'print the verdict as JSON')
        .action((options: { head?: string; json?: boolean }) => verify(options)),
    )
}

async function head(): Promise<void> {
  await withDatabase(async ({ ownerPool }) => {
    await sealTrail(ownerPool, () => new Date())
    await withTrail(ownerPool, async ({ seals }) => {
      for await (const piece of writeHead(seals, new Date()))
        if (!process.stdout.write(piece)) await new Promise((resolve) => process.stdout.once('drain', resolve))
    })
  })
}

async function verify({ head: file, json }: { head?: string; json?: boolean }): Promise<void> {
  const known = file === undefined ? undefined : headFrom(file)
  const verdict = await withDatabase(({ ownerPool }) => verifyDatabase(ownerPool, known))
  const { fault, entries, sealed, erased, seals } = verdict
  const words = `${entries} entries, ${sealed} of them in ${seals} seals${erased > 0 ? `, ${erased} without their actor by erasure` : ''}`
  say(
    verdict,
    json,
    fault ? [] : [`The trail is whole: ${words}.`, ...(known ? [`It contains the head ${headName(known)}.`] : [])],
  )
  if (fault) throw new Refusal(`The trail is not whole: ${faultWords(fault)}.`)
}

function headFrom(file: string): Head {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new Refusal(
      `${file} cannot be read: ${(error as NodeJS.ErrnoException).code}. Name a file that linden audit head wrote.`,
    )
  }
  try {
    return readHead(text)
  } catch (error) {
    if (error instanceof HeadUnreadable) throw new Refusal(error.message)
    throw error
  }
}

function faultWords({ what, event, seal, against }: Fault): string {
  const by = against === 'head' ? 'the head shows it' : 'its seals show it'
  const of = seal === undefined ? '' : ` of seal ${seal}`
  if (what === 'seal') return `seal ${seal}, whose first entry is ${event}, does not fit (${by})`
  if (what === 'cut') return `from entry ${event}${of} on everything was cut off (${by})`
  return `entry ${event}${of} was ${what} (${by})`
}

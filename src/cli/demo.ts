import { Command, Option } from 'commander'
import { listPeople } from '../demo/list.ts'
import { loadDemo } from '../demo/load.ts'
import type { OpenHouse } from '../main.ts'
import { columns, configOf, group, Refusal, say } from '../platform/command-line/frame.ts'
import { type DemoSize, demoSizes } from '../platform/config/config.ts'
import { withHouse } from './house.ts'

type Size = Exclude<DemoSize, 'off'>
const sizes = demoSizes.filter((size): size is Size => size !== 'off')

/** `linden demo …` */
export function demoCommands(): Command {
  return group('demo', 'Demo data: invented people and what they have done, to try everything with.')
    .addCommand(
      new Command('load')
        .description(
          'Load the demo, with accounts that anybody who reads this terminal can use. Never on an instance with real people.',
        )
        .addOption(
          new Option(
            '--size <SIZE>',
            'small: what one can survey; town, region, nation: with 1 000, 10 000, 100 000 generated services',
          )
            .choices(sizes)
            .default('small'),
        )
        .option('--json', 'print as JSON')
        .action(load),
    )
    .addCommand(
      new Command('accounts')
        .description('Print the demo accounts with their passwords and the secrets of their second factors.')
        .option('--json', 'print as JSON')
        .action(accounts),
    )
}

async function load({ size, json }: { size: Size; json?: boolean }): Promise<void> {
  const config = configOf()
  // A demo without regions would be empty: whoever asks for it gets all, unless they have named some.
  const packs = config.packs.length === 0 ? 'all' : config.packs
  const loaded = await withHouse((house) => loadDemo(house, size), { ...config, packs })
  say({ size, loaded }, json, [
    loaded
      ? `The demo is loaded (${size}). linden demo accounts shows who can sign in.`
      : `The demo (${size}) was here already.`,
  ])
}

async function accounts({ json }: { json?: boolean }): Promise<void> {
  await withHouse(async (house) => {
    const people = await listPeople(house)
    if (people.length === 0) throw new Refusal('There is no demo here. Run: linden demo load')
    say(people, json, await signInTable(house))
  })
}

/** The sign-ins of the demo, as `npm start` prints them. */
export async function signInTable(house: OpenHouse): Promise<string[]> {
  const people = await listPeople(house)
  const [first] = people
  if (!first) return []
  const rows = people.map(({ email, name, roles, totpSecret }) => [
    email,
    name,
    `${roles.join(', ').replaceAll('_', ' ') || 'resident'}${totpSecret ? ' *' : ''}`,
  ])
  return [
    `Sign in to try it, everybody with the password ${first.password}`,
    '',
    ...columns(rows).map((line) => `  ${line}`),
    '',
    '* The page that asks for a code shows it.',
  ]
}

import { Argument, Command, InvalidArgumentError, Option } from 'commander'
import { type Role, roles } from '../platform/access/actor.ts'
import type { Outcome } from '../platform/access/outcome.ts'
import { group, Refusal, say } from '../platform/command-line/frame.ts'
import { locales } from '../platform/i18n/text.ts'
import { withHouse } from './house.ts'

interface Json {
  json?: boolean
}

/** `linden account …` */
export function accountCommands(): Command {
  return group('account', 'Accounts: open one, close it, give or take a role.')
    .addCommand(addCommand())
    .addCommand(
      new Command('disable')
        .description('Close an account: its sessions end at once, its tokens stop working. `--undo` opens it again.')
        .argument('<EMAIL>')
        .option('--undo', 'open the account again')
        .option('--json', 'print as JSON')
        .action((email: string, options: Json & { undo?: boolean }) => disable(email, options)),
    )
    .addCommand(roleCommand())
}

function addCommand(): Command {
  return new Command('add')
    .description('Open an account and print the link with which its owner sets the first password.')
    .argument('<EMAIL>')
    .requiredOption('--name <NAME>', 'what the person is called')
    .addOption(new Option('--language <LANGUAGE>', 'in which Linden speaks with them').choices([...locales]))
    .option(
      '--role <ROLE>@<ORGANISATION>',
      'what they do for which organisation (its slug); may stand several times',
      collectRoles,
      [],
    )
    .option('--letter', 'send the link by mail as well')
    .option('--json', 'print as JSON')
    .action(
      (
        email: string,
        options: Json & { name: string; language?: (typeof locales)[number]; role: Membership[]; letter?: boolean },
      ) => add(email, options),
    )
}

function roleCommand(): Command {
  return new Command('role')
    .description('Give somebody a role in an organisation, or take it.')
    .argument('<EMAIL>')
    .addArgument(new Argument('<ROLE>', 'what they do there').choices([...roles]))
    .argument('<ORGANISATION>', 'the organisation, by its slug')
    .option('--take', 'take the role instead of giving it')
    .option('--json', 'print as JSON')
    .action((email: string, role: Role, organisation: string, { take, json }: Json & { take?: boolean }) =>
      withHouse(async ({ auth }) => {
        const done = resultOf(await auth.setRole(email, { organisation, role }, !take), `There is no account ${email}.`)
        say({ ...done, role, organisation, held: !take }, json, [
          take ? `${email} is no longer ${role} of ${organisation}.` : `${email} is ${role} of ${organisation}.`,
        ])
      }),
    )
}

/** `linden token EMAIL …` */
export function tokenCommand(): Command {
  return new Command('token')
    .description('Make an API token for an account and print it. It is shown this once.')
    .argument('<EMAIL>')
    .option('--scope <SCOPE>', 'what it may do, such as directory:read; may stand several times', collect, [])
    .option('--days <DAYS>', 'how long it lives', wholeNumber, 90)
    .option('--name <NAME>', 'what it is for', 'command line')
    .option('--json', 'print as JSON')
    .action((email: string, options: Json & { scope: string[]; days: number; name: string }) =>
      withHouse(async ({ auth }) => {
        const scopes = options.scope.length > 0 ? options.scope : ['directory:read']
        const made = resultOf(
          await auth.createToken(email, scopes, options.days, options.name),
          `There is no open account ${email}.`,
        )
        say({ ...made, scopes, days: options.days }, options.json, [made.token])
      }),
    )
}

interface Membership {
  role: Role
  organisation: string
}

async function add(
  email: string,
  options: Json & { name: string; language?: (typeof locales)[number]; role: Membership[]; letter?: boolean },
): Promise<void> {
  await withHouse(async ({ auth }) => {
    const added = resultOf(
      await auth.addAccount({
        email,
        name: options.name,
        locale: options.language,
        memberships: options.role,
        letter: options.letter ?? false,
      }),
      `${email} was not added.`,
    )
    say({ email, ...added }, options.json, [
      `${email} has an account. The first password is set once at:`,
      added.invitation ?? '',
    ])
  })
}

async function disable(email: string, { undo, json }: Json & { undo?: boolean }): Promise<void> {
  await withHouse(async ({ auth }) => {
    const outcome = undo ? await auth.enableAccount(email) : await auth.disableAccount(email)
    const done = resultOf(outcome, `There is no account ${email}.`)
    say({ email, ...done, disabled: !undo }, json, [undo ? `${email} is open again.` : `${email} is closed.`])
  })
}

/** The result of a command. @throws Refusal with the words of any other outcome */
function resultOf<T>(outcome: Outcome<T>, notFound: string): T {
  if (outcome.is === 'ok') return outcome.value
  throw new Refusal(wordsOf(outcome) ?? notFound)
}

function wordsOf(outcome: Exclude<Outcome<unknown>, { is: 'ok' }>): string | undefined {
  if (outcome.is === 'invalid') return outcome.errors.map(({ message }) => message).join(' ')
  return 'message' in outcome ? outcome.message : undefined
}

const collect = (value: string, previous: string[]) => [...previous, value]

function collectRoles(value: string, previous: Membership[]): Membership[] {
  const [role = '', organisation = ''] = value.split('@')
  const known = roles.find((one) => one === role)
  if (!known || !organisation)
    throw new InvalidArgumentError(
      `Write ROLE@ORGANISATION, such as editor@viborg-kommune. Roles: ${roles.join(', ')}.`,
    )
  return [...previous, { role: known, organisation }]
}

function wholeNumber(value: string): number {
  if (!/^\d{1,4}$/.test(value)) throw new InvalidArgumentError('Write a whole number.')
  return Number(value)
}

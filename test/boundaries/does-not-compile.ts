/**
 * What must not compile (security promise 2: silence is not permission). `tsc` reads this file in `npm test`: where one of these
 * lines compiles, "@ts-expect-error" has nothing to expect, and that is an error. Nothing here is ever run.
 */
import { z } from 'zod'
import { type Command, command, nothingStored } from '../../src/platform/access/command.ts'
import { invalid, type Outcome, ok } from '../../src/platform/access/outcome.ts'
import { everyone, type Permission, permission } from '../../src/platform/access/permission.ts'
import { page } from '../../src/platform/http/answer.ts'
import type { Door } from '../../src/platform/http/door.ts'

const input = z.object({ name: z.string() })
const open = { permission: everyone, audit: { none: 'shown to everybody' } } as const
const mayTend: Permission<{ tended: string }> = permission(
  'Those who tend it may',
  (_actor, { tended }) => tended !== '',
)

const limit = { name: 'test.page', per: 'address', most: 5, within: { minutes: 10 } } as const
const show = async () => page('right', 'right')

export function routes(door: Door): void {
  // this one compiles: the others differ from it in one thing each
  door.page('/right', open, async () => page('right', 'right'))
  // @ts-expect-error no permission
  door.page('/no-permission', { audit: { none: 'why' } }, async () => page('', ''))
  // @ts-expect-error no audit event, and no word why
  door.page('/no-audit', { permission: everyone }, async () => page('', ''))
  // @ts-expect-error silence is no reason
  door.page('/no-reason', { permission: everyone, audit: {} }, async () => page('', ''))
  // @ts-expect-error the name of an event has two parts
  door.page('/no-name', { permission: everyone, audit: 'looked' }, async () => page('', ''))
  // @ts-expect-error permission is about a record that no page has in its hands
  door.page('/wrong-subject', { permission: mayTend, audit: { none: 'why' } }, async () => page('', ''))
  // @ts-expect-error an answer that nobody knows how to show
  door.page('/unknown-answer', open, async () => ({ is: 'perhaps' }))
  // this one compiles too
  door.page('/limited', { ...open, limit }, show)
  // @ts-expect-error a limit names what it counts, part and verb
  door.page('/no-verb', { ...open, limit: { ...limit, name: 'page' } }, show)
  // @ts-expect-error a limit says how many
  door.page('/no-number', { ...open, limit: { name: 'test.page', per: 'address', within: { minutes: 1 } } }, show)
  // @ts-expect-error a limit says within how many minutes, not within a number of something
  door.page('/no-unit', { ...open, limit: { ...limit, within: 10 } }, show)
  // @ts-expect-error people are counted by signing in, not here
  door.page('/per-person', { ...open, limit: { ...limit, per: 'person' } }, show)
  // @ts-expect-error no permission
  door.raw('get', '/raw', { audit: { none: 'why' } }, async () => new Response())
  // @ts-expect-error no permission, no audit
  door.resource('/api/v1/things', { summary: '', tag: '', response: input }, async () => ({ is: 'notFound' }))
  // @ts-expect-error what is read must fit what is described
  door.resource('/x', { ...open, summary: '', tag: '', response: input }, async () => ({ is: 'ok', value: 5 }))
  // @ts-expect-error a command without a scope
  door.command('/api/v1/things', { method: 'post', summary: '', tag: '', command: right, response: input })
}

const whole = {
  audit: 'test.thing.add',
  input,
  subject: async () => ({ tended: 'yes' }),
  permission: mayTend,
  run: async () => ok({}),
} as const
const { permission: _permission, ...withoutPermission } = whole
const { audit: _audit, ...withoutAudit } = whole

// this one compiles: the others differ from it in one thing each
export const right = command(whole)
// @ts-expect-error no permission
export const open1 = command(withoutPermission)
// @ts-expect-error no audit event
export const open2 = command(withoutAudit)
// @ts-expect-error the permission needs what the subject does not load: this is no command
export const open3 = command({ ...whole, subject: nothingStored }).run
// @ts-expect-error the name of an event has two parts
export const open4 = command({ ...whole, audit: 'added' })
// @ts-expect-error a limit says within how many minutes
export const open7 = command({ ...whole, limit: { name: 'test.add', per: 'address', most: 5 } })
// @ts-expect-error a command answers with an outcome, not with what it likes
export const open5 = command({ ...whole, run: async () => ({ is: 'fine' }) })
// @ts-expect-error and not with nothing
export const open6: Command<typeof input, { tended: string }, object> = { ...whole, run: async () => undefined }
// @ts-expect-error an outcome says what is wrong with which field
export const vague: Outcome<string> = invalid('wrong')
// @ts-expect-error there is no such ending
export const unknown: Outcome<string> = { is: 'perhaps' }

/**
 * A million requests (INT): how much longer sending one more takes, and opening the desk, than with ten thousand.
 *
 *   node bench/intake.ts [--small 10000] [--large 1000000] [--rounds 6]
 */
import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { z } from 'zod'
import { activeServices, servicesByIds } from '../src/capabilities/directory/contract.ts'
import { saveDraft } from '../src/capabilities/intake/commands/save-draft.ts'
import { startRequest } from '../src/capabilities/intake/commands/start-request.ts'
import { submitRequest } from '../src/capabilities/intake/commands/submit-request.ts'
import { openAlerts } from '../src/capabilities/intake/store/alerts.ts'
import { colleaguesHere, deskCounts, deskLines, linesByIds } from '../src/capabilities/intake/store/desk.ts'
import { courseOf } from '../src/capabilities/intake/store/procedure.ts'
import type { Actor } from '../src/platform/access/actor.ts'
import type { Command } from '../src/platform/access/command.ts'
import { perform } from '../src/platform/access/perform.ts'
import { recordEvent } from '../src/platform/audit/record.ts'
import { report } from './fixtures/report.ts'
import { type Desk, prepareDesk } from './intake-fill.ts'

/** Runs before those that count: plans are made, pages are read. */
const warmUp = 60
/** Runs of one round: it gives one p95 of each, and the median of the rounds counts, as the pauses of a busy machine are not its own. */
const ofRound = 100
/** The goal: so many times as long as with few requests, at most. */
const most = 1.3

const { values } = parseArgs({
  options: {
    small: { type: 'string', default: '10000' },
    large: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '6' },
  },
})

async function done<Schema extends z.ZodType, Subject, Result>(
  { database }: Desk,
  actor: Actor | null,
  command: Command<Schema, Subject, Result>,
  input: z.input<Schema>,
): Promise<Result> {
  const outcome = await perform(command, input, { database, actor, locale: 'uk', origin: 'page' })
  if (outcome.is !== 'ok') throw new Error(`${command.audit}: ${JSON.stringify(outcome)}`)
  return outcome.value
}

async function timed<Result>(times: number[], work: () => Promise<Result>): Promise<Result> {
  const started = performance.now()
  const result = await work()
  times.push(performance.now() - started)
  return result
}

interface Times {
  asked: number[]
  submitted: number[]
  opened: number[]
}

/** Somebody asks for help from the first page to the sending: every other time with an account, and papers of earlier requests. */
async function ask(desk: Desk, service: string, run: number, times: Times): Promise<void> {
  const actor = run % 2 === 0 ? null : (desk.people[run % desk.people.length] ?? null)
  const token = randomBytes(32).toString('base64url')
  await timed(times.asked, async () => {
    await done(desk, actor, startRequest, { token, pack: 'ua-kharkiv', service })
    const { version } = await done(desk, actor, saveDraft, {
      token,
      version: 1,
      particulars: { name: `Гриценко Наталя ${run}`, birthDate: '1990-05-17' },
      situation: { words: 'Ми втекли від війни і не маємо де жити.' },
      contact: { ways: ['phone'], phone: '+380 50 000 00 00' },
    })
    await timed(times.submitted, () => done(desk, actor, submitRequest, { token, version }))
  })
}

/** Everything that the first page of the desk reads, and its entry in the audit trail. */
async function openDesk({ database, office, worker }: Desk, times: Times): Promise<void> {
  const choice = { offices: [office], account: worker.account }
  const lines = await timed(times.opened, () =>
    database.transact({ actor: worker.account, locale: 'uk' }, async (tx) => {
      const alerts = await openAlerts(tx)
      const called = await linesByIds(
        tx,
        alerts.map(({ request }) => request),
      )
      await deskCounts(tx, choice, ['new', 'due', 'waiting', 'overdue', 'mine'])
      const shown = await deskLines(tx, { ...choice, tab: 'new' }, { after: undefined, limit: 25 })
      const all = [...called, ...shown.lines]
      await servicesByIds(
        tx,
        all.flatMap(({ service }) => service ?? []),
      )
      await activeServices(tx, { pack: all[0]?.pack ?? '', words: undefined, locale: 'uk', limit: 100 })
      await colleaguesHere(tx)
      for (const pack of new Set(all.map((line) => line.pack))) await courseOf(tx, pack)
      recordEvent(tx, {
        act: 'intake.desk.open',
        actor: worker.account,
        origin: 'page',
        outcome: 'read',
        about: undefined,
      })
      return shown.lines
    }),
  )
  if (lines.length !== 25) throw new Error(`the first page has ${lines.length} lines`)
}

const percentile = (times: readonly number[], part: number): number =>
  times.toSorted((one, two) => one - two)[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0
const median = (times: readonly number[]): number => percentile(times, 0.5)
/** The p95 of each round. */
const slowest = (times: readonly number[]): number[] =>
  Array.from({ length: times.length / ofRound }, (_, round) =>
    percentile(times.slice(round * ofRound, (round + 1) * ofRound), 0.95),
  )
const said = (number: number): number => Math.round(number * 100) / 100

async function place(count: number) {
  const started = performance.now()
  const desk = await prepareDesk(count)
  const { rows } = await desk.database.ownerPool.query<{ id: string }>(
    `select id from directory.service where slug = 'konsultuvannia'`,
  )
  console.log(`${count} requests filled in ${said((performance.now() - started) / 1000)} s`)
  return { desk, service: rows[0]?.id ?? '', asked: [], submitted: [], opened: [] } as Times & {
    desk: Desk
    service: string
  }
}

const places = [await place(Number(values.small)), await place(Number(values.large))] as const
try {
  const [small, large] = places
  const nothing = { asked: [], submitted: [], opened: [] }
  for (let run = -warmUp; run < Number(values.rounds) * ofRound; run++) {
    // one after the other, so that whatever else the machine does meets both alike
    for (const here of run % 2 === 0 ? [small, large] : [large, small]) {
      const times = run < 0 ? nothing : here
      await ask(here.desk, here.service, Math.floor((run + warmUp) / 2) * 2 + (run & 1), times)
      await openDesk(here.desk, times)
    }
  }
  for (const [name, what, goal] of [
    ['submit a request', 'submitted', most],
    ['ask for help from start to sending', 'asked', undefined],
    ["the desk's first page", 'opened', most],
  ] as const) {
    const [few, many] = [slowest(small[what]), slowest(large[what])]
    const times = median(many.map((each, round) => each / (few[round] ?? each)))
    console.log(
      `${name}: p50 ${said(median(small[what]))} and ${said(median(large[what]))} ms, p95 ${said(median(few))} and ${said(median(many))} ms`,
    )
    report({
      name: `${name}, p95 at 1 000 000 ÷ at 10 000 requests`,
      value: said(times),
      unit: 'ratio',
      goal: goal ? `≤ ${goal}` : 'no goal',
      ok: !goal || times <= goal,
    })
    report({
      name: `${name}, p95 at 1 000 000 requests`,
      value: said(median(many)),
      unit: 'ms',
      goal: 'no goal',
      ok: true,
    })
    if (goal && times > goal) process.exitCode = 1
  }
} finally {
  for (const { desk } of places) {
    await desk.database.close()
    rmSync(desk.folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

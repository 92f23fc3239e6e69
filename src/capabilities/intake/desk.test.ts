import { beforeAll, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testDatabase } from '../../../test/database.ts'
import { act, askForHelp, done, loadIntakePacks, serviceId } from '../../../test/intake-house.ts'
import type { Actor } from '../../platform/access/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { compile, type Statement } from '../../platform/db/query.ts'
import { askForDocuments } from './commands/ask-for-documents.ts'
import { decideRequest } from './commands/decide-request.ts'
import { settleDocument } from './commands/settle-document.ts'
import { takeRequest } from './commands/take-request.ts'
import { withdrawRequest } from './commands/withdraw-request.ts'
import { manyRequests } from './desk.fixture.ts'
import { beginnings } from './rules/called.ts'
import { DeskTab, nextToDo, standOf, type ToDo } from './rules/desk.ts'
import { refusalOf } from './rules/refusal.ts'
import { clocksOf, stopClocks } from './store/clocks.ts'
import {
  colleaguesHere,
  type DeskAfter,
  type DeskChoice,
  deskCounts,
  deskLines,
  findRequests,
  otherRequestsOf,
  toDo,
} from './store/desk.ts'
import { documentsOf } from './store/documents.ts'
import { courseOf, officeBySlug } from './store/procedure.ts'
import { readRequest } from './store/requests.ts'
import type { SafeContact } from './types.ts'
import { instructions } from './views/request-contact.tsx'

const db = await testDatabase()
let worker: Actor
let colleague: Actor
let stranger: Actor
let office = ''
const asked: Record<'plain' | 'emergency' | 'taken' | 'waiting', string> = {
  plain: '',
  emergency: '',
  taken: '',
  waiting: '',
}

const as = <T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> => db.transact({ actor: actor.account }, work)
const choiceOf = (tab: DeskTab, more: Partial<DeskChoice> = {}): DeskChoice => ({
  tab,
  offices: [office],
  account: worker.account,
  ...more,
})
const first = { after: undefined, limit: 25 }
const idsOf = async (tab: DeskTab, more: Partial<DeskChoice> = {}, actor = worker) =>
  (await as(actor, (tx) => deskLines(tx, choiceOf(tab, more), first))).lines.map(({ id }) => id)

beforeAll(async () => {
  await loadIntakePacks(db)
  worker = await addActor(db, 'Олена Коваль', [{ organisation: 'dovira', role: 'case_worker' }])
  colleague = await addActor(db, 'Петро Бондар', [{ organisation: 'dovira', role: 'team_lead' }])
  stranger = await addActor(db, 'Jens Holm', [{ organisation: 'viborg-kommune', role: 'case_worker' }])
  office = (await db.transact({ actor: null }, (tx) => officeBySlug(tx, 'dovira')))?.id ?? ''
  const shelter = { pack: 'ua-kharkiv', service: 'nadannia-prytulku' }
  asked.plain = (await askForHelp(db, shelter)).id
  db.clock.advance(60_000)
  asked.taken = (await askForHelp(db, { ...shelter, particulars: { name: 'Петренко Олег' } })).id
  asked.waiting = (await askForHelp(db, { ...shelter, particulars: { name: 'Бойко Ірина' } })).id
  asked.emergency = (
    await askForHelp(db, { ...shelter, particulars: { name: 'Ткач Ганна' }, situation: { dangers: ['violence'] } })
  ).id
  for (const id of [asked.taken, asked.waiting]) done(await act(db, worker, takeRequest, { request: id }))
  const papers = await as(worker, (tx) => documentsOf(tx, asked.waiting))
  const open = papers.filter(({ from }) => from === 'person').map(({ id }) => id)
  done(await act(db, worker, askForDocuments, { request: asked.waiting, documents: open }))
})

describe('the desk', () => {
  test('INT-3: an emergency stands above everything that is new, however long the others have waited', async () => {
    expect(await idsOf('new')).toEqual([asked.emergency, asked.plain])
    // also above one whose own deadline is long over
    const now = db.clock.now
    db.clock.advance(40 * 86_400_000)
    const late = await askForHelp(db, {
      pack: 'ua-kharkiv',
      service: 'nadannia-prytulku',
      particulars: { name: 'Швець Марта' },
      situation: { dangers: ['life'] },
    })
    expect(await idsOf('new')).toEqual([asked.emergency, late.id, asked.plain])
    db.clock.now = now
    done(await act(db, null, withdrawRequest, { token: late.token }))
  })

  test('what is in review, waits for papers, is mine: each stands where somebody looks for it', async () => {
    expect(await idsOf('due')).toEqual([asked.taken])
    expect(await idsOf('waiting')).toEqual([asked.waiting])
    expect((await idsOf('mine')).sort()).toEqual([asked.taken, asked.waiting].sort())
    expect(await idsOf('mine', { account: colleague.account })).toEqual([])
  })

  test('INT-3: what ran out is overdue, also where nobody has taken it up', async () => {
    const now = db.clock.now
    expect(await idsOf('overdue')).toEqual([])
    db.clock.advance(40 * 86_400_000)
    expect((await idsOf('overdue')).sort()).toEqual([asked.emergency, asked.plain, asked.taken].sort())
    db.clock.now = now
  })

  test('INT-3: what is decided stays to be done until the person was told; too late for that, it is overdue', async () => {
    const { id } = await askForHelp(db, {
      pack: 'ua-kharkiv',
      service: 'konsultuvannia',
      particulars: { name: 'Лисенко Іван' },
    })
    done(await act(db, worker, takeRequest, { request: id }))
    for (const { id: document, state } of await as(worker, (tx) => documentsOf(tx, id)))
      if (state === 'open') done(await act(db, worker, settleDocument, { document, as: 'seen' }))
    done(await act(db, worker, decideRequest, { request: id, outcome: 'accepted' }))
    expect(await idsOf('mine')).toContain(id)
    expect(await idsOf('decided')).toEqual([id])
    const now = db.clock.now
    db.clock.advance(40 * 86_400_000)
    expect(await idsOf('overdue')).toContain(id)
    db.clock.now = now
    await as(worker, (tx) => stopClocks(tx, id, ['notification']))
    expect(await idsOf('mine')).not.toContain(id)
  })

  test('INT-3: what waits for papers says until when it does; all else, what is left of the clock that ends first', async () => {
    const { lines } = await as(worker, (tx) => deskLines(tx, choiceOf('waiting'), first))
    expect(lines[0]?.clock?.kind).toBe('grace')
    const emergency = await as(worker, (tx) => deskLines(tx, choiceOf('new'), first))
    expect(emergency.lines[0]?.clock?.kind).toBe('emergency')
  })

  test('counts are things to do, and go no further than they are shown', async () => {
    const counts = await as(worker, (tx) =>
      deskCounts(tx, choiceOf('new'), ['new', 'due', 'waiting', 'overdue', 'mine']),
    )
    expect(Object.fromEntries(counts)).toEqual({ new: 2, due: 1, waiting: 1, overdue: 0, mine: 2 })
  })

  test('another office sees nothing of it, whatever it asks for', async () => {
    for (const tab of DeskTab.options) expect(await idsOf(tab, {}, stranger), tab).toEqual([])
    expect(await as(stranger, (tx) => findRequests(tx, [office], 'Ткач', 25))).toEqual([])
    expect([...(await as(stranger, colleaguesHere)).values()]).toEqual(['Jens Holm'])
  })

  test('a list is narrowed by service and by who has it', async () => {
    const other = await serviceId(db, 'konsultuvannia')
    expect(await idsOf('due', { service: other })).toEqual([])
    expect(await idsOf('due', { worker: worker.account })).toEqual([asked.taken])
    expect(await idsOf('due', { worker: colleague.account })).toEqual([])
  })
})

describe('finding a request', () => {
  const find = async (words: string, actor = worker) =>
    (await as(actor, (tx) => findRequests(tx, [office], words, 25))).map(({ id }) => id)

  test('by its reference as people say it on the telephone, and by the beginnings of a name', async () => {
    const reference = (await as(worker, (tx) => readRequest(tx, asked.taken)))?.reference ?? ''
    expect(await find(reference.toLowerCase().replace('-', ' '))).toEqual([asked.taken])
    expect(await find('олег петр')).toEqual([asked.taken])
    expect(await find('Іванівна Гриценко')).toEqual([asked.plain])
    expect(await find('петро')).toEqual([])
  })

  test('what looks like an operator is a letter, or nothing', async () => {
    for (const words of ["'", '!', ':*', "a' | 'b", '\\', '%', '']) expect(await find(words), words).toEqual([])
    expect(beginnings("О'Коннор & (син)")).toBe("'о':* & 'коннор':* & 'син':*")
  })

  test('INT-8: people who may not be seen are not found, and have no name on the desk', async () => {
    await db.ownerPool.query(
      'update intake.person set restricted = true where id = (select person_id from intake.request where id = $1)',
      [asked.taken],
    )
    expect(await find('Петренко')).toEqual([])
    const { lines } = await as(worker, (tx) => deskLines(tx, choiceOf('due'), first))
    expect(lines.map(({ person }) => person)).toEqual(['hidden'])
    await db.ownerPool.query('update intake.person set restricted = false')
    expect(await find('Петренко')).toEqual([asked.taken])
  })

  test('requests of the same person stand beside each other, at their own office alone', async () => {
    const { rows } = await db.ownerPool.query('select person_id from intake.request where id = $1', [asked.plain])
    await db.ownerPool.query('update intake.request set person_id = $1 where id = $2', [
      rows[0].person_id,
      asked.emergency,
    ])
    const others = (actor: Actor) => as(actor, (tx) => otherRequestsOf(tx, rows[0].person_id, asked.plain))
    expect((await others(worker)).map(({ id }) => id)).toEqual([asked.emergency])
    expect(await others(stranger)).toEqual([])
  })
})

describe('the next one', () => {
  const next = (list: readonly ToDo[], current?: string) => nextToDo(list, current)?.id
  const list: ToDo[] = [
    { id: 'late', phase: 'overdue' },
    { id: 'new-1', phase: 'new' },
    { id: 'new-2', phase: 'new' },
    { id: 'mine-1', phase: 'due' },
    { id: 'mine-2', phase: 'due' },
  ]

  test('the desk leads to the most urgent one; from each it goes on to the one after', () => {
    expect([next(list), next(list, 'late'), next(list, 'new-1'), next(list, 'gone')]).toEqual([
      'late',
      'new-1',
      'new-2',
      'late',
    ])
  })

  test('whoever takes one up is not led past the others that are new', () => {
    expect(next(list, 'mine-1')).toBe('new-1')
    const taken = list.filter(({ phase }) => phase === 'due')
    expect([next(taken, 'mine-1'), next(taken, 'mine-2')]).toEqual(['mine-2', 'mine-1'])
    expect(next([{ id: 'only', phase: 'due' }], 'only')).toBeUndefined()
    expect(next([], undefined)).toBeUndefined()
  })

  test('alarms come first, then what nobody has, then one’s own; what a colleague has in hand is the colleague’s', async () => {
    const todo = (actor: Actor, alarms: string[] = []) =>
      as(actor, (tx) => toDo(tx, { offices: [office], account: actor.account }, alarms))
    expect(await todo(worker, [asked.emergency])).toEqual([
      { id: asked.emergency, phase: 'alarm' },
      { id: asked.plain, phase: 'new' },
      { id: asked.taken, phase: 'due' },
    ])
    expect((await todo(colleague)).map(({ id }) => id)).toEqual([asked.emergency, asked.plain])
  })
})

describe('INT-11: what was told of safe contact, as instructions', () => {
  const told = (contact: Partial<SafeContact>, address?: string) =>
    instructions(
      {
        ways: [],
        emailReadByOthers: false,
        postSeenByOthers: false,
        mayLeaveVoicemail: false,
        discreet: false,
        ...contact,
      },
      address,
    ).map(({ is, words }) => `${is}: ${words}`)

  test('INT-11: what would do harm comes first, whatever else is allowed', () => {
    expect(
      told({
        ways: ['phone', 'email'],
        phone: '+380 50 000 00 00',
        email: 'a@example.org',
        emailReadByOthers: true,
        postSeenByOthers: true,
        discreet: true,
        times: 'after 14',
      }),
    ).toEqual([
      'never: Do not say where you call from.',
      'never: Leave no message on the answering machine.',
      'never: Do not write to this mailbox: others read it.',
      'never: Send nothing by post: others see it.',
      'may: You may call.',
      'may: Only at these times: after 14',
    ])
  })

  test('INT-11: a number that was told without the wish to be called is not called', () => {
    expect(told({ ways: ['post'], phone: '+380 50 000 00 00' }, 'вул. Прикладна, 5')).toEqual([
      'never: Do not call.',
      'may: Writing by post is safe.',
    ])
    expect(told({ ways: ['sms'], phone: '+380 50 000 00 00' })).toEqual(['never: Send a text message. Do not call.'])
    expect(told({ ways: ['through'], through: { name: 'Ганна' } })).toEqual([
      'may: Go through Ганна.',
      'may: Give letters into their hand.',
    ])
    expect(told({})).toEqual(['may: No way to reach them was told. What you say waits behind their link.'])
  })
})

describe('INT-3: how a clock stands', () => {
  test('INT-3: running, soon, late, standing still, over', async () => {
    const [clocks, course] = await as(worker, async (tx) => [
      await clocksOf(tx, asked.plain),
      await courseOf(tx, 'ua-kharkiv'),
    ])
    const clock = clocks.find(({ kind }) => kind === 'decision')
    if (!clock || !course) throw new Error('there is no clock')
    const at = (moment: Date) => standOf(clock, moment, course.place).is
    expect([at(clock.startedAt), at(clock.warnAt), at(clock.dueAt)]).toEqual(['running', 'soon', 'late'])
    expect(standOf({ ...clock, pausedAt: clock.startedAt }, clock.dueAt, course.place).is).toBe('paused')
    expect(standOf({ ...clock, stoppedAt: clock.startedAt }, clock.dueAt, course.place).is).toBe('stopped')
  })
})

describe('INT-5: why a refusal cannot be reached', () => {
  const now = new Date('2026-11-23T09:00:00Z')
  const ground = (code: string, holds: 'entry' | 'ending' = 'entry') => ({ code, holds, text: { en: code } })
  const paper = { state: 'open', needed: 'at-application', from: 'person' } as const
  const standing = {
    urgency: 'ordinary' as const,
    dangers: [],
    grounds: [ground('incomplete-documents')],
    papers: [paper],
    graceUntil: undefined as Date | undefined,
    needsBody: [],
    neverRefused: [],
  }
  const why = (more: Partial<Parameters<typeof refusalOf>[0]>) => refusalOf({ ...standing, ...more }, now).unreached

  test('INT-5: it is said which of the reasons it is', () => {
    expect(why({ grounds: [ground('violence', 'ending')] })).toEqual(['no grounds'])
    expect(why({ dangers: ['life'], neverRefused: ['life'] })).toEqual(['danger'])
    expect(why({ urgency: 'emergency' })).toEqual(['emergency'])
    expect(why({ papers: [{ ...paper, state: 'seen' }] })).toEqual(['complete'])
    expect(why({})).toEqual(['no reminder'])
    expect(why({ graceUntil: new Date('2026-12-01') })).toEqual(['grace'])
    expect(why({ graceUntil: now })).toEqual([])
    expect(why({ grounds: [ground('age')] })).toEqual([])
  })
})

test('INT-2: the office says why it takes a request back for somebody; the person need not', async () => {
  const { id, token } = await askForHelp(db, { pack: 'ua-kharkiv', service: 'konsultuvannia' })
  expect(await act(db, worker, withdrawRequest, { request: id })).toMatchObject({
    is: 'invalid',
    errors: [{ path: 'reason' }],
  })
  done(await act(db, null, withdrawRequest, { token }))
  const other = await askForHelp(db, { pack: 'ua-kharkiv', service: 'konsultuvannia' })
  done(await act(db, worker, withdrawRequest, { request: other.id, reason: 'Знайшли житло.' }))
})

describe('among many requests', () => {
  const limit = 25
  beforeAll(async () => {
    await manyRequests(db, {
      office,
      service: await serviceId(db, 'nadannia-prytulku'),
      account: worker.account,
      count: 3000,
    })
  })

  test('page by page every request of a list comes once, in one order', async () => {
    for (const tab of ['new', 'due', 'decided', 'waiting'] as const) {
      const ids: string[] = []
      let after: DeskAfter | undefined
      do {
        const { lines, next } = await as(worker, (tx) => deskLines(tx, choiceOf(tab), { after, limit: 100 }))
        ids.push(...lines.map(({ id }) => id))
        after = next
      } while (after)
      const { rows } = await db.ownerPool.query(
        `select count(*)::int as n from intake.request where handler_id = $1 and state = any($2)`,
        [
          office,
          { new: ['submitted'], due: ['in-review'], waiting: ['waiting'], decided: ['accepted', 'refused'] }[tab],
        ],
      )
      expect([tab, ids.length, new Set(ids).size]).toEqual([tab, rows[0].n, rows[0].n])
    }
  })

  test('the first page reads as many rows at ten times as many requests, all of them by index, under row level security', async () => {
    const service = await serviceId(db, 'nadannia-prytulku')
    const read = async () =>
      Promise.all(
        DeskTab.options.map(async (tab) => [
          tab,
          await rowsRead((tx) => deskLines(tx, choiceOf(tab), { after: undefined, limit })),
        ]),
      )
    const few = await read()
    await manyRequests(db, { office, service, account: worker.account, count: 27_000, before: 3000 })
    const many = await read()
    for (const [at, [tab, rows]] of many.entries()) {
      const before = Number(few[at]?.[1])
      if (before > limit) expect(rows, String(tab)).toBeLessThanOrEqual(before * 1.3)
      expect(rows, String(tab)).toBeLessThan(12 * limit)
    }
    expect(await rowsRead((tx) => deskCounts(tx, choiceOf('new'), ['new', 'due', 'waiting', 'overdue']))).toBeLessThan(
      1500,
    )
  })
})

interface Plan {
  'Node Type': string
  'Relation Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  Plans?: Plan[]
}

/** How many rows of intake the statements of this work read, as the program; a table that is read whole counts as a million. */
async function rowsRead(work: (tx: Tx) => Promise<unknown>): Promise<number> {
  let rows = 0
  await as(worker, async (tx) => {
    const spy: Tx = {
      now: tx.now,
      later: (statement) => tx.later(statement),
      one: (statement) => tx.one(statement),
      all: async <O>(statement: Statement<O>) => {
        const compiled = compile(statement)
        const sql = `explain (analyze, format json) ${compiled.sql}`
        const [answer] = await tx.all({ compile: () => ({ ...compiled, sql }) } as Statement<{
          'QUERY PLAN': [{ Plan: Plan }]
        }>)
        if (answer) rows += rowsOf(answer['QUERY PLAN'][0].Plan)
        return tx.all(statement)
      },
    }
    await work(spy)
  })
  return rows
}

function rowsOf(plan: Plan): number {
  const own =
    plan['Relation Name'] === 'request' || plan['Relation Name'] === 'person'
      ? plan['Node Type'] === 'Seq Scan'
        ? 1_000_000
        : (plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0)) * plan['Actual Loops']
      : 0
  return own + (plan.Plans ?? []).reduce((sum, below) => sum + rowsOf(below), 0)
}

import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testConfig, testDatabase } from '../../../test/database.ts'
import { act, askForHelp, done, loadIntakePacks, newToken, seen } from '../../../test/intake-house.ts'
import type { Actor } from '../../platform/access/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { ReceivedUpload } from '../../platform/http/uploads.ts'
import { askForDocuments } from './commands/ask-for-documents.ts'
import { filesOfRequest, giveDocument } from './commands/give-document.ts'
import { addDuty } from './commands/set-duty.ts'
import { settleDocument } from './commands/settle-document.ts'
import { startRequest } from './commands/start-request.ts'
import { takeRequest } from './commands/take-request.ts'
import { alertDuty } from './jobs/alert-duty.ts'
import { expiredLinksJob } from './jobs/end-links.ts'
import { forgetDraftsJob } from './jobs/forget-drafts.ts'
import { watchClocks } from './jobs/watch-clocks.ts'
import { linkPurpose } from './link.ts'
import { alertsOf } from './store/alerts.ts'
import { clocksOf } from './store/clocks.ts'
import { documentsOf } from './store/documents.ts'
import { readRequest } from './store/requests.ts'

const db = await testDatabase()
const papers = { pack: 'ua-kharkiv', service: 'vlashtuvannia-do-simeinykh-form-vykhovannia' } as const
const shelter = { pack: 'ua-kharkiv', service: 'nadannia-prytulku' } as const
let worker: Actor

beforeAll(async () => {
  await loadIntakePacks(db, ['ua-kharkiv'])
  worker = await addActor(db, 'Олена Коваль', [{ organisation: 'dovira', role: 'case_worker' }])
})

const asWorker = <T>(work: (tx: Tx) => Promise<T>) => db.transact({ actor: worker.account }, work)
const asIntake = <T>(work: (tx: Tx) => Promise<T>) => db.transact({ actor: null, purpose: 'intake' }, work)
/** What the trail says that jobs did to a request. */
const deeds = async (request: string): Promise<string[]> =>
  (
    await db.ownerPool.query(`select act from audit.event where about_id = $1 and origin = 'job' order by act`, [
      request,
    ])
  ).rows.map(({ act }) => act)

/** A request in review, and the papers that the person has to bring. */
async function inReview(): Promise<{ id: string; token: string; open: string[] }> {
  const { id, token } = await askForHelp(db, papers)
  done(await act(db, worker, takeRequest, { request: id }))
  const all = await asWorker((tx) => documentsOf(tx, id))
  return { id, token, open: all.filter(({ from }) => from === 'person').map((paper) => paper.id) }
}

describe('INT-3: asking again puts no deadline off', () => {
  test('the same papers asked for a second time stop the clock of the decision no more; another paper does, once', async () => {
    const { id, open } = await inReview()
    const [first, second] = open
    const ask = (documents: string[]) => act(db, worker, askForDocuments, { request: id, documents })
    const decision = async () => (await asWorker((tx) => clocksOf(tx, id))).find(({ kind }) => kind === 'decision')
    const now = db.clock.now
    const goOn = async (until: string) => {
      db.clock.now = new Date(until)
      await asIntake((tx) => watchClocks(tx, 'http://own.example'))
      expect((await seen(db, id, worker))?.state).toBe('in-review')
    }
    const { until } = done(await ask([first ?? '']))
    expect((await decision())?.pausedAt).toBeDefined()
    await goOn(until)
    const due = (await decision())?.dueAt
    const again = done(await ask([first ?? '']))
    expect(await decision()).toMatchObject({ pausedAt: undefined, dueAt: due })
    expect((await seen(db, id, worker))?.state).toBe('waiting')
    await goOn(again.until)
    expect((await decision())?.dueAt).toEqual(due)
    done(await ask([first ?? '', second ?? '']))
    expect((await decision())?.pausedAt).toBeDefined()
    db.clock.now = now
  })
})

describe('INT-4: papers of one request', () => {
  test('are so many files and no more, whoever hands them in', async () => {
    const { id, token, open } = await inReview()
    const document = open[0] ?? ''
    await db.ownerPool.query(
      `with made as (insert into files.file (name, type, size, sha256, wrapped_key, storage, location)
         select 'x.pdf', 'application/pdf', 1, sha256(n::text::bytea), 'x', 'folder', uuidv7() from generate_series(1, $2::int) n returning id)
       insert into intake.document_file (document_id, file_id, name, at) select $1, id, 'x.pdf', now() from made`,
      [document, filesOfRequest],
    )
    const nothingIsKept = { keep: () => Promise.reject(new Error('a file was kept')) }
    const give = giveDocument(nothingIsKept as never as Parameters<typeof giveDocument>[0])
    const received = { is: 'ok', received: { name: 'y.pdf', toJSON: () => ({}) } }
    const uploads = [new ReceivedUpload('uploads[]', 'y.pdf', received as never as ReceivedUpload['reception'])]
    for (const [who, named] of [
      [null, { token }],
      [worker, { request: id }],
    ] as const) {
      const outcome = await act(db, who, give, { ...named, document, uploads })
      expect(outcome).toMatchObject({ is: 'invalid', errors: [{ path: 'uploads' }] })
    }
  })
})

describe('INT-4: papers come to the request that they belong to', () => {
  /** Keeps what lies in the hand of whoever gives it, without its bytes. */
  const keep = async (tx: Tx) => {
    const [row] = await tx.all(
      sql<{ id: string }>`insert into files.file (name, type, size, sha256, wrapped_key, storage, location, created_by)
        values ('y.pdf', 'application/pdf', 1, sha256(uuidv7()::text::bytea), 'x', 'folder', uuidv7(), access.actor()) returning id`,
    )
    return row?.id ?? ''
  }
  const give = giveDocument({ keep } as never as Parameters<typeof giveDocument>[0])
  const received = { is: 'ok', received: { name: 'y.pdf', toJSON: () => ({}) } }
  const uploads = [new ReceivedUpload('uploads[]', 'y.pdf', received as never as ReceivedUpload['reception'])]
  const papersOf = (id: string) => asWorker((tx) => documentsOf(tx, id))

  test('INT-4: a paper of one request is given to no other, also by an office that answers both', async () => {
    const [one, other] = [await inReview(), await inReview()]
    const document = other.open[0] ?? ''
    expect((await act(db, worker, give, { request: one.id, document, uploads })).is).toBe('notFound')
    expect((await papersOf(other.id)).find(({ id }) => id === document)?.state).toBe('open')
  })

  test('INT-4: what the person handed in is not asked again; once all is there, no time of grace runs on', async () => {
    const resident = await addActor(db, 'Наталя Гриценко')
    const { id } = await askForHelp(db, { ...shelter, actor: resident })
    done(await act(db, worker, takeRequest, { request: id }))
    const asked = (await papersOf(id)).filter(({ from, state }) => from === 'person' && state === 'open')
    const documents = asked.map((paper) => paper.id)
    done(await act(db, worker, askForDocuments, { request: id, documents }))
    for (const document of documents) done(await act(db, resident, give, { request: id, document, uploads }))
    expect((await seen(db, id, worker))?.state).toBe('in-review')
    const running = (await asWorker((tx) => clocksOf(tx, id))).filter(({ stoppedAt }) => !stoppedAt)
    expect(running.map(({ kind }) => kind)).not.toContain('grace')
    // what is here already is not asked for
    expect(await act(db, worker, askForDocuments, { request: id, documents })).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'documents' }],
    })
    const again = await askForHelp(db, { ...shelter, actor: resident })
    expect((await papersOf(again.id)).filter(({ from }) => from === 'person').map(({ state }) => state)).toEqual(
      asked.map(() => 'given'),
    )
  })
})

describe('INT-3: who is called', () => {
  test('whoever has left the office is not, though they stand on the duty list', async () => {
    const lead = await addActor(db, 'Ірина Савченко', [{ organisation: 'dovira', role: 'team_lead' }])
    const gone = await addActor(db, 'Андрій Бондар', [{ organisation: 'dovira', role: 'duty_officer' }])
    const organisation = gone.memberships[0]?.organisation ?? ''
    const hours = (n: number) => new Date(db.clock.now.getTime() + n * 3_600_000).toISOString()
    done(await act(db, lead, addDuty, { organisation, account: gone.account, from: hours(-1), until: hours(8) }))
    await db.ownerPool.query('update access.membership set until = $2 where account_id = $1', [
      gone.account,
      new Date(db.clock.now.getTime() - 60_000),
    ])
    const { id } = await askForHelp(db, { ...shelter, situation: { dangers: ['violence'] } })
    const called = await asIntake(async (tx) => {
      await alertDuty(tx, 'http://own.example', { request: id, escalate: false })
      return alertsOf(tx, id)
    })
    expect(called.map(({ account, reason }) => [account, reason])).toEqual([[lead.account, 'lead']])
    expect(await deeds(id)).toEqual(['intake.alert.call'])
  })
})

describe('what jobs change stands in the trail', () => {
  const means = (now: Date) =>
    ({ transact: asIntake, now: () => now, log: { info() {} }, config: testConfig() }) as never as Parameters<
      typeof forgetDraftsJob.run
    >[0]

  test('a time of grace that is over, a clock that runs out, and what was warned of', async () => {
    const { id, open } = await inReview()
    const now = db.clock.now
    const { until } = done(await act(db, worker, askForDocuments, { request: id, documents: open }))
    db.clock.now = new Date(until)
    await asIntake((tx) => watchClocks(tx, 'http://own.example'))
    expect(await deeds(id)).toContain('intake.request.continue')
    for (const document of open) done(await act(db, worker, settleDocument, { document, as: 'seen' }))
    db.clock.advance(400 * 86_400_000)
    await asIntake((tx) => watchClocks(tx, 'http://own.example'))
    expect(await deeds(id)).toEqual(expect.arrayContaining(['intake.clock.run-out', 'intake.clock.warn']))
    db.clock.now = now
  })

  test('a draft that is forgotten, and a link whose time is over: from then on the database opens nothing by it', async () => {
    const draft = done(await act(db, null, startRequest, { token: newToken(), pack: 'ua-kharkiv' }))
    const { id, token } = await askForHelp(db, shelter)
    const read = () => db.transact({ actor: null, purpose: linkPurpose(token) }, (tx) => readRequest(tx, id))
    expect((await read())?.id).toBe(id)
    const now = db.clock.now
    db.clock.advance(366 * 86_400_000)
    await expiredLinksJob.run(means(db.clock.now), {})
    expect(await read()).toBeUndefined()
    await forgetDraftsJob.run(means(db.clock.now), {})
    db.clock.now = now
    expect(await deeds(id)).toEqual(['intake.link.end'])
    expect(await deeds(draft.id)).toEqual(['intake.link.end', 'intake.request.forget'])
  })
})

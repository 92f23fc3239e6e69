import { afterAll, beforeEach, expect } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { type TestDatabase, testDatabase } from '../../../test/database.ts'
import { type Asking, act, askForHelp, done, loadIntakePacks } from '../../../test/intake-house.ts'
import { mailServer } from '../../../test/mail-server.ts'
import type { Actor } from '../../platform/access/actor.ts'
import type { Job } from '../../platform/jobs/job.ts'
import { startWorker } from '../../platform/jobs/worker.ts'
import { createLog } from '../../platform/log/log.ts'
import { readLetter } from '../../platform/mail/eml.ts'
import { mailJob } from '../../platform/mail/send.ts'
import { intake } from './capability.ts'
import { decideRequest } from './commands/decide-request.ts'
import { settleDocument } from './commands/settle-document.ts'
import { takeRequest } from './commands/take-request.ts'
import { endLinksJob } from './jobs/end-links.ts'
import { letterJob } from './jobs/write-letter.ts'
import { plainWords, readable } from './rules/letters.ts'
import { documentsOf } from './store/documents.ts'
import { lettersOf, type StoredLetter } from './store/letters.ts'

export const url = 'https://linden.example'

/** An office in Kharkiv with a mail server and a worker that writes and sends; call it once at the top of a test file. */
export async function letterOffice() {
  const db = await testDatabase()
  const { received, smtpUrl, close } = await mailServer()
  await loadIntakePacks(db)
  const worker = await addActor(db, 'Олена Коваль', [{ organisation: 'dovira', role: 'case_worker' }])
  const config = { ...db.config, url, smtpUrl }
  const mail = mailJob(config, Buffer.from('a secret of these tests, long enough'), intake.letters)
  const running = await startWorker({ database: db, config, log: createLog('silent'), now: () => db.clock.now }, [
    letterJob as Job,
    endLinksJob as Job,
    mail as Job,
  ])
  afterAll(async () => {
    await running.stop()
    await close()
  })
  const asIntake = <T>(work: Parameters<typeof db.transact<T>>[1]) =>
    db.transact({ actor: null, purpose: 'intake' }, work)
  const settled = () => settledIn(db)
  beforeEach(async () => {
    await settled()
    received.length = 0
  })
  return {
    db,
    worker,
    received,
    asIntake,
    settled,
    /** what the mail server got since the test began */
    mails: () => received.map(({ raw, to }) => ({ ...readLetter(raw), to })),
    /** letters that ever were on their way by mail */
    posted: async (): Promise<number> =>
      (await db.ownerPool.query('select count(*)::int as n from mail.letter')).rows[0].n,
    letters: (id: string): Promise<StoredLetter[]> => asIntake((tx) => lettersOf(tx, id)),
    /** somebody asks for shelter, and says how they are reached */
    ask: (contact: Asking['contact'], more: Partial<Asking> = {}) =>
      askForHelp(db, {
        pack: 'ua-kharkiv',
        service: 'nadannia-prytulku',
        locale: 'uk',
        particulars: { name: 'Гриценко Наталя Іванівна', address: 'вул. Сумська, 1\n61000 Харків' },
        contact: { phone: undefined, ...contact },
        ...more,
      }),
    accept: (id: string) => accept(db, worker, id),
  }
}

/** Waits until everything that was queued about letters is done. */
const settledIn = (db: TestDatabase) =>
  expect
    .poll(
      async () =>
        (
          await db.ownerPool.query(
            `select t.identifier, j.last_error from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
             where t.identifier in ('intake.letter', 'intake.end-links', 'mail.send')`,
          )
        ).rows,
      { timeout: 60_000 },
    )
    .toEqual([])

/** Everything that a person brings has been seen, and the request is accepted. */
async function accept(db: TestDatabase, worker: Actor, id: string): Promise<void> {
  done(await act(db, worker, takeRequest, { request: id }))
  for (const { id: document, state } of await db.transact({ actor: worker.account }, (tx) => documentsOf(tx, id)))
    if (state === 'open') done(await act(db, worker, settleDocument, { document, as: 'seen' }))
  done(
    await act(db, worker, decideRequest, { request: id, outcome: 'accepted', words: 'Приходьте з речами о десятій.' }),
  )
}

/** A letter as plain text. */
export const textOf = (letter: StoredLetter, link?: string): string =>
  readable(letter.paragraphs, link)
    .map((paragraph) => plainWords(paragraph, link))
    .join('\n')

/** The token in a mail. */
export const tokenIn = (text: string | undefined): string => /\/r\/([\w-]{43})\/letters\//.exec(text ?? '')?.[1] ?? ''

export const byMail = { ways: ['email' as const], email: 'natalia@example.org' }

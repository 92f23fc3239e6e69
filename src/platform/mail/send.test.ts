import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { SMTPServer } from 'smtp-server'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { testDatabase } from '../../../test/database.ts'
import { currentLocale } from '../i18n/speech.ts'
import { type JobContext, JobFailed } from '../jobs/job.ts'
import { jobQueue } from '../jobs/queue.ts'
import { startWorker } from '../jobs/worker.ts'
import type { Log } from '../log/log.ts'
import { listLetters, readLetter } from './eml.ts'
import { htmlOf } from './html.ts'
import { type MailTemplate, Order, sendLetter } from './letter.ts'
import { outboxFolder } from './post.ts'
import { mailJob } from './send.ts'

const db = await testDatabase()
const secret = Buffer.from('a secret of these tests, long enough')

const subjects = {
  en: 'Your place is free',
  uk: 'Ваше місце в «Їжаку» вільне',
  da: 'Din plads på Sønderbrogade er ledig',
  de: 'Ihr Platz in der Überbrückungsgruppe ist frei',
}
const place: MailTemplate<{ name: string; link: string }> = {
  name: 'trial.place',
  parameters: z.object({ name: z.string(), link: z.string() }),
  write: ({ name, link }) => ({
    subject: subjects[currentLocale()],
    text: `${name},\n\n${subjects[currentLocale()]}.\n\n${link}\n`,
  }),
}
const echo: MailTemplate<{ subject: string }> = {
  name: 'trial.echo',
  parameters: z.object({ subject: z.string() }),
  write: ({ subject }) => ({ subject, text: 'Hello' }),
}
const templates = [place, echo] as MailTemplate[]

const order = (more: object = {}) =>
  Order.parse({
    to: 'anna@example.org',
    template: 'trial.place',
    locale: 'uk',
    parameters: { name: 'Олена <b>', link: 'https://linden.example/a?b=1&c=2' },
    ...more,
  })

/** A mail server that keeps what it gets, and answers as told. */
const received: { raw: string; to: string[] }[] = []
let answer: ((to: string) => Error | undefined) | undefined
const refusal = (code: number, words: string) => Object.assign(new Error(words), { responseCode: code })
const server = new SMTPServer({
  disabledCommands: ['STARTTLS', 'AUTH'],
  onRcptTo: (address, _session, done) => done(answer?.(address.address) ?? null),
  onData(stream, session, done) {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('end', () => {
      received.push({
        raw: Buffer.concat(chunks).toString('utf8'),
        to: session.envelope.rcptTo.map(({ address }) => address),
      })
      done()
    })
  },
})
server.on('error', () => {})
server.listen(0, '127.0.0.1')
await once(server.server, 'listening')
const smtpUrl = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}?from=hello@linden.example`

const lines: string[] = []
const write = (facts: object, words: string) => lines.push(JSON.stringify({ ...facts, said: words }))
const log: Log = { info: write, warn: write, error: write }

let jobNumber = 0
const contextOf = (job = `job-${++jobNumber}`): JobContext => ({
  database: db,
  config: db.config,
  log,
  now: () => db.clock.now,
  job: { id: job, attempt: 1, lastAttempt: false },
  transact: (work) => db.transact({ actor: null, purpose: 'mail' }, work),
  signal: new AbortController().signal,
})
const byServer = () => mailJob({ ...db.config, smtpUrl, url: 'https://linden.example' }, secret, templates)
const letters = async () =>
  (
    await db.ownerPool.query(
      'select job, template, locale, state, answer, message_id, sent_at from mail.letter order by id',
    )
  ).rows

let data: string
beforeEach(async () => {
  received.length = 0
  lines.length = 0
  answer = undefined
  data = await mkdtemp(join(tmpdir(), 'linden-mail-'))
  await db.ownerPool.query('truncate mail.letter')
})
afterEach(async () => {
  await rm(data, { recursive: true })
})
afterAll(() => new Promise<void>((done) => server.close(() => done())))

describe('through a mail server', () => {
  test.each(['uk', 'da', 'de', 'en'] as const)(
    'mail: a letter arrives in the language of its reader: %s',
    async (locale) => {
      await byServer().run(contextOf(), order({ locale }))
      expect(received.map(({ to }) => to)).toEqual([['anna@example.org']])
      const raw = received[0]?.raw ?? ''
      // biome-ignore lint/suspicious/noControlCharactersInRegex: a head is ASCII
      expect(raw.slice(0, raw.indexOf('\r\n\r\n'))).toMatch(/^[\x00-\x7f]*$/)
      expect(raw).toMatch(/^From: Linden <hello@linden\.example>\r$/m)
      expect(raw).toMatch(/^Message-ID: <[0-9a-f]{32}@linden\.example>\r$/m)
      expect(raw).toMatch(/^Auto-Submitted: auto-generated\r$/m)
      expect(readLetter(raw)).toMatchObject({
        subject: subjects[locale],
        to: 'anna@example.org',
        locale,
        text: expect.stringContaining(`Олена <b>,\n\n${subjects[locale]}.`),
      })
      expect(await letters()).toMatchObject([
        { template: 'trial.place', locale, state: 'sent', answer: '250', sent_at: db.clock.now },
      ])
    },
  )

  test('mail: a job that runs again sends nothing', async () => {
    const context = contextOf()
    await byServer().run(context, order())
    await byServer().run(context, order())
    expect(received).toHaveLength(1)
  })

  test('mail: after a cut between sending and noting, the letter leaves with the same Message-ID', async () => {
    const context = contextOf()
    await byServer().run(context, order())
    await db.ownerPool.query(`update mail.letter set state = 'waiting', sent_at = null`)
    await byServer().run(context, order())
    await byServer().run(contextOf(), order())
    const ids = received.map(({ raw }) => /^Message-ID: (.*)\r$/m.exec(raw)?.[1])
    expect(ids[1]).toBe(ids[0])
    expect(ids[2]).not.toBe(ids[0])
  })

  test('mail: a server that is busy is asked again, by the queue', async () => {
    let asked = 0
    answer = () => (++asked === 1 ? refusal(451, '4.7.1 anna@example.org: come back later') : undefined)
    const worker = await startWorker({ database: db, config: db.config, log, now: () => db.clock.now }, [byServer()])
    try {
      await db.transact({ actor: null }, async (tx) => sendLetter(jobQueue(tx), order()))
      await expect
        .poll(async () => (await db.ownerPool.query('select last_error from graphile_worker.jobs')).rows, {
          timeout: 60_000,
        })
        .toEqual([{ last_error: 'the mail server did not take the letter: EENVELOPE 451 4.7.1' }])
      expect(await letters()).toMatchObject([{ state: 'waiting', sent_at: null }])
      await db.ownerPool.query('update graphile_worker._private_jobs set run_at = now()')
      await expect.poll(async () => (await letters())[0]?.state, { timeout: 60_000 }).toBe('sent')
    } finally {
      await worker.stop()
    }
    expect(received).toHaveLength(1)
    expect(lines.join()).not.toContain('anna')
  })

  test('mail: an address that does not exist is noted, not tried again, and not told to the log', async () => {
    answer = () => refusal(550, '5.1.1 <anna@example.org>: no such person')
    await byServer().run(contextOf(), order())
    expect(await letters()).toMatchObject([{ state: 'refused', answer: '550 5.1.1', sent_at: null }])
    expect(lines.join()).toContain('the mail server has refused a letter')
    expect(lines.join()).not.toContain('anna')
  })

  test('mail: a server that does not answer is no fault of the letter', async () => {
    const job = mailJob({ ...db.config, smtpUrl: 'smtp://127.0.0.1:1' }, secret, templates)
    await expect(job.run(contextOf(), order())).rejects.toThrow(/^the mail server did not take the letter: E\w+$/)
    expect(await letters()).toMatchObject([{ state: 'waiting' }])
  })
})

describe('without a mail server', () => {
  test('mail: letters wait in a folder that nobody else may open, once each', async () => {
    const job = mailJob({ ...db.config, data, smtpUrl: undefined }, secret, templates)
    const context = contextOf()
    await job.run(context, order({ locale: 'de' }))
    await db.ownerPool.query(`update mail.letter set state = 'waiting', sent_at = null`)
    await job.run(context, order({ locale: 'de' }))
    await job.run(contextOf(), order({ locale: 'uk' }))
    const folder = outboxFolder({ data })
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
    const files = await readdir(folder)
    expect(files).toHaveLength(2)
    for (const file of files) expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600)
    const [newest, oldest] = await listLetters(folder)
    expect(newest).toMatchObject({ subject: subjects.uk, locale: 'uk', to: 'anna@example.org', date: db.clock.now })
    expect(oldest).toMatchObject({
      subject: subjects.de,
      text: expect.stringContaining('https://linden.example/a?b=1&c=2'),
    })
    expect(await readFile(join(folder, `${newest?.id}.eml`), 'utf8')).toMatch(/^Message-ID: </m)
  })

  test('mail: a folder that is not there holds no letters', async () => {
    expect(await listLetters(join(data, 'nowhere'))).toEqual([])
  })
})

describe('what must not get into a letter', () => {
  test.each([
    'anna@example.org\r\nBcc: all@example.org',
    'anna@example.org, boris@example.org',
    'Anna <anna@example.org>',
    'anna@example.org\u0000',
    'anna',
    '@example.org',
    'anna@example.org;boris@example.org',
    `${'a'.repeat(65)}@example.org`,
  ])('mail: %j is not one address', (to) => {
    expect(Order.safeParse({ to, template: 'trial.place', locale: 'en' }).success).toBe(false)
  })

  test.each(['anna@example.org', 'їжак@приклад.укр', "o'hara+tag@mail.example.co.uk"])('mail: %s is one', (to) => {
    expect(Order.safeParse({ to, template: 'trial.place', locale: 'en' }).success).toBe(true)
  })

  test.each(['Hello\r\nBcc: all@example.org', 'Hello\nX: y', ' ', 'Hello\u2028there'])(
    'mail: the subject %j is refused, for good',
    async (subject) => {
      const job = byServer()
      const context = contextOf()
      await expect(job.run(context, order({ template: 'trial.echo', parameters: { subject } }))).rejects.toThrow(
        JobFailed,
      )
      await job.run(context, order({ template: 'trial.echo', parameters: { subject } }))
      expect(received).toHaveLength(0)
      expect(await letters()).toMatchObject([{ state: 'refused', answer: 'not written' }])
    },
  )

  test('mail: a letter that nobody registered, or with other parameters, is not sent', async () => {
    await expect(byServer().run(contextOf(), order({ template: 'trial.other' }))).rejects.toThrow(
      'no letter is called trial.other',
    )
    await expect(byServer().run(contextOf(), order({ parameters: { name: 'Anna' } }))).rejects.toThrow(
      'are not as declared: link invalid_type',
    )
    expect(() => mailJob(db.config, secret, [...templates, ...templates])).toThrow('the same name')
  })

  test('mail: the HTML part holds only the text and its links', () => {
    const html = htmlOf(
      'A & B',
      'Dear <script>alert(1)</script>,\n\nsee https://linden.example/?a=1&b="x" (or https://linden.example/two).',
      'en',
    )
    expect(html).not.toContain('<script>')
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(html).toContain('<a href="https://linden.example/?a=1&amp;b=">')
    expect(html).toContain('<a href="https://linden.example/two">https://linden.example/two</a>).')
    expect(html).toContain('<title>A &amp; B</title>')
  })
})

test('mail: only for its own purpose can the program see what was sent, and no address stands there', async () => {
  await byServer().run(contextOf(), order())
  const seen = (purpose?: string) =>
    db.transact({ actor: null, ...(purpose ? { purpose } : {}) }, (tx) => tx.all(sql`select * from mail.letter`))
  expect(await seen()).toEqual([])
  expect(await seen('administration')).toHaveLength(1)
  expect(JSON.stringify(await seen('mail'))).not.toContain('anna')
  await expect(db.pool.query('delete from mail.letter')).rejects.toMatchObject({ code: '42501' })
})

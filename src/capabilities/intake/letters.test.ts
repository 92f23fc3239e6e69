import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testDatabase } from '../../../test/database.ts'
import {
  type Asking,
  act,
  askForHelp,
  done,
  loadIntakePacks,
  newToken,
  seen,
  serviceId,
} from '../../../test/intake-house.ts'
import { pdfText } from '../../../test/pdf-text.ts'
import type { Actor } from '../../platform/access/actor.ts'
import { locales } from '../../platform/i18n/text.ts'
import type { Job } from '../../platform/jobs/job.ts'
import { startWorker } from '../../platform/jobs/worker.ts'
import { createLog } from '../../platform/log/log.ts'
import { readLetter } from '../../platform/mail/eml.ts'
import { mailJob } from '../../platform/mail/send.ts'
import { makePdf } from '../../platform/pdf/pdf.ts'
import { intake } from './capability.ts'
import { askForDocuments } from './commands/ask-for-documents.ts'
import { changeContact, contactMark } from './commands/change-contact.ts'
import { decideRequest } from './commands/decide-request.ts'
import { handLetter } from './commands/hand-letter.ts'
import { changeUrgency } from './commands/leave-waiting.ts'
import { settleDocument } from './commands/settle-document.ts'
import { takeRequest } from './commands/take-request.ts'
import { acceptedRequest, offeredContract } from './contract.fixture.ts'
import { contactOf, wayOf } from './contract.ts'
import { endLinksJob } from './jobs/end-links.ts'
import { letterJob, writeLetter } from './jobs/write-letter.ts'
import { linkHash, linkPurpose } from './link.ts'
import { plainWords, readable } from './rules/letters.ts'
import { clocksOf } from './store/clocks.ts'
import { documentsOf } from './store/documents.ts'
import { lettersOf, type StoredLetter } from './store/letters.ts'
import { linkByHash } from './store/links.ts'
import { personOfAccount } from './store/people.ts'
import { stepsOf } from './store/steps.ts'
import { waitingOf } from './store/waiting.ts'
import { LetterKind, SafeContact } from './types.ts'
import { letterPdf } from './views/letter-pdf.ts'

const db = await testDatabase()
const url = 'https://linden.example'

/** A mail server that keeps what it gets. */
const received: { raw: string; to: string[] }[] = []
const server = new SMTPServer({
  disabledCommands: ['STARTTLS', 'AUTH'],
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
const config = { ...db.config, url, smtpUrl: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}` }

let worker: Actor
let stranger: Actor
let running: Awaited<ReturnType<typeof startWorker>>

beforeAll(async () => {
  await loadIntakePacks(db)
  worker = await addActor(db, 'Олена Коваль', [{ organisation: 'dovira', role: 'case_worker' }])
  stranger = await addActor(db, 'Jens Holm', [{ organisation: 'viborg-kommune', role: 'case_worker' }])
  const mail = mailJob(config, Buffer.from('a secret of these tests, long enough'), intake.letters)
  running = await startWorker({ database: db, config, log: createLog('silent'), now: () => db.clock.now }, [
    letterJob as Job,
    endLinksJob as Job,
    mail as Job,
  ])
})
afterAll(async () => {
  await running.stop()
  await new Promise<void>((closed) => server.close(() => closed()))
})
beforeEach(async () => {
  await settled()
  received.length = 0
})

/** Waits until everything that was queued about letters is done. */
const settled = () =>
  expect
    .poll(
      async () =>
        (
          await db.ownerPool.query(
            `select t.identifier, j.last_error from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
             where t.identifier in ('intake.letter', 'intake.end-links', 'mail.send')`,
          )
        ).rows,
      { timeout: 20_000 },
    )
    .toEqual([])
/** Letters that ever were on their way by mail. */
const posted = async (): Promise<number> =>
  (await db.ownerPool.query('select count(*)::int as n from mail.letter')).rows[0].n
const mails = () => received.map(({ raw, to }) => ({ ...readLetter(raw), to }))
const asIntake = <T>(work: Parameters<typeof db.transact<T>>[1]) =>
  db.transact({ actor: null, purpose: 'intake' }, work)
const letters = (id: string): Promise<StoredLetter[]> => asIntake((tx) => lettersOf(tx, id))
const write = (request: string, kind: LetterKind) => asIntake((tx) => writeLetter(tx, url, { request, kind }))
const textOf = (letter: StoredLetter, link?: string) =>
  readable(letter.paragraphs, link)
    .map((paragraph) => plainWords(paragraph, link))
    .join('\n')
const tokenIn = (text: string): string => /\/r\/([\w-]{43})\/letters\//.exec(text)?.[1] ?? ''

const byMail = { ways: ['email' as const], email: 'natalia@example.org' }
const ask = (contact: Asking['contact'], more: Partial<Asking> = {}) =>
  askForHelp(db, {
    pack: 'ua-kharkiv',
    service: 'nadannia-prytulku',
    locale: 'uk',
    particulars: { name: 'Гриценко Наталя Іванівна', address: 'вул. Сумська, 1\n61000 Харків' },
    contact: { phone: undefined, ...contact },
    ...more,
  })
/** Everything that a person brings has been seen, and the request is accepted. */
async function accept(id: string): Promise<void> {
  done(await act(db, worker, takeRequest, { request: id }))
  for (const { id: document, state } of await db.transact({ actor: worker.account }, (tx) => documentsOf(tx, id)))
    if (state === 'open') done(await act(db, worker, settleDocument, { document, as: 'seen' }))
  done(
    await act(db, worker, decideRequest, { request: id, outcome: 'accepted', words: 'Приходьте з речами о десятій.' }),
  )
}

describe('INT-10: letters', () => {
  test('INT-10: the confirmation goes by mail as a link alone; page and PDF have the words, from the same data', async () => {
    const { id, token, reference } = await ask(byMail)
    await settled()
    const [mail] = mails()
    expect(received).toHaveLength(1)
    expect(mail).toMatchObject({ to: ['natalia@example.org'], locale: 'uk', subject: `Ваше звернення ${reference}` })
    expect(mail?.text).not.toMatch(/Гриценко|притул/i)
    const [letter] = await letters(id)
    if (!letter) throw new Error('no letter')
    expect(letter).toMatchObject({ kind: 'confirmation', way: 'mail', held: undefined, locale: 'uk' })
    const link = `${url}/r/${token}`
    const words = textOf(letter, link)
    expect(words).toContain('Гриценко Наталя Іванівна: ваше звернення в нас.')
    expect(words).toContain(link)
    expect(words).not.toMatch(/[{}]|undefined/)
    const paper = pdfText(await makePdf(letterPdf(letter, '2026-11-23', link)))
    const plain = (text: string) => text.replaceAll(/\s+/g, '')
    for (const line of words.split('\n')) expect(plain(paper)).toContain(plain(line))
    expect((await asIntake((tx) => stepsOf(tx, id))).filter(({ deed }) => deed === 'letter')).toHaveLength(1)
  })

  test('INT-10: the link of a mail opens its request and no other; its token stands in no table', async () => {
    const { id } = await ask(byMail)
    const other = await ask({ ways: ['phone'], phone: '+380 50 111 11 11' })
    await settled()
    const token = tokenIn(mails()[0]?.text ?? '')
    expect((await seen(db, id, { token }))?.id).toBe(id)
    expect(await seen(db, other.id, { token })).toBeUndefined()
    const stored = await db.transact({ actor: null, purpose: linkPurpose(token) }, (tx) =>
      linkByHash(tx, linkHash(token)),
    )
    expect(stored).toMatchObject({ request: id, kind: 'applicant', mailed: true })
    expect(stored?.expiresAt.getTime()).toBe(db.clock.now.getTime() + 365 * 86_400_000)
    const { rows } = await db.ownerPool.query(
      `select count(*)::int as n from intake.letter where paragraphs::text like $1 or data::text like $1`,
      [`%${token}%`],
    )
    expect(rows).toEqual([{ n: 0 }])
  })

  test('INT-10: done twice, a letter is written once and leaves once', async () => {
    const { id } = await ask(byMail)
    await settled()
    await db.ownerPool.query(`select jobs.add('intake.letter', $1::json)`, [
      JSON.stringify({ request: id, kind: 'confirmation' }),
    ])
    await settled()
    expect(await write(id, 'confirmation')).toBeUndefined()
    await settled()
    expect(received).toHaveLength(1)
    expect(await letters(id)).toHaveLength(1)
  })

  test.each(locales)('INT-10: every kind is written in %s, without a hole, whatever is known', async (locale) => {
    const asking = { locale, particulars: { name: 'Anna' } }
    const { id } = await ask(byMail, asking)
    done(await act(db, worker, takeRequest, { request: id }))
    const papers = await db.transact({ actor: worker.account }, (tx) => documentsOf(tx, id))
    const open = papers.filter(({ state, from }) => state === 'open' && from === 'person').map((paper) => paper.id)
    done(await act(db, worker, askForDocuments, { request: id, documents: open }))
    for (const document of open) done(await act(db, worker, settleDocument, { document, as: 'seen' }))
    done(await act(db, worker, decideRequest, { request: id, outcome: 'accepted' }))
    const accepted = await acceptedRequest(db, { pack: 'ua-kharkiv', service: 'nadannia-prytulku', locale })
    await offeredContract(db, accepted)
    await settled()
    const written = [...(await letters(id)), ...(await letters(accepted.id)).filter(({ kind }) => kind === 'contract')]
    expect(written.map(({ kind }) => kind).sort()).toEqual([...LetterKind.options].sort())
    for (const letter of written) {
      expect(letter.locale).toBe(locale)
      expect(`${letter.subject} ${textOf(letter, 'https://x.example')}`).not.toMatch(/[{}]|undefined|null/)
      expect(textOf(letter)).not.toContain('https://')
    }
    const asked = written.find(({ kind }) => kind === 'missing-documents')
    expect(asked?.paragraphs.find((paragraph) => 'list' in paragraph)).toMatchObject({
      list: expect.toSatisfy((list: string[]) => list.length === open.length),
    })
  })

  test('INT-10, INT-5: a refusal names ground, facts, another way and how to appeal; the mail names none of it', async () => {
    const { id } = await ask(byMail, { pack: 'dk-midtjylland', service: 'herning-akuttilbud-psykiatri' })
    const herning = await addActor(db, 'Mette Holm', [{ organisation: 'herning-kommune', role: 'case_worker' }])
    done(await act(db, herning, takeRequest, { request: id }))
    done(
      await act(db, herning, decideRequest, {
        request: id,
        outcome: 'refused',
        ground: 'under-18',
        facts: 'Du fylder 18 i april.',
        alternatives: [await serviceId(db, 'herning-familievejleder')],
        human: 'Mette Holm, 11 22 33 44',
      }),
    )
    await settled()
    const letter = (await letters(id)).find(({ kind }) => kind === 'decision')
    const words = letter ? textOf(letter) : ''
    expect(words).toContain('Обставини: Du fylder 18 i april.')
    expect(words).toMatch(/Підстава: .+ Натомість пропонуємо: .+ Ви можете поговорити: Mette Holm, 11 22 33 44\./s)
    expect(words).toMatch(/Це рішення можна оскаржити\. .*Ankestyrelsen.* Маєте час до .+\d{4}/s)
    expect(mails()).toHaveLength(2)
    for (const { text, subject } of mails()) expect(`${subject} ${text}`).not.toMatch(/april|Підстава|відмов|psyk/i)
  })

  test('INT-10, INT-3: a decision that went by mail is made known', async () => {
    const { id } = await ask(byMail)
    await accept(id)
    await settled()
    const clock = (await asIntake((tx) => clocksOf(tx, id))).find(({ kind }) => kind === 'notification')
    expect(clock?.stoppedAt).toEqual(db.clock.now)
    const decision = (await letters(id)).find(({ kind }) => kind === 'decision')
    expect(decision && textOf(decision)).toContain('Приходьте з речами о десятій.')
    for (const { text, subject } of mails()) expect(`${subject} ${text}`).not.toContain('Приходьте')
  })

  test('INT-10, INT-3: a decision that is posted stops its clock when the desk says so, once', async () => {
    const { id } = await ask({ ways: ['post'] })
    await accept(id)
    await settled()
    expect(received).toHaveLength(0)
    const letter = (await letters(id)).find(({ kind }) => kind === 'decision')
    if (!letter) throw new Error('no letter')
    expect(letter).toMatchObject({
      way: 'post',
      held: 'no address',
      data: { address: 'вул. Сумська, 1\n61000 Харків' },
    })
    expect(pdfText(await makePdf(letterPdf(letter, '2026-11-23', undefined)))).toContain('61000 Харків')
    const notification = async () =>
      (await asIntake((tx) => clocksOf(tx, id))).find(({ kind }) => kind === 'notification')
    expect((await notification())?.stoppedAt).toBeUndefined()
    expect((await act(db, stranger, handLetter, { request: id, letter: letter.id })).is).toBe('notFound')
    done(await act(db, worker, handLetter, { request: id, letter: letter.id }))
    expect((await notification())?.stoppedAt).toEqual(db.clock.now)
    expect((await act(db, worker, handLetter, { request: id, letter: letter.id })).is).toBe('late')
  })

  test('INT-9, INT-10: who joins a waiting list is told where they stand, and again when the urgency changes', async () => {
    const { id } = await ask(byMail)
    await accept(id)
    const waiting = await asIntake((tx) => waitingOf(tx, id))
    for (const urgency of ['urgent', 'ordinary'] as const) {
      db.clock.advance(60_000)
      done(await act(db, worker, changeUrgency, { waiting: waiting?.id ?? '', urgency, reason: 'Так вирішили разом.' }))
    }
    await settled()
    expect((await letters(id)).filter(({ kind }) => kind === 'waiting')).toHaveLength(3)
  })

  test('INT-10: whoever only told of another gets no letter, ever', async () => {
    const enteredBy = {
      name: 'Сусідка',
      relation: 'neighbour',
      consent: 'missing',
      consentMissing: 'Не відчиняє.',
    } as const
    for (const asking of [{ kind: 'notice' as const }, {}]) {
      const { id, token } = await ask(byMail, {
        ...asking,
        enteredBy: { ...enteredBy, email: 'neighbour@example.org' },
      })
      await accept(id)
      expect(await write(id, 'confirmation')).toBeUndefined()
      await settled()
      expect(received).toHaveLength(0)
      expect(await letters(id)).toSatisfy(
        (all: StoredLetter[]) =>
          all.length === 2 && all.every(({ way, held }) => way === 'hand' && held === 'told by another'),
      )
      const behind = await db.transact({ actor: null, purpose: linkPurpose(token) }, (tx) => lettersOf(tx, id))
      expect(behind).toEqual([])
    }
  })
})

describe('INT-11: safe contact', () => {
  test('INT-11: where the mail is read at home nothing goes out; the letter waits on the page', async () => {
    const before = await posted()
    const { id, token } = await ask({ ...byMail, emailReadByOthers: true })
    await settled()
    expect(received).toHaveLength(0)
    expect(await letters(id)).toMatchObject([{ way: 'page', held: 'read by others' }])
    await accept(id)
    await settled()
    expect(received).toHaveLength(0)
    expect(await posted()).toBe(before)
    const behind = await db.transact({ actor: null, purpose: linkPurpose(token) }, (tx) => lettersOf(tx, id))
    expect(behind.map(({ kind }) => kind).sort()).toEqual(['confirmation', 'decision', 'waiting'])
  })

  test.each([
    ['uk', 'Повідомлення для вас'],
    ['de', 'Eine Nachricht für Sie'],
    ['da', 'En besked til dig'],
    ['en', 'A message for you'],
  ] as const)('INT-11: a discreet mail in %s says nothing of office, help or number', async (locale, subject) => {
    const { id, reference } = await ask({ ...byMail, discreet: true }, { locale })
    await accept(id)
    await settled()
    expect(mails()).toHaveLength(3)
    for (const mail of mails()) {
      expect(mail.subject).toBe(subject)
      expect(mail.text).not.toContain(reference)
      expect(mail.text).not.toMatch(
        /довіра|dovira|центр|zentrum|centre|center|зверн|anfrage|request|henvendelse|допомог|hilfe|help|hjælp/i,
      )
    }
  })

  test('INT-11: post goes only with an address, and only where nobody else sees it', async () => {
    const way = async (contact: Asking['contact'], particulars?: Asking['particulars']) => {
      const { id } = await ask(contact, particulars ? { particulars } : {})
      await settled()
      return (await letters(id))[0]?.way
    }
    expect(await way({ ways: ['post'] })).toBe('post')
    expect(await way({ ways: ['post'], postSeenByOthers: true })).toBe('page')
    expect(await way({ ways: ['post', 'in-person'], postSeenByOthers: true })).toBe('hand')
    expect(received).toHaveLength(0)
  })

  test('INT-11: what the person says anew holds from the next letter on, and a link in a mailbox that others read ends', async () => {
    const { id, token } = await ask(byMail)
    await settled()
    const mailed = tokenIn(mails()[0]?.text ?? '')
    const contact = SafeContact.parse({ ...byMail, emailReadByOthers: true })
    const onward = newToken()
    const change = { contact, version: contactMark(SafeContact.parse(byMail)) }
    const changed = done(await act(db, null, changeContact, { token: mailed, newToken: onward, ...change }))
    expect(changed.token).toBe(onward)
    await settled()
    expect(await seen(db, id, { token: mailed })).toBeUndefined()
    expect((await seen(db, id, { token: onward }))?.draft.contact.emailReadByOthers).toBe(true)
    expect((await seen(db, id, { token }))?.id).toBe(id)
    await accept(id)
    await settled()
    expect(received).toHaveLength(1)
    for (const letter of (await letters(id)).filter(({ kind }) => kind !== 'confirmation'))
      expect(letter).toMatchObject({ way: 'page', held: 'read by others' })
    const request = await seen(db, id, { token })
    const reach = await asIntake((tx) => contactOf(tx, request?.person ?? ''))
    expect(reach && wayOf(reach.contact, reach.address).way).toBe('page')
  })

  test('INT-11: two who change it at once see each other; a stranger and a helper change nothing', async () => {
    const { id, token } = await ask({ ways: ['phone'], phone: '+380 50 222 22 22' })
    const first = SafeContact.parse({ ways: ['phone'], phone: '+380 50 222 22 22' })
    const version = contactMark(first)
    const safe = SafeContact.parse({ ...first, discreet: true })
    done(await act(db, null, changeContact, { token, contact: safe, version }))
    const late = await act(db, worker, changeContact, { request: id, contact: first, version })
    expect(late).toMatchObject({ is: 'conflict', current: { contact: { discreet: true }, version: contactMark(safe) } })
    expect(
      (await act(db, stranger, changeContact, { request: id, contact: first, version: contactMark(safe) })).is,
    ).toBe('notFound')
    done(await act(db, worker, changeContact, { request: id, contact: first, version: contactMark(safe) }))
    expect((await seen(db, id, { token }))?.draft.contact.discreet).toBe(false)
  })

  test('INT-11: a way that was chosen needs what it goes to', async () => {
    const { token } = await ask({ ways: ['phone'], phone: '+380 50 222 22 22' }, { particulars: { name: 'Анна' } })
    const version = contactMark(SafeContact.parse({ ways: ['phone'], phone: '+380 50 222 22 22' }))
    const tell = (contact: object) => act(db, null, changeContact, { token, version, contact })
    expect(await tell({ ways: ['email'] })).toMatchObject({ is: 'invalid', errors: [{ path: 'contact.email' }] })
    expect(await tell({ ways: ['post'] })).toMatchObject({ is: 'invalid', errors: [{ path: 'contact.ways' }] })
    expect(await tell({ ways: ['sms'] })).toMatchObject({ is: 'invalid', errors: [{ path: 'contact.phone' }] })
  })

  test('INT-11: who asks again says anew how they are reached, and earlier requests obey too', async () => {
    const person = await addActor(db, 'Наталя')
    const first = await ask(byMail, { actor: person })
    await settled()
    received.length = 0
    const second = await ask({ ...byMail, emailReadByOthers: true }, { actor: person })
    await accept(first.id)
    await settled()
    expect(received).toHaveLength(0)
    expect((await letters(second.id))[0]?.way).toBe('page')
    const stored = await seen(db, second.id, person)
    const known = await asIntake((tx) => personOfAccount(tx, person.account, stored?.handler ?? ''))
    expect(known?.contact.emailReadByOthers).toBe(true)
  })
})

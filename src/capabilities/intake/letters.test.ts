import { describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { act, done, seen, serviceId } from '../../../test/intake-house.ts'
import { pdfText } from '../../../test/pdf-text.ts'
import { locales } from '../../platform/i18n/text.ts'
import { makePdf } from '../../platform/pdf/pdf.ts'
import { askForDocuments } from './commands/ask-for-documents.ts'
import { decideRequest } from './commands/decide-request.ts'
import { handLetter } from './commands/hand-letter.ts'
import { changeUrgency } from './commands/leave-waiting.ts'
import { settleDocument } from './commands/settle-document.ts'
import { takeRequest } from './commands/take-request.ts'
import { acceptedRequest, offeredContract } from './contract.fixture.ts'
import { writeLetter } from './jobs/write-letter.ts'
import { byMail, letterOffice, textOf, tokenIn, url } from './letters.fixture.ts'
import { linkHash, linkPurpose } from './link.ts'
import { clocksOf } from './store/clocks.ts'
import { documentsOf } from './store/documents.ts'
import { lettersOf, type StoredLetter } from './store/letters.ts'
import { linkByHash } from './store/links.ts'
import { stepsOf } from './store/steps.ts'
import { waitingOf } from './store/waiting.ts'
import { LetterKind } from './types.ts'
import { letterPdf } from './views/letter-pdf.ts'

const { db, worker, received, asIntake, settled, mails, letters, ask, accept } = await letterOffice()
const stranger = await addActor(db, 'Jens Holm', [{ organisation: 'viborg-kommune', role: 'case_worker' }])
const write = (request: string, kind: LetterKind) => asIntake((tx) => writeLetter(tx, url, { request, kind }))

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
    const token = tokenIn(mails()[0]?.text)
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
    await settled()
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

  test('INT-10: nobody is asked for papers that came meanwhile', async () => {
    const { id } = await ask({ ways: ['phone'], phone: '+380 50 333 33 33' })
    await accept(id)
    await db.ownerPool.query(
      `insert into intake.reminder (request_id, at, documents, grace_until) select $1, $2, array_agg(id), $2::timestamptz + interval '10 days' from intake.document where request_id = $1`,
      [id, db.clock.now],
    )
    expect(await write(id, 'missing-documents')).toBeUndefined()
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

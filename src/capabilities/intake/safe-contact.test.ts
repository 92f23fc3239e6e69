import { describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { type Asking, act, done, newToken, seen, serviceId } from '../../../test/intake-house.ts'
import { jobQueue } from '../../platform/jobs/queue.ts'
import { sendLetter } from '../../platform/mail/letter.ts'
import { changeContact, contactMark } from './commands/change-contact.ts'
import { handLetter } from './commands/hand-letter.ts'
import { mailLink } from './commands/mail-link.ts'
import { mergePeople } from './commands/merge-people.ts'
import { saveDraft } from './commands/save-draft.ts'
import { startRequest } from './commands/start-request.ts'
import { submitRequest } from './commands/submit-request.ts'
import { contactOf, wayOf } from './contract.ts'
import { byMail, letterOffice, tokenIn, url } from './letters.fixture.ts'
import { linkHash, linkPurpose } from './link.ts'
import { mayTakePart, mayTellContact } from './permissions.ts'
import { lettersOf } from './store/letters.ts'
import { personOfAccount } from './store/people.ts'
import { SafeContact } from './types.ts'

const { db, worker, received, asIntake, settled, mails, posted, letters, ask, accept } = await letterOffice()
const stranger = await addActor(db, 'Jens Holm', [{ organisation: 'viborg-kommune', role: 'case_worker' }])

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
    const mailed = tokenIn(mails()[0]?.text)
    const contact = SafeContact.parse({ ...byMail, emailReadByOthers: true })
    const onward = newToken()
    const change = { contact, version: contactMark(SafeContact.parse(byMail)) }
    const changed = done(await act(db, null, changeContact, { token: mailed, newToken: onward, ...change }))
    // outcomes are kept for a while: the token stands in none
    expect(changed.onward).toBe(change.version)
    expect(JSON.stringify(changed)).not.toContain(onward)
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

  test('INT-11: links that lie in the mailbox end for all that the person has asked for', async () => {
    const person = await addActor(db, 'Наталя')
    const first = await ask(byMail, { actor: person })
    const second = await ask(byMail, { actor: person })
    await settled()
    const mailed = mails().map(({ text }) => tokenIn(text))
    expect(mailed).toHaveLength(2)
    const contact = SafeContact.parse({ ...byMail, emailReadByOthers: true })
    const version = contactMark(SafeContact.parse(byMail))
    done(await act(db, person, changeContact, { request: second.id, contact, version }))
    await settled()
    for (const token of mailed)
      for (const { id } of [first, second]) expect(await seen(db, id, { token })).toBeUndefined()
    expect((await seen(db, first.id, { token: first.token }))?.id).toBe(first.id)
  })

  test('INT-11: the link that somebody had sent to themselves ends with the others, and leaves no more', async () => {
    const { id, token } = await ask(byMail)
    done(await act(db, null, mailLink, { token, link: `${url}/r/${token}` }))
    await settled()
    const before = received.length
    const onward = newToken()
    const contact = SafeContact.parse({ ...byMail, emailReadByOthers: true })
    const version = contactMark(SafeContact.parse(byMail))
    done(await act(db, null, changeContact, { token, newToken: onward, contact, version }))
    await settled()
    expect(await seen(db, id, { token })).toBeUndefined()
    expect((await seen(db, id, { token: onward }))?.id).toBe(id)
    // as it lies in the queue while the mail server is away
    const parameters = { link: `${url}/r/${token}` }
    await asIntake(async (tx) =>
      sendLetter(jobQueue(tx), { to: byMail.email, template: 'intake.link', locale: 'uk', parameters }),
    )
    await settled()
    expect(received).toHaveLength(before)
  })

  test('INT-11: a draft whose link went to a mailbox that others turn out to read is gone on with by another', async () => {
    const [token, onward] = [newToken(), newToken()]
    const { id } = done(await act(db, null, startRequest, { token, pack: 'ua-kharkiv' }, 'uk'))
    const told = { situation: { words: 'Мені ніде жити.' }, particulars: { name: 'Наталя' } }
    const service = await serviceId(db, 'nadannia-prytulku')
    done(await act(db, null, saveDraft, { token, version: 1, service, ...told, contact: byMail }))
    done(await act(db, null, mailLink, { token, link: `${url}/r/${token}` }))
    const contact = { ...byMail, ways: ['in-person' as const], emailReadByOthers: true }
    done(await act(db, null, saveDraft, { token, version: 2, contact }))
    const sent = done(await act(db, null, submitRequest, { token, version: 3, newToken: onward }))
    expect(sent.onward).toBe('3')
    expect(JSON.stringify(sent)).not.toContain(onward)
    await settled()
    expect(await seen(db, id, { token })).toBeUndefined()
    expect((await seen(db, id, { token: onward }))?.state).toBe('submitted')
  })

  test('INT-11: whoever sends another request, and says that others read the mailbox, ends the links that lie there', async () => {
    const person = await addActor(db, 'Наталя')
    await ask(byMail, { actor: person })
    await settled()
    const mailed = tokenIn(mails()[0]?.text)
    const second = await ask({ ...byMail, emailReadByOthers: true }, { actor: person })
    await settled()
    expect(await seen(db, second.id, { token: mailed })).toBeUndefined()
    const { rows } = await db.ownerPool.query('select revoked_at from intake.link where token_hash = $1', [
      linkHash(mailed),
    ])
    expect(rows[0].revoked_at).not.toBeNull()
  })

  test('INT-11: a mailbox that was mistyped, or is theirs no more, opens nothing once another takes its place', async () => {
    const { id, token } = await ask({ ...byMail, email: 'somebody.else@example.org' })
    await settled()
    const mailed = tokenIn(mails()[0]?.text)
    const before = SafeContact.parse({ ...byMail, email: 'somebody.else@example.org' })
    const version = contactMark(before)
    // the same mailbox, written otherwise, stays
    const same = SafeContact.parse({ ...before, email: 'Somebody.Else@example.org' })
    done(await act(db, null, changeContact, { token, contact: same, version }))
    await settled()
    expect((await seen(db, id, { token: mailed }))?.id).toBe(id)
    done(await act(db, null, changeContact, { token, contact: SafeContact.parse(byMail), version: contactMark(same) }))
    await settled()
    expect(await seen(db, id, { token: mailed })).toBeUndefined()
    expect((await seen(db, id, { token }))?.id).toBe(id)
  })

  test('INT-11: whoever holds a record that was joined to another is told how contact with that one is safe', async () => {
    const [kept, joined] = [await ask({ ...byMail, emailReadByOthers: true }), await ask(byMail)]
    const [keep, join] = await Promise.all(
      [kept, joined].map(async ({ id }) => (await seen(db, id, worker))?.person ?? ''),
    )
    const versions = { keepVersion: 1, joinVersion: 1 }
    done(await act(db, worker, mergePeople, { keep: keep ?? '', join: join ?? '', ...versions }))
    const reach = await asIntake((tx) => contactOf(tx, join ?? ''))
    expect(reach && wayOf(reach.contact, reach.address)).toMatchObject({ way: 'page', held: 'read by others' })
  })

  test('INT-11: a mail that waits while the mailbox becomes unsafe does not leave', async () => {
    const { token, id } = await ask(byMail)
    await settled()
    const mailed = tokenIn(mails()[0]?.text)
    // as it lies in the queue while the mail server is away
    const late = () =>
      asIntake(async (tx) =>
        sendLetter(jobQueue(tx), {
          to: byMail.email,
          template: 'intake.message',
          locale: 'uk',
          parameters: { link: `${url}/r/${mailed}/letters/${id}` },
        }),
      )
    await late()
    await settled()
    expect(received).toHaveLength(2)
    const contact = SafeContact.parse({ ...byMail, emailReadByOthers: true })
    const version = contactMark(SafeContact.parse(byMail))
    done(await act(db, null, changeContact, { token, contact, version }))
    await settled()
    await late()
    await settled()
    expect(received).toHaveLength(2)
    const { rows } = await db.ownerPool.query('select state, answer from mail.letter order by made_at desc limit 1')
    expect(rows).toEqual([{ state: 'refused', answer: 'no longer wanted' }])
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
    const helper = { handler: undefined, account: undefined, helper: worker.account, byLink: false }
    expect(mayTakePart.may(worker, helper) && !mayTellContact.may(worker, helper)).toBe(true)
    done(await act(db, worker, changeContact, { request: id, contact: first, version: contactMark(safe) }))
    expect((await seen(db, id, { token }))?.draft.contact.discreet).toBe(false)
  })

  test('INT-11: where a person may not be seen, their contact and letters are closed to the desk as well', async () => {
    const { id, token } = await ask({ ways: ['in-person'] })
    await settled()
    const [letter] = await letters(id)
    await db.ownerPool.query(
      'update intake.person set restricted = true where id = (select person_id from intake.request where id = $1)',
      [id],
    )
    const before = SafeContact.parse({ ways: ['in-person'] })
    const contact = SafeContact.parse({ ...before, discreet: true })
    const told = { contact, version: contactMark(before) }
    expect((await act(db, worker, changeContact, { request: id, ...told })).is).toBe('notFound')
    expect((await act(db, worker, handLetter, { request: id, letter: letter?.id ?? '' })).is).toBe('notFound')
    done(await act(db, null, changeContact, { token, ...told }))
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

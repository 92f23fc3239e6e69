import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testHouse } from '../../../test/house.ts'
import { pdfText } from '../../../test/pdf-text.ts'
import { type Somebody, somebody } from '../../../test/people.ts'
import type { Actor } from '../../platform/access/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { announceConference } from './commands/forums/announce-conference.ts'
import { answerInvitation } from './commands/forums/answer-invitation.ts'
import { cancelConference } from './commands/forums/cancel-conference.ts'
import { changeProgramme } from './commands/forums/change-programme.ts'
import { prepareConference } from './commands/forums/prepare-conference.ts'
import { propose, raiseProposal } from './commands/forums/propose.ts'
import { giveMandate } from './commands/give-mandate.ts'
import { does, okValue } from './governance.fixture.ts'
import { invitationHash, invitationPurpose } from './invitation-link.ts'
import { cancelledJob } from './jobs/forums/invite.ts'
import { readProgramme, writeProgramme } from './rules/forums/programme.ts'
import { invitationsTo } from './store/forums/conferences.ts'

const at = await testHouse({ now: new Date('2026-11-29T10:00:00Z') })
const { db, url } = at

let secretary: Actor
let stranger: Actor
let clerk: Somebody

beforeAll(async () => {
  secretary = await addActor(db, 'Secretary', [{ organisation: 'viborg-kommune', role: 'secretariat' }])
  stranger = await addActor(db, 'Stranger', [{ organisation: 'jugendamt', role: 'secretariat' }])
  clerk = await somebody(at, 'Clerk', [{ organisation: 'viborg-kommune', role: 'secretariat' }])
})

const draft = (more: Record<string, unknown> = {}) => ({
  body: 'kkr-midtjylland',
  title: { da: 'Konference om udviklingsområder' },
  about: { da: 'Hvad skal der udvikles?' },
  place: 'Eksempelhuset',
  day: '2027-03-28',
  from: '09:30',
  until: '15:00',
  answerBy: '2027-03-10',
  invites: [{ body: 'handicapraadene', roles: ['chair' as const, 'deputy' as const] }],
  programme: '9.30 Velkomst\n13:00 Temaer',
  ...more,
})
const prepare = async (more: Record<string, unknown> = {}) =>
  okValue(await does(db, secretary, prepareConference, draft(more))).id
const page = async (address: string) => fetch(`${url}${address}`, { headers: { 'accept-language': 'en' } })
const tokens = async () =>
  (
    await db.ownerPool.query<{ payload: { token: string; to: string } }>(
      `select payload from graphile_worker._private_jobs where payload->>'token' is not null and payload->>'conference' is not null order by id`,
    )
  ).rows.map(({ payload }) => payload)

describe('a conference', () => {
  test('GOV-10: nobody sees a draft; its rule invites who sits there today, by letter where there is an address', async () => {
    const id = await prepare()
    expect((await page(`/conferences/${id}`)).status).toBe(404)
    expect(await (await page('/conferences?region=dk-midtjylland')).text()).not.toContain(
      'Konference om udviklingsområder',
    )
    const seat = async (name: string, key: string, since = '2026-01-01') =>
      okValue(await does(db, secretary, giveMandate, { body: 'handicapraadene', seat: key, name, since }))
    const chair = await seat('Ada Holm', 'formand/viborg-kommune')
    await seat('Bo Lind', 'naestformand/viborg-kommune')
    await seat('Not Yet', 'formand/skive-kommune', '2027-01-01')
    await db.transact({ actor: secretary.account }, (tx) =>
      tx.all(sql`insert into governance.mandate_account (mandate_id, email, locale, tied_by, tied_at)
        values (${chair.id}, 'ada@example.org', 'da', ${secretary.account}, now())`),
    )
    expect(okValue(await does(db, secretary, announceConference, { id })).invited).toBe(2)
    expect((await tokens()).map(({ to }) => to)).toEqual(['ada@example.org'])
    // done again, it invites those alone who came since
    expect(okValue(await does(db, secretary, announceConference, { id })).invited).toBe(0)
    db.clock.now = new Date('2027-01-02T10:00:00Z')
    expect(okValue(await does(db, secretary, announceConference, { id })).invited).toBe(1)
    const shown = await (await page(`/conferences/${id}`)).text()
    // a day of the clock change: half past nine is half past nine
    for (const words of ['28\u00a0March 2027', 'at\u00a09:30', 'Velkomst', 'deputy chair', 'Eksempelhuset'])
      expect(shown).toContain(words)
    for (const name of ['Ada Holm', 'ada@example.org', 'Bo Lind']) expect(shown).not.toContain(name)
  })

  test('GOV-10: the link of a letter answers that invitation alone, until the last day for answers', async () => {
    const token = (await tokens())[0]?.token ?? ''
    const asked = await (await page(`/invitations/${token}`)).text()
    // whoever decides whether to come sees when and where, and until when they may say so
    for (const words of ['Do you come?', 'Yes, I come', 'at\u00a09:30', 'Eksempelhuset', '10\u00a0March 2027'])
      expect(asked).toContain(words)
    expect((await page(`/invitations/${'x'.repeat(43)}`)).status).toBe(404)
    const { id } = okValue(await does(db, null, answerInvitation, { token, answer: 'comes', needs: 'En tolk' }))
    const list = (actor: Actor | null) => db.transact({ actor: actor?.account ?? null }, (tx) => invitationsTo(tx, id))
    expect((await list(secretary)).find(({ name }) => name === 'Ada Holm')).toMatchObject({
      answer: 'comes',
      needs: 'En tolk',
    })
    expect(await list(stranger)).toEqual([])
    expect(await list(null)).toEqual([])
    okValue(await does(db, null, answerInvitation, { token, answer: 'cannot' }))
    expect((await list(secretary)).find(({ name }) => name === 'Ada Holm')).toMatchObject({
      answer: 'cannot',
      needs: undefined,
    })
    db.clock.now = new Date('2027-03-10T22:59:00Z')
    okValue(await does(db, null, answerInvitation, { token, answer: 'comes' }))
    db.clock.now = new Date('2027-03-10T23:00:00Z')
    expect((await does(db, null, answerInvitation, { token, answer: 'cannot' })).is).toBe('late')
    await expect(
      db.transact({ actor: secretary.account }, (tx) =>
        tx.all(
          sql`update governance.conference_invitation set answer = 'cannot', answered_at = ${db.clock.now} where conference_id = ${id}`,
        ),
      ),
    ).rejects.toThrow('the time for answers is over')
    // nor what they need, whoever holds the link: neither by a date of then, nor under one of now
    const needs = (purpose: string | undefined, answeredAt: ReturnType<typeof sql>) =>
      db.transact({ actor: null, ...(purpose ? { purpose } : {}) }, (tx) =>
        tx.all(sql`update governance.conference_invitation set needs = 'En chauffør', answered_at = ${answeredAt}
          where token_hash = ${invitationHash(token)} returning id`),
      )
    await expect(needs(invitationPurpose(token), sql`answered_at`)).rejects.toThrow('says when it came')
    await expect(needs(invitationPurpose(token), sql`${db.clock.now}`)).rejects.toThrow('the time for answers is over')
    expect(await needs(undefined, sql`${db.clock.now}`)).toEqual([])
    expect(
      await (await fetch(`${url}/invitations/${token}`, { headers: { 'accept-language': 'en' } })).text(),
    ).not.toContain('name="needs"')
    const late = await does(db, null, answerInvitation, { token, answer: 'comes', needs: 'En chauffør' })
    expect(late).toMatchObject({ is: 'late', message: expect.stringContaining('The time for answers is over') })
    expect(await (await page(`/invitations/${token}`)).text()).toContain('The time for answers is over')
  })

  test('GOV-10: what is proposed becomes a matter; notes and programme are changed by one at a time', async () => {
    db.clock.now = new Date('2027-01-02T10:00:00Z')
    const id = await prepare({ title: { da: 'Dialogforum' }, invites: [{ body: 'dialogforum', roles: ['member'] }] })
    expect((await does(db, secretary, propose, { id, title: { da: 'For tidligt' } })).is).toBe('late')
    okValue(await does(db, secretary, announceConference, { id }))
    const proposal = okValue(
      await does(db, secretary, propose, { id, title: { da: 'Flere små tilbud' }, by: 'Skole og Forældre' }),
    ).id
    const { matter } = okValue(await does(db, secretary, raiseProposal, { id: proposal, body: 'dassos' }))
    expect((await does(db, secretary, raiseProposal, { id: proposal, body: 'dassos' })).is).toBe('late')
    expect(await (await page(`/conferences/${id}`)).text()).toContain(`/matters/${matter}`)
    okValue(
      await does(db, secretary, changeProgramme, {
        id,
        version: 1,
        programme: '10:00 Start',
        notes: { da: 'Referat' },
      }),
    )
    expect((await does(db, secretary, changeProgramme, { id, version: 1, programme: '11:00 Start' })).is).toBe(
      'conflict',
    )
    expect(await (await page(`/conferences/${id}`)).text()).toContain('Referat')
  })

  test('GOV-10: a conference is called off with a reason; who may come is told by letter, and nobody answers any more', async () => {
    db.clock.now = new Date('2027-01-03T10:00:00Z')
    const id = await prepare({ title: { da: 'Aflyst konference' } })
    expect((await does(db, secretary, cancelConference, { id, why: 'For tidligt' })).is).toBe('late')
    okValue(await does(db, secretary, announceConference, { id }))
    const token = (await tokens()).at(-1)?.token ?? ''
    expect((await does(db, stranger, cancelConference, { id, why: 'Nej tak' })).is).toBe('forbidden')
    expect(await does(db, secretary, cancelConference, { id, why: '' })).toMatchObject({ errors: [{ path: 'why' }] })
    expect(okValue(await does(db, secretary, cancelConference, { id, why: 'Salen er oversvømmet' })).letters).toBe(1)
    const { rows } = await db.ownerPool.query<{ payload: { conference: string; to: string; locale: string } }>(
      `select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
       where t.identifier = 'governance.conference-cancelled'`,
    )
    expect(rows.map(({ payload }) => payload)).toEqual([{ conference: id, to: 'ada@example.org', locale: 'da' }])
    await cancelledJob.run(
      {
        config: at.house.config,
        transact: (work: (tx: Tx) => Promise<unknown>) => db.transact({ actor: null, purpose: 'governance' }, work),
      } as Parameters<typeof cancelledJob.run>[0],
      { conference: id, to: 'ada@example.org', locale: 'da' },
    )
    const letter = await db.ownerPool.query(
      `select payload from graphile_worker._private_jobs where payload->>'template' = 'governance.conference-cancelled'`,
    )
    expect(letter.rows[0]?.payload).toMatchObject({
      to: 'ada@example.org',
      parameters: { why: 'Salen er oversvømmet' },
    })
    for (const address of [`/conferences/${id}`, `/invitations/${token}`]) {
      const shown = await (await page(address)).text()
      expect(shown).toContain('This conference is called off')
      expect(shown).toContain('Salen er oversvømmet')
      expect(shown).not.toContain('Answer until')
    }
    expect((await does(db, null, answerInvitation, { token, answer: 'comes' })).is).toBe('late')
    for (const outcome of [
      await does(db, secretary, announceConference, { id }),
      await does(db, secretary, propose, { id, title: { da: 'x' } }),
      await does(db, secretary, changeProgramme, { id, version: 1, programme: '10:00 Start' }),
    ])
      expect(outcome.is).toBe('late')
    const listed = JSON.parse(await (await page('/api/v1/conferences?pack=dk-midtjylland')).text()) as {
      items: object[]
    }
    expect(listed.items).toContainEqual(
      expect.objectContaining({ id, state: 'cancelled', cancelledWhy: 'Salen er oversvømmet' }),
    )
    const change = (set: ReturnType<typeof sql>) =>
      db.transact({ actor: secretary.account }, (tx) =>
        tx.all(sql`update governance.conference set ${set}, changed_at = ${db.clock.now} where id = ${id}`),
      )
    for (const set of [sql`state = 'announced', cancelled_why = null`, sql`place = 'Et andet sted'`])
      await expect(change(set)).rejects.toThrow(/is called off/)
  })

  test('GOV-10: what does not fit is refused at its field, and others may do nothing of it', async () => {
    for (const [more, path] of [
      [{ until: '09:00' }, 'until'],
      [{ answerBy: '2027-03-29' }, 'answerBy'],
      [{ invites: [{ body: 'nobody', roles: ['chair'] }] }, 'invites'],
      [{ programme: 'Velkomst' }, 'programme'],
      [{ from: '25:00' }, 'from'],
    ] as const)
      expect(await does(db, secretary, prepareConference, draft(more) as never)).toMatchObject({
        is: 'invalid',
        errors: [{ path }],
      })
    expect((await does(db, stranger, prepareConference, draft())).is).toBe('forbidden')
    const id = await prepare()
    for (const declared of [announceConference, propose] as const)
      expect((await does(db, stranger, declared as never, { id, title: { da: 'x' } } as never)).is).toBe('notFound')
  })
})

test('GOV-10: a programme is read as people type it, and written as it is read', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(23), fc.nat(59), fc.stringMatching(/^[a-zæøå]{1,20}$/)), { maxLength: 10 }),
      (typed) => {
        const text = typed
          .map(([hour, minute, words]) => `${hour}.${String(minute).padStart(2, '0')} ${words}`)
          .join('\n\n')
        const read = readProgramme(text)
        expect('points' in read && readProgramme(writeProgramme(read.points))).toEqual(read)
        expect('points' in read && read.points.length).toBe(typed.length)
      },
    ),
    { numRuns: 100 },
  )
  expect(readProgramme('24:00 Nat')).toEqual({ line: '24:00 Nat' })
})

test('GOV-10: the desk works without script, keeps what was typed, and is closed to others', async () => {
  db.clock.now = new Date()
  expect((await fetch(`${url}/governance/conferences`, { redirect: 'manual' })).status).toBe(303)
  const typed = {
    body: 'kkr-midtjylland',
    title: 'Fra skrivebordet',
    about: 'Prøve',
    place: 'Huset',
    day: '2099-03-28',
    from: '9',
    until: '15:00',
    answerBy: '2099-03-10',
    language: 'da',
  }
  const wrong = await (await clerk.browser.post('/governance/conferences/new', typed)).text()
  for (const words of ['value="Fra skrivebordet"', 'href="#f-from"', 'href="#f-leaders"'])
    expect(wrong).toContain(words)
  const made = await clerk.browser.post('/governance/conferences/new', {
    ...typed,
    from: '09:00',
    'leaders[]': 'handicapraadene',
  })
  const address = made.headers.get('location') ?? ''
  expect((await clerk.browser.post(`${address}/announce`, {})).status).toBe(303)
  expect(await (await clerk.browser.post(address, { programme: 'Uden tid', version: '1' })).text()).toContain(
    'href="#f-programme-programme"',
  )
  const shown = address.replace('/governance', '')
  expect(await (await fetch(url + shown)).text()).not.toContain(`${shown}/pdf`)
  expect((await fetch(`${url}${shown}/pdf`)).status).toBe(404)
  const programme = '9:30 Velkomst\n10:00 Oplæg om boliger'
  expect((await clerk.browser.post(address, { programme, version: '1', language: 'da' })).status).toBe(303)
  expect(await (await fetch(url + shown)).text()).toContain(`href="${shown}/pdf"`)
  const paper = pdfText(new Uint8Array(await (await fetch(`${url}${shown}/pdf`)).arrayBuffer()))
  for (const words of ['Fra skrivebordet', 'Velkomst', 'Oplæg om boliger', 'Huset']) expect(paper).toContain(words)
  expect(await (await clerk.browser.post(`${address}/proposals`, { title: '' })).text()).toContain(
    'href="#f-proposal-title"',
  )
  expect((await clerk.browser.post(`${address}/proposals`, { title: 'Et forslag', language: 'da' })).status).toBe(303)
  expect(await (await clerk.browser.get(address)).text()).toContain('Et forslag')
  expect(await (await clerk.browser.post(`${address}/cancel`, { why: '' })).text()).toContain('href="#f-cancel-why"')
  expect((await clerk.browser.post(`${address}/cancel`, { why: 'For få gæster' })).status).toBe(303)
  expect(await (await clerk.browser.get(address)).text()).toContain('For få gæster')
  expect(await (await clerk.browser.get('/governance/conferences')).text()).toContain('Fra skrivebordet')
})

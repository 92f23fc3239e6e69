import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testDatabase } from '../../../test/database.ts'
import { act, askForHelp, done, loadIntakePacks } from '../../../test/intake-house.ts'
import { testSecret } from '../../../test/secret.ts'
import type { Actor } from '../../platform/access/actor.ts'
import { openIdentifier, sealIdentifier } from '../../platform/access/identifier.ts'
import { keepApart } from './commands/keep-apart.ts'
import { mergePeople } from './commands/merge-people.ts'
import { readNumber } from './commands/read-number.ts'
import { liftRestriction, restrictPerson } from './commands/restrict-person.ts'
import { undoMerge } from './commands/undo-merge.ts'
import { joinTold } from './rules/joining.ts'
import { otherRequestsOf } from './store/desk.ts'
import { duplicatesOf } from './store/duplicates.ts'
import { findPeople, listPeople, type Sought } from './store/find-people.ts'
import { mergesInto, toldBy } from './store/merges.ts'
import { addPerson, readPerson, type StoredPerson } from './store/people.ts'
import { officeBySlug } from './store/procedure.ts'
import { readRequest } from './store/requests.ts'
import { readersOf } from './store/restrictions.ts'
import { SafeContact } from './types.ts'

const db = await testDatabase()
let worker: Actor
let colleague: Actor
let lead: Actor
let stranger: Actor
let office: string

beforeAll(async () => {
  await loadIntakePacks(db)
  worker = await addActor(db, 'Олена Коваль', [{ organisation: 'dovira', role: 'case_worker' }])
  colleague = await addActor(db, 'Андрій Бондар', [{ organisation: 'dovira', role: 'duty_officer' }])
  lead = await addActor(db, 'Ірина Савченко', [{ organisation: 'dovira', role: 'team_lead' }])
  stranger = await addActor(db, 'Jens Holm', [{ organisation: 'viborg-kommune', role: 'team_lead' }])
  office = (await db.transact({ actor: null }, (tx) => officeBySlug(tx, 'dovira')))?.id ?? ''
})

const as = <T>(actor: Actor, work: Parameters<typeof db.transact<T>>[1]) => db.transact({ actor: actor.account }, work)

interface Known {
  name: string
  birthDate?: string
  phone?: string
  email?: string
  address?: string
  area?: string
  language?: string
  number?: string
  contact?: Partial<SafeContact>
  office?: string
}

/** A record as a request would open it. @returns its id */
async function know(known: Known): Promise<string> {
  return db.transact({ actor: null, purpose: 'intake' }, async (tx) => {
    const id = crypto.randomUUID()
    const { phone, email, name, birthDate, address, area, language } = known
    await addPerson(tx, id, {
      authority: known.office ?? office,
      account: undefined,
      particulars: {
        name,
        birthDate,
        address,
        area,
        language,
        documentNumber: known.number ? sealIdentifier(testSecret, known.number) : undefined,
      },
      contact: SafeContact.parse({ ...known.contact, ...(phone ? { phone } : {}), ...(email ? { email } : {}) }),
    })
    return id
  })
}

const person = async (actor: Actor, id: string): Promise<StoredPerson> => {
  const found = await as(actor, (tx) => readPerson(tx, id))
  if (!found) throw new Error(`${id} is not seen`)
  return found
}
const duplicates = (actor: Actor, id: string) =>
  as(actor, async (tx) => {
    const found = await readPerson(tx, id)
    return found ? duplicatesOf(tx, found) : []
  })
const found = async (actor: Actor, sought: Sought): Promise<string[]> =>
  (await as(actor, (tx) => findPeople(tx, sought, { after: undefined, limit: 50 }))).people.map(({ id }) => id)
const join = async (actor: Actor, keep: string, other: string) => {
  const [kept, joined] = [await person(actor, keep), await person(actor, other)]
  return act(db, actor, mergePeople, { keep, join: other, keepVersion: kept.version, joinVersion: joined.version })
}
/** Every column of a record as the database writes it, but for the count of its changes and when they were. */
const bytes = async (id: string): Promise<string> => {
  const { rows } = await db.ownerPool.query(
    `select (to_jsonb(p) - 'version' - 'changed_at')::text as written from intake.person p where id = $1`,
    [id],
  )
  return rows[0].written
}

describe('INT-8: possible duplicates are offered', () => {
  const pairs: readonly [string, Known, Known][] = [
    [
      'Ukrainian and Latin letters',
      { name: 'Гриценко Наталя Іванівна', birthDate: '1990-05-17' },
      { name: 'Natalia Hrytsenko', birthDate: '1990-05-17', phone: '+380 50 111 22 33' },
    ],
    [
      'Ukrainian letters and German spelling',
      { name: 'Шевченко Олександр Петрович', birthDate: '1978-11-02' },
      { name: 'Oleksandr Schewtschenko', birthDate: '1978-11-02' },
    ],
    [
      'Danish letters and how they are written without',
      { name: 'Åse Sørensen', birthDate: '1955-02-28' },
      { name: 'Soerensen, Aase', birthDate: '1955-02-28' },
    ],
    [
      'German letters, and a birth date with two digits changed',
      { name: 'Jürgen Müller', birthDate: '1961-03-12', phone: '0151 23456789' },
      { name: 'Mueller, Juergen', birthDate: '1961-03-21', phone: '+49 151 23456789' },
    ],
    [
      'Russian and Ukrainian letters',
      { name: 'Щербакова Елена', birthDate: '1984-07-09' },
      { name: 'Щербакова Олена Сергіївна', birthDate: '1984-07-09' },
    ],
  ]
  test.each(pairs)('INT-8: %s', async (_name, one, two) => {
    const [first, second] = [await know(one), await know(two)]
    const [offer, ...rest] = await duplicates(worker, first)
    expect(rest).toEqual([])
    expect(offer?.person.id).toBe(second)
    expect(offer?.score).toBeGreaterThanOrEqual(0.7)
    expect(offer?.reasons.length).toBeGreaterThan(1)
    expect((await duplicates(worker, second)).map((other) => other.person.id)).toEqual([first])
    expect((await duplicates(worker, second))[0]?.score).toBe(offer?.score)
  })

  test('INT-8: the same number of a paper is a reason, and is compared without being read', async () => {
    const one = await know({ name: 'Ткач Марія', number: 'АБ 123-456' })
    const two = await know({ name: 'Ткач Марія Олегівна', number: 'аб123456' })
    const [offer] = await duplicates(worker, one)
    expect(offer?.person.id).toBe(two)
    expect(offer?.reasons.map(({ what }) => what)).toContain('document')
    const read = done(await act(db, worker, readNumber, { person: one }))
    expect(openIdentifier(testSecret, read.sealed)).toBe('АБ123456')
    expect(await act(db, stranger, readNumber, { person: one })).toEqual({ is: 'notFound' })
    const events = await db.ownerPool.query(
      `select outcome, actor from audit.event where act = 'intake.person.read-number' and about_id = $1`,
      [one],
    )
    expect(events.rows).toEqual([{ outcome: 'done', actor: worker.account }])
  })

  test('INT-8: two people stay two: the pair is not offered again, also not once one of them was joined to a third', async () => {
    const same = { birthDate: '1999-09-09', phone: '+380 67 765 43 21' }
    const one = await know({ name: 'Мороз Ігор', ...same })
    const twin = await know({ name: 'Мороз Ігор Іванович', ...same })
    const third = await know({ name: 'Moroz Ihor', ...same })
    expect((await duplicates(worker, one)).length).toBe(2)
    done(await act(db, worker, keepApart, { person: one, other: twin }))
    done(await act(db, worker, keepApart, { person: twin, other: one }))
    expect((await duplicates(worker, one)).map((other) => other.person.id)).toEqual([third])
    expect((await duplicates(worker, twin)).map((other) => other.person.id)).toEqual([third])
    done(await join(worker, third, twin))
    expect(await duplicates(worker, one)).toEqual([])
    expect(await duplicates(worker, third)).toEqual([])
  })

  test('INT-8: nothing is joined by a score, however high', async () => {
    const known = { name: 'Лисенко Віра Павлівна', birthDate: '1971-01-30', phone: '+380 50 909 90 90', number: 'КК 1' }
    const [one, two] = [await know(known), await know(known)]
    expect((await duplicates(worker, one))[0]?.score).toBe(1)
    expect((await person(worker, one)).mergedInto).toBeUndefined()
    expect((await person(worker, two)).mergedInto).toBeUndefined()
  })
})

describe('INT-8: people are looked up', () => {
  test('INT-8: by name in any script and as it begins, by telephone, e-mail, birth date and reference', async () => {
    const id = await know({
      name: 'Zabolotnyj, Jaroslaw',
      birthDate: '1966-06-16',
      phone: '+380 (63) 121 12 12',
      email: 'Jaro.Zab@example.org',
    })
    for (const words of [
      'Заболотний Ярослав',
      'ярослав заболотний',
      'Zabolotny',
      'Zabol',
      '063 121-12-12',
      'jarozab@example.org',
    ])
      expect(await found(worker, { words }), words).toContain(id)
    expect(await found(worker, { birthDate: '1966-06-16' })).toEqual([id])
    expect(await found(worker, { words: 'Заболотний', birthDate: '1966-06-16' })).toEqual([id])
    expect(await found(worker, { words: 'Заболотний', birthDate: '1966-06-17' })).toEqual([])
    expect(await found(worker, { words: '!?' })).toEqual([])
    const asked = await askForHelp(db, {
      pack: 'ua-kharkiv',
      service: 'nadannia-prytulku',
      particulars: { name: 'Панченко Роман' },
    })
    const [byReference] = await found(worker, { words: asked.reference.toLowerCase().replace('-', ' ') })
    expect((await person(worker, byReference ?? '')).name).toBe('Панченко Роман')
    expect(await found(stranger, { words: asked.reference })).toEqual([])
  })

  test('INT-8: page by page, nobody twice and nobody left out', async () => {
    const ids = new Set(await Promise.all(Array.from({ length: 7 }, () => know({ name: 'Сторінка Уляна' }))))
    const seen: string[] = []
    let after: string | undefined
    do {
      const page = await as(worker, (tx) => findPeople(tx, { words: 'Сторінка' }, { after, limit: 3 }))
      seen.push(...page.people.map(({ id }) => id))
      after = page.next
    } while (after)
    expect(new Set(seen)).toEqual(ids)
    expect(seen.length).toBe(7)
    const all: string[] = []
    do {
      const page = await as(worker, (tx) => listPeople(tx, [office], { after, limit: 4 }))
      all.push(...page.people.map(({ id }) => id))
      after = page.next
    } while (after)
    expect(new Set(all).size).toBe(all.length)
    for (const id of ids) expect(all).toContain(id)
  })
})

describe('INT-8: joining and undoing', () => {
  const text = fc
    .array(fc.constantFrom(...'абвгґєіїкОлАЖ’-éøßşñ李 '), { minLength: 1, maxLength: 12 })
    .map((letters) => letters.join(''))
    .filter((name) => name.trim() !== '')
  const perhaps = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined })
  const known = fc.record({
    name: text,
    birthDate: perhaps(fc.constantFrom('1990-05-17', '1950-01-01', '2015-12-31')),
    phone: perhaps(fc.constantFrom('+380 50 000 00 01', '+45 12 34 56 78', '0151 1234567')),
    email: perhaps(fc.constantFrom('a@example.org', 'b.c@example.org')),
    address: perhaps(text),
    language: perhaps(fc.constantFrom('uk', 'da')),
    number: perhaps(fc.constantFrom('АА 1', 'ББ 2')),
    contact: fc.record({
      ways: fc.subarray(['phone', 'email', 'post', 'in-person'] as const),
      emailReadByOthers: fc.boolean(),
      postSeenByOthers: fc.boolean(),
      discreet: fc.boolean(),
      mayLeaveVoicemail: fc.boolean(),
    }),
  })
  // undefined is no value of these fields, but a field that is not there
  const bare = (record: object): Known =>
    Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as unknown as Known

  test('INT-8: joined and undone, both records are as before, to the byte', async () => {
    await fc.assert(
      fc.asyncProperty(known, known, async (first, second) => {
        const [keep, other] = [await know(bare(first)), await know(bare(second))]
        const before = [await bytes(keep), await bytes(other)]
        const { merge } = done(await join(worker, keep, other))
        expect((await person(worker, other)).mergedInto).toBe(keep)
        done(await act(db, worker, undoMerge, { merge }))
        expect([await bytes(keep), await bytes(other)]).toEqual(before)
      }),
      { numRuns: 40 },
    )
  })

  test('INT-8: what the kept record lacks is filled in, what it says stays; what protects either protects the one', async () => {
    const keep = await know({
      name: 'Олійник Софія',
      phone: '+380 50 100 00 00',
      contact: { ways: ['phone'], mayLeaveVoicemail: true },
    })
    const other = await know({
      name: 'Oliinyk Sofiia',
      birthDate: '2001-02-03',
      phone: '+380 50 200 00 00',
      email: 's@example.org',
      contact: { ways: ['email'], emailReadByOthers: true, discreet: true },
    })
    const { merge } = done(await join(worker, keep, other))
    const kept = await person(worker, keep)
    expect(kept).toMatchObject({
      name: 'Олійник Софія',
      birthDate: '2001-02-03',
      phones: ['+380 50 100 00 00', '+380 50 200 00 00'],
      emails: ['s@example.org'],
      contact: { ways: ['phone'], emailReadByOthers: true, discreet: true, mayLeaveVoicemail: false },
    })
    expect(await found(worker, { words: '050 200 00 00' })).toEqual([keep])
    expect(await found(worker, { words: 'Sofiia' })).toEqual([keep])
    const [noted] = await as(worker, (tx) => mergesInto(tx, keep))
    expect(noted).toMatchObject({ id: merge, merged: other, name: 'Oliinyk Sofiia', by: worker.account })
    expect(noted?.reasons.length).toBeGreaterThan(0)
  })

  test('INT-8: requests move and come back; those that came since stay, and it is said', async () => {
    const ask = (name: string) =>
      askForHelp(db, { pack: 'ua-kharkiv', service: 'nadannia-prytulku', particulars: { name } })
    const [one, two] = [await ask('Кравець Данило'), await ask('Kravets Danylo')]
    const personOf = async (request: string) => (await as(worker, (tx) => readRequest(tx, request)))?.person ?? ''
    const [keep, other] = [await personOf(one.id), await personOf(two.id)]
    const { merge, requests } = done(await join(worker, keep, other))
    expect(requests).toBe(1)
    expect(await personOf(two.id)).toBe(keep)
    db.clock.advance(60_000)
    const later = await ask('Кравець Данило')
    // a second request of the record that is kept, as the office would note it
    await db.ownerPool.query('update intake.request set person_id = $1 where id = $2', [keep, later.id])
    const undone = done(await act(db, colleague, undoMerge, { merge }))
    expect(undone).toEqual({ person: keep, separated: other, requests: 1, stayed: 1 })
    expect(await personOf(one.id)).toBe(keep)
    expect(await personOf(two.id)).toBe(other)
    expect(await personOf(later.id)).toBe(keep)
    expect((await as(worker, (tx) => otherRequestsOf(tx, keep, one.id))).map(({ id }) => id)).toEqual([later.id])
    expect((await act(db, worker, undoMerge, { merge })).is).toBe('late')
  })

  test('INT-8: what somebody changed since stays when a joining is undone', async () => {
    const keep = await know({ name: 'Зінченко Лука' })
    const other = await know({ name: 'Зінченко Лука', phone: '+380 50 300 00 00', address: 'вул. Сумська 1' })
    const { merge } = done(await join(worker, keep, other))
    await db.ownerPool.query(
      `update intake.person set address = 'вул. Нова 2', phones = phones || '{+380503000001}' where id = $1`,
      [keep],
    )
    done(await act(db, worker, undoMerge, { merge }))
    expect(await person(worker, keep)).toMatchObject({ address: 'вул. Нова 2', phones: ['+380503000001'] })
    expect(await person(worker, other)).toMatchObject({ address: 'вул. Сумська 1', phones: ['+380 50 300 00 00'] })
  })

  test('INT-8: joinings of one record are undone the last one first', async () => {
    const [a, b, c] = [
      await know({ name: 'Ґудзь А' }),
      await know({ name: 'Ґудзь Б' }),
      await know({ name: 'Ґудзь В' }),
    ]
    const first = done(await join(worker, a, b))
    const second = done(await join(worker, a, c))
    expect((await act(db, worker, undoMerge, { merge: first.merge })).is).toBe('late')
    done(await act(db, worker, undoMerge, { merge: second.merge }))
    done(await act(db, worker, undoMerge, { merge: first.merge }))
    const kept = done(await join(worker, b, a))
    const onward = done(await join(worker, c, b))
    expect((await act(db, worker, undoMerge, { merge: kept.merge })).is).toBe('late')
    done(await act(db, worker, undoMerge, { merge: onward.merge }))
    done(await act(db, worker, undoMerge, { merge: kept.merge }))
  })

  test('INT-8: two workers join the same two records at once, either way round: one of them does', async () => {
    for (let round = 0; round < 5; round++) {
      const [one, two] = [await know({ name: 'Разом Надія' }), await know({ name: 'Разом Надія' })]
      const outcomes = await Promise.all([join(worker, one, two), join(colleague, two, one), join(lead, one, two)])
      expect(outcomes.filter(({ is }) => is === 'ok').length).toBe(1)
      for (const { is } of outcomes) expect(['ok', 'late', 'conflict']).toContain(is)
      const { rows } = await db.ownerPool.query(
        'select count(*)::int as merges from intake.merge where kept_id in ($1, $2)',
        [one, two],
      )
      expect(rows[0].merges).toBe(1)
    }
  })

  test('INT-8: two workers undo the same joining at once: one of them does', async () => {
    const [one, two] = [await know({ name: 'Двічі Яна' }), await know({ name: 'Двічі Яна', address: 'вул. Садова 3' })]
    const { merge } = done(await join(worker, one, two))
    const outcomes = await Promise.all([worker, colleague, lead].map((who) => act(db, who, undoMerge, { merge })))
    expect(outcomes.map(({ is }) => is).sort()).toEqual(['late', 'late', 'ok'])
    expect((await person(worker, one)).address).toBeUndefined()
  })

  test('INT-8: whoever looked at an older version sees the records again first', async () => {
    const [one, two] = [await know({ name: 'Старий Погляд' }), await know({ name: 'Старий Погляд' })]
    await db.ownerPool.query('update intake.person set version = 2 where id = $1', [two])
    const stale = await act(db, worker, mergePeople, { keep: one, join: two, keepVersion: 1, joinVersion: 1 })
    expect(stale.is).toBe('conflict')
    expect((await person(worker, two)).mergedInto).toBeUndefined()
  })

  test('INT-8: joining is even: joined to itself a record says what it said', () => {
    const told = toldBy({ phones: ['1'], emails: [], contact: SafeContact.parse({ ways: ['phone'] }) } as never)
    expect(joinTold(told, told)).toEqual(told)
  })
})

describe('INT-8: people who may not be seen stay hidden', () => {
  const hide = async (id: string, colleagues: readonly Actor[] = []) => {
    const { version } = await person(lead, id)
    return act(db, lead, restrictPerson, {
      person: id,
      version,
      reason: 'Адреса має лишатися невідомою.',
      colleagues: colleagues.map(({ account }) => account),
    })
  }

  test('INT-8: by record, list, search, duplicates and count, for all but those who were named', async () => {
    const same = { name: 'Тиха Олександра', birthDate: '1988-08-08', phone: '+380 50 808 08 08' }
    const [one, hidden] = [await know(same), await know(same)]
    expect((await duplicates(worker, one)).length).toBe(1)
    done(await hide(hidden, [colleague]))
    for (const who of [lead, colleague]) {
      expect((await person(who, hidden)).restricted).toBe(true)
      expect((await duplicates(who, one)).map((other) => other.person.id)).toEqual([hidden])
      expect(await found(who, { words: 'Тиха' })).toContain(hidden)
    }
    for (const who of [worker, stranger]) {
      expect(await as(who, (tx) => readPerson(tx, hidden))).toBeUndefined()
      expect(await duplicates(who, one)).toEqual([])
      for (const sought of [{ words: 'Тиха' }, { words: '0508080808' }, { birthDate: '1988-08-08' }])
        expect(await found(who, sought)).not.toContain(hidden)
      const all = await as(who, (tx) => listPeople(tx, [office], { after: undefined, limit: 500 }))
      expect(all.people.map(({ id }) => id)).not.toContain(hidden)
      expect(await as(who, (tx) => readersOf(tx, hidden))).toEqual([])
    }
    const readers = await as(colleague, (tx) => readersOf(tx, hidden))
    expect(readers.map(({ name }) => name).sort()).toEqual(['Андрій Бондар', 'Ірина Савченко'].sort())
    expect(new Set(readers.map(({ basis }) => basis))).toEqual(new Set(['Адреса має лишатися невідомою.']))
  })

  test('INT-8: nobody joins, undoes, keeps apart or reads what they may not see; it is as if it were not there', async () => {
    const [one, hidden] = [
      await know({ name: 'Невидима Ганна' }),
      await know({ name: 'Невидима Ганна', number: 'НН 7' }),
    ]
    const third = await know({ name: 'Видима Ганна' })
    const { merge } = done(await join(lead, hidden, one))
    done(await act(db, lead, keepApart, { person: hidden, other: third }))
    /** How many rows tell of the hidden record, as the database itself lets somebody count them. */
    const traces = (who: Actor) =>
      as(who, (tx) =>
        tx.all(sql<{ rows: number }>`select count(*)::int as rows from (
          select from intake.merge where kept_id = ${hidden} union all
          select from intake.distinct_pair where ${hidden}::uuid in (first_id, second_id) union all
          select from intake.person where id in (${hidden}, ${one})) found`),
      )
    expect(await traces(worker)).toEqual([{ rows: 4 }])
    done(await hide(hidden))
    expect(await traces(lead)).toEqual([{ rows: 4 }])
    for (const who of [worker, colleague, stranger]) {
      expect(await traces(who)).toEqual([{ rows: 0 }])
      // what was joined to it is behind it, and hidden with it
      expect(await as(who, (tx) => readPerson(tx, one))).toBeUndefined()
      expect(await as(who, (tx) => mergesInto(tx, hidden))).toEqual([])
      expect(await act(db, who, undoMerge, { merge })).toEqual({ is: 'notFound' })
      expect(await act(db, who, keepApart, { person: one, other: hidden })).toEqual({ is: 'notFound' })
      expect(await act(db, who, readNumber, { person: hidden })).toEqual({ is: 'notFound' })
      const versions = { keepVersion: 1, joinVersion: 1 }
      expect(await act(db, who, mergePeople, { keep: one, join: hidden, ...versions })).toEqual({ is: 'notFound' })
      const again = { person: hidden, version: 1, reason: 'цікаво', colleagues: [who.account] }
      expect(await act(db, who, restrictPerson, again)).toEqual({ is: 'notFound' })
      expect(await act(db, who, liftRestriction, { person: hidden, version: 1 })).toEqual({ is: 'notFound' })
    }
    done(await act(db, lead, undoMerge, { merge }))
    expect(await as(worker, (tx) => readPerson(tx, one))).toBeUndefined()
  })

  test('INT-8: only a team lead of the office protects, lifts and names; a grant of anybody else opens nothing', async () => {
    const id = await know({ name: 'Захищений Марко' })
    const input = { person: id, version: 1, reason: 'працює тут', colleagues: [] }
    expect(await act(db, worker, restrictPerson, input)).toEqual({ is: 'forbidden' })
    expect(await act(db, colleague, restrictPerson, input)).toEqual({ is: 'forbidden' })
    expect(await act(db, stranger, restrictPerson, input)).toEqual({ is: 'notFound' })
    expect((await act(db, lead, restrictPerson, { ...input, colleagues: [stranger.account] })).is).toBe('invalid')
    expect((await act(db, lead, restrictPerson, { ...input, reason: ' ' })).is).toBe('invalid')
    done(await hide(id))
    await as(worker, (tx) =>
      tx.all(
        sql`insert into access.grant (account_id, object_kind, object_id, basis, granted_by)
          values (${worker.account}, 'intake.person', ${id}, 'myself', ${worker.account})`,
      ),
    )
    expect(await as(worker, (tx) => readPerson(tx, id))).toBeUndefined()
    // named anew: who is named no more sees it no more
    done(await hide(id, [worker]))
    expect((await person(worker, id)).name).toBe('Захищений Марко')
    done(await hide(id, [colleague]))
    expect(await as(worker, (tx) => readPerson(tx, id))).toBeUndefined()
    const { version } = await person(lead, id)
    expect((await act(db, lead, liftRestriction, { person: id, version: version - 1 })).is).toBe('conflict')
    done(await act(db, lead, liftRestriction, { person: id, version }))
    expect((await person(worker, id)).restricted).toBe(false)
    expect(await as(worker, (tx) => readersOf(tx, id))).toEqual([])
  })

  test('INT-8: a protected record is kept, never joined to one that everybody sees', async () => {
    const [seen, hidden] = [await know({ name: 'Обережна Рита' }), await know({ name: 'Обережна Рита' })]
    done(await hide(hidden))
    expect(await join(lead, seen, hidden)).toMatchObject({ is: 'invalid', errors: [{ path: 'keep' }] })
    const before = await bytes(seen)
    const { merge } = done(await join(lead, hidden, seen))
    expect(await as(worker, (tx) => readPerson(tx, seen))).toBeUndefined()
    done(await act(db, lead, undoMerge, { merge }))
    expect(await bytes(seen)).toBe(before)
    expect((await person(worker, seen)).id).toBe(seen)
  })

  test('INT-8: another office sees nothing, and records of two offices are not joined', async () => {
    const both = await addActor(db, 'Дві Установи', [
      { organisation: 'dovira', role: 'case_worker' },
      { organisation: 'viborg-kommune', role: 'case_worker' },
    ])
    const viborg = (await db.transact({ actor: null }, (tx) => officeBySlug(tx, 'viborg-kommune')))?.id ?? ''
    const same = { name: 'Дзвінка Оля', birthDate: '1993-03-03', phone: '+380 50 303 03 03' }
    const [here, there] = [await know(same), await know({ ...same, office: viborg })]
    expect(await found(worker, { words: 'Дзвінка' })).toEqual([here])
    expect(await found(stranger, { words: 'Дзвінка' })).toEqual([there])
    expect((await found(both, { words: 'Дзвінка' })).sort()).toEqual([here, there].sort())
    expect(await duplicates(both, here)).toEqual([])
    expect(await join(both, here, there)).toEqual({ is: 'notFound' })
    expect(await act(db, stranger, keepApart, { person: here, other: there })).toEqual({ is: 'notFound' })
  })
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestDatabase } from '../../test/database.ts'
import { testSecret } from '../../test/secret.ts'
import { type OpenHouse, openHouse } from '../main.ts'
import { judgePassword } from '../platform/auth/password-rules.ts'
import { totpCode } from '../platform/auth/second-factor.ts'
import { listPeople } from './list.ts'
import { loadDemo } from './load.ts'
import { keysOf, needsCode, people } from './people.ts'

let copy: Awaited<ReturnType<typeof openTestDatabase>>
let house: OpenHouse

beforeAll(async () => {
  copy = await openTestDatabase({ env: { LINDEN_DEMO: 'small', LINDEN_PACKS: 'all', HOST: '127.0.0.1' } })
  house = await openHouse(copy.database.config)
  expect(await loadDemo(house, 'small')).toBe(true)
})
afterAll(async () => {
  await house?.close()
  await copy.drop()
})

const one = async (text: string) => (await copy.database.ownerPool.query(text)).rows[0]

describe('the demo', () => {
  test('is loaded once', async () => {
    const before = await one('select count(*) from audit.event')
    expect(await loadDemo(house, 'small')).toBe(false)
    expect(await one('select count(*) from audit.event')).toEqual(before)
  })

  test('has in every region an editor, a provider, an administrator, a data protection officer, a secretariat, an office that answers requests and a resident, in their language', async () => {
    const accounts = await listPeople(house)
    for (const language of ['uk', 'da', 'de']) {
      const here = accounts.filter((account) => account.language === language)
      const steering = language === 'da' ? ['body_member', 'economist'] : []
      expect([...new Set(here.flatMap(({ roles }) => roles))].sort()).toEqual([
        'administrator',
        ...steering.slice(0, 1),
        'case_worker',
        'data_protection_officer',
        'duty_officer',
        ...steering.slice(1),
        'editor',
        'provider',
        'secretariat',
        'team_lead',
      ])
      expect(here.filter(({ roles }) => roles.length === 0)).toHaveLength(1)
      expect(here.every(({ email }) => email.endsWith('@example.org'))).toBe(true)
    }
  })

  test('gives a code to those who need one', async () => {
    for (const { email, totpSecret } of await listPeople(house)) {
      const before = totpSecret && (await totpCode(totpSecret))
      const shown = await house.auth.demoCode(email)
      if (totpSecret === null) expect(shown).toBeUndefined()
      // Half a minute may end in between.
      else expect([before, await totpCode(totpSecret)]).toContain(shown)
    }
  })

  test('leaves the desks something to do', async () => {
    const { rows } = await copy.database.ownerPool.query(
      `select s.pack, count(*) filter (where s.assurance_due <= now())::int as overdue,
         (select count(*)::int from directory.proposal p join directory.service x on x.id = p.service_id where x.pack = s.pack and state = 'waiting') as waiting,
         (select count(*)::int from directory.remark r join directory.service x on x.id = r.service_id where x.pack = s.pack) as remarks
       from directory.service s group by s.pack order by s.pack`,
    )
    expect(rows.map(({ pack, waiting, remarks }) => ({ pack, waiting, remarks }))).toEqual(
      ['de-stuttgart', 'dk-midtjylland', 'ua-kharkiv'].map((pack) => ({ pack, waiting: 1, remarks: 2 })),
    )
    for (const { overdue } of rows) expect(overdue).toBeGreaterThan(1)
    expect((await one('select count(*)::int as never from directory.service where assured_at is null')).never).toBe(3)
    expect((await one('select sum(count)::int as unmet from directory.unmet_search')).unmet).toBeGreaterThan(10)
    expect(
      (await one(`select count(*)::int as changed from directory.service_version where deed = 'change'`)).changed,
    ).toBe(2)
  })

  test('asks for every one of the twelve services of Kharkiv, in every state that a request can have', async () => {
    const row = await one(
      `select count(distinct s.slug) filter (where r.pack = 'ua-kharkiv')::int as services, array_agg(distinct r.state order by r.state) as states
       from intake.request r left join directory.service s on s.id = r.service_id`,
    )
    expect(row.services).toBe(12)
    expect(row.states).toEqual(['accepted', 'draft', 'in-review', 'redirected', 'submitted', 'waiting', 'withdrawn'])
    expect((await one('select count(*)::int as waiting from intake.waiting where left_at is null')).waiting).toBe(2)
  })

  test('changes no card of Kharkiv: each is a document of the city', async () => {
    expect(
      await one(
        `select max(version) as version, count(*)::int as cards from directory.service where pack = 'ua-kharkiv'`,
      ),
    ).toEqual({ version: 1, cards: 12 })
  })

  test('that was cut off is completed and does nothing twice', async () => {
    const counts = `select (select count(*)::int from directory.remark) as remarks, (select count(*)::int from directory.proposal) as proposals,
      (select count(*)::int from access.account) as accounts, (select count(*)::int from directory.service_version) as versions`
    const before = await one(counts)
    await copy.database.ownerPool.query(`delete from packs.pack where id = 'demo-small'`)
    expect(await loadDemo(house, 'small')).toBe(true)
    expect(await one(counts)).toEqual(before)
  })

  test('of a town has a thousand services, made by the import that brings real registers, each marked as an example', async () => {
    expect(await loadDemo(house, 'town')).toBe(true)
    const row = await one(
      `select count(*)::int as all, count(*) filter (where dataset like 'demo-many-%' and not example)::int as unmarked,
         count(distinct pack) filter (where dataset like 'demo-many-%')::int as packs from directory.service`,
    )
    expect(row).toEqual({ all: 1000, unmarked: 0, packs: 3 })
    expect(await loadDemo(house, 'town')).toBe(false)
  })
})

describe('what demo people sign in with', () => {
  const secret = Buffer.from(testSecret)

  test('is the same each time, and another on another instance', () => {
    const other = Buffer.from('the secret of quite another instance')
    for (const person of people) {
      expect(keysOf(person, secret)).toEqual(keysOf(person, secret))
      expect(keysOf(person, other).password).not.toBe(keysOf(person, secret).password)
      expect(keysOf(person, secret).totpSecret === undefined).toBe(!needsCode(person))
      if (needsCode(person)) expect(keysOf(person, other).totpSecret).not.toBe(keysOf(person, secret).totpSecret)
    }
    const codes = people.flatMap((person) => keysOf(person, secret).totpSecret ?? [])
    expect(new Set(codes).size).toBe(codes.length)
  })

  test('follows the rules for passwords', () => {
    for (const person of people) {
      expect(judgePassword(keysOf(person, secret).password, [person.email, person.name])).toBeUndefined()
    }
  })
})

import { randomBytes } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testDatabase } from '../../../test/database.ts'
import { act, askForHelp, done, loadIntakePacks, newToken, seen, serviceId } from '../../../test/intake-house.ts'
import { perform } from '../../platform/access/perform.ts'
import { changeContact, contactMark } from './commands/change-contact.ts'
import { mailLink } from './commands/mail-link.ts'
import { saveDraft } from './commands/save-draft.ts'
import { startRequest } from './commands/start-request.ts'
import { submitRequest } from './commands/submit-request.ts'
import { lastTold } from './rules/contact.ts'
import { officeForEmergency } from './rules/procedure.ts'
import { SafeContact } from './types.ts'

const db = await testDatabase()
const shelter = { pack: 'ua-kharkiv', service: 'nadannia-prytulku' } as const
const nowhere = '00000000-0000-4000-8000-000000000000'

beforeAll(async () => {
  await loadIntakePacks(db)
})

/** The draft that somebody begins for themselves. */
async function begin(actor: Parameters<typeof act>[1], service: string | undefined = shelter.service) {
  const token = newToken()
  const id = service && (await serviceId(db, service))
  done(await act(db, actor, startRequest, { token, pack: shelter.pack, service: id }))
  return token
}

describe('INT-11: who asks again with an account', () => {
  test('chooses how they are reached; their address alone stands there', async () => {
    const resident = await addActor(db, 'Наталя Гриценко')
    const token = await begin(resident)
    const { rows } = await db.ownerPool.query('select draft from intake.request order by id desc limit 1')
    expect(SafeContact.parse(rows[0].draft.contact)).toMatchObject({ ways: [], email: resident.email })
    done(await act(db, resident, saveDraft, { token, version: 1, situation: { words: 'Ми без даху.' } }))
  })

  test('goes on being safe: what was told of a mailbox that others read holds for the next request', async () => {
    const resident = await addActor(db, 'Оксана Гриценко')
    const first = await askForHelp(db, {
      ...shelter,
      actor: resident,
      contact: { ways: ['email'], email: 'family@example.org' },
    })
    const contact = { ways: ['in-person' as const], email: 'family@example.org', emailReadByOthers: true }
    const told = (await seen(db, first.id, resident))?.draft.contact
    const version = contactMark(SafeContact.parse(told))
    done(await act(db, resident, changeContact, { request: first.id, contact, version }))
    const token = await begin(resident)
    const words = { token, version: 1, situation: { words: 'Знову потрібна допомога.' } }
    const saved = done(await act(db, resident, saveDraft, words))
    const { id } = done(await act(db, resident, submitRequest, { token, version: saved.version }))
    expect((await seen(db, id, resident))?.draft.contact).toMatchObject(contact)
    const { rows } = await db.ownerPool.query('select contact from intake.person where account_id = $1', [
      resident.account,
    ])
    expect(rows).toMatchObject([{ contact: { ways: ['in-person'], emailReadByOthers: true } }])
  })

  test('a form that says nothing of contact changes nothing of it', async () => {
    const resident = await addActor(db, 'Ірина Гриценко')
    const careful = { ways: ['in-person' as const], email: 'family@example.org', emailReadByOthers: true }
    await askForHelp(db, { ...shelter, actor: resident, contact: { phone: undefined, ...careful } })
    const token = await begin(resident)
    const told = { token, version: 1, situation: { words: 'Знову потрібна допомога.' }, contact: {} }
    const { version } = done(await act(db, resident, saveDraft, told))
    done(await act(db, resident, submitRequest, { token, version }))
    const { rows } = await db.ownerPool.query('select contact from intake.person where account_id = $1', [
      resident.account,
    ])
    expect(rows).toMatchObject([{ contact: careful }])
  })

  test('what was told to one office holds for another', () => {
    const careful = SafeContact.parse({ ways: ['phone'], emailReadByOthers: true })
    const open = SafeContact.parse({ ways: ['email'], email: 'a@example.org', discreet: true })
    expect(lastTold([open, careful])).toMatchObject({ ways: ['email'], emailReadByOthers: true, discreet: true })
    expect(lastTold([])).toBeUndefined()
  })

  test('an address to which a link went is kept under no key', async () => {
    const { token } = await askForHelp(db, { ...shelter, contact: { ways: ['email'], email: 'only-here@example.org' } })
    const idempotencyKey = randomBytes(12).toString('hex')
    const by = { database: db, actor: null, locale: 'en', origin: 'page', idempotencyKey } as const
    done(await perform(mailLink, { token, link: `http://own.example/r/${token}` }, by))
    const { rows } = await db.ownerPool.query('select outcome::text from http.idempotency where key = $1', [
      idempotencyKey,
    ])
    expect(rows[0].outcome).not.toContain('only-here')
  })
})

describe('INT-1: a draft asks for what is there to be had', () => {
  test('a service that is none is an error of a field, and not of the program', async () => {
    const token = await begin(null)
    const save = await act(db, null, saveDraft, { token, version: 1, service: nowhere })
    expect(save).toMatchObject({ is: 'invalid', errors: [{ path: 'service' }] })
  })

  test('a service that has ended meanwhile is not asked for; in an emergency it is sent all the same', async () => {
    const service = 'konsultuvannia'
    const send = async (dangers: ['violence'] | []) => {
      const token = await begin(null, service)
      const particulars = { name: 'Olena Tkachenko' }
      const told = { token, version: 1, particulars, situation: { words: 'Порадьте.', dangers } }
      const { version } = done(await act(db, null, saveDraft, told))
      await db.ownerPool.query(`update directory.service set status = 'defunct' where slug = $1`, [service])
      const sent = await act(db, null, submitRequest, { token, version })
      await db.ownerPool.query(`update directory.service set status = 'active' where slug = $1`, [service])
      return sent
    }
    expect(await send([])).toMatchObject({ is: 'invalid', errors: [{ path: 'service' }] })
    expect((await send(['violence'])).is).toBe('ok')
  })
})

describe('INT-3: an emergency reaches somebody', () => {
  test.each(['ua-kharkiv', 'dk-midtjylland', 'de-stuttgart'])(
    'in %s also where neither a service nor an area is known',
    async (pack) => {
      const { token, id } = await askForHelp(db, {
        pack,
        particulars: {},
        situation: { words: undefined, dangers: ['violence'] },
        contact: { ways: [], phone: undefined },
      })
      expect((await seen(db, id, { token }))?.handler).toBeDefined()
    },
  )

  test('the office of a pack that takes what names no service, else its first', () => {
    const office = (organisation: string, withoutService: boolean) => ({ organisation, withoutService, areas: ['X'] })
    const of = (...offices: ReturnType<typeof office>[]) =>
      officeForEmergency({ offices } as unknown as Parameters<typeof officeForEmergency>[0])
    expect([of(office('a', false), office('b', true)), of(office('a', false)), of()]).toEqual(['b', 'a', undefined])
  })
})

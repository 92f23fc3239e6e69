import { beforeAll, describe, expect, test } from 'vitest'
import { recordDecision } from '../../src/capabilities/governance/commands/record-decision.ts'
import { takeRequest } from '../../src/capabilities/intake/commands/take-request.ts'
import { documentsOf } from '../../src/capabilities/intake/store/documents.ts'
import { testHouse } from '../house.ts'
import { act, askForHelp, done, newToken } from '../intake-house.ts'
import { type Somebody, somebody } from '../people.ts'
import { type Staff, staff } from '../staff.ts'

const at = await testHouse()
const { db, house } = at
/** What nobody may read who only sends a form wrongly. */
const secrets = ['Таємна Особа', 'таємний-знак', '+380 50 123 45 67', 'Decided in secret']
let worker: Staff
let resident: Somebody
let halfway: Somebody
let values: Record<string, string>

beforeAll(async () => {
  worker = await staff(at, 'Olena Koval', [
    { organisation: 'dovira', role: 'case_worker' },
    { organisation: 'dovira', role: 'secretariat' },
  ])
  resident = await somebody(at, 'Resident')
  // works there, and has given a password alone
  halfway = await somebody(at, 'Half Way', [{ organisation: 'dovira', role: 'team_lead' }])
  const { id } = await askForHelp(db, {
    pack: 'ua-kharkiv',
    service: 'vlashtuvannia-do-simeinykh-form-vykhovannia',
    particulars: { name: 'Таємна Особа', birthDate: '1990-05-17' },
    situation: { words: 'Ось таємний-знак.' },
    contact: { ways: ['phone'], phone: '+380 50 123 45 67' },
  })
  done(await act(db, worker.actor, takeRequest, { request: id }))
  const [document] = await db.transact({ actor: worker.account }, (tx) => documentsOf(tx, id))
  const { rows } = await db.ownerPool.query('select person_id from intake.request where id = $1', [id])
  const other = await askForHelp(db, {
    pack: 'ua-kharkiv',
    particulars: { name: 'Таємна Особа' },
    situation: { dangers: ['violence'] },
  })
  const second = await db.ownerPool.query('select person_id from intake.request where id = $1', [other.id])
  const decision = done(
    await act(db, worker.actor, recordDecision, {
      body: 'robocha-hrupa-sotsialnoho-suprovodu',
      matter: 'pochatok-suprovodu',
      number: '7/2026',
      decidedOn: '2026-11-20',
      outcome: 'agreed',
      title: { uk: 'Decided in secret' },
      subject: { kind: 'intake.request', id },
    }),
  )
  values = {
    '/people': rows[0].person_id,
    '/governance': decision.id,
    '': id,
    document: document?.id ?? '',
    other: second.rows[0].person_id,
  }
})

/** The address of a form about what is stored here. */
function filled(address: string): string {
  const root = Object.keys(values).find((key) => key.startsWith('/') && address.startsWith(key)) ?? ''
  return address.replaceAll(/\{(\w+)(?:\{[^}]*\})?\}/g, (_all, name: string) => {
    if (name === 'id') return values[root] ?? ''
    if (name === 'token') return newToken()
    if (name === 'slug') return 'nadannia-prytulku'
    return values[name] ?? '00000000-0000-4000-8000-000000000000'
  })
}

const about = /^\/(requests|people|waiting|duty|my|r|governance|directory|confirm|ask)(\/|$)/
const forms = house.door.routes.filter(({ kind, address }) => kind === 'form' && about.test(address))

describe('a form that comes again shows what is stored to whoever may read its page, and to nobody else', () => {
  test('there are forms to ask', () => {
    expect(forms.length).toBeGreaterThan(40)
    expect(filled('/requests/{id}/take')).toBe(`/requests/${values['']}/take`)
  })

  test.each([
    ['a resident', () => resident],
    ['a colleague without the second factor', () => halfway],
  ] as const)('to %s who sends nothing, or nonsense', async (_who, sender) => {
    for (const { address } of forms)
      for (const fields of [{}, { version: 'x', outcome: 'x', contract: 'x', documents: 'x', keep: 'x' }]) {
        const answer = await sender().browser.post(filled(address), fields as Record<string, string>)
        const text = await answer.text()
        expect(answer.status, address).toBeLessThan(500)
        for (const secret of secrets) expect(text.includes(secret), `${address} shows ${secret}`).toBe(false)
        const page = await sender().browser.get(filled(address))
        const read = await page.text()
        for (const secret of secrets) expect(read.includes(secret), `GET ${address} shows ${secret}`).toBe(false)
      }
  })

  test('whoever may read them does, by the same addresses', async () => {
    const again = await worker.browser.post(`/requests/${values['']}/ask`, {})
    expect(again.status).toBe(422)
    expect(await again.text()).toContain('таємний-знак')
  })
})

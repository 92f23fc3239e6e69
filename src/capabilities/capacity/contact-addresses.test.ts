import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testHouse } from '../../../test/house.ts'
import { act, done } from '../../../test/intake-house.ts'
import { type Staff, staff } from '../../../test/staff.ts'
import type { Actor } from '../../platform/access/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { forgetAddress, recordAddress } from '../governance/contract.ts'
import { asJob, contact, keepAddresses, offerInUse, plan, stored } from './adjustments.fixture.ts'
import { answerHash, newAnswerToken } from './answer-link.ts'
import { answerContact } from './commands/adjustments/answer-contact.ts'
import { contactMunicipalities } from './commands/adjustments/contact-municipalities.ts'
import { answerAsMunicipality, disputeAnswer } from './commands/adjustments/speak-for-municipality.ts'
import { tellAdjustment } from './jobs/adjustments/tell.ts'
import { contactsOf, lettersToSend, noteSent } from './store/adjustments/contacts.ts'

const house = await testHouse({ env: { LINDEN_PACKS: 'dk-midtjylland' } })
const { db, url } = house

let operator: Staff
let secretary: Staff
let lead: Staff
let stranger: Actor

beforeAll(async () => {
  operator = await staff(house, 'Operator', [{ organisation: 'viborg-kommune', role: 'provider' }], {
    scopes: ['capacity:write'],
  })
  secretary = await staff(house, 'Secretary', [{ organisation: 'viborg-kommune', role: 'secretariat' }])
  lead = await staff(house, 'Team lead', [{ organisation: 'aarhus-kommune', role: 'team_lead' }])
  stranger = await addActor(db, 'Stranger', [{ organisation: 'odder-kommune', role: 'team_lead' }])
})

const as = <T>(actor: Actor | null, work: (tx: Tx) => Promise<T>) =>
  db.transact({ actor: actor?.account ?? null }, work)
const page = async (path: string, who: Staff) => {
  const answer = await who.browser.get(path)
  return { status: answer.status, text: await answer.text() }
}

/** Somebody answers by the link of the only letter. @returns the token of the link, and the contact */
async function answered(id: string): Promise<{ token: string; contact: string }> {
  const token = newAnswerToken()
  const contactId = await asJob(db, async (tx) => {
    const [letter] = await lettersToSend(tx, id)
    await noteSent(tx, letter?.contact ?? '', answerHash(token))
    return letter?.contact ?? ''
  })
  done(
    await act(db, null, answerContact, {
      token,
      answer: 'agrees',
      words: 'Det er helt fint med os.',
      name: 'Eksempel: Hvem Somhelst',
      function: 'Konsulent',
    }),
  )
  return { token, contact: contactId }
}

describe('where letters go', () => {
  test('CAP-3: without an address that the secretariat keeps nobody is contacted; the operator writes none, in no way', async () => {
    const offer = await offerInUse(db)
    const id = await plan(db, operator.actor, offer.slug, { change: -2 })
    expect(await act(db, operator.actor, contactMunicipalities, { id })).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'municipalities.aarhus-kommune', message: expect.stringMatching(/secretariat/) }],
    })
    const contactPage = await page(`/capacity/adjustments/${id}/contact`, operator)
    expect(contactPage.text).toContain('no address kept')
    expect(contactPage.text).not.toContain('type="email"')
    const sent = await fetch(`${url}/api/v1/adjustments/${id}/contact`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${operator.token}`,
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
      },
      body: JSON.stringify({ addresses: { 'aarhus-kommune': 'mine@example.org' } }),
    })
    expect(sent.status).toBe(422)
    const added = await as(operator.actor, (tx) =>
      tx.one(sql<{
        id: string
      }>`insert into capacity.adjustment_contact (adjustment_id, revision, municipality_id, contacted_at)
        select ${id}, 1, o.id, ${tx.now} from access.organisation o where o.slug = 'aarhus-kommune' returning id`),
    )
    const write = (columns: string, values: ReturnType<typeof sql>) =>
      as(operator.actor, (tx) =>
        tx.all(sql`insert into capacity.adjustment_letter (${sql.raw(columns)}) values (${values})`),
      )
    await expect(
      write('contact_id, email, locale, because', sql`${added?.id}, 'mine@example.org', 'da', '{}'`),
    ).rejects.toThrow(/permission denied/)
    await expect(write('contact_id, because', sql`${added?.id}, '{}'`)).rejects.toThrow(/secretariat writes it down/)
    expect(
      await act(db, operator.actor, recordAddress, {
        keeper: 'viborg-kommune',
        party: 'organisation:aarhus-kommune',
        email: 'mine@example.org',
        locale: 'da',
      }),
    ).toEqual({ is: 'forbidden' })

    // the secretariat sees on its desk that one is missing, and writes it down there
    expect((await page('/capacity/adjustments', secretary)).text).toContain('write an address down')
    expect((await page(`/capacity/adjustments/${id}`, secretary)).text).toContain('organisation:aarhus-kommune')
    const form = {
      keeper: 'viborg-kommune',
      party: 'organisation:aarhus-kommune',
      email: 'aarhus-kommune@example.org',
      locale: 'da',
      _key: crypto.randomUUID(),
    }
    expect((await secretary.browser.post(`/capacity/adjustments/${id}/address`, form)).status).toBe(303)
    await as(operator.actor, (tx) =>
      tx.all(sql`insert into capacity.adjustment_letter (contact_id, because) values (${added?.id}, '{residents}')`),
    )
    const letters = await asJob(db, (tx) => lettersToSend(tx, id))
    expect(letters.map(({ email }) => email)).toEqual(['aarhus-kommune@example.org'])
  })

  test('CAP-3: whoever both plans and keeps the secretariat writes to no address of their own', async () => {
    const both = await addActor(db, 'Both', [
      { organisation: 'viborg-kommune', role: 'provider' },
      { organisation: 'viborg-kommune', role: 'secretariat' },
    ])
    const kept = done(
      await act(db, both, recordAddress, {
        keeper: 'viborg-kommune',
        party: 'organisation:samsoe-kommune',
        email: 'mine@example.org',
        locale: 'da',
      }),
    )
    const offer = await offerInUse(db, { users: ['samsoe-kommune'] })
    const id = await plan(db, both, offer.slug, { change: -2 })
    for (const actor of [both, operator.actor])
      expect(await act(db, actor, contactMunicipalities, { id })).toMatchObject({ is: 'invalid' })
    done(await act(db, secretary.actor, forgetAddress, { id: kept.id }))
    await keepAddresses(db, secretary.actor, ['samsoe-kommune'])
    expect(await contact(db, both, id)).toMatchObject({ contacted: 1 })
  })
})

describe('this was not us', () => {
  test('CAP-3: a municipality sees letter and answer on its desk; what it disputes no longer counts, is not public, and its link is dead', async () => {
    const offer = await offerInUse(db)
    const id = await plan(db, operator.actor, offer.slug, { change: -2 })
    await contact(db, operator.actor, id)
    const { token, contact: contactId } = await answered(id)
    expect((await page('/capacity/adjustments/letters', lead)).text).toContain(contactId)
    const shown = (await page(`/capacity/adjustments/letters/${contactId}`, lead)).text
    for (const words of ['aarhus-kommune@example.org', 'Hvem Somhelst', 'Det er helt fint med os.', 'This was not us'])
      expect(shown).toContain(words)

    const { answer } = (await as(lead.actor, (tx) =>
      tx.one(
        sql<{ answer: string }>`select id as answer from capacity.adjustment_answer where contact_id = ${contactId}`,
      ),
    )) ?? { answer: '' }
    for (const actor of [stranger, operator.actor, secretary.actor]) {
      expect((await act(db, actor, disputeAnswer, { id: answer })).is).toMatch(/forbidden|notFound/)
      expect(
        (await act(db, actor, answerAsMunicipality, { id: contactId, answer: 'agrees', name: 'x', function: 'y' })).is,
      ).toMatch(/forbidden|notFound/)
      await expect(
        as(actor, (tx) =>
          tx.all(
            sql`insert into capacity.adjustment_dispute (answer_id, disputed_by, disputed_at) values (${answer}, ${actor.account}, ${tx.now})`,
          ),
        ),
      ).rejects.toThrow(/row-level security/)
      await expect(
        as(actor, (tx) =>
          tx.all(
            sql`insert into capacity.adjustment_answer (contact_id, answer, answered_at) values (${contactId}, 'agrees', ${tx.now})`,
          ),
        ),
      ).rejects.toThrow(/row-level security/)
    }
    expect((await fetch(`${url}/capacity/adjustments/letters/${contactId}`, { redirect: 'manual' })).status).not.toBe(
      200,
    )

    const form = { words: 'Vi kender ikke afsenderen.', _key: crypto.randomUUID() }
    expect((await lead.browser.post(`/capacity/adjustments/answers/${answer}/dispute`, form)).status).toBe(303)
    expect(await act(db, lead.actor, disputeAnswer, { id: answer })).toMatchObject({ is: 'late' })

    const told = await (await fetch(`${url}/adjustments/${id}`)).text()
    expect(told).not.toContain('Det er helt fint med os.')
    expect(told).toMatch(/not its own/)
    expect(await as(null, (tx) => tx.all(sql`select id from capacity.adjustment_answer where id = ${answer}`))).toEqual(
      [],
    )
    const api = (await (await fetch(`${url}/api/v1/adjustments/${id}`)).json()) as { contacted: unknown[] }
    expect(api.contacted).toMatchObject([{ answer: null, words: null, disputed: true }])

    expect((await fetch(`${url}/adjustments/answer/${token}`)).status).toBe(404)
    expect((await act(db, null, answerContact, { token, answer: 'agrees', name: 'x', function: 'y' })).is).toBe(
      'notFound',
    )
    expect(await asJob(db, (tx) => tellAdjustment(tx, { adjustment: id, occasion: 'disputed' }, url))).toBeGreaterThan(
      1,
    )

    // its own answer counts
    done(
      await act(db, lead.actor, answerAsMunicipality, {
        id: contactId,
        answer: 'concerns',
        words: 'Vi er imod.',
        name: 'Eksempel: Lis Krog',
        function: 'Leder',
      }),
    )
    const [own] = await as(null, (tx) => contactsOf(tx, id))
    expect(own).toMatchObject({ disputed: false, answer: { answer: 'concerns', words: 'Vi er imod.' } })
    expect((await stored(db, id)).state).toBe('cleared')
  })
})

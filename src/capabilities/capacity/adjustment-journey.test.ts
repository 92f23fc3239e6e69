import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { expectNoMisdeeds, person, press, stickingOut, testBrowser } from '../../../test/browser.ts'
import { testHouse } from '../../../test/house.ts'
import { act, done } from '../../../test/intake-house.ts'
import { type Staff, staff } from '../../../test/staff.ts'
import {
  asJob,
  carryOut,
  contact,
  judge,
  keepAddresses,
  offerInUse,
  placesAt,
  plan,
  stored,
} from './adjustments.fixture.ts'
import { askByMail } from './commands/adjustments/ask-approval.ts'
import { tellAdjustment } from './jobs/adjustments/tell.ts'

const house = await testHouse()
const { db, url } = house
const browser = await testBrowser()

let operator: Staff
let secretary: Staff
const dayFrom = (days: number) => new Date(db.clock.now.getTime() + days * 86_400_000).toISOString().slice(0, 10)

beforeAll(async () => {
  operator = await staff(house, 'Operator Viborg', [{ organisation: 'viborg-kommune', role: 'provider' }], {
    scopes: ['capacity:write'],
  })
  secretary = await staff(house, 'Secretary Viborg', [{ organisation: 'viborg-kommune', role: 'secretariat' }], {
    scopes: ['capacity:write'],
  })
  await keepAddresses(db, secretary.actor, ['aarhus-kommune'])
})

/** Letters that wait to be sent, the oldest first. */
async function letters(template: string): Promise<{ to: string; parameters: { link: string } }[]> {
  const { rows } = await db.ownerPool.query(
    `select payload from graphile_worker._private_jobs where payload::jsonb ->> 'template' = $1 order by id`,
    [template],
  )
  return rows.map(({ payload }) => payload)
}

/** As time goes by: the hearing is over, the chair agrees, and the job looks again. */
async function hearingAgreed(consultation: string): Promise<void> {
  await db.ownerPool.query(
    `update governance.consultation set state = 'closed', closed_at = closes_at, changed_at = closes_at where id = $1`,
    [consultation],
  )
  await db.ownerPool.query(
    `update governance.consultation set state = 'confirmed', confirmed_at = closed_at, confirmed_by = $2, confirmed_word = 'by telephone', outcome = 'agreed',
       tally = '{}', changed_at = closed_at where id = $1`,
    [consultation, secretary.account],
  )
}

describe('by mail', () => {
  test('CAP-3: a hearing that would close after the day of effect is refused; one that closes in time approves, and then places change', async () => {
    const offer = await offerInUse(db)
    const soon = await plan(db, operator.actor, offer.slug, { change: 12, effectOn: dayFrom(10) })
    await contact(db, operator.actor, soon)
    expect(await act(db, secretary.actor, askByMail, { id: soon, body: 'dassos' })).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'body' }],
    })
    const other = await offerInUse(db)
    const id = await plan(db, operator.actor, other.slug, { change: 12, effectOn: dayFrom(60) })
    await contact(db, operator.actor, id)
    const { consultation, lastDay } = done(await act(db, secretary.actor, askByMail, { id, body: 'dassos' }))
    expect(lastDay >= dayFrom(14)).toBe(true)
    expect(await judge(db, id)).toBe('waits')
    // nobody brings the day of effect before the end of the hearing
    await expect(
      db.transact({ actor: secretary.account }, (tx) =>
        tx.all(
          sql`update capacity.adjustment set consultation_id = null, state = 'cleared', changed_at = ${tx.now} where id = ${id}`,
        ),
      ),
    ).rejects.toThrow(/no entitled body|hearing/)
    await hearingAgreed(consultation)
    expect(await judge(db, id)).toBe('approved')
    expect((await stored(db, id)).state).toBe('cleared')
    db.clock.advance(60 * 86_400_000)
    expect(await carryOut(db, id)).toBe('in-force')
    expect(await placesAt(db, other.id, dayFrom(0))).toBe(32)
    db.clock.advance(-60 * 86_400_000)
  })

  test('CAP-3: a hearing that would close on a holiday closes on the next working day, and the day of effect is measured by that', async () => {
    const before = db.clock.now
    // fourteen days later is Good Friday; Easter Monday is a holiday too
    db.clock.now = new Date('2027-03-12T10:00:00Z')
    const offer = await offerInUse(db)
    const id = await plan(db, operator.actor, offer.slug, { change: 12, effectOn: '2027-03-30' })
    await contact(db, operator.actor, id)
    const refused = await act(db, secretary.actor, askByMail, { id, body: 'dassos' })
    expect(refused).toMatchObject({ is: 'invalid', errors: [{ path: 'body' }] })
    const later = await plan(db, operator.actor, (await offerInUse(db)).slug, { change: 12, effectOn: '2027-03-31' })
    await contact(db, operator.actor, later)
    expect(done(await act(db, secretary.actor, askByMail, { id: later, body: 'dassos' })).lastDay).toBe('2027-03-30')
    db.clock.now = before
  })
})

describe('in a browser without script, on a telephone', () => {
  test('CAP-3: an operator plans twelve places, contacts, is approved by mail, and the change takes effect', async () => {
    const offer = await offerInUse(db)
    const { page, context, misdeeds } = await person(browser, url, {
      javaScriptEnabled: false,
      viewport: { width: 320, height: 700 },
      locale: 'da-DK',
    })
    await context.addCookies(cookiesOf(operator))
    await page.goto('/capacity/adjustments/new')
    // pressed with nothing filled in, it says what is missing, and where
    const showPath = page.locator('form[action="/capacity/adjustments/new"][method=get] button')
    await press(showPath)
    expect(
      await page.locator('.ds-error-summary a').evaluateAll((links) => links.map((link) => link.getAttribute('href'))),
    ).toEqual(['#f-offer', '#f-change', '#f-effectOn'])
    await page.selectOption('[name=offer]', offer.slug)
    await page.fill('[name=change]', '12')
    await page.fill('[name=effectOn]', dayFrom(40))
    await press(showPath)
    expect(await page.textContent('section[aria-labelledby=preview]')).toMatch(/DASSOS/)
    expect(await stickingOut(page)).toEqual([])
    for (const name of ['reason', 'peopleEffect', 'tariffEffect', 'alternatives'])
      await page.fill(`[name=${name}]`, `Eksempel: ${name}`)
    await press(page.locator('form[method=post]:has([name=reason]) button'))
    await page.waitForURL(/adjustments\/[0-9a-f-]{36}$/)
    const id = page.url().split('/').at(-1) ?? ''
    await page.goto(`/capacity/adjustments/${id}/contact`)
    // where the letter goes is not the operator's to say
    expect(await page.locator('main input:not([type=hidden])').count()).toBe(0)
    await press(page.locator('form[action$="/contact"] button'))
    expect((await stored(db, id)).state).toBe('approval-open')
    expect(await stickingOut(page)).toEqual([])

    await asJob(db, (tx) => tellAdjustment(tx, { adjustment: id, occasion: 'contacted' }, url))
    const letter = (await letters('capacity.adjustment-contact')).find(({ to }) => to === 'aarhus-kommune@example.org')
    await page.goto(letter?.parameters.link ?? '')
    expect(await stickingOut(page)).toEqual([])
    await page.check('[name=answer][value=concerns]')
    await page.fill('[name=words]', 'Vi vil gerne tale om overgangen.')
    await page.fill('[name=name]', 'Eksempel: Ida Holm')
    await page.fill('[name=function]', 'Konsulent')
    await press(page.locator('form:has([name=answer]) button'))

    const office = await person(browser, url, { javaScriptEnabled: false, viewport: { width: 320, height: 700 } })
    await office.context.addCookies(cookiesOf(secretary))
    await office.page.goto('/capacity/adjustments')
    await office.page.goto(`/capacity/adjustments/${id}`)
    await office.page.check('[name=body][value=dassos]')
    await press(office.page.locator('button[name=way][value=mail]'))
    expect(await stickingOut(office.page)).toEqual([])
    const { consultation } = await stored(db, id)
    await hearingAgreed(consultation ?? '')
    await office.page.goto(`/capacity/adjustments/${id}`)
    await press(office.page.locator(`form[action$="/verdict"] button`))
    expect((await stored(db, id)).state).toBe('cleared')
    db.clock.advance(41 * 86_400_000)
    expect(await carryOut(db, id)).toBe('in-force')
    db.clock.advance(-41 * 86_400_000)

    await page.goto(`/adjustments/${id}`)
    const told = (await page.textContent('main')) ?? ''
    expect(told).toContain('Vi vil gerne tale om overgangen.')
    expect(told).not.toContain('Ida Holm')
    expect(told).not.toContain('aarhus-kommune@example.org')
    expect(await stickingOut(page)).toEqual([])
    const pdf = await fetch(`${url}/adjustments/${id}/pdf`)
    expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    const api = await fetch(`${url}/api/v1/adjustments/${id}`)
    expect(await api.json()).toMatchObject({
      state: 'in-force',
      change: 12,
      contacted: [{ municipality: 'aarhus-kommune', answer: 'concerns' }],
    })
    expectNoMisdeeds(misdeeds)
    expectNoMisdeeds(office.misdeeds)
  })

  test('CAP-3: the API refuses what the pages refuse, with words', async () => {
    const offer = await offerInUse(db, { places: 3 })
    const body = {
      offer: offer.slug,
      kind: 'change',
      change: -3,
      effectOn: dayFrom(50),
      reason: { da: 'x' },
      peopleEffect: { da: 'x' },
      tariffEffect: { da: 'x' },
      alternatives: { da: 'x' },
    }
    const send = (token: string, what: object) =>
      fetch(`${url}/api/v1/adjustments`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'idempotency-key': crypto.randomUUID(),
        },
        body: JSON.stringify(what),
      })
    const refused = await send(operator.token, body)
    expect(refused.status).toBe(422)
    expect(await refused.json()).toMatchObject({ errors: [{ path: 'change' }] })
    expect((await send(operator.token, { ...body, change: -1, effectOn: '2020-01-01' })).status).toBe(422)
    expect((await send(secretary.token, { ...body, change: -1 })).status).toBe(403)
    expect((await send(operator.token, { ...body, change: -1 })).status).toBe(201)
  })
})

/** The session of somebody who signed in without a browser, for one that shows pages. */
function cookiesOf({ browser: signedIn }: Staff) {
  return [...signedIn.cookies].map(([name, value]) => ({ name, value, url }))
}

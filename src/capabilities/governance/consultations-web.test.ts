import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectNoMisdeeds, person, stickingOut, testBrowser } from '../../../test/browser.ts'
import { testHouse } from '../../../test/house.ts'
import { type Staff, staff } from '../../../test/staff.ts'
import { startWorker } from '../../platform/jobs/worker.ts'
import { createLog } from '../../platform/log/log.ts'
import { listLetters } from '../../platform/mail/eml.ts'
import { outboxFolder } from '../../platform/mail/post.ts'

// Maundy Thursday is 25 March 2027, Easter Sunday with the change to summer time the 28th
const sentAt = new Date('2027-03-11T09:00:00Z')
const end = new Date('2027-03-30T22:00:00Z')
const at = await testHouse({ now: sentAt })
const { url, db, house } = at
const phone = { viewport: { width: 320, height: 640 }, locale: 'da-DK', javaScriptEnabled: false }

let secretary: Staff
let member: Staff
let outsider: Staff
let worker: Awaited<ReturnType<typeof startWorker>>

const addressed = ['herning-kommune', 'odder-kommune', 'viborg-byraad']

beforeAll(async () => {
  const scopes = ['governance:write']
  secretary = await staff(at, 'Secretary', [{ organisation: 'viborg-kommune', role: 'secretariat' }], { scopes })
  member = await staff(at, 'Member', [], { scopes, locale: 'da' })
  outsider = await staff(at, 'Outsider', [{ organisation: 'jugendamt', role: 'secretariat' }], { scopes })
  const tasks = ['governance.consultation-tell', 'governance.tell-seat', 'mail.send']
  const jobs = house.jobs.filter(({ task }) => tasks.includes(task))
  worker = await startWorker(
    { database: db, config: { ...db.config, url }, log: createLog('silent'), now: () => db.clock.now },
    // what time does is begun by hand: the clock of the test is not that of the queue
    jobs,
  )
}, 120_000)
afterAll(() => worker.stop())

const letters = () => listLetters(outboxFolder({ data: db.config.data }))
/** Letters whose subject begins so, once there are as many. */
async function mailed(subject: RegExp, count: number) {
  const found = async () => (await letters()).filter((letter) => subject.test(letter.subject))
  await expect.poll(async () => (await found()).length, { timeout: 30_000 }).toBe(count)
  return found()
}
const linkIn = (text: string) => /https?:\S+\/answer\/[\w-]{43}/.exec(text)?.[0] ?? ''

/** Time passes: what the watching job does every five minutes. */
async function watch(now: Date): Promise<void> {
  db.clock.now = now
  const job = house.jobs.find(({ task }) => task === 'governance.consultations')
  if (!job) throw new Error('nobody watches consultations')
  const transact = <T>(work: (tx: never) => Promise<T>) =>
    db.transact({ actor: null, purpose: job.purpose }, work as never) as Promise<T>
  await job.run(
    {
      database: db,
      config: { ...db.config, url },
      log: createLog('silent'),
      now: () => db.clock.now,
      job: { id: 'watch', attempt: 1, lastAttempt: false },
      transact,
      signal: new AbortController().signal,
    } as never,
    {},
  )
}

async function api(path: string, body: object, token: string) {
  const response = await fetch(`${url}/api/v1/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as Record<string, string> }
}

async function looksRight(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  expect({ at: page.url(), sticksOut: await stickingOut(page) }).toEqual({ at: page.url(), sticksOut: [] })
}

const question = {
  body: 'dassos',
  title: { da: 'Flere pladser på Hedelyset' },
  question: { da: 'Skal tilbuddet have tolv pladser mere?' },
  parties: ['organisation:herning-kommune', 'organisation:odder-kommune', 'body:viborg-byraad'],
  countedBy: 'consensus',
}

describe('GOV-5: a consultation over Easter and the change of the clocks', () => {
  let id = ''
  let herning = ''
  let odder = ''

  test('GOV-5: the secretariat writes addresses down, asks on forms without script, and everybody is told', {
    timeout: 90_000,
  }, async () => {
    for (const slug of addressed) {
      const party = slug.endsWith('byraad') ? `body:${slug}` : `organisation:${slug}`
      const sent = await secretary.browser.post('/governance/addresses', {
        keeper: 'viborg-kommune',
        party,
        email: `${slug}@example.org`,
        locale: 'da',
      })
      expect(sent.status).toBe(303)
    }
    expect(await (await outsider.browser.get('/governance/addresses')).text()).not.toContain(
      'odder-kommune@example.org',
    )
    const form = await secretary.browser.get('/governance/consultations/new')
    expect(await form.text()).toContain('value="body:viborg-byraad"')
    const made = await api('consultations', question, secretary.token)
    expect(made.status).toBe(201)
    id = made.body.id ?? ''
    expect((await fetch(`${url}/consultations/${id}`)).status).toBe(404)
    const desk = await (await secretary.browser.get(`/governance/consultations/${id}`)).text()
    expect(desk).toContain('30 March 2027')
    expect((await secretary.browser.post(`/governance/consultations/${id}/send`, { version: '1' })).status).toBe(303)
    const asked = await mailed(/^Svar senest 30\. marts 2027/, 3)
    herning = linkIn(asked.find(({ to }) => to.startsWith('herning'))?.text ?? '')
    odder = linkIn(asked.find(({ to }) => to.startsWith('odder'))?.text ?? '')
    expect(new Set(asked.map(({ text }) => linkIn(text))).size).toBe(3)
  })

  test('GOV-5: a party answers from its letter on a small telephone without script, and changes its answer', {
    timeout: 90_000,
  }, async () => {
    const browser = await testBrowser()
    const { context, page, misdeeds } = await person(browser, url, phone)
    expect((await page.goto(herning))?.status()).toBe(200)
    await looksRight(page)
    expect(await page.locator('main').innerText()).toContain('23.59')
    await page.getByLabel('Uenig', { exact: true }).check()
    await page.locator('main form button[type=submit]').click()
    await looksRight(page)
    // nothing is lost, and what is missing is said at its field
    expect(await page.getByLabel('Uenig', { exact: true }).isChecked()).toBe(true)
    await page.locator('#f-name').fill('Ada Holm')
    await page.locator('#f-function').fill('Direktør')
    await page.locator('main form button[type=submit]').click()
    await page.locator('#f-remarks').fill('Vi har ledige pladser hos os.')
    await page.locator('main form button[type=submit]').click()
    await looksRight(page)
    expect(await page.locator('main').innerText()).toContain('Vi har ledige pladser hos os.')
    await page.getByLabel('Enig', { exact: true }).check()
    await page.locator('#f-remarks').fill('')
    await page.locator('main form button[type=submit]').click()
    expect(await page.locator('main').innerText()).toContain('Ada Holm')
    expectNoMisdeeds(misdeeds)
    await context.close()
    const seen = await (await fetch(`${url}/consultations/${id}`)).text()
    for (const hidden of ['Ada Holm', 'Vi har ledige']) expect(seen).not.toContain(hidden)
    const open = (await (await fetch(`${url}/api/v1/consultations/${id}`)).json()) as {
      parties: { slug: string; answered: boolean; answer: unknown }[]
    }
    expect(open.parties.find(({ slug }) => slug === 'herning-kommune')).toMatchObject({ answered: true, answer: null })
  })

  test('GOV-5: reminders go to those who have not answered, at half-time and on the day before, once', {
    timeout: 90_000,
  }, async () => {
    for (const now of [new Date('2027-03-21T07:01:00Z'), new Date('2027-03-21T07:06:00Z')]) await watch(now)
    const half = await mailed(/^Vi venter på jeres svar/, 2)
    expect(half.map(({ to }) => to).toSorted()).toEqual(['odder-kommune@example.org', 'viborg-byraad@example.org'])
    await watch(new Date('2027-03-29T06:01:00Z'))
    await mailed(/^I morgen er sidste dag/, 2)
  })

  test('GOV-5: it closes at that very moment; a link explains itself, keeps what was typed, and everybody is told', {
    timeout: 90_000,
  }, async () => {
    db.clock.now = new Date(end.getTime() - 60_000)
    expect((await fetch(odder)).status).toBe(200)
    db.clock.now = end
    const over = await fetch(odder)
    expect(over.status).toBe(410)
    expect(await over.text()).toMatch(/30.March.2027.at.23:59/)
    const late = await fetch(odder, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: url },
      body: new URLSearchParams({ answer: 'object', remarks: 'Kept words', name: 'Bo', function: 'Head' }),
    })
    expect(late.status).toBe(409)
    expect(await late.text()).toContain('Kept words')
    expect((await fetch(`${url}/answer/${'0'.repeat(43)}`)).status).toBe(404)
    await watch(new Date(end.getTime() + 60_000))
    await mailed(/^Afsluttet/, 3)
    const refused = await secretary.browser.post(`/governance/consultations/${id}/extend`, {
      until: '2027-05-01',
      reason: 'More',
    })
    expect(refused.status).toBe(409)
    expect(
      (await api(`consultations/${id}/extend`, { until: '2027-05-01', reason: 'More' }, secretary.token)).status,
    ).toBe(409)
  })

  test('GOV-1, GOV-5: the chair signs in with the address that the secretariat entered, and confirms; the secretariat publishes', {
    timeout: 90_000,
  }, async () => {
    const mandate = await api(
      'mandates',
      { body: 'dassos', seat: 'formand', name: 'Signe Toft', since: '2026-01-01' },
      secretary.token,
    )
    const tie = (browser: Staff['browser']) =>
      browser.post(`/governance/mandates/${mandate.body.id}/account`, { email: member.email, locale: 'da' })
    expect((await tie(outsider.browser)).status).toBe(403)
    expect((await member.browser.get(`/governance/consultations/${id}`)).status).toBe(403)
    expect((await tie(secretary.browser)).status).toBe(303)
    await mailed(/^Din plads er her/, 1)
    const mine = await (await member.browser.get('/governance/mine')).text()
    expect(mine).toContain(`/governance/consultations/${id}`)
    expect((await member.browser.post(`/governance/consultations/${id}/publish`, {})).status).toBe(403)
    expect((await member.browser.post(`/governance/consultations/${id}/confirm`, {})).status).toBe(303)
    expect((await member.browser.post(`/governance/consultations/${id}/publish`, {})).status).toBe(403)
    expect((await secretary.browser.post(`/governance/consultations/${id}/publish`, {})).status).toBe(303)
    await mailed(/^Resultat/, 3)
    const page = await (await fetch(`${url}/consultations/${id}`)).text()
    expect(page).toContain('The parties agree.')
    expect(page).toContain('Confirmed by the chair')
    expect(page).not.toContain('Ada Holm')
    expect((await fetch(`${url}/consultations/${id}/pdf`)).headers.get('content-type')).toBe('application/pdf')
    const feed = await (await fetch(`${url}/open/consultations.atom`)).text()
    expect(feed).toContain('Flere pladser på Hedelyset')
    const listed = await (await fetch(`${url}/consultations?region=dk-midtjylland&which=over`)).text()
    expect(listed).toContain('Consultations')
  })

  test('GOV-1: who no longer signs in for a seat sees nothing of it any more', { timeout: 60_000 }, async () => {
    const { rows } = await db.ownerPool.query('select mandate_id from governance.mandate_account')
    const sent = await secretary.browser.post(`/governance/mandates/${rows[0].mandate_id}/account/end`, {})
    expect(sent.status).toBe(303)
    expect((await member.browser.get(`/governance/consultations/${id}`)).status).toBe(403)
    await mailed(/^Du logger ikke mere ind/, 1)
  })
})

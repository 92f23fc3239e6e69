import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectNoMisdeeds, person, press, stickingOut, testBrowser } from '../../../test/browser.ts'
import { testHouse } from '../../../test/house.ts'
import { mailServer } from '../../../test/mail-server.ts'
import { pdfText } from '../../../test/pdf-text.ts'
import { type Staff, staff } from '../../../test/staff.ts'
import { startWorker } from '../../platform/jobs/worker.ts'
import { createLog } from '../../platform/log/log.ts'
import { readLetter } from '../../platform/mail/eml.ts'
import { askAbout } from './consultations.fixture.ts'
import { does, okValue } from './governance.fixture.ts'

// Maundy Thursday is 25 March 2027, Easter Sunday with the change to summer time the 28th
const sentAt = new Date('2027-03-11T09:00:00Z')
const end = new Date('2027-03-30T22:00:00Z')
const mail = await mailServer()
const at = await testHouse({ env: { SMTP_URL: mail.smtpUrl } })
const { url, db, house } = at
const phone = { viewport: { width: 320, height: 640 }, locale: 'uk-UA', javaScriptEnabled: false }

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
  // signing in is measured by the real time; what is asked happens later, and these sessions do not rest meanwhile
  await db.ownerPool.query(`update auth.session set "expiresAt" = '2100-01-01', seen_at = '2100-01-01'`)
  await db.ownerPool.query(`update access.token set expires_at = '2100-01-01'`)
  await db.ownerPool.query(`update access.membership set since = '2026-01-01'`)
  db.clock.now = sentAt
  const tasks = ['governance.consultation-tell', 'governance.tell-seat', 'mail.send']
  const jobs = house.jobs.filter(({ task }) => tasks.includes(task))
  worker = await startWorker(
    { database: db, config: { ...db.config, url }, log: createLog('silent'), now: () => db.clock.now },
    // what time does is begun by hand: the clock of the test is not that of the queue
    jobs,
  )
})
afterAll(async () => {
  await worker.stop()
  await mail.close()
})

const letters = () => mail.received.map(({ raw, to }) => ({ ...readLetter(raw), to: to.join() }))
/** Letters whose subject begins so, once there are as many. */
async function mailed(subject: RegExp, count: number) {
  const found = () => letters().filter((letter) => subject.test(letter.subject))
  await expect.poll(() => found().length, { timeout: 60_000 }).toBe(count)
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

/** A file goes with a form, as a browser sends it. */
async function upload(path: string, who: Staff): Promise<number> {
  const form = new FormData()
  form.append('_key', crypto.randomUUID())
  form.append('title', 'Regneark')
  form.append('uploads[]', new File(['%PDF-1.7 pladser'], 'pladser.pdf', { type: 'application/pdf' }))
  const cookie = [...who.browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const headers = { cookie, 'sec-fetch-site': 'same-origin', origin: url }
  return (await fetch(`${url}${path}`, { method: 'POST', body: form, redirect: 'manual', headers })).status
}

async function looksRight(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  expect({ at: page.url(), sticksOut: await stickingOut(page) }).toEqual({ at: page.url(), sticksOut: [] })
}

const question = {
  body: 'dassos',
  language: 'da',
  title: 'Flere pladser på Hedelyset',
  question: 'Skal tilbuddet have tolv pladser mere?',
  'papers.0.title': 'Notat',
  'papers.0.url': 'https://example.org/notat.pdf',
  'parties[]': ['organisation:herning-kommune', 'organisation:odder-kommune', 'body:viborg-byraad'],
  countedBy: 'consensus',
}
const desk = '/governance/consultations'
const page = async (path: string, who?: Staff) => {
  const answer = who ? await who.browser.get(path) : await fetch(`${url}${path}`)
  return { status: answer.status, text: await answer.text() }
}
const sent = async (path: string, fields: Record<string, string | string[]> = {}, who = secretary) => {
  const answer = await who.browser.post(path, { _key: crypto.randomUUID(), ...fields })
  return { status: answer.status, text: await answer.text(), to: answer.headers.get('location') ?? '' }
}
/** The secretariat prepares a consultation on the form. @returns its id */
const drafted = async () => (await sent(`${desk}/new`, question)).to.split('/').at(-1) ?? ''

let id = ''
let herning = ''
let odder = ''

describe('GOV-5: a consultation over Easter and the change of the clocks', () => {
  test('GOV-5: the secretariat writes down where it reaches parties; nobody else sees it', async () => {
    for (const slug of addressed) {
      const party = slug.endsWith('byraad') ? `body:${slug}` : `organisation:${slug}`
      const fields = { keeper: 'viborg-kommune', party, email: `${slug}@example.org`, locale: 'da' }
      expect((await sent('/governance/addresses', fields)).status).toBe(303)
      expect((await sent('/governance/addresses', fields)).status).toBe(422)
      expect((await sent('/governance/addresses', fields, outsider)).status).toBe(403)
    }
    expect((await page('/governance/addresses', secretary)).text).toContain('odder-kommune@example.org')
    expect((await page('/governance/addresses', outsider)).text).not.toContain('odder-kommune@example.org')
    expect((await page('/governance/addresses', member)).status).toBe(403)
  })

  test('GOV-5: the secretariat asks on forms without script; what is wrong stands at its field; every party is written to', async () => {
    const form = await page(`${desk}/new`, secretary)
    expect(form.text).toContain('value="body:viborg-byraad"')
    const again = await sent(`${desk}/new`, { ...question, title: '' })
    expect(again.status).toBe(422)
    expect(again.text).toContain('Skal tilbuddet have tolv pladser mere?')
    id = await drafted()
    expect((await page(`/consultations/${id}`)).status).toBe(404)
    expect((await page(`${desk}/${id}`, outsider)).status).toBe(404)
    expect(await upload(`${desk}/${id}/papers`, outsider)).toBe(404)
    expect(await upload(`${desk}/${id}/papers`, secretary)).toBe(303)
    const shown = (await page(`${desk}/${id}`, secretary)).text
    expect(shown).toMatch(/30.March.2027/)
    const file = /\/consultations\/[\w-]+\/papers\/[\w-]+/.exec(shown)?.[0] ?? ''
    expect((await page(file)).status).toBe(404)
    expect((await sent(`${desk}/${id}/send`, { version: '1' })).to).toBe(`${desk}/${id}`)
    const asked = await mailed(/^Svar senest 30.\smarts\s2027/, 3)
    expect(asked.map(({ to }) => to).toSorted()).toEqual(addressed.map((slug) => `${slug}@example.org`))
    herning = linkIn(asked.find(({ to }) => to.startsWith('herning'))?.text ?? '')
    odder = linkIn(asked.find(({ to }) => to.startsWith('odder'))?.text ?? '')
    expect(new Set(asked.map(({ text }) => linkIn(text))).size).toBe(3)
    // now everybody reads the paper, and the party by its link
    const read = await fetch(`${url}${file}`)
    expect([read.status, await read.text()]).toEqual([200, '%PDF-1.7 pladser'])
    expect((await fetch(`${herning}/papers/${file.split('/').at(-1)}`)).status).toBe(200)
    expect(await upload(`${desk}/${id}/papers`, secretary)).toBe(409)
  })

  test('GOV-5: a party answers from its letter on a small telephone without script, and changes its answer', async () => {
    const browser = await testBrowser()
    const { context, page: phoned, misdeeds } = await person(browser, url, phone)
    expect((await phoned.goto(herning))?.status()).toBe(200)
    await looksRight(phoned)
    const send = () => press(phoned.locator('main form button[type=submit]'))
    const said = () => phoned.locator('main').innerText()
    const choose = (label: string) => phoned.getByRole('radio', { name: label, exact: true })
    expect(await said()).toContain('23:59')
    await choose('Заперечуємо').check()
    await send()
    await looksRight(phoned)
    // nothing is lost, and what is missing is said at its field
    expect(await choose('Заперечуємо').isChecked()).toBe(true)
    await phoned.locator('#f-name').fill('Ada Holm')
    await phoned.locator('#f-function').fill('Direktør')
    await send()
    expect(await said()).toContain('Напишіть зауваження')
    await phoned.locator('#f-remarks').fill('Vi har ledige pladser hos os.')
    await send()
    await looksRight(phoned)
    expect(await said()).toContain('Vi har ledige pladser hos os.')
    await choose('Погоджуємося').check()
    await phoned.locator('#f-remarks').fill('')
    await send()
    expect(await said()).toContain('Ada Holm')
    expectNoMisdeeds(misdeeds)
    await context.close()
    const seen = (await page(`/consultations/${id}`)).text
    for (const hidden of ['Ada Holm', 'Vi har ledige']) expect(seen).not.toContain(hidden)
    const open = JSON.parse((await page(`/api/v1/consultations/${id}`)).text) as {
      parties: { slug: string; answered: boolean; answer: unknown }[]
    }
    expect(open.parties.find(({ slug }) => slug === 'herning-kommune')).toMatchObject({ answered: true, answer: null })
    expect((await page(`${desk}/${id}`, secretary)).text).toContain('Ada Holm')
  })

  test('GOV-5: more time, and a consultation that is taken back: all parties are told why', async () => {
    const other = await drafted()
    await sent(`${desk}/${other}/send`)
    await mailed(/^Svar senest/, 6)
    expect((await sent(`${desk}/${other}/extend`, { until: '2027-04-07', reason: '' })).status).toBe(422)
    expect((await sent(`${desk}/${other}/extend`, { until: '2027-04-07', reason: 'Påsken' })).status).toBe(303)
    const told = await mailed(/^Mere tid, til 7.\sapril\s2027/, 3)
    expect(told[0]?.text).toContain('Påsken')
    expect(linkIn(told[0]?.text ?? '')).not.toBe('')
    expect((await page(`/consultations/${other}`)).text).toContain('Påsken')
    expect((await sent(`${desk}/${other}/withdraw`, { reason: 'Stillet ved en fejl' }, outsider)).status).toBe(403)
    expect((await sent(`${desk}/${other}/withdraw`, { reason: 'Stillet ved en fejl' })).status).toBe(303)
    expect((await mailed(/^Trukket tilbage/, 3))[0]?.text).toContain('Stillet ved en fejl')
    expect((await fetch(linkIn(told[0]?.text ?? ''))).status).toBe(410)
  })

  test('GOV-5: reminders go to those who have not answered, at half-time and on the day before, once', async () => {
    for (const now of [new Date('2027-03-21T07:01:00Z'), new Date('2027-03-21T07:06:00Z')]) await watch(now)
    const half = await mailed(/^Vi venter på jeres svar/, 2)
    expect(half.map(({ to }) => to).toSorted()).toEqual(['odder-kommune@example.org', 'viborg-byraad@example.org'])
    await watch(new Date('2027-03-29T06:01:00Z'))
    await mailed(/^I morgen er sidste dag/, 2)
  })

  test('GOV-5: it closes at that very moment; a link explains itself, keeps what was typed, and everybody is told', async () => {
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
    const more = { until: '2027-05-01', reason: 'More' }
    expect((await sent(`${desk}/${id}/extend`, more)).status).toBe(409)
    expect((await api(`consultations/${id}/extend`, more, secretary.token)).status).toBe(409)
  })

  test('GOV-1, GOV-5: the chair signs in with the address that the secretariat entered, and confirms; the secretariat publishes', async () => {
    const seat = { body: 'dassos', seat: 'formand', name: 'Signe Toft', since: '2026-01-01' }
    const mandate = await api('mandates', seat, secretary.token)
    expect(mandate.status).toBe(201)
    const tie = { email: member.email, locale: 'da' }
    const account = `/governance/mandates/${mandate.body.id}/account`
    expect((await sent(account, tie, outsider)).status).toBe(403)
    expect((await page(`${desk}/${id}`, member)).status).toBe(403)
    expect((await page('/governance/mine', member)).text).not.toContain(id)
    expect((await page(account, secretary)).status).toBe(200)
    expect((await sent(account, tie)).status).toBe(303)
    await mailed(/^Din plads er her/, 1)
    expect((await page('/governance/mine', member)).text).toContain(`${desk}/${id}`)
    expect((await page(`${desk}/${id}`, member)).text).not.toContain('Ada Holm')
    expect((await sent(`${desk}/${id}/publish`, {}, member)).status).toBe(403)
    expect((await sent(`${desk}/${id}/confirm`, {}, member)).status).toBe(303)
    expect((await sent(`${desk}/${id}/publish`, {}, member)).status).toBe(403)
    // result and answers are published together
    expect((await page(`/consultations/${id}`)).text).not.toContain('The parties agree.')
    expect(JSON.parse((await page(`/api/v1/consultations/${id}`)).text)).toMatchObject({ outcome: null, tally: null })
    expect((await sent(`${desk}/${id}/publish`)).status).toBe(303)
    await mailed(/^Resultat/, 3)
    const { text } = await page(`/consultations/${id}`)
    expect(text).toContain('The parties agree.')
    expect(text).toContain('Confirmed by the chair')
    expect(text).not.toContain('Ada Holm')
    const paper = await fetch(`${url}/consultations/${id}/pdf`)
    expect([paper.headers.get('content-type'), (await paper.text()).slice(0, 5)]).toEqual(['application/pdf', '%PDF-'])
    expect((await page('/open/consultations.atom')).text).toContain('Flere pladser på Hedelyset')
    const listed = (await page('/consultations?region=dk-midtjylland&which=over&q=hedelyset')).text
    expect(listed).toContain(`/consultations/${id}`)
  })

  test('GOV-1: a director in the steering group answers for their municipality, from the page of their bodies; once the tie has ended they see nothing of it', async () => {
    db.clock.now = sentAt
    const other = await drafted()
    await sent(`${desk}/${other}/send`)
    const mandate = await api(
      'mandates',
      { body: 'dassos', seat: 'direktoer/odder-kommune', name: 'Karen Lund', since: '2026-01-01' },
      secretary.token,
    )
    expect(mandate).toMatchObject({ status: 201 })
    const account = `/governance/mandates/${mandate.body.id}/account`
    expect((await page('/governance/mine', member)).text).not.toContain('/governance/answers/')
    await sent(account, { email: member.email, locale: 'da' })
    const mine = (await page('/governance/mine', member)).text
    expect(mine).toContain('Odder')
    const form = /\/governance\/answers\/[\w-]+/.exec(mine)?.[0] ?? ''
    expect((await page(form, member)).text).toContain('Skal tilbuddet have tolv pladser mere?')
    const answer = { answer: 'agree', name: 'Karen Lund', function: 'Direktør' }
    expect((await sent(form, answer, member)).status).toBe(303)
    expect((await sent(form, answer, outsider)).status).toBe(403)
    const party = form.split('/').at(-1)
    const overApi = (consultation: string) =>
      api(`consultations/${consultation}/answers`, { party, ...answer, answer: 'no-remarks' }, member.token)
    expect((await overApi(id)).status).toBe(404)
    expect((await overApi(other)).status).toBe(201)

    expect((await sent(`${account}/end`)).status).toBe(303)
    await mailed(/^Du logger ikke mere ind/, 1)
    expect((await page(form, member)).status).toBe(403)
    expect((await sent(form, answer, member)).status).toBe(403)
    expect((await page('/governance/mine', member)).text).not.toContain('/governance/answers/')
  })

  test('GOV-5: the page of a consultation leads to what it is about, where the reader may see that', async () => {
    const decision = await api(
      'decisions',
      {
        body: 'viborg-byraad',
        matter: 'oevrige-sager',
        decidedOn: '2026-11-20',
        outcome: 'agreed',
        title: { da: 'Otte pladser flyttes' },
      },
      secretary.token,
    )
    expect(decision).toMatchObject({ status: 201 })
    const ask = async (subject: { kind: string; id: string }) =>
      okValue(await does(db, outsider.actor, askAbout(), { ...subject, parties: ['herning-kommune'] })).id
    const about = { kind: 'governance.decision', id: decision.body.id ?? '' }
    const asked = await ask(about)
    const shown = (await page(`/consultations/${asked}`)).text
    expect(shown).toContain(`<a href="/decisions/${about.id}">Otte pladser flyttes</a>`)
    const [letter] = (await mailed(/Otte pladser færre/, 1)).filter(({ to }) => to.startsWith('herning'))
    expect(await (await fetch(linkIn(letter?.text ?? ''))).text()).toContain(`/decisions/${about.id}`)
    expect(JSON.parse((await page(`/api/v1/consultations/${asked}`)).text)).toMatchObject({ subject: about })
    expect(await (await secretary.browser.get(`/governance/consultations/${asked}`)).text()).toContain(
      `<a href="/decisions/${about.id}">Otte pladser flyttes</a>`,
    )
    const paper = await fetch(`${at.url}/consultations/${asked}/pdf`)
    expect(pdfText(new Uint8Array(await paper.arrayBuffer()))).toContain('Otte pladser flyttes')
    const hidden = await ask({ kind: 'governance.decision', id: crypto.randomUUID() })
    expect((await page(`/consultations/${hidden}`)).text).not.toContain('It is about')
  })
})

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askForDocuments } from '../../src/capabilities/intake/commands/ask-for-documents.ts'
import { continueReview } from '../../src/capabilities/intake/commands/continue-review.ts'
import { decideRequest } from '../../src/capabilities/intake/commands/decide-request.ts'
import { settleDocument } from '../../src/capabilities/intake/commands/settle-document.ts'
import { takeRequest } from '../../src/capabilities/intake/commands/take-request.ts'
import { documentsOf } from '../../src/capabilities/intake/store/documents.ts'
import { readRequest } from '../../src/capabilities/intake/store/requests.ts'
import type { Actor } from '../../src/platform/access/actor.ts'
import { addActor } from '../actors.ts'
import { examine } from '../axe.ts'
import { expectNoMisdeeds, person, press, stickingOut, testBrowser } from '../browser.ts'
import { testHouse } from '../house.ts'
import { act, askForHelp, done, serviceId } from '../intake-house.ts'

const { url, db, house } = await testHouse()
const browser = await testBrowser()
let worker: Actor
let visit: Awaited<ReturnType<typeof person>>
let page: Page

beforeAll(async () => {
  worker = await addActor(db, 'Оксана Черненко', [{ organisation: 'dovira', role: 'team_lead' }])
  visit = await person(browser, url, {
    viewport: { width: 320, height: 640 },
    locale: 'uk-UA',
    reducedMotion: 'reduce',
  })
  page = visit.page
})
afterAll(async () => {
  expectNoMisdeeds(visit.misdeeds)
  await visit.context.close()
})

const papersOf = (id: string) => db.transact({ actor: worker.account }, (tx) => documentsOf(tx, id))

async function seeAllPapers(id: string): Promise<void> {
  for (const paper of await papersOf(id))
    if (paper.state === 'open') done(await act(db, worker, settleDocument, { document: paper.id, as: 'seen' }))
}

/** Opens the page behind the link. @returns its words */
async function open(token: string, more = ''): Promise<string> {
  const response = await page.goto(`/r/${token}${more}`)
  expect(response?.status()).toBe(200)
  const { violations, unanswered } = await examine(page)
  expect({ violations, unanswered, sticksOut: await stickingOut(page) }).toEqual({
    violations: [],
    unanswered: [],
    sticksOut: [],
  })
  return page.locator('main').innerText()
}

describe('what somebody reads behind their link', () => {
  test('INT-4, INT-5: papers are missing: which, until when, and what follows once they are here', async () => {
    const { id, token } = await askForHelp(db, { pack: 'ua-kharkiv', service: 'konsultuvannia', locale: 'uk' })
    done(await act(db, worker, takeRequest, { request: id }))
    const [paper, ...others] = (await papersOf(id)).filter(({ from }) => from === 'person')
    for (const other of others) done(await act(db, worker, settleDocument, { document: other.id, as: 'seen' }))
    done(
      await act(db, worker, askForDocuments, {
        request: id,
        documents: [paper?.id ?? ''],
        note: 'Досить фотографії першої сторінки.',
      }),
    )
    const waiting = await open(token)
    expect(waiting).toContain('Бракує 1 документа')
    expect(waiting).toContain('Досить фотографії першої сторінки.')
    expect(waiting).toMatch(/Час є до \d+/)
    // the clock that the person holds up stands still, and says so
    expect(waiting).toContain('зупинено, доки немає документів')
    await press(page.locator('main .ln-note a[href*="/papers/"]'))
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'заява.txt', mimeType: 'text/plain', buffer: Buffer.from('Заява') })
    await press(page.locator('main form button[type=submit]').first())
    await page.waitForURL(`**/r/${token}`)
    const here = await page.locator('main').innerText()
    expect(here).not.toContain('Бракує')
    expect(here).not.toContain('зупинено, доки немає документів')
    expect(here).toContain('заява.txt')
  })

  test('INT-5: a refusal in words: ground, facts, what else there is, how to appeal', async () => {
    const { id, token } = await askForHelp(db, {
      pack: 'ua-kharkiv',
      service: 'vlashtuvannia-do-simeinykh-form-vykhovannia',
      locale: 'uk',
    })
    done(await act(db, worker, takeRequest, { request: id }))
    const asked = done(
      await act(db, worker, askForDocuments, {
        request: id,
        documents: (await papersOf(id)).filter(({ from }) => from === 'person').map((paper) => paper.id),
      }),
    )
    const now = db.clock.now
    db.clock.now = new Date(asked.until)
    await db.transact({ actor: null, purpose: 'intake' }, async (tx) => {
      const request = await readRequest(tx, id)
      if (request) await continueReview(tx, request, null)
    })
    done(
      await act(db, worker, decideRequest, {
        request: id,
        outcome: 'refused',
        ground: 'incomplete-documents',
        facts: 'Документа про статус сім’ї ми не отримали.',
        alternatives: [await serviceId(db, 'nadannia-prytulku')],
        human: 'Черговий центру «Довіра», кабінет 2',
      }),
    )
    const words = await open(token)
    expect(words).toContain('Подано неповний комплект документів')
    expect(words).toContain('Документа про статус сім’ї ми не отримали.')
    expect(words).toContain('Черговий центру «Довіра»')
    expect(words).toContain('Якщо ви не згодні')
    expect(words).toContain('строк не звірено із законом')
    expect(await page.locator('main a[href="/services/nadannia-prytulku"]').count()).toBe(1)
    // what is decided cannot be taken back
    expect(await page.locator('main a[href$="/withdraw"]').count()).toBe(0)
    expect((await page.goto(`/r/${token}/withdraw`))?.url()).toBe(`${url}/r/${token}`)
    db.clock.now = now
  })

  test('INT-2: acceptance and what follows, the waiting list first', async () => {
    const { id, token } = await askForHelp(db, { pack: 'ua-kharkiv', service: 'nadannia-prytulku', locale: 'uk' })
    done(await act(db, worker, takeRequest, { request: id }))
    await seeAllPapers(id)
    done(await act(db, worker, decideRequest, { request: id, outcome: 'accepted', words: 'Раді, що ви звернулися.' }))
    const words = await open(token)
    expect(words).toContain('Так: ви отримаєте цю допомогу.')
    expect(words).toContain('Раді, що ви звернулися.')
    expect(words).toContain('Очікування місця')
    expect(words).toContain('Ваше місце у списку очікування')
    await press(page.locator('main a[href$="/waiting"]'))
    await page.waitForURL('**/waiting')
    expect(await page.locator('h1').count()).toBe(1)
  })

  test('INT-11: whatever part of the house shows it, no page behind a link is kept, and each can be left at once', async () => {
    const { id, token } = await askForHelp(db, { pack: 'ua-kharkiv', service: 'nadannia-prytulku' })
    done(await act(db, worker, takeRequest, { request: id }))
    await seeAllPapers(id)
    done(await act(db, worker, decideRequest, { request: id, outcome: 'accepted' }))
    const addresses = house.door.routes.flatMap(({ kind, address }) =>
      kind === 'page' && address.startsWith('/r/{token}') && !/\{(?!token)/.test(address) ? [address] : [],
    )
    expect(addresses.length).toBeGreaterThan(8)
    for (const address of addresses) {
      const reply = await fetch(`${url}${address.replace('{token}', token)}`)
      const html = await reply.text()
      if (reply.status !== 200 || reply.url.endsWith('.svg') || new URL(reply.url).pathname === '/ask') continue
      expect([address, reply.headers.get('cache-control')]).toEqual([address, 'no-store'])
      expect([address, html.includes('ln-leave')]).toEqual([address, true])
    }
  })

  test('DIR-2: a redirected request is found behind the same link, and under the account', async () => {
    const resident = await addActor(db, 'Наталя Гриценко')
    const { id, token } = await askForHelp(db, {
      pack: 'ua-kharkiv',
      service: 'konsultuvannia',
      locale: 'uk',
      actor: resident,
    })
    done(await act(db, worker, takeRequest, { request: id }))
    await seeAllPapers(id)
    done(
      await act(db, worker, decideRequest, {
        request: id,
        outcome: 'redirected',
        redirect: await serviceId(db, 'nadannia-prytulku'),
        agreed: 'Телефоном, 23 листопада.',
      }),
    )
    const words = await open(token)
    expect(words).toContain('Телефоном, 23 листопада.')
    const onward = page.locator('main .ln-note a[href*="/requests/"]')
    const href = (await onward.getAttribute('href')) ?? ''
    await press(onward)
    await page.waitForURL(`**${href}`)
    expect(await page.locator('h1').innerText()).toContain('Надання притулку')
    await open(token, href.replace(`/r/${token}`, ''))
    const { rows } = await db.ownerPool.query('select account_id from intake.request where redirected_from = $1', [id])
    expect(rows[0].account_id).toBe(resident.account)
    // nobody else's request opens beside a link
    const other = await askForHelp(db, { pack: 'ua-kharkiv', service: 'nadannia-prytulku' })
    expect((await page.goto(`/r/${token}/requests/${other.id}`))?.status()).toBe(404)
  })
})

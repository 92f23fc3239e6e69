import { signIn } from './sign-in.mjs'

/**
 * One picture of a guide. `show` brings the page into the state that is shown, and may return the part of it that is taken.
 * @typedef {import('playwright-core').Page} Page
 * @typedef {{ url: string, accounts: object[], askProviders(): Promise<void> }} House
 * @typedef {{ name: string, size: 'phone' | 'desk', height?: number,  language?: string, region?: string,
 *   show(page: Page, house: House): Promise<unknown> }} Scene
 */

const kharkiv = { region: 'ua-kharkiv' }
const noHome = '/find?what=nowhere-to-live&who=me-and-my-child&where=-'
const editor = 'editor.viborg@example.org'
const administrator = 'administrator.viborg@example.org'
const refuge = 'viborg-krisecenter-klokkelyng'
const counselling = 'viborg-gaeldsraadgivning'
const desk = '/directory'
const worker = 'worker.kharkiv@example.org'
const midtjylland = { region: 'dk-midtjylland' }
const secretariat = 'secretariat.viborg@example.org'
const operator = 'operator.viborg@example.org'
const member = 'member.herning@example.org'

const open = (address) => async (page) => void (await page.goto(address))
const goOn = (page) => page.locator('main form button[type=submit]').first().click()
const as = (email, address) => async (page, house) => void (await signIn(page, house, email, address))

/** @type {readonly Scene[]} */
export const scenes = [
  { name: 'readme', size: 'desk', height: 640, ...kharkiv, show: open(noHome) },

  { name: 'residents-front', size: 'phone', ...kharkiv, show: open('/') },
  { name: 'residents-question', size: 'phone', ...kharkiv, show: open('/find') },
  { name: 'residents-why', size: 'phone', height: 900, ...kharkiv, show: open(noHome) },
  { name: 'residents-card', size: 'desk', ...kharkiv, show: open('/services/nadannia-prytulku') },
  { name: 'residents-list', size: 'desk', show: open('/services?q=hjemlos') },

  ...asking('', 'en', 'ua-kharkiv', 'nadannia-prytulku', {
    words: 'Our house is destroyed. We sleep at the station.',
    name: 'Maria Example',
    phone: '+380 50 000 00 00',
    times: 'On weekdays before 15:00',
  }),
  ...finding('.uk', 'uk', 'ua-kharkiv'),
  ...asking('.uk', 'uk', 'ua-kharkiv', 'nadannia-prytulku', {
    words: 'Наш дім зруйновано. Ночуємо на вокзалі.',
    name: 'Марія Прикладна',
    phone: '+380 50 000 00 00',
    times: 'У будні до 15:00',
  }),
  ...finding('.de', 'de', 'de-stuttgart'),
  ...asking('.de', 'de', 'de-stuttgart', 'fachstelle-wohnungsnotfaelle', {
    words: 'Die Wohnung ist gekündigt. Wir schlafen bei Freunden.',
    name: 'Maria Beispiel',
    phone: '+49 711 0000009',
    times: 'Werktags vor 15 Uhr',
  }),

  { name: 'desk-list', size: 'desk', height: 1120, ...kharkiv, show: as(worker, '/requests') },
  { name: 'desk-request', size: 'desk', height: 1240, ...kharkiv, show: request('Марина') },
  { name: 'desk-papers', size: 'desk', height: 900, ...kharkiv, show: request('Марченко', papers) },
  { name: 'desk-decide', size: 'desk', height: 900, ...kharkiv, show: request('Марченко', deciding) },
  { name: 'desk-letters', size: 'desk', height: 620, ...kharkiv, show: request('Ткаченко', letters) },
  { name: 'desk-pair', size: 'desk', height: 900, ...kharkiv, show: pair },

  { name: 'editors-sign-in', size: 'desk', height: 620, show: open('/sign-in') },
  { name: 'editors-factor', size: 'desk', height: 620, show: as(editor, '/account/second-factor') },
  { name: 'editors-desk', size: 'desk', height: 800, show: as(editor, desk) },
  { name: 'editors-card', size: 'desk', show: as(editor, `${desk}/services/${refuge}`) },
  { name: 'editors-edit', size: 'desk', height: 800, show: as(editor, `${desk}/services/${refuge}/edit`) },
  { name: 'editors-versions', size: 'desk', show: as(editor, `${desk}/services/${counselling}/versions`) },
  {
    name: 'editors-proposal',
    size: 'desk',
    height: 800,
    async show(page, house) {
      await signIn(page, house, editor, desk)
      await page.locator('a[href^="/directory/proposals/"]').first().click()
    },
  },
  {
    name: 'editors-differences',
    size: 'desk',
    height: 600,
    async show(page, house) {
      await signIn(page, house, editor, `${desk}/services/${counselling}/versions`)
      await page.getByRole('link', { name: 'What changed' }).first().click()
    },
  },
  { name: 'editors-letter', size: 'desk', height: 620, ...kharkiv, show: openLetter },
  {
    name: 'editors-confirm',
    size: 'phone',
    height: 900,
    ...kharkiv,
    async show(page, house) {
      await openLetter(page, house)
      await page.locator('main a[href*="/confirm/"]').click()
    },
  },
  {
    name: 'operators-code',
    size: 'desk',
    height: 720,
    async show(page, house) {
      await signIn(page, house, administrator, '/account', { stopAtCode: true })
    },
  },
  { name: 'operators-api', size: 'desk', height: 600, show: open('/api') },

  { name: 'secretariats-desk', size: 'desk', height: 1000, ...midtjylland, show: as(secretariat, '/governance') },
  { name: 'secretariats-meeting', size: 'desk', height: 1100, ...midtjylland, show: holding },
  {
    name: 'secretariats-consultation',
    size: 'desk',
    height: 1000,
    ...midtjylland,
    async show(page) {
      await page.goto('/consultations?which=open')
      await page.locator('main a', { hasText: 'retningslinjer' }).first().click()
      await page.locator('#course').evaluate((section) => section.scrollIntoView())
    },
  },
  {
    name: 'secretariats-agreement',
    size: 'desk',
    height: 1000,
    ...midtjylland,
    show: firstOf('/framework-agreements'),
  },
  { name: 'secretariats-wheel', size: 'desk', height: 1000, ...midtjylland, show: open('/year-wheel') },
  { name: 'members-answer', size: 'phone', height: 1100, ...midtjylland, show: answering },
  { name: 'members-answer.da', size: 'phone', height: 1100, language: 'da', ...midtjylland, show: answering },
  { name: 'members-mine', size: 'desk', height: 800, ...midtjylland, show: as(member, '/governance/mine') },
  { name: 'places-report', size: 'phone', height: 1000, ...midtjylland, show: reporting },
  { name: 'places-offer', size: 'desk', height: 1000, ...midtjylland, show: firstOf('/offers') },
  {
    name: 'places-adjustment',
    size: 'desk',
    height: 1000,
    ...midtjylland,
    show: firstOf('/adjustments?state=approval-open'),
  },
  {
    name: 'places-tariff',
    size: 'desk',
    height: 1100,
    ...midtjylland,
    async show(page) {
      await firstOf('/tariffs')(page)
      await page.locator('#main').evaluate((main) => main.scrollIntoView())
    },
  },
]

/** The first thing of a list. */
function firstOf(list) {
  const folder = list.replace(/\?.*$/, '')
  return async (page) => {
    await page.goto(list)
    const links = page.locator(`main a[href^="${folder === '/tariffs' ? '/offers' : folder}/"]`)
    await links.first().click()
  }
}

/** The screen on which a meeting is held, of the one whose minutes wait for approval. */
async function holding(page, house) {
  await signIn(page, house, secretariat, '/governance')
  const held = page
    .locator('section', { hasText: 'Minutes to approve' })
    .locator('a[href^="/governance/meetings/"]')
    .last()
  const address = await held.getAttribute('href')
  await page.goto(`${address.replace(/\/hold$/, '')}/hold`)
}

/** The form behind the link of a letter that asks a party. */
async function answering(page) {
  await page.goto('/outbox')
  await page
    .locator('main a', { hasText: /^(Svar senest|Vi venter på jeres svar)/ })
    .first()
    .click()
  const link = await page.locator('main a[href*="/answer/"]').first().getAttribute('href')
  await page.goto(new URL(link).pathname)
}

/** The report of an offer on a telephone. */
async function reporting(page, house) {
  await signIn(page, house, operator, '/places')
  await page.locator('main a[href^="/places/"]').first().click()
}

/** The letter that asks a provider whether its cards are still right. */
async function openLetter(page, house) {
  await house.askProviders()
  await page.goto('/outbox')
  await page.locator('main a[href^="/outbox/"]').first().click()
}

/** Finding help, in the language of an edition. */
function finding(edition, language, region) {
  const scene = { size: 'phone', language, region }
  return [
    { name: `residents-front${edition}`, ...scene, show: open('/') },
    { name: `residents-why${edition}`, ...scene, height: 900, show: open(noHome) },
  ]
}

/** Asking for help, in the language of an edition: from the first page to the page behind the link. */
function asking(edition, language, region, service, typed) {
  const scene = { size: 'phone', language, region }
  return [
    {
      name: `residents-ask${edition}`,
      ...scene,
      async show(page) {
        await page.goto(`/ask?service=${service}`)
        await page.locator('main form').evaluate((form) => form.scrollIntoView())
      },
    },
    {
      name: `residents-later${edition}`,
      ...scene,
      height: 1120,
      async show(page) {
        await begin(page, service, typed)
        await page.locator('main button[formaction$="/later"]').click()
      },
    },
    {
      name: `residents-contact${edition}`,
      ...scene,
      height: 900,
      async show(page) {
        await begin(page, service, typed)
        await tell(page, typed)
      },
    },
    {
      name: `residents-mine${edition}`,
      ...scene,
      height: 1000,
      async show(page) {
        await begin(page, service, typed)
        const link = await tell(page, typed)
        await goOn(page)
        await goOn(page)
        await page.goto(link)
      },
    },
  ]
}

async function begin(page, service, { words }) {
  await page.goto(`/ask?service=${service}`)
  await goOn(page)
  await page.locator('[name="situation.words"]').fill(words)
}

/** Who asks, and how to reach them; returns the address of their page. */
async function tell(page, { name, phone, times }) {
  const link = page.url().replace(/\/what$/, '')
  await goOn(page)
  await page.locator('[name="particulars.name"]').fill(name)
  const area = page.locator('select[name="particulars.area"]')
  if (await area.count()) await area.selectOption({ index: 1 })
  await goOn(page)
  await page.locator('input[value=phone]').check()
  await page.locator('[name="contact.phone"]').fill(phone)
  await page.locator('input[value=discreet]').check()
  await page.locator('[name="contact.times"]').fill(times)
  await page.evaluate(() => {
    document.activeElement.blur()
    scrollTo(0, 0)
  })
  return link
}

/** Opens the request of somebody at the desk, and what is shown of it. */
function request(who, then) {
  return async (page, house) => {
    await signIn(page, house, worker, `/requests?q=${encodeURIComponent(who)}`)
    await page.locator('main table a[href^="/requests/"]').first().click()
    return then?.(page)
  }
}

async function deciding(page) {
  await page.goto(`${page.url()}/decide`)
}

async function papers(page) {
  await page.getByRole('heading', { name: 'Papers' }).evaluate((heading) => heading.scrollIntoView())
}

async function letters(page) {
  await page.goto(`${page.url()}/letters`)
}

/** Two records that may be one person, side by side. */
async function pair(page, house) {
  await signIn(page, house, worker, '/people')
  await page.getByRole('link', { name: 'Hrytsenko Natalia' }).click()
  await page.locator('main a[href*="/with/"]').first().click()
}

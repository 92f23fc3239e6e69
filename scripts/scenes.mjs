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

const open = (address) => async (page) => void (await page.goto(address))
const as = (email, address) => async (page, house) => void (await signIn(page, house, email, address))

/** @type {readonly Scene[]} */
export const scenes = [
  { name: 'readme', size: 'desk', height: 640, ...kharkiv, show: open(noHome) },

  { name: 'residents-front', size: 'phone', ...kharkiv, show: open('/') },
  { name: 'residents-question', size: 'phone', ...kharkiv, show: open('/find') },
  { name: 'residents-why', size: 'phone', height: 900, ...kharkiv, show: open(noHome) },
  { name: 'residents-card', size: 'desk', ...kharkiv, show: open('/services/nadannia-prytulku') },
  { name: 'residents-list', size: 'desk', show: open('/services?q=hjemlos') },

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
]

/** The letter that asks a provider whether its cards are still right. */
async function openLetter(page, house) {
  await house.askProviders()
  await page.goto('/outbox')
  await page.locator('main a[href^="/outbox/"]').first().click()
}

/**
 * Takes the pictures of the guides from the running program: on a data folder of its own, with the demo, in Chromium.
 *
 *   node scripts/pictures.mjs             all
 *   node scripts/pictures.mjs editors,desk     those whose name begins so
 *
 * Look at every one before it is committed.
 */
import { execFile, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import pg from 'pg'
import { chromium as browserType } from 'playwright-core'
import { chromium } from './chromium.mjs'
import { ensureBuilt, program } from './ensure-built.mjs'
import { isNewEnough, runUnderNewerNode } from './newer-node.mjs'
import { shrink } from './palette-png.mjs'
import { scenes } from './scenes.mjs'

const target = join(resolve(dirname(fileURLToPath(import.meta.url)), '..'), 'docs/guides/pictures')
const sizes = { phone: { width: 360, height: 720 }, desk: { width: 1000, height: 700 } }
const largest = 150_000

if (isNewEnough()) await takePictures(process.argv[2] ?? '')
else runUnderNewerNode(fileURLToPath(import.meta.url), process.argv.slice(2))

async function takePictures(beginning) {
  await ensureBuilt()
  const data = mkdtempSync(join(tmpdir(), 'linden-pictures-'))
  const house = await openHouse(data)
  const browser = await browserType.launch({
    executablePath: await chromium(),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  })
  mkdirSync(target, { recursive: true })
  try {
    for (const scene of scenes.filter(({ name }) => beginning.split(',').some((each) => name.startsWith(each))))
      await take(browser, house, scene)
  } finally {
    await browser.close()
    await house.close()
    rmSync(data, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Starts the program and waits until it says that it is open. */
async function openHouse(data) {
  const port = await freePort()
  // names the browser of this script; the program knows no such variable
  const { LINDEN_CHROMIUM: _, ...own } = process.env
  const env = {
    ...own,
    PORT: String(port),
    LINDEN_DATA: data,
    LINDEN_DEMO: 'small',
    LINDEN_PACKS: 'all',
    LOG_LEVEL: 'warn',
  }
  const child = spawn(process.execPath, [program, 'serve'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise((done) => child.once('exit', done))
  await new Promise((opened, failed) => {
    let said = ''
    child.stdout.on('data', (text) => {
      said += text
      if (said.includes('Ctrl-C')) opened()
    })
    child.once('exit', (status) => failed(new Error(`Linden ended with status ${status}.`)))
  })
  const { stdout } = await promisify(execFile)(process.execPath, [program, 'demo', 'accounts', '--json'], { env })
  return {
    url: `http://localhost:${port}`,
    accounts: JSON.parse(stdout),
    /** Runs the job of the morning, and waits until its letters lie in the outbox. */
    async askProviders() {
      await asOwner(data, (owner) => owner.query("select graphile_worker.add_job('directory.freshness', '{}')"))
      for (const late = Date.now() + 60_000; Date.now() < late; ) {
        const page = await (await fetch(`http://localhost:${port}/outbox`)).text()
        if (page.includes('href="/outbox/')) return
        await pause(200)
      }
      throw new Error('No letter came within a minute.')
    },
    async close() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** Joins the database of the running program. */
async function asOwner(data, work) {
  const { startEmbedded } = await import('../src/platform/db/embedded.ts')
  const embedded = await startEmbedded(join(data, 'postgres'))
  const owner = new pg.Client({ ...embedded.connection, database: 'linden' })
  await owner.connect()
  try {
    await work(owner)
  } finally {
    await owner.end()
    await embedded.stop()
  }
}

function freePort() {
  const server = createServer()
  return new Promise((done) =>
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => done(port))
    }),
  )
}

/** A browser of its own, in the language and region of the scene. */
async function visitor(browser, house, { size = 'desk', height, language = 'en', region = 'dk-midtjylland' }) {
  const context = await browser.newContext({
    baseURL: house.url,
    viewport: { ...sizes[size], ...(height ? { height } : {}) },
    deviceScaleFactor: 1.5,
    locale: language,
    reducedMotion: 'reduce',
  })
  const choices = { linden_region: region, linden_locale: language }
  await context.addCookies(Object.entries(choices).map(([name, value]) => ({ name, value, url: house.url })))
  return context
}

/** @param {import('./scenes.mjs').Scene} scene */
async function take(browser, house, scene) {
  const context = await visitor(browser, house, scene)
  try {
    const page = await context.newPage()
    await scene.show(page, house)
    await page.waitForLoadState('networkidle')
    const png = shrink(await page.screenshot({ animations: 'disabled' }))
    if (png.length > largest) throw new Error(`${scene.name} has ${png.length} bytes, more than ${largest}: show less.`)
    writeFileSync(join(target, `${scene.name}.png`), png)
    console.log(`${scene.name}.png  ${Math.round(png.length / 1000)} kB`)
  } finally {
    await context.close()
  }
}

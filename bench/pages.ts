import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import autocannon from 'autocannon'
import { chromium } from 'playwright-core'
import { chromium as findChromium } from '../scripts/chromium.mjs'
import { report } from './fixtures/report.ts'
import { serveBuilt } from './fixtures/served.ts'

/** The public list page against the same bytes from memory; the weight of the first page and its first paint; memory under load. */
async function bytesFromMemory(address: string): Promise<{ child: ChildProcess; origin: string }> {
  const child = fork(fileURLToPath(new URL('./fixtures/memory-server.ts', import.meta.url)), [address], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const [told] = (await once(child, 'message')) as [{ port: number }]
  return { child, origin: `http://127.0.0.1:${told.port}` }
}
const median = (values: number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

const house = await serveBuilt()
const memory = await bytesFromMemory(`${house.origin}/services`)
const rate = async (url: string): Promise<number> => {
  const result = await autocannon({ url, connections: 20, duration: 3, headers: { 'accept-language': 'uk' } })
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url} answered ${result.non2xx} times otherwise than 2xx`)
  return result.requests.average
}

await rate(`${house.origin}/services`)
const ratios: number[] = []
for (let round = 0; round < 5; round++)
  ratios.push((await rate(`${house.origin}/services`)) / (await rate(`${memory.origin}/services`)))
report({
  name: 'public list page ÷ the same bytes from memory',
  value: Number(median(ratios).toFixed(2)),
  unit: '×',
  goal: '≥ 0.4',
  ok: median(ratios) >= 0.4,
})

const used = house.memory() ?? null
report({
  name: 'memory of the process after 18 s of full load',
  value: used,
  unit: 'MB',
  goal: used === null ? 'this system does not say' : '≤ 200',
  ok: used !== null && used <= 200,
})

await firstPage(house.origin)
memory.child.send('stop')
await house.stop()

/** Weight and first contentful paint of the front page on a line of 400 kbit/s with 400 ms, in a fresh browser. */
async function firstPage(origin: string): Promise<void> {
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
  try {
    const page = await (await browser.newContext({ viewport: { width: 360, height: 700 }, locale: 'uk' })).newPage()
    const session = await page.context().newCDPSession(page)
    await session.send('Network.enable')
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 400,
      downloadThroughput: 50_000,
      uploadThroughput: 25_000,
    })
    let bytes = 0
    let requests = 0
    session.on('Network.loadingFinished', (event) => {
      bytes += event.encodedDataLength
      requests++
    })
    await page.goto(`${origin}/`, { waitUntil: 'networkidle' })
    const paint = await page.evaluate(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
    )
    report({
      name: 'first public page, compressed',
      value: Number((bytes / 1000).toFixed(1)),
      unit: 'KB',
      goal: '≤ 40',
      ok: bytes <= 40_000,
    })
    report({ name: 'first public page, requests', value: requests, unit: '', goal: '≤ 4', ok: requests <= 4 })
    report({
      name: 'first contentful paint at 400 kbit/s',
      value: Number((paint / 1000).toFixed(2)),
      unit: 's',
      goal: '≤ 1.8',
      ok: paint <= 1800,
    })
  } finally {
    await browser.close()
  }
}

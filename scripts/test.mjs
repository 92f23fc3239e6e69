/**
 * Every check. Ends with one line: `N passed, N failed`, and `, N skipped` where tests were.
 *
 *   node scripts/test.mjs          everything (npm test)
 *   node scripts/test.mjs faults   what kills programs and servers, at length (npm run faults)
 */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from './chromium.mjs'
import { libreoffice } from './libreoffice.mjs'
import { isNewEnough, runUnderNewerNode } from './newer-node.mjs'

if (isNewEnough()) process.exit(await test(process.argv[2] === 'faults'))
else runUnderNewerNode(fileURLToPath(import.meta.url), process.argv.slice(2))

/** @returns status of the process */
async function test(faultsOnly) {
  const { root, steps, Tally } = await import('./steps.mjs')
  const tally = new Tally()
  if (!(await tally.check(steps.build))) return tally.end()
  const env = sharedData(root, tally)
  if (faultsOnly) {
    const kills = process.env.KILLS ?? '20'
    await tally.vitest(['test/faults'], { minutes: 60, env: { ...env, KILLS: kills }, args: ['--testTimeout=3000000'] })
    return tally.end()
  }
  for (const name of ['types', 'lint', 'boundaries', 'databaseTypes', 'licences']) await tally.check(steps[name])
  await tally.vitest([], { minutes: 45, env: { ...env, ...(await browser(tally)), ...(await spreadsheets(tally)) } })
  return tally.end()
}

/** Where somebody promised the shared data, their absence is a failure; elsewhere the tests that need them are skipped. */
function sharedData(root, tally) {
  const promised = process.env.LINDEN_SHARED
  const folder = resolve(root, promised || '../shared')
  if (existsSync(resolve(folder, 'data'))) return { LINDEN_SHARED: folder }
  if (promised) tally.note('shared data', false, `LINDEN_SHARED names ${folder}, where there is no folder "data".`)
  else console.log('Schemas and open data are not at ../shared: tests that need them are skipped.')
  return {}
}

async function browser(tally) {
  try {
    const program = await chromium({ install: true })
    tally.note('a browser for the journeys', true)
    return { LINDEN_CHROMIUM: program }
  } catch (error) {
    tally.note('a browser for the journeys', false, error.message)
    return {}
  }
}

async function spreadsheets(tally) {
  try {
    const program = await libreoffice({ install: true })
    tally.note('a program that recomputes workbooks', true)
    return { LINDEN_LIBREOFFICE: program }
  } catch (error) {
    tally.note('a program that recomputes workbooks', false, error.message)
    return {}
  }
}

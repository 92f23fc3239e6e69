#!/usr/bin/env -S node --max-semi-space-size=4 --no-sparkplug
/** `linden`: runs the command line of the built program under a Node that is new enough. */
import { existsSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { isNewEnough, lean, runUnderNewerNode } from '../scripts/newer-node.mjs'

if (isNewEnough()) await run()
else runUnderNewerNode(fileURLToPath(import.meta.url), process.argv.slice(2), lean)

async function run() {
  const { ensureBuilt, hasSources, program } = await import('../scripts/ensure-built.mjs')
  if (!existsSync(program)) {
    if (!hasSources()) {
      console.error('Linden is not built here and its sources are missing: install it again.')
      process.exit(1)
    }
    try {
      await ensureBuilt()
    } catch (error) {
      console.error(error instanceof Error ? error.message : error)
      process.exit(1)
    }
  }
  process.argv = [process.execPath, program, ...process.argv.slice(2)]
  // What V8 has compiled once is kept beside the program: half of the time until it speaks.
  enableCompileCache(join(dirname(program), '.cache'))
  await import(pathToFileURL(program).href)
}

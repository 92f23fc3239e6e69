/**
 * Starts Linden: builds what has changed, then serves. `npm start` runs this; what follows `--` goes to `linden serve`.
 */
import { enableCompileCache } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { isNewEnough, lean, runUnderNewerNode } from './newer-node.mjs'

const words = process.argv.slice(2)
if (isNewEnough()) await start()
else runUnderNewerNode(fileURLToPath(import.meta.url), words, lean)

async function start() {
  const { ensureBuilt, program } = await import('./ensure-built.mjs')
  try {
    await ensureBuilt()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
  // People read this terminal: what went as planned is not logged, unless they ask for it.
  process.env.LOG_LEVEL ||= 'warn'
  process.argv = [process.execPath, program, 'serve', ...words]
  // What V8 has compiled once is kept beside the program: half of the time until it speaks.
  enableCompileCache(join(dirname(program), '.cache'))
  await import(pathToFileURL(program).href)
}

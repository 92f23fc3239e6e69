/** Finds a Node that is new enough: the one that runs, else the one that npm installed beside the program. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

export const oldestNode = 24

/**
 * How Node runs Linden: what has just been made gets 12 MB at most, not the 96 that V8 takes from a large machine; and the bundle, of which most
 * runs once, is not translated whole into instructions that nobody runs again. `npm start` and the first line of `bin/linden.mjs` say the same,
 * since a running Node no longer takes it.
 */
export const lean = ['--max-semi-space-size=4', '--no-sparkplug']

/** Whether the Node that runs this is new enough. */
export const isNewEnough = () => Number(process.versions.node.split('.')[0]) >= oldestNode

/** @returns the Node that an optional dependency brought for this machine, undefined where there is none */
function installedNode() {
  const system = process.platform === 'win32' ? 'win' : process.platform
  const require = createRequire(import.meta.url)
  for (const name of [`node-${system}-${process.arch}`, `node-bin-${system}-${process.arch}`]) {
    try {
      const folder = dirname(require.resolve(`${name}/package.json`))
      const program = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
      if (existsSync(program)) return program
    } catch {}
  }
  return undefined
}

/**
 * Runs a script under the installed Node, passes signals on, and ends as it ends. Without such a Node it says in one
 * sentence what to do.
 * @param {string} script @param {string[]} words what follows it on the command line @param {string[]} flags for Node itself
 */
export function runUnderNewerNode(script, words, flags = []) {
  const node = installedNode()
  if (!node) {
    console.error(
      `Linden needs Node ${oldestNode} or newer and this is ${process.version}: run "npm ci", which brings one along, or install it from nodejs.org.`,
    )
    process.exit(1)
  }
  const child = spawn(node, [...flags, script, ...words], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.once('error', (error) => {
    console.error(`${node} cannot be started: ${error.message}`)
    process.exit(1)
  })
  child.once('exit', (code, signal) => {
    if (!signal) process.exit(code ?? 1)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
}

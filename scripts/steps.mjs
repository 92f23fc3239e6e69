import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')

/** Programs that steps start find Node 24 and the tools of the repository before those of the machine. */
const path = [dirname(process.execPath), join(root, 'node_modules/.bin'), process.env.PATH ?? ''].join(delimiter)
const running = new Set()

/** A program of node_modules, run by this very Node. */
const tool = (file, ...args) => [process.execPath, join(root, 'node_modules', file), ...args]
const script = (name, ...args) => [process.execPath, join(root, 'scripts', name), ...args]

/** As `npm start` builds, so that nobody builds the same again. */
const build = "await (await import('./scripts/ensure-built.mjs')).ensureBuilt()"

/** The checks that are no tests of vitest; each counts as one. `minutes`: after that it is ended and has failed. */
export const steps = {
  build: {
    says: 'everything generated can be built',
    command: [process.execPath, '--input-type=module', '-e', build],
    minutes: 3,
  },
  buildTypes: { says: 'messages and migrations can be compiled', command: script('build.mjs', '--types'), minutes: 2 },
  types: { says: 'types', command: tool('@typescript/native/bin/tsc', '-p', '.'), minutes: 2 },
  lint: {
    says: 'lint and format',
    command: tool('@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '--max-diagnostics=50', '.'),
    minutes: 2,
  },
  boundaries: { says: 'who may know whom', command: script('boundaries.mjs'), minutes: 2 },
  databaseTypes: { says: 'database types are current', command: script('database-types.mjs', '--check'), minutes: 3 },
  licences: { says: 'licences', command: script('licences.mjs', '--check'), minutes: 1 },
}

/**
 * Runs a program to its end, or ends it and everything it started when its time is up.
 * @param {{ command: string[], minutes: number, env?: Record<string, string>, show?: boolean }} step `show`: what it prints is printed at once
 * @returns {Promise<{ ok: boolean, output: string, seconds: number }>}
 */
export async function run({ command: [program, ...args], minutes, env = {}, show = false }) {
  const started = performance.now()
  const child = spawn(program, args, {
    cwd: root,
    env: { ...process.env, PATH: path, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // a group of its own, so that whatever it leaves behind can be ended with it
    detached: process.platform !== 'win32',
  })
  running.add(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      output += text
      if (show) process.stdout.write(text)
    })
  let late = false
  const timer = setTimeout(() => {
    late = true
    end(child)
  }, minutes * 60_000)
  const code = await new Promise((done) => {
    child.once('error', (error) => {
      output += error.message
      done(1)
    })
    // not "close": somebody whom the program left behind may hold its output open for ever
    child.once('exit', (status, signal) => {
      if (signal && !late) {
        const words = `\nEnded by ${signal}.\n`
        output += words
        if (show) process.stdout.write(words)
      }
      setTimeout(() => done(status ?? 1), 50)
    })
  })
  clearTimeout(timer)
  end(child)
  running.delete(child)
  if (late) {
    const words = `\nEnded after ${minutes} minutes: too slow, or it hangs.\n`
    output += words
    if (show) process.stdout.write(words)
  }
  return { ok: code === 0 && !late, output, seconds: (performance.now() - started) / 1000 }
}

function end(child) {
  try {
    if (process.platform === 'win32') child.kill()
    else process.kill(-child.pid, 'SIGKILL')
  } catch {
    // it has ended by itself
  }
}

for (const [signal, status] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
])
  process.on(signal, () => {
    for (const child of running) end(child)
    process.exit(status)
  })

/** What has passed and failed so far. */
export class Tally {
  passed = 0
  failed = 0
  skipped = 0

  /** Runs one check and says how it went; what it printed is shown only when it failed. */
  async check(step) {
    const { ok, output, seconds } = await run(step)
    this.note(step.says, ok, output, seconds)
    return ok
  }

  note(says, ok, output = '', seconds = 0) {
    if (ok) this.passed += 1
    else this.failed += 1
    console.log(`${ok ? '✓' : '✗'} ${says}${seconds ? ` (${seconds.toFixed(1)} s)` : ''}`)
    if (!ok && output.trim()) console.log(output.trimEnd().replace(/^/gm, '    '))
  }

  /**
   * Runs vitest and counts its tests. A file that could not be loaded, an error outside every test, or no test at all fails.
   * @param {string[]} filters files or folders; none means all
   * @param {{ minutes: number, env?: Record<string, string>, args?: string[] }} options
   */
  async vitest(filters, { minutes, env = {}, args = [] }) {
    const folder = mkdtempSync(join(tmpdir(), 'linden-vitest-'))
    const file = join(folder, 'result.json')
    try {
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
      const command = tool('vitest/vitest.mjs', 'run', '--no-color', ...reporters, ...args, ...filters)
      const { ok } = await run({ command, minutes, env, show: true })
      const result = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
      const unloaded = (result?.testResults ?? []).filter(
        (suite) => suite.status === 'failed' && !suite.assertionResults.some((test) => test.status === 'failed'),
      ).length
      const failed = (result?.numFailedTests ?? 0) + unloaded
      this.passed += result?.numPassedTests ?? 0
      this.skipped += (result?.numPendingTests ?? 0) + (result?.numTodoTests ?? 0)
      this.failed += failed > 0 ? failed : ok && result?.numPassedTests > 0 ? 0 : 1
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }

  /** Prints the last line, of a form that others rely on. @returns status of the process */
  end() {
    console.log(`${this.passed} passed, ${this.failed} failed${this.skipped ? `, ${this.skipped} skipped` : ''}`)
    return this.failed > 0 ? 1 : 0
  }
}

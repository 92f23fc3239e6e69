import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { ensureBuilt, program } from '../scripts/ensure-built.mjs'

/** How a command ended. */
export interface Ended {
  code: number | null
  out: string
  err: string
}

/** Environment of a command: of this process only what finds programs, so that a variable of the tester changes nothing. */
export type Environment = Record<string, string>

const bare = (env: Environment): Environment => ({ PATH: process.env.PATH ?? '', TZ: 'UTC', ...env })

/** Runs `linden …` as people do, as a process of its own. */
export async function linden(words: readonly string[], env: Environment = {}): Promise<Ended> {
  await ensureBuilt()
  const child = spawn(process.execPath, [program, ...words], { env: bare(env), stdio: ['ignore', 'pipe', 'pipe'] })
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), exitOf(child)])
  return { code, out, err }
}

/** A server that runs, and how it is stopped. */
export interface Served {
  address: string
  greeting: string
  child: ChildProcess
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

/** Runs `linden serve` on a free port until it is open. @throws Error with what it said when it ended instead */
export async function serve(env: Environment, words: readonly string[] = []): Promise<Served> {
  await ensureBuilt()
  const child = spawn(process.execPath, [program, 'serve', ...words], {
    env: bare({ PORT: '0', LOG_LEVEL: 'warn', ...env }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  let wrong = ''
  child.stderr.on('data', (chunk) => {
    wrong += chunk
  })
  const ended = exitOf(child)
  await new Promise<void>((open, fail) => {
    child.stdout.on('data', (chunk) => {
      said += chunk
      if (said.includes('Ctrl-C stops it.')) open()
    })
    ended.then((code) => fail(new Error(`serve ended with ${code}: ${wrong}`)), fail)
  })
  return {
    address: /http:\/\/\S+/.exec(said)?.[0] ?? '',
    greeting: said,
    child,
    stop(signal = 'SIGTERM') {
      child.kill(signal)
      return ended
    },
  }
}

const exitOf = (child: ChildProcess) =>
  new Promise<number | null>((done, fail) => child.once('close', (code) => done(code)).once('error', fail))

/** A folder that is removed by `remove`. */
export function temporaryFolder(): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'linden-cli-'))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) }
}

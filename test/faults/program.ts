import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { testSecret } from '../secret.ts'

const program = join(import.meta.dirname, '../../dist/cli.js')

/** The built program over an embedded database of its own, as people run it; to be killed. */
export class Program {
  readonly data = mkdtempSync(join(tmpdir(), 'linden-faults-'))
  readonly url: string
  readonly #env: Record<string, string>
  #child: ChildProcess | undefined
  #said = ''

  constructor(port: number) {
    this.url = `http://localhost:${port}`
    this.#env = {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '/',
      LINDEN_DATA: this.data,
      LINDEN_SECRET: testSecret,
      LINDEN_DEMO: 'off',
      LINDEN_PACKS: 'dk-midtjylland',
      LOG_LEVEL: 'error',
      PORT: String(port),
    }
  }

  get env(): Readonly<Record<string, string>> {
    return this.#env
  }

  get runs(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null
  }

  /** Starts it unless it runs, and waits until it answers from the database. @returns milliseconds until then */
  async start(): Promise<number> {
    const started = performance.now()
    if (!this.runs) {
      this.#child = spawn(process.execPath, [program, 'serve'], { env: this.#env, stdio: ['ignore', 'pipe', 'pipe'] })
      for (const stream of [this.#child.stdout, this.#child.stderr])
        stream?.on('data', (chunk) => {
          this.#said = (this.#said + chunk).slice(-4000)
        })
    }
    while (performance.now() - started < 240_000) {
      if (!this.runs) throw new Error(`The program ended instead of starting:\n${this.#said}`)
      const ready = await fetch(`${this.url}/health/ready`).catch(() => undefined)
      if (ready?.ok) return performance.now() - started
      await pause(50)
    }
    throw new Error(`The program did not come back within four minutes:\n${this.#said}`)
  }

  /** kill -9. */
  async kill(): Promise<void> {
    const child = this.#child
    if (!child || !this.runs) return
    const gone = new Promise((done) => child.once('exit', done))
    child.kill('SIGKILL')
    await gone
  }

  /** Does a running program find back to its database by itself? @returns whether it answers again within so many milliseconds */
  async comesBack(patience: number): Promise<boolean> {
    const started = performance.now()
    while (this.runs && performance.now() - started < patience) {
      const ready = await fetch(`${this.url}/health/ready`).catch(() => undefined)
      if (ready?.ok) return true
      await pause(100)
    }
    return false
  }

  /** kill -9 of the database server; its other processes end when they notice. */
  async killDatabase(): Promise<void> {
    const file = join(this.data, 'postgres/data/postmaster.pid')
    for (let tried = 0; tried < 200; tried++) {
      // while a server starts, its file is there and empty; 0 would be this very process with all its kin
      const pid = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0
      if (pid > 1) {
        process.kill(pid, 'SIGKILL')
        return
      }
      await pause(50)
    }
    throw new Error('No database server runs that could be killed.')
  }

  /** Runs a command of the same program on the same data. @throws Error with what it said where it fails */
  linden(...words: string[]): Promise<string> {
    return new Promise((done, fail) => {
      execFile(
        process.execPath,
        [program, ...words],
        { env: this.#env, timeout: 120_000, maxBuffer: 64_000_000 },
        (error, out, said) =>
          error
            ? fail(new Error(`linden ${words.join(' ')}: ${said || error.message}${out.slice(0, 500)}`))
            : done(out),
      )
    })
  }

  /** Starts a command that may be killed in the middle. */
  begin(...words: string[]): ChildProcess {
    return spawn(process.execPath, [program, ...words], { env: this.#env, stdio: 'ignore' })
  }

  async stop(): Promise<void> {
    const child = this.#child
    if (child && this.runs) {
      const gone = new Promise((done) => child.once('exit', done))
      child.kill('SIGTERM')
      await gone
    }
    rmSync(this.data, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer()
    server.once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

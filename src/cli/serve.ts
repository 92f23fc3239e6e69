import type { Server } from 'node:http'
import { setFlagsFromString } from 'node:v8'
import { serve as listen } from '@hono/node-server'
import { Command } from 'commander'
import { loadDemo } from '../demo/load.ts'
import { type OpenHouse, openHouse } from '../main.ts'
import { configOf, Refusal } from '../platform/command-line/frame.ts'
import type { Config } from '../platform/config/config.ts'
import { type JobWorker, startWorker } from '../platform/jobs/worker.ts'
import { createLog } from '../platform/log/log.ts'
import { signInTable } from './demo.ts'

/** How long requests in hand may take after a signal, in milliseconds. */
const patience = 10_000

/** `linden serve` */
export function serveCommand(): Command {
  return new Command('serve')
    .description('Run the platform: pages, API and background jobs, until Ctrl-C or SIGTERM.')
    .option('--web', 'only pages and API; jobs run in another process')
    .option('--jobs', 'only background jobs')
    .action(async ({ web, jobs }: { web?: boolean; jobs?: boolean }) => {
      const both = !web === !jobs
      await run(configOf(), { web: both || !!web, jobs: both || !!jobs })
    })
}

async function run(config: Config, parts: { web: boolean; jobs: boolean }): Promise<void> {
  // On a large machine V8 lets garbage grow to three times of what lives; this process stays, and shares its machine with a database.
  setFlagsFromString('--heap-growing-percent=20')
  const asked = signal()
  const house = await openHouse(config, { log: createLog(config.logLevel) })
  let server: Server | undefined
  let worker: JobWorker | undefined
  try {
    if (config.demo !== 'off') await loadDemo(house, config.demo)
    if (parts.web && !asked.aborted) server = await openServer(house)
    if (parts.jobs && !asked.aborted) worker = await startWorker({ ...house, now: () => new Date() }, house.jobs)
    if (!asked.aborted) await greet(house, server)
    await untilAsked(asked, worker)
  } finally {
    await close(server, worker, house)
  }
}

/** Set off by the first signal. Those that follow say the same: npm passes on what the terminal has sent already. */
function signal(): AbortSignal {
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => controller.abort())
  return controller.signal
}

function openServer(house: OpenHouse): Promise<Server> {
  const { config, app } = house
  return new Promise((resolve, reject) => {
    const server = listen({ fetch: app.fetch, port: config.port, hostname: config.host }) as Server
    // Longer than proxies keep theirs, so that no request is sent into a connection that closes.
    server.keepAliveTimeout = 75_000
    server.once('listening', () => resolve(server))
    server.once('error', (error: NodeJS.ErrnoException) => reject(refusal(error, config)))
  })
}

function refusal(error: NodeJS.ErrnoException, config: Config): Error {
  if (error.code === 'EADDRINUSE')
    return new Refusal(
      `PORT ${config.port} is taken on ${config.host}: another program listens there. Stop it, or choose another: PORT=${nextPort(config.port)} npm start`,
    )
  if (error.code === 'EACCES')
    return new Refusal(`PORT ${config.port} may not be opened by this user. Choose one from 1024 on.`)
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return new Refusal(`HOST ${config.host} is no address of this machine. Use 127.0.0.1, or 0.0.0.0 for all.`)
  return error
}

const nextPort = (port: number) => (port < 65535 ? port + 1 : 3000)

async function greet(house: OpenHouse, server: Server | undefined): Promise<void> {
  const lines = ['', server ? `Linden is open: ${addressOf(house.config, server)}` : 'Linden does background jobs.']
  if (server && house.config.demo !== 'off') lines.push('', ...(await signInTable(house)))
  lines.push('', 'Ctrl-C stops it.', '')
  process.stdout.write(lines.join('\n'))
}

/** The address for people; where any free port was asked for, the one that was found. */
function addressOf(config: Config, server: Server): string {
  const address = server.address()
  if (config.port !== 0 || typeof address !== 'object') return config.url
  return `http://${config.host}:${address?.port}`
}

/** Waits for the signal; a worker that gives up ends the program, so that whoever watches it starts it again. */
async function untilAsked(asked: AbortSignal, worker: JobWorker | undefined): Promise<void> {
  if (asked.aborted) return
  const heard = new Promise<void>((resolve) => asked.addEventListener('abort', () => resolve(), { once: true }))
  await (worker ? Promise.race([heard, worker.ended]) : heard)
}

/** Accepts nothing more, finishes what was begun, then closes what it stood on. */
async function close(server: Server | undefined, worker: JobWorker | undefined, house: OpenHouse): Promise<void> {
  await Promise.all([server && closeServer(server), worker?.stop()])
  await house.close()
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), patience)
  // Kept-alive connections become idle with the answer that is on its way.
  const sweep = setInterval(() => server.closeIdleConnections(), 100)
  await closed
  clearTimeout(timer)
  clearInterval(sweep)
}

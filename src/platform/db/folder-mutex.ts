import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** How long a starter waits for another that initialises the same folder, in milliseconds. */
const patience = 120_000

/**
 * Runs `work` while no other process of this machine runs work for the same folder.
 * The lock is a socket nobody speaks to: the system frees it when its holder dies, however it dies.
 */
export async function withFolderMutex<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const name = `linden-${createHash('sha256').update(folder).digest('hex').slice(0, 24)}`
  const address = process.platform === 'linux' ? `\0${name}` : join(folder, '.starting')
  const until = Date.now() + patience
  let server = await listen(address)
  while (!server) {
    if (Date.now() > until)
      throw new Error(
        `Another program has been starting the database in ${folder} for two minutes. Stop it, try again.`,
      )
    await pause(15)
    if (process.platform !== 'linux' && !(await answers(address))) rmSync(address, { force: true })
    server = await listen(address)
  }
  const held = server
  try {
    return await work()
  } finally {
    await new Promise<void>((resolve) => {
      held.close(() => resolve())
    })
  }
}

function listen(address: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    )
    server.listen(address, () => resolve(server))
  })
}

/** Elsewhere than on Linux a dead holder leaves its socket file behind: nobody answers there. */
function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address)
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('close', () => socket.destroy())
  })
}

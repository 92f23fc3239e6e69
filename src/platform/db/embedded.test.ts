import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterEach, describe, expect, test } from 'vitest'
import { binariesFolder, makeLinks } from './binaries.ts'
import { type Embedded, inUse, startEmbedded } from './embedded.ts'

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'linden-embedded-'))
  // The user that root steps aside for must be able to walk here.
  chmodSync(folder, 0o755)
  cleanUps.push(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  return join(folder, 'postgres')
}

async function start(folder: string, options: Parameters<typeof startEmbedded>[1] = {}): Promise<Embedded> {
  const embedded = await startEmbedded(folder, { fsync: false, ...options })
  cleanUps.push(() => embedded.stop())
  return embedded
}

async function ask<R>(embedded: Pick<Embedded, 'connection'>, text: string): Promise<R[]> {
  const client = new pg.Client(embedded.connection)
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

const pidOf = (folder: string) => Number(readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0])

/** A program of its own that uses the database of a folder, says so, and stops it when its input ends. */
async function program(folder: string, options: { uid?: number; gid?: number } = {}) {
  const module = fileURLToPath(new URL('embedded.ts', import.meta.url))
  const code = `
    const { startEmbedded } = await import(${JSON.stringify(module)})
    const embedded = await startEmbedded(${JSON.stringify(folder)}, { fsync: false })
    console.log('ready')
    process.stdin.resume().once('end', async () => { console.log(await embedded.stop()); process.exit(0) })`
  const child: ChildProcess = spawn(process.execPath, ['--input-type=module', '-e', code], {
    ...options,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  cleanUps.push(() => child.kill('SIGKILL'))
  const exit = new Promise<void>((done) => child.once('exit', () => done()))
  const lines = createInterface({ input: child.stdout ?? process.stdin })[Symbol.asyncIterator]()
  const ready = (await lines.next()).value
  return {
    ready,
    /** As `stop()` answers. */
    async stop() {
      child.stdin?.end()
      const answer = (await lines.next()).value
      await exit
      return answer === 'true'
    },
    async kill() {
      child.kill('SIGKILL')
      await exit
    },
  }
}

describe('the embedded database', () => {
  test('two programs on a fresh folder share one server, and the last one stops it', async () => {
    const folder = newFolder()
    const [one, other] = await Promise.all([program(folder), program(folder)])
    const here = await start(folder)
    expect([one.ready, other.ready]).toEqual(['ready', 'ready'])
    expect(await one.stop()).toBe(false)
    expect(await ask(here, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(await here.stop()).toBe(false)
    expect(await other.stop()).toBe(true)
    expect(existsSync(join(folder, 'data', 'postmaster.pid'))).toBe(false)
  })

  test('many starters in one program on a fresh folder share one server', async () => {
    const folder = newFolder()
    const users = await Promise.all(Array.from({ length: 6 }, () => start(folder)))
    const stopped = await Promise.all(users.map((user) => user.stop()))
    expect(stopped.filter(Boolean)).toHaveLength(1)
  })

  test('a server whose program was killed is adopted, with what was written', async () => {
    const folder = newFolder()
    const killed = await program(folder)
    const server = pidOf(folder)
    const password = readFileSync(join(folder, 'password'), 'utf8').trim()
    const connection = { host: join(folder, 'run'), port: 5432, user: 'owner', password, database: 'postgres' }
    await ask({ connection }, 'create table written as select 1 as one')
    await killed.kill()
    const embedded = await start(folder)
    expect(pidOf(folder)).toBe(server)
    expect(await ask(embedded, 'select * from written')).toEqual([{ one: 1 }])
    expect(await embedded.stop()).toBe(true)
    expect(await ask(await start(folder), 'select * from written')).toEqual([{ one: 1 }])
  })

  test('a start that races a stop ends with a server that answers and stays', async () => {
    const folder = newFolder()
    let current = await startEmbedded(folder, { fsync: false })
    let stops = 0
    for (let round = 0; round < 25; round++) {
      const stop = current.stop()
      for (let turn = 0; turn < round % 8; turn++) await ask(current, 'select 1').catch(() => {})
      const [stopped, next] = await Promise.all([stop, startEmbedded(folder, { fsync: false })])
      if (stopped) stops++
      expect(await ask(next, 'select 1 as one')).toEqual([{ one: 1 }])
      current = next
    }
    expect(stops).toBeGreaterThan(0)
    expect(await current.stop()).toBe(true)
  })

  test('a starter that meets a server about to stop waits, and starts it again', async () => {
    const folder = newFolder()
    const old = await startEmbedded(folder, { fsync: false })
    // What the last user does at its end, held still between taking the lock and stopping the server.
    const last = new pg.Client(old.connection)
    last.on('error', () => {})
    await last.connect()
    const server = pidOf(folder)
    const hadShare = await last.query('select pg_terminate_backend(pid) from pg_locks where locktype = $1', [
      'advisory',
    ])
    expect(hadShare.rowCount).toBe(1)
    await last.query('select pg_advisory_lock($1)', [inUse])
    let started = false
    const starting = start(folder).then((embedded) => {
      started = true
      return embedded
    })
    for (let round = 0; round < 30; round++) await ask(old, 'select 1')
    expect(started).toBe(false)
    process.kill(server, 'SIGINT')
    expect(await ask(await starting, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(pidOf(folder)).not.toBe(server)
    await old.stop()
    await last.end().catch(() => {})
  })

  test('a server that dies is started again by those who use it', async () => {
    const folder = newFolder()
    const embedded = await start(folder)
    const dead = pidOf(folder)
    process.kill(dead, 'SIGKILL')
    await expect.poll(() => ask(embedded, 'select 1 as one').catch(() => []), { timeout: 60_000 }).toEqual([{ one: 1 }])
    expect(pidOf(folder)).not.toBe(dead)
  })

  test('a lock file whose number now belongs to another program does not hinder the start', async () => {
    const folder = newFolder()
    await (await start(folder)).stop()
    writeFileSync(join(folder, 'data', 'postmaster.pid'), `${process.pid}\n${join(folder, 'data')}\n1\n5432\n\n\n`)
    expect(await ask(await start(folder), 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('what a cut start left half made is neither used nor kept', async () => {
    const folder = newFolder()
    const half = join(folder, 'data.4242.0a1b2c3d')
    mkdirSync(half, { recursive: true })
    writeFileSync(join(half, 'PG_VERSION'), '18\n')
    await start(folder)
    expect(existsSync(half)).toBe(false)
  })

  test('a long path is no hindrance', async () => {
    const folder = join(newFolder(), 'a-folder-whose-name-is-longer-than-most'.repeat(3))
    const embedded = await start(folder)
    expect(await ask(embedded, 'select 1 as one')).toEqual([{ one: 1 }])
    await embedded.stop()
    expect(existsSync(String(embedded.connection.host))).toBe(false)
  })

  test('its folder is closed to others, and it listens to no network', async () => {
    const folder = newFolder()
    const embedded = await start(folder)
    for (const name of ['.', 'data', 'run']) expect(lstatSync(join(folder, name)).mode & 0o077).toBe(0)
    expect(lstatSync(join(folder, 'password')).mode & 0o777).toBe(0o600)
    expect(await ask(embedded, 'show listen_addresses')).toEqual([{ listen_addresses: '' }])
    const stranger = { connection: { ...embedded.connection, password: 'guessed' } }
    await expect(ask(stranger, 'select 1')).rejects.toMatchObject({ code: '28P01' })
  })

  test('where root may not use namespaces, another user runs it', async () => {
    expect(await ask(await start(newFolder(), { namespaces: false }), 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('anybody may run it', async () => {
    const folder = dirname(newFolder())
    const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}
    chmodSync(folder, 0o777)
    const theirs = await program(join(folder, 'theirs'), user)
    expect(theirs.ready).toBe('ready')
    expect(await theirs.stop()).toBe(true)
  })

  test('it durably writes: nothing but a test switches syncing off', async () => {
    const embedded = await startEmbedded(newFolder())
    cleanUps.push(() => embedded.stop())
    const names = ['fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums']
    const rows = await ask(embedded, `select name, setting from pg_settings where name in ('${names.join("','")}')`)
    expect(rows).toHaveLength(4)
    expect(rows).toEqual(rows.map((row) => ({ ...(row as object), setting: 'on' })))
  })

  test('binaries without the links of the install script get them', async () => {
    const folder = newFolder()
    cpSync(dirname(await binariesFolder()), folder, { recursive: true, verbatimSymlinks: true })
    const native = join(folder, 'native')
    const links: { target: string }[] = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'))
    for (const { target } of links) unlinkSync(join(folder, target))
    const version = () => spawnSync(join(native, 'bin', 'postgres'), ['--version'], { encoding: 'utf8' })
    expect(version().status).not.toBe(0)
    makeLinks(native)
    expect(version()).toMatchObject({ status: 0, stdout: expect.stringContaining('18.') })
  })
})

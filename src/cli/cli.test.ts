import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { createServer } from 'node:net'
import { delimiter, dirname, join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lean } from '../../scripts/newer-node.mjs'
import { type Environment, linden, type Served, serve, temporaryFolder } from '../../test/command-line.ts'
import { variables } from '../platform/config/config.ts'
import { startEmbedded } from '../platform/db/embedded.ts'

const place = temporaryFolder()
const env: Environment = {
  LINDEN_DATA: join(place.folder, 'data'),
  LINDEN_SECRET: 'a secret of this test and no other one',
}
let server: Served

beforeAll(async () => {
  server = await serve(env)
})
afterAll(async () => {
  await server?.stop()
  place.remove()
})

/** Names of all commands with those above them, as their help tells them. */
async function commandNames(above: readonly string[] = []): Promise<string[][]> {
  const { out } = await linden([...above, '--help'])
  const list = out.split(/^Commands:\n/m)[1]?.split(/\n\n/)[0] ?? ''
  const names = [...list.matchAll(/^ {2}(\w+)/gm)].map(([, name = '']) => name).filter((name) => name !== 'help')
  const below = await Promise.all(names.map((name) => commandNames([...above, name])))
  return [...names.map((name) => [...above, name]), ...below.flat()]
}

describe('help', () => {
  test('every command explains itself in English', async () => {
    const names = await commandNames()
    expect(names.map((words) => words.join(' ')).sort()).toEqual(
      expect.arrayContaining(
        'serve,migrate,doctor,pack list,pack check,pack load,demo load,demo accounts,import services,backup,restore,audit verify,audit head,account add,account disable,account role,token'.split(
          ',',
        ),
      ),
    )
    for (const words of names) {
      const { code, out, err } = await linden([...words, '--help'])
      expect([code, err], words.join(' ')).toEqual([0, ''])
      expect(out, words.join(' ')).toMatch(/^Usage: linden /)
      expect(out.split('\n')[2]?.length, words.join(' ')).toBeGreaterThan(15)
    }
  })

  test('every environment variable stands in the help', async () => {
    const { out } = await linden(['--help'])
    for (const { name } of variables) expect(out).toContain(`  ${name} `)
  })

  test('an unknown command or option ends with 1 and says how to go on', async () => {
    for (const words of [['sevre'], ['serve', '--fast'], ['demo', 'load', '--size', 'huge'], ['restore']]) {
      const { code, err } = await linden(words)
      expect(code, words.join(' ')).toBe(1)
      expect(err).toMatch(/^error: .*\n\(add --help/s)
    }
  })
})

describe('what goes wrong is one line on standard error', () => {
  test.each<[string, string[], Environment, RegExp]>([
    ['a wrong variable', ['serve'], { PORT: '80a' }, /^linden: PORT is "80a"\. Allowed: .*\n$/],
    ['an unknown variable', ['migrate'], { LINDEN_TYPO: 'x' }, /^linden: LINDEN_TYPO is not a variable/],
    [
      'a database that is not there',
      ['migrate'],
      { DATABASE_URL: 'postgres://o:p@127.0.0.1:9/x' },
      /^linden: The database of DATABASE_URL does not answer \(.*\)\. .*\n$/,
    ],
    ['no such pack', ['pack', 'load', 'xx-nowhere'], {}, /^linden: .*xx-nowhere.*\n$/],
    ['no such folder', ['pack', 'check', '/nowhere'], {}, /^linden: There is no folder \/nowhere\..*\n$/],
    ['no such file', ['import', 'services', '/nowhere.json'], {}, /^linden: \/nowhere\.json cannot be read\..*\n$/],
    [
      'no such account',
      ['token', 'nobody@example.org'],
      {},
      /^linden: There is no open account nobody@example\.org\.\n$/,
    ],
    [
      'no such organisation',
      ['account', 'role', 'editor.viborg@example.org', 'editor', 'nowhere'],
      {},
      /^linden: No organisation is called "nowhere"/,
    ],
    ['no such head', ['audit', 'verify', '--head', '/nowhere'], {}, /^linden: \/nowhere cannot be read: ENOENT/],
  ])('%s', async (_, words, more, reason) => {
    const { code, out, err } = await linden(words, { ...env, ...more })
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(reason)
    expect(err).not.toMatch(/\n\s+at /)
  })
})

describe('while the server runs on the same folder', () => {
  test('it answers, and shows the sign-ins of the demo', async () => {
    expect((await fetch(server.address)).status).toBe(200)
    expect(server.greeting).toContain('editor.viborg@example.org')
  })

  test('the demo accounts are told with their secrets, and differ from instance to instance', async () => {
    const { out, code } = await linden(['demo', 'accounts', '--json'], env)
    const accounts = JSON.parse(out)
    expect(code).toBe(0)
    expect(accounts).toHaveLength(39)
    expect(accounts[0]).toEqual({
      email: 'editor.kharkiv@example.org',
      password: expect.stringMatching(/^(\w{4}-){3}\w{4}$/),
      totpSecret: null,
      name: 'Оксана Кравець',
      roles: ['editor'],
      organisation: 'dovira',
      area: 'UA63120270010096107',
      language: 'uk',
    })
    expect(accounts.filter((account: { totpSecret: string | null }) => account.totpSecret)).toHaveLength(18)
  })

  test('an account is opened, given a role, a token, and closed', async () => {
    const added = await linden(
      ['account', 'add', 'new@example.org', '--name', 'Ny Kollega', '--role', 'editor@viborg-kommune', '--json'],
      env,
    )
    expect(JSON.parse(added.out)).toMatchObject({
      email: 'new@example.org',
      invitation: expect.stringMatching(/\/invitation\//),
    })
    expect(await linden(['account', 'add', 'new@example.org', '--name', 'Ny'], env)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/has an account already/),
    })
    expect(await linden(['account', 'role', 'new@example.org', 'provider', 'viborg-kommune'], env)).toMatchObject({
      code: 0,
    })
    const token = await linden(['token', 'new@example.org', '--scope', 'directory:write'], env)
    expect(token.out).toMatch(/^lnd_[\w-]{43}\n$/)
    expect(await linden(['account', 'disable', 'new@example.org'], env)).toMatchObject({ code: 0 })
    expect(await linden(['token', 'new@example.org'], env)).toMatchObject({ code: 1 })
  })

  test('the head of the trail is printed, kept and found again', async () => {
    const head = await linden(['audit', 'head'], env)
    const file = join(place.folder, 'head.json')
    writeFileSync(file, head.out)
    const { code, out } = await linden(['audit', 'verify', '--head', file], env)
    expect(code).toBe(0)
    expect(out).toMatch(/^The trail is whole: \d+ entries.*\nIt contains the head /)
  })

  test('packs are listed as loaded', async () => {
    const { out } = await linden(['pack', 'list', '--json'], env)
    const packs = JSON.parse(out).filter((pack: { current: boolean }) => pack.current)
    expect(packs.map(({ id }: { id: string }) => id)).toEqual([
      'common',
      'de-stuttgart',
      'dk-midtjylland',
      'ua-kharkiv',
    ])
  })

  test('a port that is taken is told with what to do', async () => {
    const { port } = new URL(server.address)
    const { code, err } = await linden(['serve'], { ...env, PORT: port })
    expect(code).toBe(1)
    expect(err).toMatch(new RegExp(`^linden: PORT ${port} is taken .*PORT=\\d+ npm start\n$`))
  })

  test('a signal lets a request finish, is heard once however often it comes, and ends with 0', async () => {
    const other = await serve(env)
    const body = 'email=nobody%40example.org&password=wrong'
    const begun = request(`${other.address}/sign-in`, {
      method: 'POST',
      headers: {
        origin: other.address,
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': String(body.length),
        expect: '100-continue',
      },
    })
    const answer = once(begun, 'response')
    begun.flushHeaders()
    await once(begun, 'continue')
    for (const signal of ['SIGINT', 'SIGINT', 'SIGTERM'] as const) other.child.kill(signal)
    // Until nobody is let in any more; the request in hand is not forgotten.
    while (
      await fetch(other.address).then(
        () => true,
        () => false,
      )
    );
    begun.end(body)
    const [{ statusCode }] = await answer
    expect(statusCode).toBeLessThan(500)
    expect(await other.stop()).toBe(0)
    expect((await fetch(server.address)).status).toBe(200)
  })
})

describe('doctor', () => {
  const failing = async (more: Environment): Promise<{ what: string; words: string }[]> => {
    const { code, out, err } = await linden(['doctor', '--json'], { ...env, ...more })
    expect(err.split('\n')).toHaveLength(code === 0 ? 1 : 2)
    return JSON.parse(out).filter((finding: { ok: boolean }) => !finding.ok)
  }

  test('finds nothing wrong where nothing is', async () => {
    expect(await failing({})).toEqual([])
  })

  test('names a wrong variable', async () => {
    expect(await failing({ PORT: 'x' })).toMatchObject([
      { what: 'configuration', words: expect.stringMatching(/^PORT/) },
    ])
  })

  test('names a database that does not answer, a mail server and a bucket that do not', async () => {
    const closed = await closedPort()
    const found = await failing({
      DATABASE_URL: `postgres://o:p@127.0.0.1:${closed}/x`,
      SMTP_URL: `smtp://127.0.0.1:${closed}`,
      S3_ENDPOINT: `http://127.0.0.1:${closed}`,
      S3_BUCKET: 'files',
      S3_ACCESS_KEY: 'key',
      S3_SECRET_KEY: 'word',
    })
    expect(found.map(({ what }) => what)).toEqual(['database', 'files', 'mail'])
    expect(found[0]?.words).toMatch(/^The database of DATABASE_URL does not answer/)
  })

  test('names another secret', async () => {
    expect(await failing({ LINDEN_SECRET: 'another secret than the one of this database' })).toMatchObject([
      { what: 'roles', words: expect.stringMatching(/LINDEN_SECRET is not the one/) },
    ])
  })

  test('names a demo that is open to the network, and a pack with mistakes', async () => {
    const folder = join(place.folder, 'xx-broken')
    mkdirSync(folder)
    writeFileSync(join(folder, 'pack.json'), '{}')
    const found = await failing({ HOST: '0.0.0.0', LINDEN_DEMO: 'small', LINDEN_PACKS: folder })
    expect(found.map(({ what }) => what)).toEqual(['packs', 'network'])
  })

  test('names jobs that were given up, roles that see too much, tables that are missing', async () => {
    await withDatabase(async (owner) => {
      await owner.query(`select graphile_worker.add_job('test.planted', '{}', max_attempts => 1)`)
      await owner.query(
        `update graphile_worker._private_jobs set attempts = 1, last_error = 'planted' where key is null and payload::text = '{}' and max_attempts = 1`,
      )
      expect(await failing({})).toMatchObject([
        { what: 'jobs', words: expect.stringMatching(/test\.planted was given up/) },
      ])
      await owner.query(`delete from graphile_worker._private_jobs where last_error = 'planted'`)

      await owner.query('alter role linden_program bypassrls')
      expect(await failing({})).toMatchObject([
        { what: 'roles', words: expect.stringMatching(/^linden_program may pass/) },
      ])
      await owner.query('alter role linden_program nobypassrls')

      await owner.query('alter table access.person no force row level security')
      expect(await failing({})).toMatchObject([
        { what: 'roles', words: expect.stringMatching(/access\.person is off/) },
      ])
      await owner.query('alter table access.person force row level security')

      const { rows } = await owner.query(`delete from db.migration where part = 'thread' returning *`)
      expect(await failing({})).toMatchObject([
        { what: 'tables', words: expect.stringMatching(/1 migrations are not applied/) },
      ])
      for (const row of rows)
        await owner.query(
          'insert into db.migration (part, number, name, sha256, applied_at) values ($1, $2, $3, $4, $5)',
          Object.values(row),
        )
    })
    expect(await failing({})).toEqual([])
  })

  test('names a data folder that is none', async () => {
    const file = join(place.folder, 'file')
    writeFileSync(file, '')
    expect((await failing({ LINDEN_DATA: file })).map(({ what }) => what)).toContain('data folder')
  })
})

async function withDatabase(work: (owner: pg.Client) => Promise<void>): Promise<void> {
  const embedded = await startEmbedded(join(env.LINDEN_DATA ?? '', 'postgres'))
  const owner = new pg.Client({ ...embedded.connection, database: 'linden' })
  owner.on('error', () => {})
  try {
    await owner.connect()
    await work(owner)
  } finally {
    await owner.end()
    await embedded.stop()
  }
}

async function closedPort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => probe.once('listening', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  return typeof address === 'object' ? (address?.port ?? 9) : 9
}

test('`bin/linden.mjs` runs the same program', async () => {
  const file = join(import.meta.dirname, '../../bin/linden.mjs')
  // Where systems know such lines, by its own first line.
  const [command, words] = process.platform === 'win32' ? [process.execPath, [file]] : [file, []]
  const child = spawn(command, [...words, '--version'], {
    env: { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}` },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [code, out] = await Promise.all([
    new Promise((done) => child.once('close', done)),
    new Promise<string>((done) => child.stdout.once('data', (chunk) => done(String(chunk)))),
  ])
  expect([code, out]).toEqual([0, '0.1.0\n'])
})

test('however Linden is started, Node takes little memory for what passes', async () => {
  const root = join(import.meta.dirname, '../..')
  const bin = readFileSync(join(root, 'bin/linden.mjs'), 'utf8')
  expect(bin.split('\n')[0]).toBe(`#!/usr/bin/env -S node ${lean.join(' ')}`)
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  expect(scripts.start).toBe(`exec node ${lean.join(' ')} scripts/start.mjs`)
})

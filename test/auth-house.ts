import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { serve } from '@hono/node-server'
import { build } from 'esbuild'
import { afterAll } from 'vitest'
import { type Auth, createAuth } from '../src/platform/auth/auth.ts'
import { query } from '../src/platform/db/database.ts'
import { webServer } from '../src/platform/http/app.ts'
import { Door } from '../src/platform/http/door.ts'
import { createLog } from '../src/platform/log/log.ts'
import { openTestDatabase, type TestDatabase } from './database.ts'
import { testFiles } from './files.ts'
import { testSecret } from './secret.ts'

/** A whole web server with nothing but signing in, on loopback, over a database of its own. */
export interface TestHouse {
  db: TestDatabase
  auth: Auth
  url: string
  browser(): Browser
}

/** @param env further environment variables: the sign-in service, the demo */
export async function testHouse(env: Record<string, string> = {}): Promise<TestHouse> {
  // The engine keeps its own time, so the test's clock begins at the real one.
  const { database: db, drop } = await openTestDatabase({ now: new Date(), env })
  const assets = await buildAssets()
  process.env.LINDEN_ASSETS = assets
  const door = new Door()
  let fetch: (request: Request, env: unknown) => Response | Promise<Response> = () =>
    new Response(null, { status: 503 })
  const server = serve({
    fetch: (request, own) => fetch(request, own),
    port: Number(env.PORT ?? 0),
    hostname: '127.0.0.1',
  })
  if (!server.listening) await new Promise((resolve) => server.once('listening', resolve))
  const url = `http://localhost:${(server.address() as AddressInfo).port}`
  const config = { ...db.config, url }
  const log = createLog(process.env.AUTH_TEST_LOG ?? 'silent')
  const now = () => db.clock.now
  const auth = createAuth({
    config,
    database: db,
    secret: testSecret,
    now,
    log,
    scopes: ['directory:read', 'directory:write'],
  })
  auth.routes(door)
  const app = webServer({
    config,
    database: db,
    files: testFiles(db),
    door,
    authentication: auth,
    menus: [],
    regions: () => [],
    log,
    secret: testSecret,
    secure: false,
    now,
  })
  fetch = (request, own) => app.fetch(request, own as object)
  afterAll(async () => {
    await new Promise((resolve) => {
      server.close(resolve)
      if ('closeAllConnections' in server) server.closeAllConnections()
    })
    await auth.close()
    await drop()
    rmSync(assets, { recursive: true })
  })
  return { db, auth, url, browser: () => new Browser(url) }
}

/** Style sheet and islands as they are now, in a folder of this test. */
async function buildAssets(): Promise<string> {
  const outdir = mkdtempSync(join(tmpdir(), 'linden-assets-'))
  const { metafile } = await build({
    entryPoints: ['src/platform/ui/styles.css', 'src/platform/ui/islands/*.ts'],
    outdir,
    bundle: true,
    format: 'esm',
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    loader: { '.svg': 'file', '.png': 'dataurl' },
    metafile: true,
    logLevel: 'silent',
  })
  const files = Object.keys(metafile.outputs).map((file) => basename(file))
  const names = Object.fromEntries(files.map((file) => [file.replace(/-[A-Z0-9]{8}(\.\w+)$/, '$1'), file]))
  writeFileSync(join(outdir, 'manifest.json'), JSON.stringify({ 'leaf.svg': 'leaf.svg', ...names }))
  return outdir
}

/** An organisation to work for. @returns its id */
export async function testOrganisation(db: TestDatabase, slug = 'district-office'): Promise<string> {
  await db.ownerPool.query(
    `insert into access.area (code, level, names, pack, path) values ('XX', 'country', '{"en":"Nowhere"}', 'test', '{XX}'), ('XX-1', 'region', '{"en":"Somewhere"}', 'test', '{XX,XX-1}')
     on conflict do nothing`,
  )
  const { rows } = await db.ownerPool.query(
    `insert into access.organisation (slug, names, kind, area) values ($1, '{"en":"Office"}', 'public', 'XX-1') returning id`,
    [slug],
  )
  return rows[0].id
}

/** The letters that wait to be sent, the newest last. */
export async function lettersTo(
  db: TestDatabase,
  to: string,
): Promise<{ template: string; locale: string; parameters: { link: string; name?: string } }[]> {
  const { rows } = await db.ownerPool.query(
    `select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
     where t.identifier = 'mail.send' and payload->>'to' = $1 order by j.id`,
    [to],
  )
  return rows.map((row) => row.payload)
}

/** What the audit trail says happened, by name and outcome. */
export async function auditOf(db: TestDatabase): Promise<string[]> {
  const rows = await db.transact({ actor: null, purpose: 'administration' }, (tx) =>
    tx.all(query.selectFrom('audit.event').select(['act', 'outcome']).orderBy('id')),
  )
  return rows.map((row) => `${row.act} ${row.outcome}`)
}

/** A browser without script: keeps cookies, follows no redirect by itself, sends forms as pages do. */
export class Browser {
  readonly #url: string
  readonly cookies = new Map<string, string>()
  readonly headers: Record<string, string> = {
    'accept-language': 'en',
    'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  }

  constructor(url: string) {
    this.#url = url
  }

  get(path: string): Promise<Response> {
    return this.#send(path, {})
  }

  post(
    path: string,
    fields: Record<string, string | string[]>,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const body = new URLSearchParams()
    for (const [name, values] of Object.entries(fields)) for (const value of [values].flat()) body.append(name, value)
    return this.#send(path, { method: 'POST', body, headers: { 'sec-fetch-site': 'same-origin', ...headers } })
  }

  postJson(path: string, body: object): Promise<Response> {
    return this.#send(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' },
    })
  }

  async #send(path: string, init: RequestInit): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(new URL(path, this.#url), {
      ...init,
      redirect: 'manual',
      headers: {
        ...this.headers,
        ...(init.headers as Record<string, string> | undefined),
        ...(cookie ? { cookie } : {}),
      },
    })
    for (const set of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = set.split(';')
      const at = pair.indexOf('=')
      const gone = attributes.some((attribute) => /^\s*max-age=0$/i.test(attribute))
      if (gone) this.cookies.delete(pair.slice(0, at))
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return response
  }

  /** Who the server takes this browser for: the account page shows the address, everybody else is sent to sign in. */
  async isSignedIn(): Promise<boolean> {
    return (await this.get('/account')).status === 200
  }

  signIn(email: string, password: string, back = '/'): Promise<Response> {
    return this.post('/sign-in', { email, password, back })
  }
}

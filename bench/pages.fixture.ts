import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { openHouse } from '../src/main.ts'
import { readConfig } from '../src/platform/config/config.ts'

/**
 * One server for `bench/pages.ts`, in a process of its own. `house`: the program over a fresh embedded database with all packs.
 * `memory ADDRESS`: bare Hono that returns the bytes that ADDRESS returned once. Prints its port, then its memory when told `memory`.
 */
const [kind, address] = process.argv.slice(2)
const { fetch, close } = kind === 'house' ? await house() : await memory(address ?? '')
const server = serve({ fetch, port: 0, hostname: '127.0.0.1' }, (info) => process.send?.({ port: info.port }))
process.on('message', (told) => {
  if (told === 'memory') process.send?.({ rss: process.memoryUsage().rss })
  if (told === 'stop') server.close(() => void close().then(() => process.exit(0)))
})

async function house() {
  const data = mkdtempSync(join(tmpdir(), 'linden-bench-'))
  const open = await openHouse(readConfig({ LINDEN_DATA: data, LINDEN_DEMO: 'off', LINDEN_PACKS: 'all', LOG_LEVEL: 'silent', LINDEN_URL: 'http://127.0.0.1' }))
  return { fetch: open.app.fetch, close: () => open.close() }
}

async function memory(from: string) {
  const bytes = new Uint8Array(await (await globalThis.fetch(from, { headers: { 'accept-language': 'uk' } })).arrayBuffer())
  const app = new Hono()
  app.get('*', () => new Response(bytes, { headers: { 'content-type': 'text/html; charset=utf-8' } }))
  return { fetch: app.fetch, close: async () => {} }
}

/**
 * Imports services as HSDS 3.2, one a line: dry run, stored, and again unchanged. Seconds and the highest memory of the process.
 *
 *   node bench/import.ts [--services 50000]
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { importServices } from '../src/capabilities/directory/commands/import-services.ts'
import { directoryPack } from '../src/capabilities/directory/pack-part.ts'
import { readConfig } from '../src/platform/config/config.ts'
import { openDatabase } from '../src/platform/db/database.ts'
import { loadPack, packFolders, packPart } from '../src/platform/packs/load.ts'
import { hsdsLines } from '../test/fixtures/hsds-tables.ts'
import { report } from './fixtures/report.ts'

const { values } = parseArgs({ options: { services: { type: 'string', default: '50000' }, json: { type: 'boolean' } } })
const count = Number(values.services)
const folder = mkdtempSync(join(tmpdir(), 'linden-bench-'))
const database = await openDatabase(
  readConfig({ LINDEN_DATA: folder, LINDEN_SECRET: 'b'.repeat(40), LOG_LEVEL: 'silent' }),
)
try {
  for (const pack of packFolders(join(import.meta.dirname, '../packs'), ['dk-midtjylland']))
    await loadPack(database, pack, [packPart(directoryPack)], new Date())
  const source = { kind: 'file' as const, name: 'services.ndjson', open: lines }
  const options = { format: 'hsds' as const, dataset: 'bench', areas: ['DK-1082'] }
  const before = process.memoryUsage().rss
  let highest = before
  const watch = setInterval(() => {
    highest = Math.max(highest, process.memoryUsage().rss)
  }, 50)
  const measure = async (name: string, apply: boolean, goal: number) => {
    const started = performance.now()
    const { counts } = await importServices(database, source, { ...options, apply })
    const seconds = (performance.now() - started) / 1000
    if (counts.rejected > 0 || counts.added + counts.unchanged !== count)
      throw new Error(`${name}: ${JSON.stringify(counts)}`)
    report({
      name: `${name} ${count} services`,
      value: Math.round(seconds * 10) / 10,
      unit: 's',
      goal: `≤ ${goal} s`,
      ok: seconds <= goal,
    })
  }
  await measure('import, dry run of', false, 60)
  await measure('import of', true, 60)
  await measure('import again of', true, 60)
  clearInterval(watch)
  const grown = Math.round((highest - before) / 1_000_000)
  report({
    name: `import of ${count} services, memory above the start`,
    value: grown,
    unit: 'MB',
    goal: '≤ 450 MB',
    ok: grown <= 450,
  })
} finally {
  await database.close()
  rmSync(folder, { recursive: true, force: true })
}

async function* lines() {
  let chunk: string[] = []
  for (const line of hsdsLines(count)) {
    chunk.push(line)
    if (chunk.length < 100) continue
    yield Buffer.from(chunk.join(''))
    chunk = []
  }
  yield Buffer.from(chunk.join(''))
}

/**
 * Writes test/fixtures/backup-0.1.linden, the archive of the first version that every later one must restore. Made once for a release; until
 * 0.1 is released, again whenever a migration was changed in place:
 *
 *   npx tsx test/make-backup-fixture.ts
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packParts, packsRoot } from '../src/main.ts'
import { recordEvent } from '../src/platform/audit/record.ts'
import { sealTrail } from '../src/platform/audit/seal.ts'
import { backUp } from '../src/platform/backup/backup.ts'
import { readConfig } from '../src/platform/config/config.ts'
import { openDatabase } from '../src/platform/db/database.ts'
import { jobQueue } from '../src/platform/jobs/queue.ts'
import { loadPack, packFolders } from '../src/platform/packs/load.ts'
import { fixtureSecret } from './secret.ts'

const folder = mkdtempSync(join(tmpdir(), 'linden-fixture-'))
const file = join(import.meta.dirname, 'fixtures/backup-0.1.linden')
const now = new Date('2026-11-23T09:00:00Z')
const config = readConfig({ LINDEN_DATA: folder, LINDEN_SECRET: fixtureSecret, LINDEN_DEMO: 'off' })
const database = await openDatabase(config, { now: () => now })
try {
  for (const pack of packFolders(packsRoot, ['ua-kharkiv'])) await loadPack(database, pack, packParts, now)
  await database.transact({ actor: null, purpose: 'administration' }, async (tx) => {
    for (let event = 0; event < 3; event++)
      recordEvent(tx, { act: 'fixture.made', actor: null, origin: 'command-line', outcome: 'done', about: undefined })
    jobQueue(tx).add('fixture.wait', { for: 'a later version' }, { runAt: new Date('2100-01-01T00:00:00Z') })
  })
  await sealTrail(database.ownerPool, () => now)
  rmSync(file, { force: true })
  const report = await backUp(config, database, file, { program: '0.1.0', now })
  process.stdout.write(`${file}: ${report.rows} rows, ${report.bytes} bytes\n`)
} finally {
  await database.close()
  rmSync(folder, { recursive: true, force: true })
}

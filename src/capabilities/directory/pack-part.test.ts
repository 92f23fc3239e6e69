import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../../test/database.ts'
import { loadPack, packFolders, packPart, readPack } from '../../platform/packs/load.ts'
import { directoryPack } from './pack-part.ts'
import { serviceBySlug } from './store/read-service.ts'
import { changeService } from './store/save-service.ts'
import { readRegister } from './store/sources.ts'

const root = fileURLToPath(new URL('../../../packs', import.meta.url))
const now = new Date('2026-11-22T12:00:00Z')
const parts = [packPart(directoryPack)]
const database = await testDatabase({ now })
for (const folder of packFolders(root, 'all')) await loadPack(database, folder, parts, now)
const scratch = mkdtempSync(join(tmpdir(), 'linden-directory-pack-'))
afterAll(() => rmSync(scratch, { recursive: true }))

const system = { actor: null, purpose: 'administration' }
const shelter = 'nadannia-prytulku'
const count = async (sql: string) => Number((await database.ownerPool.query(sql)).rows[0]?.count)

function withSummary(words: string): string {
  const folder = join(scratch, crypto.randomUUID(), 'ua-kharkiv')
  cpSync(join(root, 'ua-kharkiv'), folder, { recursive: true })
  const file = join(folder, 'services', `${shelter}.json`)
  const card = JSON.parse(readFileSync(file, 'utf8'))
  writeFileSync(file, JSON.stringify({ ...card, summary: { uk: words } }))
  return folder
}

describe('the packs in the directory', () => {
  it('DIR-1: all three regions are stored, each municipality of Midtjylland with offers', async () => {
    expect(await count("select count(*) from directory.service where pack = 'ua-kharkiv'")).toBe(12)
    expect(await count("select count(*) from directory.service where pack = 'dk-midtjylland'")).toBeGreaterThan(76)
    expect(
      await count(
        "select count(*) from access.area a where level = 'municipality' and pack = 'dk-midtjylland' and (select count(*) from directory.service s where s.areas_served @> array[a.code]) >= 4",
      ),
    ).toBe(19)
  })

  it('DIR-2: what is stored is the card, ground by ground', async () => {
    const details = await database.transact({ actor: null }, (tx) => serviceBySlug(tx, 'sotsialnyi-suprovid'))
    expect(details?.card.refusalGrounds.map((ground) => ground.holds)).toEqual(['ending', 'ending'])
    const found = await database.transact({ actor: null }, (tx) => serviceBySlug(tx, shelter))
    expect(found?.card.refusalGrounds).toEqual([])
  })

  it('DIR-7: a changed card of a pack becomes a new version', async () => {
    await loadPack(database, withSummary('Інакше сказано.'), parts, now)
    const changed = await database.transact({ actor: null }, (tx) => serviceBySlug(tx, shelter))
    expect(changed?.card.summary).toEqual({ uk: 'Інакше сказано.' })
    expect(changed?.version).toBe(2)
  })

  it('DIR-7: people win over packs: a card that an editor changed is left alone', async () => {
    await database.transact(system, async (tx) => {
      const details = await serviceBySlug(tx, shelter)
      if (!details) throw new Error('the shelter is gone')
      const card = { ...details.card, summary: { uk: 'Слова редакторки.' } }
      await changeService(tx, details.id, details.version, { card, status: 'active' }, await readRegister(tx, card), {
        account: null,
        origin: 'page',
        deed: 'change',
      })
    })
    await loadPack(database, withSummary('Слова набору даних.'), parts, now)
    const details = await database.transact({ actor: null }, (tx) => serviceBySlug(tx, shelter))
    expect(details?.card.summary).toEqual({ uk: 'Слова редакторки.' })
  })

  it('says what a card refers to and the pack does not hold', () => {
    const folder = join(scratch, crypto.randomUUID(), 'ua-kharkiv')
    cpSync(join(root, 'ua-kharkiv'), folder, { recursive: true })
    const file = join(folder, 'services', `${shelter}.json`)
    const card = JSON.parse(readFileSync(file, 'utf8'))
    writeFileSync(
      file,
      JSON.stringify({ ...card, organisation: 'nobody', areas: ['UA-nowhere'], legalBases: [{ act: 'no-such-act' }] }),
    )
    expect(readPack(folder, parts, now).problems.map((problem) => problem.path)).toEqual([
      'organisation',
      'areas.0',
      'legalBases.0',
    ])
  })
})

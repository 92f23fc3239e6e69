import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../../test/database.ts'
import { BadPack, loadPack, type PackPart, packFolders, packPart, readPack } from './load.ts'
import { loadRegions } from './regions.ts'

const root = fileURLToPath(new URL('../../../packs', import.meta.url))
const now = new Date('2026-11-22T12:00:00Z')
const database = await testDatabase({ now })
const scratch = mkdtempSync(join(tmpdir(), 'linden-packs-'))
afterAll(() => rmSync(scratch, { recursive: true }))

/** A copy of a pack in which one file says something else. */
function spoiled(id: string, file: string, change: (text: string) => string): string {
  const folder = join(scratch, crypto.randomUUID(), id)
  cpSync(join(root, id), folder, { recursive: true })
  writeFileSync(join(folder, file), change(readFileSync(join(folder, file), 'utf8')))
  return folder
}

describe('packs', () => {
  it('come with what is shared first, and a name that nobody knows is refused with those that are there', () => {
    expect(packFolders(root, 'all').map((folder) => folder.split('/').at(-1))).toEqual([
      'common',
      'de-stuttgart',
      'dk-midtjylland',
      'ua-kharkiv',
    ])
    expect(packFolders(root, [])).toEqual([])
    expect(() => packFolders(root, ['se-skane'])).toThrow(/se-skane.*de-stuttgart, dk-midtjylland, ua-kharkiv/)
  })

  it('are read without a mistake', () => {
    for (const folder of packFolders(root, 'all')) expect(readPack(folder, [], now).problems).toEqual([])
  })

  it('are stored once: an unchanged pack is left alone', async () => {
    const folder = join(root, 'ua-kharkiv')
    expect(await loadPack(database, folder, [], now)).toBe(true)
    expect(await loadPack(database, folder, [], now)).toBe(false)
    expect((await loadRegions(database)).map((region) => region.id)).toEqual(['ua-kharkiv'])
  })

  it('say every mistake with file and place, and store nothing then', async () => {
    const folder = spoiled('dk-midtjylland', 'pack.json', (text) => text.replace('"DKK"', '"kroner"'))
    await expect(loadPack(database, folder, [], now)).rejects.toSatisfy(
      (error) =>
        error instanceof BadPack &&
        error.problems.some((problem) => problem.file === 'pack.json' && problem.path === 'currency'),
    )
    expect((await loadRegions(database)).map((region) => region.id)).toEqual(['ua-kharkiv'])
  })

  it('need every parent of their area tree', () => {
    const folder = spoiled('dk-midtjylland', 'areas.json', (text) =>
      text.replace('"parent": "DK-1082"', '"parent": "DK-9999"'),
    )
    expect(readPack(folder, [], now).problems).toContainEqual(
      expect.objectContaining({ file: 'areas.json', message: expect.stringContaining('DK-9999') }),
    )
  })

  it('are stored whole or not at all: a part that fails takes everything back', async () => {
    const failing: PackPart<Record<string, never>> = {
      name: 'failing',
      files: {},
      check: () => [],
      load: () => Promise.reject(new Error('cut')),
    }
    await expect(loadPack(database, join(root, 'de-stuttgart'), [packPart(failing)], now)).rejects.toThrow('cut')
    const { rows } = await database.ownerPool.query("select from access.area where pack = 'de-stuttgart'")
    expect(rows.length).toBe(0)
  })
})

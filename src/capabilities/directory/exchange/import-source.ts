import { createReadStream } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { readArchive } from '../../../platform/tabular/zip.ts'
import type { ImportSource } from './import-types.ts'

const archiveLimits = { entries: 200, unpacked: 1_500_000_000 }
const tableName = (path: string) =>
  basename(path)
    .toLowerCase()
    .replace(/\.csv$/, '')

/** A data set from a file, a folder of CSV tables, or a ZIP archive of them. @throws Error when it is not there or no readable archive */
export async function sourceFromPath(path: string): Promise<ImportSource> {
  const found = await stat(path).catch(() => {
    throw new Error(`${path} cannot be read. Give a file, a folder of CSV tables, or a ZIP archive of them.`)
  })
  if (found.isDirectory()) {
    const names = (await readdir(path)).filter((name) => name.toLowerCase().endsWith('.csv')).sort()
    return {
      kind: 'tables',
      tables: new Map(names.map((name) => [tableName(name), () => createReadStream(join(path, name))])),
    }
  }
  if (path.toLowerCase().endsWith('.zip')) return sourceFromUpload(path, await readFile(path))
  return { kind: 'file', name: basename(path), open: () => createReadStream(path) }
}

/** A data set from bytes that somebody has sent. @throws Error for an archive that cannot be read */
export function sourceFromUpload(name: string, bytes: Uint8Array): ImportSource {
  const chunks = async function* (content: Uint8Array) {
    for (let from = 0; from < content.length; from += 65_536) yield content.subarray(from, from + 65_536)
  }
  if (!name.toLowerCase().endsWith('.zip')) return { kind: 'file', name: basename(name), open: () => chunks(bytes) }
  const archive = readArchive(bytes, archiveLimits, (entry) => entry.toLowerCase().endsWith('.csv'))
  if (!archive.ok) throw new Error(`${basename(name)} is no readable ZIP archive (${archive.problem.message.code}).`)
  return {
    kind: 'tables',
    tables: new Map([...archive.entries].map(([entry, content]) => [tableName(entry), () => chunks(content)])),
  }
}

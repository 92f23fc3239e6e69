import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { libreoffice } from '../scripts/libreoffice.mjs'
import { readArchive, writeArchive } from '../src/platform/tabular/zip.ts'

const run = promisify(execFile)

/** Tells LibreOffice to reckon everything anew, whatever results stand in the file. */
const always = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>`

/** Workbooks opened and recomputed by a program that is not ours: rows of the first sheet, each cell as it is shown. */
export async function recomputed(workbooks: readonly Uint8Array[]): Promise<string[][][]> {
  const folder = mkdtempSync(join(tmpdir(), 'linden-sheet-'))
  try {
    const profile = join(folder, 'profile')
    mkdirSync(join(profile, 'user'), { recursive: true })
    writeFileSync(join(profile, 'user', 'registrymodifications.xcu'), always)
    const files = workbooks.map((bytes, at) => {
      const file = join(folder, `book-${at}.xlsx`)
      writeFileSync(file, bytes)
      return file
    })
    // 9: tab, 34: quotes, 76: UTF-8, 1033: numbers as 1,234.50
    const filter = 'csv:Text - txt - csv (StarCalc):9,34,76,1,,1033'
    await run(
      await libreoffice(),
      [
        `-env:UserInstallation=${pathToFileURL(profile).href}`,
        '--headless',
        '--convert-to',
        filter,
        '--outdir',
        folder,
        ...files,
      ],
      { timeout: 90_000 },
    )
    return files.map((file) =>
      readFileSync(file.replace('.xlsx', '.csv'), 'utf8')
        .split('\n')
        .map((line) => line.split('\t').map((cell) => cell.replace(/^"|"$/g, '').replaceAll('""', '"'))),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A number as LibreOffice shows it. */
export const shownNumber = (cell: string | undefined): number => Number((cell ?? '').replaceAll(',', ''))

/** The same workbook with another number in a cell; results of formulas stay as they were written. @param cell such as `B6` */
export function withNumber(workbook: Uint8Array, cell: string, number: string): Uint8Array {
  const archive = readArchive(workbook)
  if (!archive.ok) throw new Error(`no workbook: ${archive.problem.message.code}`)
  const name = 'xl/worksheets/sheet1.xml'
  const text = Buffer.from(archive.entries.get(name) ?? []).toString('utf8')
  const changed = text.replace(new RegExp(`(<c r="${cell}"[^>]*><v>)[^<]*(</v>)`), `$1${number}$2`)
  if (changed === text) throw new Error(`${cell} holds no number`)
  return writeArchive([...archive.entries].map(([path, bytes]) => [path, path === name ? changed : bytes]))
}

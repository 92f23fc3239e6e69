import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import type { Database } from '../../../platform/db/database.ts'
import type { Job } from '../../../platform/jobs/job.ts'
import { type ExportFormat, exportFiles, exportServices } from '../exchange/export-services.ts'

/** Where the newest exports lie. @param data the data folder of the instance */
export const exportsFolder = (data: string): string => join(data, 'exports')

const nightly: readonly ExportFormat[] = ['hsds', 'hsds-tabular', 'cards', 'cards-xlsx']

/** Writes every export beside the last one and puts it in its place when it is whole: readers never see half a file. */
export async function writeExports(
  database: Database,
  data: string,
  origin: string,
  signal?: AbortSignal,
): Promise<void> {
  const folder = exportsFolder(data)
  await mkdir(folder, { recursive: true })
  for (const format of nightly) {
    const file = join(folder, exportFiles[format].name)
    const half = `${file}.${process.pid}.half`
    try {
      await pipeline(
        Readable.from(exportServices(database, format, { origin, locale: 'en' }), { objectMode: false }),
        createWriteStream(half),
        ...(signal ? [{ signal }] : []),
      )
      await rename(half, file)
    } finally {
      await rm(half, { force: true })
    }
  }
}

/** Every night: the open data of the day. Done twice it writes the same files. */
export const exportNightly: Job<object> = {
  task: 'directory.export',
  payload: z.object({}),
  purpose: 'export',
  cron: '40 1 * * *',
  run: ({ database, config, signal }) => writeExports(database, config.data, new URL(config.url).origin, signal),
}

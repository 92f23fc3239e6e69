import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { everyone } from '../../../platform/access/permission.ts'
import { page } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { dcatCatalogue, offered } from '../exchange/dcat.ts'
import { type ExportFormat, exportFiles, exportServices } from '../exchange/export-services.ts'
import { exportsFolder } from '../jobs/export-nightly.ts'
import { OpenDataPage } from '../views/open-data.tsx'

const guard = { permission: everyone, audit: { none: 'public data' } } as const
const open = { 'access-control-allow-origin': '*' }

/** Open data: the page that lists it, the files of last night, and their entry for catalogues. @param data the data folder of the instance */
export function openDataRoutes(door: Door, data: string): void {
  const file = (format: ExportFormat) => join(exportsFolder(data), exportFiles[format].name)

  door.page('/open', guard, async ({ region }) => {
    const files = await Promise.all(
      offered.map(async (format) => {
        const found = await stat(file(format)).catch(() => undefined)
        return { format, bytes: found?.size, made: found?.mtime }
      }),
    )
    return page(m.exchange_open_title(), <OpenDataPage files={files} timeZone={region?.timeZone ?? 'UTC'} />, {
      description: m.exchange_hsds_about(),
    })
  })

  door.raw('get', '/open/dcat', guard, async (visit) => {
    const newest = await Promise.all(
      offered.map(async (format) => (await stat(file(format)).catch(() => undefined))?.mtime.getTime() ?? 0),
    )
    const modified = Math.max(...newest) > 0 ? new Date(Math.max(...newest)) : visit.now
    return new Response(JSON.stringify(dcatCatalogue(visit.origin, visit.regions, modified)), {
      headers: { ...open, 'content-type': 'application/ld+json; charset=utf-8', 'cache-control': 'no-cache' },
    })
  })

  for (const format of offered)
    door.raw('get', `/open/${exportFiles[format].name}`, guard, (visit) => serveFile(visit, format, file(format)))
}

/** The file of last night; where there is none yet, it is made while it is read. */
async function serveFile(visit: Visit, format: ExportFormat, path: string): Promise<Response> {
  const found = await stat(path).catch(() => undefined)
  const { name, type } = exportFiles[format]
  const headers = {
    ...open,
    'content-type': type,
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'no-cache',
  }
  if (!found) {
    const bytes = exportServices(visit.database, format, { origin: visit.origin, locale: visit.locale })
    return streamed(Readable.from(bytes, { objectMode: false }), { ...headers, vary: 'Accept-Language, Cookie' })
  }
  const tag = `"${found.mtimeMs.toString(36)}-${found.size.toString(36)}"`
  const all = { ...headers, etag: tag, 'last-modified': found.mtime.toUTCString() }
  if (visit.request.headers.get('if-none-match')?.replace(/^W\//, '') === tag)
    return new Response(null, { status: 304, headers: all })
  return streamed(createReadStream(path), all)
}

const streamed = (source: Readable, headers: Record<string, string>) =>
  new Response(Readable.toWeb(source) as ReadableStream<Uint8Array>, { headers })

import { z } from 'zod'
import type { Permission } from '../access/permission.ts'
import type { Door } from '../http/door.ts'
import { problem } from '../http/problem.ts'
import { m } from '../i18n/speech.ts'
import type { Files, StoredFile } from './files.ts'

/**
 * `/files/{id}`: a file as it was handed in, to be saved, never shown as part of this site. What is in it cannot run here: the answer is
 * sandboxed, its type is the one that was recognised, and browsers may not guess another.
 */
export function fileRoutes(door: Door, files: Files, permission: Permission<object>): void {
  door.raw('get', '/files/{id}', { permission, audit: 'files.file.read' }, async (visit) => {
    const id = z.object({ id: z.uuid() }).safeParse(visit.params)
    if (!id.success) return problem(404, m.problem_not_found())
    visit.about({ kind: 'file', id: id.data.id })
    const file = await visit.read((tx) => files.open(tx, id.data.id))
    const content = await file?.content()
    if (!file || !content) return problem(404, m.problem_not_found())
    return fileAnswer(file, content)
  })
}

/**
 * A stored file as an answer of any raw route: saved under its name and never shown as part of this site. Who may have it was decided before.
 * @param content of `file.content()`
 */
export function fileAnswer(
  file: Pick<StoredFile, 'name' | 'type' | 'size'>,
  content: AsyncIterable<Uint8Array>,
): Response {
  return new Response(streamOf(content), {
    headers: {
      'content-type': file.type === 'text/plain' ? 'text/plain; charset=utf-8' : file.type,
      'content-length': String(file.size),
      'content-disposition': `attachment; filename="${file.name.replaceAll(/[^\w.-]/g, '_')}"; filename*=UTF-8''${encodeName(file.name)}`,
      'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, no-store',
    },
  })
}

/** RFC 8187. */
function encodeName(name: string): string {
  return encodeURIComponent(name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}

function streamOf(content: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = content[Symbol.asyncIterator]()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { value, done } = await reader.next()
        if (done) controller.close()
        else controller.enqueue(new Uint8Array(value))
      },
      async cancel() {
        await reader.return?.()
      },
    },
    { highWaterMark: 1 },
  )
}

import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { assetNames, assetsFolder } from '../ui/assets.ts'

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
}

/** A built file. Its name holds a hash of its content, so that browsers may keep it for ever. */
export async function serveAsset(file: string): Promise<Response> {
  if (!Object.values(assetNames()).includes(file)) return new Response(null, { status: 404 })
  const type = types[extname(file)] ?? 'application/octet-stream'
  return new Response(new Uint8Array(await readFile(join(assetsFolder(), file))), {
    headers: { 'content-type': type, 'cache-control': 'public, max-age=31536000, immutable' },
  })
}

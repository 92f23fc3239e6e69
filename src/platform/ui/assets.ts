import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const Manifest = z.record(z.string(), z.string())
let known: { folder: string; names: Readonly<Record<string, string>> } | undefined

/** The folder with the built style sheet and islands: `LINDEN_ASSETS`, else beside the bundle, else `dist/assets` of the sources. */
export function assetsFolder(): string {
  const given = process.env.LINDEN_ASSETS
  if (given) return given
  const beside = fileURLToPath(new URL('./assets', import.meta.url))
  return existsSync(join(beside, 'manifest.json'))
    ? beside
    : fileURLToPath(new URL('../../../dist/assets', import.meta.url))
}

/** All built files: the name that pages ask for, and the hashed name that browsers may keep for ever. */
export function assetNames(): Readonly<Record<string, string>> {
  const folder = assetsFolder()
  if (known?.folder === folder) return known.names
  const path = join(folder, 'manifest.json')
  if (!existsSync(path)) throw new Error(`${path} is missing: run "npm run build" first.`)
  known = { folder, names: Manifest.parse(JSON.parse(readFileSync(path, 'utf8'))) }
  return known.names
}

/**
 * The address of a built file: `asset('styles.css')` → `/assets/styles-4F6QTS2A.css`.
 * @throws when the build made no such file
 */
export function asset(name: string): string {
  const hashed = assetNames()[name]
  if (!hashed) throw new Error(`The build made no "${name}"; it made ${Object.keys(assetNames()).join(', ')}.`)
  return `/assets/${hashed}`
}

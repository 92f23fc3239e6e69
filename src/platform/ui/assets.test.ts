import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { asset, assetNames } from './assets.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linden-assets-'))
  vi.stubEnv('LINDEN_ASSETS', folder)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

test('a built file is named with its hash', () => {
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ 'styles.css': 'styles-ABCDEFGH.css' }))
  expect(asset('styles.css')).toBe('/assets/styles-ABCDEFGH.css')
  expect(assetNames()).toEqual({ 'styles.css': 'styles-ABCDEFGH.css' })
})

test('a file that was not built, and a build that never ran, say what to do', () => {
  expect(() => asset('styles.css')).toThrow('run "npm run build" first')
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ 'styles.css': 'styles-ABCDEFGH.css' }))
  expect(() => asset('map.js')).toThrow('made no "map.js"; it made styles.css')
})

test('every distance that a page asks for exists: one that does not is the ordinary one, and headings stick to what is above them', () => {
  const source = join(import.meta.dirname, '../..')
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  const read = (end: string) =>
    files.filter((file) => file.endsWith(end)).map((file) => readFileSync(join(source, file), 'utf8'))
  const gaps = (texts: readonly string[]) =>
    new Set(texts.flatMap((text) => [...text.matchAll(/data-gap="(\d+)"/g)].map(([, gap]) => gap)))
  const known = gaps(read('.css'))
  // 4 is the ordinary distance, and needs no rule
  expect([...gaps(read('.tsx'))].filter((gap) => gap !== '4' && !known.has(gap))).toEqual([])
})

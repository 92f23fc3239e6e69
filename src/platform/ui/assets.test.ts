import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
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

import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')

/** Lines of our program in which something stands, as `file: text`; comments and tests are no program. */
function linesWith(pattern: RegExp, from = ourFiles()): string[] {
  return from.flatMap(({ file, text }) =>
    text
      .replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
      .split('\n')
      .filter((line) => pattern.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  )
}

function ourFiles(): { file: string; text: string }[] {
  return globSync('src/**/*.{ts,tsx}', { cwd: root })
    .filter((file) => !/\.(test|fixture)\.tsx?$|platform\/i18n\/out\//.test(file))
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }))
}

const filesOf = (lines: readonly string[]) => [...new Set(lines.map((line) => line.split(':')[0]))].sort()

const guessable = /\bMath\.random\b/
const evaluating = /\beval\(|\bnew Function\(|\bfrom 'node:vm'|\bimport\('node:vm'\)/
const starting = /'node:child_process'/
const weak =
  /create(Hash|Hmac)\('(?!sha(256|384|512)')|createCipheriv\('(?!aes-256-gcm')|createDecipheriv\('(?!aes-256-gcm')|(crypto-js|bcryptjs|node-forge)/

describe('what is dangerous stands nowhere', () => {
  test('nothing is drawn from a generator that can be guessed', () => {
    // how long to pause before a transaction is tried again is no secret
    expect(filesOf(linesWith(guessable))).toEqual(['src/platform/db/transact.ts'])
  })

  test('no text becomes program', () => expect(linesWith(evaluating)).toEqual([]))

  test('only the database is started as another program', () => {
    expect(filesOf(linesWith(starting)).filter((file) => !file?.startsWith('src/platform/db/'))).toEqual([])
  })

  test('secrets, hashes and ciphers are those of the platform, and strong', () => {
    // RFC 9562 makes names into ids of version 5 with SHA-1; nothing rests on nobody finding another name
    expect(filesOf(linesWith(weak))).toEqual(['src/capabilities/directory/exchange/uuid5.ts'])
  })

  test('each of them is found where it is planted', () => {
    const planted = [
      'const token = Math.random()',
      "new Function('return 1')()",
      "import { exec } from 'node:child_process'",
      "createHash('md5')",
    ]
    const from = [{ file: 'planted.ts', text: planted.join('\n') }]
    for (const pattern of [guessable, evaluating, starting, weak]) expect(linesWith(pattern, from)).toHaveLength(1)
  })
})

import { execFile } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const measuring = globSync('bench/*.ts', { cwd: root }).filter(
  (file) => !file.endsWith('.test.ts') && readFileSync(join(root, file), 'utf8').includes('parseArgs({'),
)

/** What a measurement says to an option that it does not know: it gets that far once all that it imports is there. */
const said = (file: string) =>
  new Promise<string>((done) => {
    execFile(process.execPath, ['--import', 'tsx', file, '--nothing'], { cwd: root }, (_error, _out, text) =>
      done(text),
    )
  })

test.each(measuring)('%s finds all that it measures', async (file) => {
  expect(await said(file)).toContain('ERR_PARSE_ARGS_UNKNOWN_OPTION')
})

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { run, Tally } from '../scripts/steps.mjs'

const folder = mkdtempSync(join(tmpdir(), 'linden-runner-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
afterEach(() => vi.restoreAllMocks())

const node = (code: string) => [process.execPath, '-e', code]

describe('the runner of all checks', () => {
  test('ends what hangs, with everything that it started', async () => {
    const mark = join(folder, 'grandchild')
    const hanging = `
      const { spawn } = require('node:child_process')
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' })
      require('node:fs').writeFileSync(${JSON.stringify(mark)}, String(child.pid))
      setInterval(() => {}, 1000)`
    const { ok, output, seconds } = await run({ command: node(hanging), minutes: 0.02 })
    expect(ok).toBe(false)
    expect(output).toContain('Ended after')
    expect(seconds).toBeLessThan(20)
    const pid = Number(readFileSync(mark, 'utf8'))
    await expect.poll(() => isGone(pid), { timeout: 20_000 }).toBe(true)
  })

  test('counts passed, failed and skipped, and its status follows', async () => {
    const said = vi.spyOn(console, 'log').mockImplementation(() => {})
    const tally = new Tally()
    await tally.check({ says: 'one that passes', command: node(''), minutes: 1 })
    expect(tally.end()).toBe(0)
    await tally.check({ says: 'one that fails', command: node('console.error("why"); process.exit(3)'), minutes: 1 })
    await tally.check({ says: 'one that is not there', command: ['no-such-program'], minutes: 1 })
    tally.skipped = 4
    expect(tally.end()).toBe(1)
    const lines = said.mock.calls.map(([line]) => String(line))
    expect(lines).toContain('1 passed, 0 failed')
    expect(lines.at(-1)).toBe('1 passed, 2 failed, 4 skipped')
    expect(lines.join('\n')).toContain('    why')
  })

  test('a run of vitest without any test has failed', async () => {
    vi.spyOn(console, 'log').mockImplementation(() => {})
    vi.spyOn(process.stdout, 'write').mockImplementation(() => true)
    const config = join(folder, 'vitest.config.mjs')
    writeFileSync(config, 'export default {}')
    const tally = new Tally()
    await tally.vitest(['no-such-file'], {
      minutes: 1,
      args: [`--config=${config}`, `--root=${folder}`, '--passWithNoTests'],
    })
    expect([tally.passed, tally.failed]).toEqual([0, 1])
  })

  test('a file that cannot be loaded, and an error outside every test, count as failed', async () => {
    vi.spyOn(process.stdout, 'write').mockImplementation(() => true)
    const config = join(folder, 'vitest.config.mjs')
    writeFileSync(config, 'export default {}')
    writeFileSync(join(folder, 'broken.test.mjs'), "throw new Error('planted')")
    writeFileSync(
      join(folder, 'fine.test.mjs'),
      `import { test } from ${JSON.stringify(join(import.meta.dirname, '../node_modules/vitest/dist/index.js'))}\ntest('fine', () => {})\ntest.skip('later', () => {})`,
    )
    writeFileSync(
      join(folder, 'stray.test.mjs'),
      `import { test } from ${JSON.stringify(join(import.meta.dirname, '../node_modules/vitest/dist/index.js'))}\ntest('stray', async () => { Promise.reject(new Error('planted')); await new Promise((done) => setTimeout(done, 20)) })`,
    )
    const broken = new Tally()
    await broken.vitest(['broken', 'fine'], { minutes: 1, args: [`--config=${config}`, `--root=${folder}`] })
    expect([broken.passed, broken.failed, broken.skipped]).toEqual([1, 1, 1])
    const stray = new Tally()
    await stray.vitest(['stray'], { minutes: 1, args: [`--config=${config}`, `--root=${folder}`] })
    expect(stray.failed).toBe(1)
  })
})

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0)
    // one that nobody has waited for yet has ended all the same
    return existsSync(`/proc/${pid}/stat`) && /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return true
  }
}

/** The quick checks, within two minutes: types, lint, boundaries, and the tests that need no database and no browser. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isNewEnough, runUnderNewerNode } from './newer-node.mjs'

/** A test that opens a database or starts a server says so in its imports. */
const needsMore = /from '[^']*\/(database|cluster|embedded|journey|[\w-]*house)\.ts'/

if (isNewEnough()) process.exit(await check())
else runUnderNewerNode(fileURLToPath(import.meta.url), process.argv.slice(2))

/** @returns status of the process */
async function check() {
  const { root, steps, Tally } = await import('./steps.mjs')
  const tally = new Tally()
  if (!(await tally.check(steps.buildTypes))) return tally.end()
  for (const name of ['types', 'lint', 'boundaries']) await tally.check(steps[name])
  const quick = globSync(['src/**/*.test.{ts,tsx}', 'test/boundaries/*.test.ts'], { cwd: root }).filter(
    (file) => !needsMore.test(readFileSync(join(root, file), 'utf8')),
  )
  await tally.vitest(quick, { minutes: 2 })
  return tally.end()
}

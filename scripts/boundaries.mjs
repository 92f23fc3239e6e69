/**
 * Who may know whom: the rules of .dependency-cruiser.cjs, and what a list of imports cannot tell (who writes, barrels, SQL of
 * other schemas).
 *
 *   node scripts/boundaries.mjs
 */
import { execFile } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { foreignTables, uncommandedWrites } from './boundaries-of-stores.mjs'

const home = resolve(dirname(fileURLToPath(import.meta.url)), '..')

/** @typedef {{ rule: string, from: string, to: string }} Violation */

/** @param {string} [root] a folder with `src`, `tsconfig.json` and `.dependency-cruiser.cjs` @returns {Promise<Violation[]>} */
export async function boundaryViolations(root = home) {
  return [...(await imports(root)), ...barrels(root), ...uncommandedWrites(root), ...foreignTables(root)]
}

/** @throws Error where the tool looked at fewer files than there are: it says "no violations" of what it cannot read */
async function imports(root) {
  const program = join(home, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
  const args = [program, 'src', '--config', '.dependency-cruiser.cjs', '--output-type', 'json']
  const said = await new Promise((done, fail) => {
    execFile(process.execPath, args, { cwd: root, maxBuffer: 256_000_000, timeout: 110_000 }, (error, out, err) =>
      out.startsWith('{') ? done(out) : fail(new Error(`dependency-cruiser failed: ${err || error?.message}`)),
    )
  })
  const { modules, summary } = JSON.parse(said)
  const looked = new Set(modules.map((module) => module.source))
  const unseen = ourFiles(root).filter((file) => !looked.has(file))
  if (modules.length === 0 || unseen.length > 0)
    throw new Error(
      `dependency-cruiser looked at ${modules.length} modules and not at ${unseen.length} of ours (${unseen.slice(0, 3).join(', ')}): does it find TypeScript 6?`,
    )
  const known = modules.filter((module) => module.source.startsWith('src/')).flatMap((module) => module.dependencies)
  if (!known.some((dependency) => dependency.dependencyTypes.includes('type-only')))
    throw new Error('dependency-cruiser saw no import of a type: is tsPreCompilationDeps on?')
  return summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }))
}

function ourFiles(root) {
  return globSync('src/**/*.{ts,tsx}', { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !file.startsWith('src/platform/i18n/out/'))
}

/** Files that only pass on what others export, and files named after nothing. */
function barrels(root) {
  return ourFiles(root).flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
    const rest = text.replace(/export\s+(type\s+)?(\*(\s+as\s+\w+)?|\{[^}]*\})\s+from\s+(['"]).*?\4;?/g, '')
    // what others may use of a capability is such a list, and the one that they may import
    if (/^src\/capabilities\/[^/]+\/contract\.ts$/.test(file)) return []
    const nameless = /\/(index|utils?|helpers?|common|misc)\.tsx?$/.test(file)
    return nameless || (text.trim() && !rest.trim()) ? [{ rule: 'no-barrels', from: file, to: file }] : []
  })
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    const violations = await boundaryViolations()
    for (const { rule, from, to } of violations) console.error(`${rule}: ${from} → ${to}`)
    if (violations.length > 0) process.exitCode = 1
  } catch (error) {
    console.error(error.message)
    process.exitCode = 1
  }
}

/**
 * Gathers the numbered migrations of every part into one generated module, so that the bundled program carries them.
 *
 *   node scripts/collect-migrations.mjs
 */
import { existsSync, globSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const home = resolve(dirname(fileURLToPath(import.meta.url)), '..')

/** The order in which parts are migrated: each may build on those before it. */
const platform = 'db access limits audit jobs http auth files thread mail packs disclosure search'.split(' ')
/** Capabilities in the order in which they may know each other (.dependency-cruiser.cjs). */
export const capabilities =
  'directory governance participation agreements capacity intake cases commons knowledge insight'.split(' ')
const places = [
  ...platform.map((part) => ({ part, folder: `src/platform/${part}/migrations` })),
  ...capabilities.map((part) => ({ part, folder: `src/capabilities/${part}/migrations` })),
]

/**
 * Reads all migrations in the order in which they are applied.
 * @param {string} [root] the repository
 * @returns {{ part: string, number: number, name: string, text: string }[]}
 * @throws Error for a part without a place in the order, a wrong file name, a gap in the numbers, or a file that ends its own transaction
 */
export function readMigrations(root = home) {
  const found = globSync('src/{platform,capabilities}/*/migrations/*', { cwd: root }).map((file) =>
    file.replaceAll('\\', '/'),
  )
  for (const file of found)
    if (!places.some(({ folder }) => dirname(file) === folder))
      throw new Error(`${file}: this part has no place in the order of scripts/collect-migrations.mjs. Add it there.`)
  return places.flatMap(({ part, folder }) =>
    found
      .filter((file) => dirname(file) === folder)
      .sort()
      .map((file, index) => {
        const match = /^(\d{4})_([a-z0-9_]+)\.sql$/.exec(basename(file))
        if (!match) throw new Error(`${file}: a migration is called 0001_what_it_does.sql.`)
        const number = Number(match[1])
        if (number !== index + 1)
          throw new Error(`${file}: expected number ${index + 1}. Numbers run from 0001 without gaps.`)
        const text = readFileSync(join(root, file), 'utf8').replaceAll('\r\n', '\n')
        const end = /^\s*(begin|commit|rollback|end|start transaction)\s*(work|transaction)?\s*;/im.exec(
          text.replace(/\$(\w*)\$[\s\S]*?\$\1\$/g, ''),
        )
        if (end)
          throw new Error(
            `${file} says "${end[0].trim()}". A migration runs in one transaction, begun and ended by the program.`,
          )
        return { part, number, name: match[2], text }
      }),
  )
}

/** Writes `src/platform/db/migrations.generated.ts`. @returns whether it changed */
export function collectMigrations(root = home) {
  const target = join(root, 'src/platform/db/migrations.generated.ts')
  const list = readMigrations(root)
    .map(
      ({ part, number, name, text }) =>
        `  { part: ${JSON.stringify(part)}, number: ${number}, name: ${JSON.stringify(name)}, text: ${JSON.stringify(text)} },\n`,
    )
    .join('')
  const content = `// Written by scripts/collect-migrations.mjs from the folders called "migrations". Not kept in the repository.\nexport const migrations: readonly { part: string; number: number; name: string; text: string }[] = [\n${list}]\n`
  if (existsSync(target) && readFileSync(target, 'utf8') === content) return false
  // Renamed into place: whoever compiles at this moment reads the old list or the new one, never half of it.
  const beside = `${target}.${process.pid}`
  writeFileSync(beside, content)
  renameSync(beside, target)
  return true
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    collectMigrations()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
}

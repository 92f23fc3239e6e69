import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')

/**
 * Licences that a package does not say in a form that programs read, each with where it stands.
 * Keyed by name; the text of the package decides, so a new major version is looked at again.
 */
const foundByHand = {
  'png-js': { major: 1, licence: 'MIT' },
  'dejavu-fonts-ttf': { major: 2, licence: 'Bitstream-Vera AND LicenseRef-public-domain' },
}

/**
 * Packages that an installation of the program uses: dependencies and optional dependencies of ours and of theirs, peers that are
 * demanded. Optional peers are left out: the lockfile knows them, the program does not load them.
 * @returns {{ name: string, version: string, licence: string, integrity: string | undefined, path: string, optional: boolean, needs: string[] }[]}
 *   sorted by name and version; `needs` holds paths in the lockfile
 */
export function productionDependencies() {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const found = new Map()
  const visit = (path, optional) => {
    const known = found.get(path)
    if (known && (!known.optional || optional)) return
    const entry = lock.packages[path]
    const name = entry.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
    const required = { ...entry.dependencies, ...demandedPeers(entry) }
    for (const each of Object.keys(entry.optionalDependencies ?? {})) delete required[each]
    const needs = Object.keys(required).map((each) => placeOf(lock, path, each))
    const wishes = Object.keys(entry.optionalDependencies ?? {}).map((each) => placeOf(lock, path, each))
    found.set(path, {
      name,
      version: entry.version,
      licence: licenceOf(name, entry),
      integrity: entry.integrity,
      path,
      optional,
      needs: [...needs, ...wishes].filter(Boolean),
    })
    for (const each of needs) {
      if (each) visit(each, optional)
    }
    for (const each of wishes) if (each) visit(each, true)
  }
  const own = lock.packages['']
  for (const name of Object.keys(own.dependencies)) visit(placeOf(lock, '', name), false)
  for (const name of Object.keys(own.optionalDependencies ?? {})) visit(placeOf(lock, '', name), true)
  return [...found.values()].sort((a, b) => order(a.name, b.name) || order(a.version, b.version))
}

const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0)

function demandedPeers({ peerDependencies = {}, peerDependenciesMeta = {} }) {
  return Object.fromEntries(Object.entries(peerDependencies).filter(([name]) => !peerDependenciesMeta[name]?.optional))
}

/** Where a package that stands at `from` finds another: beneath itself, then further up, as Node looks. */
function placeOf(lock, from, name) {
  const parts = from ? from.split('/node_modules/') : []
  for (let depth = parts.length; depth >= 0; depth--) {
    const place = [...parts.slice(0, depth), name].join('/node_modules/')
    const full = depth === 0 ? `node_modules/${name}` : place
    if (lock.packages[full]) return full
  }
  return undefined
}

function licenceOf(name, entry) {
  const byHand = foundByHand[name]
  if (byHand && entry.version.startsWith(`${byHand.major}.`)) return byHand.licence
  const licence = typeof entry.license === 'string' ? entry.license : undefined
  if (!licence || /^SEE LICENSE/i.test(licence))
    throw new Error(
      `${name} ${entry.version} does not say its licence. Read its text and name it in scripts/dependencies.mjs.`,
    )
  return licence
}

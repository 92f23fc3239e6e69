import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormatsModule from 'ajv-formats'

/** The addresses under which the specification's OpenAPI document refers to its schemas. */
const base = 'https://raw.githubusercontent.com/openreferral/specification/3.2/schema/'

type Schema = Record<string, unknown> & { properties?: Record<string, unknown> }

/** Folder of reference data, beside the repository unless LINDEN_SHARED says otherwise. */
export const shared = resolve(process.env.LINDEN_SHARED || join(import.meta.dirname, '..', '..', '..', 'shared'))
const folder = join(shared, 'data/hsds/schema')

/** Where nobody promised the reference data, tests that need it are reported as skipped; where LINDEN_SHARED is set they fail. */
export const withoutReferenceData = !process.env.LINDEN_SHARED && !existsSync(folder)

/** Which object of HSDS a schema describes, told by properties that only it has. */
const marks: Readonly<Record<string, readonly string[]>> = {
  service: ['status', 'eligibility_description'],
  organization: ['legal_status', 'tax_status'],
  taxonomy_term: ['parent_id', 'taxonomy'],
  required_document: ['document', 'uri'],
}

/** Forbids every property that neither the specification nor the profile names. */
function closed(schema: unknown, profile: Readonly<Record<string, Schema>>): unknown {
  if (Array.isArray(schema)) return schema.map((each) => closed(each, profile))
  if (typeof schema !== 'object' || schema === null) return schema
  const inner = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, closed(value, profile)]),
  ) as Schema
  if (inner.type !== 'object' || !inner.properties) return inner
  const properties = inner.properties
  const name = Object.keys(marks).find((each) => marks[each]?.every((mark) => mark in properties))
  const added = name ? profile[name]?.properties : undefined
  return { ...inner, properties: { ...properties, ...added }, additionalProperties: false }
}

/**
 * Judges answers by the specification's own OpenAPI document.
 * @param profile merge patches; when given, every property beyond specification and profile is a mistake
 * @returns the judge of an operation, e.g. `/services/{id}`
 */
export function hsdsSchemas(
  profile?: Readonly<Record<string, object>>,
): (path: string, method?: 'get' | 'post') => ValidateFunction {
  if (!existsSync(folder))
    throw new Error('The published HSDS schemas are missing: let LINDEN_SHARED name the folder of reference data.')
  const ajv = new Ajv2020({ allErrors: true, strict: false })
  addFormatsModule.default(ajv)
  // the specification's own misspelling of date-time
  ajv.addFormat('datetime', true)
  const read = (file: string): Schema => JSON.parse(readFileSync(join(folder, file), 'utf8'))
  for (const sub of ['', 'compiled/'])
    for (const file of readdirSync(join(folder, sub))) {
      if (!file.endsWith('.json') || file === 'openapi.json') continue
      const schema = read(sub + file)
      ajv.addSchema({
        ...(profile ? (closed(schema, profile as Record<string, Schema>) as Schema) : schema),
        $id: base + sub + file,
      })
    }
  ajv.addSchema({ ...read('openapi.json'), $id: `${base}openapi.json` })
  const pointer = (path: string) => encodeURIComponent(path.replace(/~/g, '~0').replace(/\//g, '~1'))
  return (path, method = 'get') =>
    ajv.compile({
      $ref: `${base}openapi.json#/paths/${pointer(path)}/${method}/responses/200/content/application~1json/schema`,
    })
}

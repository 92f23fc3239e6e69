import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { z } from 'zod'
import { type Database, query, type Tx } from '../db/database.ts'
import { Area, PackManifest } from './types.ts'

/** One mistake in a pack: in which file, where in it, and what. */
export interface PackProblem {
  file: string
  path: string
  message: string
}

/** What a capability reads from every pack: its files with their schemas, what must hold among them, and how they are stored. */
export interface PackPart<Contents> {
  name: string
  /** by name: a file (`acts.json`) or all files of a folder (`services/*.json`); a missing file is an empty list */
  files: {
    [Name in keyof Contents]: {
      pattern: string
      schema: z.ZodType<Contents[Name] extends readonly (infer Item)[] ? Item : never>
    }
  }
  check(contents: Contents, pack: PackFrame): PackProblem[]
  load(tx: Tx, contents: Contents, pack: PackFrame): Promise<void>
}

/** Declares a part; the contents are known inside it alone. */
export function packPart<Contents>(part: PackPart<Contents>): PackPart<unknown> {
  return part as unknown as PackPart<unknown>
}

/** The platform's share of a pack. `manifest` is undefined for the folder `common`, which holds what all packs share. */
export interface PackFrame {
  id: string
  folder: string
  manifest: PackManifest | undefined
  areas: readonly Area[]
  sha256: string
  now: Date
}

interface ReadPack {
  frame: PackFrame
  geometries: ReadonlyMap<string, unknown>
  contents: { part: PackPart<unknown>; items: unknown }[]
  problems: PackProblem[]
}

/**
 * Folders of the packs that are wanted, `common` first: what is shared is stored before what refers to it.
 * @param wanted ids of packs below `root`, or folders of one's own
 * @throws Error naming a pack that is not there
 */
export function packFolders(root: string, wanted: readonly string[] | 'all'): string[] {
  const there = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
  const regions = wanted === 'all' ? there.filter((name) => name !== 'common') : wanted
  if (regions.length === 0) return []
  return ['common', ...regions].map((name) => {
    if (there.includes(name)) return join(root, name)
    if (existsSync(join(name, 'pack.json'))) return name
    throw new Error(
      `LINDEN_PACKS names ${name}, which is neither a folder with a pack.json nor one of: ${there.filter((other) => other !== 'common').join(', ')}.`,
    )
  })
}

/** Reads and judges a pack without storing anything. */
export function readPack(folder: string, parts: readonly PackPart<unknown>[], now: Date): ReadPack {
  const problems: PackProblem[] = []
  const hash = createHash('sha256')
  const read = (name: string): unknown => readJson(folder, name, hash, problems)
  const id = basename(resolve(folder))
  const manifest = id === 'common' ? undefined : parse(PackManifest, read('pack.json'), 'pack.json', problems)
  if (manifest && manifest.id !== id)
    problems.push({ file: 'pack.json', path: 'id', message: `is ${manifest.id}, the folder is called ${id}` })
  const areas = manifest ? (parse(z.array(Area), read('areas.json'), 'areas.json', problems) ?? []) : []
  const geometries = new Map<string, unknown>()
  if (existsSync(join(folder, 'areas.geojson'))) {
    const collection = parse(FeatureCollection, read('areas.geojson'), 'areas.geojson', problems)
    for (const feature of collection?.features ?? []) geometries.set(feature.properties.code, feature.geometry)
  }
  const contents = parts.map((part) => ({ part, items: readPart(folder, part, hash, problems) }))
  const frame: PackFrame = { id, folder, manifest, areas, sha256: '', now }
  if (manifest) problems.push(...checkAreas(manifest, areas, geometries))
  for (const { part, items } of contents) if (items !== undefined) problems.push(...part.check(items, frame))
  return { frame: { ...frame, sha256: hash.digest('hex') }, geometries, contents, problems }
}

/** A pack that breaks its schemas or refers to what is not there. */
export class BadPack extends Error {
  readonly problems: readonly PackProblem[]
  constructor(id: string, problems: readonly PackProblem[]) {
    const first = problems[0]
    super(`pack ${id} has ${problems.length} mistakes; the first: ${first?.file} ${first?.path} ${first?.message}`)
    this.problems = problems
  }
}

/**
 * Stores a pack in one transaction; a pack whose files have not changed since is left alone.
 * @throws BadPack with every mistake; nothing is stored then
 * @returns whether anything was stored
 */
export async function loadPack(
  database: Database,
  folder: string,
  parts: readonly PackPart<unknown>[],
  now: Date,
): Promise<boolean> {
  const pack = readPack(folder, parts, now)
  const { frame } = pack
  if (pack.problems.length > 0) throw new BadPack(frame.id, pack.problems)
  return database.transact({ actor: null, purpose: 'administration' }, async (tx) => {
    const stored = await tx.one(query.selectFrom('packs.pack').select('sha256').where('id', '=', frame.id))
    if (stored?.sha256 === frame.sha256) return false
    for (const area of inTreeOrder(frame.areas)) await saveArea(tx, area, frame, pack.geometries.get(area.code))
    await savePack(tx, frame, holdings(pack.contents))
    for (const { part, items } of pack.contents) await part.load(tx, items, frame)
    return true
  })
}

const FeatureCollection = z.object({
  features: z.array(z.object({ properties: z.object({ code: z.string() }), geometry: z.unknown() })),
})

function readPart(
  folder: string,
  part: PackPart<unknown>,
  hash: ReturnType<typeof createHash>,
  problems: PackProblem[],
): unknown {
  const files = part.files as Record<string, { pattern: string; schema: z.ZodType }>
  return Object.fromEntries(
    Object.entries(files).map(([name, { pattern, schema }]) => [
      name,
      filesOf(folder, pattern).flatMap((file) => {
        const json = readJson(folder, file, hash, problems)
        if (json === undefined) return []
        return (Array.isArray(json) ? json : [json]).flatMap((item, at) => {
          const parsed = parse(schema, item, Array.isArray(json) ? `${file}[${at}]` : file, problems)
          return parsed === undefined ? [] : [parsed]
        })
      }),
    ]),
  )
}

function filesOf(folder: string, pattern: string): string[] {
  if (!pattern.endsWith('/*.json')) return existsSync(join(folder, pattern)) ? [pattern] : []
  const below = pattern.slice(0, -'/*.json'.length)
  if (!existsSync(join(folder, below))) return []
  return readdirSync(join(folder, below))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => `${below}/${name}`)
}

function readJson(folder: string, name: string, hash: ReturnType<typeof createHash>, problems: PackProblem[]): unknown {
  try {
    const text = readFileSync(join(folder, name), 'utf8')
    hash.update(name).update(text)
    return JSON.parse(text)
  } catch (error) {
    problems.push({
      file: name,
      path: '',
      message: error instanceof SyntaxError ? `is no JSON: ${error.message}` : 'is missing',
    })
    return undefined
  }
}

function parse<T>(schema: z.ZodType<T>, value: unknown, file: string, problems: PackProblem[]): T | undefined {
  if (value === undefined) return undefined
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  problems.push(...parsed.error.issues.map((issue) => ({ file, path: issue.path.join('.'), message: issue.message })))
  return undefined
}

function checkAreas(
  manifest: PackManifest,
  areas: readonly Area[],
  geometries: ReadonlyMap<string, unknown>,
): PackProblem[] {
  const codes = new Set(areas.map((area) => area.code))
  const problems: PackProblem[] = []
  if (!codes.has(manifest.area))
    problems.push({ file: 'pack.json', path: 'area', message: `${manifest.area} stands in no area of the pack` })
  for (const area of areas) {
    if (area.parent && !codes.has(area.parent))
      problems.push({ file: 'areas.json', path: area.code, message: `its parent ${area.parent} is missing` })
  }
  for (const code of geometries.keys()) {
    if (!codes.has(code)) problems.push({ file: 'areas.geojson', path: code, message: 'stands in no area of the pack' })
  }
  if (codes.size !== areas.length) problems.push({ file: 'areas.json', path: '', message: 'a code stands twice' })
  return problems
}

function inTreeOrder(areas: readonly Area[]): Area[] {
  const depth = (area: Area, seen = 0): number => {
    const parent = areas.find((other) => other.code === area.parent)
    return parent && seen < 10 ? 1 + depth(parent, seen + 1) : 0
  }
  return [...areas].sort((a, b) => depth(a) - depth(b))
}

async function saveArea(tx: Tx, area: Area, pack: PackFrame, geometry: unknown): Promise<void> {
  const path: string[] = []
  for (
    let at: Area | undefined = area;
    at && path.length < 10;
    at = pack.areas.find((other) => other.code === at?.parent)
  )
    path.unshift(at.code)
  const columns = {
    parent: area.parent ?? null,
    level: area.level,
    names: JSON.stringify(area.names),
    longitude: area.point?.[0] ?? null,
    latitude: area.point?.[1] ?? null,
    population: area.population ?? null,
    geometry: geometry === undefined ? null : JSON.stringify(geometry),
    pack: pack.id,
    path,
  }
  await tx.all(
    query
      .insertInto('access.area')
      .values({ code: area.code, ...columns })
      .onConflict((clash) => clash.column('code').doUpdateSet(columns)),
  )
}

/** Lists that are not empty, by part and name: `governance.bodies`. */
function holdings(contents: ReadPack['contents']): string[] {
  return contents.flatMap(({ part, items }) =>
    Object.entries(items as Record<string, readonly unknown[]>)
      .filter(([, list]) => list.length > 0)
      .map(([name]) => `${part.name}.${name}`),
  )
}

async function savePack(tx: Tx, pack: PackFrame, holds: readonly string[]): Promise<void> {
  const columns = {
    manifest: pack.manifest ? JSON.stringify({ ...pack.manifest, holds }) : null,
    sha256: pack.sha256,
    loaded_at: pack.now,
  }
  await tx.all(
    query
      .insertInto('packs.pack')
      .values({ id: pack.id, ...columns })
      .onConflict((clash) => clash.column('id').doUpdateSet(columns)),
  )
}

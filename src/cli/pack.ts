import { statSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { Command } from 'commander'
import { packParts, packsRoot } from '../main.ts'
import { columns, group, Refusal, say, withDatabase } from '../platform/command-line/frame.ts'
import { query } from '../platform/db/database.ts'
import { BadPack, loadPack, type PackProblem, packFolders, readPack } from '../platform/packs/load.ts'

interface Json {
  json?: boolean
}

/** `linden pack …` */
export function packCommands(): Command {
  return group('pack', 'Regions as data: list what is there, check a folder, load one.')
    .addCommand(
      new Command('list')
        .description('List the packs that come with the program, and which of them this instance has loaded.')
        .option('--json', 'print as JSON')
        .action(({ json }: Json) => list(json)),
    )
    .addCommand(
      new Command('check')
        .description('Judge a pack without storing anything: schemas, and what must hold among its files.')
        .argument('<DIR>', 'folder of the pack')
        .option('--json', 'print every mistake as JSON')
        .action((folder: string, { json }: Json) => check(folder, json)),
    )
    .addCommand(
      new Command('load')
        .description('Store a pack, or what has changed in it. Cards that people have changed since are left alone.')
        .argument('<ID>', 'id of a pack that comes with the program, or the folder of one')
        .option('--json', 'print as JSON')
        .action((id: string, { json }: Json) => load(id, json)),
    )
}

async function list(json: boolean | undefined): Promise<void> {
  const loaded = await withDatabase((database) =>
    database.transact({ actor: null }, (tx) =>
      tx.all(query.selectFrom('packs.pack').select(['id', 'sha256', 'loaded_at']).orderBy('id')),
    ),
  )
  const packs = packFolders(packsRoot, 'all').map((folder) => {
    const { frame, problems } = readPack(folder, packParts, new Date())
    const stored = loaded.find(({ id }) => id === frame.id)
    return {
      id: frame.id,
      name: frame.manifest?.names.en ?? 'what all regions share',
      languages: frame.manifest?.languages ?? [],
      mistakes: problems.length,
      loaded: stored?.loaded_at.toISOString() ?? null,
      current: stored?.sha256 === frame.sha256,
    }
  })
  const known = new Set(packs.map(({ id }) => id))
  const others = loaded
    .filter(({ id }) => !known.has(id))
    .map(({ id, loaded_at }) => ({
      id,
      name: '',
      languages: [],
      mistakes: 0,
      loaded: loaded_at.toISOString(),
      current: false,
    }))
  const all = [...packs, ...others]
  const state = (pack: (typeof all)[number]) =>
    pack.loaded === null
      ? 'not loaded'
      : pack.current
        ? `loaded ${pack.loaded.slice(0, 10)}`
        : 'loaded, another edition'
  say(all, json, columns([['PACK', 'STATE', 'NAME'], ...all.map((pack) => [pack.id, state(pack), pack.name])]))
}

function check(folder: string, json: boolean | undefined): void {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new Refusal(`There is no folder ${folder}. Name the folder of a pack, such as packs/dk-midtjylland.`)
  const { frame, problems } = readPack(resolve(folder), packParts, new Date())
  say(
    { id: frame.id, areas: frame.areas.length, problems },
    json,
    problems.length > 0 ? problems.map(line) : [`${frame.id}: no mistakes, ${frame.areas.length} areas.`],
  )
  if (problems.length > 0) throw new Refusal(`${basename(resolve(folder))} has ${problems.length} mistakes.`)
}

const line = ({ file, path, message }: PackProblem) => [file, path, message].filter(Boolean).join(' ')

async function load(id: string, json: boolean | undefined): Promise<void> {
  const folders = packFolders(packsRoot, [id])
  const stored = await withDatabase(async (database) => {
    const done: { id: string; changed: boolean }[] = []
    for (const folder of folders)
      done.push({
        id: basename(resolve(folder)),
        changed: await loadPack(database, resolve(folder), packParts, new Date()),
      })
    return done
  }).catch((error: unknown) => {
    if (!(error instanceof BadPack)) throw error
    throw new Refusal(`${error.message}. linden pack check shows all of them; nothing was stored.`)
  })
  say(
    stored,
    json,
    stored.map((pack) => `${pack.id}: ${pack.changed ? 'loaded' : 'unchanged'}`),
  )
}

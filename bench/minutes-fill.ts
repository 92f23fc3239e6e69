import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { directoryPack } from '../src/capabilities/directory/pack-part.ts'
import { saveBody } from '../src/capabilities/governance/store/save-body.ts'
import { Body } from '../src/capabilities/governance/types.ts'
import { readConfig } from '../src/platform/config/config.ts'
import { type Database, openDatabase } from '../src/platform/db/database.ts'
import { loadPack, type PackPart, packFolders } from '../src/platform/packs/load.ts'
import { lexemes } from '../src/platform/search/words.ts'
import { packs } from './search-fill.ts'

/** Words that minutes are made of: every meeting says most of them, and one that few others say. */
const common = [
  'Udvalget drøftede kapacitet og ventetid på tværs af kommunerne.',
  'Sekretariatet orienterede om taksterne og om belægningen i det seneste kvartal.',
  'Punktet blev taget til efterretning, og der følges op på næste møde.',
  'Flere medlemmer ønskede, at brugerorganisationerne inddrages tidligere.',
]
export const subjects = [
  'hjerneskade',
  'autisme',
  'overgreb',
  'psykiatri',
  'botilbud',
  'krisecenter',
  'misbrug',
  'hjemløshed',
] as const

/** Of what governance reads from a pack: who meets. */
const bodiesAlone: PackPart<{ bodies: Body[] }> = {
  name: 'governance',
  files: { bodies: { pattern: 'bodies.json', schema: Body } },
  check: () => [],
  async load(tx, { bodies }, pack) {
    for (const body of bodies) await saveBody(tx, body, pack.id)
  },
}

/** A region with its bodies and the minutes of a year. */
export interface MinutesOfYear {
  database: Database
  folder: string
}

/** GOV-3: makes a new embedded database in which the public bodies of a region have approved minutes of `count` meetings over the last year. */
export async function prepareMinutes(count: number): Promise<MinutesOfYear> {
  const folder = mkdtempSync(join(tmpdir(), 'linden-bench-'))
  const database = await openDatabase(
    readConfig({ LINDEN_DATA: folder, LINDEN_SECRET: 'b'.repeat(40), LINDEN_POOL: '2', LOG_LEVEL: 'silent' }),
  )
  try {
    const parts = [directoryPack, bodiesAlone] as PackPart<unknown>[]
    for (const pack of packFolders(packs, ['dk-midtjylland'])) await loadPack(database, pack, parts, new Date())
    const owner = await database.ownerPool.connect()
    try {
      await fill(owner, count)
      return { database, folder }
    } finally {
      owner.release()
    }
  } catch (problem) {
    await database.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    throw problem
  }
}

async function fill(owner: pg.PoolClient, count: number): Promise<void> {
  await owner.query('begin')
  // the steps from invitation to approval are not what is measured
  await owner.query('set local session_replication_role = replica')
  const { rows } = await owner.query<{ id: string }>(
    `insert into governance.meeting (body_id, locale, starts_at, state, agenda_published_at, approved_at, created_by)
     select body.ids[1 + n % cardinality(body.ids)], 'da', day, 'approved', day, day, uuidv7()
     from (select array_agg(id order by slug) as ids from governance.body where profile->'public' = 'true'::jsonb) body,
       generate_series(0, $1::int - 1) n, lateral (select now() - interval '365 days' * (n + 1) / $1::int as day) d returning id`,
    [count],
  )
  const written = rows.map(({ id }, at) => minutesOf(id, at))
  await owner.query(
    `insert into governance.minutes (meeting_id, version, content, approved_by, entered_by, found_by)
     select m.id, 1, m.content, 'chair', uuidv7(), array_to_tsvector(array(select jsonb_array_elements_text(m.words)))
     from jsonb_to_recordset($1::jsonb) m (id uuid, content jsonb, words jsonb)`,
    [JSON.stringify(written)],
  )
  await owner.query('commit')
  await owner.query('analyze')
}

function minutesOf(id: string, at: number) {
  const items = [...common, `Særligt emne: ${subjects[at % subjects.length]}, sag ${at}.`].map((minutes, position) => ({
    id: crypto.randomUUID(),
    position: position + 1,
    title: `Punkt ${position + 1}`,
    minutes,
    stoodBack: [],
  }))
  const words = lexemes(items.map(({ title, minutes }) => `${title}\n${minutes}`).join('\n'), 'da')
  return {
    id,
    words,
    content: { here: 0, seats: 0, quorum: null, attendance: [], unnamed: 0, items, tasks: [] },
  }
}

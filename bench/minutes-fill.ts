import type pg from 'pg'
import { saveBody } from '../src/capabilities/governance/store/save-body.ts'
import { Body } from '../src/capabilities/governance/types.ts'
import type { PackPart } from '../src/platform/packs/load.ts'
import { lexemes } from '../src/platform/search/words.ts'
import { openRegion } from './fixtures/region.ts'

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

/** GOV-3: makes a region whose public bodies have approved minutes of `count` meetings over the last year. */
export const prepareMinutes = (count: number) => openRegion(bodiesAlone, (owner) => fill(owner, count))

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

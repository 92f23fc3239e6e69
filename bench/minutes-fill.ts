import type pg from 'pg'
import { lexemes } from '../src/platform/search/words.ts'

/** Words that minutes are made of: every meeting says most of them, and a few that few others say. */
const common = [
  'Udvalget drøftede kapacitet og ventetid på tværs af kommunerne.',
  'Sekretariatet orienterede om taksterne og om belægningen i det seneste kvartal.',
  'Punktet blev taget til efterretning, og der følges op på næste møde.',
  'Flere medlemmer ønskede, at brugerorganisationerne inddrages tidligere.',
]
const rare = ['hjerneskade', 'autisme', 'overgreb', 'psykiatri', 'botilbud', 'krisecenter', 'misbrug', 'hjemløshed']

/**
 * GOV-3: makes `count` meetings of one public body with approved minutes over a year, as the program stores them, for measuring how fast they are
 * searched. @param owner pool of the owner @param body slug of a public body @returns how many minutes hold the word "hjerneskade"
 */
export async function fillMinutes(owner: pg.Pool, body: string, count: number): Promise<number> {
  const { rows } = await owner.query<{ body: string; account: string }>(
    'select b.id as body, (select id from access.account order by id limit 1) as account from governance.body b where b.slug = $1',
    [body],
  )
  const [found] = rows
  if (!found?.account) throw new Error(`there is no body ${body}, or nobody who could enter its meetings`)
  let holding = 0
  const begin = Date.now() - 365 * 86_400_000
  for (let at = 0; at < count; at++) {
    const startsAt = new Date(begin + Math.floor((at * 365) / count) * 86_400_000 + 8 * 3_600_000)
    const own = rare[at % rare.length] ?? ''
    if (own === 'hjerneskade') holding += 1
    const items = [...common, `Særligt emne: ${own}, sag ${at}.`].map((minutes, position) => ({
      id: crypto.randomUUID(),
      position: position + 1,
      title: `Punkt ${position + 1}`,
      minutes,
      stoodBack: [],
    }))
    const content = { here: 0, seats: 0, quorum: null, attendance: [], unnamed: 0, items, tasks: [] }
    const words = items.map(({ title, minutes }) => `${title}\n${minutes}`).join('\n')
    const made = await owner.query<{ id: string }>(
      `insert into governance.meeting (body_id, locale, starts_at, created_by) values ($1, 'da', $2, $3) returning id`,
      [found.body, startsAt, found.account],
    )
    const id = made.rows[0]?.id
    await owner.query(`update governance.meeting set state = 'held', agenda_published_at = $2 where id = $1`, [
      id,
      startsAt,
    ])
    await owner.query(
      `insert into governance.minutes (meeting_id, version, content, approved_by, entered_by, approved_at, found_by)
       values ($1, 1, $2, 'chair', $3, $4, array_to_tsvector($5::text[]))`,
      [id, JSON.stringify(content), found.account, startsAt, lexemes(words, 'da')],
    )
    await owner.query(`update governance.meeting set state = 'approved' where id = $1`, [id])
  }
  return holding
}

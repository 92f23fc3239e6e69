import { sql } from 'kysely'
import type { Tx } from '../../../../platform/db/database.ts'
import { searchTerms, toTsquery } from '../../../../platform/search/words.ts'
import { ClosedContent, MinutesContent } from '../../types/meetings.ts'
import { listMeetings, type Meeting, type MeetingChoice } from './read-meetings.ts'

/** One approved version of the minutes of a meeting. */
export interface Minutes {
  version: number
  content: MinutesContent
  approvedBy: 'chair' | 'meeting'
  approvedIn: string | undefined
  approvedAt: Date
  correction: string | undefined
}

/** All approved versions of the minutes of a meeting, the one that holds first. */
export async function minutesOf(tx: Tx, meeting: string): Promise<Minutes[]> {
  const rows = await tx.all(
    sql<{
      version: number
      content: unknown
      approved_by: string
      approved_in: string | null
      approved_at: Date
      correction: string | null
    }>`select version, content, approved_by, approved_in, approved_at, correction
      from governance.minutes where meeting_id = ${meeting} order by version desc`,
  )
  return rows.map((row) => ({
    version: row.version,
    content: MinutesContent.parse(row.content),
    approvedBy: row.approved_by === 'meeting' ? 'meeting' : 'chair',
    approvedIn: row.approved_in ?? undefined,
    approvedAt: row.approved_at,
    correction: row.correction ?? undefined,
  }))
}

/** What stands in a version of the minutes for those who were invited. */
export async function closedMinutesOf(tx: Tx, meeting: string, version: number): Promise<ClosedContent | undefined> {
  const row = await tx.one(
    sql<{
      content: unknown
    }>`select content from governance.minutes_closed where meeting_id = ${meeting} and version = ${version}`,
  )
  return row && ClosedContent.parse(row.content)
}

/** Ids of meetings of public bodies whose minutes hold all these words, in any of the four languages; undefined: no words at all. */
export async function meetingsWithWords(tx: Tx, words: string): Promise<string[] | undefined> {
  const terms = toTsquery(searchTerms(words))
  if (terms === undefined) return undefined
  const rows = await tx.all(
    sql<{ meeting_id: string }>`select meeting_id from governance.minutes_with(${terms}::tsquery)`,
  )
  return rows.map(({ meeting_id }) => meeting_id)
}

/** The newest approved minutes of public bodies, with their meetings. */
export async function recentMinutes(
  tx: Tx,
  choice: Pick<MeetingChoice, 'bodies' | 'pack'>,
  most: number,
): Promise<{ meeting: Meeting; minutes: Minutes }[]> {
  const rows = await tx.all(
    sql<{ meeting_id: string }>`select n.meeting_id from governance.minutes n
      join governance.meeting m on m.id = n.meeting_id join governance.body b on b.id = m.body_id
      where b.profile->'public' = 'true'::jsonb
        and (${choice.pack ?? null}::text is null or b.pack = ${choice.pack ?? null})
        and (${choice.bodies === undefined} or b.id = any (${[...(choice.bodies ?? [])]}::uuid[]))
      group by n.meeting_id order by max(n.approved_at) desc limit ${most}`,
  )
  const among = rows.map(({ meeting_id }) => meeting_id)
  const { meetings } = await listMeetings(tx, { among, publicOnly: true }, { limit: most })
  const newest = new Map(await Promise.all(meetings.map(async ({ id }) => [id, (await minutesOf(tx, id))[0]] as const)))
  return meetings
    .flatMap((meeting) => {
      const minutes = newest.get(meeting.id)
      return minutes ? [{ meeting, minutes }] : []
    })
    .toSorted((one, other) => other.minutes.approvedAt.getTime() - one.minutes.approvedAt.getTime())
}

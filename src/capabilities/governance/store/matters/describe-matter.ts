import { sql } from 'kysely'
import type { Tx } from '../../../../platform/db/database.ts'
import { dayIn } from '../../../../platform/i18n/day.ts'
import { formatDay } from '../../../../platform/i18n/format.ts'
import { currentLocale } from '../../../../platform/i18n/speech.ts'
import { speak, Text } from '../../../../platform/i18n/text.ts'

/** Address and title of a matter for the thread; undefined where it is not published. */
export async function describeMatter(tx: Tx, id: string): Promise<{ href: string; label: string } | undefined> {
  const row = await tx.one(
    sql<{ title: unknown }>`select title from governance.matter where id = ${id} and published_at is not null`,
  )
  return row && { href: `/matters/${id}`, label: speak(Text.parse(row.title), currentLocale()).words }
}

/** Address, body and day of a meeting for the thread; undefined where the reader may not see it. */
export async function describeMeeting(tx: Tx, id: string): Promise<{ href: string; label: string } | undefined> {
  const row = await tx.one(
    sql<{ names: unknown; starts_at: Date; time_zone: string | null }>`
      select b.profile->'names' as names, m.starts_at, p.manifest->>'timeZone' as time_zone
      from governance.meeting m join governance.body b on b.id = m.body_id join packs.pack p on p.id = b.pack where m.id = ${id}`,
  )
  if (!row) return undefined
  const name = speak(Text.parse(row.names), currentLocale()).words
  return { href: `/meetings/${id}`, label: `${name}, ${formatDay(dayIn(row.starts_at, row.time_zone ?? 'UTC'))}` }
}

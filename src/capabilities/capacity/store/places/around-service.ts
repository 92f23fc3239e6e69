import { sql } from 'kysely'
import type { Tx } from '../../../../platform/db/database.ts'
import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak, type Text } from '../../../../platform/i18n/text.ts'
import type { End, Told } from '../../../../platform/thread/thread.ts'
import { serviceKind } from '../../../directory/contract.ts'

/** more offers of one service are in the list of offers */
const most = 12

/** What the page of a service tells of its places (DIR-9): each offer that has not closed, how many places are free today, and what a day costs. */
export async function offersAround(tx: Tx, { kind, id }: End): Promise<Told[]> {
  if (kind !== serviceKind) return []
  const rows = await tx.all(
    sql<{ slug: string; names: Text; free: number | null; approved: number | null; priced: boolean }>`
      select o.slug, o.names, t.free, t.approved,
        exists (select from capacity.tariff_sheet s where s.offer_id = o.id and s.state = 'published') as priced
      from capacity.offer o join packs.pack p on p.id = o.pack
        left join capacity.day_total t on t.offer_id = o.id
          and (${tx.now} at time zone coalesce(p.manifest->>'timeZone', 'UTC'))::date >= t.from_day
          and (${tx.now} at time zone coalesce(p.manifest->>'timeZone', 'UTC'))::date < t.until_day
      where o.service_id = ${id} and (o.closed is null or o.closed > (${tx.now} at time zone coalesce(p.manifest->>'timeZone', 'UTC'))::date)
      order by o.slug limit ${most}`,
  )
  return rows.flatMap(({ slug, names, free, approved, priced }) => {
    const offer = speak(names, currentLocale()).words
    const places = free === null || approved === null ? undefined : placesWords(free, approved)
    return [
      { href: `/offers/${slug}`, label: m.capacity_around_places({ offer }), ...(places ? { facts: places } : {}) },
      ...(priced ? [{ href: `/offers/${slug}/tariffs`, label: m.capacity_around_tariff({ offer }) }] : []),
    ]
  })
}

const placesWords = (free: number, approved: number): string =>
  `${free > 0 ? m.capacity_free_now({ count: free }) : m.capacity_free_none()} (${m.capacity_places_count({ count: approved })})`

import { sql } from 'kysely'
import { query, type Tx } from '../../../../platform/db/database.ts'
import { Locale, Text } from '../../../../platform/i18n/text.ts'
import { TariffRule } from '../../types/tariffs.ts'

/** A collection that is open, with what its rule says of reminders. */
export interface OpenCollection {
  id: string
  due: string
  /** the day on which it was opened, and the day it is now, there */
  from: string
  today: string
  remind: readonly number[]
}

/** All collections that are open. */
export async function openCollections(tx: Tx): Promise<OpenCollection[]> {
  const rows = await tx.all(sql<{ id: string; due: string; from: string; today: string; profile: unknown }>`
    select c.id, c.due, (c.opened_at at time zone z.zone)::date as from, (${tx.now}::timestamptz at time zone z.zone)::date as today, r.profile
    from capacity.collection c
    join capacity.tariff_rule r on r.pack = c.pack and c.year >= r.from_year and (r.until_year is null or c.year <= r.until_year)
    cross join lateral (select coalesce(p.manifest ->> 'timeZone', 'UTC') as zone from packs.pack p where p.id = c.pack) z
    where c.state = 'open' order by c.due`)
  return rows.map(({ profile, ...row }) => ({ ...row, remind: TariffRule.parse(profile).remind }))
}

/**
 * Notes that the missing parts of a collection are to be reminded: none twice on one day, none twice at one date of the rule.
 * @param at the day there, and which date of the rule it is; undefined where the secretariat asks @returns how many
 */
export async function noteReminders(
  tx: Tx,
  collection: string,
  at: { day: string; stage: number | undefined },
): Promise<number> {
  const rows = await tx.all(sql<{ id: string }>`insert into capacity.collection_reminder (part_id, day, stage)
    select p.id, ${at.day}::date, ${at.stage ?? null}::smallint from capacity.collection_part p
    where p.collection_id = ${collection}::uuid and capacity.is_missing(p.id) on conflict do nothing returning id`)
  return rows.length
}

/** A reminder that has not been sent. */
export interface ReminderToSend {
  id: string
  part: string
  collection: string
  pack: string
  organisation: Text
  year: number
  due: string
  day: string
  addresses: readonly { email: string; locale: Locale | undefined; economist: boolean }[]
}

/** Reminders that wait to be sent, with whom they reach; each is held until the transaction ends. Needs the purpose of the job. */
export async function remindersToSend(tx: Tx): Promise<ReminderToSend[]> {
  const rows = await tx.all(sql<{
    id: string
    part: string
    collection: string
    pack: string
    names: unknown
    year: number
    due: string
    day: string
    addresses: { email: string; locale: string | null; economist: boolean }[]
  }>`select r.id, p.id as part, c.id as collection, c.pack, o.names, c.year, c.due, r.day,
      (select coalesce(jsonb_agg(to_jsonb(a) order by a.email), '[]') from capacity.collection_addresses(p.id) a) as addresses
    from capacity.collection_reminder r join capacity.collection_part p on p.id = r.part_id join capacity.collection c on c.id = p.collection_id
    join access.organisation o on o.id = p.organisation_id where r.sent_at is null order by o.slug for no key update of r`)
  return rows.map(({ names, addresses, ...row }) => ({
    ...row,
    organisation: Text.parse(names),
    addresses: addresses.map(({ locale, ...to }) => ({ ...to, locale: Locale.safeParse(locale).data })),
  }))
}

/** Notes that the letters of a reminder are on their way. */
export async function noteRemindersSent(tx: Tx, reminder: string, letters: number): Promise<void> {
  await tx.all(
    query.updateTable('capacity.collection_reminder').set({ letters, sent_at: tx.now }).where('id', '=', reminder),
  )
}

/** Does this part still miss its workbook, while that can be sent? */
export async function isMissing(tx: Tx, part: string): Promise<boolean> {
  const row = await tx.one(sql<{ missing: boolean }>`select capacity.is_missing(${part}::uuid) as missing`)
  return row?.missing ?? false
}

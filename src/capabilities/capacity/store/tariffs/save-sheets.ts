import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { query, type Tx } from '../../../../platform/db/database.ts'
import type { Figures } from '../../rules/tariffs/tariff.ts'
import type { Line, Supplement } from '../../types/tariffs.ts'

/** A sheet that was judged: its tariff follows from its figures. */
export interface NewSheet {
  offer: string
  year: number
  scheme: 'days' | 'points'
  currency: string
  figures: Figures | undefined
  tariff: string | undefined
  pointValue: string | undefined
  lines: readonly Line[]
  supplements: readonly Supplement[]
  items: readonly { name: string; points: string; price: string }[]
  /** id of the published sheet whose place it takes, and why */
  supersedes: string | undefined
  reason: string | undefined
}

/** Stores drafts with all that belongs to them, many in four statements. @returns their ids, in order */
export async function saveDrafts(tx: Tx, sheets: readonly NewSheet[], by: string): Promise<string[]> {
  const drafts = sheets.map((sheet) => ({ ...sheet, id: randomUUID() }))
  await tx.all(
    sql`insert into capacity.tariff_sheet (id, offer_id, year, scheme, currency, places, days, occupancy, direct, indirect, capital, carried, tariff,
        point_value, supersedes, reason, entered_by)
      select id, offer, year, scheme, currency, places, days, occupancy, direct, indirect, capital, carried, tariff, point_value, supersedes, reason, ${by}::uuid
      from jsonb_to_recordset(${rows(drafts.map(sheetRow))}::jsonb) as s (id uuid, offer uuid, year smallint, scheme text, currency text, places numeric,
        days smallint, occupancy numeric, direct numeric, indirect numeric, capital numeric, carried numeric, tariff numeric, point_value numeric,
        supersedes uuid, reason text)`,
  )
  await tx.all(
    sql`insert into capacity.tariff_line (sheet_id, position, part, label, amount, source, source_date, source_url)
      select sheet, position, part, label, amount, source, source_date, source_url
      from jsonb_to_recordset(${rows(drafts.flatMap(({ id, lines }) => lines.map((line, at) => lineRow(id, line, at))))}::jsonb)
        as l (sheet uuid, position smallint, part text, label text, amount numeric, source text, source_date date, source_url text)`,
  )
  await tx.all(
    sql`insert into capacity.tariff_supplement (sheet_id, position, name, amount, per, reason)
      select sheet, position, name, amount, per, reason
      from jsonb_to_recordset(${rows(drafts.flatMap(({ id, supplements }) => numbered(id, supplements)))}::jsonb)
        as p (sheet uuid, position smallint, name text, amount numeric, per text, reason text)`,
  )
  await tx.all(
    sql`insert into capacity.tariff_item (sheet_id, position, name, points, price)
      select sheet, position, name, points, price
      from jsonb_to_recordset(${rows(drafts.flatMap(({ id, items }) => numbered(id, items)))}::jsonb)
        as i (sheet uuid, position smallint, name text, points numeric, price numeric)`,
  )
  return drafts.map(({ id }) => id)
}

/** Publishes drafts: the database recomputes each of them. */
export async function publishSheets(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.all(
    sql`update capacity.tariff_sheet set state = 'published' where id = any (${[...ids]}::uuid[]) and state = 'draft'`,
  )
}

/** Removes a draft. @param version that the editor began with @returns whether it was there, in that version */
export async function removeDraft(tx: Tx, id: string, version: number): Promise<boolean> {
  const row = await tx.one(
    query
      .deleteFrom('capacity.tariff_sheet')
      .where('id', '=', id)
      .where('state', '=', 'draft')
      .where('version', '=', version)
      .returning('id'),
  )
  return row !== undefined
}

/** Keeps counting the versions of a draft that was written anew. */
export async function countVersion(tx: Tx, id: string, version: number): Promise<void> {
  await tx.all(query.updateTable('capacity.tariff_sheet').set({ version }).where('id', '=', id))
}

const rows = (values: readonly object[]) => JSON.stringify(values)

const sheetRow = (sheet: NewSheet & { id: string }) => ({
  id: sheet.id,
  offer: sheet.offer,
  year: sheet.year,
  scheme: sheet.scheme,
  currency: sheet.currency,
  ...sheet.figures,
  tariff: sheet.tariff ?? null,
  point_value: sheet.pointValue ?? null,
  supersedes: sheet.supersedes ?? null,
  reason: sheet.reason ?? null,
})

const lineRow = (sheet: string, line: Line, at: number) => ({
  sheet,
  position: at + 1,
  part: line.part,
  label: line.label,
  amount: line.amount,
  source: line.source,
  source_date: line.sourceDate ?? null,
  source_url: line.sourceUrl ?? null,
})

const numbered = (sheet: string, things: readonly object[]) =>
  things.map((thing, at) => ({ ...thing, sheet, position: at + 1 }))

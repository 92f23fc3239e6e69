import { sql } from 'kysely'
import { query, type Tx } from '../../../../platform/db/database.ts'

/** What earlier years carry into this one for an offer (id); undefined where no result is known. A surplus is below nothing. */
export async function dueIn(tx: Tx, offer: string, year: number): Promise<string | undefined> {
  const row = await tx.one(
    sql<{ due: string | null }>`select capacity.carried_into(${offer}::uuid, ${year}::integer) as due`,
  )
  return row?.due ?? undefined
}

/** The same for all offers of a region, by `offer year`. */
export async function duesIn(tx: Tx, pack: string): Promise<Map<string, string>> {
  const rows = await tx.all(sql<{ offer: string; year: number; due: string }>`
    select r.offer_id as offer, r.year + rule.carried_after as year, -r.beyond as due
    from capacity.tariff_result r join capacity.offer o on o.id = r.offer_id join capacity.tariff_rule rule on rule.pack = o.pack
    where o.pack = ${pack} and r.year + rule.carried_after between rule.from_year and coalesce(rule.until_year, 2200)`)
  return new Map(rows.map(({ offer, year, due }) => [`${offer} ${year}`, due]))
}

/** Has a body consented to this occupancy for the offer in that year, and does its decision still stand? @param packRule the rule in force */
export async function isConsented(
  tx: Tx,
  to: { offer: string; year: number; occupancy: string },
  packRule: unknown,
): Promise<boolean> {
  const row = await tx.one(sql<{ consented: boolean }>`select exists (select from capacity.tariff_consent c
    where c.offer_id = ${to.offer}::uuid and ${to.year}::integer between c.from_year and c.until_year
      and ${to.occupancy}::numeric between c.least and c.most
      and capacity.consents(c.decision_id, ${JSON.stringify(packRule)}::jsonb)) as consented`)
  return row?.consented ?? false
}

/** What a year of an offer left over or lacked. */
export interface YearResult {
  year: number
  costs: string
  result: string
  /** what of it lies beyond the band, and is carried */
  beyond: string
  source: string
}

/** Results of an offer (id), newest first. */
export async function resultsOf(tx: Tx, offer: string): Promise<YearResult[]> {
  return tx.all(
    query
      .selectFrom('capacity.tariff_result')
      .select(['year', 'costs', 'result', 'beyond', 'source'])
      .where('offer_id', '=', offer)
      .orderBy('year', 'desc'),
  )
}

/** Enters what a year left over or lacked. @returns undefined where it is known already */
export async function saveResult(
  tx: Tx,
  given: { offer: string; year: number; costs: string; result: string; source: string; by: string },
): Promise<{ id: string; beyond: string } | undefined> {
  return tx.one(
    query
      .insertInto('capacity.tariff_result')
      .values({
        offer_id: given.offer,
        year: given.year,
        costs: given.costs,
        result: given.result,
        source: given.source,
        entered_by: given.by,
      })
      .onConflict((clash) => clash.columns(['offer_id', 'year']).doNothing())
      .returning(['id', 'beyond']),
  )
}

/** Is this a decision of a body that may consent to another occupancy? */
export async function mayConsent(tx: Tx, decision: string, packRule: unknown): Promise<boolean> {
  const row = await tx.one(
    sql<{ may: boolean }>`select capacity.consents(${decision}::uuid, ${JSON.stringify(packRule)}::jsonb) as may`,
  )
  return row?.may ?? false
}

/** Enters that a body has consented to another occupancy of an offer. */
export async function saveConsent(
  tx: Tx,
  given: {
    offer: string
    fromYear: number
    untilYear: number
    least: string
    most: string
    decision: string
    by: string
  },
): Promise<string> {
  const row = await tx.one(
    query
      .insertInto('capacity.tariff_consent')
      .values({
        offer_id: given.offer,
        from_year: given.fromYear,
        until_year: given.untilYear,
        least: given.least,
        most: given.most,
        decision_id: given.decision,
        entered_by: given.by,
      })
      .returning('id'),
  )
  return row?.id ?? ''
}

import { sql } from 'kysely'
import type { Tx } from '../../../../platform/db/database.ts'
import { placesExpected, type Running } from '../../rules/adjustments/judge-plan.ts'
import type { Sized } from '../../rules/adjustments/splitting.ts'
import { approvedPlaces, isChangeInScope } from '../places/use-of-offer.ts'

/** What is known of an offer when an adjustment of it is planned. */
export interface OfferFacts {
  inScope: boolean
  /** places on the day of effect, with what other running adjustments change until then */
  places: number
  /** adjustments that run beside this one */
  running: Running[]
}

/** @param offer id @param own the adjustment that is looked at, which does not stand beside itself @param days the date of the matter, and the day of effect, whose scope counts */
export async function offerFacts(
  tx: Tx,
  offer: string,
  days: { today: string; effectOn: string },
  own: string | undefined,
): Promise<OfferFacts> {
  const [inScope, approved, rows] = await Promise.all([
    isChangeInScope(tx, offer, days.effectOn, days.today),
    approvedPlaces(tx, offer, days.effectOn),
    tx.all(
      sql<Omit<Running, 'effectOn'> & { effect_on: string }>`select id, kind, change, effect_on from capacity.adjustment
        where offer_id = ${offer} and id is distinct from ${own ?? null}::uuid and state in ('planned', 'path-open', 'approval-open', 'cleared')
        order by effect_on`,
    ),
  ])
  const running = rows.map(({ effect_on, ...row }) => ({ ...row, effectOn: effect_on }))
  return { inScope, places: placesExpected(approved, running, days.effectOn), running }
}

/** Adjustments of an offer that nobody approves, running or in force: what a further one is added up with (CAP-4). */
export async function unapprovedChanges(tx: Tx, offer: string, own: string | undefined): Promise<Sized[]> {
  const rows = await tx.all(
    sql<{ id: string; change: number; effect_on: string }>`select id, change, effect_on from capacity.adjustment
      where offer_id = ${offer} and id is distinct from ${own ?? null}::uuid and kind = 'change' and path is distinct from 'approval'
        and state not in ('declined', 'withdrawn') order by effect_on`,
  )
  return rows.map(({ effect_on, ...row }) => ({ ...row, effectOn: effect_on }))
}

/** Which matter of its bodies an adjustment is in a region; undefined where the region knows no adjustments. */
export async function adjustmentMatter(tx: Tx, pack: string): Promise<string | undefined> {
  const row = await tx.one(
    sql<{ matter: string | null }>`select adjustment_matter as matter from capacity.setting where pack = ${pack}`,
  )
  return row?.matter ?? undefined
}

/** Slugs of the bodies of a region that decide on adjustments. */
export async function adjustingBodies(tx: Tx, pack: string): Promise<string[]> {
  const rows = await tx.all(sql<{ slug: string }>`select slug from capacity.adjusting_bodies(${pack}) order by slug`)
  return rows.map(({ slug }) => slug)
}

import { publishTable, smallest } from '../../../../platform/disclosure/disclosure.ts'
import { type UnmetReason, unmetReasons, type WaitingSpell } from '../../types/supply.ts'
import { type WaitingTime, waitingTime } from './waiting-time.ts'

/** A waiting time that speaks of nobody in particular: undefined below the threshold. */
export function publishedWait(spells: readonly WaitingSpell[]): WaitingTime | undefined {
  return spells.length < smallest ? undefined : waitingTime(spells)
}

/** Needs by group and reason, with what speaks of few people left out; null is what is not told. */
export interface PublishedNeeds {
  total: number | null
  reasons: { reason: UnmetReason; needs: number | null }[]
}

/** Publishes needs of all groups of a region at once, so that no sum tells what a cell keeps back (INS-5). */
export function publishedNeeds(
  counts: readonly { group: string; reason: UnmetReason; needs: number }[],
): ReadonlyMap<string, PublishedNeeds> {
  const groups = [...new Set(counts.map(({ group }) => group))].sort()
  if (groups.length === 0) return new Map()
  const table = publishTable(
    groups.map((group) =>
      unmetReasons.map((reason) => counts.find((each) => each.group === group && each.reason === reason)?.needs ?? 0),
    ),
  )
  return new Map(
    groups.map((group, row) => [
      group,
      {
        total: table.rowTotals[row] ?? null,
        reasons: unmetReasons
          .map((reason, column) => ({ reason, needs: table.cells[row]?.[column] ?? null }))
          .filter(({ needs }) => needs !== 0),
      },
    ]),
  )
}

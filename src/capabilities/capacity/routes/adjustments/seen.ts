import { z } from 'zod'
import type { Tx } from '../../../../platform/db/database.ts'
import { decodeCursor } from '../../../../platform/http/cursor.ts'
import { dayIn } from '../../../../platform/i18n/day.ts'
import type { Text } from '../../../../platform/i18n/text.ts'
import { bodyBySlug } from '../../../governance/contract.ts'
import { pathOn } from '../../commands/adjustments/judge.ts'
import { contactsOf } from '../../store/adjustments/contacts.ts'
import {
  type AfterAdjustment,
  adjustmentById,
  type StoredAdjustment,
  stepsOfAdjustment,
} from '../../store/adjustments/read-adjustment.ts'
import { Day } from '../../types.ts'
import type { SeenAdjustment } from '../../views/adjustments/adjustment-page.tsx'

export const adjustmentParams = z.object({ id: z.uuid() })

/** How many stand on one page of a list. */
export const pageSize = 25

/** Where a page of a list begins; 'bad' where the address was not made by us. */
export function cursorOf(text: string | undefined): AfterAdjustment | undefined | 'bad' {
  if (text === undefined) return undefined
  const parsed = z.tuple([Day, z.uuid()]).safeParse(decodeCursor(text, 2))
  return parsed.success ? parsed.data : 'bad'
}

/** All that the page of an adjustment shows; undefined where there is none for this reader. */
export async function seeAdjustment(tx: Tx, id: string): Promise<SeenAdjustment | undefined> {
  const adjustment = await adjustmentById(tx, id)
  if (!adjustment) return undefined
  const [contacts, steps, bodies, because] = await Promise.all([
    contactsOf(tx, id),
    stepsOfAdjustment(tx, id),
    bodyNames(tx, adjustment.bodies),
    becauseOf(tx, adjustment),
  ])
  return { adjustment, contacts, steps, bodies: bodies.map(({ names }) => names), because }
}

/** Bodies by their slugs. */
export async function bodyNames(tx: Tx, slugs: readonly string[]): Promise<{ slug: string; names: Text }[]> {
  const bodies = await Promise.all(slugs.map((slug) => bodyBySlug(tx, slug)))
  return bodies.flatMap((body) => (body ? [{ slug: body.profile.slug, names: body.profile.names }] : []))
}

/** Why the rule gives this path, in its own words. */
async function becauseOf(tx: Tx, adjustment: StoredAdjustment): Promise<Text | undefined> {
  const { because } = await pathOn(tx, adjustment.pack, adjustment.plannedOn)
  return because({ ...adjustment, inScope: true, contacted: adjustment.contactedAt !== undefined })
}

/** The day it is where the adjustment is. */
export const todayThere = (adjustment: StoredAdjustment, now: Date): string => dayIn(now, adjustment.timeZone)

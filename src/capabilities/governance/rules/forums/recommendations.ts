import { Temporal } from 'temporal-polyfill'
import type { Body } from '../../types.ts'
import { means } from '../relations.ts'

type Advising = Pick<Body, 'relations'>
type Deciding = Pick<Body, 'slug' | 'together' | 'decidesOn'>

/** May this body recommend something to that one (GOV-9)? It advises it or may propose to it, and that one decides. */
export const mayGoTo = (from: Advising, to: Deciding) =>
  to.decidesOn.length > 0 &&
  from.relations.some((relation) => ['advises', 'proposes-to'].includes(relation.kind) && means(to, relation.to))

/** How many days a recommendation has waited. @param today `2026-11-29` */
export const daysWaiting = (recommendedOn: string, today: string): number =>
  Math.max(0, Temporal.PlainDate.from(recommendedOn).until(today, { largestUnit: 'day' }).days)

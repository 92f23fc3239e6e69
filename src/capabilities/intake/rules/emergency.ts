import type { DangerSign, Urgency } from '../types.ts'

/** INT-3: danger to life or health, violence, recent trauma, a child in danger or without care: each alone is an emergency. */
export function urgencyOf(dangers: readonly DangerSign[]): Urgency {
  return dangers.length > 0 ? 'emergency' : 'ordinary'
}

const order: readonly Urgency[] = ['emergency', 'urgent', 'ordinary']

/** The more urgent first; for sorting. */
export const byUrgency = (a: Urgency, b: Urgency): number => order.indexOf(a) - order.indexOf(b)

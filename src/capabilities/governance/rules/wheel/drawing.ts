import { Temporal } from 'temporal-polyfill'
import type { Round } from './round.ts'

/** Where things stand on the circle; its middle is 0, 0, and January is at the top. */
export interface Spot {
  x: number
  y: number
}

export interface WheelDrawing {
  months: { month: string; line: readonly [Spot, Spot]; label: Spot }[]
  dots: (Spot & { number: number })[]
  /** a line at today, where it lies in this round */
  today: readonly [Spot, Spot] | undefined
}

/** Sizes of the drawing: the rim of months, the ring on which milestones stand, how large a dot is. */
export const sizes = { rim: 296, inner: 252, ring: 228, dot: 18, hub: 80 } as const

/** Days of a round around a circle (GOV-7). Milestones that would cover each other move inwards. @param days in their order */
export function drawWheel(round: Round, days: readonly string[], today: string): WheelDrawing {
  const months = Array.from({ length: round.years * 12 }, (_, at) => {
    const first = Temporal.PlainDate.from(round.from).add({ months: at })
    const middle = first.add({ days: 14 }).toString()
    return {
      month: first.toString(),
      line: [spot(round, first.toString(), sizes.inner), spot(round, first.toString(), sizes.rim)] as const,
      label: spot(round, middle, (sizes.inner + sizes.rim) / 2),
    }
  })
  const dots: WheelDrawing['dots'] = []
  days.forEach((day, at) => {
    let radius: number = sizes.ring
    let here = spot(round, day, radius)
    while (
      dots.some((dot) => Math.hypot(dot.x - here.x, dot.y - here.y) < sizes.dot * 2 + 1) &&
      radius > sizes.hub + sizes.dot
    ) {
      radius -= sizes.dot * 2 + 2
      here = spot(round, day, Math.max(radius, sizes.hub + sizes.dot))
    }
    dots.push({ ...here, number: at + 1 })
  })
  const inRound = round.from <= today && today <= round.until
  return { months, dots, today: inRound ? [spot(round, today, sizes.hub), spot(round, today, sizes.inner)] : undefined }
}

/** The place of a day: the share of the round that is over, clockwise from the top. */
function spot(round: Round, day: string, radius: number): Spot {
  const share = days(round.from, day) / (days(round.from, round.until) + 1)
  const angle = 2 * Math.PI * share - Math.PI / 2
  return { x: rounded(radius * Math.cos(angle)), y: rounded(radius * Math.sin(angle)) }
}

const days = (from: string, until: string) => Temporal.PlainDate.from(from).until(until, { largestUnit: 'day' }).days
const rounded = (value: number) => Math.round(value * 10) / 10

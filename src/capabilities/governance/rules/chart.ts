import type { Body } from '../types.ts'
import { type LinkKind, linksFrom } from './relations.ts'

/** A box of the chart: one body, or a group of bodies of one sort. */
export interface Box {
  slug: string
  /** slugs of the bodies that it stands for */
  bodies: string[]
  row: number
  /** upper left corner, in units of the drawing */
  x: number
  y: number
}

export interface Line {
  from: string
  to: string
  /** reference is drawn as a line, every other way upwards as dashes */
  reference: boolean
  /** corners of the line, from the upper box to the lower one: so dashes that share a way fall together */
  points: [x: number, y: number][]
}

export interface Chart {
  width: number
  height: number
  boxes: Box[]
  lines: Line[]
}

export const boxWidth = 204
export const boxHeight = 96
const across = 4
const gap = { x: 20, y: 68 }
const portGap = 16
/** with room for a line on both sides */
const drawingWidth = across * boxWidth + (across + 1) * gap.x

/** What leads upwards in a chart; all else beside it is told in words. */
export const upwards: readonly LinkKind[] = [
  'answers-to',
  'decides-for',
  'advises',
  'prepares-for',
  'proposes-to',
  'is-invited-by',
]

type Drawn = Parameters<typeof linksFrom>[0]

/**
 * Places bodies below those to which they answer, or whom they advise (GOV-1). Bodies of one sort are one box. What nothing leads to stands last.
 * Depends on the order of the bodies alone.
 */
export function chartOf(bodies: readonly Drawn[]): Chart {
  const boxOf = new Map(bodies.flatMap((body) => namesOf(body).map((name) => [name, boxName(body)] as const)))
  const members = Map.groupBy(bodies, boxName)
  const edges = edgesBetween(bodies, boxOf)
  const rows = arrange([...members.keys()], edges)
  const boxes = rows.flatMap((row, at) => {
    const width = row.length * boxWidth + (row.length - 1) * gap.x
    const start = (drawingWidth - width) / 2
    return row.map((slug, place) => ({
      slug,
      bodies: (members.get(slug) ?? []).map((body) => body.slug),
      row: at,
      x: start + place * (boxWidth + gap.x),
      y: at * (boxHeight + gap.y),
    }))
  })
  return {
    width: drawingWidth,
    height: Math.max(0, rows.length * (boxHeight + gap.y) - gap.y),
    boxes,
    lines: drawLines(edges, new Map(boxes.map((box) => [box.slug, box]))),
  }
}

const boxName = (body: Pick<Body, 'slug' | 'together'>) => body.together?.slug ?? body.slug
const namesOf = (body: Pick<Body, 'slug' | 'together'>) => [body.slug, ...(body.together ? [body.together.slug] : [])]

interface Edge {
  from: string
  to: string
  reference: boolean
}

function edgesBetween(bodies: readonly Drawn[], boxOf: ReadonlyMap<string, string>): Edge[] {
  const edges = new Map<string, Edge>()
  for (const body of bodies)
    for (const { kind, to: name } of linksFrom(body)) {
      const [from, to] = [boxName(body), boxOf.get(name)]
      if (!upwards.includes(kind) || to === undefined || from === to) continue
      const known = edges.get(`${from} ${to}`)
      edges.set(`${from} ${to}`, { from, to, reference: known?.reference === true || kind === 'answers-to' })
    }
  return [...edges.values()]
}

/** Rows from the top: each box below all that it leads to, and near them. A row that is too long goes on in the next one. */
function arrange(names: readonly string[], edges: readonly Edge[]): string[][] {
  const depth = new Map<string, number>()
  const depthOf = (name: string, way: readonly string[]): number => {
    const known = depth.get(name)
    if (known !== undefined) return known
    const above = edges.filter(({ from, to }) => from === name && !way.includes(to)).map(({ to }) => to)
    const own = Math.max(-1, ...above.map((to) => depthOf(to, [...way, name]))) + 1
    depth.set(name, own)
    return own
  }
  for (const name of names) depthOf(name, [name])
  const joined = new Set(edges.flatMap(({ from, to }) => [from, to]))
  const rows: string[][] = []
  const middles = new Map<string, number>()
  for (let level = 0; level <= Math.max(0, ...depth.values()); level++) {
    const row = names
      .filter((name) => joined.has(name) && depth.get(name) === level)
      .map((name) => ({ name, middle: middleOf(name, edges, middles) }))
      .toSorted((one, other) => one.middle - other.middle)
      .map(({ name }) => name)
    rows.push(...parted(row, middles))
  }
  rows.push(
    ...parted(
      names.filter((name) => !joined.has(name)),
      middles,
    ),
  )
  return rows
}

function middleOf(name: string, edges: readonly Edge[], middles: ReadonlyMap<string, number>): number {
  const above = edges.filter(({ from }) => from === name).flatMap(({ to }) => middles.get(to) ?? [])
  return above.length === 0 ? 0.5 : above.reduce((sum, one) => sum + one, 0) / above.length
}

/** Rows of nearly the same length; notes where each box stands, from 0 (left) to 1 (right). */
function parted(names: readonly string[], middles: Map<string, number>): string[][] {
  const count = Math.ceil(names.length / across)
  const rows = Array.from({ length: count }, (_, at) =>
    names.slice(Math.round((at * names.length) / count), Math.round(((at + 1) * names.length) / count)),
  )
  for (const row of rows) for (const [at, name] of row.entries()) middles.set(name, (at + 0.5) / row.length)
  return rows
}

/**
 * Down from the upper box, across between two rows, down to the lower box, past all boxes between them. Lines to different boxes go across at different heights and leave a box
 * beside each other, so that each can be followed.
 */
function drawLines(edges: readonly Edge[], boxes: ReadonlyMap<string, Box>): Line[] {
  const drawn = edges.flatMap((edge) => {
    const [lower, upper] = [boxes.get(edge.from), boxes.get(edge.to)]
    // where two lead to each other, one of the lines would go upwards: the list alone tells it
    return lower && upper && upper.row < lower.row ? [{ edge, lower, upper, way: `${edge.to} ${edge.reference}` }] : []
  })
  const lanes = new Map(
    [...Map.groupBy(drawn, ({ lower }) => lower.row)].map(([row, lines]) => [
      row,
      [...new Set(lines.toSorted((one, other) => one.upper.x - other.upper.x).map(({ way }) => way))],
    ]),
  )
  return drawn.map(({ edge, lower, upper, way }) => {
    const own = drawn
      .filter((one) => one.lower === lower)
      .toSorted(
        (one, other) => one.upper.x - other.upper.x || Number(one.edge.reference) - Number(other.edge.reference),
      )
    const from =
      lower.x +
      boxWidth / 2 +
      beside(
        own.findIndex((one) => one.edge === edge),
        own.length,
      )
    const to = upper.x + boxWidth / 2 + (edge.reference ? 0 : portGap)
    const lane = lanes.get(lower.row) ?? []
    const turn = Math.round(lower.y - (gap.y * (lane.indexOf(way) + 1)) / (lane.length + 1))
    const passed = [...boxes.values()].filter(({ row }) => row > upper.row && row < lower.row)
    const down = freeWay(to, passed)
    const leave = upper.y + boxHeight + (down === to ? 0 : portGap / 2)
    return {
      ...edge,
      points: withoutRepeats([
        [to, upper.y + boxHeight],
        [to, leave],
        [down, leave],
        [down, turn],
        [from, turn],
        [from, lower.y],
      ]),
    }
  })
}

const withoutRepeats = (points: readonly [number, number][]) =>
  points.filter(([x, y], at) => at === 0 || points[at - 1]?.[0] !== x || points[at - 1]?.[1] !== y)

/** Where a line can go down past these boxes without touching one, as near as can be. */
function freeWay(x: number, passed: readonly Box[]): number {
  const touches = (at: number) => passed.some((box) => at > box.x - 1 && at < box.x + boxWidth + 1)
  const beside = passed.flatMap((box) => [box.x - gap.x / 2, box.x + boxWidth + gap.x / 2])
  const free = [x, ...beside].filter((at) => !touches(at))
  return free.toSorted((one, other) => Math.abs(one - x) - Math.abs(other - x))[0] ?? x
}

const beside = (at: number, count: number) => (at - (count - 1) / 2) * portGap

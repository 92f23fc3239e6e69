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
  /** corners of the line, from the lower box to the upper one */
  points: [x: number, y: number][]
}

export interface Chart {
  width: number
  height: number
  boxes: Box[]
  lines: Line[]
}

export const boxWidth = 204
export const boxHeight = 76
const across = 4
const gap = { x: 20, y: 52 }

/** What leads upwards in a chart; all else beside it is told in words. */
const upwards: readonly LinkKind[] = [
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
    const start = (across * boxWidth + (across - 1) * gap.x - width) / 2
    return row.map((slug, place) => ({
      slug,
      bodies: (members.get(slug) ?? []).map((body) => body.slug),
      row: at,
      x: start + place * (boxWidth + gap.x),
      y: at * (boxHeight + gap.y),
    }))
  })
  const placed = new Map(boxes.map((box) => [box.slug, box]))
  return {
    width: across * boxWidth + (across - 1) * gap.x,
    height: Math.max(0, rows.length * (boxHeight + gap.y) - gap.y),
    boxes,
    lines: edges.flatMap((edge) => {
      const [lower, upper] = [placed.get(edge.from), placed.get(edge.to)]
      return lower && upper ? [{ ...edge, points: corners(lower, upper) }] : []
    }),
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

/** Up from the lower box, across between two rows, up to the upper box. */
function corners(lower: Box, upper: Box): [number, number][] {
  const from = lower.x + boxWidth / 2
  const to = upper.x + boxWidth / 2
  const turn = lower.y - gap.y / 2
  return [
    [from, lower.y],
    [from, turn],
    [to, turn],
    [to, upper.y + boxHeight],
  ]
}

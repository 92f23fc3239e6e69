import type { Place } from './table.ts'

/** What a reader of a published table can find out about a suppressed cell: it lies between the two, both included. */
export interface Interval extends Place {
  low: number
  high: number
}

/**
 * The closest bounds that anybody can draw about every suppressed cell from what is published: each row adds up to its total, each column too,
 * and no count is negative. Exact, not an estimate: the cells that are suppressed form a network (rows and columns are its knots, cells its
 * pipes), and how far a cell can move without anything published changing is the largest flow back around it.
 * @param full the table with margins as last row and column @param hidden the suppressed places, by `placeKey`
 */
export function knowable(full: readonly (readonly number[])[], hidden: ReadonlySet<string>): Interval[] {
  return placesIn(full)
    .filter((place) => hidden.has(placeKey(place)))
    .map((place) => {
      const value = full[place.row]?.[place.column] ?? 0
      return { ...place, low: value - slack(full, hidden, place, -1), high: value + slack(full, hidden, place, 1) }
    })
}

export const placeKey = ({ row, column }: Place): string => `${row}/${column}`

export function placesIn(full: readonly (readonly number[])[]): Place[] {
  return full.flatMap((cells, row) => cells.map((_, column) => ({ row, column })))
}

/** More than any count: the bound of what has none. */
const boundless = Number.MAX_SAFE_INTEGER

interface Pipe {
  from: number
  to: number
  room: number
  back: number
}

/** By how much a cell could be larger (`sign` 1) or smaller (−1) while all that is published stays the same. */
function slack(full: readonly (readonly number[])[], hidden: ReadonlySet<string>, cell: Place, sign: 1 | -1): number {
  const height = full.length
  const width = full[0]?.length ?? 0
  const pipes: Pipe[] = []
  const from = new Map<number, number[]>()
  const add = (a: number, b: number, room: number, back: number) => {
    const index = pipes.length
    pipes.push({ from: a, to: b, room, back: index + 1 }, { from: b, to: a, room: back, back: index })
    from.set(a, [...(from.get(a) ?? []), index])
    from.set(b, [...(from.get(b) ?? []), index + 1])
  }
  for (const place of placesIn(full)) {
    if (!hidden.has(placeKey(place)) || (place.row === cell.row && place.column === cell.column)) continue
    const value = full[place.row]?.[place.column] ?? 0
    const [row, column] = [place.row, height + place.column]
    // A count may grow without end and shrink to nothing. Totals stand on the other side of the sum: they flow the other way.
    if (isMargin(place, height, width)) add(column, row, boundless, value)
    else add(row, column, boundless, value)
  }
  const [row, column] = [cell.row, height + cell.column]
  const growing = isMargin(cell, height, width) ? [column, row] : [row, column]
  const [tail = 0, head = 0] = sign === 1 ? growing : growing.toReversed()
  const own = full[cell.row]?.[cell.column] ?? 0
  return largestFlow(pipes, from, head, tail, sign === 1 ? boundless : own)
}

/** Totals of rows and columns; not the grand total, which adds up like a cell again. */
function isMargin({ row, column }: Place, height: number, width: number): boolean {
  return (row === height - 1) !== (column === width - 1)
}

/** Ford and Fulkerson, with the shortest way first (Edmonds and Karp). */
function largestFlow(
  pipes: Pipe[],
  from: ReadonlyMap<number, readonly number[]>,
  source: number,
  sink: number,
  limit: number,
): number {
  let flow = 0
  while (flow < limit) {
    const way = shortestWay(pipes, from, source, sink)
    if (!way) break
    const room = Math.min(limit - flow, ...way.map((pipe) => pipe.room))
    for (const pipe of way) {
      pipe.room -= room
      const back = pipes[pipe.back]
      if (back && back.room < boundless) back.room += room
    }
    flow += room
    if (room >= boundless) break
  }
  return Math.min(flow, limit)
}

function shortestWay(
  pipes: readonly Pipe[],
  from: ReadonlyMap<number, readonly number[]>,
  source: number,
  sink: number,
): Pipe[] | undefined {
  const reached = new Map<number, Pipe | undefined>([[source, undefined]])
  const waiting = [source]
  for (let knot = waiting.shift(); knot !== undefined; knot = waiting.shift()) {
    if (knot === sink) break
    for (const index of from.get(knot) ?? []) {
      const pipe = pipes[index]
      if (!pipe || pipe.room <= 0 || reached.has(pipe.to)) continue
      reached.set(pipe.to, pipe)
      waiting.push(pipe.to)
    }
  }
  if (!reached.has(sink)) return undefined
  const way: Pipe[] = []
  for (let pipe = reached.get(sink); pipe; pipe = reached.get(pipe.from)) way.push(pipe)
  return way
}

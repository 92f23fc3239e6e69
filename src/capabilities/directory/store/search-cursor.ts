import { z } from 'zod'
import { decodeCursor, encodeCursor } from '../../../platform/http/cursor.ts'

/** A row by the values it is sorted by. */
export interface Keyed {
  step: number
  score: number
  name: string
  id: string
}

/** Where a page begins. */
export interface Position {
  /** the moment of the first page, in milliseconds: what sinks or is open does not change while somebody turns pages */
  now: number
  /** the last service of the window before, as `walk` goes; undefined in the first window */
  window: { walk: number; id: string } | undefined
  /** the last row shown within the window */
  row: Keyed | undefined
}

/** A cursor that no search made. */
export class BadCursor extends Error {}

const Values = z.tuple([
  z.number().min(0).max(8.64e15),
  z.number().int().min(-1).max(11).nullable(),
  z.uuid().nullable(),
  z.number().int().min(0).max(9).nullable(),
  z.number().nullable(),
  z
    .string()
    .refine((name) => !name.includes('\0') && name.isWellFormed())
    .nullable(),
  z.uuid().nullable(),
])

/** @throws BadCursor */
export function positionOf(after: string | undefined, now: Date): Position {
  if (after === undefined) return { now: now.getTime(), window: undefined, row: undefined }
  const parsed = Values.safeParse(decodeCursor(after, 7))
  if (!parsed.success) throw new BadCursor('this search made no such cursor')
  const [at, walk, window, step, score, name, id] = parsed.data
  return {
    now: at,
    window: walk === null || window === null ? undefined : { walk, id: window },
    row: step === null || score === null || name === null || id === null ? undefined : { step, score, name, id },
  }
}

/**
 * The cursor of the page after `last`; undefined when that was the last page.
 * @param windowEnd the last service of this window; undefined when there is no further window
 */
export function nextCursor(
  position: Position,
  last: Keyed | undefined,
  moreRows: boolean,
  windowEnd: { walk: number; id: string } | undefined,
): string | undefined {
  const { now, window } = position
  if (moreRows && last) {
    return encodeCursor([now, window?.walk ?? null, window?.id ?? null, last.step, last.score, last.name, last.id])
  }
  return windowEnd ? encodeCursor([now, windowEnd.walk, windowEnd.id, null, null, null, null]) : undefined
}

import { z } from 'zod'
import { decodeCursor } from '../../../platform/http/cursor.ts'
import type { After } from '../store/read-decisions.ts'
import { Day } from '../types.ts'

const Cursor = z.tuple([Day, z.uuid()])

/** Where a page of decisions begins; 'bad' where the address was not made by us. */
export function cursorOf(text: string | undefined): After | undefined | 'bad' {
  if (text === undefined) return undefined
  const parsed = Cursor.safeParse(decodeCursor(text, 2))
  return parsed.success ? parsed.data : 'bad'
}

import { z } from 'zod'
import { decodeCursor } from '../../../platform/http/cursor.ts'

const Cursor = z.tuple([z.iso.datetime(), z.uuid()])

/** Where a page of a list by moments begins; 'bad' where the address was not made by us. */
export function momentCursor(text: string | undefined): readonly [string, string] | undefined | 'bad' {
  if (text === undefined) return undefined
  const parsed = Cursor.safeParse(decodeCursor(text, 2))
  return parsed.success ? parsed.data : 'bad'
}

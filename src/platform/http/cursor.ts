/** Where the next page of a list begins: the sort values of the last row shown. */
export type CursorValue = string | number | null

/** @returns an opaque text for addresses */
export function encodeCursor(values: readonly CursorValue[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}

/** @returns the values, or undefined when the text was not made by `encodeCursor` with this many values */
export function decodeCursor(text: string, length: number): CursorValue[] | undefined {
  if (text.length > 1000 || !/^[\w-]*$/.test(text)) return undefined
  try {
    const values: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    const fits =
      Array.isArray(values) &&
      values.length === length &&
      values.every((value) => value === null || typeof value === 'string' || typeof value === 'number')
    return fits ? (values as CursorValue[]) : undefined
  } catch {
    return undefined
  }
}

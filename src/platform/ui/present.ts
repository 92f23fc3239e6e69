import type { Child } from 'hono/jsx'

/** Is there anything to show? Nothing, `false` and an empty text are not; the number 0 is. */
export function present(value: Child): boolean {
  return value !== undefined && value !== null && value !== false && value !== ''
}

/** Digits of an id that a short address shows: forty bits tell a million records apart. */
export function shortCode(id: string): string {
  return id.slice(-10)
}

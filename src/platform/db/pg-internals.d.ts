declare module 'pg/lib/utils.js' {
  /** How the driver writes a parameter. Written values stay as they are when written again. */
  export function prepareValue(value: unknown): string | Buffer | null
}

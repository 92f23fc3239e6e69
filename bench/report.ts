export interface Measurement {
  name: string
  /** null where it could not be measured; `goal` then says why */
  value: number | null
  unit: string
  goal: string
  ok: boolean
}

/** Prints one measurement as `npm run bench` reads it. */
export function report(measurement: Measurement): void {
  console.log(JSON.stringify(measurement))
}

/** A time during which a clock stands still; waiting for the person, for instance. `until` is the first moment at which it runs again. */
export interface Pause {
  from: Date
  until: Date
}

/** A span of instants in milliseconds, `until` outside it. */
export interface Span {
  from: number
  until: number
}

/** Pauses in order, without gaps of no length and without overlaps. Those that end before they begin are none. */
export function standstills(pauses: readonly Pause[]): Span[] {
  const spans = pauses
    .map(({ from, until }) => ({ from: from.getTime(), until: until.getTime() }))
    .filter(({ from, until }) => from < until)
    .sort((a, b) => a.from - b.from)
  const merged: Span[] = []
  for (const span of spans) {
    const last = merged.at(-1)
    if (last && span.from <= last.until) last.until = Math.max(last.until, span.until)
    else merged.push(span)
  }
  return merged
}

/** The instant at which a clock that began at `start` has run for `duration` milliseconds. */
export function ranFor(duration: number, start: number, still: readonly Span[]): number {
  let now = start
  let left = duration
  for (const { from, until } of still) {
    if (until <= now) continue
    const runs = Math.max(0, from - now)
    if (left <= runs) break
    left -= runs
    now = until
  }
  return now + left
}

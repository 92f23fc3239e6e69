/** The days on which a version holds: `[from, until)`. */
export interface Dated {
  from?: string | undefined
  until?: string | undefined
}

/** Versions in the order in which they begin; one without a first day has held since always. */
export const inOrder = <Version extends Dated>(versions: readonly Version[]): Version[] =>
  [...versions].sort((a, b) => (a.from ?? '').localeCompare(b.from ?? ''))

/** The version that holds on a day: of those that have begun the last, unless it has ended (GOV-12). */
export function versionOn<Version extends Dated>(versions: readonly Version[], day: string): Version | undefined {
  const last = inOrder(versions)
    .filter(({ from }) => from === undefined || from <= day)
    .at(-1)
  return last && (last.until === undefined || day < last.until) ? last : undefined
}

/** The first day on which a version holds no longer: its own end, or the beginning of the next; undefined while nobody has ended it. */
export function holdsUntil<Version extends Dated>(versions: readonly Version[], version: Version): string | undefined {
  const next = inOrder(versions).find(({ from }) => (from ?? '') > (version.from ?? ''))?.from
  if (version.until === undefined || next === undefined) return version.until ?? next
  return version.until < next ? version.until : next
}

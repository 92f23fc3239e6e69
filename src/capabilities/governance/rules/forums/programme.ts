/** One point as it was typed: a time, and what then is. */
export interface TypedPoint {
  time: string
  words: string
}

/**
 * A programme as people type it: each line a time and what then is, `9.30 Velkomst`. Lines in the order of their times.
 * @returns the first line that cannot be read, where there is one
 */
export function readProgramme(text: string): { points: TypedPoint[] } | { line: string } {
  const points: TypedPoint[] = []
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '') continue
    const [, hour = '', minute = '', words = ''] = /^(\d{1,2})[:.](\d{2})[\s–-]+(.+)$/.exec(line) ?? []
    if (words === '' || Number(hour) > 23 || Number(minute) > 59) return { line }
    points.push({ time: `${hour.padStart(2, '0')}:${minute}`, words: words.slice(0, 300) })
  }
  return { points: points.toSorted((one, other) => one.time.localeCompare(other.time)) }
}

/** The same for the field in which it is changed. */
export const writeProgramme = (points: readonly TypedPoint[]) =>
  points.map(({ time, words }) => `${time} ${words}`).join('\n')

/** Longer searches are read up to here. */
const longest = 200
const mostWords = 6

/**
 * A search for a name as text of a `tsquery`: every word is the beginning of a word of the name.
 * @returns undefined where no word was typed
 */
export function beginnings(typed: string): string | undefined {
  const words =
    typed
      .slice(0, longest)
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  return words.length === 0
    ? undefined
    : words
        .slice(0, mostWords)
        .map((word) => `'${word}':*`)
        .join(' & ')
}

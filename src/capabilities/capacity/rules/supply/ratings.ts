/** The state of all ratings of a municipality and year as one number: it grows with each that is said or said anew. */
export function ratingsMark(ratings: readonly { version: number }[]): number {
  return ratings.reduce((sum, { version }) => sum + version, 0)
}

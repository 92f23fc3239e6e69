/** The package brings no types of its own; these are the two functions that are used here. */
declare module 'snowball-stemmers' {
  export function newStemmer(algorithm: 'english' | 'danish' | 'german'): { stem(word: string): string }
  export function algorithms(): string[]
}

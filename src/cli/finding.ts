/** One thing that was looked at. `words`: what was found, and where it is wrong what to do. */
export interface Finding {
  what: string
  ok: boolean
  words: string
}

export const fine = (what: string, words: string): Finding => ({ what, ok: true, words })
export const wrong = (what: string, words: string): Finding => ({ what, ok: false, words })

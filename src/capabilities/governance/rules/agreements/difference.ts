/** A stretch of text that stayed, went or came. */
export interface Change {
  is: 'same' | 'gone' | 'new'
  words: string
}

/** Beyond so many comparisons a block counts as replaced as a whole: nobody reads a difference of two texts that share nothing. */
const most = 4_000_000

/**
 * GOV-6: what changed from one version to the next, word by word. Lines are matched first, so that a moved paragraph does not tear the others; within lines that
 * changed, words. What is gone stands before what is new. The stretches, without those that are new, are the text before; without those that are gone, the text after.
 */
export function differenceOf(before: string, after: string): Change[] {
  const changes: Change[] = []
  for (const block of matched(linesOf(before), linesOf(after)))
    if (block.is === 'same') add(changes, 'same', block.before.join(''))
    else
      for (const { is, before: gone, after: come } of matched(wordsOf(block.before), wordsOf(block.after)))
        if (is === 'same') add(changes, 'same', gone.join(''))
        else {
          add(changes, 'gone', gone.join(''))
          add(changes, 'new', come.join(''))
        }
  return changes
}

/** How many words came and went. */
export function sizeOf(changes: readonly Change[]): { gone: number; come: number } {
  const count = (is: Change['is']) =>
    changes
      .filter((change) => change.is === is)
      .reduce((sum, { words }) => sum + (words.match(/[\p{L}\p{N}]+/gu)?.length ?? 0), 0)
  return { gone: count('gone'), come: count('new') }
}

const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? []
/** Words with the blanks that follow them, so that a change reads as words. */
const wordsOf = (lines: readonly string[]): string[] =>
  lines.join('').match(/\n|[^\S\n]+|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? []

interface Stretch {
  is: 'same' | 'changed'
  before: string[]
  after: string[]
}

/** The longest common subsequence of two lists, as stretches that are the same and stretches that are not. */
function matched(before: readonly string[], after: readonly string[]): Stretch[] {
  let head = 0
  while (head < before.length && head < after.length && before[head] === after[head]) head++
  let tail = 0
  while (
    tail < before.length - head &&
    tail < after.length - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  )
    tail++
  const stretches: Stretch[] = []
  const same = (one: string | undefined) => grow(stretches, 'same', one, one)
  for (const one of before.slice(0, head)) same(one)
  const left = before.slice(head, before.length - tail)
  const right = after.slice(head, after.length - tail)
  if (left.length * right.length > most) {
    for (const one of left) grow(stretches, 'changed', one, undefined)
    for (const one of right) grow(stretches, 'changed', undefined, one)
  } else between(left, right, stretches)
  for (const one of before.slice(before.length - tail)) same(one)
  return stretches
}

function between(left: readonly string[], right: readonly string[], stretches: Stretch[]): void {
  const width = right.length + 1
  // longest[i * width + j]: how much left from i on and right from j on have in common
  const longest = new Uint32Array((left.length + 1) * width)
  const at = (i: number, j: number) => longest[i * width + j] ?? 0
  for (let i = left.length - 1; i >= 0; i--)
    for (let j = right.length - 1; j >= 0; j--)
      longest[i * width + j] = left[i] === right[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  let i = 0
  let j = 0
  while (i < left.length || j < right.length)
    if (i < left.length && j < right.length && left[i] === right[j]) grow(stretches, 'same', left[i++], right[j++])
    else if (i < left.length && (j >= right.length || at(i + 1, j) >= at(i, j + 1)))
      grow(stretches, 'changed', left[i++], undefined)
    else grow(stretches, 'changed', undefined, right[j++])
}

function grow(stretches: Stretch[], is: Stretch['is'], gone: string | undefined, come: string | undefined): void {
  let last = stretches.at(-1)
  if (last?.is !== is) {
    last = { is, before: [], after: [] }
    stretches.push(last)
  }
  if (gone !== undefined) last.before.push(gone)
  if (come !== undefined) last.after.push(come)
}

function add(changes: Change[], is: Change['is'], words: string): void {
  const last = changes.at(-1)
  if (words === '') return
  if (last?.is === is) last.words += words
  else changes.push({ is, words })
}

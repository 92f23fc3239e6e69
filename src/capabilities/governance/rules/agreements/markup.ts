/** Words, some of them strong. */
export interface Span {
  words: string
  strong: boolean
}

/** A piece of a part of an agreement: there is nothing in it but headings, paragraphs and lists, so nothing can run or lead away. */
export type Block =
  | { is: 'heading'; level: 1 | 2; words: string }
  | { is: 'paragraph'; spans: Span[] }
  | { is: 'list'; ordered: boolean; items: Span[][] }

const headingLine = /^(#{1,2})\s+(.+)$/
const bulletLine = /^[-*•]\s+(.+)$/
const numberLine = /^\d{1,3}[.)]\s+(.+)$/

/**
 * GOV-6: reads the light markup of an agreement. `# ` and `## ` begin headings, `- ` and `1. ` lists, an empty line a paragraph, `**strong**` words.
 * Whatever else is typed stays the words that it is.
 */
export function blocksOf(words: string): Block[] {
  const blocks: Block[] = []
  let open: Block | undefined
  for (const raw of words.split(/\r?\n/)) {
    const line = raw.trim()
    const heading = headingLine.exec(line)
    const item = bulletLine.exec(line) ?? numberLine.exec(line)
    if (line === '') open = undefined
    else if (heading) {
      blocks.push({ is: 'heading', level: heading[1] === '#' ? 1 : 2, words: heading[2] ?? '' })
      open = undefined
    } else if (item) {
      const ordered = numberLine.test(line)
      if (open?.is !== 'list' || open.ordered !== ordered) {
        open = { is: 'list', ordered, items: [] }
        blocks.push(open)
      }
      open.items.push(spansOf(item[1] ?? ''))
    } else if (open?.is === 'paragraph') open.spans.push({ words: ' ', strong: false }, ...spansOf(line))
    else {
      open = { is: 'paragraph', spans: spansOf(line) }
      blocks.push(open)
    }
  }
  return blocks
}

/** The words of a line, and which of them are strong. */
export function spansOf(line: string): Span[] {
  return line
    .split(/(\*\*[^*]+\*\*)/)
    .filter((part) => part !== '')
    .map((part) =>
      /^\*\*[^*]+\*\*$/.test(part) ? { words: part.slice(2, -2), strong: true } : { words: part, strong: false },
    )
}

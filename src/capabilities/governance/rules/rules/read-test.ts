/** A unary test as it can be said in words; `code` where it is written in a way that we do not put into words. */
export type Condition =
  | { is: 'any' }
  | { is: 'value'; value: string | number | boolean | null }
  | { is: 'above' | 'below' | 'at-least' | 'at-most'; value: string }
  | { is: 'between'; least: string; most: string }
  | { is: 'or'; parts: readonly Condition[] }
  | { is: 'code'; code: string }

const number = String.raw`-?\d+(?:\.\d+)?`
const day = String.raw`@"\d{4}-\d{2}-\d{2}"`
const figure = `${number}|${day}`
const comparison = new RegExp(`^(<=|>=|<|>)\\s*(${figure})$`)
const interval = new RegExp(`^\\[(${figure})\\.\\.(${figure})\\]$`)

/** Reads a test, such as `< -10, > 10`, for those who do not read FEEL (GOV-12). */
export function conditionOf(test: string): Condition {
  const text = test.trim()
  if (text === '-') return { is: 'any' }
  const parts = text.match(/(?:"[^"]*"|\[[^\]]*\]|\([^)]*\)|[^,"[(])+/g) ?? []
  if (parts.length > 1) return { is: 'or', parts: parts.map((part) => single(part.trim())) }
  return single(text)
}

function single(text: string): Condition {
  if (text === 'true' || text === 'false') return { is: 'value', value: text === 'true' }
  if (text === 'null') return { is: 'value', value: null }
  if (/^"[^"\\]*"$/.test(text)) return { is: 'value', value: text.slice(1, -1) }
  if (new RegExp(`^${number}$`).test(text)) return { is: 'value', value: Number(text) }
  const compared = comparison.exec(text)
  if (compared) return { is: signs[compared[1] as keyof typeof signs], value: plain(compared[2]) }
  const within = interval.exec(text)
  if (within) return { is: 'between', least: plain(within[1]), most: plain(within[2]) }
  return { is: 'code', code: text }
}

const signs = { '>': 'above', '<': 'below', '>=': 'at-least', '<=': 'at-most' } as const
const plain = (figures: string | undefined) => (figures ?? '').replace(/^@"(.*)"$/, '$1')

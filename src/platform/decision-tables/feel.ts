import { evaluate, type FeelDate, parseDate, parseExpression, parseUnaryTests, unaryTest } from 'feelin'
import type { Fact, MistakeCode, OutputValue, ValueType } from './types.ts'
import { longestExpression } from './types.ts'

/**
 * The part of FEEL that tables may use. It compares and chooses; it does not calculate, call, repeat or look into anything. So a
 * cell takes no time to speak of, reaches nothing of the program, and never depends on floating point: numbers of at most 15
 * digits compare exactly, while `0.1 + 0.2` would not be `0.3`. Sums are made by the program, with decimals.
 */
const inTests = new Set([
  'UnaryTests',
  'PositiveUnaryTests',
  'PositiveUnaryTest',
  'SimplePositiveUnaryTest',
  'Wildcard',
  'Interval',
  'CompareOp',
  'not',
  ...['[', ']', '(', ')', '..', ','],
])
const inExpressions = new Set([
  'Expression',
  'VariableName',
  'Identifier',
  'List',
  'Comparison',
  'CompareOp',
  'Conjunction',
  'Disjunction',
  'ParenthesizedExpression',
  'IfExpression',
  ...['and', 'or', 'if', 'then', 'else', '[', ']', '(', ')', ','],
])
/** `ArithOp` is the sign of a number here; a number between two others is an ArithmeticExpression, which stands in no list. */
const literals = new Set([
  'NumericLiteral',
  'ArithOp',
  'StringLiteral',
  'BooleanLiteral',
  'null',
  'DateTimeLiteral',
  'AtLiteral',
])
const deepest = 30

/** A literal of an expression, as its value. */
export interface Literal {
  type: 'boolean' | 'number' | 'string' | 'day' | 'null'
  value: Fact
}

export interface FeelProblem {
  code: MistakeCode
  message: string
}

export interface ReadFeel {
  /** what is wrong; undefined when nothing is */
  problem: FeelProblem | undefined
  literals: readonly Literal[]
  /** names of facts that it asks for */
  names: readonly string[]
}

/** Reads a unary test, such as `> 10`, `[-10..10]`, `"a", "b"`, `not(true)` or `-`, and says what is wrong with it. */
export const readTest = (text: string): ReadFeel => read(text, 'test')

/** Reads an expression over facts, such as `if closure then "approval" else "none"`, and says what is wrong with it. */
export const readExpression = (text: string): ReadFeel => read(text, 'expression')

function read(text: string, as: 'test' | 'expression'): ReadFeel {
  const found: { literals: Literal[]; names: string[] } = { literals: [], names: [] }
  if (text.length > longestExpression)
    return { problem: { code: 'too-long', message: `is longer than ${longestExpression} characters` }, ...found }
  const tree = as === 'test' ? parseUnaryTests(text, {}, undefined) : parseExpression(text, {}, undefined)
  const allowed = as === 'test' ? inTests : inExpressions
  let problem: FeelProblem | undefined
  let depth = 0
  let at = false
  tree.iterate({
    enter(node) {
      depth += 1
      const words = text.slice(node.from, node.to)
      const near = text.slice(Math.max(0, node.from - 10), node.to + 10)
      if (depth > deepest) problem ??= { code: 'not-allowed', message: 'is nested too deeply' }
      else if (node.type.isError) problem ??= { code: 'no-feel', message: `is no FEEL near “${near}”` }
      else if (!allowed.has(node.name) && !literals.has(node.name))
        problem ??= { code: 'not-allowed', message: `may not use “${words}” (${node.name})` }
      if (problem !== undefined) return false
      if (node.name === 'AtLiteral') at = true
      const literal = literalOf(node.name, words, at)
      if (literal) found.literals.push(literal)
      if (node.name === 'StringLiteral') at = false
      if (literal?.type === 'day' && literal.value === null)
        problem = { code: 'wrong-value', message: `${words} is no day, such as @"2017-03-01"` }
      if (literal?.type === 'number' && !isExact(Number(literal.value)))
        problem = { code: 'wrong-value', message: `${words} has more than 15 digits` }
      if (node.name === 'VariableName') found.names.push(words)
      return true
    },
    leave() {
      depth -= 1
    },
  })
  return { problem, ...found }
}

function literalOf(node: string, words: string, at: boolean): Literal | undefined {
  switch (node) {
    case 'NumericLiteral':
      return { type: 'number', value: Number(words.replace(/\s/g, '')) }
    case 'BooleanLiteral':
      return { type: 'boolean', value: words === 'true' }
    case 'null':
      return { type: 'null', value: null }
    case 'StringLiteral':
      return at ? { type: 'day', value: dayWritten(words.slice(1, -1)) } : { type: 'string', value: plain(words) }
    default:
      return undefined
  }
}

/** A number that its decimal digits give back, so that it compares as it was written. */
export function isExact(value: number): boolean {
  return Number.isFinite(value) && Math.abs(value) < 1e15 && Number(value.toPrecision(15)) === value
}

const dayWritten = (words: string): string | null =>
  /^\d{4}-\d{2}-\d{2}$/.test(words) && parseDate(words)?.toString() === words ? words : null

const plain = (words: string): string => String(evaluate(words).value)

/** What FEEL needs to compare days: its own kind of value. Names that nobody declared do not exist for it. */
export function contextOf(facts: Readonly<Record<string, Fact>>, types: ReadonlyMap<string, ValueType>) {
  const context: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(facts)) context[name] = feelValue(value, types.get(name))
  return context
}

const feelValue = (value: Fact, type: ValueType | undefined): unknown =>
  type === 'day' && typeof value === 'string' ? parseDate(value) : value

/** Does this value pass the test? What nobody knows (`null`) passes `-` and `null` alone. */
export function passes(test: string, value: Fact, type: ValueType): boolean {
  return unaryTest(test, { '?': feelValue(value, type) }).value === true
}

/** The value of an expression; days come back as they are written. */
export function worked(expression: string, context: Record<string, unknown>): OutputValue {
  const { value } = evaluate(expression, context)
  return Array.isArray(value) ? value.map(ours) : ours(value)
}

function ours(value: unknown): Fact {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value
  return String(value satisfies unknown as FeelDate)
}

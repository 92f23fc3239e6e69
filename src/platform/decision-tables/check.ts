import { dayAfter } from '../calendar/working-days.ts'
import { evaluateVersion, isFact } from './evaluate.ts'
import { type FeelProblem, type Literal, type ReadFeel, readExpression, readTest } from './feel.ts'
import type {
  DecisionTable,
  Fact,
  Facts,
  Input,
  MistakeCode,
  TableProblem,
  ValueType,
  VersionContent,
} from './types.ts'
import { TableFault } from './types.ts'
import { inOrder } from './versions.ts'

/** More cases than this nobody could read either: the table has to be cut. */
const mostCases = 50_000
const reported = 5

/**
 * Everything that can be wrong with a table, found before it is in force: each cell is read; versions do not overlap; and the
 * rules of each version leave no case open and settle none twice. That is exact, not a sample: a cell compares with literals
 * alone, so nothing changes between two neighbouring ones, and one case on each, between and beyond them stands for all.
 */
export function checkTable(table: DecisionTable): TableProblem[] {
  return [
    ...checkVersions(table),
    ...table.versions.flatMap((version) =>
      checkContent(version, { table: table.id, version: version.from ?? 'always' }),
    ),
  ]
}

function checkVersions({ id, versions }: DecisionTable): TableProblem[] {
  const ordered = inOrder(versions)
  return ordered.flatMap(({ from, until }, at) => {
    const next = ordered[at + 1]
    const wrong = (message: string): TableProblem[] => [
      { code: 'dates', table: id, version: from ?? 'always', rule: undefined, cell: undefined, message },
    ]
    if (from !== undefined && until !== undefined && until <= from) return wrong('ends before it begins')
    if (next === undefined) return []
    if ((next.from ?? '') === (from ?? '')) return wrong('two versions begin on that day')
    return until !== undefined && until > (next.from ?? '') ? wrong(`overlaps the version of ${next.from}`) : []
  })
}

/** What is wrong inside one version. */
export function checkContent(version: VersionContent, place: { table: string; version: string }): TableProblem[] {
  const cells = checkCells(version, place)
  return cells.length > 0 ? cells : checkCases(version, place)
}

function checkCells(version: VersionContent, place: { table: string; version: string }): TableProblem[] {
  const problems: TableProblem[] = []
  const wrong = (rule: string | undefined, cell: string | undefined, code: MistakeCode, message: string) =>
    problems.push({ ...place, rule, cell, code, message })
  const facts = new Set(version.inputs.filter(isFact).map(({ id }) => id))
  const names = [...version.inputs, ...version.outputs].map(({ id }) => id)
  for (const name of new Set(names.filter((one, at) => names.indexOf(one) !== at)))
    wrong(undefined, name, 'twice', 'stands twice')
  const rules = version.rules.map(({ id }) => id)
  for (const rule of new Set(rules.filter((one, at) => rules.indexOf(one) !== at)))
    wrong(rule, undefined, 'twice', 'stands twice')
  const expression = (rule: string | undefined, cell: string, text: string) => {
    const { problem, names: asked } = readExpression(text)
    if (problem !== undefined) wrong(rule, cell, problem.code, problem.message)
    for (const name of asked)
      if (!facts.has(name)) wrong(rule, cell, 'unknown-name', `${name} is no fact of this table`)
  }
  for (const input of version.inputs) {
    if (input.values && input.type !== 'string')
      wrong(undefined, input.id, 'wrong-type', 'only a text has a list of values')
    if (!isFact(input)) expression(undefined, input.id, input.expression ?? input.id)
  }
  for (const output of version.outputs)
    if (output.values && output.type !== 'string')
      wrong(undefined, output.id, 'wrong-type', 'only a text has a list of values')
  for (const rule of version.rules) {
    for (const [cell, test] of Object.entries(rule.when)) {
      const input = version.inputs.find(({ id }) => id === cell)
      const problem = input ? testProblem(input, readTest(test)) : unknown('input')
      if (problem !== undefined) wrong(rule.id, cell, problem.code, problem.message)
    }
    for (const [cell, text] of Object.entries(rule.says))
      if (version.outputs.some(({ id }) => id === cell)) expression(rule.id, cell, text)
      else wrong(rule.id, cell, 'unknown-name', unknown('output').message)
    for (const { id, optional } of version.outputs)
      if (!optional && !Object.hasOwn(rule.says, id)) wrong(rule.id, id, 'missing', 'is missing')
  }
  return problems
}

const unknown = (kind: 'input' | 'output'): FeelProblem => ({
  code: 'unknown-name',
  message: `is no ${kind} of this table`,
})

const literalTypes: Record<ValueType, Literal['type']> = {
  boolean: 'boolean',
  integer: 'number',
  number: 'number',
  string: 'string',
  day: 'day',
}

/** A test that compares with what its input can never be would quietly never hold. */
function testProblem(input: Input, { problem, literals }: ReadFeel): FeelProblem | undefined {
  if (problem !== undefined) return problem
  for (const { type, value } of literals) {
    if (type === 'null' ? !input.optional : type !== literalTypes[input.type])
      return { code: 'wrong-type', message: `${JSON.stringify(value)} is no ${input.type}` }
    if (input.values && type === 'string' && !input.values.some((allowed) => allowed.value === value))
      return { code: 'wrong-value', message: `${JSON.stringify(value)} is none of its values` }
  }
  return undefined
}

function checkCases(version: VersionContent, place: { table: string; version: string }): TableProblem[] {
  const domains = domainsOf(version)
  const size = domains.reduce((product, { values }) => product * values.length, 1)
  if (size > mostCases) {
    const message = `has ${size} cases; at most ${mostCases} can be checked`
    return [{ ...place, code: 'too-many', rule: undefined, cell: undefined, message }]
  }
  const problems = new Map<string, TableProblem>()
  for (const facts of casesOf(domains)) {
    const found = caseProblem(version, facts, place)
    // one example of a mistake is enough to find it
    if (found && !problems.has(keyOf(found.problem))) problems.set(keyOf(found.problem), found.told)
    if (problems.size === reported) break
  }
  return [...problems.values()]
}

const keyOf = ({ rule, cell, message }: TableProblem) => `${rule} ${cell} ${message}`

function caseProblem(version: VersionContent, facts: Facts, place: { table: string; version: string }) {
  const told = (problem: TableProblem) => ({
    problem,
    told: { ...problem, example: facts, message: `${problem.message} (${caseWords(facts)})` },
  })
  try {
    const outcome = evaluateVersion(version, facts, place)
    if (outcome.is !== 'no-rule' || version.hitPolicy === 'collect') return undefined
    return told({ ...place, code: 'gap', rule: undefined, cell: undefined, message: 'no rule holds' })
  } catch (error) {
    if (error instanceof TableFault) return told(error.problem)
    throw error
  }
}

const caseWords = (facts: Facts): string =>
  Object.entries(facts)
    .map(([name, value]) => `${name} = ${JSON.stringify(value)}`)
    .join(', ')

interface Domain {
  id: string
  values: readonly Fact[]
}

/** One value on each literal, between and beyond them, for every fact. */
export function domainsOf(version: VersionContent): Domain[] {
  const asking = [
    ...version.inputs.filter((input) => !isFact(input)).map(({ expression }) => expression ?? ''),
    ...version.rules.flatMap(({ says }) => Object.values(says)),
  ]
    .map(readExpression)
    .filter(({ names }) => names.length > 0)
    .flatMap(({ literals }) => literals)
  return version.inputs.filter(isFact).map((input) => {
    const own = version.rules.flatMap(({ when }) => readTest(when[input.id] ?? '-').literals)
    const literals = [...own, ...asking].filter(({ type }) => type === literalTypes[input.type])
    const values = valuesFor(input, [...new Set(literals.map(({ value }) => value))])
    return { id: input.id, values: input.optional ? [...values, null] : values }
  })
}

function valuesFor(input: Input, literals: readonly Fact[]): Fact[] {
  switch (input.type) {
    case 'boolean':
      return [true, false]
    case 'string':
      return input.values
        ? input.values.map(({ value }) => value)
        : [...literals, `${literals.map(String).sort().at(-1) ?? ''}…`]
    case 'integer':
      return [
        ...new Set(
          numbers(literals).flatMap((at) => [Math.floor(at) - 1, Math.floor(at), Math.ceil(at), Math.ceil(at) + 1]),
        ),
      ]
    case 'number': {
      const sorted = numbers(literals).sort((a, b) => a - b)
      const between = sorted.map((at, place) => (at + (sorted[place + 1] ?? at + 2)) / 2)
      return [(sorted[0] ?? 0) - 1, ...sorted, ...between.map((value) => Number(value.toPrecision(15)))]
    }
    case 'day':
      return [...new Set(days(literals).flatMap((day) => [-1, 0, 1].map((by) => dayAfter(day, by))))]
  }
}

const numbers = (literals: readonly Fact[]) => (literals.length > 0 ? literals.map(Number) : [0])
const days = (literals: readonly Fact[]) => (literals.length > 0 ? literals.map(String) : ['2000-01-01'])

function* casesOf([first, ...rest]: readonly Domain[]): Generator<Facts> {
  if (!first) {
    yield {}
    return
  }
  for (const value of first.values) for (const others of casesOf(rest)) yield { [first.id]: value, ...others }
}

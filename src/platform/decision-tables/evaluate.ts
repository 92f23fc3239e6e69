import { contextOf, isExact, passes, worked } from './feel.ts'
import type {
  Evaluation,
  Fact,
  FactProblem,
  Facts,
  Hit,
  Input,
  MistakeCode,
  Output,
  OutputValue,
  Rule,
  ValueType,
  VersionContent,
} from './types.ts'
import { TableFault } from './types.ts'

/** Which table and version is judged: for the words of a fault. */
export interface Place {
  table: string
  /** first day of the version */
  version: string | undefined
}

/** Is the input a fact that somebody states, and not something that follows from facts? */
export const isFact = ({ id, expression }: Input): boolean => expression === undefined || expression === id

/**
 * Judges facts by one version of a table. Pure: the same facts give the same outcome on every day. Facts that no input asks for
 * are left aside: whoever asks for a rule need not know which facts matter in which region.
 * @throws TableFault where a table that passed `checkTable` cannot be judged: rules that contradict, an output that may not be
 */
export function evaluateVersion(version: VersionContent, facts: Facts, place: Place): Evaluation {
  const problems = problemsOf(version.inputs, facts)
  if (problems.length > 0) return { is: 'bad-facts', problems }
  const types = new Map(version.inputs.map(({ id, type }) => [id, type]))
  const known: Facts = Object.fromEntries(version.inputs.filter(isFact).map(({ id }) => [id, facts[id] ?? null]))
  const context = contextOf(known, types)
  const values = new Map(version.inputs.map((input) => [input.id, inputValue(input, known, context)]))
  const holds = (rule: Rule) =>
    Object.entries(rule.when).every(([id, test]) => passes(test, values.get(id) ?? null, types.get(id) ?? 'string'))
  const held = version.hitPolicy === 'first' ? version.rules.find(holds) : version.rules.filter(holds)
  const rules = Array.isArray(held) ? held : held ? [held] : []
  if (version.hitPolicy === 'unique' && rules.length > 1)
    throw fault(place, 'overlap', rules[1]?.id, undefined, `holds where ${rules[0]?.id} holds too`)
  const hits = rules.map((rule) => hitOf(version, rule, context, place))
  const [first] = hits
  return first ? { is: 'decided', outputs: first.outputs, hits } : { is: 'no-rule' }
}

function problemsOf(inputs: readonly Input[], facts: Facts): FactProblem[] {
  return inputs.filter(isFact).flatMap((input): FactProblem[] => {
    const problem = factProblem(input, Object.hasOwn(facts, input.id) ? facts[input.id] : undefined)
    return problem === undefined ? [] : [{ fact: input.id, problem }]
  })
}

function factProblem(input: Input, value: Fact | undefined): FactProblem['problem'] | undefined {
  if (value === undefined || value === null) return input.optional ? undefined : 'missing'
  if (!isOfType(value, input.type)) return 'type'
  return input.values && !input.values.some((allowed) => allowed.value === value) ? 'value' : undefined
}

function isOfType(value: OutputValue, type: ValueType): boolean {
  switch (type) {
    case 'boolean':
      return typeof value === 'boolean'
    case 'integer':
      return typeof value === 'number' && Number.isSafeInteger(value) && isExact(value)
    case 'number':
      return typeof value === 'number' && isExact(value)
    case 'string':
      return typeof value === 'string' && value.length <= 500
    case 'day':
      return typeof value === 'string' && isDay(value)
  }
}

const isDay = (value: string): boolean => {
  const moment = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(value) && value.length === 10
}

function inputValue(input: Input, facts: Facts, context: Record<string, unknown>): Fact {
  if (isFact(input)) return facts[input.id] ?? null
  const value = worked(input.expression ?? input.id, context)
  return isList(value) ? null : value
}

function hitOf(version: VersionContent, rule: Rule, context: Record<string, unknown>, place: Place): Hit {
  const outputs = version.outputs.map((output): [string, OutputValue] => {
    const value = worked(rule.says[output.id] ?? 'null', context)
    const wrong = outputProblem(output, value)
    if (wrong !== undefined) throw fault(place, 'wrong-value', rule.id, output.id, wrong)
    return [output.id, value]
  })
  return { rule: rule.id, annotation: rule.annotation, outputs: Object.fromEntries(outputs) }
}

function outputProblem(output: Output, value: OutputValue): string | undefined {
  if (value === null) return output.optional ? undefined : 'says nothing, and has to say something'
  if (output.list !== isList(value)) return output.list ? 'is one value, and has to be a list' : 'is a list'
  for (const one of isList(value) ? value : [value]) {
    if (!isOfType(one, output.type)) return `${JSON.stringify(one)} is no ${output.type}`
    if (output.values && !output.values.some((allowed) => allowed.value === one))
      return `${JSON.stringify(one)} is none of: ${output.values.map((allowed) => allowed.value).join(', ')}`
  }
  return undefined
}

const isList = (value: OutputValue): value is readonly Fact[] => Array.isArray(value)

const fault = (place: Place, code: MistakeCode, rule: string | undefined, cell: string | undefined, message: string) =>
  new TableFault({ code, table: place.table, version: place.version ?? 'always', rule, cell, message })

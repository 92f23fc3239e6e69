import { z } from 'zod'
import { Text } from '../i18n/text.ts'

/** Name of a fact, input or output: a FEEL name of one word that no word of the language and no built-in of JavaScript takes. */
const Name = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]{0,59}$/)
  .refine((name) => !(name in Object.prototype) && !keywords.has(name), {
    message: 'is a word that the language needs',
  })

const keywords = new Set(
  'and or not if then else for in return some every satisfies between instance of null true false function external date time duration'.split(
    ' ',
  ),
)

const Day = z.iso.date()
const Id = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(80)

/** Long enough for every rule we know, short enough that judging one takes no time. */
export const longestExpression = 500
const Expression = z.string().trim().min(1).max(longestExpression)

/** `integer` is for all that is counted; a `number` has at most 15 digits, so that comparing it is exact. Neither is money. */
export const ValueType = z.enum(['boolean', 'integer', 'number', 'string', 'day'])
export type ValueType = z.infer<typeof ValueType>

/** A value with its name in words, such as `approval`: "prior approval". */
const NamedValue = z.object({ value: z.string().min(1).max(80), names: Text })

/** One input: a fact where its expression is its own name, otherwise something that follows from facts. */
export const Input = z.object({
  id: Name,
  names: Text,
  /** FEEL over facts; left out, the input is a fact */
  expression: Expression.optional(),
  type: ValueType,
  /** the only values that a text may have */
  values: z.array(NamedValue).min(1).max(60).optional(),
  /** it may be unknown (`null`) */
  optional: z.boolean().default(false),
})
export type Input = z.infer<typeof Input>

/** One output: its type and the values that it may have; `list` for several of them. */
export const Output = z.object({
  id: Name,
  names: Text,
  type: ValueType,
  list: z.boolean().default(false),
  values: z.array(NamedValue).min(1).max(60).optional(),
  /** a rule may say that there is none (`null`) */
  optional: z.boolean().default(false),
})
export type Output = z.infer<typeof Output>

/** One rule: a FEEL unary test for each input that matters (left out, any value will do), a FEEL expression for each output. */
export const Rule = z.object({
  id: Id,
  when: z.record(Name, Expression),
  says: z.record(Name, Expression),
  /** what the rule says, for readers */
  annotation: Text,
})
export type Rule = z.infer<typeof Rule>

/** `unique`: exactly one rule holds. `first`: the first that holds. `collect`: all that hold. */
export const HitPolicy = z.enum(['unique', 'first', 'collect'])
export type HitPolicy = z.infer<typeof HitPolicy>

/** Where a rule was taken from: title and date of the document. */
export const RuleSource = z.object({
  title: z.string().min(1).max(300),
  date: Day.optional(),
  url: z.url({ protocol: /^https?$/ }).optional(),
})
export type RuleSource = z.infer<typeof RuleSource>

/** What a version says, whichever way it came into force. */
export const VersionContent = z.object({
  hitPolicy: HitPolicy,
  inputs: z.array(Input).min(1).max(12),
  outputs: z.array(Output).min(1).max(12),
  rules: z.array(Rule).min(1).max(200),
})
export type VersionContent = z.infer<typeof VersionContent>

/** A version holds on days of `[from, until)`; without `from` since always, without `until` until the next one begins. */
export const TableVersion = VersionContent.extend({
  from: Day.optional(),
  until: Day.optional(),
  source: RuleSource,
  /** the decision of a body on which it rests, as its minutes number it */
  decidedBy: z.object({ body: Id, number: z.string().min(1).max(40), decidedOn: Day }).optional(),
  /** no source says so: the version shows how such a rule could look */
  example: z.boolean().default(false),
})
export type TableVersion = z.infer<typeof TableVersion>

/** GOV-12: a rule of procedure as a decision table in the sense of DMN, with its versions by date of effect. */
export const DecisionTable = z.object({
  id: Id,
  /** id of the pack; the folder in which the table lies says the same */
  pack: Id,
  names: Text,
  /** what it settles */
  purpose: Text,
  /** who may change it: bodies that decide on this matter */
  changedBy: z.object({ bodies: z.array(Id).min(1), matter: Id }).optional(),
  versions: z.array(TableVersion).min(1).max(100),
})
export type DecisionTable = z.infer<typeof DecisionTable>

/** What is known of a matter: a day is written `YYYY-MM-DD`, `null` is what nobody knows. */
export type Fact = string | number | boolean | null
export type Facts = Readonly<Record<string, Fact>>
export type OutputValue = Fact | readonly Fact[]

/** A rule that held, and what it says. */
export interface Hit {
  rule: string
  annotation: Text
  outputs: Readonly<Record<string, OutputValue>>
}

/** What is wrong with a fact: it is missing, not of its type, or not among its values. */
export interface FactProblem {
  fact: string
  problem: 'missing' | 'type' | 'value'
}

/** `outputs` are those of the first hit; a table that collects has further ones in `hits`. */
export type Evaluation =
  | { is: 'decided'; outputs: Hit['outputs']; hits: readonly Hit[] }
  | { is: 'no-rule' }
  | { is: 'bad-facts'; problems: readonly FactProblem[] }

/** What sort of mistake it is; pages say it in the language of their reader. */
export type MistakeCode =
  | 'no-feel'
  | 'not-allowed'
  | 'too-long'
  | 'wrong-type'
  | 'wrong-value'
  | 'unknown-name'
  | 'missing'
  | 'twice'
  | 'gap'
  | 'overlap'
  | 'too-many'
  | 'dates'

/** A mistake in a table: in which version, rule and cell, and what. */
export interface TableProblem {
  code: MistakeCode
  table: string
  /** first day of the version, `always` without one; undefined where it is about the table */
  version: string | undefined
  rule: string | undefined
  /** id of the input or output */
  cell: string | undefined
  /** facts under which it shows */
  example?: Facts
  /** for logs and the command line */
  message: string
}

/** A table that cannot be judged though it was checked: a fault of ours, with the cell in which it lies. */
export class TableFault extends Error {
  readonly problem: TableProblem
  constructor(problem: TableProblem) {
    super(whereAndWhat(problem))
    this.name = 'TableFault'
    this.problem = problem
  }
}

/** `capacity-adjustment, version 2017-03-01, rule small, cell change: …` */
export function whereAndWhat({ table, version, rule, cell, message }: TableProblem): string {
  const where = [table, version && `version ${version}`, rule && `rule ${rule}`, cell && `cell ${cell}`].filter(
    (part) => part !== undefined,
  )
  return `${where.join(', ')}: ${message}`
}

import { z } from 'zod'
import { everyone } from '../../../platform/access/permission.ts'
import { isFact } from '../../../platform/decision-tables/evaluate.ts'
import { TableVersion } from '../../../platform/decision-tables/types.ts'
import { versionOn } from '../../../platform/decision-tables/versions.ts'
import type { Door } from '../../../platform/http/door.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { Text } from '../../../platform/i18n/text.ts'
import { changeRules } from '../commands/rules/change-rules.ts'
import { typedFacts } from '../rules/rules/typed-facts.ts'
import { inForce, listTables, tableBySlug } from '../store/rules/read-rules.ts'
import { ruleKind, type StoredTable, type StoredVersion } from '../types/rules.ts'
import { Day, Slug } from '../types.ts'

const open = { permission: everyone, audit: { none: 'public; the same as the pages' }, tag: 'Governance' } as const
const Place = z.object({ pack: Slug, id: Slug })
const VersionItem = TableVersion.extend({
  id: z.uuid(),
  /** the first day on which it holds no longer; null while nobody has ended it */
  heldUntil: z.string().nullable(),
  /** the recorded decision on which it rests; null where it came with the pack */
  decision: z.object({ id: z.uuid(), body: z.string(), number: z.string(), superseded: z.boolean() }).nullable(),
})
const TableItem = z.object({
  id: z.string(),
  /** what a matter about a change of this rule names as its `thing` */
  thing: z.object({ kind: z.string(), id: z.uuid() }),
  pack: z.string(),
  names: Text,
  purpose: Text,
  changedBy: z.object({ bodies: z.array(z.string()), matter: z.string() }).nullable(),
  versions: z.array(VersionItem),
  page: z.string(),
})
const Value = z.union([z.string(), z.number(), z.boolean(), z.null()])
const OutcomeItem = z.object({
  version: z.object({ id: z.uuid(), from: z.string().nullable() }),
  is: z.enum(['decided', 'no-rule', 'bad-facts']),
  hits: z.array(
    z.object({ rule: z.string(), annotation: Text, outputs: z.record(z.string(), z.union([Value, z.array(Value)])) }),
  ),
  problems: z.array(z.object({ fact: z.string(), problem: z.string() })),
})

/** Rules over JSON: tables with their versions, what one says of facts on a day, and the same command as the form (GOV-12). */
export function rulesApi(door: Door): void {
  door.resource(
    '/api/v1/rules',
    {
      ...open,
      summary: 'Rules of procedure as decision tables, with their versions by date of effect',
      query: z.object({ pack: Slug.optional() }),
      response: z.object({ items: z.array(TableItem), next: z.null() }),
    },
    async ({ read, query, origin }) => {
      const tables = await read((tx) => listTables(tx, query.pack))
      return { is: 'ok', value: { items: tables.map((table) => tableItem(table, origin)), next: null } }
    },
  )
  door.resource(
    '/api/v1/rules/{pack}/{id}',
    { ...open, summary: 'One rule with all its versions', params: Place, response: TableItem },
    async ({ read, params, origin }) => {
      const table = await read((tx) => tableBySlug(tx, params.pack, params.id))
      return table ? { is: 'ok', value: tableItem(table, origin) } : { is: 'notFound' }
    },
  )
  door.resource(
    '/api/v1/rules/{pack}/{id}/outcome',
    {
      ...open,
      summary: 'What the version in force on a day says of facts; each fact stands in the address under its name',
      params: Place,
      query: z.looseObject({ day: Day }),
      response: OutcomeItem,
    },
    async ({ read, params, query }) => {
      const table = await read((tx) => tableBySlug(tx, params.pack, params.id))
      const version = table && versionOn(table.versions, query.day)
      const rule = table && inForce(table, query.day)
      if (!table || !version || !rule) return { is: 'notFound' }
      const inputs = version.content.inputs.filter(isFact)
      const strange = Object.keys(query).find((name) => name !== 'day' && !inputs.some(({ id }) => id === name))
      if (strange !== undefined) return { is: 'bad', path: strange, message: m.form_format() }
      const facts = typedFacts(inputs, (id) => (typeof query[id] === 'string' ? query[id] : undefined))
      const outcome = rule.evaluate(facts)
      return {
        is: 'ok',
        value: {
          version: { id: rule.version.id, from: rule.version.from ?? null },
          is: outcome.is,
          hits: outcome.is === 'decided' ? outcome.hits.map((hit) => ({ ...hit, outputs: mutable(hit.outputs) })) : [],
          problems: outcome.is === 'bad-facts' ? [...outcome.problems] : [],
        },
      }
    },
  )
  door.command('/api/v1/rules', {
    method: 'post',
    summary: 'Put a new version of a rule in force; it rests on a recorded decision of a body that may change it',
    tag: 'Governance',
    scope: 'governance:write',
    command: changeRules,
    response: z.object({ id: z.uuid(), pack: z.string(), table: z.string(), from: z.string() }),
    status: 201,
  })
}

type Outputs = z.output<typeof OutcomeItem>['hits'][number]['outputs']
const mutable = (outputs: Readonly<Record<string, unknown>>): Outputs => ({ ...(outputs as Outputs) })

const tableItem = (table: StoredTable, origin: string) => ({
  id: table.slug,
  thing: { kind: ruleKind, id: table.id },
  pack: table.pack,
  names: table.names,
  purpose: table.purpose,
  changedBy: table.changedBy ? { bodies: [...table.changedBy.bodies], matter: table.changedBy.matter } : null,
  versions: table.versions.map(versionItem),
  page: `${origin}/rules/${table.pack}/${table.slug}`,
})

const versionItem = ({ id, until, content, decision }: StoredVersion) => ({
  ...content,
  id,
  heldUntil: until ?? null,
  decision: decision
    ? { id: decision.id, body: decision.body, number: decision.number, superseded: decision.superseded }
    : null,
})

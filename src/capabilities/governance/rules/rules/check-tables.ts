import { checkTable } from '../../../../platform/decision-tables/check.ts'
import { type DecisionTable, whereAndWhat } from '../../../../platform/decision-tables/types.ts'
import type { Body } from '../../types.ts'

interface Mistake {
  file: string
  path: string
  message: string
}

/** GOV-12: a table stands once, is whole, belongs to its pack, and is changed only by bodies that decide on its matter in public. */
export function mistakesOfTables(tables: readonly DecisionTable[], bodies: readonly Body[], pack: string): Mistake[] {
  return tables.flatMap((table, at) => {
    const wrong = (path: string, message: string) => ({ file: `decision-tables/${table.id}.json`, path, message })
    return [
      ...(tables.findIndex(({ id }) => id === table.id) === at ? [] : [wrong('id', 'stands twice')]),
      ...(table.pack === pack ? [] : [wrong('pack', `is ${table.pack}, the pack is ${pack}`)]),
      ...strangersIn(table, bodies).map((slug) =>
        wrong('changedBy', `${slug} is no body that decides on ${table.changedBy?.matter} in public`),
      ),
      ...checkTable(table).map((problem) => wrong(problem.version ?? '', whereAndWhat(problem))),
    ]
  })
}

function strangersIn({ changedBy }: DecisionTable, bodies: readonly Body[]): readonly string[] {
  if (!changedBy) return []
  return changedBy.bodies.filter((slug) => {
    const body = bodies.find((one) => one.slug === slug)
    return !body?.decidesOn.some((matter) => matter.slug === changedBy.matter && !matter.aboutPeople)
  })
}

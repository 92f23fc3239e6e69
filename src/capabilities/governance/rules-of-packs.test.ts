import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { checkTable } from '../../platform/decision-tables/check.ts'
import { evaluateVersion } from '../../platform/decision-tables/evaluate.ts'
import { DecisionTable, type Facts } from '../../platform/decision-tables/types.ts'
import { versionOn } from '../../platform/decision-tables/versions.ts'
import { mistakesOfTables } from './rules/rules/check-tables.ts'
import { Body } from './types.ts'

const packs = join(import.meta.dirname, '../../../packs')
const read = (file: string): unknown => JSON.parse(readFileSync(join(packs, file), 'utf8'))
const tablesOf = (pack: string) =>
  globSync('decision-tables/*.json', { cwd: join(packs, pack) }).map((file) =>
    DecisionTable.parse(read(join(pack, file))),
  )
const tableOf = (pack: string, id: string): DecisionTable => {
  const found = tablesOf(pack).find((table) => table.id === id)
  if (!found) throw new Error(`${pack} has no table ${id}`)
  return found
}
const judged = (table: DecisionTable, day: string, facts: Facts) => {
  const version = versionOn(table.versions, day)
  if (!version) return undefined
  return evaluateVersion(version, facts, { table: table.id, version: version.from })
}
const regions = ['ua-kharkiv', 'dk-midtjylland', 'de-stuttgart']

describe('GOV-12: rules of the packs', () => {
  test('GOV-12: every table of every region is whole, and changed only by bodies that decide on its matter', () => {
    for (const pack of regions) {
      const bodies = z.array(Body).parse(read(`${pack}/bodies.json`))
      expect(mistakesOfTables(tablesOf(pack), bodies, pack)).toEqual([])
      expect(tablesOf(pack).map(({ id }) => id)).toEqual(
        expect.arrayContaining(['capacity-adjustment', 'consultation', 'question', 'quorum']),
      )
    }
  })

  test('GOV-12: a table of another region, of a stranger, or with a hole is refused by the check of the pack', () => {
    const table = tableOf('dk-midtjylland', 'capacity-adjustment')
    const bodies = z.array(Body).parse(read('dk-midtjylland/bodies.json'))
    const problems = (tables: DecisionTable[]) =>
      mistakesOfTables(tables, bodies, 'dk-midtjylland').map(({ message }) => message)
    expect(problems([{ ...table, pack: 'ua-kharkiv' }])).toEqual(['is ua-kharkiv, the pack is dk-midtjylland'])
    expect(problems([{ ...table, changedBy: { bodies: ['takstgruppen'], matter: 'arbejdsgange' } }])).toEqual([
      'takstgruppen is no body that decides on arbejdsgange in public',
    ])
    expect(
      problems([{ ...table, changedBy: { bodies: ['viborg-visitationsudvalg'], matter: 'indsats-til-en-person' } }]),
    ).toEqual(['viborg-visitationsudvalg is no body that decides on indsats-til-en-person in public'])
    expect(problems([table, table])).toEqual(['stands twice'])
    const holed = table.versions.map((version) => ({ ...version, rules: version.rules.slice(1) }))
    expect(problems([{ ...table, versions: holed.slice(1) }])[0]).toMatch(
      /capacity-adjustment, version 2017-03-01: no rule holds .*inScope = false/,
    )
  })

  test('GOV-12: a version that no source carries says that it is an example', () => {
    for (const pack of regions)
      for (const table of tablesOf(pack))
        for (const version of table.versions)
          expect([table.pack, table.id, version.example]).toEqual([
            table.pack,
            table.id,
            version.source.title.startsWith('No source'),
          ])
  })
})

describe('CAP-3: changes in places in Midtjylland', () => {
  const table = tableOf('dk-midtjylland', 'capacity-adjustment')

  test('CAP-3: from 1 March 2017, over size, closure, scope, contact and day: exactly the rule’s outcome', () => {
    const day = fc
      .date({ min: new Date('2017-03-01'), max: new Date('2030-12-31'), noInvalidDate: true })
      .map((moment) => moment.toISOString().slice(0, 10))
    fc.assert(
      fc.property(
        fc.integer({ min: -40, max: 40 }),
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        day,
        (change, closure, inScope, contacted, on) => {
          const outcome = judged(table, on, { change, closure, inScope, contacted })
          const approval = closure || Math.abs(change) > 10
          expect(outcome?.is === 'decided' && [outcome.hits.length, outcome.outputs]).toEqual([
            1,
            {
              path: inScope ? (approval ? 'approval' : 'none') : 'outside',
              bodies: inScope && approval ? ['dassos', 'forretningsudvalget'] : [],
              ways: inScope && approval ? ['meeting', 'mail'] : [],
              hearingDays: inScope && approval ? 14 : null,
              contact: inScope ? (contacted ? 'done' : 'missing') : 'not-asked',
              tellSecretariat: inScope,
            },
          ])
        },
      ),
      { numRuns: 300 },
    )
  })

  test('CAP-3: of the time before 1 March 2017 nothing is claimed: the path is unknown, whatever the size', () => {
    expect(checkTable(table)).toEqual([])
    for (const change of [-11, 3, 11]) {
      const outcome = judged(table, '2017-02-28', { change, closure: false, inScope: true, contacted: true })
      expect(outcome?.is === 'decided' && outcome.outputs).toMatchObject({ path: 'unknown', bodies: [] })
    }
  })
})

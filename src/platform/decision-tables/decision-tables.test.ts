import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkTable } from './check.ts'
import { evaluateVersion } from './evaluate.ts'
import { readExpression, readTest } from './feel.ts'
import { DecisionTable, type Facts, TableFault, whereAndWhat } from './types.ts'
import { holdsUntil, versionOn } from './versions.ts'

const said = { en: 'So it is' }
const boolean = (id: string) => ({ id, names: { en: id }, type: 'boolean' as const })
const integer = (id: string) => ({ id, names: { en: id }, type: 'integer' as const })
const path = {
  id: 'path',
  names: { en: 'Path' },
  type: 'string' as const,
  values: [
    { value: 'none', names: { en: 'none' } },
    { value: 'approval', names: { en: 'approval' } },
  ],
}
const rule = (id: string, when: Record<string, string>, says: Record<string, string>) => ({
  id,
  when,
  says,
  annotation: said,
})
const version = (more: object = {}) => ({
  from: '2017-03-01',
  source: { title: 'An agreement', date: '2017-03-01' },
  hitPolicy: 'unique',
  inputs: [integer('change'), boolean('closure')],
  outputs: [path],
  rules: [
    rule('small', { change: '[-10..10]', closure: 'false' }, { path: '"none"' }),
    rule('large', { change: '< -10, > 10', closure: 'false' }, { path: '"approval"' }),
    rule('closure', { closure: 'true' }, { path: '"approval"' }),
  ],
  ...more,
})
const tableOf = (...versions: object[]) =>
  DecisionTable.parse({
    id: 'adjustment',
    pack: 'dk',
    names: { en: 'Adjustments' },
    purpose: { en: 'The path' },
    versions,
  })
const whatIsWrong = (...versions: object[]) => checkTable(tableOf(...versions)).map(whereAndWhat)
const judged = (table: DecisionTable, facts: Facts) => {
  const [only] = table.versions
  if (!only) throw new Error('a table has a version')
  return evaluateVersion(only, facts, { table: table.id, version: only.from })
}

describe('GOV-12: a decision table decides as its version says', () => {
  const table = tableOf(version())

  test('GOV-12: on each side of a limit', () => {
    for (const [change, closure, expected] of [
      [10, false, 'none'],
      [-10, false, 'none'],
      [11, false, 'approval'],
      [-11, false, 'approval'],
      [-3, true, 'approval'],
    ] as const)
      expect([change, closure, judged(table, { change, closure })]).toEqual([
        change,
        closure,
        expect.objectContaining({ is: 'decided', outputs: { path: expected } }),
      ])
  })

  test('GOV-12: for every number of places exactly one rule holds, as the limit says', () => {
    fc.assert(
      fc.property(fc.integer({ min: -200, max: 200 }), fc.boolean(), (change, closure) => {
        const outcome = judged(table, { change, closure })
        expect(outcome.is === 'decided' && [outcome.hits.length, outcome.outputs.path]).toEqual([
          1,
          closure || Math.abs(change) > 10 ? 'approval' : 'none',
        ])
      }),
      { numRuns: 200 },
    )
  })

  test('GOV-12: facts that are missing or of another kind are named, nothing is guessed, and others are left aside', () => {
    expect(judged(table, { change: 3 })).toEqual({
      is: 'bad-facts',
      problems: [{ fact: 'closure', problem: 'missing' }],
    })
    expect(judged(table, { change: '11', closure: false, colour: 'red' })).toEqual({
      is: 'bad-facts',
      problems: [{ fact: 'change', problem: 'type' }],
    })
    for (const change of [1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60])
      expect(judged(table, { change, closure: false }).is).toBe('bad-facts')
    expect(judged(table, Object.create({ change: 3, closure: false })).is).toBe('bad-facts')
  })

  test('GOV-12: the version in force on a day: the last that has begun, unless it has ended', () => {
    const both = tableOf(
      version({ from: undefined }),
      version(),
      version({ from: '2020-01-01', until: '2021-01-01' }),
    ).versions
    const from = (day: string) => versionOn(both, day)?.from
    expect(from('2017-02-28')).toBeUndefined()
    expect(versionOn(both, '2017-02-28')).toBeDefined()
    expect(from('2017-03-01')).toBe('2017-03-01')
    expect(from('2020-12-31')).toBe('2020-01-01')
    expect(versionOn(both, '2021-01-01')).toBeUndefined()
    expect(both.map((one) => holdsUntil(both, one))).toEqual(['2017-03-01', '2020-01-01', '2021-01-01'])
  })

  test('GOV-12: days, texts, what is unknown, what follows from facts, lists, and tables that collect', () => {
    const other = tableOf(
      version({
        hitPolicy: 'collect',
        inputs: [
          { id: 'day', names: said, type: 'day' },
          { id: 'kind', names: said, type: 'string', optional: true },
          { id: 'late', names: said, type: 'boolean', expression: 'day >= @"2024-01-01" and kind = "tariff"' },
        ],
        outputs: [{ id: 'bodies', names: said, type: 'string', list: true }],
        rules: [
          rule('late', { late: 'true' }, { bodies: '["dassos", "forretningsudvalget"]' }),
          rule('unknown', { kind: 'null' }, { bodies: '[]' }),
          rule(
            'early',
            { day: '< @"2024-01-01"' },
            { bodies: '[if kind = "tariff" then "takstgruppen" else "dassos"]' },
          ),
        ],
      }),
    )
    expect(checkTable(other)).toEqual([])
    const bodies = (facts: Facts) => {
      const outcome = judged(other, facts)
      return outcome.is === 'decided' ? outcome.hits.map(({ outputs }) => outputs.bodies) : outcome.is
    }
    expect(bodies({ day: '2024-01-01', kind: 'tariff' })).toEqual([['dassos', 'forretningsudvalget']])
    expect(bodies({ day: '2023-12-31', kind: 'tariff' })).toEqual([['takstgruppen']])
    expect(bodies({ day: '2023-12-31', kind: null })).toEqual([[], ['dassos']])
    expect(bodies({ day: '2024-01-01', kind: 'law' })).toBe('no-rule')
    expect(bodies({ day: '2024-02-30', kind: 'law' })).toBe('bad-facts')
  })

  test('GOV-12: comparing numbers of up to 15 digits is exact, as decimals are', () => {
    const decimal = fc
      .tuple(fc.bigInt(-(10n ** 12n), 10n ** 12n), fc.integer({ min: 0, max: 5 }))
      .map(([digits, places]) => new Decimal(digits.toString()).div(new Decimal(10).pow(places)))
    fc.assert(
      fc.property(decimal, decimal, (limit, value) => {
        const limited = tableOf(
          version({
            inputs: [{ id: 'share', names: said, type: 'number' }],
            rules: [
              rule('above', { share: `> ${limit.toFixed()}` }, { path: '"approval"' }),
              rule('below', { share: `<= ${limit.toFixed()}` }, { path: '"none"' }),
            ],
          }),
        )
        const outcome = judged(limited, { share: value.toNumber() })
        expect(outcome.is === 'decided' && outcome.outputs.path).toBe(value.gt(limit) ? 'approval' : 'none')
      }),
      { numRuns: 100 },
    )
  })
})

describe('GOV-12: what is wrong with a table is found before it is in force', () => {
  test('GOV-12: a good table has nothing to say', () => expect(whatIsWrong(version())).toEqual([]))

  test('GOV-12: a case that no rule settles, and one that two settle', () => {
    const [small, large, closure] = version().rules
    expect(whatIsWrong(version({ rules: [small, closure] }))).toEqual([
      'adjustment, version 2017-03-01: no rule holds (change = -11, closure = false)',
    ])
    expect(whatIsWrong(version({ rules: [small, { ...large, when: { change: '<= -10, > 10' } }, closure] }))).toEqual([
      'adjustment, version 2017-03-01, rule closure: holds where large holds too (change = -11, closure = true)',
      'adjustment, version 2017-03-01, rule large: holds where small holds too (change = -10, closure = false)',
    ])
    expect(whatIsWrong(version({ hitPolicy: 'first', rules: [{ ...large, when: {} }, small] }))).toEqual([])
  })

  test('GOV-12: a hole as wide as one number is found, and one between two fractions', () => {
    fc.assert(
      fc.property(fc.integer({ min: -50, max: 50 }), (hole) => {
        const holed = [
          rule('under', { change: `< ${hole}` }, { path: '"none"' }),
          rule('over', { change: `> ${hole}` }, { path: '"none"' }),
        ]
        expect(whatIsWrong(version({ inputs: [integer('change')], rules: holed }))).toEqual([
          `adjustment, version 2017-03-01: no rule holds (change = ${hole})`,
        ])
      }),
      { numRuns: 30 },
    )
    const shares = (...rules: object[]) =>
      whatIsWrong(version({ inputs: [{ id: 'share', names: said, type: 'number' }], rules }))
    expect(
      shares(rule('a', { share: '<= 0.95' }, { path: '"none"' }), rule('b', { share: '>= 0.96' }, { path: '"none"' })),
    ).toEqual(['adjustment, version 2017-03-01: no rule holds (share = 0.955)'])
  })

  test('GOV-12: each mistake is told with version, rule and cell', () => {
    const cell = (when: Record<string, string>, says: Record<string, string> = { path: '"none"' }) =>
      whatIsWrong(version({ rules: [rule('odd', when, says)] }))[0]
    expect(cell({ change: '> ' })).toContain('version 2017-03-01, rule odd, cell change: is no FEEL')
    expect(cell({ change: '"10"' })).toContain('cell change: "10" is no integer')
    expect(cell({ colour: 'true' })).toContain('cell colour: is no input of this table')
    expect(cell({ change: 'null' })).toContain('cell change: null is no integer')
    expect(cell({}, {})).toContain('cell path: is missing')
    expect(cell({}, { path: '"maybe"' })).toContain('cell path: "maybe" is none of: none, approval')
    expect(cell({}, { path: 'true' })).toContain('cell path: true is no string')
    expect(cell({}, { path: '["none"]' })).toContain('cell path: is a list')
    expect(cell({}, { path: 'secret' })).toContain('cell path: secret is no fact of this table')
    expect(cell({}, { path: '"none"', other: '1' })).toContain('cell other: is no output of this table')
  })

  test('GOV-12: versions do not overlap and end after they begin', () => {
    expect(whatIsWrong(version(), version())).toEqual([
      'adjustment, version 2017-03-01: two versions begin on that day',
    ])
    expect(whatIsWrong(version({ until: '2018-01-02' }), version({ from: '2018-01-01' }))).toEqual([
      'adjustment, version 2017-03-01: overlaps the version of 2018-01-01',
    ])
    expect(whatIsWrong(version({ until: '2017-03-01' }))).toEqual([
      'adjustment, version 2017-03-01: ends before it begins',
    ])
    expect(whatIsWrong(version({ until: '2018-01-01' }), version({ from: '2018-01-01' }))).toEqual([])
  })

  test('GOV-12: a table that contradicts itself and was never checked is a fault with its place, no guess', () => {
    const two = tableOf(version({ rules: [rule('a', {}, { path: '"none"' }), rule('b', {}, { path: '"none"' })] }))
    expect(() => judged(two, { change: 1, closure: false })).toThrow(TableFault)
    expect(() => judged(two, { change: 1, closure: false })).toThrow('adjustment, version 2017-03-01, rule b')
  })
})

describe('GOV-12: a cell compares and chooses, and can do nothing else', () => {
  test.each([
    'for i in 1..1000000000 return i',
    'some x in [1,2] satisfies x > 1',
    'every x in [1,2] satisfies x > 1',
    'change.constructor',
    '"".constructor.constructor("return process")()',
    'matches("aaaaaaaaaaaaaaaaaaaaaaaa!", "(a+)+$")',
    'now()',
    'today()',
    'function(x) x',
    '{a: 1}.a',
    '[1,2,3][1]',
    '0.1 + 0.2',
    '2 ** 100000',
    'change instance of string',
    'get value({}, "__proto__")',
    'date("2020-01-01")',
    '@"2020-02-30"',
    '@"PT1H"',
    '1234567890.1234567',
    `${'('.repeat(240)}1${')'.repeat(240)}`,
    `${'1,'.repeat(300)}1`,
  ])('GOV-12: refused: %s', (text) => {
    expect(readExpression(text).problem).toBeDefined()
    expect(readTest(text).problem).toBeDefined()
  })

  test('GOV-12: names of JavaScript and of FEEL are no names of facts', () => {
    for (const name of ['constructor', 'toString', 'hasOwnProperty', 'for', 'null', 'a b', '__proto__', 'Größe'])
      expect(() => tableOf(version({ inputs: [integer(name)] }))).toThrow()
    expect(readExpression('constructor').names).toEqual(['constructor'])
  })

  test('GOV-12: whatever is written into a cell, reading it ends at once and never throws', () => {
    const tokens = fc.constantFrom(
      '(',
      ')',
      '[',
      ']',
      '..',
      ',',
      '>',
      'not',
      '-',
      '"',
      '1',
      'if',
      'then',
      'for',
      '@',
      '?',
      '{',
      '.',
      ' ',
      'x',
    )
    fc.assert(
      fc.property(fc.array(tokens, { maxLength: 200 }), fc.boolean(), (parts, asTest) => {
        const { problem, literals } = (asTest ? readTest : readExpression)(parts.join(''))
        expect(problem === undefined || problem.message.length > 0).toBe(true)
        expect(Array.isArray(literals)).toBe(true)
      }),
      { numRuns: 150 },
    )
  })
})

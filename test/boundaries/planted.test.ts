import { execFile } from 'node:child_process'
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { boundaryViolations } from '../../scripts/boundaries.mjs'

const root = join(import.meta.dirname, '../..')
const directory = 'src/capabilities/directory'

/** What is added to a copy of the source, which rule must catch it, and in which file. */
const plants: readonly { rule: string; file: string; text: string }[] = [
  {
    rule: 'platform-knows-no-capability',
    file: 'src/platform/http/planted.ts',
    text: `import type { ServiceCard } from '../../capabilities/directory/types.ts'\nexport type Planted = ServiceCard\n`,
  },
  {
    rule: 'platform-knows-no-capability',
    file: 'src/platform/ui/planted.tsx',
    text: `import { slugFrom } from '../../capabilities/directory/rules/planted-helper.ts'\nexport const Planted = () => <p>{slugFrom}</p>\n`,
  },
  {
    rule: 'assembly-knows-manifests-only',
    file: 'src/main.ts',
    text: `\nimport '../src/capabilities/directory/rules/planted-helper.ts'\n`,
  },
  {
    rule: 'nobody-knows-the-assembly',
    file: `${directory}/views/planted-main.ts`,
    text: `import { packsRoot } from '../../../main.ts'\nexport const planted = packsRoot\n`,
  },
  {
    rule: 'only-contracts-of-those-before-intake',
    file: 'src/capabilities/intake/rules/planted.ts',
    text: `import { planted } from '../../directory/rules/planted-helper.ts'\nexport const copied = planted\n`,
  },
  {
    rule: 'only-contracts-of-those-before-directory',
    file: `${directory}/planted-backwards.ts`,
    text: `import { news } from '../intake/contract.ts'\nexport const backwards = news\n`,
  },
  {
    rule: 'only-contracts-of-those-before-governance',
    file: 'src/capabilities/governance/planted-neighbour.ts',
    text: `import { help } from '../directory/contract.ts'\nexport const neighbour = help\n`,
  },
  {
    rule: 'capability-outside-the-order',
    file: 'src/capabilities/gardening/planted.ts',
    text: `import { z } from 'zod'\nexport const planted = z\n`,
  },
  {
    rule: 'rules-know-types-only',
    file: `${directory}/rules/planted-clock.ts`,
    text: `import { readFileSync } from 'node:fs'\nexport const planted = readFileSync\n`,
  },
  {
    rule: 'rules-know-no-shape-of-stores',
    file: `${directory}/rules/planted-tx.ts`,
    text: `import type { Tx } from '../../../platform/db/database.ts'\nexport type Planted = Tx\n`,
  },
  {
    rule: 'only-stores-touch-sql',
    file: `${directory}/commands/planted-sql.ts`,
    text: `import { query } from '../../../platform/db/database.ts'\nexport const planted = query\n`,
  },
  {
    rule: 'only-stores-know-queries',
    file: `${directory}/views/planted-query.ts`,
    text: `import type { Statement } from '../../../platform/db/query.ts'\nexport type Planted = Statement<unknown>\n`,
  },
  {
    rule: 'only-commands-and-jobs-write',
    file: `${directory}/routes/planted-write.ts`,
    text: `import { plantedChange as change } from '../store/planted-outer.ts'\nexport const planted = change\n`,
  },
  {
    rule: 'only-its-own-schema',
    file: `${directory}/store/planted-foreign.ts`,
    text: `import { query } from '../../../platform/db/database.ts'\nexport const planted = query.selectFrom('auth.session').selectAll()\n`,
  },
  {
    rule: 'only-its-own-schema',
    file: `${directory}/migrations/9999_planted.sql`,
    text: `create view directory.planted as select * from intake.request;\n`,
  },
  {
    rule: 'capabilities-know-of-hono-only-jsx',
    file: `${directory}/routes/planted-address.ts`,
    text: `import { Hono } from 'hono'\nexport const planted = new Hono()\n`,
  },
  {
    rule: 'capabilities-know-of-hono-only-jsx',
    file: `${directory}/routes/planted-openapi.ts`,
    text: `import { z } from '@hono/zod-openapi'\nexport const planted = z\n`,
  },
  {
    rule: 'tests-stay-outside',
    file: `${directory}/views/planted-test.ts`,
    text: `import { testConfig } from '../../../../test/database.ts'\nexport const planted = testConfig\n`,
  },
  {
    rule: 'tools-stay-outside',
    file: 'src/platform/http/planted-tool.ts',
    text: `import fc from 'fast-check'\nexport const planted = fc\n`,
  },
  {
    rule: 'no-circles',
    file: 'src/platform/http/planted-one.ts',
    text: `import { two } from './planted-two.ts'\nexport const one = () => two\n`,
  },
  {
    rule: 'no-barrels',
    file: `${directory}/planted-everything.ts`,
    text: `// all of it\nexport * from './types.ts'\nexport { planted } from './rules/planted-helper.ts'\n`,
  },
  { rule: 'no-barrels', file: 'src/platform/http/utils.ts', text: 'export const anything = 1\n' },
  {
    rule: 'nothing-unresolved',
    file: 'src/platform/http/planted-missing.ts',
    text: `import { nothing } from './not-there.ts'\nexport const planted = nothing\n`,
  },
]

/** What the plants lean on; breaks no rule itself. */
const helpers: Readonly<Record<string, string>> = {
  [`${directory}/rules/planted-helper.ts`]: 'export const planted = 1\nexport const slugFrom = 2\n',
  [`${directory}/contract.ts`]: 'export const help = 1\n',
  'src/capabilities/intake/contract.ts': 'export const news = 1\n',
  'src/platform/http/planted-two.ts': `import { one } from './planted-one.ts'\nexport const two = () => one\n`,
  [`${directory}/store/planted-inner.ts`]: `import { query } from '../../../platform/db/database.ts'\nexport const remove = () => query.deleteFrom('directory.word')\n`,
  [`${directory}/store/planted-outer.ts`]: `import { remove } from './planted-inner.ts'\nexport function plantedChange() {\n  return remove()\n}\nexport const plantedLook = 1\n`,
  [`${directory}/routes/planted-look.ts`]: `import { plantedLook } from '../store/planted-outer.ts'\nexport const looked = plantedLook\n`,
  [`${directory}/commands/planted-change.ts`]: `import { plantedChange } from '../store/planted-outer.ts'\nexport const changed = plantedChange\n`,
  'src/capabilities/intake/planted-allowed.ts': `import { help } from '../directory/contract.ts'\nexport const allowed = help\n`,
}

let copy: string
let before: Awaited<ReturnType<typeof boundaryViolations>>
let after: Awaited<ReturnType<typeof boundaryViolations>>

function write(file: string, text: string): void {
  const target = join(copy, file)
  mkdirSync(dirname(target), { recursive: true })
  if (file === 'src/main.ts') appendFileSync(target, text)
  else writeFileSync(target, text)
}

beforeAll(async () => {
  copy = mkdtempSync(join(tmpdir(), 'linden-boundaries-'))
  for (const part of ['src', 'tsconfig.json', '.dependency-cruiser.cjs', 'package.json', 'test'])
    cpSync(join(root, part), join(copy, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  before = await boundaryViolations(copy)
  for (const [file, text] of Object.entries(helpers)) write(file, text)
  for (const { file, text } of plants) write(file, text)
  after = await boundaryViolations(copy)
})

afterAll(() => rmSync(copy, { recursive: true, force: true }))

describe('who may know whom', () => {
  test.each(plants)('$rule catches $file', ({ rule, file }) => {
    expect(before.filter((violation) => violation.rule === rule && violation.from === file)).toEqual([])
    expect(after.filter((violation) => violation.rule === rule && violation.from === file)).not.toEqual([])
  })

  test('leaves alone what is allowed', () => {
    const allowed = ['planted-look.ts', 'planted-change.ts', 'planted-allowed.ts', 'planted-helper.ts']
    expect(after.filter(({ from }) => allowed.some((name) => from.endsWith(name)))).toEqual([])
  })

  test('every rule has a plant', () => {
    const planted = new Set(plants.map(({ rule }) => rule.replace(/before-.*/, 'before')))
    const known = new Set(after.map(({ rule }) => rule.replace(/before-.*/, 'before')))
    expect([...known].sort()).toEqual([...planted].sort())
  })

  test('a tool that looks at nothing has not passed', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'linden-boundaries-'))
    try {
      for (const part of ['tsconfig.json', '.dependency-cruiser.cjs', 'package.json', 'src'])
        cpSync(join(root, part), join(empty, part), { recursive: true })
      // without node_modules it finds no TypeScript: it would report that all is well with nothing
      writeFileSync(
        join(empty, '.dependency-cruiser.cjs'),
        "module.exports = { forbidden: [], options: { includeOnly: '^nothing' } }\n",
      )
      symlinkSync(join(root, 'node_modules'), join(empty, 'node_modules'))
      await expect(boundaryViolations(empty)).rejects.toThrow('looked at 0 modules')
    } finally {
      rmSync(empty, { recursive: true, force: true })
    }
  })

  test('the command ends with an error and names rule and file', async () => {
    const program = join(copy, 'scripts/boundaries.mjs')
    mkdirSync(dirname(program), { recursive: true })
    for (const name of ['boundaries.mjs', 'boundaries-of-stores.mjs', 'collect-migrations.mjs'])
      cpSync(join(root, 'scripts', name), join(copy, 'scripts', name))
    const failed = await promisify(execFile)(process.execPath, [program], { cwd: copy }).catch((error) => error)
    expect(failed.code).toBe(1)
    expect(failed.stderr).toContain(
      'capabilities-know-of-hono-only-jsx: src/capabilities/directory/routes/planted-address.ts',
    )
  })
})

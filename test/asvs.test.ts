import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'

const root = join(import.meta.dirname, '..')
const shared = resolve(process.env.LINDEN_SHARED || join(root, '../shared'))
const standard = join(shared, 'data/asvs/asvs-5.0.0_en.flat.json')

interface Line {
  id: string
  level: string
  answer: string
}

/** The lines of the table. */
function linesOf(page: string): Line[] {
  return [...page.matchAll(/^\| (V[\d.]+) \| (\d) \| (.*) \|$/gm)].map(([, id = '', level = '', answer = '']) => ({
    id,
    level,
    answer,
  }))
}

/** What is wrong with the answers: a test that is not there, a reason that says nothing. */
function faults(lines: readonly Line[]): string[] {
  return lines.flatMap(({ id, answer }) => {
    const shown = /^(test|document): `([^`]+)` › (.+)$/.exec(answer)
    if (shown) {
      const [, what = '', file = '', words = ''] = shown
      if (!existsSync(join(root, file))) return [`${id}: there is no ${file}`]
      return readFileSync(join(root, file), 'utf8').includes(words) ? [] : [`${id}: ${file} has no ${what} "${words}"`]
    }
    return /^(not applicable|not yet): .{5,}/.test(answer) ? [] : [`${id}: says neither a test nor why there is none`]
  })
}

const lines = linesOf(readFileSync(join(import.meta.dirname, 'asvs.md'), 'utf8'))

describe('ASVS 5.0, level 2', () => {
  test('every answer is a test that exists, or a reason', () => {
    expect(lines.length).toBeGreaterThan(200)
    expect(faults(lines)).toEqual([])
  })

  test.skipIf(!process.env.LINDEN_SHARED && !existsSync(standard))(
    'every requirement of levels 1 and 2 has one line',
    () => {
      const Standard = z.object({ requirements: z.array(z.object({ req_id: z.string(), L: z.coerce.string() })) })
      const { requirements } = Standard.parse(JSON.parse(readFileSync(standard, 'utf8')))
      const wanted = requirements.filter(({ L }) => L === '1' || L === '2').map(({ req_id, L }) => `${req_id} ${L}`)
      expect(wanted).toHaveLength(253)
      expect(lines.map(({ id, level }) => `${id} ${level}`)).toEqual(wanted)
    },
  )

  test('a test that is gone, and an empty reason, are noticed', () => {
    const planted = linesOf(
      '| V1.1.1 | 1 | test: `test/gone.test.ts` › x |\n| V1.1.2 | 1 | test: `tsconfig.json` › no such words there |\n| V1.1.3 | 2 |  |\n| V1.1.4 | 2 | not applicable: |\n',
    )
    expect(planted).toHaveLength(4)
    expect(faults(planted)).toHaveLength(4)
  })

  test('says how far it is', () => {
    const count = (start: string) => lines.filter(({ answer }) => answer.startsWith(start)).length
    console.log(
      `ASVS level 2: ${count('test:')} tested, ${count('not applicable')} not applicable, ${count('not yet')} not yet`,
    )
    expect(count('test:')).toBeGreaterThan(70)
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SeatRule } from '../types.ts'
import { boxHeight, boxWidth, chartOf } from './chart.ts'
import { linksFrom, linksTo } from './relations.ts'

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
const body = fc.record({
  slug: fc.constantFrom(...names),
  together: fc.option(
    fc.constantFrom('many', 'more').map((slug) => ({ slug, names: { en: slug } })),
    { nil: undefined },
  ),
  answersTo: fc.uniqueArray(fc.constantFrom(...names, 'many'), { maxLength: 3 }),
  relations: fc.array(
    fc.record({ kind: fc.constantFrom('advises' as const, 'serves' as const), to: fc.constantFrom(...names) }),
    { maxLength: 2 },
  ),
  onBehalfOf: fc.uniqueArray(fc.constantFrom(...names), { maxLength: 1 }),
  adHoc: fc.constant(undefined),
  seats: fc.constant<SeatRule[]>([]),
})
const bodies = fc.uniqueArray(body, { selector: ({ slug }) => slug, maxLength: 8 })

describe('GOV-1: the chart of bodies', () => {
  test('holds every body in one box, no box upon another, no line through one, and nothing outside the drawing', () => {
    fc.assert(
      fc.property(bodies, (all) => {
        const { boxes, width, height, lines } = chartOf(all)
        expect(boxes.flatMap((box) => box.bodies).toSorted()).toEqual(all.map(({ slug }) => slug).toSorted())
        for (const [at, one] of boxes.entries()) {
          expect(one.x >= 0 && one.x + boxWidth <= width && one.y >= 0 && one.y + boxHeight <= height).toBe(true)
          for (const other of boxes.slice(at + 1))
            expect(Math.abs(one.x - other.x) < boxWidth && Math.abs(one.y - other.y) < boxHeight).toBe(false)
        }
        const known = new Set(boxes.map(({ slug }) => slug))
        for (const { from, to, points } of lines) {
          expect(known.has(from) && known.has(to)).toBe(true)
          for (const [at, [x, y]] of points.entries()) {
            const [nextX, nextY] = points[at + 1] ?? [x, y]
            const crossed = boxes.filter(
              (box) =>
                Math.max(x, nextX) > box.x &&
                Math.min(x, nextX) < box.x + boxWidth &&
                Math.max(y, nextY) > box.y &&
                Math.min(y, nextY) < box.y + boxHeight,
            )
            expect(crossed).toEqual([])
          }
        }
      }),
    )
  })

  test('every relation can be read from both of its ends', () => {
    fc.assert(
      fc.property(bodies, (all) => {
        for (const one of all)
          for (const { kind, to } of linksFrom(one))
            for (const end of all.filter(({ slug, together }) => slug === to || together?.slug === to))
              expect(linksTo(end, all)).toContainEqual({ kind, from: one.slug })
      }),
    )
  })

  test('whoever answers stands below, and whoever only serves leads nowhere', () => {
    const plain = { together: undefined, answersTo: [], relations: [], onBehalfOf: [], adHoc: undefined, seats: [] }
    const { boxes, lines } = chartOf([
      { ...plain, slug: 'desk', relations: [{ kind: 'serves' as const, to: 'board' }] },
      { ...plain, slug: 'group', answersTo: ['board'] },
      { ...plain, slug: 'board' },
    ])
    expect(boxes.map(({ slug, row }) => [slug, row])).toEqual([
      ['board', 0],
      ['group', 1],
      ['desk', 2],
    ])
    expect(lines.map(({ from, to, reference }) => [from, to, reference])).toEqual([['group', 'board', true]])
  })
})

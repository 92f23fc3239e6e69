import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inLocale } from '../../i18n/speech.ts'
import { BarChart } from './bar-chart.tsx'
import type { ChartProps } from './figures.tsx'
import { LineChart } from './line-chart.tsx'
import { scaleOf, writtenLabels } from './scale.ts'

const props: ChartProps = {
  id: 'tariffs',
  title: 'Tariff <b>per day</b>',
  description: 'It rose every year.',
  labels: ['2024', '2025', '2026'],
  labelsHead: 'Year',
  series: [
    { name: 'Hedelyset', values: [1200.5, 1250, null] },
    { name: 'Stensbakken', values: [900, null, 1000], range: [null, null, [950, 1100]] },
  ],
  format: (value) => `${value} kr.`,
  reference: { value: 1100, label: 'Index' },
}

describe.each([LineChart, BarChart])('a chart', (Chart) => {
  const drawn = () => inLocale('en', () => String(<Chart {...props} />))

  it('has no inline style, which the policy would block, and escapes its words', () => {
    expect(drawn()).not.toMatch(/style=/)
    expect(drawn()).not.toContain('<b>per day')
  })
  it('is named and described, and shows the same figures as a table', () => {
    const page = drawn()
    expect(page).toContain('aria-labelledby="tariffs-title tariffs-text"')
    expect(page).toContain('<title id="tariffs-title">')
    for (const value of ['1200.5 kr.', '1250 kr.', '900 kr.', '1000 kr. (950 kr.–1100 kr.)'])
      expect(page.slice(page.indexOf('<table'))).toContain(value)
    expect(page.match(/no information/g)).toHaveLength(2)
  })
  it('tells series apart without colour', () => {
    expect(new Set(drawn().match(/data-series="\d"/g))).toEqual(new Set(['data-series="1"', 'data-series="2"']))
    expect(drawn()).toContain('ln-plot-legend')
  })
})

describe('the scale', () => {
  it('holds every value and nothing between its ends, in a few round steps', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { maxLength: 30 }), (values) => {
        const { ticks, at } = scaleOf(values)
        expect(ticks.length).toBeLessThanOrEqual(7)
        expect(ticks).toEqual([...ticks].sort((a, b) => a - b))
        for (const value of [...values, 0]) {
          expect(at(value)).toBeGreaterThanOrEqual(-1e-9)
          expect(at(value)).toBeLessThanOrEqual(1 + 1e-9)
        }
      }),
      { numRuns: 300 },
    )
    expect(scaleOf([0, 2712.4]).ticks).toEqual([0, 1000, 2000, 3000])
  })
  it('writes a label for the last point, and few in all', () => {
    expect([...writtenLabels(5)]).toEqual([0, 1, 2, 3, 4])
    expect(writtenLabels(366).size).toBeLessThanOrEqual(6)
    expect(writtenLabels(366).has(365)).toBe(true)
  })
})

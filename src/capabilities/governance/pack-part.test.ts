import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { PackFrame } from '../../platform/packs/load.ts'
import { checkGovernancePack } from './pack-part.ts'
import { Body } from './types.ts'

const bodiesOf = (pack: string) =>
  z
    .array(Body)
    .parse(JSON.parse(readFileSync(join(import.meta.dirname, '../../../packs', pack, 'bodies.json'), 'utf8')))

const body = Body.parse({
  slug: 'group',
  names: { en: 'Group' },
  level: 'municipality',
  purpose: { en: 'It decides.' },
  organisation: 'office',
  area: 'XX',
  decidesOn: [{ slug: 'order', names: { en: 'Order' }, aboutPeople: false }],
})
const frame = { areas: [{ code: 'XX', level: 'country', names: { en: 'Nowhere' } }] } as unknown as PackFrame
const check = (...bodies: Body[]) =>
  checkGovernancePack({ bodies, organisations: [{ slug: 'office' }] }, frame).map(({ message }) => message)

describe('bodies of a pack', () => {
  test('GOV-1: what a body names must be there, and nothing stands twice', () => {
    expect(check(body)).toEqual([])
    expect(check(body, body)).toEqual(['stands twice'])
    expect(check({ ...body, area: 'YY' })).toEqual(['YY is no area of this pack'])
    expect(check({ ...body, organisation: 'other' })).toEqual(['other is no organisation of this pack'])
    expect(check({ ...body, decidesOn: [...body.decidesOn, ...body.decidesOn] })).toEqual(['it decides on order twice'])
  })

  test('GOV-1: Kharkiv has the three bodies that its cards name; the other regions have examples', () => {
    expect(bodiesOf('ua-kharkiv').map(({ slug, example }) => [slug, example])).toEqual([
      ['robocha-hrupa-sotsialnoho-suprovodu', false],
      ['komisiia-z-pytan-zakhystu-prav-dytyny', false],
      ['vykonavchyi-komitet', false],
    ])
    for (const pack of ['dk-midtjylland', 'de-stuttgart'])
      expect(bodiesOf(pack).every(({ example }) => example)).toBe(true)
  })

  test('GOV-1: every body of a region that is no example names its source', () => {
    for (const one of bodiesOf('ua-kharkiv')) expect([one.slug, one.sources.length > 0]).toEqual([one.slug, true])
  })
})

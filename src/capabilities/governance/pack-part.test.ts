import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { PackFrame } from '../../platform/packs/load.ts'
import { checkGovernancePack } from './pack-part.ts'
import { linksFrom } from './rules/relations.ts'
import { seatsOf } from './rules/seats.ts'
import { Body, SeatRule } from './types.ts'

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
  checkGovernancePack(
    { bodies, organisations: [{ slug: 'office' }], tables: [], frameworkAgreements: [], wheels: [], procedures: [] },
    frame,
  ).map(({ message }) => message)

describe('bodies of a pack', () => {
  test('GOV-1: what a body names must be there, and nothing stands twice', () => {
    expect(check(body)).toEqual([])
    expect(check(body, body)).toEqual(['stands twice'])
    expect(check({ ...body, area: 'YY' })).toEqual(['YY is no area of this pack'])
    expect(check({ ...body, organisation: 'other' })).toEqual(['other is no organisation of this pack'])
    expect(check({ ...body, decidesOn: [...body.decidesOn, ...body.decidesOn] })).toEqual(['it decides on order twice'])
    const seat = SeatRule.parse({ slug: 'member', names: { en: 'Member' }, role: 'member', each: ['other'] })
    expect(check({ ...body, seats: [seat] })).toEqual(['other is no organisation of this pack'])
    expect(check({ ...body, seats: [{ ...seat, each: ['office', 'office'] }] })).toEqual([
      'its seat member/office stands twice',
    ])
    expect(check({ ...body, seats: [{ ...seat, each: undefined, namedBy: 'ghost' }] })).toEqual([
      'ghost is no body of this pack',
    ])
    for (const named of [
      { answersTo: ['ghost'] },
      { onBehalfOf: ['ghost'] },
      { relations: [{ kind: 'advises' as const, to: 'ghost' }] },
    ])
      expect(check({ ...body, ...named })).toEqual(['ghost is no body of this pack'])
    expect(check({ ...body, answersTo: ['group'] })).toEqual(['it answers to itself'])
    expect(check({ ...body, answersTo: ['two'] }, { ...body, slug: 'two', answersTo: ['group'] })).toEqual([
      'it answers to itself',
      'it answers to itself',
    ])
  })

  test('GOV-8: an ad hoc group says who set it up, and no other body does', () => {
    const wrong = ['an ad hoc group, and it alone, says who set it up']
    const adHoc = { setUpBy: ['group'], begins: '2026-01-01' }
    expect(check({ ...body, kind: 'ad-hoc' })).toEqual(wrong)
    expect(check({ ...body, adHoc })).toEqual(wrong)
    expect(check({ ...body, kind: 'ad-hoc', adHoc })).toEqual([])
  })

  test('GOV-1: Kharkiv has the bodies that its cards name, and the council to which they lead; Stuttgart its committees', () => {
    expect(bodiesOf('ua-kharkiv').map(({ slug, example }) => [slug, example])).toEqual([
      ['robocha-hrupa-sotsialnoho-suprovodu', false],
      ['komisiia-z-pytan-zakhystu-prav-dytyny', false],
      ['vykonavchyi-komitet', false],
      ['kharkivska-miska-rada', false],
    ])
    const stuttgart = bodiesOf('de-stuttgart')
    expect(stuttgart.filter(({ example }) => !example).map(({ slug }) => slug)).toEqual([
      'gemeinderat',
      'jugendhilfeausschuss',
    ])
    expect(stuttgart).toHaveLength(8)
  })

  describe('GOV-1: Midtjylland has every body of its framework agreement', () => {
    const all = bodiesOf('dk-midtjylland')
    const one = (slug: string) => {
      const found = all.find((candidate) => candidate.slug === slug)
      if (!found) throw new Error(`${slug} is missing`)
      return found
    }
    const counted = (slug: string) => {
      const seats = seatsOf(one(slug))
      return Object.fromEntries(
        [...Map.groupBy(seats, ({ rule }) => rule.role)].map(([role, own]) => [role, own.length]),
      )
    }

    test('19 councils and the regional council, which all decide on the agreement', () => {
      const councils = all.filter(({ kind }) => kind === 'council')
      expect(councils).toHaveLength(20)
      expect(councils.filter(({ together }) => together?.slug === 'byraad')).toHaveLength(19)
      expect(new Set(councils.map(({ organisation }) => organisation)).size).toBe(20)
      for (const council of councils)
        expect([council.slug, council.decidesOn.some(({ slug }) => slug === 'rammeaftale')]).toEqual([
          council.slug,
          true,
        ])
    })

    test('KKR: 19 mayors and as many other politicians; the contact committee: 19 mayors and the chair of the region, four times a year', () => {
      expect(counted('kkr-midtjylland')).toEqual({ member: 38 })
      expect(counted('kontaktudvalget')).toEqual({ member: 20 })
      expect(one('kontaktudvalget').timesAYear).toEqual([4, 4])
    })

    test('DASSOS: a chair whom KD-net names, 19 directors and the region’s; consultant and secretariat without a vote; four to five times a year; public', () => {
      const dassos = one('dassos')
      expect(counted('dassos')).toEqual({ chair: 1, member: 20, attendant: 2 })
      expect(dassos).toMatchObject({ timesAYear: [4, 5], public: true, answersTo: ['kd-net'] })
      expect(dassos.seats.find(({ role }) => role === 'chair')?.namedBy).toBe('kd-net')
      expect(dassos.tasks).toHaveLength(5)
    })

    test('the executive committee may decide for DASSOS; its members may change, and need not', () => {
      const committee = one('forretningsudvalget')
      expect(committee).toMatchObject({ onBehalfOf: ['dassos'], timesAYear: [2, 4], public: true })
      expect(counted('forretningsudvalget')).toEqual({ chair: 1, member: 8 })
      expect(committee.rotation?.en).toContain('may')
      expect(all.filter(({ onBehalfOf }) => onBehalfOf.length > 0)).toEqual([committee])
    })

    test('the tariff group: Viborg chairs, every municipality and the region may send somebody', () => {
      expect(counted('takstgruppen')).toEqual({ chair: 1, member: 20 })
      const members = seatsOf(one('takstgruppen')).filter(({ rule }) => rule.role === 'member')
      expect(members.every(({ rule }) => rule.optional)).toBe(true)
      expect(seatsOf(one('takstgruppen'))[0]?.organisation).toBe('viborg-kommune')
      expect(one('takstgruppen').timesAYear).toBeUndefined()
    })

    test('two brain injury councils advise DASSOS and the steering group for health, and decide on nothing', () => {
      const councils = all.filter(({ slug }) => slug.startsWith('hjerneskadesamraad-'))
      expect(councils).toHaveLength(2)
      for (const council of councils) {
        expect(council.decidesOn).toEqual([])
        expect(council.relations).toEqual([
          { kind: 'advises', to: 'dassos' },
          { kind: 'advises', to: 'sundhedsstyregruppen' },
        ])
      }
    })

    test('the secretariat serves seven bodies and takes part in two networks; the forum may propose, local councils are invited', () => {
      const ways = linksFrom(one('sekretariat-for-rammeaftaler'))
      expect(ways.filter(({ kind }) => kind === 'serves')).toHaveLength(7)
      expect(ways.filter(({ kind }) => kind === 'takes-part-in').map(({ to }) => to)).toEqual([
        'familiechefnetvaerket',
        'myndighedsnetvaerket-voksne',
      ])
      expect(ways).toContainEqual({ kind: 'works-with', to: 'kosu' })
      expect(one('sekretariat-for-rammeaftaler').tasks).toHaveLength(8)
      expect(linksFrom(one('dialogforum'))).toContainEqual({ kind: 'proposes-to', to: 'kkr-midtjylland' })
      for (const slug of ['handicapraadene', 'udsatteraadene']) expect(counted(slug)).toEqual({ chair: 19, deputy: 19 })
      for (const slug of ['kosu', 'beskaeftigelsesomraadet', 'sundhedsstyregruppen'])
        expect(one(slug).kind).toBe('neighbour')
    })

    test('GOV-8: one example of a group with terms of reference, and one that began without', () => {
      const groups = all.filter(({ kind }) => kind === 'ad-hoc')
      expect(groups.map(({ slug, example, adHoc }) => [slug, example, adHoc?.terms !== undefined])).toEqual([
        ['ad-hoc-konference', true, true],
        ['ad-hoc-central-udmelding', true, false],
      ])
    })
  })

  test('GOV-1: every body of a region that is no example names its source', () => {
    for (const pack of ['ua-kharkiv', 'dk-midtjylland', 'de-stuttgart'])
      for (const one of bodiesOf(pack))
        expect([one.slug, one.example || one.sources.length > 0]).toEqual([one.slug, true])
  })
})

import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/database.ts'
import { loadPacks } from '../../../../test/directory-house.ts'
import { serviceBySlug } from '../store/read-service.ts'
import { serviceJsonLd } from './json-ld.ts'

const database = await testDatabase()
beforeAll(() => loadPacks(database, database.clock.now, ['ua-kharkiv', 'de-stuttgart']))
const origin = 'https://linden.example'

async function linked(slug: string, locale: 'en' | 'uk' | 'da' | 'de' = 'uk') {
  const details = await database.transact({ actor: null }, (tx) => serviceBySlug(tx, slug))
  if (!details) throw new Error(`${slug} is not there`)
  return { details, node: serviceJsonLd(details, origin, locale) }
}

describe('DIR-8: a service as linked data', () => {
  test('a public service is a GovernmentService and a PublicService with all that CPSV-AP requires', async () => {
    const { details, node } = await linked('nadannia-prytulku')
    expect(node['@type']).toEqual(['GovernmentService', 'cpsv:PublicService'])
    expect(node).toMatchObject({
      name: 'Надання притулку',
      'dct:identifier': details.id,
      url: `${origin}/services/nadannia-prytulku`,
    })
    expect(node['dct:title']).toContainEqual({ '@language': 'da', '@value': 'Husly' })
    for (const required of ['dct:identifier', 'dct:title', 'dct:description', 'cv:hasCompetentAuthority'])
      expect(node).toHaveProperty([required])
    const provider = node.provider as Record<string, unknown>
    expect(node['cv:hasCompetentAuthority']).toEqual({ '@id': provider['@id'] })
    expect(provider['skos:prefLabel']).toContainEqual(expect.objectContaining({ '@language': 'uk' }))
    expect(node['cv:hasLegalResource']).toHaveLength(details.card.legalBases.length)
    expect(node['cv:hasInputType']).toHaveLength(details.card.documents.length)
    expect(node.offers).toMatchObject({ price: '0' })
  })

  test('a provider that is no public body is no competent authority', async () => {
    const organisations = JSON.parse(
      readFileSync(new URL('../../../../packs/de-stuttgart/organisations.json', import.meta.url), 'utf8'),
    ) as { slug: string; kind: string }[]
    const { details, node } = await linked('frauenhaus', 'de')
    expect(organisations.find((each) => each.slug === details.organisation.slug)?.kind).not.toBe('public')
    expect(node['@type']).toBe('GovernmentService')
    expect(node).not.toHaveProperty(['cv:hasCompetentAuthority'])
  })

  test('nothing stands there that is not known', async () => {
    const { node } = await linked('nadannia-prytulku')
    const told = JSON.stringify(node)
    expect(told).not.toMatch(/:null|:\[\]|undefined/)
  })
})

import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/database.ts'
import { loadPacks } from '../../../../test/directory-house.ts'
import { sourceFromUpload } from '../exchange/import-source.ts'
import { importServices } from './import-services.ts'

const database = await testDatabase({ now: new Date('2026-11-23T09:00:00Z') })
beforeAll(() => loadPacks(database, database.clock.now, ['dk-midtjylland']))

const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
const service = (number: number, more: object = {}) => ({
  id: id(number),
  name: `Quokka counselling ${number}`,
  description: 'It helps.',
  status: 'active',
  organization: { id: id(900), name: 'Helpers', description: 'People' },
  ...more,
})
const take = (dataset: string, ...records: object[]) =>
  importServices(database, sourceFromUpload('services.json', new TextEncoder().encode(JSON.stringify(records))), {
    format: 'hsds',
    areas: ['DK-1082'],
    dataset,
    apply: true,
  })
const stored = async (dataset: string) =>
  (
    await database.ownerPool.query(
      `select s.id, status, version, assured_at, assured_by, assurance_due,
         array(select l.details #>> '{names,en}' from directory.service_location link join directory.location l on l.id = link.location_id
           where link.service_id = s.id order by 1) as places
       from directory.service s where dataset = $1`,
      [dataset],
    )
  ).rows[0]

describe('import: what stands here already', () => {
  test('DIR-7: an import opens no card that waits for an editor', async () => {
    await take('waits', service(1))
    await database.ownerPool.query("update directory.service set status = 'inactive' where dataset = 'waits'")
    expect((await take('waits', service(1, { description: 'It helps more.' }))).counts).toMatchObject({ changed: 1 })
    expect(await stored('waits')).toMatchObject({ status: 'inactive', version: 2 })
  })

  test('DIR-6: a record is assured as its source says, and a file that says nothing takes that from nobody', async () => {
    await take('assured', service(2, { assured_date: '2026-08-31' }))
    const assured = {
      assured_by: 'assured',
      assured_at: new Date('2026-08-31T00:00:00Z'),
      assurance_due: new Date('2027-02-28T00:00:00Z'),
    }
    expect(await stored('assured')).toMatchObject(assured)
    await take('assured', service(2, { description: 'It helps more.' }))
    expect(await stored('assured')).toMatchObject({ ...assured, version: 2 })
    await take('never', service(3))
    expect(await stored('never')).toMatchObject({ assured_at: null, assured_by: null })
  })

  test('DIR-1: a service that moved stands at its new place alone', async () => {
    const at = (number: number, name: string) => ({
      service_at_locations: [
        { id: id(700 + number), location: { id: id(800 + number), name, location_type: 'physical' } },
      ],
    })
    await take('moved', service(4, at(1, 'Old house')))
    expect((await stored('moved')).places).toEqual(['Old house'])
    await take('moved', service(4, at(2, 'New house')))
    expect((await stored('moved')).places).toEqual(['New house'])
  })

  test('DIR-5: the names of what was imported serve the correction of typing errors', async () => {
    await take('words', service(5))
    const { rows } = await database.ownerPool.query("select locale from directory.word where word = 'quokka'")
    expect(rows).toEqual([{ locale: 'en' }])
  })
})

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../../test/database.ts'
import { dueAt } from '../../platform/calendar/deadline.ts'
import { locales } from '../../platform/i18n/text.ts'
import { loadPack, packFolders, packPart, readPack } from '../../platform/packs/load.ts'
import { PackManifest } from '../../platform/packs/types.ts'
import { intakePack } from './pack-part.ts'
import { bodiesFor, deadlineFor, followsOf, matterFor, needsName, officeFor } from './rules/procedure.ts'
import { courseOf } from './store/procedure.ts'
import { IntakeProcedure } from './types.ts'

const root = fileURLToPath(new URL('../../../packs', import.meta.url))
const now = new Date('2026-11-29T12:00:00Z')
const today = '2026-11-29'
const parts = [packPart(intakePack)]
const database = await testDatabase({ now })
for (const folder of packFolders(root, 'all')) await loadPack(database, folder, parts, now)
const scratch = mkdtempSync(join(tmpdir(), 'linden-intake-pack-'))
afterAll(() => rmSync(scratch, { recursive: true }))

const packs = ['ua-kharkiv', 'dk-midtjylland', 'de-stuttgart']
const read = (pack: string, file: string): unknown => JSON.parse(readFileSync(join(root, pack, file), 'utf8'))
const procedureOf = (pack: string) => IntakeProcedure.parse(read(pack, 'intake.json'))
const course = async (pack: string) => {
  const found = await database.transact({ actor: null }, (tx) => courseOf(tx, pack))
  if (!found) throw new Error(`${pack} has no procedure`)
  return found
}
const kharkiv = procedureOf('ua-kharkiv')
const midtjylland = procedureOf('dk-midtjylland')
const stuttgart = procedureOf('de-stuttgart')
const service = (pack: string, slug: string) => {
  const { kind } = read(pack, `services/${slug}.json`) as { kind: string }
  return { slug, kind }
}

/** A copy of a pack, with the taxonomy beside it, whose procedure says something else. */
function spoiled(pack: string, change: (procedure: Record<string, unknown>) => unknown): string {
  const below = join(scratch, crypto.randomUUID())
  for (const part of [pack, 'common']) cpSync(join(root, part), join(below, part), { recursive: true })
  const procedure = read(pack, 'intake.json') as Record<string, unknown>
  writeFileSync(join(below, pack, 'intake.json'), JSON.stringify({ ...procedure, ...(change(procedure) as object) }))
  return join(below, pack)
}
const problemsOf = (folder: string) =>
  readPack(folder, parts, now).problems.map(({ path, message }) => `${path}: ${message}`)

describe('the packs in intake', () => {
  it('INT-2: are read without a mistake and stored, each with the zone in which its clocks run', async () => {
    for (const folder of packFolders(root, 'all'))
      expect([basename(folder), problemsOf(folder)]).toEqual([basename(folder), []])
    for (const pack of packs) expect((await course(pack)).procedure).toEqual(procedureOf(pack))
    expect((await course('ua-kharkiv')).place.timeZone).toBe('Europe/Kyiv')
  })

  it('INT-2: of the twelve Kharkiv services only support over time follows with a contract, as its card says', () => {
    const steps = (slug: string) => followsOf(kharkiv, service('ua-kharkiv', slug))
    expect(steps('sotsialnyi-suprovid')).toEqual(['formal-decision', 'contract', 'case'])
    expect(steps('vlashtuvannia-do-simeinykh-form-vykhovannia')).toEqual(['formal-decision', 'case'])
    expect(steps('nadannia-prytulku')).toEqual(['waiting-list', 'case'])
    expect(steps('konsultuvannia')).toEqual(['recorded-help'])
    expect(kharkiv.follows.filter((line) => line.steps.includes('contract'))).toHaveLength(1)
  })

  it('INT-3: a deadline without an act that somebody has read is marked, in every pack', () => {
    for (const { deadlines } of packs.map(procedureOf))
      for (const deadline of deadlines) expect(deadline.source !== undefined || deadline.unverified).toBe(true)
  })

  it('INT-3: martial law: supported living is decided in one working day, and a public holiday is worked', async () => {
    const { place } = await course('ua-kharkiv')
    const due = (slug: string, from: string, day: string) => {
      const rule = deadlineFor(kharkiv, 'decision', service('ua-kharkiv', slug), day)?.rule
      return rule && dueAt(rule, new Date(from), place).toISOString()
    }
    // Thursday 24 December 2026; Christmas Day is worked, the weekend is not
    expect(due('pidtrymane-prozhyvannia', '2026-12-24T10:00:00Z', '2026-12-24')).toBe('2026-12-25T22:00:00.000Z')
    expect(due('konsultuvannia', '2026-12-24T10:00:00Z', '2026-12-24')).toBe('2027-01-07T22:00:00.000Z')
    expect(
      deadlineFor(kharkiv, 'decision', service('ua-kharkiv', 'pidtrymane-prozhyvannia'), '2021-05-01')?.rule.amount,
    ).toBe(10)
  })

  it('INT-3: the leader of a Danish crisis centre decides within a day, a municipality in weeks', () => {
    const rule = (slug: string) => deadlineFor(midtjylland, 'decision', service('dk-midtjylland', slug), today)?.rule
    expect(rule('viborg-krisecenter-klokkelyng')).toMatchObject({ amount: 1, unit: 'calendar-days' })
    expect(rule('viborg-botilbuddet-hedelyset')).toMatchObject({ amount: 56, rollsOver: true })
    expect(rule('viborg-stoette-fordrevne-fra-ukraine')).toMatchObject({ amount: 28, rollsOver: true })
  })

  it('INT-3: § 14 SGB IX: two weeks to settle who is in charge, three to decide; an objection has a month', () => {
    const rule = (kind: 'assessment' | 'decision' | 'appeal') =>
      deadlineFor(stuttgart, kind, service('de-stuttgart', 'assistenz-im-eigenen-wohnraum'), today)?.rule
    expect(rule('assessment')).toMatchObject({ amount: 14, unit: 'calendar-days' })
    expect(rule('decision')).toMatchObject({ amount: 21, unit: 'calendar-days' })
    expect(rule('appeal')).toEqual({ amount: 1, unit: 'months', rollsOver: true })
  })

  it('INT-3: the number for nights stands in the pack with its source, or says that it is an example', () => {
    for (const pack of packs) {
      const { duty } = procedureOf(pack)
      const known = PackManifest.parse(read(pack, 'pack.json')).emergencies
      const sourced = known.some(({ number, source }) => number === duty.phone && source.title === duty.source?.title)
      expect([pack, sourced || duty.example]).toEqual([pack, true])
    }
  })

  it('INT-5: Ukrainian law refuses nobody whose life is in danger, who meets violence, or a child in danger', () => {
    expect(kharkiv.neverRefused?.dangers).toEqual(['life', 'violence', 'child'])
    expect(midtjylland.neverRefused).toBeUndefined()
  })

  it('INT-6: support over time waits for either of two bodies, placement in a family for the executive committee', () => {
    const suprovid = service('ua-kharkiv', 'sotsialnyi-suprovid')
    expect(bodiesFor(kharkiv, suprovid)).toHaveLength(2)
    expect(matterFor(kharkiv, suprovid)).toBe('pochatok-suprovodu')
    const family = service('ua-kharkiv', 'vlashtuvannia-do-simeinykh-form-vykhovannia')
    expect(bodiesFor(kharkiv, family)).toEqual(['vykonavchyi-komitet'])
    expect(bodiesFor(kharkiv, service('ua-kharkiv', 'konsultuvannia'))).toEqual([])
  })

  it('INT-2: the municipality where the person lives decides on a place elsewhere; a crisis centre decides itself', () => {
    const silkeborg = ['DK', 'DK-1082', 'DK-0740']
    const answers = (slug: string) => officeFor(midtjylland, service('dk-midtjylland', slug), silkeborg)
    expect(answers('viborg-botilbuddet-hedelyset')).toBe('silkeborg-kommune')
    expect(answers('viborg-krisecenter-klokkelyng')).toBeUndefined()
    expect(answers('viborg-forsorgshjemmet-soekanten')).toBeUndefined()
    expect(answers('herning-madposen')).toBeUndefined()
    const district = ['DE', 'DE-BW', 'DE-08111', 'DE-08111-west']
    const assistance = service('de-stuttgart', 'assistenz-im-eigenen-wohnraum')
    expect(officeFor(stuttgart, assistance, district)).toBe('sozialamt')
  })

  it('INT-1: a notice that names no service finds the office of its place', () => {
    for (const municipality of midtjylland.offices.flatMap(({ areas }) => areas))
      expect(officeFor(midtjylland, undefined, ['DK', 'DK-1082', municipality])).toMatch(/-kommune$/)
    expect(new Set(midtjylland.offices.map(({ organisation }) => organisation)).size).toBe(19)
    expect(officeFor(stuttgart, undefined, ['DE', 'DE-BW', 'DE-08111'])).toBe('sozialamt')
    const kharkivCity = (read('ua-kharkiv', 'pack.json') as { area: string }).area
    expect(officeFor(kharkiv, undefined, ['UA', kharkivCity])).toBe('dovira')
    // the city's line takes notices alone: whatever names a service goes to the organisation of its card
    expect(officeFor(kharkiv, service('ua-kharkiv', 'konsultuvannia'), ['UA', kharkivCity])).toBeUndefined()
  })

  it('INT-1: prevention is given without a name; counselling asks what its card asks', () => {
    expect(needsName(kharkiv, service('ua-kharkiv', 'sotsialna-profilaktyka'))).toBe(false)
    expect(needsName(kharkiv, service('ua-kharkiv', 'konsultuvannia'))).toBe(true)
    expect(needsName(kharkiv, service('ua-kharkiv', 'sotsialna-adaptatsiia'))).toBe(true)
  })

  it('INT-10: every letter speaks all four languages, in sentences of at most twenty words and without a shout', () => {
    for (const pack of packs)
      for (const { subject, body } of procedureOf(pack).letters)
        for (const text of [subject, ...body])
          for (const locale of locales) {
            const words = text[locale]
            expect(words, `${pack} ${JSON.stringify(text)}`).toBeTruthy()
            expect(words).not.toMatch(/!/)
            for (const sentence of words?.split(/(?<=[.?:]) /) ?? [])
              expect(sentence.split(/\s+/).length, sentence).toBeLessThanOrEqual(20)
          }
  })

  it('INT-10: a placeholder that nobody fills in, and one that a subject would give away, are mistakes', () => {
    const folder = spoiled('ua-kharkiv', ({ letters }) => ({
      letters: (letters as { kind: string; body: unknown[] }[]).map((letter) =>
        letter.kind === 'waiting'
          ? { ...letter, subject: { uk: 'Черга: {service}' }, body: [{ uk: '{standing}' }, { uk: '{outcome}' }] }
          : letter,
      ),
    }))
    expect(problemsOf(folder)).toEqual([
      'letters.waiting.subject: {service} may be seen by others there',
      'letters.waiting.body.1: {outcome} is not filled in there',
    ])
  })

  it('says what a procedure names and the pack does not hold', () => {
    const folder = spoiled('ua-kharkiv', () => ({
      offices: [{ areas: ['UA-nowhere'], organisation: 'nobody', services: ['no-service'], kinds: ['no-kind'] }],
      bodyDecisions: [
        { services: ['sotsialnyi-suprovid'], matter: 'poriadok-roboty', bodies: ['vykonavchyi-komitet', 'nobody'] },
        {
          services: ['sotsialnyi-suprovid'],
          matter: 'poriadok-roboty',
          bodies: ['robocha-hrupa-sotsialnoho-suprovodu'],
        },
      ],
    }))
    expect(problemsOf(folder)).toEqual([
      'offices.0: no-service is no service of this pack',
      'offices.0: no-kind is no kind of service of this pack',
      'offices.0: nobody is no organisation of this pack',
      'offices.0: UA-nowhere is no area of this pack',
      'bodyDecisions.0: vykonavchyi-komitet does not decide on poriadok-roboty',
      'bodyDecisions.0: nobody is no body of this pack',
      'bodyDecisions.1: robocha-hrupa-sotsialnoho-suprovodu decides on poriadok-roboty, but not about one person',
    ])
  })

  it('INT-3: a pack in which some service would have no deadline or nothing that follows is refused', () => {
    const folder = spoiled('ua-kharkiv', ({ deadlines, follows }) => ({
      deadlines: (deadlines as { kind: string }[]).map((one) =>
        one.kind === 'grace' ? { ...one, until: '2020-01-01' } : one,
      ),
      follows: (follows as { services?: string[] }[]).filter(
        ({ services }) => services && !services.includes('nadannia-prytulku'),
      ),
    }))
    expect(problemsOf(folder)).toEqual([
      'deadlines: none of the kind grace is in force for every service',
      'follows: no line fits nadannia-prytulku',
    ])
  })

  it('INT-2: a changed procedure takes the place of the former one', async () => {
    const folder = spoiled('ua-kharkiv', () => ({ documentMonths: 3 }))
    await loadPack(database, folder, parts, now)
    expect((await course('ua-kharkiv')).procedure.documentMonths).toBe(3)
  })
})

import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testHouse } from '../../../test/house.ts'
import { type Somebody, somebody } from '../../../test/people.ts'
import type { Actor } from '../../platform/access/actor.ts'
import { approveTerms } from './commands/forums/approve-terms.ts'
import { prolongGroup } from './commands/forums/prolong-group.ts'
import { setUpGroup } from './commands/forums/set-up-group.ts'
import { giveMandate } from './commands/give-mandate.ts'
import { recordDecision } from './commands/record-decision.ts'
import { supersedeDecision } from './commands/supersede-decision.ts'
import { bodyBySlug } from './contract.ts'
import { does, okValue } from './governance.fixture.ts'
import { remindOfHorizons } from './jobs/forums/remind-of-horizons.ts'
import { groupOn } from './rules/ad-hoc.ts'
import { judgeProlonging } from './rules/forums/groups.ts'
import { saveBody } from './store/save-body.ts'

const at = await testHouse({ now: new Date('2026-11-29T10:00:00Z') })
const { db, url } = at

let secretary: Actor
let stranger: Actor
let clerk: Somebody

beforeAll(async () => {
  secretary = await addActor(db, 'Secretary', [{ organisation: 'viborg-kommune', role: 'secretariat' }])
  stranger = await addActor(db, 'Stranger', [{ organisation: 'jugendamt', role: 'secretariat' }])
  clerk = await somebody(at, 'Clerk', [{ organisation: 'viborg-kommune', role: 'secretariat' }])
})

const begin = (more: Record<string, unknown> = {}) => ({
  setUpBy: 'dassos',
  names: { da: 'Gruppe om små målgrupper' },
  purpose: { da: 'Se på tilbud til små målgrupper.' },
  begins: '2026-11-01',
  ...more,
})
const decide = async (more: Record<string, unknown> = {}) =>
  okValue(
    await does(db, secretary, recordDecision, {
      body: 'dassos',
      matter: 'kommissorium',
      decidedOn: '2026-11-20',
      outcome: 'agreed' as const,
      title: { da: 'Kommissorium godkendt' },
      ...more,
    }),
  ).id
const terms = (group: string, decision: string, more: Record<string, unknown> = {}) => ({
  group,
  decision,
  purpose: { da: 'Se på tilbud.' },
  members: { da: 'Fire kommuner og regionen' },
  product: { da: 'Et notat' },
  horizon: '2027-03-31',
  ...more,
})
const setUp = async (name: string) =>
  okValue(await does(db, secretary, setUpGroup, begin({ names: { da: name } }))).slug
const profileOf = (slug: string) => db.transact({ actor: null }, async (tx) => (await bodyBySlug(tx, slug))?.profile)
const page = async (address: string) =>
  (await fetch(`${url}${address}`, { headers: { 'accept-language': 'en' } })).text()

describe('a group is set up', () => {
  test('GOV-8: it begins without terms of reference and is marked; a decision of its body approves them', async () => {
    const slug = okValue(await does(db, secretary, setUpGroup, begin())).slug
    expect(slug).toBe('gruppe-om-smaa-maalgrupper')
    expect(groupOn((await profileOf(slug))?.adHoc ?? { setUpBy: [], begins: '' }, '2026-11-29')).toBe(
      'works-without-terms',
    )
    expect(await page(`/bodies/${slug}`)).toContain('at work without approved terms of reference')
    expect(await page('/bodies?region=dk-midtjylland')).toContain(`/bodies/${slug}`)
    const decision = await decide()
    okValue(await does(db, secretary, approveTerms, terms(slug, decision)))
    const shown = await page(`/bodies/${slug}`)
    for (const words of [`href="/decisions/${decision}"`, '31\u00a0March 2027', 'Fire kommuner', 'by DASSOS'])
      expect(shown).toContain(words)
    expect((await profileOf(slug))?.adHoc?.terms).toMatchObject({
      approvedBy: 'dassos',
      approvedOn: '2026-11-20',
      decision,
    })
    expect((await does(db, secretary, approveTerms, terms(slug, decision))).is).toBe('late')
    const seated = await does(db, secretary, giveMandate, {
      body: slug,
      seat: 'member',
      name: 'Ada Holm',
      since: '2026-11-29',
    })
    expect(seated.is).toBe('ok')
    expect(
      (await does(db, secretary, giveMandate, { body: slug, seat: 'member', name: 'Bo Lind', since: '2026-11-29' })).is,
    ).toBe('ok')
    expect(
      (await does(db, secretary, giveMandate, { body: slug, seat: 'chair', name: 'Ada Holm', since: '2026-11-29' })).is,
    ).toBe('ok')
    expect(
      (await does(db, secretary, giveMandate, { body: slug, seat: 'chair', name: 'Bo Lind', since: '2026-11-29' })).is,
    ).toBe('invalid')
  })

  test('GOV-8: the executive committee approves in the place of the steering group, no other body does', async () => {
    const slug = await setUp('Takster i 2027')
    const other = await decide({ body: 'kd-net', matter: 'udpegning' })
    const declined = await decide({ outcome: 'declined' })
    const wrongMatter = await decide({ matter: 'oevrige-sager' })
    const replaced = await decide()
    okValue(
      await does(db, secretary, supersedeDecision, {
        id: replaced,
        matter: 'kommissorium',
        decidedOn: '2026-11-20',
        outcome: 'declined',
        title: { da: 'Rettet' },
      }),
    )
    for (const decision of [other, declined, wrongMatter, replaced])
      expect(await does(db, secretary, approveTerms, terms(slug, decision))).toMatchObject({
        is: 'invalid',
        errors: [{ path: 'decision' }],
      })
    const inPlace = await decide({ body: 'forretningsudvalget' })
    expect(await does(db, secretary, approveTerms, terms(slug, inPlace, { horizon: '2026-10-01' }))).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'horizon' }],
    })
    okValue(await does(db, secretary, approveTerms, terms(slug, inPlace)))
    expect((await profileOf(slug))?.adHoc?.terms?.approvedBy).toBe('forretningsudvalget')
    // the other way round the steering group decides nothing for a group of the committee
    const own = okValue(
      await does(
        db,
        secretary,
        setUpGroup,
        begin({ setUpBy: 'forretningsudvalget', names: { da: 'Udvalgets gruppe' } }),
      ),
    ).slug
    expect((await does(db, secretary, approveTerms, terms(own, await decide()))).is).toBe('invalid')
  })

  test('GOV-8: only bodies that may set up groups, by their own secretariat; names stay apart', async () => {
    expect(await does(db, secretary, setUpGroup, begin({ setUpBy: 'kd-net' }))).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'setUpBy' }],
    })
    expect((await does(db, stranger, setUpGroup, begin())).is).toBe('forbidden')
    expect((await does(db, null, setUpGroup, begin())).is).toBe('forbidden')
    expect((await does(db, secretary, setUpGroup, begin({ setUpBy: 'nobody' }))).is).toBe('notFound')
    const [one, other] = [await setUp('Samme navn'), await setUp('Samme navn')]
    expect([one, other]).toEqual(['samme-navn', 'samme-navn-2'])
    expect(await setUp('dassos')).toBe('dassos-2')
  })
})

describe('a group goes on, or ends', () => {
  test('GOV-8: it ends at its horizon unless a decision prolongs it before', async () => {
    const slug = await setUp('Kort arbejde')
    expect(
      await does(db, secretary, prolongGroup, { group: slug, decision: await decide(), until: '2027-01-31' }),
    ).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'decision' }],
    })
    okValue(
      await does(
        db,
        secretary,
        approveTerms,
        terms(slug, await decide({ decidedOn: '2026-11-02' }), { horizon: '2026-11-15' }),
      ),
    )
    const state = async (day: string) => groupOn((await profileOf(slug))?.adHoc ?? { setUpBy: [], begins: '' }, day)
    expect(await state('2026-11-16')).toBe('ended')
    const late = await decide({ decidedOn: '2026-11-16' })
    expect(await does(db, secretary, prolongGroup, { group: slug, decision: late, until: '2027-01-31' })).toMatchObject(
      {
        is: 'invalid',
        errors: [{ path: 'decision', message: 'The group had ended before this decision. Set up a new one.' }],
      },
    )
    const prolongs = (decision: string, until: string) =>
      db.transact({ actor: secretary.account }, async (tx) => {
        const body = await bodyBySlug(tx, slug)
        return tx.all(
          sql`insert into governance.ad_hoc_step (body_id, deed, decision_id, until, entered_by)
              values (${body?.id}, 'prolong', ${decision}, ${until}, ${secretary.account})`,
        )
      })
    await expect(prolongs(late, '2027-01-31')).rejects.toThrow('a group is prolonged before it ends')
    const intime = await decide({ decidedOn: '2026-11-15' })
    await expect(prolongs(intime, '2026-11-15')).rejects.toThrow('a group is prolonged before it ends')
    expect(
      await does(db, secretary, prolongGroup, { group: slug, decision: intime, until: '2026-11-15' }),
    ).toMatchObject({ is: 'invalid', errors: [{ path: 'until' }] })
    okValue(await does(db, secretary, prolongGroup, { group: slug, decision: intime, until: '2027-01-31' }))
    expect(await state('2027-01-31')).not.toBe('ended')
    expect(await state('2027-02-01')).toBe('ended')
  })

  test('GOV-8: a group is judged as of the day of the decision', () => {
    const group = { setUpBy: ['a'], begins: '2026-01-01', terms: undefined, prolongedUntil: undefined }
    const horizon = {
      purpose: { en: 'x' },
      members: { en: 'x' },
      product: { en: 'x' },
      horizon: '2026-06-30',
      approvedBy: 'a',
      approvedOn: '2026-01-01',
    }
    expect(judgeProlonging(group, { decidedOn: '2026-02-01', until: '2026-12-31' })).toBe('no-terms')
    const withTerms = { ...group, terms: horizon }
    expect(judgeProlonging(withTerms, { decidedOn: '2026-06-30', until: '2026-12-31' })).toBeUndefined()
    expect(judgeProlonging(withTerms, { decidedOn: '2026-07-01', until: '2026-12-31' })).toBe('ended')
    expect(
      judgeProlonging({ ...withTerms, prolongedUntil: '2026-09-30' }, { decidedOn: '2026-07-01', until: '2026-09-30' }),
    ).toBe('not-later')
  })

  test('GOV-8: its secretariat is told four weeks before, of each last day once', async () => {
    const slug = await setUp('Snart slut')
    okValue(await does(db, secretary, approveTerms, terms(slug, await decide(), { horizon: '2026-12-20' })))
    const remind = () => db.transact({ actor: null, purpose: 'administration' }, (tx) => remindOfHorizons(tx, url))
    expect(await remind()).toBe(2)
    expect(await remind()).toBe(0)
    okValue(await does(db, secretary, prolongGroup, { group: slug, decision: await decide(), until: '2026-12-24' }))
    expect(await remind()).toBe(2)
  })
})

describe('GOV-8: what the database refuses', () => {
  const asSecretary = (statement: ReturnType<typeof sql>, actor = secretary) =>
    db.transact({ actor: actor.account }, (tx) => tx.all(statement))
  const id = async (slug: string) => (await db.transact({ actor: null }, (tx) => bodyBySlug(tx, slug)))?.id

  test('a body of a pack is set up by nobody; a group decides nothing and begins without terms', async () => {
    const profile = (await profileOf(await setUp('Model'))) ?? { slug: '' }
    const insert = async (more: object, founder = 'dassos', actor = secretary) =>
      asSecretary(
        sql`insert into governance.ad_hoc_group (set_up_by, profile, made_by)
          values (${await id(founder)}, ${JSON.stringify({ ...profile, slug: 'forbi', ...more })}::jsonb, ${actor.account})`,
        actor,
      )
    await expect(insert({}, 'dassos', stranger)).rejects.toThrow('only the secretariat')
    await expect(insert({}, 'kd-net')).rejects.toThrow('sets up no groups')
    await expect(insert({ kind: 'council' })).rejects.toThrow('a group begins as its body sets it up')
    await expect(insert({ decidesOn: [{ slug: 'x', names: { en: 'x' }, aboutPeople: false }] })).rejects.toThrow(
      'a group begins',
    )
    await expect(
      insert({ adHoc: { setUpBy: ['dassos'], begins: '2026-01-01', prolongedUntil: '2099-01-01' } }),
    ).rejects.toThrow('a group begins')
    await expect(insert({ slug: 'kd-net' })).rejects.toThrow('duplicate key')
  })

  test('no step without a decision that stands, and none is changed', async () => {
    const slug = await setUp('Uden beslutning')
    const declined = await decide({ outcome: 'declined' })
    const step = async (decision: string, horizon = '2027-01-01') =>
      asSecretary(
        sql`insert into governance.ad_hoc_step (body_id, deed, decision_id, terms, entered_by) values (${await id(slug)}, 'approve', ${decision},
          ${JSON.stringify({ horizon, approvedOn: '2026-11-20', approvedBy: 'dassos' })}::jsonb, ${secretary.account})`,
      )
    await expect(step(declined)).rejects.toThrow('approved by a decision')
    await expect(asSecretary(sql`update governance.ad_hoc_step set until = '2099-01-01'`)).rejects.toThrow(
      'permission denied',
    )
    await expect(
      asSecretary(sql`update governance.body set profile = '{}' where slug = ${slug} returning id`),
    ).resolves.toEqual([])
  })

  test('a pack that is read anew takes no group away, and takes no name of one', async () => {
    const slug = await setUp('Bliver stående')
    const profile = await profileOf(slug)
    if (!profile) throw new Error('no group')
    await expect(
      db.transact({ actor: null, purpose: 'administration' }, (tx) =>
        saveBody(tx, { ...profile, names: { en: 'Other' } }, 'dk-midtjylland'),
      ),
    ).rejects.toThrow('a group of this name was set up here')
    expect((await profileOf(slug))?.names).toEqual({ da: 'Bliver stående' })
  })
})

describe('the desk of groups', () => {
  test('GOV-8: works without script, keeps what was typed, and is closed to others', async () => {
    expect((await fetch(`${url}/governance/groups`, { redirect: 'manual' })).status).toBe(303)
    const typed = { setUpBy: 'dassos', names: 'Fra skrivebordet', purpose: '', begins: '2026-12-01', language: 'da' }
    const wrong = await (await clerk.browser.post('/governance/groups/new', typed)).text()
    for (const words of ['value="Fra skrivebordet"', 'href="#f-purpose"']) expect(wrong).toContain(words)
    const made = await clerk.browser.post('/governance/groups/new', { ...typed, purpose: 'Prøve' })
    expect(made.headers.get('location')).toBe('/governance/groups/fra-skrivebordet')
    const decision = await decide()
    const desk = await (await clerk.browser.get('/governance/groups/fra-skrivebordet')).text()
    expect(desk).toContain(`value="${decision}"`)
    const given = {
      decision,
      purpose: 'Prøve',
      members: 'Alle',
      product: 'Et notat',
      horizon: '2026-01-01',
      language: 'da',
    }
    expect(await (await clerk.browser.post('/governance/groups/fra-skrivebordet/approve', given)).text()).toContain(
      'href="#f-horizon"',
    )
    expect(
      (await clerk.browser.post('/governance/groups/fra-skrivebordet/approve', { ...given, horizon: '2027-06-30' }))
        .status,
    ).toBe(303)
    const late = await (
      await clerk.browser.post('/governance/groups/fra-skrivebordet/prolong', { decision, until: '2027-06-30' })
    ).text()
    expect(late).toContain('href="#f-until"')
    expect(
      (await clerk.browser.post('/governance/groups/fra-skrivebordet/prolong', { decision, until: '2027-12-31' }))
        .status,
    ).toBe(303)
    expect(await (await clerk.browser.get('/governance/groups')).text()).toContain('Fra skrivebordet')
    expect((await clerk.browser.get('/governance/groups/dassos')).status).toBe(404)
  })
})

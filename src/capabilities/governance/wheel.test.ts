import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testHouse } from '../../../test/house.ts'
import { type Somebody, somebody } from '../../../test/people.ts'
import { send } from '../../../test/wire.ts'
import type { Actor } from '../../platform/access/actor.ts'
import { addMilestone } from './commands/wheel/add-milestone.ts'
import { moveMilestone } from './commands/wheel/move-milestone.ts'
import { withdrawMilestone } from './commands/wheel/withdraw-milestone.ts'
import { does, okValue } from './governance.fixture.ts'
import { remindOfMilestones } from './jobs/wheel/remind-of-milestones.ts'
import { milestoneLetter } from './letters/wheel.ts'
import { mistakesOfWheels } from './rules/wheel/check-wheel.ts'
import { wheelBySlug } from './store/wheel/read-wheel.ts'
import { saveWheels } from './store/wheel/save-wheel.ts'
import { YearWheel } from './types/wheel.ts'

const at = await testHouse({ now: new Date('2026-11-29T10:00:00Z') })
const { db, url, house } = at
const wheel = 'aarshjul-for-rammeaftalen'
const administration = { actor: null, purpose: 'administration' } as const

let secretary: Actor
let stranger: Actor
let clerk: Somebody
let token = ''

beforeAll(async () => {
  secretary = await addActor(db, 'Secretary', [{ organisation: 'viborg-kommune', role: 'secretariat' }])
  stranger = await addActor(db, 'Stranger', [{ organisation: 'jugendamt', role: 'secretariat' }])
  clerk = await somebody(at, 'Clerk', [{ organisation: 'viborg-kommune', role: 'secretariat' }])
  const made = await house.auth.createToken(clerk.email, ['governance:write'], 30, 'test')
  token = made.is === 'ok' ? made.value.token : ''
})

const text = async (address: string, language = 'en') =>
  (await fetch(`${url}${address}`, { headers: { 'accept-language': language } })).text()
const calendar = async () =>
  (await text(`/year-wheel/${wheel}/calendar.ics`)).replaceAll('\r\n ', '').split('BEGIN:VEVENT')
const own = (more: Record<string, unknown> = {}) => ({
  wheel,
  names: { da: 'Frist for budget' },
  body: 'takstgruppen',
  day: '2026-12-10',
  comes: 'every-year' as const,
  ...more,
})
const move = (more: Record<string, unknown> = {}) => ({
  wheel,
  milestone: 'godkendelse-i-byraad',
  byRule: '2028-10-13',
  day: '2028-10-20',
  reason: 'the councils meet a week later',
  ...more,
})

describe('what everybody reads', () => {
  test('GOV-7: the circle has title and description, and says nothing that the numbered list does not', async () => {
    const page = await text('/year-wheel?region=dk-midtjylland&year=2026')
    expect(page).toMatch(/<svg [^>]*role="img" aria-labelledby="wheel-[a-z-]+-title wheel-[a-z-]+-text"/)
    const list = [...page.matchAll(/class="ln-key">(\d+)</g)].map(([, number]) => number)
    const circle = [
      ...page.slice(page.indexOf('<svg viewBox="-300')).matchAll(/<text x="[^"]+" y="[^"]+">(\d+)<\/text>/g),
    ].map(([, number]) => number)
    expect(list.length).toBeGreaterThan(20)
    expect(circle).toEqual(list)
    for (const words of [
      '2026–2027',
      'comes next',
      'the day is an example',
      'no source was read',
      'the day stands in the source',
      'href="/year-wheel?year=2028#',
    ])
      expect(page).toContain(words)
    expect(page.indexOf('class="ln-year"')).toBeLessThan(page.indexOf('class="ln-wheel"'))
    expect(await text('/year-wheel?region=dk-midtjylland&year=2030')).not.toContain('comes next, ')
  })

  test('GOV-7: a region without a wheel says what would be here', async () => {
    expect(await text('/year-wheel?region=ua-kharkiv')).toContain('Here stands what comes again')
  })

  test('GOV-7: the same as a calendar of days, which keep their names when they move', async () => {
    const events = await calendar()
    const council = events.find((event) => event.includes(`UID:${wheel}-godkendelse-i-byraad-2028-10-13@`)) ?? ''
    for (const line of ['DTSTART;VALUE=DATE:20281013', 'DTEND;VALUE=DATE:20281014', 'SEQUENCE:0'])
      expect(council).toContain(line)
  })

  test('GOV-7: the API tells days, who is responsible, and how sure they are', async () => {
    const { items } = JSON.parse(await text('/api/v1/milestones?pack=dk-midtjylland&from=2027-01-01&until=2027-01-31'))
    expect(items).toMatchObject([
      { milestone: 'i-kraft', day: '2027-01-01', certainty: 'stated', body: 'sekretariat-for-rammeaftaler' },
    ])
    for (const wrong of ['from=2027-02-30', 'from=2027-02-01&until=2027-01-01', 'from=1900-01-01', 'until=2099-01-01'])
      expect((await fetch(`${url}/api/v1/milestones?${wrong}`)).status).toBe(400)
  })
})

describe('what a secretariat changes', () => {
  test('GOV-7: one occurrence is moved with a reason; what hangs on it follows, the next round stays', async () => {
    okValue(await does(db, secretary, moveMilestone, move()))
    const { items } = JSON.parse(
      await text('/api/v1/milestones?pack=dk-midtjylland&from=2028-07-01&until=2028-10-31'),
    ) as {
      items: { milestone: string; day: string; movedBecause: string | null }[]
    }
    const day = (name: string) => items.find(({ milestone }) => milestone === name)?.day
    expect(day('godkendelse-i-byraad')).toBe('2028-10-20')
    expect(day('behandling-i-kkr')).toBe('2028-09-08')
    expect(day('behandling-i-kd-net')).toBe('2028-08-18')
    expect(items.find(({ milestone }) => milestone === 'godkendelse-i-byraad')?.movedBecause).toBe(
      'the councils meet a week later',
    )
    expect(await text('/year-wheel?region=dk-midtjylland&year=2028')).toContain('the councils meet a week later')
    expect((await calendar()).find((event) => event.includes('byraad-2028-10-13@'))).toContain('SEQUENCE:1')
    // put back where it was, by one more move
    okValue(await does(db, secretary, moveMilestone, move({ day: '2028-10-13', reason: 'as before' })))
    expect((await calendar()).find((event) => event.includes('byraad-2028-10-13@'))).toContain(
      'DTSTART;VALUE=DATE:20281013',
    )
  })

  test('GOV-7: only what comes on that day is moved, and not out of sight', async () => {
    for (const [more, path] of [
      [{ byRule: '2028-10-15' }, 'byRule'],
      [{ milestone: 'no-such' }, 'byRule'],
      [{ day: '2039-01-01' }, 'day'],
      [{ reason: 'x' }, 'reason'],
    ] as const)
      expect(await does(db, secretary, moveMilestone, move(more))).toMatchObject({ is: 'invalid', errors: [{ path }] })
  })

  test('GOV-7: own milestones are added and taken out again, and stay when the pack is read anew', async () => {
    const { id } = okValue(await does(db, secretary, addMilestone, own()))
    const reload = () =>
      db.transact(administration, async (tx) => {
        const stored = await wheelBySlug(tx, wheel)
        await saveWheels(tx, stored ? [stored.profile] : [], 'dk-midtjylland')
      })
    await reload()
    expect(await text('/year-wheel?region=dk-midtjylland')).toContain('Frist for budget')
    expect(await does(db, secretary, addMilestone, own({ body: 'nobody' }))).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'body' }],
    })
    expect(await does(db, secretary, addMilestone, own({ day: '2028-02-29' }))).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'day' }],
    })
    okValue(
      await does(db, secretary, addMilestone, own({ day: '2028-02-29', comes: 'once', names: { da: 'Skuddag' } })),
    )
    okValue(await does(db, secretary, withdrawMilestone, { id }))
    expect(await text('/year-wheel?region=dk-midtjylland')).not.toContain('Frist for budget')
    expect((await does(db, secretary, withdrawMilestone, { id })).is).toBe('notFound')
  })

  test('GOV-7: nobody else changes the wheel, neither through the program nor past it', async () => {
    const { id } = okValue(await does(db, secretary, addMilestone, own({ names: { da: 'Vores' }, comes: 'once' })))
    expect((await does(db, stranger, addMilestone, own())).is).toBe('forbidden')
    expect((await does(db, stranger, moveMilestone, move())).is).toBe('forbidden')
    expect((await does(db, stranger, withdrawMilestone, { id })).is).toBe('forbidden')
    expect((await does(db, null, moveMilestone, move())).is).toBe('forbidden')
    const past = (statement: ReturnType<typeof sql>) =>
      db.transact({ actor: stranger.account }, (tx) => tx.all(statement))
    const stored = await db.transact(administration, (tx) => wheelBySlug(tx, wheel))
    await expect(
      past(
        sql`insert into governance.own_milestone (wheel_id, profile, added_by) values (${stored?.id}, '{}', ${stranger.account})`,
      ),
    ).rejects.toThrow('row-level security')
    await expect(
      past(sql`insert into governance.milestone_move (wheel_id, milestone, by_rule, day, reason, moved_by)
        values (${stored?.id}, 'i-kraft', '2027-01-01', '2027-02-01', 'because', ${stranger.account})`),
    ).rejects.toThrow('row-level security')
    expect(
      await past(sql`update governance.own_milestone set withdrawn_at = now() where id = ${id} returning id`),
    ).toEqual([])
    await expect(past(sql`update governance.year_wheel set profile = '{}'`)).resolves.toEqual([])
    await expect(past(sql`update governance.milestone_move set reason = 'other'`)).rejects.toThrow('permission denied')
  })

  test('GOV-7: the desk needs no script, keeps what was typed, and is closed to others', async () => {
    const desk = `/governance/year-wheel/${wheel}`
    expect((await fetch(`${url}${desk}`, { redirect: 'manual' })).status).toBe(303)
    const typed = {
      names: 'Møde i følgegruppe',
      body: 'dassos',
      day: '2028-02-29',
      comes: 'every-year',
      dayOff: 'next',
      language: 'da',
    }
    const wrong = await clerk.browser.post(desk, typed)
    expect(wrong.status).toBe(422)
    const again = await wrong.text()
    for (const words of ['value="Møde i følgegruppe"', 'href="#f-day"', '28 February']) expect(again).toContain(words)
    const nameless = await (await clerk.browser.post(desk, { ...typed, names: '' })).text()
    expect(nameless).toContain('href="#f-names"')
    expect((await clerk.browser.post(desk, { ...typed, day: '2027-02-26' })).status).toBe(303)
    const page = await (await clerk.browser.get(desk)).text()
    expect(page).toContain('Møde i følgegruppe')
    const link =
      /href="(\/governance\/year-wheel\/[^"]+milestone=dassos-moede[^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ??
      ''
    const form = await (await clerk.browser.get(link)).text()
    const byRule = /name="byRule" value="([^"]+)"/.exec(form)?.[1] ?? ''
    const moved = { milestone: 'dassos-moede', byRule, day: byRule, reason: 'x' }
    expect(await (await clerk.browser.post(`${desk}/move`, moved)).text()).toContain('href="#f-reason"')
    expect((await clerk.browser.post(`${desk}/move`, { ...moved, reason: 'the hall is taken' })).status).toBe(303)
    const withdraw = /action="(\/governance\/milestones\/[^"]+\/withdraw)"/.exec(page)?.[1] ?? ''
    expect((await clerk.browser.post(withdraw, {})).status).toBe(303)
  })

  test('GOV-7: the API does the same', async () => {
    const post = (address: string, body: object) =>
      send(url, address, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify(body),
      })
    const made = await post('/api/v1/milestones', own({ names: { da: 'Fra et program' } }))
    expect(made.status).toBe(201)
    expect((await post('/api/v1/milestones/move', move({ day: 'soon' }))).status).toBe(422)
    expect((await post('/api/v1/milestones/move', move())).status).toBe(200)
    expect((await post(`/api/v1/milestones/${JSON.parse(made.text).id}/withdraw`, {})).status).toBe(200)
  })
})

describe('reminders', () => {
  const letters = () =>
    db.ownerPool
      .query<{ payload: { to: string; parameters: unknown } }>(
        `select payload from graphile_worker._private_jobs where payload->>'template' = 'governance.milestones' order by id`,
      )
      .then(({ rows }) => rows.map(({ payload }) => payload))
  const remind = () => db.transact(administration, (tx) => remindOfMilestones(tx, url))

  test('GOV-7: the secretariat of who is responsible is told once, in one letter, and anew when it is moved', async () => {
    // two days before the clocks change, in Denmark and elsewhere
    db.clock.now = new Date('2027-03-26T05:20:00Z')
    okValue(
      await does(db, secretary, addMilestone, own({ names: { da: 'Sommertid' }, day: '2027-04-08', comes: 'once' })),
    )
    expect(await remind()).toBe(2)
    const first = await letters()
    expect(new Set(first.map(({ to }) => to))).toEqual(new Set([secretary.email, clerk.email]))
    expect(JSON.stringify(first)).toContain('Sommertid')
    for (const time of [
      '2027-03-26T22:59:00Z',
      '2027-03-28T00:59:00Z',
      '2027-03-28T01:01:00Z',
      '2027-03-29T05:20:00Z',
    ]) {
      db.clock.now = new Date(time)
      expect(await remind()).toBe(0)
    }
    const stored = await db.transact(administration, (tx) => wheelBySlug(tx, wheel))
    const id = stored?.milestones.find(({ names }) => names.da === 'Sommertid')?.slug ?? ''
    okValue(await does(db, secretary, moveMilestone, move({ milestone: id, byRule: '2027-04-08', day: '2027-04-09' })))
    expect(await remind()).toBe(2)
  })

  test('GOV-7: the letter names days, milestones and bodies', () => {
    const written = milestoneLetter.write({
      items: [{ day: '2027-04-08', name: 'Sommertid', body: 'Takstgruppen' }],
      link: 'https://linden.example/year-wheel',
    })
    expect(written.text).toContain('8\u00a0April 2027: Sommertid (Takstgruppen)')
    expect(written.text).toContain('https://linden.example/year-wheel')
  })
})

test('GOV-7: a wheel of a pack names what is there, hangs on itself nowhere, and is complete in every round', () => {
  const known = { bodies: new Set(['body']), organisations: new Set(['office']) }
  const milestone = {
    slug: 'one',
    names: { en: 'One' },
    body: 'body',
    certainty: 'stated',
    recurs: { from: '2020-01-01', rule: 'FREQ=YEARLY' },
  }
  const after = (slug: string, to: string) => ({
    ...milestone,
    slug,
    recurs: undefined,
    relative: { to, side: 'after', amount: 1, unit: 'days' },
  })
  const mistakes = (more: object, milestones: object[] = [milestone]) =>
    mistakesOfWheels(
      [
        YearWheel.parse({
          slug: 'w',
          names: { en: 'W' },
          about: { en: 'W' },
          years: 1,
          begins: '2020-01-01',
          organisation: 'office',
          milestones,
          ...more,
        }),
      ],
      known,
      'DK',
    ).map(({ path, message }) => `${path} ${message}`)
  expect(mistakes({})).toEqual([])
  expect(mistakes({ organisation: 'nobody' })).toEqual(['w nobody is no organisation of this pack'])
  expect(mistakes({}, [{ ...milestone, body: 'nobody' }])).toEqual(['w.one nobody is no body of this pack'])
  expect(mistakes({}, [milestone, milestone])).toEqual(['w.one stands twice'])
  expect(mistakes({}, [after('a', 'none')])).toEqual(['w.a none is no milestone of this wheel'])
  expect(mistakes({}, [after('a', 'b'), after('b', 'a')])).toEqual(['w a, b hang on each other'])
  expect(mistakes({}, [{ ...milestone, recurs: { from: '2020-06-01', rule: 'FREQ=YEARLY;INTERVAL=2' } }])[0]).toBe(
    'w.one does not come in 2021: every round is complete',
  )
  expect(mistakes({}, [{ ...milestone, certainty: 'own' }])).toEqual([
    'w.one only a secretariat adds its own milestones',
  ])
})

import { beforeAll, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testHouse } from '../../../test/house.ts'
import { type Somebody, somebody } from '../../../test/people.ts'
import { dayAfter } from '../../platform/calendar/working-days.ts'
import { prepareConference } from './commands/forums/prepare-conference.ts'
import { recommend } from './commands/forums/recommend.ts'
import { setUpGroup } from './commands/forums/set-up-group.ts'
import { giveMandate } from './commands/give-mandate.ts'
import { addMilestone } from './commands/wheel/add-milestone.ts'
import { does, okValue } from './governance.fixture.ts'

const at = await testHouse()
const { db } = at
const today = db.clock.now.toISOString().slice(0, 10)

let secretary: Somebody
let elsewhere: Somebody
let worker: Somebody

beforeAll(async () => {
  secretary = await somebody(at, 'Secretary', [{ organisation: 'viborg-kommune', role: 'secretariat' }])
  elsewhere = await somebody(at, 'Elsewhere', [{ organisation: 'dovira', role: 'secretariat' }])
  worker = await somebody(at, 'Worker', [{ organisation: 'viborg-kommune', role: 'editor' }])
  const actor = await addActor(db, 'Colleague', [{ organisation: 'viborg-kommune', role: 'secretariat' }])
  const day = (distance: number) => dayAfter(today, distance)
  okValue(
    await does(db, actor, setUpGroup, {
      setUpBy: 'dassos',
      names: { en: 'Group at work' },
      purpose: { en: 'x' },
      begins: day(-3),
    }),
  )
  okValue(
    await does(db, actor, recommend, {
      body: 'hjerneskadesamraad-voksne',
      recommendedOn: day(-10),
      title: { en: 'Recommended ten days ago' },
      words: { en: 'x' },
      to: ['dassos'],
    }),
  )
  for (const [distance, name] of [
    [59, 'Milestone that is near'],
    [62, 'Milestone that is far'],
  ] as const)
    okValue(
      await does(db, actor, addMilestone, {
        wheel: 'aarshjul-for-rammeaftalen',
        names: { en: name },
        body: 'takstgruppen',
        day: day(distance),
        comes: 'once',
      }),
    )
  okValue(
    await does(db, actor, giveMandate, {
      body: 'dassos',
      seat: 'formand',
      name: 'Ada Holm',
      since: day(-90),
      until: day(20),
    }),
  )
  okValue(
    await does(db, actor, prepareConference, {
      body: 'kkr-midtjylland',
      title: { en: 'Conference in draft' },
      about: { en: 'x' },
      place: 'x',
      day: day(50),
      from: '09:00',
      until: '10:00',
      answerBy: day(40),
      invites: [{ body: 'dialogforum', roles: ['member'] }],
    }),
  )
})

test('GOV-11: a secretariat sees what is due in all bodies that it serves, each line one link', async () => {
  const page = await (await secretary.browser.get('/governance')).text()
  for (const words of [
    'What is due',
    'Group at work',
    'at work without approved terms of reference',
    'Recommended ten days ago',
    'waiting for 10 days',
    'Milestone that is near',
    'Ada Holm',
    'Conference in draft',
    'href="/governance/seats/dassos"',
    // decisions that were recorded stay in reach
    'id="decisions"',
  ])
    expect(page).toContain(words)
  expect(page).not.toContain('Milestone that is far')
  for (const [line] of page
    .slice(page.indexOf('id="main"'), page.indexOf('id="decisions"'))
    .matchAll(/<li>[\s\S]*?<\/li>/g))
    expect(line.match(/<a /g)).toHaveLength(1)
})

test('GOV-11: what is due elsewhere is nobody else’s, and no desk opens without its role', async () => {
  const page = await (await elsewhere.browser.get('/governance')).text()
  for (const words of [
    'Group at work',
    'Recommended ten days ago',
    'Milestone that is near',
    'Ada Holm',
    'Conference in draft',
  ])
    expect(page).not.toContain(words)
  expect((await worker.browser.get('/governance')).status).toBe(403)
})

test('GOV-11: meetings wait for what comes next: those to come for their agenda, those held for their minutes, those approved for nothing', async () => {
  const client = await db.ownerPool.connect()
  try {
    await client.query('begin; set local session_replication_role = replica')
    for (const [state, distance] of [
      ['planned', 10],
      ['held', -10],
      ['approved', -20],
      ['planned', 90],
    ] as const)
      await client.query(
        `insert into governance.meeting (body_id, title, locale, starts_at, state, created_by)
         select b.id, $1, 'en', $2::date + time '10:00', $3, (select a.id from access.account a limit 1) from governance.body b where b.slug = 'dassos'`,
        [`Meeting ${state} ${distance}`, dayAfter(today, distance), state],
      )
    await client.query('commit')
  } finally {
    client.release()
  }
  const page = await (await secretary.browser.get('/governance')).text()
  const due = page.slice(page.indexOf('id="main"'), page.indexOf('id="decisions"'))
  for (const title of ['Meeting planned 10', 'Meeting held -10']) expect(due.split(title)).toHaveLength(2)
  for (const title of ['Meeting approved -20', 'Meeting planned 90']) expect(due).not.toContain(title)
})

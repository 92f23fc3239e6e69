import { beforeAll, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testHouse } from '../../../test/house.ts'
import type { Actor } from '../../platform/access/actor.ts'
import { perform } from '../../platform/access/perform.ts'
import type { DemoStage } from '../../platform/demo/stage.ts'
import { playMeetings } from './demo-meetings.ts'
import { playSeats } from './demo-seats.ts'
import { listMatters, pathOf } from './store/matters/read-matters.ts'
import { listMeetings } from './store/meetings/read-meetings.ts'

const now = new Date('2026-11-29T10:00:00Z')
const { db } = await testHouse({ now })
const secretaries = new Map<string, Actor>()

const stage: DemoStage = {
  packs: new Set(['dk-midtjylland', 'ua-kharkiv', 'de-stuttgart']),
  now,
  database: db,
  token: () => '',
  transact: (work) => db.transact({ actor: null }, work),
  async perform(key, command, input, { email, daysAgo = 0 }) {
    db.clock.now = new Date(now.getTime() - daysAgo * 86_400_000)
    const actor = secretaries.get(email ?? '') ?? null
    const outcome = await perform(command, input, { database: db, actor, locale: 'en', origin: 'command-line' })
    db.clock.now = now
    if (outcome.is !== 'ok') throw new Error(`${key}: ${JSON.stringify(outcome)}`)
  },
}

beforeAll(async () => {
  for (const [place, organisation] of [
    ['viborg', 'viborg-kommune'],
    ['kharkiv', 'dovira'],
    ['stuttgart', 'jugendamt'],
  ] as const)
    secretaries.set(
      `secretariat.${place}@example.org`,
      await addActor(db, place, [
        { organisation, role: 'secretariat' },
        ...(place === 'stuttgart' ? [{ organisation: 'sozialamt', role: 'secretariat' } as const] : []),
      ]),
    )
  await playSeats(stage)
  await playMeetings(stage)
})

test('GOV-3: the demo’s region is in the middle of its two years: twelve meetings, past and coming, and minutes to read', async () => {
  const own = secretaries.get('secretariat.viborg@example.org')?.account ?? null
  const all = await db.transact({ actor: own }, (tx) => listMeetings(tx, { pack: 'dk-midtjylland' }, { limit: 50 }))
  expect(all.meetings.length).toBeGreaterThanOrEqual(12)
  expect(new Set(all.meetings.map(({ state }) => state))).toEqual(new Set(['planned', 'invited', 'held', 'approved']))
  expect(all.meetings.some(({ startsAt }) => startsAt > now)).toBe(true)
  const open = await db.transact({ actor: null }, (tx) => listMeetings(tx, {}, { limit: 50 }))
  expect(new Set(open.meetings.map(({ body }) => body.slug))).toEqual(
    new Set(['dassos', 'forretningsudvalget', 'jugendhilfeausschuss']),
  )
})

test('GOV-2: a theme of the Dialogforum goes over DASSOS and KD-net to KKR, and its way can be read', async () => {
  const path = await db.transact({ actor: null }, async (tx) => {
    const { matters } = await listMatters(tx, { publicOnly: true, pack: 'dk-midtjylland' }, { limit: 50 })
    return pathOf(tx, matters.find(({ sourceName }) => sourceName === 'Dialogforum')?.id ?? '')
  })
  expect(path.map(({ deed, body }) => [deed, body.slug])).toEqual([
    ['raised', 'dassos'],
    ['scheduled', 'dassos'],
    ['decided', 'dassos'],
    ['sent-on', 'dassos'],
    ['scheduled', 'kd-net'],
    ['decided', 'kd-net'],
    ['sent-on', 'kd-net'],
    ['scheduled', 'kkr-midtjylland'],
    ['decided', 'kkr-midtjylland'],
  ])
})

import { beforeAll, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testHouse } from '../../../test/house.ts'
import type { Actor } from '../../platform/access/actor.ts'
import { perform } from '../../platform/access/perform.ts'
import type { DemoStage } from '../../platform/demo/stage.ts'
import { playRules } from './demo-rules.ts'
import { listCentralRequests, progressOf } from './store/central/read-central.ts'
import { listQuestions } from './store/questions/read-questions.ts'

const now = new Date('2026-11-29T10:00:00Z')
const { db } = await testHouse({ now })
const people = new Map<string, Actor>()

const stage: DemoStage = {
  packs: new Set(['dk-midtjylland']),
  now,
  database: db,
  token: () => '',
  transact: (work) => db.transact({ actor: null, purpose: 'administration' }, work),
  async perform(key, command, input, { email, daysAgo = 0 }) {
    db.clock.now = new Date(now.getTime() - daysAgo * 86_400_000)
    const actor = people.get(email ?? '') ?? null
    const outcome = await perform(command, input, { database: db, actor, locale: 'da', origin: 'command-line' })
    db.clock.now = now
    if (outcome.is !== 'ok') throw new Error(`${key}: ${JSON.stringify(outcome)}`)
  },
}

beforeAll(async () => {
  for (const [name, role] of [
    ['secretariat', 'secretariat'],
    ['worker', 'case_worker'],
  ] as const)
    people.set(`${name}.viborg@example.org`, await addActor(db, name, [{ organisation: 'viborg-kommune', role }]))
})

test('GOV-15, GOV-16: the demo has answered questions, an open one, and a request that municipalities are answering', async () => {
  await playRules(stage)
  const { questions, requests, progress } = await db.transact({ actor: null }, async (tx) => {
    const found = await listQuestions(tx, { pack: 'dk-midtjylland' }, { after: undefined, limit: 50 })
    const [request] = await listCentralRequests(tx, 'dk-midtjylland')
    return { questions: found.questions, requests: request, progress: request ? await progressOf(tx, request.id) : [] }
  })
  // the third one is open: authorities alone read it
  expect(questions.map(({ body }) => body.slug)).toEqual(['takstgruppen', 'takstgruppen'])
  expect(requests?.title.da).toContain('Eksempel')
  expect([
    progress.length,
    progress.filter(({ begun }) => begun).length,
    progress.filter(({ sentAt }) => sentAt).length,
  ]).toEqual([20, 8, 7])
})

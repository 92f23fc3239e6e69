import { beforeAll, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testDatabase } from '../../../test/database.ts'
import { act, askForHelp, done, loadIntakePacks, newToken, serviceId } from '../../../test/intake-house.ts'
import type { Actor } from '../../platform/access/actor.ts'
import type { Outcome } from '../../platform/access/outcome.ts'
import { askForDocuments } from './commands/ask-for-documents.ts'
import { decideRequest } from './commands/decide-request.ts'
import { saveDraft } from './commands/save-draft.ts'
import { setService } from './commands/set-service.ts'
import { settleDocument } from './commands/settle-document.ts'
import { startRequest } from './commands/start-request.ts'
import { submitRequest } from './commands/submit-request.ts'
import { takeRequest } from './commands/take-request.ts'
import { withdrawRequest } from './commands/withdraw-request.ts'
import { documentsOf } from './store/documents.ts'
import { stepsOf } from './store/steps.ts'

const db = await testDatabase()
let worker: Actor

beforeAll(async () => {
  await loadIntakePacks(db)
  worker = await addActor(db, 'Олена Коваль', [{ organisation: 'dovira', role: 'case_worker' }])
})

const shelter = { pack: 'ua-kharkiv', service: 'nadannia-prytulku' } as const
const given = { name: 'Helga Brandt', relation: 'neighbour', consent: 'given' } as const

describe('INT-1: a link opens its own request', () => {
  test('whoever sees another request by their account holds no link of it', async () => {
    const own = await askForHelp(db, shelter)
    const { id } = await askForHelp(db, shelter)
    // the office says why it takes a request back; a link in its hands would make it the person
    expect((await act(db, worker, withdrawRequest, { token: own.token, request: id })).is).toBe('notFound')
    expect((await act(db, worker, withdrawRequest, { request: id })).is).toBe('invalid')
  })
})

describe('INT-2: two at once', () => {
  /** Both act at the same moment, each in a transaction of its own. */
  const both = async (one: Promise<Outcome<unknown>>, other: Promise<Outcome<unknown>>) =>
    (await Promise.all([one, other])).map(({ is }) => is).sort()
  const taken = async () => {
    const asked = await askForHelp(db, shelter)
    done(await act(db, worker, takeRequest, { request: asked.id }))
    const papers = await db.transact({ actor: worker.account }, (tx) => documentsOf(tx, asked.id))
    return { ...asked, papers: papers.filter(({ from }) => from === 'person').map(({ id }) => id) }
  }
  const draft = async () => {
    const token = newToken()
    const service = await serviceId(db, shelter.service)
    done(await act(db, null, startRequest, { token, pack: shelter.pack, service }))
    done(
      await act(db, null, saveDraft, {
        token,
        version: 1,
        particulars: { name: 'Olena Tkachenko' },
        situation: { words: 'Мені ніде жити.' },
      }),
    )
    return token
  }

  test('a request that is sent from two windows is sent once', async () => {
    const token = await draft()
    const send = () => act(db, null, submitRequest, { token, version: 2 })
    expect(await both(send(), send())).toEqual(['late', 'ok'])
  })

  test('two decisions, and a decision and its withdrawal: one of them holds', async () => {
    const first = await taken()
    for (const document of first.papers) done(await act(db, worker, settleDocument, { document, as: 'seen' }))
    const accept = (request: string) => act(db, worker, decideRequest, { request, outcome: 'accepted' })
    expect(await both(accept(first.id), accept(first.id))).toEqual(['late', 'ok'])
    const second = await taken()
    for (const document of second.papers) done(await act(db, worker, settleDocument, { document, as: 'seen' }))
    const withdraw = act(db, null, withdrawRequest, { token: second.token })
    expect(await both(withdraw, accept(second.id))).toEqual(['late', 'ok'])
  })

  test('asked for papers twice at once, another service twice at once: no step is made twice', async () => {
    const { id, papers } = await taken()
    const service = await serviceId(db, 'konsultuvannia')
    const change = () => act(db, worker, setService, { request: id, service })
    expect(await both(change(), change())).toEqual(['ok', 'ok'])
    const other = await taken()
    const ask = () => act(db, worker, askForDocuments, { request: other.id, documents: other.papers })
    expect(await both(ask(), ask())).toEqual(['late', 'ok'])
    const settle = (as: 'seen' | 'waived') =>
      Promise.all(
        other.papers.map((document) => act(db, worker, settleDocument, { document, as, reason: 'Not needed here' })),
      ).then(([outcome]) => outcome ?? { is: 'notFound' as const })
    await both(settle('seen'), settle('waived'))
    const steps = await db.transact({ actor: worker.account }, (tx) => stepsOf(tx, other.id))
    expect(steps.filter(({ from, to }) => from === 'waiting' && to === 'in-review').length).toBe(1)
    expect(papers.length).toBeGreaterThan(0)
  })
})

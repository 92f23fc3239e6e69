import { beforeAll, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testDatabase } from '../../../test/database.ts'
import { act, askForHelp, done, loadIntakePacks, seen } from '../../../test/intake-house.ts'
import type { Actor } from '../../platform/access/actor.ts'
import { dayIn } from '../../platform/i18n/day.ts'
import { serviceById } from '../directory/contract.ts'
import { recordDecision } from '../governance/contract.ts'
import { decideRequest, standingOf } from './commands/decide-request.ts'
import { settleDocument } from './commands/settle-document.ts'
import { takeRequest } from './commands/take-request.ts'
import { groundsNow } from './rules/decision.ts'
import { following, mayFollow } from './rules/states.ts'
import { clocksOf } from './store/clocks.ts'
import { decisionOf, followUpsOf } from './store/decisions.ts'
import { documentsOf } from './store/documents.ts'
import { courseOf } from './store/procedure.ts'
import { RequestState } from './types.ts'

const db = await testDatabase({ now: new Date('2026-11-23T09:00:00Z') })
const workers = new Map<string, Actor>()

beforeAll(async () => {
  await loadIntakePacks(db)
  for (const organisation of ['dovira', 'viborg-kommune', 'sozialamt', 'jugendamt', 'krisecenter-klokkelyng'])
    workers.set(
      organisation,
      await addActor(db, `Worker of ${organisation}`, [
        { organisation, role: 'team_lead' },
        { organisation, role: 'secretariat' },
      ]),
    )
})

const workerOf = (organisation: string): Actor => {
  const worker = workers.get(organisation)
  if (!worker) throw new Error(`nobody works for ${organisation}`)
  return worker
}

/** What each of the twelve cards says that happens: papers of the person, bodies, what follows. */
const twelve: Readonly<Record<string, { papers: number; bodies: number; follows: string[]; refusable: boolean }>> = {
  'sotsialnyi-suprovid': { papers: 2, bodies: 2, follows: ['formal-decision', 'contract', 'case'], refusable: false },
  'vlashtuvannia-do-simeinykh-form-vykhovannia': {
    papers: 3,
    bodies: 1,
    follows: ['formal-decision', 'case'],
    refusable: true,
  },
  'sotsialna-adaptatsiia': { papers: 0, bodies: 0, follows: ['case'], refusable: false },
  konsultuvannia: { papers: 2, bodies: 0, follows: ['recorded-help'], refusable: false },
  'sotsialna-profilaktyka': { papers: 0, bodies: 0, follows: ['group'], refusable: false },
  'kryzove-ta-ekstrene-vtruchannia': { papers: 1, bodies: 0, follows: ['recorded-help', 'case'], refusable: false },
  'nadannia-prytulku': { papers: 1, bodies: 0, follows: ['waiting-list', 'case'], refusable: false },
  'predstavnytstvo-interesiv': { papers: 2, bodies: 0, follows: ['case'], refusable: false },
  'poserednytstvo-mediatsiia': { papers: 2, bodies: 0, follows: ['recorded-help'], refusable: false },
  'sotsialna-reabilitatsiia': { papers: 2, bodies: 0, follows: ['case'], refusable: false },
  'sotsialna-intehratsiia-ta-reintehratsiia': { papers: 1, bodies: 0, follows: ['case'], refusable: false },
  'pidtrymane-prozhyvannia': { papers: 1, bodies: 0, follows: ['case'], refusable: false },
}

describe('all twelve services of Kharkiv, each by its own card', () => {
  test.each(Object.entries(twelve))('INT-2, INT-4, INT-6: %s is asked for and decided', async (slug, says) => {
    const worker = workerOf('dovira')
    const asWorker = <T>(work: Parameters<typeof db.transact<T>>[1]) => db.transact({ actor: worker.account }, work)
    const { id } = await askForHelp(db, { pack: 'ua-kharkiv', service: slug })
    const sent = await seen(db, id, worker)
    expect(sent?.needsBody.length).toBe(says.bodies)
    const papers = await asWorker((tx) => documentsOf(tx, id))
    expect(papers.filter(({ from }) => from === 'person').length).toBe(says.papers)
    done(await act(db, worker, takeRequest, { request: id }))

    const refused = await act(db, worker, decideRequest, {
      request: id,
      outcome: 'refused',
      ground: 'incomplete-documents',
      facts: 'Бракує документів, які вимагає картка.',
      human: 'Черговий центру',
    })
    expect(refused.is).toBe('invalid')

    const accept = () => act(db, worker, decideRequest, { request: id, outcome: 'accepted' })
    if (says.papers > 0)
      expect(await accept()).toMatchObject({
        is: 'invalid',
        errors: [{ path: 'outcome' }, ...(says.bodies ? [{ path: 'bodyDecision' }] : [])],
      })
    for (const paper of papers)
      if (paper.from === 'person' && paper.needed !== 'if-available')
        done(await act(db, worker, settleDocument, { document: paper.id, as: 'seen' }))
    if (says.bodies > 0) {
      expect(await accept()).toMatchObject({ is: 'invalid', errors: [{ path: 'bodyDecision' }] })
      const course = await asWorker((tx) => courseOf(tx, 'ua-kharkiv'))
      const line = course?.procedure.bodyDecisions.find(({ services }) => services.includes(slug))
      done(
        await act(db, worker, recordDecision, {
          body: line?.bodies[0] ?? '',
          matter: line?.matter ?? '',
          outcome: 'agreed',
          decidedOn: '2026-11-20',
          title: { uk: 'Рішення про послугу' },
          subject: { kind: 'intake.request', id },
        }),
      )
    }
    done(await accept())
    const [decision, follows] = await asWorker((tx) => Promise.all([decisionOf(tx, id), followUpsOf(tx, id)]))
    expect(decision?.bodyDecision !== undefined).toBe(says.bodies > 0)
    expect(follows.map(({ kind }) => kind)).toEqual(says.follows)
  })

  test.each(Object.entries(twelve))(
    'INT-5: %s can be refused only on a ground of entry of its card',
    async (slug, says) => {
      const worker = workerOf('dovira')
      const { id } = await askForHelp(db, { pack: 'ua-kharkiv', service: slug })
      done(await act(db, worker, takeRequest, { request: id }))
      const grounds = await db.transact({ actor: worker.account }, async (tx) => {
        const [request, course] = [await seen(db, id, worker), await courseOf(tx, 'ua-kharkiv')]
        if (!request || !course) throw new Error('nothing to decide')
        const service = await serviceById(tx, request.service ?? '')
        const standing = await standingOf(tx, course, request, service)
        // as if the reminder had gone out and the time of grace were over
        return groundsNow({ ...standing, graceUntil: new Date(0) }, db.clock.now).map(({ code }) => code)
      })
      expect(grounds).toEqual(says.refusable ? ['incomplete-documents'] : [])
    },
  )
})

describe('two other countries, other deadlines', () => {
  const deadlines = async (pack: string, service: string, organisation: string, area?: string) => {
    const { id } = await askForHelp(db, {
      pack,
      service,
      particulars: { name: 'Sofie Nørskov', ...(area ? { area } : {}) },
    })
    const worker = workerOf(organisation)
    const clocks = await db.transact({ actor: worker.account }, (tx) => clocksOf(tx, id))
    const zone = {
      'ua-kharkiv': 'Europe/Kyiv',
      'dk-midtjylland': 'Europe/Copenhagen',
      'de-stuttgart': 'Europe/Berlin',
    }[pack]
    return Object.fromEntries(
      clocks.map(({ kind, dueAt }) => [kind, dayIn(new Date(dueAt.getTime() - 1), zone ?? 'UTC')]),
    )
  }

  test('INT-3: a crisis centre in Viborg admits within a day, a municipality decides within four weeks', async () => {
    expect(await deadlines('dk-midtjylland', 'viborg-krisecenter-klokkelyng', 'krisecenter-klokkelyng')).toMatchObject({
      decision: '2026-11-24',
    })
  })

  test('INT-3: Stuttgart has two weeks to settle who is in charge', async () => {
    expect(await deadlines('de-stuttgart', 'gesamtplan-eingliederungshilfe', 'sozialamt')).toMatchObject({
      assessment: '2026-12-07',
    })
  })

  test('INT-3: Kharkiv assesses within five and decides within ten working days', async () => {
    expect(await deadlines('ua-kharkiv', 'konsultuvannia', 'dovira')).toEqual({
      assessment: '2026-11-30',
      decision: '2026-12-07',
    })
  })
})

test('INT-2: the database and the rules know the same steps, and no other', async () => {
  for (const before of RequestState.options)
    for (const after of RequestState.options) {
      const { rows } = await db.ownerPool.query('select intake.may_follow($1, $2) as may', [before, after])
      expect(rows[0].may, `${before} → ${after}`).toBe(mayFollow(before, after))
      expect(following(before).includes(after)).toBe(mayFollow(before, after))
    }
})

import { beforeAll, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testDatabase } from '../../../test/database.ts'
import { act, askForHelp, done, loadIntakePacks, serviceId } from '../../../test/intake-house.ts'
import type { Actor, Role } from '../../platform/access/actor.ts'
import type { Outcome } from '../../platform/access/outcome.ts'
import type { Tx } from '../../platform/db/database.ts'
import { askForDocuments } from './commands/ask-for-documents.ts'
import { decideRequest } from './commands/decide-request.ts'
import { noteAssessment } from './commands/note-assessment.ts'
import { addDuty } from './commands/set-duty.ts'
import { setService } from './commands/set-service.ts'
import { settleDocument } from './commands/settle-document.ts'
import { takeRequest } from './commands/take-request.ts'
import { withdrawRequest } from './commands/withdraw-request.ts'
import { linkPurpose } from './link.ts'
import cases from './permissions.cases.json' with { type: 'json' }
import { clocksOf } from './store/clocks.ts'
import { documentsOf } from './store/documents.ts'
import { readPerson } from './store/people.ts'
import { officeBySlug } from './store/procedure.ts'
import { readRequest } from './store/requests.ts'
import { stepsOf } from './store/steps.ts'

const db = await testDatabase()
/** Whoever tries: an account, or a link. */
interface Somebody {
  actor: Actor | null
  link?: 'own' | 'other'
}
const people = new Map<string, Somebody>()
let worker: Actor
let other: Awaited<ReturnType<typeof askForHelp>>
let office = ''
let service = ''
let person: Somebody
let helper: Actor

beforeAll(async () => {
  await loadIntakePacks(db)
  worker = await addActor(db, 'Worker', [{ organisation: 'dovira', role: 'case_worker' }])
  person = { actor: null }
  helper = await addActor(db, 'Helga Brandt')
  other = await askForHelp(db, { pack: 'ua-kharkiv', service: 'konsultuvannia' })
  office = (await db.transact({ actor: null }, (tx) => officeBySlug(tx, 'dovira')))?.id ?? ''
  service = await serviceId(db, 'konsultuvannia')
  for (const [name, who] of Object.entries(cases.persons)) {
    if (who === null) people.set(name, { actor: null })
    else if (who === 'link') people.set(name, { actor: null, link: 'own' })
    else if (who === 'other link') people.set(name, { actor: null, link: 'other' })
    else if (who === 'person') people.set(name, person)
    else if (who === 'helper') people.set(name, { actor: helper })
    else if (typeof who !== 'string')
      people.set(name, {
        actor: await addActor(
          db,
          name,
          who.map(([organisation = '', role]) => ({ organisation, role: role as Role })),
        ),
      })
  }
})

/** A request in review: by a person who asks for the first time, or entered by the helper where the helper tries. */
async function something(by: Somebody) {
  person.actor = await addActor(db, 'Наталя Гриценко')
  const asked = await askForHelp(db, {
    pack: 'ua-kharkiv',
    service: 'nadannia-prytulku',
    ...(by.actor === helper
      ? {
          actor: helper,
          kind: 'referral',
          enteredBy: { name: 'Helga Brandt', relation: 'neighbour', consent: 'given' },
        }
      : { actor: person.actor }),
  })
  done(await act(db, worker, takeRequest, { request: asked.id }))
  const found = await db.transact({ actor: worker.account }, async (tx) => ({
    papers: await documentsOf(tx, asked.id),
    request: await readRequest(tx, asked.id),
  }))
  return { ...asked, paper: found.papers[0]?.id ?? '', person: found.request?.person ?? '' }
}

type Thing = Awaited<ReturnType<typeof something>>
const tokenOf = ({ link }: Somebody, thing: Thing) =>
  link === 'own' ? thing.token : link === 'other' ? other.token : undefined

/** Reads as somebody: by their account, or on the errand of their link. */
const reads =
  (read: (tx: Tx, thing: Thing) => Promise<unknown>) =>
  async (by: Somebody, thing: Thing): Promise<Outcome<unknown>> => {
    const token = tokenOf(by, thing)
    const identity = { actor: by.actor?.account ?? null, ...(token ? { purpose: linkPurpose(token) } : {}) }
    const found = await db.transact(identity, (tx) => read(tx, thing))
    return found === undefined || (Array.isArray(found) && found.length === 0)
      ? { is: 'notFound' }
      : { is: 'ok', value: found }
  }

const acts: Record<string, (by: Somebody, thing: Thing) => Promise<Outcome<unknown>>> = {
  readRequest: reads((tx, { id }) => readRequest(tx, id)),
  readPerson: reads((tx, thing) => readPerson(tx, thing.person)),
  readDocuments: reads((tx, { id }) => documentsOf(tx, id)),
  readSteps: reads((tx, { id }) => stepsOf(tx, id)),
  readClocks: reads((tx, { id }) => clocksOf(tx, id)),
  withdrawRequest: (by, thing) => {
    const token = tokenOf(by, thing)
    return act(db, by.actor, withdrawRequest, {
      ...(token ? { token } : {}),
      request: thing.id,
      reason: 'No longer needed',
    })
  },
  setService: ({ actor }, { id }) => act(db, actor, setService, { request: id, service }),
  noteAssessment: ({ actor }, { id }) => act(db, actor, noteAssessment, { request: id }),
  askForDocuments: ({ actor }, { id, paper }) => act(db, actor, askForDocuments, { request: id, documents: [paper] }),
  settleDocument: ({ actor }, { paper }) => act(db, actor, settleDocument, { document: paper, as: 'seen' }),
  decideRequest: async ({ actor }, { id, paper }) => {
    done(await act(db, worker, settleDocument, { document: paper, as: 'seen' }))
    return act(db, actor, decideRequest, { request: id, outcome: 'accepted' })
  },
  addDuty: ({ actor }) => {
    const at = db.clock.now.getTime() + Math.floor(Math.random() * 1e9) * 1000
    return act(db, actor, addDuty, {
      organisation: office,
      account: worker.account,
      from: new Date(at).toISOString(),
      until: new Date(at + 60_000).toISOString(),
    })
  },
}

describe('INT-1, GOV-13: who may see and do what', () => {
  test('every act of the table is tried, and no other', () => {
    expect(Object.keys(cases.acts).sort()).toEqual(Object.keys(acts).sort())
  })

  test.each(
    Object.entries(cases.acts).flatMap(([name, permitted]) =>
      Object.keys(cases.persons).map((who) => ({ name, who, may: permitted.includes(who) })),
    ),
  )('$name by $who: $may', async ({ name, who, may }) => {
    const by = people.get(who) ?? { actor: null }
    const thing = await something(by)
    const outcome = await acts[name]?.(by, thing)
    if (may) expect(outcome).toMatchObject({ is: 'ok' })
    else expect(['forbidden', 'notFound']).toContain(outcome?.is)
  })
})

describe('row level security, as the role of the program', () => {
  const tables = ['request', 'person', 'step', 'document', 'clock', 'link'] as const

  test.each(tables)('intake.%s shows a stranger nothing at all, without any filter', async (table) => {
    await something(person)
    for (const who of [
      'nobody',
      'another resident',
      'provider of the same organisation',
      'editor of the same organisation',
      'administrator',
      'data protection officer',
    ]) {
      const client = await db.pool.connect()
      try {
        await client.query('begin')
        await client.query(`select set_config('app.actor', $1, true)`, [people.get(who)?.actor?.account ?? ''])
        const { rows } = await client.query(`select count(*)::int as n from intake.${table}`)
        expect([who, rows[0].n]).toEqual([who, 0])
      } finally {
        await client.query('rollback')
        client.release()
      }
    }
  })
})

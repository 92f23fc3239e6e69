import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testHouse } from '../../../test/house.ts'
import type { Actor } from '../../platform/access/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { threadOf } from '../../platform/thread/thread.ts'
import { governance } from './capability.ts'
import { shareDecision } from './commands/share-decision.ts'
import { supersedeDecision } from './commands/supersede-decision.ts'
import { bodyBySlug, decisionsAbout, recordDecision } from './contract.ts'
import { does, okValue, personalDecision, publicDecision } from './governance.fixture.ts'
import { decisionById } from './store/read-decisions.ts'

const { db } = await testHouse({ now: new Date('2026-11-29T10:00:00Z') })

let secretary: Actor
let worker: Actor
let lead: Actor
let elsewhere: Actor
let colleague: Actor

beforeAll(async () => {
  secretary = await addActor(db, 'Secretary', [{ organisation: 'dovira', role: 'secretariat' }])
  worker = await addActor(db, 'Worker', [{ organisation: 'dovira', role: 'case_worker' }])
  lead = await addActor(db, 'Lead', [{ organisation: 'dovira', role: 'team_lead' }])
  elsewhere = await addActor(db, 'Elsewhere', [{ organisation: 'jugendamt', role: 'secretariat' }])
  colleague = await addActor(db, 'Colleague', [{ organisation: 'dovira', role: 'provider' }])
})

/** What the program's role answers to one statement of this actor. */
const as = <T>(actor: Actor | null, work: (tx: Tx) => Promise<T>) =>
  db.transact({ actor: actor?.account ?? null }, work)
const sees = async (actor: Actor | null, id: string) => (await as(actor, (tx) => decisionById(tx, id))) !== undefined
const refused = /permission denied|row-level security|may not decide|follows from its matter|never enters|may not read/

async function row(id: string) {
  const { rows } = await db.ownerPool.query('select * from governance.decision where id = $1', [id])
  return rows[0]
}

describe('recording', () => {
  test('GOV-4: decisions of a body are numbered through its year, and a number is given once', async () => {
    const first = okValue(await does(db, secretary, recordDecision, publicDecision()))
    const second = okValue(await does(db, secretary, recordDecision, publicDecision()))
    expect(Number(second.number)).toBe(Number(first.number) + 1)
    const own = okValue(await does(db, secretary, recordDecision, publicDecision({ number: '17-a' })))
    expect(own.number).toBe('17-a')
    expect(await does(db, secretary, recordDecision, publicDecision({ number: '17-a' }))).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'number' }],
    })
    const lastYear = okValue(
      await does(db, secretary, recordDecision, publicDecision({ decidedOn: '2025-03-01', number: '17-a' })),
    )
    expect(lastYear.number).toBe('17-a')
    const next = okValue(await does(db, secretary, recordDecision, publicDecision({ decidedOn: '2025-03-02' })))
    expect(next.number).toBe('1')
  })

  test('GOV-4: decisions of one body recorded at once get different numbers', async () => {
    const made = await Promise.all(
      Array.from({ length: 5 }, () => does(db, secretary, recordDecision, publicDecision({ decidedOn: '2024-05-01' }))),
    )
    expect(made.map((one) => Number(okValue(one).number)).sort()).toEqual([1, 2, 3, 4, 5])
  })

  test('GOV-4: nobody records what the body may not decide, nor a decision of tomorrow', async () => {
    expect(await does(db, secretary, recordDecision, publicDecision({ matter: 'budget' }))).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'matter' }],
    })
    expect(await does(db, secretary, recordDecision, publicDecision({ decidedOn: '2026-11-30' }))).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'decidedOn' }],
    })
    expect(await does(db, secretary, recordDecision, publicDecision({ body: 'nobody' }))).toEqual({ is: 'notFound' })
  })

  test('GOV-4: the secretariat records; a worker enters from the minutes what is about a person, and nothing else', async () => {
    expect(await does(db, worker, recordDecision, publicDecision())).toEqual({ is: 'forbidden' })
    for (const actor of [elsewhere, colleague, null])
      for (const decision of [publicDecision(), personalDecision()])
        expect(await does(db, actor, recordDecision, decision)).toEqual({ is: 'forbidden' })
    const bySecretary = okValue(await does(db, secretary, recordDecision, personalDecision()))
    const byWorker = okValue(await does(db, worker, recordDecision, personalDecision()))
    const byLead = okValue(await does(db, lead, recordDecision, personalDecision()))
    expect([
      (await row(bySecretary.id)).entered,
      (await row(byWorker.id)).entered,
      (await row(byLead.id)).entered,
    ]).toEqual(['by-secretariat', 'from-minutes', 'from-minutes'])
  })

  test('GOV-4: before the second factor a worker is no worker', async () => {
    expect(await does(db, { ...worker, secondFactor: false }, recordDecision, personalDecision())).toEqual({
      is: 'forbidden',
    })
  })

  test('GOV-13: a public decision leads to nobody’s request', async () => {
    const subject = { kind: 'intake.request', id: crypto.randomUUID() }
    expect(await does(db, secretary, recordDecision, publicDecision({ subject }))).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'subject.id' }],
    })
  })

  test('GOV-4: each record stands in the audit trail, without a word of it', async () => {
    const { id } = okValue(await does(db, secretary, recordDecision, personalDecision()))
    const { rows } = await db.ownerPool.query(
      `select act, about_kind, detail::text as detail from audit.event where about_id = $1`,
      [id],
    )
    expect(rows).toEqual([
      {
        act: 'governance.decision.record',
        about_kind: 'governance.decision',
        detail: expect.not.stringContaining('таємний'),
      },
    ])
  })
})

describe('superseding', () => {
  test('GOV-4: a wrong decision stays word for word, says that it no longer holds, and is replaced once', async () => {
    const wrong = okValue(await does(db, secretary, recordDecision, publicDecision()))
    const before = await row(wrong.id)
    const { body: _, ...fields } = publicDecision({ title: { uk: 'Прийом уранці' }, outcome: 'declined' })
    const right = okValue(await does(db, secretary, supersedeDecision, { ...fields, id: wrong.id }))
    expect(await row(wrong.id)).toEqual(before)
    const shown = await as(null, (tx) => decisionById(tx, wrong.id))
    expect(shown).toMatchObject({ superseded: true, supersededBy: right.id })
    expect(await as(null, (tx) => decisionById(tx, right.id))).toMatchObject({
      supersedes: wrong.id,
      superseded: false,
    })
    expect((await does(db, secretary, supersedeDecision, { ...fields, id: wrong.id })).is).toBe('late')
    const { rows } = await db.ownerPool.query(`select relation from thread.link where from_id = $1 and to_id = $2`, [
      right.id,
      wrong.id,
    ])
    expect(rows).toEqual([{ relation: 'supersedes' }])
  })

  test('GOV-13: superseding makes nothing public, and nothing secret', async () => {
    const { body: _, ...personal } = personalDecision()
    const open = okValue(
      await does(
        db,
        secretary,
        recordDecision,
        publicDecision({ body: 'robocha-hrupa-sotsialnoho-suprovodu', matter: 'poriadok-roboty' }),
      ),
    )
    expect(await does(db, secretary, supersedeDecision, { ...personal, id: open.id })).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'matter' }],
    })
  })

  test('GOV-13: whoever may not read it does not find it to supersede; whoever was shown the wrong one finds the right one', async () => {
    const subject = { kind: 'intake.request', id: crypto.randomUUID() }
    const wrong = okValue(await does(db, secretary, recordDecision, personalDecision({ subject })))
    const { body: _, ...fields } = personalDecision({ outcome: 'declined' })
    expect(await does(db, worker, supersedeDecision, { ...fields, id: wrong.id })).toEqual({ is: 'notFound' })
    okValue(await does(db, secretary, shareDecision, { id: wrong.id, email: worker.email, basis: 'their case' }))
    const right = okValue(await does(db, secretary, supersedeDecision, { ...fields, id: wrong.id }))
    expect(await sees(worker, right.id)).toBe(true)
    expect(await sees(lead, right.id)).toBe(false)
    expect(await as(worker, (tx) => decisionsAbout(tx, 'intake.request', subject.id))).toMatchObject([
      { id: right.id, superseded: false },
      { id: wrong.id, superseded: true, supersededBy: right.id },
    ])
    const { rows } = await db.ownerPool.query('select from thread.link where $1 in (from_id, to_id)', [right.id])
    expect(rows).toEqual([])
  })
})

describe('decisions about people', () => {
  test('GOV-13: read by whoever recorded it and whoever was given a grant, by nobody else, until its last day is over', async () => {
    const { id } = okValue(await does(db, worker, recordDecision, personalDecision()))
    expect(await sees(worker, id)).toBe(true)
    for (const actor of [secretary, lead, colleague, elsewhere, null]) expect(await sees(actor, id)).toBe(false)
    const share = (email: string, more = {}) => ({ id, email, basis: 'prepares the plan', ...more })
    expect(await does(db, secretary, shareDecision, share(lead.email))).toEqual({ is: 'notFound' })
    okValue(await does(db, worker, shareDecision, share(lead.email)))
    expect(await sees(lead, id)).toBe(true)
    for (const stranger of [elsewhere.email, 'nobody@example.org'])
      expect(await does(db, worker, shareDecision, share(stranger))).toMatchObject({ errors: [{ path: 'email' }] })
    expect(await does(db, worker, shareDecision, share(lead.email, { until: '2026-11-28' }))).toMatchObject({
      errors: [{ path: 'until' }],
    })
    okValue(await does(db, worker, shareDecision, share(colleague.email, { until: '2026-12-01' })))
    const { rows } = await db.ownerPool.query(
      `select until, basis from access.grant where object_id = $1 and account_id = $2`,
      [id, colleague.account],
    )
    // midnight in Kyiv
    expect(rows).toEqual([{ until: new Date('2026-12-01T22:00:00Z'), basis: 'prepares the plan' }])
    await db.ownerPool.query(
      `update access.grant set until = now() - interval '1 second' where object_id = $1 and account_id = $2`,
      [id, colleague.account],
    )
    expect(await sees(colleague, id)).toBe(false)
  })

  test('GOV-13: a grant that somebody writes to themselves opens nothing, and one that was passed on ends with its giver’s', async () => {
    const { id } = okValue(await does(db, worker, recordDecision, personalDecision()))
    const grant = (to: Actor, by: Actor) =>
      as(by, (tx) =>
        tx.all(
          sql`insert into access.grant (account_id, object_kind, object_id, basis, granted_by) values (${to.account}, 'governance.decision', ${id}, 'planted', ${by.account})`,
        ),
      )
    await grant(colleague, colleague)
    await grant(lead, colleague)
    expect([await sees(colleague, id), await sees(lead, id)]).toEqual([false, false])
    okValue(await does(db, worker, shareDecision, { id, email: secretary.email, basis: 'the minutes' }))
    okValue(await does(db, secretary, shareDecision, { id, email: lead.email, basis: 'the plan' }))
    expect(await sees(lead, id)).toBe(true)
    await db.ownerPool.query('delete from access.grant where object_id = $1 and account_id = $2', [
      id,
      secretary.account,
    ])
    expect([await sees(secretary, id), await sees(lead, id)]).toEqual([false, false])
  })

  test('GOV-13: it never enters the thread, whoever writes the link and whichever way', async () => {
    const { id } = okValue(await does(db, worker, recordDecision, personalDecision()))
    const open = okValue(await does(db, secretary, recordDecision, publicDecision()))
    const decision = { kind: 'governance.decision', id }
    const other = { kind: 'service', id: crypto.randomUUID() }
    for (const [from, to] of [
      [decision, other],
      [other, decision],
    ] as const)
      await expect(as(worker, async (tx) => threadOf(tx).link(from, 'led-to', to))).rejects.toThrow(refused)
    await as(null, async (tx) => threadOf(tx).link({ ...decision, id: open.id }, 'led-to', other))
    const [kind] = governance.threadKinds
    expect(await as(worker, async (tx) => kind?.describe(tx, id))).toBeUndefined()
    expect(await as(null, async (tx) => kind?.describe(tx, open.id))).toMatchObject({ href: `/decisions/${open.id}` })
  })
})

describe('the database, asked directly by the program’s role', () => {
  const values = async (actor: Actor, more: Record<string, unknown>) => {
    const body = await as(null, (tx) => bodyBySlug(tx, String(more.body ?? 'vykonavchyi-komitet')))
    const told = {
      matter: 'orhanizatsiia-posluh',
      about: false,
      entered: 'by-secretariat',
      by: actor.account,
      supersedes: null,
      ...more,
    }
    return as(actor, (tx) =>
      tx.all(
        sql`insert into governance.decision (body_id, decided_on, matter, outcome, title, about_person, entered, recorded_by, supersedes)
            values (${body?.id}, '2026-11-20', ${told.matter}, 'agreed', '{"uk":"Пряме"}', ${told.about}, ${told.entered}, ${told.by}, ${told.supersedes})`,
      ),
    )
  }

  test('GOV-4: changes no decision and deletes none', async () => {
    const { id } = okValue(await does(db, secretary, recordDecision, publicDecision()))
    for (const statement of [
      sql`update governance.decision set outcome = 'declined' where id = ${id}`,
      sql`delete from governance.decision where id = ${id}`,
      sql`truncate governance.decision`,
    ])
      await expect(as(secretary, (tx) => tx.all(statement))).rejects.toThrow(refused)
  })

  test('GOV-4: records for an entitled body, by its own people, under their own name', async () => {
    await values(secretary, {})
    await expect(values(secretary, { matter: 'budget' })).rejects.toThrow(refused)
    await expect(values(secretary, { matter: 'vlashtuvannia-dytyny', about: false })).rejects.toThrow(refused)
    await expect(values(secretary, { about: true })).rejects.toThrow(refused)
    await expect(values(elsewhere, {})).rejects.toThrow(refused)
    await expect(values(secretary, { by: lead.account })).rejects.toThrow(refused)
    await expect(values(worker, {})).rejects.toThrow(refused)
    await expect(values(worker, { entered: 'from-minutes' })).rejects.toThrow(refused)
    await expect(values(worker, { matter: 'vlashtuvannia-dytyny', about: true })).rejects.toThrow(refused)
    await values(worker, { matter: 'vlashtuvannia-dytyny', about: true, entered: 'from-minutes' })
  })

  test('GOV-4: widens no body, and supersedes nothing it may not read', async () => {
    const widened = await as(secretary, (tx) =>
      tx.all(sql`update governance.body set profile = profile || '{"decidesOn":[]}' returning id`),
    )
    expect(widened).toEqual([])
    const { id } = okValue(await does(db, worker, recordDecision, personalDecision()))
    const body = 'robocha-hrupa-sotsialnoho-suprovodu'
    const over = { body, matter: 'pochatok-suprovodu', about: true, supersedes: id }
    await expect(values(secretary, over)).rejects.toThrow(refused)
    await values(worker, { ...over, entered: 'from-minutes' })
  })

  test('GOV-13: shows a decision about a person to nobody without a grant, by no errand', async () => {
    const { id } = okValue(await does(db, worker, recordDecision, personalDecision()))
    for (const purpose of ['', 'administration', 'sign-in', 'assurance'])
      expect(
        await db.transact({ actor: secretary.account, purpose }, (tx) =>
          tx.all(sql`select id from governance.decision where id = ${id}`),
        ),
      ).toEqual([])
  })
})

describe('what intake asks', () => {
  const agrees = async (decision: string, body: string, subject: string) => {
    const answer = await as(null, (tx) =>
      tx.one(sql<{ agrees: boolean }>`select governance.decision_agrees(${decision}, ${body}, ${subject}) as agrees`),
    )
    return answer?.agrees
  }
  const group = 'robocha-hrupa-sotsialnoho-suprovodu'

  test('INT-6: a decision agrees when it is of that body, about that request, agreed, and still stands', async () => {
    const subject = { kind: 'intake.request', id: crypto.randomUUID() }
    const { id } = okValue(await does(db, worker, recordDecision, personalDecision({ subject })))
    expect(await agrees(id, group, subject.id)).toBe(true)
    expect(await agrees(id, 'vykonavchyi-komitet', subject.id)).toBe(false)
    expect(await agrees(id, group, crypto.randomUUID())).toBe(false)
    for (const outcome of ['declined', 'postponed']) {
      const other = okValue(await does(db, worker, recordDecision, personalDecision({ subject, outcome })))
      expect(await agrees(other.id, group, subject.id)).toBe(false)
    }
    const { body: _, ...fields } = personalDecision({ outcome: 'declined' })
    const later = okValue(await does(db, worker, supersedeDecision, { ...fields, id }))
    expect([await agrees(id, group, subject.id), await agrees(later.id, group, subject.id)]).toEqual([false, false])
    expect((await row(later.id)).subject_id).toBe(subject.id)
  })
})

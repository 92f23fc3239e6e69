import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testHouse } from '../../../test/house.ts'
import type { Actor } from '../../platform/access/actor.ts'
import { createLog } from '../../platform/log/log.ts'
import { castOf, storyOf } from './agreements.fixture.ts'
import { draftConsultation } from './commands/consultations/draft-consultation.ts'
import { sendConsultation } from './commands/consultations/send-consultation.ts'
import { takePaperAway } from './commands/meetings/add-paper.ts'
import { finishTask, giveTask } from './commands/meetings/give-task.ts'
import { does, okValue } from './governance.fixture.ts'
import { watchConsultationsJob } from './jobs/consultation-letters.ts'
import { heldMeeting, seatCommittee } from './meetings.fixture.ts'
import { consultationById } from './store/consultations/consultations.ts'
import { watchPurpose } from './types/consultations.ts'

const at = await testHouse({ now: new Date('2024-03-01T09:00:00Z') })
const { db } = at

let secretary: Actor
let colleague: Actor
let sozialamt: Actor

beforeAll(async () => {
  secretary = await addActor(db, 'Secretary', [{ organisation: 'viborg-kommune', role: 'secretariat' }])
  sozialamt = await addActor(db, 'Sozialamt', [{ organisation: 'sozialamt', role: 'secretariat' }])
  colleague = await addActor(db, 'Colleague', [{ organisation: 'sozialamt', role: 'secretariat' }])
  await seatCommittee(db, sozialamt)
})

const direct = (actor: Actor | null, statement: ReturnType<typeof sql>) =>
  db.transact({ actor: actor?.account ?? null }, (tx) => tx.all(statement))

/** A file that somebody else handed in, such as with an application. @returns its id */
async function fileOf(account: string | null): Promise<string> {
  const { rows } = await db.ownerPool.query(
    `insert into files.file (name, type, size, sha256, wrapped_key, storage, location, created_by)
     values ('papir.pdf', 'application/pdf', 1, sha256('x'), 'x', 'folder', uuidv7(), $1) returning id`,
    [account],
  )
  return rows[0].id
}

describe('files', () => {
  test('GOV-3: nobody hands out a file of somebody else as a paper of a meeting', async () => {
    db.clock.now = new Date('2026-11-20T09:00:00Z')
    const { item } = await heldMeeting(db, sozialamt)
    const add = (file: string) =>
      direct(
        sozialamt,
        sql`insert into governance.agenda_paper (item_id, file_id, name, type, size, confidential, added_by)
          values (${item}, ${file}, 'x.pdf', 'application/pdf', 1, false, ${sozialamt.account})`,
      )
    await expect(add(await fileOf(null))).rejects.toThrow(/row-level security/)
    await expect(add(await fileOf(colleague.account))).rejects.toThrow(/row-level security/)
    await add(await fileOf(sozialamt.account))
  })

  test('GOV-6: nobody makes a file of somebody else public as the document of a ratification', async () => {
    db.clock.now = new Date('2024-03-01T09:00:00Z')
    const cast = await castOf(at)
    const story = storyOf(at, cast)
    const slug = await story.begin()
    await story.toRatification(slug)
    const { agreement } = await story.read(slug)
    const decision = okValue(await story.ratifies(cast.keeper, slug, 'lemvig-byraad')).decision
    const herning = await cast.secretary('herning-byraad')
    const { rows } = await db.ownerPool.query(
      `insert into governance.decision (body_id, decided_on, matter, outcome, title, about_person, entered, recorded_by)
       select b.id, $1::date, 'rammeaftale', 'agreed', '{"da":"x"}', false, 'by-secretariat', $2 from governance.body b
       where b.slug = 'herning-byraad' returning id, body_id`,
      [story.today(), herning.account],
    )
    const ratify = (file: string) =>
      direct(
        herning,
        sql`insert into governance.framework_ratification (agreement_id, round, body_id, decision_id, file_id, entered, entered_by)
          values (${agreement.id}, 1, ${rows[0].body_id}, ${rows[0].id}, ${file}, 'by-party', ${herning.account})`,
      )
    await expect(ratify(await fileOf(colleague.account))).rejects.toThrow(/row-level security/)
    await ratify(await fileOf(herning.account))
    // whoever enters for a party from its minutes takes the place of none of its decisions
    await expect(
      direct(
        cast.keeper,
        sql`insert into governance.decision (body_id, decided_on, matter, outcome, title, about_person, entered, recorded_by, supersedes)
          select d.body_id, ${story.today()}::date, 'rammeaftale', 'declined', '{"da":"x"}', false, 'from-minutes', ${cast.keeper.account}, d.id
          from governance.decision d where d.id = ${decision}`,
      ),
    ).rejects.toThrow(/row-level security/)
  })
})

describe('a secretariat of several people', () => {
  test('GOV-3: a colleague takes away a paper that should not be there, and says that a task is done', async () => {
    db.clock.now = new Date('2026-11-20T09:00:00Z')
    const { id, item } = await heldMeeting(db, sozialamt)
    const { rows } = await db.ownerPool.query(
      `insert into governance.agenda_paper (item_id, file_id, name, type, size, confidential, added_by)
       values ($1, $2, 'names.pdf', 'application/pdf', 1, false, $3) returning id`,
      [item, await fileOf(sozialamt.account), sozialamt.account],
    )
    okValue(await does(db, colleague, takePaperAway, { id: rows[0].id }))
    const { task } = okValue(
      await does(db, sozialamt, giveTask, { id, title: 'Zahlen nachreichen', owner: 'Sozialamt', due: '2026-11-25' }),
    )
    okValue(await does(db, colleague, finishTask, { id: task }))
  })
})

describe('the days of a consultation', () => {
  const sent = async (days: number) => {
    const { id } = okValue(
      await does(db, secretary, draftConsultation, {
        body: 'dassos',
        title: { da: 'Flere pladser' },
        question: { da: 'Skal tilbuddet have 12 pladser mere?' },
        parties: ['organisation:herning-kommune'],
        countedBy: 'consensus',
        days,
      } as never),
    )
    okValue(await does(db, secretary, sendConsultation, { id }))
    return id
  }
  const read = (id: string) => db.transact({ actor: secretary.account }, (tx) => consultationById(tx, id))

  test('GOV-5: the database too lets none close before the end of its days', async () => {
    db.clock.now = new Date('2026-11-20T09:00:00Z')
    const { id } = okValue(
      await does(db, secretary, draftConsultation, {
        body: 'dassos',
        title: { da: 'Flere pladser' },
        question: { da: 'Skal tilbuddet have 12 pladser mere?' },
        parties: ['organisation:herning-kommune'],
        countedBy: 'consensus',
      } as never),
    )
    const open = (closes: string) =>
      direct(
        secretary,
        sql`update governance.consultation set state = 'open', days = 14, closing_on = 'same-day', silence = 'agrees', opened_at = ${db.clock.now},
          opened_by = ${secretary.account}, closes_at = ${closes}::timestamptz, changed_at = ${db.clock.now} where id = ${id}`,
      )
    await expect(open('2026-11-20T09:01:00Z')).rejects.toThrow(/consultation_days/)
    await expect(open('2026-12-03T23:00:00Z')).rejects.toThrow(/consultation_days/)
    await open('2026-12-04T23:00:00Z')
  })

  test('GOV-5: a consultation that cannot be closed holds up no other', async () => {
    db.clock.now = new Date('2026-11-20T09:00:00Z')
    const broken = await sent(1)
    const whole = await sent(2)
    await db.ownerPool.query(`update governance.consultation set changed_at = '2099-01-01' where id = $1`, [broken])
    db.clock.now = new Date('2026-11-26T09:00:00Z')
    const ran = watchConsultationsJob.run(
      {
        database: db,
        config: db.config,
        log: createLog('silent'),
        now: () => db.clock.now,
        job: { id: '1', attempt: 1, lastAttempt: false },
        transact: (work) => db.transact({ actor: null, purpose: watchPurpose }, work),
        signal: new AbortController().signal,
      },
      {},
    )
    await expect(ran).rejects.toThrow(/1 consultations could not be watched/)
    expect((await read(whole))?.closedAt).toBeDefined()
    expect((await read(broken))?.closedAt).toBeUndefined()
  })
})

describe('what came of a consultation', () => {
  const asked = async (body: string) => {
    db.clock.now = new Date('2026-11-02T09:00:00Z')
    const { id } = okValue(
      await does(db, secretary, draftConsultation, {
        body,
        title: { da: 'Flere pladser' },
        question: { da: 'Skal tilbuddet have 12 pladser mere?' },
        parties: ['organisation:herning-kommune'],
        countedBy: 'consensus',
        days: 1,
      } as never),
    )
    return id
  }
  /** Closed without an answer that settles it, and confirmed for a reason. */
  const confirmed = async (body: string) => {
    const id = await asked(body)
    okValue(await does(db, secretary, sendConsultation, { id }))
    db.clock.now = new Date('2026-11-26T09:00:00Z')
    await direct(
      secretary,
      sql`update governance.consultation set state = 'closed', closed_at = ${db.clock.now}, changed_at = ${db.clock.now} where id = ${id}`,
    )
    const inPlace = (set: ReturnType<typeof sql>) =>
      direct(secretary, sql`update governance.consultation set ${set}, changed_at = ${db.clock.now} where id = ${id}`)
    await expect(inPlace(sql`outcome = 'agreed'`)).rejects.toThrow(/confirms once/)
    await inPlace(
      sql`state = 'confirmed', tally = '{}', outcome = 'agreed', outcome_reason = 'Alle var enige', confirmed_at = ${db.clock.now},
        confirmed_by = ${secretary.account}, confirmed_word = 'Telefon'`,
    )
    return { id, inPlace }
  }
  const resultFor = (actor: Actor | null, id: string) =>
    db.transact({ actor: actor?.account ?? null }, (tx) =>
      tx.one(sql<{ outcome: string; outcome_reason: string }>`select * from governance.consultation_result(${id})`),
    )

  test('GOV-5: what was confirmed does not change on its way to everybody: neither outcome nor reason, tally or word', async () => {
    const { inPlace } = await confirmed('viborg-byraad')
    const publish = sql`state = 'published', published_at = ${db.clock.now}, published_by = ${secretary.account}`
    for (const other of [
      sql`outcome_reason = 'Ingen var enige'`,
      sql`outcome = 'declined'`,
      sql`tally = '{"agree": 9}'`,
      sql`confirmed_word = 'Brev'`,
    ])
      await expect(inPlace(sql`${publish}, ${other}`)).rejects.toThrow(/was confirmed does not change/)
    await inPlace(publish)
  })

  test('GOV-5: before it is published nobody but who confirms and publishes it learns what came of a consultation', async () => {
    const { id, inPlace } = await confirmed('viborg-byraad')
    expect(await db.transact({ actor: null }, (tx) => consultationById(tx, id))).toMatchObject({ state: 'confirmed' })
    expect(await resultFor(secretary, id)).toMatchObject({ outcome: 'agreed', outcome_reason: 'Alle var enige' })
    expect([await resultFor(null, id), await resultFor(sozialamt, id)]).toEqual([undefined, undefined])
    for (const column of ['outcome', 'tally', 'outcome_reason', 'confirmed_word'])
      await expect(
        direct(null, sql`select ${sql.ref(column)} from governance.consultation where id = ${id}`),
      ).rejects.toThrow(/permission denied/)
    await inPlace(sql`state = 'published', published_at = ${db.clock.now}, published_by = ${secretary.account}`)
    expect(await resultFor(null, id)).toMatchObject({ outcome: 'agreed' })
    const closed = await confirmed('kd-net')
    await closed.inPlace(sql`state = 'published', published_at = ${db.clock.now}, published_by = ${secretary.account}`)
    expect(await resultFor(null, closed.id)).toBeUndefined()
  })

  test('GOV-5: a consultation is as public as its body, whatever its row claims', async () => {
    const begin = (body: string, claims: boolean) =>
      direct(
        secretary,
        sql`insert into governance.consultation (body_id, title, question, public, time_zone, begun_by, begun_at, changed_at)
          select id, '{"da": "x"}', '{"da": "x"}', ${claims}, 'Europe/Copenhagen', ${secretary.account}, ${db.clock.now}, ${db.clock.now}
          from governance.body where slug = ${body}`,
      )
    await expect(begin('kd-net', true)).rejects.toThrow(/as public as its body/)
    await expect(begin('viborg-byraad', false)).rejects.toThrow(/as public as its body/)
    // what everybody read of the body closed meanwhile: the day of sending counts
    const id = await asked('viborg-byraad')
    await db.ownerPool.query(`update governance.body set profile = profile - 'public' where slug = 'viborg-byraad'`)
    okValue(await does(db, secretary, sendConsultation, { id }))
    expect(await db.transact({ actor: null }, (tx) => consultationById(tx, id))).toBeUndefined()
    await db.ownerPool.query(
      `update governance.body set profile = profile || '{"public": true}' where slug = 'viborg-byraad'`,
    )
  })
})

describe('whoever is invited', () => {
  test('GOV-3: no secretariat learns whether an address has an account, and whoever has one reads the papers', async () => {
    db.clock.now = new Date('2026-11-20T09:00:00Z')
    const { id } = await heldMeeting(db, sozialamt, { day: '2026-11-19' })
    const known = await addActor(db, 'Known', [])
    await direct(
      sozialamt,
      sql`insert into governance.invitation (meeting_id, email) values (${id}, ${known.email.toUpperCase()}), (${id}, 'nobody@example.org')`,
    )
    expect(
      await direct(sozialamt, sql`select meeting_id from governance.invitation where meeting_id = ${id}`),
    ).toHaveLength(2)
    for (const asked of [
      sql`select account_id from governance.invitation where meeting_id = ${id}`,
      sql`insert into governance.invitation (meeting_id, email, account_id) values (${id}, 'x@example.org', ${sozialamt.account})`,
      sql`insert into governance.invitation (meeting_id, email) values (${id}, 'x@example.org') returning account_id`,
      sql`select governance.find_invited()`,
    ])
      await expect(direct(sozialamt, asked)).rejects.toThrow(/permission denied|trigger functions/)
    expect(await direct(sozialamt, sql`select governance.is_invited(${id}) as invited`)).toEqual([{ invited: false }])
    expect(await direct(known, sql`select governance.is_invited(${id}) as invited`)).toEqual([{ invited: true }])
  })
})

import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testHouse } from '../../../test/house.ts'
import type { Actor } from '../../platform/access/actor.ts'
import { linksOf } from '../../platform/thread/thread.ts'
import { enterNewMatter } from './commands/matters/raise-matter.ts'
import { approveMinutes, correctMinutes } from './commands/meetings/approve-minutes.ts'
import { changeItem, orderItem, takeOffAgenda } from './commands/meetings/change-item.ts'
import { cancelMeeting, changeMeeting } from './commands/meetings/change-meeting.ts'
import { decideItem } from './commands/meetings/decide-item.ts'
import { finishTask, giveTask } from './commands/meetings/give-task.ts'
import { holdMeeting, tellConflict, writeMinutes } from './commands/meetings/hold-meeting.ts'
import { planMeeting } from './commands/meetings/plan-meeting.ts'
import { putOnAgenda } from './commands/meetings/put-on-agenda.ts'
import { recordDecision } from './contract.ts'
import { does, okValue } from './governance.fixture.ts'
import { approved, committee, committeeKind, heldMeeting, seatCommittee } from './meetings.fixture.ts'
import { matterById, pathOf } from './store/matters/read-matters.ts'
import { agendaOf } from './store/meetings/read-agenda.ts'
import { meetingById } from './store/meetings/read-meetings.ts'
import { meetingsWithWords, minutesOf } from './store/meetings/read-minutes.ts'
import { matterKind } from './types/matters.ts'

const { db } = await testHouse({ now: new Date('2026-11-29T10:00:00Z') })
let secretary: Actor
let stranger: Actor

beforeAll(async () => {
  secretary = await addActor(db, 'Secretary', [{ organisation: 'sozialamt', role: 'secretariat' }])
  stranger = await addActor(db, 'Elsewhere', [{ organisation: 'dovira', role: 'secretariat' }])
  await seatCommittee(db, secretary)
  await db.ownerPool.query(
    `update governance.body set profile = profile || '{"quorumIs": "more-than-half"}' where slug = '${committee}'`,
  )
})

const owner = (text: string, values: unknown[] = []) => db.ownerPool.query(text, values)
/** What the program's role answers to a statement of the secretary, whatever the program itself would refuse. */
const asSecretary = (statement: ReturnType<typeof sql>) =>
  db.transact({ actor: secretary.account }, (tx) => tx.all(statement))
const agreed = (id: string, votes: { attendant: string; vote: 'yes' | 'no' | 'abstain' }[], more = {}) => ({
  id,
  how: 'majority' as const,
  outcome: 'agreed' as const,
  title: 'Zwei Abende im Monat',
  votes,
  ...more,
})
const yes = (there: { id: string; votes: boolean }[]) =>
  there.filter(({ votes }) => votes).map(({ id }) => ({ attendant: id, vote: 'yes' as const }))

describe('voting', () => {
  test('GOV-3: a decision is entered with its votes, which the database counts', async () => {
    const { item, there } = await heldMeeting(db, secretary)
    const votes = yes(there).map((vote, at) => (at === 0 ? { ...vote, vote: 'no' as const } : vote))
    const made = okValue(await does(db, secretary, decideItem, agreed(item, votes)))
    const { rows } = await owner(
      'select how, yes, no, abstain, quorum from governance.item_decision where item_id = $1',
      [item],
    )
    expect(rows).toEqual([{ how: 'majority', yes: 4, no: 1, abstain: 0, quorum: true }])
    expect(made.number).toMatch(/^\d+$/)
    expect(await does(db, secretary, decideItem, agreed(item, votes))).toMatchObject({ is: 'late' })
  })

  test('GOV-3: nobody votes twice, in the command and in the database', async () => {
    const { item, there } = await heldMeeting(db, secretary)
    const [one] = yes(there)
    if (!one) throw new Error('nobody is there')
    expect(await does(db, secretary, decideItem, agreed(item, [one, one]))).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'votes' }],
    })
    const vote = () => asSecretary(sql`insert into governance.vote values (${item}, ${one.attendant}, 'yes')`)
    await vote()
    await expect(vote()).rejects.toThrow(/duplicate key/)
  })

  test('GOV-3: who has a conflict of interest does not vote and is not counted', async () => {
    const { item, there } = await heldMeeting(db, secretary, { here: 4 })
    const voting = yes(there).slice(0, 4)
    const [partial] = voting
    if (!partial) throw new Error('nobody is there')
    okValue(
      await does(db, secretary, tellConflict, {
        id: item,
        attendant: partial.attendant,
        ground: 'Vorstand des Trägers',
      }),
    )
    expect(await does(db, secretary, decideItem, agreed(item, voting))).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'votes' }],
    })
    await expect(
      asSecretary(sql`insert into governance.vote values (${item}, ${partial.attendant}, 'yes')`),
    ).rejects.toThrow(/conflict of interest/)
    okValue(await does(db, secretary, decideItem, agreed(item, voting.slice(1))))
    expect(
      await does(db, secretary, tellConflict, { id: item, attendant: voting[1]?.attendant ?? '', ground: 'zu spät' }),
    ).toMatchObject({ is: 'late' })
    await expect(
      asSecretary(sql`insert into governance.conflict values (${item}, ${voting[1]?.attendant ?? ''}, 'zu spät')`),
    ).rejects.toThrow(/before the vote/)
  })

  test('GOV-3: who is absent, or takes part without a vote, does not vote', async () => {
    const { item, there } = await heldMeeting(db, secretary, { here: 4 })
    const absent = yes(there)[4]
    const adviser = there.find(({ votes }) => !votes)
    for (const attendant of [absent?.attendant ?? '', adviser?.id ?? '']) {
      const votes = [...yes(there).slice(0, 4), { attendant, vote: 'yes' as const }]
      expect(await does(db, secretary, decideItem, agreed(item, votes))).toMatchObject({
        is: 'invalid',
        errors: [{ path: 'votes' }],
      })
      await expect(asSecretary(sql`insert into governance.vote values (${item}, ${attendant}, 'yes')`)).rejects.toThrow(
        /absent|no vote/,
      )
    }
  })

  test('GOV-3: too few decide nothing; where nothing says how many, that stays unknown and is kept', async () => {
    const { item, id, there } = await heldMeeting(db, secretary, { here: 3 })
    const refusal = await does(db, secretary, decideItem, agreed(item, yes(there).slice(0, 3)))
    expect(refusal).toMatchObject({ is: 'invalid', errors: [{ path: 'outcome' }] })
    const decision = okValue(
      await does(db, secretary, recordDecision, {
        body: committee,
        matter: committeeKind,
        decidedOn: '2026-11-20',
        outcome: 'postponed',
        title: { de: 'Vertagt' },
      }),
    )
    const enter = () =>
      asSecretary(
        sql`insert into governance.item_decision (item_id, decision_id, how) values (${item}, ${decision.id}, 'majority')`,
      )
    await expect(enter()).rejects.toThrow(/too few/)
    await owner(`update governance.body set profile = profile - 'quorumIs' where slug = '${committee}'`)
    await enter()
    await owner(
      `update governance.body set profile = profile || '{"quorumIs": "more-than-half"}' where slug = '${committee}'`,
    )
    const { rows } = await owner('select quorum from governance.item_decision where item_id = $1', [item])
    expect(rows).toEqual([{ quorum: null }])
    expect(id).toBeTruthy()
  })

  test('GOV-3: a body decides as it does, and the votes must carry the outcome', async () => {
    const { item, there } = await heldMeeting(db, secretary)
    expect(await does(db, secretary, decideItem, agreed(item, [], { how: 'consensus' }))).toMatchObject({
      is: 'invalid',
      errors: expect.arrayContaining([expect.objectContaining({ path: 'how' })]),
    })
    const split = yes(there).map((vote, at) => ({ ...vote, vote: at < 2 ? ('yes' as const) : ('no' as const) }))
    expect(await does(db, secretary, decideItem, agreed(item, split))).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'outcome' }],
    })
    okValue(await does(db, secretary, decideItem, agreed(item, split, { outcome: 'declined' })))
  })

  test('GOV-3: on an item without a kind nothing is decided, and nobody else than the secretariat enters anything', async () => {
    const { id, item, there } = await heldMeeting(db, secretary)
    const talk = okValue(await does(db, secretary, putOnAgenda, { id, title: 'Verschiedenes' }))
    expect(await does(db, secretary, decideItem, agreed(talk.id, []))).toMatchObject({ is: 'invalid' })
    for (const [command, input] of [
      [decideItem, agreed(item, yes(there))],
      [writeMinutes, { id, opening: 'x' }],
      [approveMinutes, { id, by: 'chair' }],
      [putOnAgenda, { id, title: 'x' }],
      [giveTask, { id, title: 'x', owner: 'y', due: '2026-12-01' }],
    ] as const)
      expect(await does(db, stranger, command as never, input as never)).toEqual({ is: 'forbidden' })
  })
})

describe('minutes', () => {
  test('GOV-3: approved minutes are public at once, found by their words, and never changed', async () => {
    const { id, item } = await heldMeeting(db, secretary)
    await approved(db, secretary, id, [{ item, words: 'Die Verwaltung berichtet über Sprechstunden am Abend.' }])
    const seen = await db.transact({ actor: null }, async (tx) => ({
      minutes: await minutesOf(tx, id),
      found: await meetingsWithWords(tx, 'Sprechstunde'),
      wordless: await meetingsWithWords(tx, '!!'),
    }))
    expect(seen.minutes[0]?.content.items[0]?.minutes).toContain('Sprechstunden')
    expect(seen.found).toContain(id)
    expect(seen.wordless).toBeUndefined()
    expect(await does(db, secretary, writeMinutes, { id, opening: 'anders' })).toMatchObject({ is: 'late' })
    for (const statement of [
      sql`update governance.minutes set content = '{}' where meeting_id = ${id}`,
      sql`delete from governance.minutes where meeting_id = ${id}`,
      sql`update governance.minutes_line set words = 'anders' where item_id = ${item}`,
      sql`insert into governance.minutes_line (item_id, words) values (${item}, 'anders') on conflict (item_id) do update set words = 'anders'`,
      sql`update governance.meeting set opening = 'anders' where id = ${id}`,
      sql`update governance.attendance set presence = 'absent' where meeting_id = ${id}`,
      sql`update governance.agenda_item set title = 'anders' where id = ${item}`,
    ])
      await expect(asSecretary(statement)).rejects.toThrow(/permission denied|never changed|closed|not changed/)
  })

  test('GOV-3: a correction is a new version with its reason; the old one stays', async () => {
    const { id, item } = await heldMeeting(db, secretary)
    await approved(db, secretary, id, [{ item, words: 'Erste Fassung.' }])
    okValue(await does(db, secretary, correctMinutes, { id }))
    const while_ = await db.transact({ actor: null }, (tx) => minutesOf(tx, id))
    expect(while_[0]?.content.items[0]?.minutes).toBe('Erste Fassung.')
    okValue(await does(db, secretary, writeMinutes, { id, lines: [{ item, words: 'Zweite Fassung.' }] }))
    expect(await does(db, secretary, approveMinutes, { id, by: 'chair' })).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'correction' }],
    })
    okValue(await does(db, secretary, approveMinutes, { id, by: 'chair', correction: 'Ein Satz war falsch.' }))
    const versions = await db.transact({ actor: null }, (tx) => minutesOf(tx, id))
    expect(versions.map(({ version, correction }) => [version, correction])).toEqual([
      [2, 'Ein Satz war falsch.'],
      [1, undefined],
    ])
    expect(versions[1]?.content.items[0]?.minutes).toBe('Erste Fassung.')
  })

  test('GOV-3: minutes are approved by a later meeting only where one was held', async () => {
    const { id } = await heldMeeting(db, secretary, { day: '2026-11-27' })
    expect(await does(db, secretary, approveMinutes, { id, by: 'meeting' })).toMatchObject({ errors: [{ path: 'by' }] })
    await heldMeeting(db, secretary, { day: '2026-11-28' })
    okValue(await does(db, secretary, approveMinutes, { id, by: 'meeting' }))
  })

  test('GOV-3: of a confidential item everybody reads headline and ground; those invited read all of it', async () => {
    const mark = 'vertrauliches-zeichen'
    const { id, item } = await heldMeeting(db, secretary, {
      item: { kind: undefined, title: 'Vergabe', secretGround: 'Geschäftsgeheimnis eines Trägers', words: mark },
    })
    await approved(db, secretary, id, [{ item, words: mark }])
    for (const actor of [null, stranger.account]) {
      const seen = await db.transact({ actor }, async (tx) => ({
        agenda: await agendaOf(tx, id, 'de'),
        minutes: await minutesOf(tx, id),
        closed: await tx.all(sql`select * from governance.minutes_closed where meeting_id = ${id}`),
        found: await meetingsWithWords(tx, mark),
      }))
      expect(JSON.stringify(seen)).not.toContain(mark)
      expect(seen.agenda[0]).toMatchObject({ title: 'Vergabe', secretGround: 'Geschäftsgeheimnis eines Trägers' })
      expect(seen.minutes[0]?.content.items[0]).toMatchObject({ title: 'Vergabe' })
      expect(seen.found).not.toContain(id)
    }
    await owner('insert into governance.invitation (meeting_id, email, account_id) values ($1, $2, $3)', [
      id,
      stranger.email,
      stranger.account,
    ])
    const invited = await db.transact({ actor: stranger.account }, (tx) =>
      tx.all(sql<{ content: unknown }>`select content from governance.minutes_closed where meeting_id = ${id}`),
    )
    expect(JSON.stringify(invited)).toContain(mark)
  })
})

describe('the way of a meeting', () => {
  test('GOV-3: it is planned, moved, called off with a reason; and is not held before its day', async () => {
    const when = { day: '2026-12-10', begins: '17:00', ends: '19:00' }
    const { id } = okValue(await does(db, secretary, planMeeting, { body: committee, locale: 'de', ...when }))
    expect(await does(db, secretary, holdMeeting, { id })).toMatchObject({ is: 'late' })
    expect(await does(db, secretary, changeMeeting, { id, ...when, ends: '16:00' })).toMatchObject({ is: 'invalid' })
    okValue(await does(db, secretary, changeMeeting, { id, ...when, begins: '18:00', version: 1 }))
    expect(await does(db, secretary, changeMeeting, { id, ...when, version: 1 })).toMatchObject({ is: 'conflict' })
    const meeting = await db.transact({ actor: null }, (tx) => meetingById(tx, id))
    expect(meeting?.startsAt.toISOString()).toBe('2026-12-10T17:00:00.000Z')
    okValue(await does(db, secretary, cancelMeeting, { id, why: 'Der Saal ist belegt.' }))
    expect(await does(db, secretary, cancelMeeting, { id, why: 'noch einmal' })).toMatchObject({ is: 'late' })
    await expect(
      asSecretary(sql`update governance.meeting set state = 'held', cancelled_why = null where id = ${id}`),
    ).rejects.toThrow(/does not become/)
  })

  test('GOV-3: items have an order, and what was taken off is known to have stood there', async () => {
    const { id } = okValue(
      await does(db, secretary, planMeeting, { body: committee, locale: 'de', day: '2026-12-11', begins: '17:00' }),
    )
    const items = []
    for (const title of ['eins', 'zwei', 'drei'])
      items.push(okValue(await does(db, secretary, putOnAgenda, { id, title })).id)
    okValue(await does(db, secretary, orderItem, { id: items[2] ?? '', up: true }))
    okValue(await does(db, secretary, takeOffAgenda, { id: items[0] ?? '' }))
    okValue(await does(db, secretary, changeItem, { id: items[1] ?? '', title: 'zweitens', words: 'Worum es geht' }))
    const read = (withdrawn: boolean) =>
      db.transact({ actor: secretary.account }, (tx) => agendaOf(tx, id, 'de', withdrawn))
    expect((await read(false)).map(({ title }) => title)).toEqual(['drei', 'zweitens'])
    expect((await read(true)).map(({ title, withdrawn }) => [title, withdrawn])).toEqual([
      ['eins', true],
      ['drei', false],
      ['zweitens', false],
    ])
    expect(await db.transact({ actor: null }, (tx) => agendaOf(tx, id, 'de'))).toEqual([])
  })

  test('GOV-3: a task has an owner and a day, and is done once', async () => {
    const { id } = await heldMeeting(db, secretary)
    const { task } = okValue(
      await does(db, secretary, giveTask, { id, title: 'Zahlen nachreichen', owner: 'Sozialamt', due: '2026-11-25' }),
    )
    okValue(await does(db, secretary, finishTask, { id: task }))
    expect(await does(db, secretary, finishTask, { id: task })).toMatchObject({ is: 'late' })
  })

  test('GOV-2, GOV-4: a matter goes over the agenda to its decision, and the thread shows it', async () => {
    const raised = okValue(
      await does(db, secretary, enterNewMatter, {
        body: committee,
        kind: committeeKind,
        title: { de: 'Sprechstunden am Abend' },
        source: 'user-organisation',
        sourceName: 'Behindertenbeirat',
      }),
    )
    const { item, id, there } = await heldMeeting(db, secretary, {
      item: { title: undefined, kind: undefined, matter: raised.id },
    })
    const made = okValue(await does(db, secretary, decideItem, agreed(item, yes(there))))
    const seen = await db.transact({ actor: null }, async (tx) => ({
      matter: await matterById(tx, raised.id),
      path: await pathOf(tx, raised.id),
      links: await linksOf(tx, { kind: matterKind, id: raised.id }),
    }))
    expect(seen.matter?.state).toBe('decided')
    expect(seen.path.map(({ deed }) => deed)).toEqual(['raised', 'scheduled', 'decided'])
    expect(seen.path[2]).toMatchObject({ decision: made.decision, meeting: { id } })
    expect(seen.links.map(({ relation, to }) => [relation, to.id])).toEqual([
      ['on-agenda-of', id],
      ['decided-by', made.decision],
    ])
  })
})

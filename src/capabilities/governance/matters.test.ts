import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testHouse } from '../../../test/house.ts'
import type { Actor } from '../../platform/access/actor.ts'
import { moveMatter } from './commands/matters/move-matter.ts'
import { enterNewMatter } from './commands/matters/raise-matter.ts'
import { decideItem } from './commands/meetings/decide-item.ts'
import { delegateLimit } from './commands/meetings/delegate-limit.ts'
import { holdMeeting, listAttendant, writeMinutes } from './commands/meetings/hold-meeting.ts'
import { inviteMembers } from './commands/meetings/invite-members.ts'
import { planMeeting } from './commands/meetings/plan-meeting.ts'
import { putOnAgenda } from './commands/meetings/put-on-agenda.ts'
import { recordDecision } from './contract.ts'
import { does, okValue, personalDecision } from './governance.fixture.ts'
import { seatCommittee } from './meetings.fixture.ts'
import { deedsFor, stateAfter } from './rules/matters/path.ts'
import { listMatters, matterById, pathOf } from './store/matters/read-matters.ts'
import { agendaOf } from './store/meetings/read-agenda.ts'
import { attendanceOf } from './store/meetings/read-attendance.ts'
import { Deed, MatterState } from './types/matters.ts'

const { db } = await testHouse({ now: new Date('2026-11-29T10:00:00Z') })
let viborg: Actor
let stuttgart: Actor
let kharkiv: Actor
let member: Actor
let resident: Actor

beforeAll(async () => {
  viborg = await addActor(db, 'Viborg', [{ organisation: 'viborg-kommune', role: 'secretariat' }])
  stuttgart = await addActor(db, 'Stuttgart', [{ organisation: 'sozialamt', role: 'secretariat' }])
  kharkiv = await addActor(db, 'Kharkiv', [{ organisation: 'dovira', role: 'secretariat' }])
  member = await addActor(db, 'Member', [{ organisation: 'hedensted-kommune', role: 'body_member' }])
  resident = await addActor(db, 'Resident')
})

const matter = (more: Record<string, unknown> = {}) => ({
  body: 'dassos',
  kind: 'oevrige-sager',
  title: { da: 'Fælles konference' },
  source: 'body' as const,
  ...more,
})
const asSecretary = (statement: ReturnType<typeof sql>) =>
  db.transact({ actor: viborg.account }, (tx) => tx.all(statement))
const seen = (actor: Actor | null, id: string) =>
  db.transact({ actor: actor?.account ?? null }, (tx) => matterById(tx, id))
const move = (id: string, deed: string, more: Record<string, unknown> = {}, actor = viborg) =>
  does(db, actor, moveMatter, { id, deed, ...more } as never)

test('GOV-2: a matter goes over bodies, and its path is one line that anyone can read', async () => {
  const { id } = okValue(
    await does(db, viborg, enterNewMatter, matter({ source: 'user-organisation', sourceName: 'Dialogforum' })),
  )
  okValue(await move(id, 'sent-on', { to: 'kd-net', kind: 'rammeaftale' }))
  okValue(await move(id, 'sent-on', { to: 'kkr-midtjylland', kind: 'rammeaftale' }))
  const path = await db.transact({ actor: null }, (tx) => pathOf(tx, id))
  expect(path.map(({ deed, body, to }) => [deed, body.slug, to?.slug])).toEqual([
    ['raised', 'dassos', undefined],
    ['sent-on', 'dassos', 'kd-net'],
    ['sent-on', 'kd-net', 'kkr-midtjylland'],
  ])
  expect(await seen(null, id)).toMatchObject({ state: 'prepared', body: { slug: 'kkr-midtjylland' } })
  const decision = okValue(
    await does(db, viborg, recordDecision, {
      body: 'kkr-midtjylland',
      matter: 'rammeaftale',
      decidedOn: '2026-11-20',
      outcome: 'agreed',
      title: { da: 'Godkendt' },
    }),
  )
  okValue(await move(id, 'decided', { decision: decision.id }))
  okValue(await move(id, 'carried-out'))
  okValue(await move(id, 'followed-up', { words: 'Konferencen blev holdt.' }))
  expect(await move(id, 'withdrawn', { words: 'for sent' })).toMatchObject({ is: 'late' })
})

test('GOV-2: program and database know the same ways, and no other', async () => {
  // each state is reached as a matter reaches it
  const reach: Record<MatterState, string[]> = {
    idea: [],
    prepared: ['prepared'],
    'on-agenda': ['prepared', 'scheduled'],
    decided: ['prepared', 'decided'],
    postponed: ['prepared', 'postponed'],
    withdrawn: ['withdrawn'],
    'carried-out': ['prepared', 'decided', 'carried-out'],
    'followed-up': ['prepared', 'decided', 'carried-out', 'followed-up'],
  }
  const newDecision = async () =>
    okValue(
      await does(db, viborg, recordDecision, {
        body: 'dassos',
        matter: 'oevrige-sager',
        decidedOn: '2026-11-20',
        outcome: 'agreed',
        title: { da: 'Vedtaget' },
      }),
    ).id
  const step = async (id: string, from: string, deed: string) => {
    // each of its own: a decision decides one matter
    const decision = deed === 'decided' ? await newDecision() : null
    return asSecretary(sql`insert into governance.matter_step (matter_id, deed, from_state, body_id, to_body_id, to_kind, decision_id, words, made_by)
      select m.id, ${deed}, ${from}, m.body_id, case when ${deed} = 'sent-on' then (select id from governance.body where slug = 'forretningsudvalget') end,
        case when ${deed} = 'sent-on' then 'theme' end, ${decision}::uuid, 'fordi', ${viborg.account}::uuid
      from governance.matter m where m.id = ${id}`)
  }
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...MatterState.options),
      fc.constantFrom(...Deed.options.filter((deed) => deed !== 'raised')),
      async (state, deed) => {
        const { id } = okValue(await does(db, viborg, enterNewMatter, matter({ asIdea: true })))
        let from: MatterState = 'idea'
        for (const done of reach[state]) {
          await step(id, from, done)
          from = stateAfter(from, done as Deed) ?? from
        }
        expect(from).toBe(state)
        const after = stateAfter(state, deed)
        expect(deedsFor(state).includes(deed)).toBe(after !== undefined)
        if (after === undefined) await expect(step(id, state, deed)).rejects.toThrow(/cannot be/)
        else {
          await step(id, state, deed)
          expect((await seen(viborg, id))?.state).toBe(after)
        }
      },
    ),
    { numRuns: 40 },
  )
})

test('GOV-2: steps are written once, and a matter is moved by nothing else', async () => {
  const { id } = okValue(await does(db, viborg, enterNewMatter, matter()))
  for (const statement of [
    sql`update governance.matter set state = 'followed-up' where id = ${id}`,
    sql`delete from governance.matter where id = ${id}`,
    sql`update governance.matter_step set words = 'x' where matter_id = ${id}`,
    sql`delete from governance.matter_step where matter_id = ${id}`,
  ])
    await expect(asSecretary(statement)).rejects.toThrow(/permission denied/)
})

test('GOV-2: whoever works for an organisation brings an idea, which nobody reads before it is prepared; residents bring none here', async () => {
  const { id } = okValue(await does(db, member, enterNewMatter, matter({ source: 'member' })))
  expect(await seen(null, id)).toBeUndefined()
  expect((await seen(member, id))?.state).toBe('idea')
  expect(await does(db, resident, enterNewMatter, matter())).toEqual({ is: 'forbidden' })
  await expect(
    db.transact({ actor: resident.account }, (tx) =>
      tx.all(sql`insert into governance.matter (body_id, kind, title, source, state, raised_by)
        select id, 'theme', '{"da": "x"}', 'member', 'idea', ${resident.account}::uuid from governance.body where slug = 'dassos'`),
    ),
  ).rejects.toThrow(/row-level security/)
  expect(await move(id, 'prepared', {}, stuttgart)).toEqual({ is: 'notFound' })
  okValue(await move(id, 'prepared'))
  expect((await seen(null, id))?.state).toBe('prepared')
  expect(await move(id, 'postponed', {}, stuttgart)).toEqual({ is: 'forbidden' })
  expect(await move(id, 'postponed')).toMatchObject({ is: 'invalid', errors: [{ path: 'words' }] })
})

test('GOV-13: a matter about a person has no path, and an item about one stands in no public agenda', async () => {
  const body = 'robocha-hrupa-sotsialnoho-suprovodu'
  const about = { body, kind: 'pochatok-suprovodu', title: { uk: 'таємно' }, source: 'body' as const }
  expect(await does(db, kharkiv, enterNewMatter, about)).toMatchObject({ is: 'invalid', errors: [{ path: 'kind' }] })
  await expect(
    db.transact({ actor: kharkiv.account }, (tx) =>
      tx.all(sql`insert into governance.matter (body_id, kind, title, source, state, raised_by)
        select id, 'pochatok-suprovodu', '{"uk": "x"}', 'body', 'idea', ${kharkiv.account}::uuid from governance.body where slug = ${body}`),
    ),
  ).rejects.toThrow(/about a person/)
  await db.ownerPool.query(`update governance.body set profile = profile || '{"public": true}' where slug = $1`, [body])
  const { id } = okValue(
    await does(db, kharkiv, planMeeting, { body, day: '2026-11-20', begins: '10:00', locale: 'uk' }),
  )
  const item = okValue(
    await does(db, kharkiv, putOnAgenda, { id, kind: 'pochatok-suprovodu', title: 'Сім’я Коваленків' }),
  )
  okValue(await does(db, kharkiv, holdMeeting, { id }))
  await db.ownerPool.query('update governance.meeting set agenda_published_at = now() where id = $1', [id])
  const own = await db.transact({ actor: kharkiv.account }, (tx) => agendaOf(tx, id, 'uk'))
  expect(own[0]?.title).not.toContain('Коваленк')
  expect(await db.transact({ actor: null }, (tx) => agendaOf(tx, id, 'uk'))).toEqual([])
  await expect(
    db.transact({ actor: kharkiv.account }, (tx) =>
      tx.all(sql`insert into governance.minutes_line (item_id, words) values (${item.id}, 'таємно')`),
    ),
  ).rejects.toThrow(/decision alone/)
  const { title } = personalDecision()
  const made = okValue(
    await does(db, kharkiv, decideItem, { id: item.id, how: 'consensus', outcome: 'agreed', title: title.uk }),
  )
  const { rows } = await db.ownerPool.query('select about_person from governance.decision where id = $1', [
    made.decision,
  ])
  expect(rows).toEqual([{ about_person: true }])
  const links = await db.ownerPool.query('select 1 from thread.link where to_id = $1 or from_id = $1', [made.decision])
  expect(links.rowCount).toBe(0)
})

test('GOV-14: a dialogue is convened with equal seats, and what comes of it becomes a matter', async () => {
  const { id } = okValue(
    await does(db, stuttgart, planMeeting, {
      body: 'sozialausschuss',
      form: 'dialogue',
      day: '2026-11-20',
      begins: '17:00',
      locale: 'de',
    }),
  )
  const invite = inviteMembers('https://linden.example.org')
  for (const [side, name] of [
    ['state', 'Sozialamt'],
    ['providers', 'Träger A'],
  ] as const)
    okValue(await does(db, stuttgart, listAttendant, { id, side, name }))
  expect(await does(db, stuttgart, invite, { id })).toMatchObject({ is: 'invalid' })
  await expect(
    db.transact({ actor: stuttgart.account }, (tx) =>
      tx.all(sql`update governance.meeting set state = 'invited' where id = ${id}`),
    ),
  ).rejects.toThrow(/same number of seats/)
  okValue(await does(db, stuttgart, listAttendant, { id, side: 'people', name: 'Bewohnerin' }))
  okValue(await does(db, stuttgart, invite, { id }))
  expect(await does(db, stuttgart, listAttendant, { id, side: 'state', name: 'noch einer' })).toMatchObject({
    is: 'late',
  })
  okValue(await does(db, stuttgart, holdMeeting, { id }))
  const raised = okValue(
    await does(db, stuttgart, enterNewMatter, {
      body: 'sozialausschuss',
      kind: 'hilfen',
      title: { de: 'Aus dem Dialog' },
      source: 'dialogue',
      thing: { kind: 'governance.meeting', id },
    }),
  )
  expect(await seen(null, raised.id)).toMatchObject({ source: 'dialogue', thing: { id } })
})

test('GOV-14: a body with a limit decides within it, in program and database', async () => {
  await seatCommittee(db, stuttgart, 2)
  const given = okValue(
    await does(db, await addActor(db, 'Rat', [{ organisation: 'sozialamt', role: 'secretariat' }]), recordDecision, {
      body: 'gemeinderat',
      matter: 'soziales',
      decidedOn: '2026-01-15',
      outcome: 'agreed',
      title: { de: 'Der Ausschuss entscheidet bis 5 000 Euro' },
    }),
  )
  const limit = {
    id: given.id,
    to: 'sozialausschuss',
    kind: 'hilfen',
    most: '5000',
    currency: 'EUR',
    since: '2026-02-01',
  }
  expect(await does(db, kharkiv, delegateLimit, limit)).toEqual({ is: 'forbidden' })
  okValue(await does(db, stuttgart, delegateLimit, limit))
  expect(await does(db, stuttgart, delegateLimit, limit)).toMatchObject({ is: 'invalid', errors: [{ path: 'since' }] })
  const { id } = okValue(
    await does(db, stuttgart, planMeeting, {
      body: 'sozialausschuss',
      day: '2026-11-25',
      begins: '17:00',
      locale: 'de',
    }),
  )
  const item = okValue(await does(db, stuttgart, putOnAgenda, { id, title: 'Bänke', kind: 'hilfen' }))
  okValue(await does(db, stuttgart, holdMeeting, { id }))
  okValue(await does(db, stuttgart, writeMinutes, { id, everyone: 'yes' }))
  const there = await db.transact({ actor: stuttgart.account }, (tx) => attendanceOf(tx, id))
  const votes = there.filter(({ votes }) => votes).map((one) => ({ attendant: one.id, vote: 'yes' as const }))
  const decide = (more: Record<string, unknown>) =>
    does(db, stuttgart, decideItem, {
      id: item.id,
      how: 'majority',
      outcome: 'agreed',
      title: 'Drei Bänke',
      votes,
      currency: 'EUR',
      ...more,
    } as never)
  expect(await decide({})).toMatchObject({ errors: [{ path: 'amount' }] })
  expect(await decide({ amount: '5000.01' })).toMatchObject({ errors: [{ path: 'amount' }] })
  // a decision outside a meeting, where nobody looks at the limit, does not stand in the database either
  expect(
    await does(db, stuttgart, recordDecision, {
      body: 'sozialausschuss',
      matter: 'hilfen',
      decidedOn: '2026-11-25',
      outcome: 'agreed',
      title: { de: 'Daran vorbei' },
    }),
  ).toMatchObject({ is: 'invalid', errors: [{ path: 'matter' }] })
  await expect(
    db.transact({ actor: stuttgart.account }, (tx) =>
      tx.all(sql`insert into governance.decision (body_id, decided_on, matter, outcome, title, about_person, entered, recorded_by)
        select id, '2026-11-25', 'hilfen', 'agreed', '{"de": "x"}', false, 'by-secretariat', ${stuttgart.account}::uuid
        from governance.body where slug = 'sozialausschuss'`),
    ),
  ).rejects.toThrow(/within what is delegated/)
  await expect(
    db.transact({ actor: stuttgart.account }, async (tx) => {
      const [made] = await tx.all(sql<{ id: string }>`insert into governance.decision
          (body_id, decided_on, matter, outcome, title, about_person, entered, recorded_by)
        select id, '2026-11-25', 'hilfen', 'agreed', '{"de": "x"}', false, 'by-secretariat', ${stuttgart.account}::uuid
        from governance.body where slug = 'sozialausschuss' returning id`)
      await tx.all(
        sql`insert into governance.vote select ${item.id}::uuid, a.id, 'yes' from governance.attendance a where a.meeting_id = ${id} and a.votes`,
      )
      await tx.all(sql`insert into governance.item_decision (item_id, decision_id, how, amount, currency)
        values (${item.id}, ${made?.id ?? ''}, 'majority', 5000.01, 'EUR')`)
    }),
  ).rejects.toThrow(/beyond what is delegated/)
  okValue(await decide({ amount: '5000' }))
})

test('GOV-2: lists go on where they ended', async () => {
  const all = await db.transact({ actor: null }, (tx) => listMatters(tx, { publicOnly: true }, { limit: 100 }))
  const first = await db.transact({ actor: null }, (tx) => listMatters(tx, { publicOnly: true }, { limit: 2 }))
  const second = await db.transact({ actor: null }, (tx) =>
    listMatters(tx, { publicOnly: true }, { limit: 2, after: first.next }),
  )
  expect([...first.matters, ...second.matters].map(({ id }) => id)).toEqual(all.matters.slice(0, 4).map(({ id }) => id))
})

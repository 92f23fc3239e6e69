import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testHouse } from '../../../test/house.ts'
import type { Actor } from '../../platform/access/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { linksOf } from '../../platform/thread/thread.ts'
import { type Cast, castOf, councils, pack, storyOf } from './agreements.fixture.ts'
import { beginAgreement, beginAmendment } from './commands/agreements/begin-agreement.ts'
import { bringIntoForce, returnToDraft, settleText } from './commands/agreements/move-agreement.ts'
import { remindMissing } from './commands/agreements/remind-missing.ts'
import { declineProposal, proposeWords, writePart } from './commands/agreements/write-part.ts'
import { supersedeDecision } from './commands/supersede-decision.ts'
import { does, okValue } from './governance.fixture.ts'
import { watchAgreements } from './jobs/agreements/watch-agreements.ts'
import { plainText } from './rules/agreements/state.ts'
import { newestVersions, proposalsOf, scopeAnnexOn, textsOf } from './store/agreements/read-texts.ts'

// In the past, so that days come which the database too knows to be over.
const at = await testHouse({ now: new Date('2024-03-01T09:00:00Z') })
const { db } = at

let cast: Cast
let keeper: Actor
let story: ReturnType<typeof storyOf>

beforeAll(async () => {
  cast = await castOf(at)
  keeper = cast.keeper
  story = storyOf(at, cast)
})

const as = <T>(actor: Actor | null, work: (tx: Tx) => Promise<T>) =>
  db.transact({ actor: actor?.account ?? null }, work)
const watch = () => db.transact({ actor: null, purpose: 'framework' }, (tx) => watchAgreements(tx, at.url))

describe('a two-year agreement', () => {
  const slug = 'rammeaftale-2025-26'

  test('GOV-6: begins in a year that the rule of the region allows, once', async () => {
    expect(await does(db, keeper, beginAgreement, { pack, year: 2026 })).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'year' }],
    })
    expect(await does(db, keeper, beginAgreement, { pack: 'ua-kharkiv' })).toEqual({ is: 'notFound' })
    expect(await does(db, await cast.secretary('herning-byraad'), beginAgreement, { pack })).toEqual({
      is: 'forbidden',
    })
    expect(await story.begin()).toBe(slug)
    expect((await does(db, keeper, beginAgreement, { pack })).is).toBe('late')
    expect((await story.read(slug)).agreement).toMatchObject({
      state: 'draft',
      since: '2025-01-01',
      until: '2026-12-31',
      ratifyBy: '2024-12-31',
      title: { da: 'Rammeaftale 2025–26' },
    })
  })

  test('GOV-6: without its parts it goes nowhere', async () => {
    const sent = await does(db, keeper, story.consult, { slug, version: await story.version(slug) })
    expect(sent).toMatchObject({ is: 'invalid', errors: [{ message: expect.stringContaining('Steering agreement') }] })
  })

  test('GOV-6: what goes to consultation is fixed with a hash that anybody can compute again', async () => {
    await story.writeAll(slug)
    const consultation = await story.send(slug)
    const { agreement } = await story.read(slug)
    const [fixed] = await as(null, (tx) => textsOf(tx, agreement.id))
    expect(fixed?.purpose).toBe('consultation')
    expect(fixed?.hash).toBe(
      createHash('sha256')
        .update(plainText(fixed?.parts ?? []))
        .digest('hex'),
    )
    await story.confirm(consultation)
  })

  test('GOV-6: a change after it went out needs a reason, and the settled text has a hash of its own', async () => {
    const changed = (reason?: string) =>
      story.write(slug, 'styringsaftale', '# Takster\n\nEn takst dækker alt, et tilbud koster.', {
        version: 1,
        ...(reason ? { reason } : {}),
      })
    expect(await changed()).toMatchObject({ is: 'invalid', errors: [{ path: 'reason' }] })
    okValue(await changed('Svar fra tre kommuner'))
    await story.settle(slug)
    const { agreement } = await story.read(slug)
    const [settled, sent] = await as(null, (tx) => textsOf(tx, agreement.id))
    expect(settled?.purpose).toBe('agreement')
    expect(settled?.hash).not.toBe(sent?.hash)
    expect(settled?.hash).toBe(
      createHash('sha256')
        .update(plainText(settled?.parts ?? []))
        .digest('hex'),
    )
    expect(await story.write(slug, 'styringsaftale', 'Nyt', { version: 2, reason: 'For sent' })).toMatchObject({
      is: 'late',
    })
  })

  test('GOV-6: each body agrees in its turn, by a decision of its own that stands', async () => {
    const early = await story.decide('kkr-midtjylland')
    expect(await story.pass(slug, early)).toMatchObject({ is: 'invalid', errors: [{ path: 'decision' }] })
    const { agreement } = await story.read(slug)
    await expect(
      as(keeper, (tx) =>
        tx.all(
          sql`insert into governance.framework_step (agreement_id, round, place, body_id, decision_id, entered_by)
              select ${agreement.id}, ${agreement.round}, 1, b.id, ${early}, ${keeper.account} from governance.body b where b.slug = 'kkr-midtjylland'`,
        ),
      ),
    ).rejects.toThrow(/not the turn of this body/)
    const no = await story.decide('dassos', { outcome: 'declined' })
    expect(await story.pass(slug, no)).toMatchObject({ is: 'invalid' })
    const other = await story.decide('dassos', { matter: 'oevrige-sager' })
    expect(await story.pass(slug, other)).toMatchObject({ is: 'invalid' })
    const old = await story.decide('dassos', { decidedOn: '2024-03-02' })
    expect(await story.pass(slug, old)).toMatchObject({ is: 'invalid' })
    expect(await story.ratifies(keeper, slug, 'viborg-byraad')).toMatchObject({ is: 'late' })
    okValue(await story.pass(slug, await story.decide('dassos')))
    db.clock.advance(86_400_000)
    okValue(await story.pass(slug, await story.decide('kd-net')))
    // decided before KD-net had
    expect(await story.pass(slug, early)).toMatchObject({ is: 'invalid' })
    db.clock.advance(86_400_000)
    expect(okValue(await story.pass(slug, await story.decide('kkr-midtjylland'))).state).toBe('ratification')
  })

  test('GOV-6: who is missing is reminded by one act, once a day, and by itself before the last day', async () => {
    const herning = await cast.secretary('herning-byraad')
    db.clock.now = new Date('2024-11-01T09:00:00Z')
    expect(await does(db, herning, remindMissing, { slug })).toEqual({ is: 'forbidden' })
    expect(okValue(await does(db, keeper, remindMissing, { slug })).reminded).toBe(20)
    expect((await does(db, keeper, remindMissing, { slug })).is).toBe('late')
    expect((await watch()).letters).toBe(0)
    db.clock.now = new Date('2024-12-01T09:00:00Z')
    // the regional council and eighteen municipalities have no account yet; nobody else's is read for it
    await addActor(db, 'Worker', [{ organisation: 'herning-kommune', role: 'case_worker' }])
    await addActor(db, 'Elsewhere', [{ organisation: 'jugendamt', role: 'secretariat' }])
    const read = await db.transact({ actor: null, purpose: 'framework' }, (tx) =>
      tx.all(sql<{ organisation: string }>`select distinct o.slug as organisation from access.account a
        left join access.membership m on m.account_id = a.id left join access.organisation o on o.id = m.organisation_id order by 1`),
    )
    expect(read.map(({ organisation }) => organisation)).toEqual(['herning-kommune', 'viborg-kommune'])
    expect(
      await db.transact({ actor: null, purpose: 'framework' }, (tx) => tx.all(sql`select id from access.account`)),
    ).toHaveLength(2)
    expect((await watch()).letters).toBe(2)
    expect((await watch()).letters).toBe(0)
    const { rows } = await db.ownerPool.query(
      `select payload->'parameters'->>'link' as link from graphile_worker._private_jobs j
       join graphile_worker._private_tasks t on t.id = j.task_id
       where t.identifier = 'mail.send' and payload->>'to' = $1`,
      [herning.email],
    )
    expect(rows).toEqual([{ link: `${at.url}/governance/agreements/${slug}/ratify?body=herning-byraad` }])
  })

  test('GOV-6: nineteen keep it out of force, with their name for who is missing', async () => {
    db.clock.advance(86_400_000)
    for (const council of councils) {
      const by = await cast.secretary(council)
      expect(okValue(await story.ratifies(by, slug, council, { number: '12' })).entered).toBe('by-party')
    }
    expect((await story.read(slug)).progress.ratified).toEqual(councils)
    db.clock.now = new Date('2025-01-02T09:00:00Z')
    expect(await watch()).toMatchObject({ inForce: 0 })
    const forced = await does(db, keeper, bringIntoForce, { slug, version: await story.version(slug) })
    expect(forced).toMatchObject({ is: 'invalid', errors: [{ message: expect.stringContaining('Regional council') }] })
  })

  test('GOV-6: a visitor without an account reads who is missing and that it is not in force, in Ukrainian and German', async () => {
    for (const [language, shown] of [
      [
        'uk',
        ['Ратифікували 19 з 20', /Бракує: [^.]*[Рр]егіональна рада/, 'Вона ще не чинна', 'ще ні', 'триває ратифікація'],
      ],
      [
        'de',
        [
          '19 von 20 haben ratifiziert',
          /Es fehlen: [^.]*Regionsrat/,
          'noch nicht in Kraft',
          'noch nicht',
          'wird ratifiziert',
        ],
      ],
    ] as const) {
      const answer = await fetch(`${at.url}/framework-agreements/${slug}`, { headers: { 'accept-language': language } })
      const page = (await answer.text()).replaceAll('\u00a0', ' ')
      expect([answer.status, page.match(/<html lang="(\w\w)"/)?.[1]]).toEqual([200, language])
      for (const words of shown) expect(page).toMatch(words)
      // one party waits, nineteen do not
      expect(page.match(/data-state="missing"/g)).toHaveLength(1)
    }
  })

  test('GOV-6: a party ratifies once, and nobody ratifies for a party that is not theirs', async () => {
    const herning = await cast.secretary('herning-byraad')
    expect(await story.ratifies(herning, slug, 'herning-byraad')).toMatchObject({ is: 'late' })
    expect(await story.ratifies(keeper, slug, 'herning-byraad')).toMatchObject({ is: 'late' })
    expect(await story.ratifies(herning, slug, 'regionsraadet')).toEqual({ is: 'forbidden' })
    expect(await story.ratifies(null, slug, 'regionsraadet')).toEqual({ is: 'forbidden' })
    expect(await story.ratifies(keeper, slug, 'forretningsudvalget')).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'body' }],
    })
    const { rows } = await db.ownerPool.query(
      `select count(*)::int as n from governance.decision d join governance.body b on b.id = d.body_id where b.slug = 'herning-byraad'`,
    )
    expect(rows[0].n).toBe(1)
  })

  test('GOV-6: the twentieth, entered from the minutes, brings it into force once its day is there', async () => {
    db.clock.now = new Date('2024-12-20T09:00:00Z')
    const last = okValue(
      await story.ratifies(keeper, slug, 'regionsraadet', { decidedOn: '2024-12-18', number: '44/24' }),
    )
    expect(last).toMatchObject({ entered: 'from-minutes', number: '44/24' })
    const early = await does(db, keeper, bringIntoForce, { slug, version: await story.version(slug) })
    expect(early).toMatchObject({
      is: 'invalid',
      errors: [{ message: expect.stringContaining('1\u00a0January 2025') }],
    })
    expect(await watch()).toMatchObject({ inForce: 0 })
    db.clock.now = new Date('2025-01-01T09:00:00Z')
    expect(await watch()).toMatchObject({ inForce: 1 })
    expect(await watch()).toMatchObject({ inForce: 0 })
    expect((await story.read(slug)).agreement).toMatchObject({ state: 'in-force', inForceOn: '2025-01-01' })
  })

  test('GOV-6: each ratification is a decision of its council that can be found, and stands in the thread', async () => {
    const { agreement } = await story.read(slug)
    const links = await as(null, (tx) => linksOf(tx, { kind: 'governance.framework-agreement', id: agreement.id }))
    expect(links.filter(({ relation }) => relation === 'ratifies')).toHaveLength(20)
    expect(links.filter(({ relation }) => relation === 'agrees-to')).toHaveLength(3)
    const reply = await fetch(`${at.url}/api/v1/decisions?body=regionsraadet`)
    expect(await reply.json()).toMatchObject({
      items: [{ number: '44/24', title: { da: 'Godkendt: Rammeaftale 2025–26' } }],
    })
  })

  test('CAP-2: the annex in force on the day says which offers are in scope', async () => {
    const annex = (day: string) => as(null, (tx) => scopeAnnexOn(tx, pack, day))
    expect(await annex('2024-12-31')).toBeUndefined()
    expect(await annex('2025-06-01')).toEqual({ agreement: slug, offers: ['hedelyset'] })
    expect(await annex('2026-06-01')).toEqual({ agreement: slug, offers: ['hedelyset', 'soekanten'] })
  })
})

describe('an amendment', () => {
  test('GOV-6: takes the lighter way where the rule offers one, and changes what is in scope from its day on', async () => {
    const amend = (more: Record<string, unknown> = {}) =>
      does(db, keeper, beginAmendment, {
        slug: 'rammeaftale-2025-26',
        title: 'Flere tilbud',
        since: '2025-07-01',
        way: 'mindre-aendring',
        ...more,
      })
    expect(await amend({ since: '2024-01-01' })).toMatchObject({ is: 'invalid', errors: [{ path: 'since' }] })
    expect(await amend({ way: 'none' })).toMatchObject({ is: 'invalid', errors: [{ path: 'way' }] })
    const { slug } = okValue(await amend())
    okValue(
      await story.write(slug, 'omfattede-tilbud', 'Ét mere.', {
        offers: [{ offer: 'hedelyset' }, { offer: 'nyt-tilbud' }],
      }),
    )
    await story.confirm(await story.send(slug))
    await story.settle(slug)
    expect(okValue(await story.pass(slug, await story.decide('dassos'))).state).toBe('on-its-way')
    expect(await watch()).toMatchObject({ inForce: 0 })
    db.clock.now = new Date('2025-07-02T09:00:00Z')
    expect(await watch()).toMatchObject({ inForce: 1 })
    const annex = (day: string) => as(null, (tx) => scopeAnnexOn(tx, pack, day))
    expect(await annex('2025-06-01')).toMatchObject({ offers: ['hedelyset'] })
    expect(await annex('2025-07-02')).toEqual({ agreement: slug, offers: ['hedelyset', 'nyt-tilbud'] })
  })
})

describe('drafting', () => {
  let slug: string
  beforeAll(async () => {
    slug = await story.begin(2027)
  })

  test('GOV-6: the second of two editors sees both texts, and overwrites nothing', async () => {
    okValue(await story.write(slug, 'organisering', 'Den første'))
    const second = await story.write(slug, 'organisering', 'Den anden')
    expect(second).toMatchObject({ is: 'conflict', current: { version: 1, words: 'Den første' } })
    okValue(await story.write(slug, 'organisering', 'Den anden', { version: 1 }))
    const [one, other] = await Promise.all([
      story.write(slug, 'organisering', 'A', { version: 2 }),
      story.write(slug, 'organisering', 'B', { version: 2 }),
    ])
    expect([one.is, other.is].sort()).toEqual(['conflict', 'ok'])
    expect(await story.write(slug, 'organisering', 'A', { version: 3 })).toMatchObject(
      one.is === 'ok' ? { is: 'invalid', errors: [{ path: 'words' }] } : { is: 'ok' },
    )
  })

  test('GOV-6: drafts are read by those who take part, and by nobody else', async () => {
    const { agreement } = await story.read(slug)
    const seen = async (actor: Actor | null) => (await as(actor, (tx) => newestVersions(tx, agreement.id))).size
    const member = await addActor(db, 'Member', [{ organisation: 'herning-kommune', role: 'body_member' }])
    const provider = await addActor(db, 'Provider', [{ organisation: 'herning-kommune', role: 'provider' }])
    const elsewhere = await addActor(db, 'Elsewhere', [{ organisation: 'dovira', role: 'secretariat' }])
    expect([await seen(keeper), await seen(member)]).toEqual([1, 1])
    expect([await seen(provider), await seen(elsewhere), await seen(null)]).toEqual([0, 0, 0])
  })

  test('GOV-6: a part is written by who drafts it; contributors propose, and get an answer', async () => {
    const words = { slug, part: 'styringsaftale', version: 0, words: 'Forslag' }
    const herning = await cast.secretary('herning-byraad')
    expect(await does(db, herning, writePart, { ...words, as: 'takstgruppen' })).toEqual({ is: 'forbidden' })
    expect(await does(db, keeper, writePart, { ...words, as: 'forretningsudvalget' })).toEqual({ is: 'forbidden' })
    expect(await does(db, herning, proposeWords, { ...words, as: 'forretningsudvalget', reason: 'Kortere' })).toEqual({
      is: 'forbidden',
    })
    const propose = (text: string) =>
      does(db, keeper, proposeWords, { ...words, words: text, as: 'forretningsudvalget', reason: 'Kortere' })
    const taken = okValue(await propose('Kort tekst'))
    const declined = okValue(await propose('Endnu kortere'))
    okValue(
      await does(db, keeper, writePart, { ...words, words: 'Kort tekst', as: 'takstgruppen', proposal: taken.id }),
    )
    const decline = { slug, part: 'styringsaftale', as: 'takstgruppen', proposal: declined.id, answer: 'For kort' }
    expect(await does(db, herning, declineProposal, decline)).toEqual({ is: 'forbidden' })
    okValue(await does(db, keeper, declineProposal, decline))
    expect((await does(db, keeper, declineProposal, decline)).is).toBe('late')
    const { agreement } = await story.read(slug)
    const answered = await as(keeper, (tx) => proposalsOf(tx, agreement.id, 'styringsaftale'))
    expect(answered.map(({ state, answer }) => [state, answer])).toEqual([
      ['declined', 'For kort'],
      ['taken', undefined],
    ])
    expect(await as(null, (tx) => proposalsOf(tx, agreement.id))).toEqual([])
  })
})

describe('a party that declines', () => {
  test('GOV-6: is shown, may decide anew, and what was agreed falls when the text goes back', async () => {
    const slug = await story.begin(2029)
    await story.toRatification(slug)
    const lemvig = await cast.secretary('lemvig-byraad')
    okValue(await story.ratifies(lemvig, slug, 'lemvig-byraad', { outcome: 'declined' }))
    okValue(await story.ratifies(await cast.secretary('skive-byraad'), slug, 'skive-byraad'))
    const standing = async (body: string) =>
      (await story.read(slug)).progress.parties.find((party) => party.body.slug === body)
    expect(await standing('lemvig-byraad')).toMatchObject({
      ratified: undefined,
      declined: { number: expect.any(String) },
    })
    okValue(await story.ratifies(lemvig, slug, 'lemvig-byraad'))
    expect(await standing('lemvig-byraad')).toMatchObject({ ratified: { entered: 'by-party' }, declined: undefined })
    const back = async (reason: string) =>
      does(db, keeper, returnToDraft, { slug, version: await story.version(slug), reason })
    expect((await back('')).is).toBe('invalid')
    okValue(await back('To byråd vil have en anden tekst'))
    const { agreement, progress } = await story.read(slug)
    expect([agreement.state, agreement.round, progress.ratified, progress.agreed]).toEqual(['draft', 2, [], []])
    expect((await does(db, keeper, settleText, { slug, version: agreement.version })).is).toBe('late')
  })

  test('GOV-4, GOV-6: a ratification whose decision was recorded wrongly follows the right one', async () => {
    const slug = await story.begin(2031)
    await story.toRatification(slug)
    const skive = await cast.secretary('skive-byraad')
    const { decision } = okValue(await story.ratifies(skive, slug, 'skive-byraad'))
    const right = { id: decision, matter: 'rammeaftale', decidedOn: story.today(), title: { da: 'Nej' } }
    okValue(await does(db, skive, supersedeDecision, { ...right, outcome: 'declined' }))
    expect((await story.read(slug)).progress.ratified).toEqual([])
    okValue(await story.ratifies(skive, slug, 'skive-byraad'))
    expect((await story.read(slug)).progress.ratified).toEqual(['skive-byraad'])
  })
})

describe('the database, asked directly by the program’s role', () => {
  const refused =
    /permission denied|row-level security|does not go|not ratified|no party|ratified already|not being ratified|its day has not come|settled|not the turn|violates/
  const id = async (slug: string) => (await story.read(slug)).agreement.id

  test('GOV-6: moves no agreement past a state, forces none with nineteen, and writes on no settled text', async () => {
    const agreement = await id('rammeaftale-2031-32')
    for (const statement of [
      sql`update governance.framework_agreement set state = 'in-force', in_force_on = '2031-01-01' where id = ${agreement}`,
      sql`update governance.framework_agreement set state = 'ended' where id = ${agreement}`,
      sql`update governance.framework_agreement set round = 7 where id = ${agreement}`,
      sql`update governance.framework_agreement set rule = '{}' where id = ${agreement}`,
      sql`delete from governance.framework_agreement where id = ${agreement}`,
      sql`update governance.framework_version set words = 'x' where agreement_id = ${agreement}`,
      sql`insert into governance.framework_text (agreement_id, round, purpose, versions, hash, fixed_at)
          values (${agreement}, 3, 'agreement', '[]', repeat('0', 64), now())`,
    ])
      await expect(as(keeper, (tx) => tx.all(statement))).rejects.toThrow(refused)
    await expect(
      as(keeper, (tx) =>
        tx.all(
          sql`update governance.framework_agreement set state = 'in-force', in_force_on = '2031-01-01', moved_at = ${tx.now} where id = ${agreement}`,
        ),
      ),
    ).rejects.toThrow(/not ratified by/)
  })

  test('GOV-6: takes no ratification twice, of no stranger, and none before its turn', async () => {
    const herning = await cast.secretary('herning-byraad')
    const ratify = async (actor: Actor, slug: string, body: string, decision: string, entered = 'by-party') => {
      const agreement = await id(slug)
      return as(actor, (tx) =>
        tx.all(
          sql`insert into governance.framework_ratification (agreement_id, round, body_id, decision_id, entered, entered_by)
              select ${agreement}, 1, b.id, ${decision}, ${entered}, ${actor.account} from governance.body b where b.slug = ${body}`,
        ),
      )
    }
    const slug = 'rammeaftale-2031-32'
    const own = await story.decide('viborg-byraad')
    await expect(ratify(herning, slug, 'viborg-byraad', own)).rejects.toThrow(refused)
    await expect(ratify(keeper, slug, 'forretningsudvalget', own, 'from-minutes')).rejects.toThrow(refused)
    await expect(ratify(keeper, slug, 'horsens-byraad', own, 'from-minutes')).rejects.toThrow(
      /no decision of that body/,
    )
    await expect(ratify(keeper, 'rammeaftale-2027-28', 'viborg-byraad', own, 'from-minutes')).rejects.toThrow(refused)
    await ratify(keeper, slug, 'viborg-byraad', own)
    await expect(ratify(keeper, slug, 'viborg-byraad', await story.decide('viborg-byraad'))).rejects.toThrow(
      /ratified already/,
    )
  })

  test('GOV-6: lets nobody enter a decision of a council unless its agreement is being ratified', async () => {
    const odder = await as(keeper, (tx) =>
      tx.one(sql<{ id: string }>`select id from governance.body where slug = 'odder-byraad'`),
    )
    const enter = (matter: string) =>
      as(keeper, (tx) =>
        tx.all(
          sql`insert into governance.decision (body_id, decided_on, matter, outcome, title, about_person, entered, recorded_by)
              values (${odder?.id}, '2030-11-01', ${matter}, 'agreed', '{"da":"Direkte"}', false, 'from-minutes', ${keeper.account})`,
        ),
      )
    await enter('rammeaftale')
    await expect(enter('oevrige-sager')).rejects.toThrow(refused)
  })
})

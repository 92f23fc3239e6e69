import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { addActor } from '../../../test/actors.ts'
import { testHouse } from '../../../test/house.ts'
import { type Somebody, somebody } from '../../../test/people.ts'
import { send } from '../../../test/wire.ts'
import type { Actor } from '../../platform/access/actor.ts'
import { query, type Tx } from '../../platform/db/database.ts'
import { DecisionTable, type VersionContent } from '../../platform/decision-tables/types.ts'
import { moveMatter } from './commands/matters/move-matter.ts'
import { enterNewMatter } from './commands/matters/raise-matter.ts'
import { changeRules } from './commands/rules/change-rules.ts'
import { supersedeDecision } from './commands/supersede-decision.ts'
import { recordDecision, ruleOn } from './contract.ts'
import { does, okValue } from './governance.fixture.ts'
import { groundsFor } from './store/rules/grounds.ts'
import { tableBySlug } from './store/rules/read-rules.ts'
import { saveTables } from './store/rules/save-rules.ts'

const at = await testHouse({ now: new Date('2026-11-29T10:00:00Z') })
const { db, url, house } = at
const pack = 'dk-midtjylland'

let secretary: Actor
let region: Actor
let clerk: Somebody
let token = ''

beforeAll(async () => {
  secretary = await addActor(db, 'Secretary', [{ organisation: 'viborg-kommune', role: 'secretariat' }])
  region = await addActor(db, 'Region', [{ organisation: 'region-midtjylland', role: 'secretariat' }])
  clerk = await somebody(at, 'Clerk', [{ organisation: 'viborg-kommune', role: 'secretariat' }])
  const given = await house.auth.createToken(clerk.email, ['governance:write'], 30, 'test')
  token = given.is === 'ok' ? given.value.token : ''
})

const asAnybody = <T>(work: (tx: Tx) => Promise<T>) => db.transact({ actor: null }, work)
const never = (): never => {
  throw new Error('the rule is there')
}
const raised = async (slug: string) => {
  const table = await asAnybody((tx) => tableBySlug(tx, pack, slug))
  return okValue(
    await does(db, secretary, enterNewMatter, {
      body: 'dassos',
      kind: 'arbejdsgange',
      title: { da: 'En ny regel' },
      source: 'body',
      thing: { kind: 'governance.rule', id: table?.id ?? '' },
    }),
  ).id
}
/** A decision on a matter of the rule. */
const decided = async (more: Record<string, unknown> = {}, rule = 'capacity-adjustment') =>
  recorded({ on: await raised(rule), ...more })
const recorded = async (more: Record<string, unknown> = {}) =>
  okValue(
    await does(db, secretary, recordDecision, {
      body: 'dassos',
      matter: 'arbejdsgange',
      decidedOn: '2026-11-20',
      outcome: 'agreed',
      title: { da: 'Ny grænse' },
      ...more,
    }),
  ).id

/** The rule of today, with another limit. */
async function limitedTo(places: number): Promise<VersionContent> {
  const table = await asAnybody((tx) => tableBySlug(tx, pack, 'capacity-adjustment'))
  const content = table?.versions.find(({ from }) => from === '2017-03-01')?.content
  if (!content) throw new Error('the rule of 2017 is missing')
  const { hitPolicy, inputs, outputs, rules } = content
  return {
    hitPolicy,
    inputs,
    outputs,
    rules: rules.map((rule) => ({
      ...rule,
      when: Object.fromEntries(
        Object.entries(rule.when).map(([id, test]) => [id, test.replaceAll('10', String(places))]),
      ),
    })),
  }
}

const change = async (more: Record<string, unknown> = {}) => ({
  pack,
  table: 'capacity-adjustment',
  from: '2027-01-01',
  decision: await decided(),
  content: await limitedTo(15),
  ...more,
})
const pathOn = async (day: string, places: number) => {
  const rule = await asAnybody((tx) => ruleOn(tx, pack, 'capacity-adjustment', day))
  const outcome = rule?.evaluate({ change: places, closure: false, inScope: true, contacted: true })
  return outcome?.is === 'decided' ? outcome.outputs.path : outcome?.is
}

describe('rules in force', () => {
  test('GOV-12: the version of the day of the matter holds, and says where it is from', async () => {
    const rule = await asAnybody((tx) => ruleOn(tx, pack, 'capacity-adjustment', '2018-05-01'))
    expect(rule?.version).toMatchObject({ from: '2017-03-01', example: false, source: { date: '2019-01-01' } })
    expect(await pathOn('2017-02-28', 11)).toBe('unknown')
    expect(await pathOn('2017-03-01', 10)).toBe('none')
    expect(await pathOn('2017-03-01', 11)).toBe('approval')
    expect(await asAnybody((tx) => ruleOn(tx, pack, 'no-such-table', '2018-05-01'))).toBeUndefined()
    expect(await asAnybody((tx) => ruleOn(tx, 'nowhere', 'capacity-adjustment', '2018-05-01'))).toBeUndefined()
  })

  test('GOV-12: a change of rules rests on a decision, holds from its day on, and leaves earlier matters as they were', async () => {
    const input = await change({ from: '2027-01-01' })
    const made = okValue(await does(db, secretary, changeRules, input))
    expect(made).toMatchObject({ table: 'capacity-adjustment', from: '2027-01-01' })
    expect([await pathOn('2026-12-31', 15), await pathOn('2027-01-01', 15)]).toEqual(['approval', 'none'])
    expect([await pathOn('2027-01-01', 16), await pathOn('2017-03-01', 11)]).toEqual(['approval', 'approval'])
    const rule = await asAnybody((tx) => ruleOn(tx, pack, 'capacity-adjustment', '2027-01-01'))
    expect(rule?.version.decision).toBe(input.decision)
    expect(await does(db, secretary, changeRules, { ...input, decision: await decided() })).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'from' }],
    })
  })

  test('GOV-12: only a standing, agreed decision of an entitled body on that matter founds a rule, and never backwards', async () => {
    const wrong = async (more: Record<string, unknown>) => {
      const outcome = await does(db, secretary, changeRules, await change({ from: '2027-06-01', ...more }))
      return outcome.is === 'invalid' ? outcome.errors.map(({ path }) => path) : outcome.is
    }
    expect(await wrong({ decision: await decided({ matter: 'kapacitetsjustering' }) })).toEqual(['decision'])
    expect(await wrong({ decision: await recorded({ body: 'kkr-midtjylland', matter: 'faelles-linje' }) })).toEqual([
      'decision',
    ])
    expect(await wrong({ decision: await decided({ outcome: 'declined' }) })).toEqual(['decision'])
    expect(await wrong({ decision: crypto.randomUUID() })).toBe('notFound')
    expect(await wrong({ decision: await recorded() })).toEqual(['decision'])
    expect(await wrong({ decision: await decided({}, 'consultation') })).toEqual(['decision'])
    expect(await wrong({ from: '2026-11-19' })).toEqual(['from'])
    expect(await wrong({ table: 'quorum' })).toEqual(['decision'])
    expect(await wrong({ table: 'nothing' })).toBe('notFound')
    expect(await does(db, region, changeRules, await change({ from: '2027-06-01' }))).toEqual({ is: 'forbidden' })
    expect(await does(db, null, changeRules, await change({ from: '2027-06-01' }))).toEqual({ is: 'forbidden' })
  })

  test('GOV-12: a decision founds one version of the rule on which it was made, also where it took the place of a wrong one', async () => {
    const first = await decided()
    okValue(await does(db, secretary, changeRules, await change({ from: '2027-03-01', decision: first })))
    const again = await does(db, secretary, changeRules, await change({ from: '2027-04-01', decision: first }))
    expect(again).toMatchObject({ is: 'invalid', errors: [{ path: 'decision' }] })
    const wrong = await decided({ title: { da: 'Forkert' } })
    const right = okValue(
      await does(db, secretary, supersedeDecision, {
        id: wrong,
        matter: 'arbejdsgange',
        decidedOn: '2026-11-21',
        outcome: 'agreed',
        title: { da: 'Rigtig' },
      }),
    ).id
    okValue(await does(db, secretary, changeRules, await change({ from: '2027-05-01', decision: right })))
    // nor does an earlier decision come to a rule by a matter of later days
    const matter = await raised('capacity-adjustment')
    expect(await does(db, secretary, moveMatter, { id: matter, deed: 'decided', decision: first })).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'decision' }],
    })
    const elsewhere = await recorded({ body: 'kkr-midtjylland', matter: 'faelles-linje' })
    expect(elsewhere).toBeTruthy()
    const wrongBody = { body: 'kkr-midtjylland', matter: 'faelles-linje', on: matter, decidedOn: '2026-11-20' }
    expect(
      await does(db, secretary, recordDecision, { ...wrongBody, outcome: 'agreed', title: { da: 'Nej' } }),
    ).toMatchObject({ is: 'invalid', errors: [{ path: 'matter' }] })
  })

  test('GOV-12: a table with a hole, a contradiction, or more than comparing in a cell is refused at its cell, in words', async () => {
    const content = await limitedTo(15)
    const tried = async (rules: VersionContent['rules']) => {
      const outcome = await does(
        db,
        secretary,
        changeRules,
        await change({ from: '2027-06-01', content: { ...content, rules } }),
      )
      return outcome.is === 'invalid' ? outcome.errors[0] : outcome.is
    }
    const [first, small, ...rest] = content.rules
    if (!first || !small) throw new Error('the rule has rules')
    expect(await tried([first, ...rest])).toMatchObject({
      path: 'content.rules',
      message: expect.stringContaining('Change in places'),
    })
    expect(await tried([first, small, small, ...rest])).toMatchObject({ path: 'content.rules.1' })
    expect(
      await tried([first, { ...small, when: { ...small.when, change: 'for x in 1..9 return x' } }, ...rest]),
    ).toMatchObject({
      path: 'content.rules.1.when.change',
    })
    expect(await tried([first, { ...small, says: { ...small.says, path: '"whatever"' } }, ...rest])).toMatchObject({
      path: 'content.rules.1.says.path',
    })
  })

  test('GOV-12: the database refuses what the program would not do', async () => {
    const table = await asAnybody((tx) => tableBySlug(tx, pack, 'capacity-adjustment'))
    const content = JSON.stringify(await limitedTo(99))
    const insert = (actor: Actor, decision: string, starts = '2028-01-01', by = actor.account) =>
      db.transact({ actor: actor.account }, (tx) =>
        tx.all(
          sql`insert into governance.rule_version (table_id, starts, content, origin, decision_id, added_by)
            values (${table?.id}, ${starts}::date, ${content}::jsonb, 'decision', ${decision}, ${by})`,
        ),
      )
    const good = await decided()
    await expect(insert(region, good)).rejects.toThrow(/row-level security/)
    await expect(insert(secretary, good, '2028-01-01', region.account)).rejects.toThrow(/row-level security/)
    await expect(insert(secretary, await decided({ outcome: 'declined' }))).rejects.toThrow(/agreed and still stands/)
    await expect(insert(secretary, await decided({ matter: 'oevrige-sager' }))).rejects.toThrow(/may not change/)
    await expect(insert(secretary, await recorded())).rejects.toThrow(/another matter/)
    await expect(insert(secretary, await decided({}, 'consultation'))).rejects.toThrow(/another matter/)
    const spent = await decided()
    okValue(await does(db, secretary, changeRules, await change({ from: '2028-06-01', decision: spent })))
    await expect(insert(secretary, spent)).rejects.toThrow(/rule_version_decision/)
    await expect(insert(secretary, good, '2026-11-19')).rejects.toThrow(/before it was decided/)
    for (const statement of [
      sql`insert into governance.rule_version (table_id, starts, content, origin) values (${table?.id}, '2028-01-01', '{}', 'pack')`,
      sql`delete from governance.rule_version`,
      sql`update governance.rule_version set starts = '2000-01-01'`,
      sql`update governance.rule_table set matter = 'oevrige-sager' where false or pg_sleep(0) is null`,
      sql`insert into governance.rule_table (pack, slug, names, purpose) values (${pack}, 'mine', '{}', '{}')`,
    ])
      await expect(
        db.transact({ actor: secretary.account }, async (tx) => {
          await tx.all(statement)
          const [row] = await tx.all(
            sql<{ changed: boolean }>`select exists (select from governance.rule_table where slug = 'mine') as changed`,
          )
          if (!row?.changed) throw new Error('row-level security')
        }),
      ).rejects.toThrow(/row-level security|permission denied/)
    // not even while packs are loaded is a decided version rewritten
    okValue(await does(db, secretary, changeRules, await change({ from: '2029-01-01' })))
    await db.transact({ actor: null, purpose: 'administration' }, (tx) =>
      tx.all(sql`update governance.rule_version set withdrawn = true, content = '{}' where origin = 'decision'`),
    )
    expect(await pathOn('2029-01-02', 15)).toBe('none')
  })

  test('GOV-12: loading a pack again keeps what was decided, mends its own versions, and withdraws those it has no longer', async () => {
    const now = { en: 'Rule' }
    const [version] = (await asAnybody((tx) => tableBySlug(tx, pack, 'quorum')))?.versions ?? []
    if (!version) throw new Error('no quorum')
    const load = (...versions: object[]) =>
      db.transact({ actor: null, purpose: 'administration' }, (tx) =>
        saveTables(tx, 'ua-kharkiv', [
          DecisionTable.parse({ id: 'reloaded', pack: 'ua-kharkiv', names: now, purpose: now, versions }),
        ]),
      )
    const shown = async () =>
      (await asAnybody((tx) => tableBySlug(tx, 'ua-kharkiv', 'reloaded')))?.versions.map(({ from, until }) => [
        from,
        until,
      ])
    await load({ ...version.content, from: '2020-01-01' }, { ...version.content, from: '2024-01-01' })
    expect(await shown()).toEqual([
      ['2020-01-01', '2024-01-01'],
      ['2024-01-01', undefined],
    ])
    await load({ ...version.content, from: '2020-01-01', until: '2022-01-01' })
    expect(await shown()).toEqual([['2020-01-01', '2022-01-01']])
  })
})

describe('pages and API', () => {
  const read = async (address: string, language = 'en') =>
    (await fetch(`${url}${address}`, { headers: { 'accept-language': language } })).text()

  test('GOV-12: everybody reads the rules of a region, each version with its dates, source and words', async () => {
    expect(await read('/rules?region=dk-midtjylland')).toContain('/rules/dk-midtjylland/capacity-adjustment')
    const page = await read('/rules/dk-midtjylland/capacity-adjustment')
    for (const words of [
      'Before 1 March 2017',
      'less than -10 or more than 10',
      'from -10 to 10',
      'Bilag 6 til Rammeaftale',
      'no prior approval',
    ])
      expect(page.replaceAll('\u00a0', ' ').replaceAll('−', '-')).toContain(words)
    expect(await read('/rules/de-stuttgart/consultation', 'de')).toContain('Beispiel')
    expect((await fetch(`${url}/rules/dk-midtjylland/nothing`)).status).toBe(404)
  })

  test('GOV-12: whoever tries a rule sees what held on that day and why; what is missing is said at its field', async () => {
    const tried = (facts: string) => read(`/rules/dk-midtjylland/capacity-adjustment?${facts}`)
    const held = await tried('day=2019-05-01&f.change=%E2%88%9211&f.closure=false&f.inScope=true&f.contacted=true')
    expect(held).toContain('What holds on')
    expect(held).toContain('More than ten places')
    expect(await tried('day=2016-05-01&f.change=3&f.closure=false&f.inScope=true&f.contacted=true')).toContain(
      'is not known to this pack',
    )
    const wrong = await tried('day=2019-05-01&f.change=many&f.closure=false')
    expect(wrong).toContain('value="many"')
    expect(wrong).toContain('A whole number')
    expect((await fetch(`${url}/rules/dk-midtjylland/capacity-adjustment?day=2019-02-30`)).status).toBe(400)
  })

  test('GOV-12: the API says the same', async () => {
    const list = JSON.parse(await read('/api/v1/rules?pack=dk-midtjylland')) as { items: { id: string }[] }
    expect(list.items.map(({ id }) => id)).toEqual(expect.arrayContaining(['capacity-adjustment', 'consultation']))
    const address = '/api/v1/rules/dk-midtjylland/capacity-adjustment/outcome'
    const outcome = JSON.parse(
      await read(`${address}?day=2019-05-01&change=11&closure=false&inScope=true&contacted=true`),
    ) as object
    expect(outcome).toMatchObject({
      is: 'decided',
      version: { from: '2017-03-01' },
      hits: [{ outputs: { path: 'approval', hearingDays: 14 } }],
    })
    expect(JSON.parse(await read(`${address}?day=2019-05-01&change=eleven`))).toMatchObject({ is: 'bad-facts' })
    expect((await fetch(`${url}${address}?day=2019-05-01&colour=red`)).status).toBe(400)
    const reply = await send(url, '/api/v1/rules', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(await change({ from: '2030-01-01' })),
    })
    expect(reply.status).toBe(201)
  })

  test('GOV-12: the secretariat changes a limit with a form that needs no script', async () => {
    const address = '/governance/rules/dk-midtjylland/consultation'
    expect(await (await clerk.browser.get('/governance/rules')).text()).toContain(address)
    // nothing is decided on this rule: the matter is brought before the body, and its decision recorded from there
    const thing = await asAnybody((tx) => tableBySlug(tx, pack, 'consultation'))
    const raising = {
      target: 'dassos/arbejdsgange',
      title: 'Tre uger i stedet',
      thing: thing?.id ?? '',
      language: 'da',
    }
    expect((await clerk.browser.post(`${address}/matters`, { ...raising, title: '' })).status).toBe(422)
    expect((await clerk.browser.post(`${address}/matters`, raising)).status).toBe(303)
    const brought = await (await clerk.browser.get(address)).text()
    expect(brought).toContain('Tre uger i stedet')
    const recording = /href="(\/governance\/decisions\/new\?[^"]*on=([^"&]*))"/.exec(brought)
    const on = recording?.[2] ?? ''
    const blank = await (await clerk.browser.get(recording?.[1]?.replaceAll('&amp;', '&') ?? '')).text()
    expect(blank).toContain(`name="on" value="${on}"`)
    await clerk.browser.post('/governance/decisions/new', {
      matter: 'dassos/arbejdsgange',
      on,
      decidedOn: '2026-11-20',
      outcome: 'agreed',
      title: 'Tre uger',
      language: 'da',
    })
    const grounds = await db.transact({ actor: secretary.account }, (tx) => groundsFor(tx, thing ?? never()))
    const decision = grounds[0]?.id ?? ''
    const form = await (await clerk.browser.get(address)).text()
    expect(form).toContain('comes with the regional pack')
    expect(form).toContain('Tre uger')
    const structure =
      /name="structure" value="([^"]*)"/
        .exec(form)?.[1]
        ?.replaceAll('&quot;', '"')
        .replaceAll('&amp;', '&')
        .replaceAll('&#39;', "'") ?? ''
    const annotation =
      z.object({ rules: z.array(z.object({ annotation: z.object({ en: z.string() }) })) }).parse(JSON.parse(structure))
        .rules[0]?.annotation.en ?? ''
    const typed = (days: string) => ({
      decision,
      from: '2027-02-01',
      structure,
      'content.rules.0.says.days': days,
      'content.rules.0.says.closingOn': '"same-day"',
      'content.rules.0.says.silence': '"agrees"',
      'content.rules.0.annotation': annotation,
    })
    const wrong = await clerk.browser.post(address, typed('21 +'))
    expect(wrong.status).toBe(422)
    expect(await wrong.text()).toContain('value="21 +"')
    const done = await clerk.browser.post(address, typed('21'))
    expect([done.status, done.headers.get('location')]).toEqual([303, '/rules/dk-midtjylland/consultation'])
    const days = async (day: string) => {
      const rule = await asAnybody((tx) => ruleOn(tx, pack, 'consultation', day))
      const outcome = rule?.evaluate({ body: 'dassos', kind: 'administrative' })
      return outcome?.is === 'decided' ? outcome.outputs : outcome?.is
    }
    expect(await days('2027-01-31')).toMatchObject({ days: 14, closingOn: 'next-working-day' })
    expect(await days('2027-02-01')).toEqual({ days: 21, closingOn: 'same-day', silence: 'agrees' })
    const table = await asAnybody((tx) => tableBySlug(tx, pack, 'consultation'))
    // words that nobody touched keep their languages
    expect(Object.keys(table?.versions.at(-1)?.content.rules[0]?.annotation ?? {}).sort()).toEqual([
      'da',
      'de',
      'en',
      'uk',
    ])
  })

  test('GOV-12: a version whose decision was replaced says so', async () => {
    const decision = await decided()
    okValue(await does(db, secretary, changeRules, await change({ from: '2031-01-01', decision })))
    await db.transact({ actor: secretary.account }, async (tx) => {
      const body = await tx.one(query.selectFrom('governance.body').select('id').where('slug', '=', 'dassos'))
      await tx.all(
        query.insertInto('governance.decision').values({
          body_id: body?.id ?? '',
          decided_on: '2026-11-25',
          matter: 'arbejdsgange',
          outcome: 'declined',
          title: JSON.stringify({ da: 'Nej' }),
          about_person: false,
          entered: 'by-secretariat',
          recorded_by: secretary.account,
          supersedes: decision,
        }),
      )
    })
    expect(await read('/rules/dk-midtjylland/capacity-adjustment')).toContain('A later decision has replaced this one')
    expect(await pathOn('2031-01-02', 15)).toBe('none')
  })
})

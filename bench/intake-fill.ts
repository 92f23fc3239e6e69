import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { directoryPack } from '../src/capabilities/directory/pack-part.ts'
import { governancePack } from '../src/capabilities/governance/pack-part.ts'
import { intakePack } from '../src/capabilities/intake/pack-part.ts'
import { matchKeys } from '../src/capabilities/intake/rules/matching/keys.ts'
import { Draft } from '../src/capabilities/intake/types.ts'
import type { Actor } from '../src/platform/access/actor.ts'
import { readConfig } from '../src/platform/config/config.ts'
import { copyIn } from '../src/platform/db/copy.ts'
import { type Database, openDatabase } from '../src/platform/db/database.ts'
import { loadPack, type PackPart, packFolders } from '../src/platform/packs/load.ts'
import { register } from './duplicates-people.ts'
import { copied, packs } from './search-fill.ts'

/** The office whose desk is opened and to which the measured requests go; every twentieth request is its own. */
const office = 'dovira'
const share = 0.05
const offices = 60
const workersOfOffice = 12
/** So many requests at least are open at that office, that its desk has a full page at either size. */
const openAtLeast = 300
/** People who asked before and ask again, with an account. */
const asking = 40

/** Offices with so many requests, and who takes part in the measurement. */
export interface Desk {
  database: Database
  folder: string
  office: string
  worker: Actor
  people: readonly Actor[]
}

/** Makes offices with `count` requests in a new embedded database: with people, papers, clocks, steps, links, places in lists, calls and audit. */
export async function prepareDesk(count: number): Promise<Desk> {
  const folder = mkdtempSync(join(tmpdir(), 'linden-bench-'))
  const database = await openDatabase(
    readConfig({ LINDEN_DATA: folder, LINDEN_SECRET: 'b'.repeat(40), LINDEN_POOL: '2', LOG_LEVEL: 'silent' }),
  )
  try {
    return { database, folder, ...(await fill(database, count)) }
  } catch (problem) {
    await database.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    throw problem
  }
}

async function fill(database: Database, count: number): Promise<Omit<Desk, 'database' | 'folder'>> {
  const parts = [directoryPack, governancePack, intakePack] as PackPart<unknown>[]
  for (const pack of packFolders(packs, 'all')) await loadPack(database, pack, parts, new Date())
  const owner = await database.ownerPool.connect()
  try {
    // nothing else works while it is filled
    for (const setting of [`max_wal_size = '16GB'`, 'autovacuum = off'])
      await owner.query(`alter system set ${setting}`)
    await owner.query('select pg_reload_conf()')
    // what refers to what is right by the making; rows are not looked up one by one
    await owner.query(`select setseed(0.8), set_config('session_replication_role', 'replica', false),
      set_config('synchronous_commit', 'off', false), set_config('maintenance_work_mem', '512MB', false)`)
    const staff = await makeStaff(owner)
    const rebuild = await takeIndexesOff(owner)
    await fillPeople(owner, Math.ceil(count * 0.4))
    await makePeopleWhoAsk(owner)
    await fillRequests(owner, count)
    await fillParts(owner)
    await rebuild()
    await owner.query(`reset session_replication_role`)
    await owner.query('drop table public.filling, public.filling_office, public.filling_service, public.filling_person')
    await owner.query('vacuum analyze')
    await owner.query('alter system reset all')
    await owner.query('select pg_reload_conf()')
    // what was filled in is on the disk before anything is measured
    await owner.query('checkpoint')
    return { ...staff, people: await actorsOf(owner, 'asking-%') }
  } finally {
    owner.release(true)
  }
}

/** The offices, those who work there, and the services asked for. */
async function makeStaff(owner: pg.PoolClient): Promise<{ office: string; worker: Actor }> {
  await owner.query(
    `create table public.filling_office as
       select row_number() over (order by o.slug <> $1, o.slug) - 1 as n, o.id, a.pack, 0 as people, 0 as services
       from access.organisation o join access.area a on a.code = o.area where a.pack in (select pack from intake.procedure)
       order by o.slug <> $1, o.slug limit $2`,
    [office, offices],
  )
  await owner.query(
    `create table public.filling_service as
       select row_number() over (partition by a.pack order by s.slug) - 1 as n, s.id, s.version, a.pack, s.card -> 'documents' as papers
       from directory.service s join access.organisation o on o.id = s.organisation_id join access.area a on a.code = o.area
       where a.pack in (select pack from intake.procedure)`,
  )
  await makeAccounts(owner, 'worker', workersOfOffice * offices)
  await owner.query(
    `insert into access.membership (account_id, organisation_id, role, since)
       select a.id, o.id, 'case_worker', '2020-01-01' from access.account a join public.filling_office o on o.n = split_part(split_part(a.email, '@', 1), '-', 2)::int % $1
       where a.email like 'worker-%'`,
    [offices],
  )
  const [worker] = await actorsOf(owner, 'worker-0@%')
  const [membership] = worker?.memberships ?? []
  if (!worker || !membership) throw new Error('nobody works here')
  return { office: membership.organisation, worker }
}

async function makeAccounts(owner: pg.PoolClient, name: string, count: number): Promise<void> {
  await owner.query(
    `with made as (select uuidv7() as person, uuidv7() as account, n from generate_series(0, $2::int - 1) n),
          person as (insert into access.person (id, name) select person, 'Somebody ' || n from made)
     insert into access.account (id, person_id, email) select account, person, $1 || '-' || n || '@example.org' from made`,
    [name, count],
  )
}

/** Accounts as sign-in with a second factor would find them. */
async function actorsOf(owner: pg.PoolClient, like: string): Promise<Actor[]> {
  const { rows } = await owner.query(
    `select a.id as account, a.person_id as person, p.name, a.email,
       coalesce((select jsonb_agg(jsonb_build_object('organisation', m.organisation_id, 'areaPath', r.path, 'role', m.role))
         from access.membership m join access.organisation o on o.id = m.organisation_id join access.area r on r.code = o.area
         where m.account_id = a.id), '[]') as memberships
     from access.account a join access.person p on p.id = a.person_id where a.email like $1 order by a.email`,
    [like],
  )
  return rows.map((row) => ({ ...row, locale: 'uk', secondFactor: true, scopes: undefined }))
}

/** Drops the indexes of what is filled. @returns what makes them again */
async function takeIndexesOff(owner: pg.PoolClient): Promise<() => Promise<void>> {
  const { rows } = await owner.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
     where indrelid::regclass::text = any($1) and not exists (select from pg_constraint where conindid = indexrelid)`,
    [
      ['person', 'request', 'document', 'clock', 'step', 'link']
        .map((table) => `intake.${table}`)
        .concat('audit.event'),
    ],
  )
  for (const { name } of rows) await owner.query(`drop index ${name}`)
  return async () => {
    for (const { definition } of rows) await owner.query(definition)
  }
}

async function fillPeople(owner: pg.PoolClient, count: number): Promise<void> {
  const { rows } = await owner.query<{ id: string }>('select id from public.filling_office order by n')
  const ids = rows.map(({ id }) => id)
  async function* lines() {
    let batch: string[] = []
    let at = 0
    for (const { marks } of register(0.08, 8).take(count)) {
      const { name, birthDate, phones, emails, address, documents } = marks
      const authority = ids[officeOf((at++ + 0.5) / count)]
      batch.push(
        [authority, name, birthDate, phones, emails, address, documents[0], matchKeys(marks)].map(copied).join('\t'),
      )
      if (batch.length === 1000) {
        yield Buffer.from(`${batch.join('\n')}\n`)
        batch = []
      }
    }
    if (batch.length > 0) yield Buffer.from(`${batch.join('\n')}\n`)
  }
  const columns = 'authority_id, name, birth_date, phones, emails, address, document_hash, match_keys'
  await copyIn(owner, `copy intake.person (${columns}) from stdin`, lines())
}

/** Number of the office for a point from 0 to 1: the first has its share, of the others the later ones have less. */
const officeOf = (point: number): number =>
  point < share ? 0 : 1 + Math.floor((offices - 1) * ((point - share) / (1 - share)) ** 1.6)

/** People with an account and a record at the office. */
async function makePeopleWhoAsk(owner: pg.PoolClient): Promise<void> {
  await makeAccounts(owner, 'asking', asking)
  await owner.query(
    `update intake.person p set account_id = a.id
     from (select id, row_number() over (order by id) as n from access.account where email like 'asking-%') a
       join (select id, row_number() over (order by id) as n from intake.person where authority_id = (select id from public.filling_office where n = 0)
             order by id limit $1) q on q.n = a.n where p.id = q.id`,
    [asking],
  )
  await owner.query(
    `create table public.filling_person as select id, authority_id, account_id, row_number() over (partition by authority_id order by id) - 1 as n
     from intake.person`,
  )
  await owner.query(
    `update public.filling_office o set people = (select count(*) from public.filling_person p where p.authority_id = o.id),
       services = (select count(*) from public.filling_service s where s.pack = o.pack)`,
  )
  await owner.query('analyze public.filling_person, public.filling_office, public.filling_service')
}

const draft = Draft.parse({
  particulars: { name: 'Гриценко Наталя Іванівна', birthDate: '1990-05-17', address: 'вул. Шкільна 5', language: 'uk' },
  situation: {
    words:
      'Ми втекли від війни, нас четверо, і не маємо де жити. Мама не ходить, менший син не розмовляє. Нам обіцяли кімнату, але вона вже зайнята.',
    wish: 'Тиха кімната і хтось, хто сидить з мамою, поки я на роботі.',
  },
  contact: { ways: ['phone'], phone: '+380 50 000 00 00' },
})

/** Requests of four years, oldest first, as they came: most decided, a fiftieth open. */
async function fillRequests(owner: pg.PoolClient, count: number): Promise<void> {
  await owner.query(
    `create table public.filling as
     with drawn as (
       select n, random() as point, random() as course, random() as who, random() as state, random() as urgency, random() as service, random() as due, random() as age
       from generate_series(0, $1::int - 1) n),
     placed as (
       select d.*, case when point < $2 then 0 else 1 + floor(($3 - 1) * power((point - $2) / (1 - $2), 1.6))::int end as office from drawn d),
     opened as (select p.*, course < case when office = 0 then $4::float else 0.02 end as open from placed p),
     stated as (
       select o.*, case when open then age * interval '20 days' else interval '20 days' + age * interval '4 years' end as ago,
         case when open then case when state < 0.3 then 'submitted' when state < 0.8 then 'in-review' else 'waiting' end
           when state < 0.01 then 'draft' when state < 0.13 then 'withdrawn' when state < 0.28 then 'refused' when state < 0.36 then 'redirected' else 'accepted' end as state_now
       from opened o)
     select s.n, uuidv7(-s.ago) as id, s.open, s.state_now as state, now() - s.ago as begun, s.office, s.n % $5 as worker,
       case when s.urgency < case when s.open then 0.03 else 0.01 end then 'emergency' when s.urgency < 0.06 then 'urgent' else 'ordinary' end as urgency,
       case when s.open and s.state_now <> 'waiting' then greatest(now() + s.due * interval '16 days' - interval '2 days', now() - s.ago + interval '1 day') end as due_at,
       f.id as handler_id, v.id as service_id, v.version, v.pack, v.papers, q.id as person_id, q.account_id
     from stated s join public.filling_office f on f.n = s.office
       join public.filling_service v on v.pack = f.pack and v.n = floor(s.service * s.service * f.services)
       join public.filling_person q on q.authority_id = f.id and q.n = floor(s.who * f.people)
     order by s.ago desc`,
    [count, share, offices, Math.max(0.02, Math.min(1, openAtLeast / (count * share))), workersOfOffice],
  )
  await owner.query('analyze public.filling')
  await owner.query(
    `insert into intake.request (id, reference, kind, state, pack, service_id, service_version, handler_id, person_id, account_id, urgency, draft, locale,
         assigned_to, due_at, created_at, submitted_at, decided_at, changed_at)
     select f.id, upper(lpad(to_hex(f.n), 5, '0') || '-' || substr(f.id::text, 32, 5)), 'application', f.state, f.pack, f.service_id, f.version,
       case when f.state <> 'draft' then f.handler_id end, case when f.state <> 'draft' then f.person_id end, f.account_id, f.urgency, $1, 'uk',
       case when f.state in ('in-review', 'waiting', 'accepted', 'refused', 'redirected') then a.id end, f.due_at, f.begun,
       case when f.state <> 'draft' then f.begun + interval '1 hour' end,
       case when f.state in ('accepted', 'refused', 'redirected') then f.begun + interval '12 days' end, f.begun + interval '12 days'
     from public.filling f left join access.account a on a.email = 'worker-' || (f.office + f.worker * $2::int) || '@example.org'
     order by f.begun`,
    [JSON.stringify(draft), offices],
  )
}

/** What belongs to the requests. */
async function fillParts(owner: pg.PoolClient): Promise<void> {
  await owner.query(
    `insert into intake.document (request_id, position, names, needed, from_whom, state, at)
     select f.id, p.n - 1, p.paper -> 'name', p.paper ->> 'needed', p.paper ->> 'from', case when f.open then 'open' else 'seen' end, f.begun + interval '2 days'
     from public.filling f, jsonb_array_elements(f.papers) with ordinality p (paper, n) where f.state <> 'draft' and p.n <= 3`,
  )
  await owner.query(
    `insert into intake.clock (request_id, kind, deadline, started_at, paused_at, due_at, warn_at, warned_at, escalated_at, stopped_at)
     select f.id, d ->> 'kind', d, f.begun, case when f.state = 'waiting' then f.begun + interval '2 days' end, coalesce(f.due_at, f.begun + interval '14 days'),
       coalesce(f.due_at, f.begun + interval '14 days') - interval '1 day',
       case when coalesce(f.due_at, f.begun) < now() + interval '1 day' then f.begun + interval '1 day' end,
       case when coalesce(f.due_at, f.begun) < now() then f.begun + interval '1 day' end,
       case when not f.open then f.begun + interval '5 days' end
     from public.filling f, (select distinct on (d ->> 'kind') d from intake.procedure, jsonb_array_elements(details -> 'deadlines') d
       where pack = 'ua-kharkiv' and d ->> 'kind' in ('assessment', 'decision') order by d ->> 'kind') of (d)
     where f.state <> 'draft'`,
  )
  await owner.query(
    `insert into intake.step (request_id, at, deed, from_state, to_state, note)
     select f.id, f.begun + s.n * interval '1 day', 'state', s.before, s.after, null
     from public.filling f, (values (1, 'draft', 'submitted'), (2, 'submitted', 'in-review'), (3, 'in-review', 'decided')) s (n, before, after)
     where f.state <> 'draft' and (not f.open or s.n < 3)`,
  )
  await owner.query(
    `insert into intake.link (token_hash, request_id, kind, reference, created_at, expires_at)
     select sha256(uuid_send(f.id)), f.id, 'applicant', r.reference, f.begun, f.begun + interval '1 year'
     from public.filling f join intake.request r using (id)`,
  )
  await owner.query(
    `insert into intake.waiting (request_id, service_id, handler_id, urgency, since, left_at, left_reason)
     select f.id, f.service_id, f.handler_id, f.urgency, f.begun + interval '12 days', case when f.n % 20 > 0 then f.begun + interval '60 days' end,
       case when f.n % 20 > 0 then 'place-found' end
     from public.filling f where f.state = 'accepted' and f.n % 5 = 0`,
  )
  // whoever is called answers: two emergencies of each office wait for it
  await owner.query(
    `insert into intake.alert (request_id, account_id, at, reason, acknowledged_at)
     select f.id, a.id, f.begun, 'duty', case when not f.open or f.place > 2 then f.begun + interval '10 minutes' end
     from (select *, row_number() over (partition by office, open order by begun desc) as place from public.filling
           where urgency = 'emergency' and state <> 'draft') f join access.account a on a.email = 'worker-' || (f.office + f.worker * $1::int) || '@example.org'`,
    [offices],
  )
  await owner.query(
    `insert into audit.event (at, act, outcome, origin, about_kind, about_id, salt, commitment)
     select f.begun + e.n * interval '1 hour', e.act, 'done', 'page', 'intake.request', f.id, gen_random_uuid(), sha256(uuid_send(f.id))
     from public.filling f, (values (0, 'intake.request.start'), (1, 'intake.request.submit')) e (n, act)
     order by f.begun`,
  )
}

import { type RawBuilder, sql } from 'kysely'
import { query, type Tx } from '../../../platform/db/database.ts'
import { beginnings } from '../rules/called.ts'
import type { DeskTab, Phase, ToDo } from '../rules/desk.ts'
import type { RequestKind, RequestState, Urgency } from '../types.ts'
import { type StoredClock, storedClock } from './clocks.ts'

/** A request as the desk lists it. */
export interface DeskLine {
  id: string
  reference: string
  kind: RequestKind
  state: RequestState
  urgency: Urgency
  pack: string
  service: string | undefined
  /** `hidden`: their record may not be seen by this reader */
  person: { name: string } | 'hidden' | undefined
  /** INT-1: whoever entered it for somebody else */
  enteredBy: string | undefined
  assignedTo: string | undefined
  dueAt: Date | undefined
  submittedAt: Date
  decidedAt: Date | undefined
  version: number
  /** the clock that ends first, the time of grace of one that waits */
  clock: StoredClock | undefined
}

/** Which requests are listed. */
export interface DeskChoice {
  tab: DeskTab
  /** organisations for which the reader answers */
  offices: readonly string[]
  /** the reader */
  account: string
  service?: string | undefined
  worker?: string | undefined
}

/** Where the next page begins: the part of the list, the moment it is sorted by (as the database writes it) and the id of the last line shown. */
export type DeskAfter = readonly [part: number, moment: string | null, id: string]

type Moment = 'due_at' | 'submitted_at' | 'decided_at'

/** Rows that one index gives in order. */
interface Part {
  states: readonly RequestState[] | 'decided'
  moment: Moment
  /** those without the moment come last, by id */
  without?: boolean
  only?: RawBuilder<boolean>
}

const open: readonly RequestState[] = ['submitted', 'in-review', 'waiting']
/** the person has to be told in time: until then a clock runs */
const decided: readonly RequestState[] = ['accepted', 'refused', 'redirected']
const emergency = sql<boolean>`urgency = 'emergency'`
const ordinary = sql<boolean>`urgency <> 'emergency'`

/** What stands under each heading, in the order in which it stands there; the later the part, the further down. */
function partsOf(tab: DeskTab, account: string, now: Date): Part[] {
  const own = sql<boolean>`assigned_to = ${account}::uuid`
  const byDue = (states: readonly RequestState[], only?: RawBuilder<boolean>): Part[] => [
    { states, moment: 'due_at', ...(only ? { only } : {}) },
    { states, moment: 'due_at', without: true, ...(only ? { only } : {}) },
  ]
  switch (tab) {
    case 'new':
      return [...byDue(['submitted'], emergency), ...byDue(['submitted'], ordinary)]
    case 'due':
      return byDue(['in-review'])
    case 'waiting':
      return [{ states: ['waiting'], moment: 'submitted_at' }]
    case 'overdue':
      return [{ states: [...open, ...decided], moment: 'due_at', only: sql<boolean>`due_at < ${now}` }]
    case 'decided':
      return [{ states: 'decided', moment: 'decided_at' }]
    case 'mine':
      return [
        { states: ['in-review', 'waiting', ...decided], moment: 'due_at', only: own },
        { states: ['in-review', 'waiting'], moment: 'due_at', without: true, only: own },
      ]
  }
}

const columns = sql`id, reference, kind, state, urgency, pack, service_id, person_id, entered_by, assigned_to, due_at, submitted_at, decided_at, version`

/** Requests whose person may not be seen, as rows of the desk; they are few, and read once for a list. */
const hiddenRows = sql`select id, reference, kind, state, urgency, pack, service_id, null::uuid as person_id, null::jsonb as entered_by, assigned_to,
  due_at, submitted_at, decided_at, version, handler_id from intake.hidden_requests()`
const withHidden = sql`with hidden as materialized (${hiddenRows})`
/** What an office may list, each with whether its person may be seen. */
const listedRows = sql`(select ${columns}, handler_id, false as hidden from intake.request union all select ${columns}, handler_id, true from (${hiddenRows}) h)`

/**
 * A page of the desk. Every part of it is read in the order of an index of its own, as far as the page needs, so that it takes as long at a
 * million requests as at a thousand.
 */
export async function deskLines(
  tx: Tx,
  choice: DeskChoice,
  page: { after: DeskAfter | undefined; limit: number },
): Promise<{ lines: DeskLine[]; next: DeskAfter | undefined }> {
  if (choice.offices.length === 0) return { lines: [], next: undefined }
  const parts = partsOf(choice.tab, choice.account, tx.now)
  const newestFirst = choice.tab === 'decided'
  const way = newestFirst ? sql`desc` : sql`asc`
  const branches = parts.flatMap((part, at) =>
    page.after && at < page.after[0] ? [] : branchesOf(choice, part, at, page, newestFirst),
  )
  const rows = await tx.all(sql<Row>`
    ${withHidden} select b.*, b.moment::text as at, p.name from (${sql.join(branches, sql` union all `)}) b
      left join intake.person p on p.id = b.person_id
    order by b.part, b.moment ${way}, b.id ${way} limit ${page.limit + 1}::int`)
  const shown = rows.slice(0, page.limit)
  const last = shown.at(-1)
  return {
    lines: await withClocks(tx, shown),
    next: rows.length > page.limit && last ? [last.part, last.at, last.id] : undefined,
  }
}

function branchesOf(
  { offices, service, worker }: DeskChoice,
  part: Part,
  at: number,
  { after, limit }: { after: DeskAfter | undefined; limit: number },
  newestFirst: boolean,
): RawBuilder<unknown>[] {
  const moment = sql.ref(part.moment)
  const way = newestFirst ? sql`desc` : sql`asc`
  const beyond = newestFirst ? sql`<` : sql`>`
  const here = after?.[0] === at ? after : undefined
  const from = !here
    ? sql``
    : part.without
      ? sql`and id > ${here[2]}::uuid`
      : sql`and (${moment}, id) ${beyond} (${here[1]}::timestamptz, ${here[2]}::uuid)`
  const states = part.states === 'decided' ? [undefined] : part.states
  const sources = [
    [sql`intake.request`, sql`false`],
    [sql`hidden`, sql`true`],
  ] as const
  const each = offices.flatMap((office) =>
    states.flatMap((state) => sources.map((from) => [office, state, from] as const)),
  )
  return each.map(
    ([
      office,
      state,
      [source, isHidden],
    ]) => sql`(select ${columns}, ${isHidden} as hidden, ${sql.lit(at)}::int as part, ${moment} as moment from ${source}
        where handler_id = ${office}::uuid ${state ? sql`and state = ${state}` : sql``}
          and ${moment} is ${part.without ? sql`null` : sql`not null`} ${part.only ? sql`and ${part.only}` : sql``}
          ${service ? sql`and service_id = ${service}::uuid` : sql``} ${worker ? sql`and assigned_to = ${worker}::uuid` : sql``} ${from}
        order by ${moment} ${way}, id ${way} limit ${limit + 1}::int)`,
  )
}

/** More than these are not counted: "99+" is enough to know that there is plenty to do. */
export const mostCounted = 99

/** How much waits under each heading, at most one more than are counted. */
export async function deskCounts(
  tx: Tx,
  choice: Omit<DeskChoice, 'tab'>,
  tabs: readonly DeskTab[],
): Promise<ReadonlyMap<DeskTab, number>> {
  if (choice.offices.length === 0) return new Map()
  const page = { after: undefined, limit: mostCounted }
  const numbers = tabs.map((tab) => {
    const branches = partsOf(tab, choice.account, tx.now).flatMap((part, at) =>
      branchesOf({ ...choice, tab }, part, at, page, tab === 'decided'),
    )
    return sql`(select count(*)::int from (select from (${sql.join(branches, sql` union all `)}) b limit ${sql.lit(mostCounted + 1)}) c)`
  })
  const rows = await tx.all(sql<{ counts: number[] }>`${withHidden} select array[${sql.join(numbers)}] as counts`)
  return new Map(tabs.map((tab, at) => [tab, rows[0]?.counts[at] ?? 0]))
}

/** As many are looked at for what comes next. */
const mostNext = 100

/**
 * What this reader has to do, the most urgent first: what is overdue, what nobody has taken up yet, what they have taken up themselves. What
 * a colleague has in hand is the colleague's. @param alarms requests about which somebody is called, the oldest first
 */
export async function toDo(
  tx: Tx,
  { offices, account }: Pick<DeskChoice, 'offices' | 'account'>,
  alarms: readonly string[],
): Promise<ToDo[]> {
  const late = sql<boolean>`due_at < ${tx.now}`
  const own = sql<boolean>`assigned_to = ${account}::uuid`
  const phases: [Phase, Part[]][] = [
    [
      'overdue',
      [
        { states: ['submitted'], moment: 'due_at', only: late },
        { states: ['in-review', 'waiting', ...decided], moment: 'due_at', only: sql<boolean>`${late} and ${own}` },
      ],
    ],
    ['new', partsOf('new', account, tx.now)],
    [
      'due',
      [
        { states: ['in-review', ...decided], moment: 'due_at', only: own },
        { states: ['in-review'], moment: 'due_at', without: true, only: own },
      ],
    ],
  ]
  const page = { after: undefined, limit: mostNext }
  const found: ToDo[] = alarms.map((id) => ({ id, phase: 'alarm' }))
  if (offices.length === 0) return found
  const branches = phases.flatMap(([, parts], phase) =>
    parts.flatMap((part, at) => branchesOf({ tab: 'new', offices, account }, part, phase * 10 + at, page, false)),
  )
  const rows = await tx.all(sql<{ id: string; phase: number }>`
    ${withHidden} select b.id, b.part / 10 as phase from (${sql.join(branches, sql` union all `)}) b
    order by b.part / 10, case when b.part < 10 then 0 else b.part end, b.moment, b.id limit ${mostNext}::int`)
  const known = new Set(alarms)
  for (const { id, phase } of rows) {
    const name = phases[phase]?.[0]
    if (!name || known.has(id)) continue
    known.add(id)
    found.push({ id, phase: name })
  }
  return found
}

/** Requests of these offices by reference, or by the name of the person; the newest first. People who may not be seen are not found. */
export async function findRequests(
  tx: Tx,
  offices: readonly string[],
  words: string,
  limit: number,
): Promise<DeskLine[]> {
  const reference = words.replaceAll(/[\s-]/g, '').toUpperCase()
  const office = sql<boolean>`r.handler_id = any(${[...offices]}::uuid[]) and r.state <> 'draft'`
  if (/^[0-9A-Z]{10}$/.test(reference)) {
    const named = `${reference.slice(0, 5)}-${reference.slice(5)}`
    const rows =
      await tx.all(sql<Row>`select ${listed}, r.hidden from ${listedRows} r left join intake.person p on p.id = r.person_id
      where r.reference = ${named} and ${office}`)
    if (rows.length > 0) return withClocks(tx, rows)
  }
  const asked = beginnings(words)
  if (!asked) return []
  const people = await tx.all(sql<{ id: string }>`select id from intake.people_called(${asked}::tsquery, 200) as id`)
  if (people.length === 0) return []
  // by person first: read by office as well, an office of many requests would be read whole
  const rows =
    await tx.all(sql<Row>`with theirs as materialized (select * from intake.request where person_id = any(${people.map(({ id }) => id)}::uuid[]))
    select ${listed}, false as hidden from theirs r join intake.person p on p.id = r.person_id where ${office}
    order by r.submitted_at desc, r.id desc limit ${limit}::int`)
  return withClocks(tx, rows)
}

/** Requests by their ids, as far as the reader may see them, in the order of the ids. */
export async function linesByIds(tx: Tx, ids: readonly string[]): Promise<DeskLine[]> {
  if (ids.length === 0) return []
  const rows =
    await tx.all(sql<Row>`select ${listed}, r.hidden from ${listedRows} r left join intake.person p on p.id = r.person_id
    where r.id = any(${[...ids]}::uuid[])`)
  const lines = await withClocks(tx, rows)
  return ids.flatMap((id) => lines.find((line) => line.id === id) ?? [])
}

/** Other requests of the same person at the reader's offices, the newest first. */
export async function otherRequestsOf(tx: Tx, person: string, request: string): Promise<DeskLine[]> {
  const rows =
    await tx.all(sql<Row>`select ${listed}, false as hidden from intake.request r left join intake.person p on p.id = r.person_id
    where r.person_id = ${person}::uuid and r.id <> ${request}::uuid and r.state <> 'draft'
    order by r.submitted_at desc limit 50`)
  return withClocks(tx, rows)
}

/** Names of those who answer requests at the reader's offices, by account. */
export async function colleaguesHere(tx: Tx): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.all(
    sql<{ account_id: string; name: string }>`select account_id, name from intake.colleagues() order by name`,
  )
  return new Map(rows.map(({ account_id, name }) => [account_id, name]))
}

const listed = sql`r.id, r.reference, r.kind, r.state, r.urgency, r.pack, r.service_id, r.person_id, r.entered_by, r.assigned_to, r.due_at,
  r.submitted_at, r.decided_at, r.version, p.name, 0 as part, null as at`

interface Row {
  id: string
  reference: string
  kind: string
  state: string
  urgency: string
  pack: string
  service_id: string | null
  person_id: string | null
  entered_by: { name: string } | null
  assigned_to: string | null
  due_at: Date | null
  submitted_at: Date
  decided_at: Date | null
  version: number
  name: string | null
  hidden: boolean
  part: number
  at: string | null
}

/** Also a record that another office keeps is not shown. */
function personOf({ hidden, person_id, name }: Row): DeskLine['person'] {
  if (name !== null) return { name }
  return hidden || person_id !== null ? 'hidden' : undefined
}

async function withClocks(tx: Tx, rows: readonly Row[]): Promise<DeskLine[]> {
  const clocks =
    rows.length === 0
      ? []
      : await runningClocks(
          tx,
          rows.map(({ id }) => id),
        )
  return rows.map((row) => {
    const own = clocks.filter(({ request }) => request === row.id)
    return {
      id: row.id,
      reference: row.reference,
      kind: row.kind as RequestKind,
      state: row.state as RequestState,
      urgency: row.urgency as Urgency,
      pack: row.pack,
      service: row.service_id ?? undefined,
      person: personOf(row),
      enteredBy: row.entered_by?.name,
      assignedTo: row.assigned_to ?? undefined,
      dueAt: row.due_at ?? undefined,
      submittedAt: row.submitted_at,
      decidedAt: row.decided_at ?? undefined,
      version: row.version,
      clock:
        own.find(({ kind, pausedAt }) => kind !== 'grace' && !pausedAt) ?? own.find(({ kind }) => kind === 'grace'),
    }
  })
}

/** Clocks that have not been stopped, the one that ends first first; the time for an appeal is the person's. */
async function runningClocks(tx: Tx, requests: readonly string[]): Promise<StoredClock[]> {
  const rows = await tx.all(
    query
      .selectFrom('intake.clock')
      .selectAll()
      .where('request_id', 'in', [...requests])
      .where('stopped_at', 'is', null)
      .where('kind', '!=', 'appeal')
      .orderBy('due_at'),
  )
  return rows.map(storedClock)
}

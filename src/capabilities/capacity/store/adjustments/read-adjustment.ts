import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../../platform/db/database.ts'
import { Text } from '../../../../platform/i18n/text.ts'
import type { AdjustmentKind, AdjustmentState, PathChoice } from '../../types/adjustments.ts'
import { RuleSeen } from '../../types/adjustments.ts'

/** An adjustment as it is stored. */
export interface StoredAdjustment {
  id: string
  /** `7/2026`: what people say on the telephone */
  number: string
  pack: string
  timeZone: string
  offer: { id: string; slug: string; names: Text; service: string | undefined }
  operator: { id: string; slug: string; names: Text }
  kind: AdjustmentKind
  change: number
  placesBefore: number
  effectOn: string
  reason: Text
  tariffEffect: Text
  peopleEffect: Text
  alternatives: Text
  state: AdjustmentState
  revision: number
  /** the date of the matter */
  plannedOn: string
  contactedAt: Date | undefined
  publishedAt: Date | undefined
  path: PathChoice | undefined
  bodies: readonly string[]
  ways: readonly ('meeting' | 'mail')[]
  hearingDays: number | undefined
  rule: RuleSeen | undefined
  /** why the secretariat chose this path, where no rule is known */
  pathReason: string | undefined
  way: 'meeting' | 'mail' | undefined
  matter: string | undefined
  consultation: string | undefined
  decision: string | undefined
  clearedOn: string | undefined
  inForceAt: Date | undefined
  endedReason: string | undefined
  tariffDue: boolean
  /** ids of organisations that keep the secretariats of bodies which decide on adjustments */
  secretariats: readonly string[]
  changedAt: Date
  version: number
}

interface Row {
  id: string
  number: number
  year: number
  pack: string
  time_zone: string | null
  offer_id: string
  offer_slug: string
  offer_names: unknown
  service_id: string | null
  operator_id: string
  operator_slug: string
  operator_names: unknown
  kind: AdjustmentKind
  change: number
  places_before: number
  effect_on: string
  reason: unknown
  tariff_effect: unknown
  people_effect: unknown
  alternatives: unknown
  state: AdjustmentState
  revision: number
  planned_on: string
  contacted_at: Date | null
  published_at: Date | null
  path: PathChoice | null
  bodies: string[]
  ways: ('meeting' | 'mail')[]
  hearing_days: number | null
  rule: unknown
  path_reason: string | null
  way: 'meeting' | 'mail' | null
  matter_id: string | null
  consultation_id: string | null
  decision_id: string | null
  cleared_on: string | null
  in_force_at: Date | null
  ended_reason: string | null
  tariff_due: boolean
  secretariats: string[]
  changed_at: Date
  version: number
}

const from = sql`from capacity.adjustment a join capacity.offer o on o.id = a.offer_id
  join access.organisation w on w.id = a.operator_id join packs.pack p on p.id = a.pack`
const columns = sql`a.*, p.manifest ->> 'timeZone' as time_zone, o.slug as offer_slug, o.names as offer_names, o.service_id,
  w.slug as operator_slug, w.names as operator_names,
  array(select distinct b.organisation_id from capacity.adjusting_bodies(a.pack) b) as secretariats`

function stored(row: Row): StoredAdjustment {
  return {
    id: row.id,
    number: `${row.number}/${row.year}`,
    pack: row.pack,
    timeZone: row.time_zone ?? 'UTC',
    offer: {
      id: row.offer_id,
      slug: row.offer_slug,
      names: Text.parse(row.offer_names),
      service: row.service_id ?? undefined,
    },
    operator: { id: row.operator_id, slug: row.operator_slug, names: Text.parse(row.operator_names) },
    kind: row.kind,
    change: row.change,
    placesBefore: row.places_before,
    effectOn: row.effect_on,
    reason: Text.parse(row.reason),
    tariffEffect: Text.parse(row.tariff_effect),
    peopleEffect: Text.parse(row.people_effect),
    alternatives: Text.parse(row.alternatives),
    state: row.state,
    revision: row.revision,
    plannedOn: row.planned_on,
    contactedAt: row.contacted_at ?? undefined,
    publishedAt: row.published_at ?? undefined,
    path: row.path ?? undefined,
    bodies: row.bodies,
    ways: row.ways,
    hearingDays: row.hearing_days ?? undefined,
    rule: row.rule === null ? undefined : RuleSeen.parse(row.rule),
    pathReason: row.path_reason ?? undefined,
    way: row.way ?? undefined,
    matter: row.matter_id ?? undefined,
    consultation: row.consultation_id ?? undefined,
    decision: row.decision_id ?? undefined,
    clearedOn: row.cleared_on ?? undefined,
    inForceAt: row.in_force_at ?? undefined,
    endedReason: row.ended_reason ?? undefined,
    tariffDue: row.tariff_due,
    secretariats: row.secretariats,
    changedAt: row.changed_at,
    version: row.version,
  }
}

/** The adjustment with this id, as far as the actor may see it. */
export async function adjustmentById(tx: Tx, id: string): Promise<StoredAdjustment | undefined> {
  const row = await tx.one(sql<Row>`select ${columns} ${from} where a.id = ${id}`)
  return row && stored(row)
}

/** The same, held until the end of the transaction, for whoever may change it. */
export async function holdAdjustment(tx: Tx, id: string): Promise<StoredAdjustment | undefined> {
  const held = await tx.one(sql<{ id: string }>`select id from capacity.adjustment where id = ${id} for no key update`)
  return held && adjustmentById(tx, id)
}

/** What narrows a list of adjustments. */
export interface AdjustmentChoice {
  pack?: string | undefined
  states?: readonly AdjustmentState[] | undefined
  /** slug of an organisation: it runs the offer, or was contacted */
  municipality?: string | undefined
  /** year of effect */
  year?: number | undefined
  /** ids of organisations that run the offers */
  operators?: readonly string[] | undefined
  /** slug of an offer */
  offer?: string | undefined
  /** id of the service whose offers they change */
  service?: string | undefined
  /** those that everybody may read */
  published?: boolean | undefined
}

/** Where the next page begins: day of effect and id. */
export type AfterAdjustment = readonly [string, string]

/** Adjustments that fit, the latest effect first. */
export async function findAdjustments(
  tx: Tx,
  choice: AdjustmentChoice,
  page: { after: AfterAdjustment | undefined; limit: number },
): Promise<{ adjustments: StoredAdjustment[]; next: AfterAdjustment | undefined }> {
  const conditions: RawBuilder<unknown>[] = [
    sql`true`,
    ...(choice.pack === undefined ? [] : [sql`a.pack = ${choice.pack}`]),
    ...(choice.states === undefined ? [] : [sql`a.state = any (${[...choice.states]}::text[])`]),
    ...(choice.municipality === undefined
      ? []
      : [
          sql`(w.slug = ${choice.municipality} or exists (select from capacity.adjustment_contact c
            join access.organisation m on m.id = c.municipality_id where c.adjustment_id = a.id and m.slug = ${choice.municipality}))`,
        ]),
    ...(choice.year === undefined
      ? []
      : [
          sql`a.effect_on >= make_date(${choice.year}::int, 1, 1) and a.effect_on < make_date(${choice.year}::int + 1, 1, 1)`,
        ]),
    ...(choice.operators === undefined ? [] : [sql`a.operator_id = any (${[...choice.operators]}::uuid[])`]),
    ...(choice.offer === undefined ? [] : [sql`o.slug = ${choice.offer}`]),
    ...(choice.service === undefined ? [] : [sql`o.service_id = ${choice.service}`]),
    ...(choice.published ? [sql`a.published_at is not null`] : []),
    ...(page.after === undefined ? [] : [sql`(a.effect_on, a.id) < (${page.after[0]}::date, ${page.after[1]}::uuid)`]),
  ]
  const rows = await tx.all(
    sql<Row>`select ${columns} ${from} where ${sql.join(conditions, sql` and `)} order by a.effect_on desc, a.id desc limit ${page.limit + 1}`,
  )
  const adjustments = rows.slice(0, page.limit).map(stored)
  const last = adjustments.at(-1)
  return { adjustments, next: rows.length > page.limit && last ? [last.effectOn, last.id] : undefined }
}

/** Years in which adjustments of a region that everybody may read take effect, the latest first. */
export async function yearsOfAdjustments(tx: Tx, pack: string): Promise<number[]> {
  const rows = await tx.all(
    sql<{ year: number }>`select distinct extract(year from effect_on)::int as year from capacity.adjustment
      where pack = ${pack} and published_at is not null order by year desc`,
  )
  return rows.map(({ year }) => year)
}

/** One step of an adjustment. */
export interface AdjustmentStepMade {
  revision: number
  act:
    | 'planned'
    | 'contacted'
    | 'amended'
    | 'postponed'
    | 'path-chosen'
    | 'asked-meeting'
    | 'asked-mail'
    | 'approved'
    | 'declined'
    | 'in-force'
    | 'withdrawn'
  kind: AdjustmentKind
  change: number
  effectOn: string
  words: string | undefined
  at: Date
}

/** What happened to an adjustment, the oldest first. */
export async function stepsOfAdjustment(tx: Tx, id: string): Promise<AdjustmentStepMade[]> {
  const rows = await tx.all(
    sql<Omit<AdjustmentStepMade, 'words' | 'effectOn'> & { words: string | null; effect_on: string }>`
      select revision, act, kind, change, effect_on, words, at from capacity.adjustment_step where adjustment_id = ${id} order by id`,
  )
  return rows.map(({ effect_on, words, ...row }) => ({ ...row, effectOn: effect_on, words: words ?? undefined }))
}

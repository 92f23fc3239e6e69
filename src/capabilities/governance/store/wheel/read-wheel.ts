import { sql } from 'kysely'
import { WorkingCalendar } from '../../../../platform/calendar/working-days.ts'
import { query, type Tx } from '../../../../platform/db/database.ts'
import type { Move } from '../../rules/wheel/occurrences.ts'
import { Milestone, YearWheel } from '../../types/wheel.ts'

/** A wheel as it is stored, with what its secretariat added and moved. */
export interface StoredWheel {
  id: string
  pack: string
  timeZone: string
  /** id of the organisation whose secretariat keeps it */
  organisation: string
  calendar: WorkingCalendar
  profile: YearWheel
  /** those of the pack, and own ones under their ids */
  milestones: Milestone[]
  /** ids of own milestones, which alone can be withdrawn */
  own: ReadonlySet<string>
  moves: Move[]
  /** when somebody last added, withdrew or moved something; undefined where nobody did */
  changedAt: Date | undefined
}

interface Row {
  id: string
  pack: string
  organisation_id: string
  profile: unknown
  calendar: unknown
  manifest: { timeZone?: string; country?: string } | null
  own: { id: string; profile: object }[]
  moves: Move[]
  changed_at: Date | null
}

const wheels = sql`
  select w.id, w.pack, w.organisation_id, w.profile, d.calendar, p.manifest,
    (select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'profile', o.profile) order by o.id), '[]')
      from governance.own_milestone o where o.wheel_id = w.id and o.withdrawn_at is null) as own,
    (select coalesce(jsonb_agg(jsonb_build_object('milestone', v.milestone, 'byRule', v.by_rule, 'day', v.day, 'reason', v.reason)), '[]')
      from (select distinct on (milestone, by_rule) milestone, by_rule, day, reason from governance.milestone_move
            where wheel_id = w.id order by milestone, by_rule, id desc) v) as moves,
    greatest((select max(greatest(added_at, withdrawn_at)) from governance.own_milestone o where o.wheel_id = w.id),
      (select max(moved_at) from governance.milestone_move v where v.wheel_id = w.id)) as changed_at
  from governance.year_wheel w join packs.pack p on p.id = w.pack left join governance.working_days d on d.pack = w.pack`

function stored(row: Row): StoredWheel {
  const profile = YearWheel.parse(row.profile)
  return {
    id: row.id,
    pack: row.pack,
    timeZone: row.manifest?.timeZone ?? 'UTC',
    organisation: row.organisation_id,
    calendar: WorkingCalendar.parse(row.calendar ?? { country: row.manifest?.country }),
    profile,
    milestones: [
      ...profile.milestones,
      ...row.own.map(({ id, profile: own }) => Milestone.parse({ ...own, slug: id })),
    ],
    own: new Set(row.own.map(({ id }) => id)),
    moves: row.moves,
    changedAt: row.changed_at ?? undefined,
  }
}

/** Wheels of a pack, of every pack where none is named. */
export async function listWheels(tx: Tx, pack: string | undefined): Promise<StoredWheel[]> {
  const rows = await tx.all(
    sql<Row>`${wheels} where not w.withdrawn and (${pack ?? null}::text is null or w.pack = ${pack ?? null}) order by w.slug`,
  )
  return rows.map(stored)
}

/** Wheels that the secretariats of these organisations keep. */
export async function wheelsOf(tx: Tx, organisations: readonly string[]): Promise<StoredWheel[]> {
  if (organisations.length === 0) return []
  const rows = await tx.all(
    sql<Row>`${wheels} where not w.withdrawn and w.organisation_id = any (${organisations}::uuid[]) order by w.slug`,
  )
  return rows.map(stored)
}

/** The wheel of this name; undefined where there is none. */
export async function wheelBySlug(tx: Tx, slug: string): Promise<StoredWheel | undefined> {
  const row = await tx.one(sql<Row>`${wheels} where not w.withdrawn and w.slug = ${slug}`)
  return row && stored(row)
}

/** The wheel to which an own milestone belongs, and its name; undefined where it is withdrawn or none. */
export async function wheelOfMilestone(tx: Tx, id: string): Promise<StoredWheel | undefined> {
  const row = await tx.one(
    sql<Row>`${wheels} where not w.withdrawn and w.id = (
      select o.wheel_id from governance.own_milestone o where o.id = ${id} and o.withdrawn_at is null)`,
  )
  return row && stored(row)
}

/** Somebody in a secretariat, as far as a letter needs it. */
export interface Secretary {
  email: string
  locale: string | null
  organisation: string
}

/** Who keeps the secretariats of these organisations today. Only for jobs of administration: others do not see these addresses. */
export async function secretariesOf(tx: Tx, organisations: readonly string[]): Promise<Secretary[]> {
  if (organisations.length === 0) return []
  return tx.all(
    query
      .selectFrom('access.membership as m')
      .innerJoin('access.account as a', 'a.id', 'm.account_id')
      .select(['a.email', 'a.locale', 'm.organisation_id as organisation'])
      .where('m.role', '=', 'secretariat')
      .where('m.organisation_id', 'in', [...organisations])
      .where('a.disabled_at', 'is', null)
      .where(sql<boolean>`m.since <= now() and (m.until is null or m.until > now())`)
      .orderBy('a.email'),
  )
}

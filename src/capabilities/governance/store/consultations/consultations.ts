import { type Selectable, type SqlBool, sql } from 'kysely'
import { query, type Tx } from '../../../../platform/db/database.ts'
import type { DB } from '../../../../platform/db/generated.ts'
import type { Text } from '../../../../platform/i18n/text.ts'
import { stateAt } from '../../rules/consultations/closing.ts'
import {
  type ConsultationOutcome,
  ConsultationState,
  type CountedBy,
  RuleUsed,
  type Silence,
  Tally,
  type Terms,
} from '../../types/consultations.ts'
import type { DecisionSubject } from '../../types.ts'

/** The body that asks. */
export interface AskingBody {
  id: string
  slug: string
  names: Text
  /** id of the organisation whose staff keep its secretariat */
  organisation: string
  organisationNames: Text
  pack: string
}

/** A consultation as whoever reads it may see it. Moments that have not come are undefined. */
export interface StoredConsultation {
  id: string
  body: AskingBody
  /** what is over is closed, noted or not */
  state: ConsultationState
  title: Text
  question: Text
  public: boolean
  subject: DecisionSubject | undefined
  thenTask: string | undefined
  daysWanted: number | undefined
  countedBy: CountedBy | undefined
  /** the rule of the day of sending */
  terms: Terms | undefined
  timeZone: string
  openedAt: Date | undefined
  closesAt: Date | undefined
  /** the end has been noted */
  closedAt: Date | undefined
  tally: Tally | undefined
  outcome: ConsultationOutcome | undefined
  outcomeReason: string | undefined
  confirmedAt: Date | undefined
  /** on whose word the secretariat confirmed; undefined: the chair did */
  confirmedWord: string | undefined
  publishedAt: Date | undefined
  withdrawnAt: Date | undefined
  withdrawnReason: string | undefined
  version: number
}

/** The columns that whoever may read a consultation may read. */
const readable = [
  'c.id',
  'c.body_id',
  'c.state',
  'c.title',
  'c.question',
  'c.public',
  'c.subject_kind',
  'c.subject_id',
  'c.then_task',
  'c.days_wanted',
  'c.counted_by',
  'c.days',
  'c.closing_on',
  'c.silence',
  'c.rule',
  'c.time_zone',
  'c.opened_at',
  'c.closes_at',
  'c.half_at',
  'c.day_before_at',
  'c.closed_at',
  'c.confirmed_at',
  'c.published_at',
  'c.withdrawn_at',
  'c.withdrawn_reason',
  'c.version',
] as const
type Result = Pick<Selectable<DB['governance.consultation']>, 'tally' | 'outcome' | 'outcome_reason' | 'confirmed_word'>

export function consultations() {
  return query
    .selectFrom('governance.consultation as c')
    .innerJoin('governance.body as b', 'b.id', 'c.body_id')
    .innerJoin('access.organisation as o', 'o.id', 'b.organisation_id')
    .select([...readable])
    .select([
      // what came of it is told by the database to whoever may know it (GOV-5)
      sql<Result | null>`(select to_jsonb(came) from governance.consultation_result(c.id) came)`.as('result'),
      'b.slug as body_slug',
      'b.pack',
      sql<Text>`b.profile -> 'names'`.as('body_names'),
      'o.id as organisation_id',
      'o.names as organisation_names',
    ])
}

type Row = Awaited<ReturnType<typeof rowsOf>>[number]
const rowsOf = (tx: Tx) => tx.all(consultations())

/** @param now what is over at that moment is closed */
export function consultationOf(row: Row, now: Date): StoredConsultation {
  const stored = ConsultationState.parse(row.state)
  const closesAt = row.closes_at ?? undefined
  return {
    id: row.id,
    body: {
      id: row.body_id,
      slug: row.body_slug,
      names: row.body_names,
      organisation: row.organisation_id,
      organisationNames: row.organisation_names as Text,
      pack: row.pack,
    },
    state: stateAt({ state: stored, closesAt }, now),
    title: row.title as Text,
    question: row.question as Text,
    public: row.public,
    subject: row.subject_kind && row.subject_id ? { kind: row.subject_kind, id: row.subject_id } : undefined,
    thenTask: row.then_task ?? undefined,
    daysWanted: row.days_wanted ?? undefined,
    countedBy: (row.counted_by ?? undefined) as CountedBy | undefined,
    terms:
      row.days === null
        ? undefined
        : {
            days: row.days,
            closingOn: row.closing_on as Terms['closingOn'],
            silence: row.silence as Silence,
            rule: RuleUsed.parse(row.rule ?? {}),
          },
    timeZone: row.time_zone,
    openedAt: row.opened_at ?? undefined,
    closesAt,
    closedAt: row.closed_at ?? undefined,
    tally: row.result?.tally == null ? undefined : Tally.parse(row.result.tally),
    outcome: (row.result?.outcome ?? undefined) as ConsultationOutcome | undefined,
    outcomeReason: row.result?.outcome_reason ?? undefined,
    confirmedAt: row.confirmed_at ?? undefined,
    confirmedWord: row.result?.confirmed_word ?? undefined,
    publishedAt: row.published_at ?? undefined,
    withdrawnAt: row.withdrawn_at ?? undefined,
    withdrawnReason: row.withdrawn_reason ?? undefined,
    version: row.version,
  }
}

/** One consultation; undefined where there is none, or the reader may not see it. */
export async function consultationById(tx: Tx, id: string): Promise<StoredConsultation | undefined> {
  const row = await tx.one(consultations().where('c.id', '=', id))
  return row && consultationOf(row, tx.now)
}

/** Consultations about this thing, oldest first, as far as the reader may see them. */
export async function consultationsAbout(tx: Tx, subject: DecisionSubject): Promise<StoredConsultation[]> {
  const rows = await tx.all(
    consultations().where('subject_kind', '=', subject.kind).where('subject_id', '=', subject.id).orderBy('c.id'),
  )
  return rows.map((row) => consultationOf(row, tx.now))
}

export interface ConsultationChoice {
  pack?: string | undefined
  /** id of the body */
  body?: string | undefined
  /** under way, or over */
  which?: 'open' | 'over' | undefined
  words?: string | undefined
}

/** The moment of sending and the id of the last one that was shown. */
export type AfterConsultation = readonly [string, string]

/** What everybody may read, newest first. Those that were withdrawn stay: it was asked. */
export async function publicConsultations(
  tx: Tx,
  choice: ConsultationChoice,
  page: { after: AfterConsultation | undefined; limit: number },
): Promise<{ consultations: StoredConsultation[]; next: AfterConsultation | undefined }> {
  let found = consultations().where('c.public', '=', true).where('c.opened_at', 'is not', null)
  if (choice.pack !== undefined) found = found.where('b.pack', '=', choice.pack)
  if (choice.body !== undefined) found = found.where('b.id', '=', choice.body)
  if (choice.which === 'open') found = found.where('c.state', '=', 'open').where('c.closes_at', '>', tx.now)
  if (choice.which === 'over')
    found = found.where((is) => is.or([is('c.state', '!=', 'open'), is('c.closes_at', '<=', tx.now)]))
  for (const word of (choice.words ?? '').split(/\s+/).filter(Boolean).slice(0, 8)) found = found.where(holds(word))
  if (page.after)
    found = found.where(sql<SqlBool>`(c.opened_at, c.id) < (${page.after[0]}::timestamptz, ${page.after[1]}::uuid)`)
  const rows = await tx.all(
    found
      .orderBy('c.opened_at', 'desc')
      .orderBy('c.id', 'desc')
      .limit(page.limit + 1),
  )
  const shown = rows.slice(0, page.limit).map((row) => consultationOf(row, tx.now))
  const last = shown.at(-1)
  const next = rows.length > page.limit && last?.openedAt ? last.openedAt.toISOString() : undefined
  return { consultations: shown, next: next && last ? [next, last.id] : undefined }
}

/** One word, in any language of the question. */
function holds(word: string) {
  const pattern = `%${word.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  return sql<SqlBool>`exists (select from jsonb_each_text((c.title - 'draft') || '{}'::jsonb) told where told.value ilike ${pattern})
    or exists (select from jsonb_each_text(c.question - 'draft') told where told.value ilike ${pattern})`
}

/** All consultations of bodies whose secretariat lies with these organisations: what waits for somebody first, then newest first. */
export async function consultationsAtDesk(tx: Tx, organisations: readonly string[]): Promise<StoredConsultation[]> {
  if (organisations.length === 0) return []
  const rows = await tx.all(
    consultations()
      .where('b.organisation_id', 'in', [...organisations])
      .orderBy('c.changed_at', 'desc')
      .orderBy('c.id', 'desc')
      .limit(200),
  )
  return rows.map((row) => consultationOf(row, tx.now))
}

/** Consultations that are over and wait for the actor, who holds the chair of the body today. */
export async function consultationsToConfirm(tx: Tx): Promise<StoredConsultation[]> {
  const rows = await tx.all(
    consultations()
      .where('c.state', 'in', ['open', 'closed'])
      .where('c.closes_at', '<=', tx.now)
      .where(sql<boolean>`governance.sits_in(c.body_id, '{chair}')`)
      .orderBy('c.closes_at')
      .limit(100),
  )
  return rows.map((row) => consultationOf(row, tx.now))
}

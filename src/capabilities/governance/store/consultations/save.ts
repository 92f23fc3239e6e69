import { sql, type UpdateObject } from 'kysely'
import { json, query, type Tx } from '../../../../platform/db/database.ts'
import type { DB } from '../../../../platform/db/generated.ts'
import type { Text } from '../../../../platform/i18n/text.ts'
import type { Timetable } from '../../rules/consultations/closing.ts'
import type { ConsultationOutcome, CountedBy, Tally, Terms } from '../../types/consultations.ts'
import type { DecisionSubject } from '../../types.ts'

/** What is written of a question, before it is sent. */
export interface Draft {
  title: Text
  question: Text
  days: number | undefined
  countedBy: CountedBy | undefined
}

/** Begins a consultation. @param public as its body is @returns its id */
export async function addConsultation(
  tx: Tx,
  draft: Draft & {
    body: string
    public: boolean
    timeZone: string
    subject: DecisionSubject | undefined
    thenTask: string | undefined
    /** account */
    by: string
  },
): Promise<string> {
  const row = await tx.one(
    query
      .insertInto('governance.consultation')
      .values({
        body_id: draft.body,
        title: json(draft.title),
        question: json(draft.question),
        public: draft.public,
        subject_kind: draft.subject?.kind ?? null,
        subject_id: draft.subject?.id ?? null,
        then_task: draft.thenTask ?? null,
        days_wanted: draft.days ?? null,
        counted_by: draft.countedBy ?? null,
        time_zone: draft.timeZone,
        begun_by: draft.by,
        begun_at: tx.now,
        changed_at: tx.now,
      })
      .returning('id'),
  )
  if (!row) throw new Error('the consultation was not stored')
  return row.id
}

type State = 'draft' | 'open' | 'closed' | 'confirmed'
type Changes = UpdateObject<DB, 'governance.consultation'>
const changing = () => query.updateTable('governance.consultation')

/** Changes a consultation that stands in this state. @returns its new version; undefined where it has gone on meanwhile */
async function change(tx: Tx, id: string, from: State, set: Changes, version?: number): Promise<number | undefined> {
  let statement = changing()
    .set({ ...set, changed_at: tx.now, version: sql<number>`version + 1` })
    .where('id', '=', id)
    .where('state', '=', from)
  if (version !== undefined) statement = statement.where('version', '=', version)
  return (await tx.one(statement.returning('version')))?.version
}

/** Writes a draft anew. @param version that the person began with */
export const changeDraft = (tx: Tx, id: string, draft: Draft, version: number) =>
  change(
    tx,
    id,
    'draft',
    {
      title: json(draft.title),
      question: json(draft.question),
      days_wanted: draft.days ?? null,
      counted_by: draft.countedBy ?? null,
    },
    version,
  )

/** Sends a draft to its parties. @param by account */
export const saveOpening = (tx: Tx, id: string, terms: Terms, table: Timetable, by: string, version?: number) =>
  change(
    tx,
    id,
    'draft',
    {
      state: 'open',
      days: terms.days,
      closing_on: terms.closingOn,
      silence: terms.silence,
      rule: json(terms.rule),
      opened_at: tx.now,
      opened_by: by,
      ...moments(table),
    },
    version,
  )

const moments = ({ closesAt, halfAt, dayBeforeAt }: Timetable) => ({
  closes_at: closesAt,
  half_at: halfAt ?? null,
  day_before_at: dayBeforeAt ?? null,
})

/** Gives the parties more time. @param by account */
export async function saveExtension(
  tx: Tx,
  id: string,
  { from, table, reason, by }: { from: Date; table: Timetable; reason: string; by: string },
): Promise<number | undefined> {
  await tx.all(
    query.insertInto('governance.consultation_extension').values({
      consultation_id: id,
      from_at: from,
      to_at: table.closesAt,
      reason,
      extended_by: by,
      extended_at: tx.now,
    }),
  )
  return change(tx, id, 'open', moments(table))
}

/** Notes that a consultation is over; nothing where somebody was faster. */
export async function saveClosing(tx: Tx, id: string): Promise<boolean> {
  const row = await tx.one(
    changing()
      .set({ state: 'closed', closed_at: tx.now, changed_at: tx.now, version: sql<number>`version + 1` })
      .where('id', '=', id)
      .where('state', '=', 'open')
      .where('closes_at', '<=', tx.now)
      .returning('id'),
  )
  return row !== undefined
}

export interface Confirmation {
  tally: Tally
  outcome: ConsultationOutcome
  reason: string | undefined
  /** on whose word; undefined: the chair confirms */
  word: string | undefined
  /** account */
  by: string
}

/** The chair's word on what came of it. */
export const saveConfirmation = (tx: Tx, id: string, { tally, outcome, reason, word, by }: Confirmation) =>
  change(tx, id, 'closed', {
    state: 'confirmed',
    tally: json(tally),
    outcome,
    outcome_reason: reason ?? null,
    confirmed_at: tx.now,
    confirmed_by: by,
    confirmed_word: word ?? null,
  })

/** Everybody may read the answers from now on. @param by account */
export const savePublication = (tx: Tx, id: string, by: string) =>
  change(tx, id, 'confirmed', { state: 'published', published_at: tx.now, published_by: by })

/** Takes a consultation back. @param by account */
export const saveWithdrawal = (tx: Tx, id: string, from: 'draft' | 'open' | 'closed', reason: string, by: string) =>
  change(tx, id, from, {
    state: 'withdrawn',
    withdrawn_at: tx.now,
    withdrawn_reason: reason,
    withdrawn_by: by,
  })

/** How often a consultation was given more time, and why; oldest first. */
export async function extensionsOf(tx: Tx, id: string): Promise<{ from: Date; to: Date; reason: string; at: Date }[]> {
  const rows = await tx.all(
    query
      .selectFrom('governance.consultation_extension')
      .select(['from_at', 'to_at', 'reason', 'extended_at'])
      .where('consultation_id', '=', id)
      .orderBy('extended_at'),
  )
  return rows.map(({ from_at, to_at, reason, extended_at }) => ({ from: from_at, to: to_at, reason, at: extended_at }))
}

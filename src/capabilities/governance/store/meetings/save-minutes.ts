import { sql } from 'kysely'
import { query, type Tx } from '../../../../platform/db/database.ts'
import type { Presence, Vote } from '../../types/meetings.ts'
import type { DecidesBy } from '../../types.ts'

/** Who was there, as far as it was said. */
export async function savePresence(
  tx: Tx,
  meeting: string,
  there: readonly { id: string; presence: Presence; proxy: string | undefined }[],
): Promise<void> {
  if (there.length === 0) return
  await tx.all(
    sql`update governance.attendance a set presence = given.presence, proxy = given.proxy
      from jsonb_to_recordset(${JSON.stringify(there)}::jsonb) as given (id uuid, presence text, proxy text)
      where a.id = given.id and a.meeting_id = ${meeting} and (a.presence, a.proxy) is distinct from (given.presence, given.proxy)`,
  )
}

/** Keeps minutes as they are typed; emptied lines are gone. */
export async function saveLines(
  tx: Tx,
  meeting: string,
  opening: string | undefined,
  lines: readonly { item: string; words: string }[],
): Promise<void> {
  await tx.all(
    query
      .updateTable('governance.meeting')
      .set({ opening: opening ?? null, changed_at: tx.now })
      .where('id', '=', meeting)
      .where('state', '=', 'held')
      .returning('id'),
  )
  const written = JSON.stringify(lines.filter(({ words }) => words !== ''))
  const emptied = lines.filter(({ words }) => words === '').map(({ item }) => item)
  await tx.all(
    sql`insert into governance.minutes_line (item_id, words, changed_at)
      select given.item, given.words, ${tx.now}::timestamptz from jsonb_to_recordset(${written}::jsonb) as given (item uuid, words text)
      join governance.agenda_item i on i.id = given.item and i.meeting_id = ${meeting} and not i.about_person
      on conflict (item_id) do update set words = excluded.words, changed_at = excluded.changed_at
        where governance.minutes_line.words <> excluded.words`,
  )
  if (emptied.length > 0)
    await tx.all(sql`delete from governance.minutes_line l using governance.agenda_item i
      where l.item_id = i.id and i.meeting_id = ${meeting} and l.item_id = any (${emptied}::uuid[])`)
}

/** Keeps that somebody does not take part in an item. */
export async function saveConflict(tx: Tx, item: string, attendant: string, ground: string): Promise<void> {
  await tx.all(
    query
      .insertInto('governance.conflict')
      .values({ item_id: item, attendance_id: attendant, ground })
      .onConflict((clash) => clash.columns(['item_id', 'attendance_id']).doNothing())
      .returning('item_id'),
  )
}

export interface NewItemDecision {
  item: string
  decision: string
  how: DecidesBy
  votes: ReadonlyMap<string, Vote>
  amount: string | undefined
  currency: string | undefined
}

/** Keeps how an item was decided; the database counts votes and looks at quorum and limits. @returns false where it is decided already */
export async function saveItemDecision(tx: Tx, made: NewItemDecision): Promise<boolean> {
  const votes = JSON.stringify([...made.votes].map(([attendant, vote]) => ({ attendant, vote })))
  await tx.all(
    sql`insert into governance.vote (item_id, attendance_id, vote)
      select ${made.item}::uuid, given.attendant, given.vote from jsonb_to_recordset(${votes}::jsonb) as given (attendant uuid, vote text)`,
  )
  const row = await tx.one(
    query
      .insertInto('governance.item_decision')
      .values({
        item_id: made.item,
        decision_id: made.decision,
        how: made.how,
        amount: made.amount ?? null,
        currency: made.currency ?? null,
      })
      .onConflict((clash) => clash.doNothing())
      .returning('item_id'),
  )
  return row !== undefined
}

export interface NewTask {
  meeting: string
  item: string | undefined
  title: string
  owner: string
  due: string
  by: string
}

/** Keeps a task. @returns its id */
export async function saveTask(tx: Tx, task: NewTask): Promise<string> {
  const row = await tx.one(
    query
      .insertInto('governance.task')
      .values({
        meeting_id: task.meeting,
        item_id: task.item ?? null,
        title: task.title,
        owner: task.owner,
        due: task.due,
        created_by: task.by,
        created_at: tx.now,
      })
      .returning('id'),
  )
  if (!row) throw new Error('a task was not stored')
  return row.id
}

/** The meeting to which a task belongs. */
export async function meetingOfTask(tx: Tx, id: string): Promise<string | undefined> {
  const row = await tx.one(query.selectFrom('governance.task').select('meeting_id').where('id', '=', id))
  return row?.meeting_id
}

/** Says that a task is done. @returns false where it was already */
export async function finishTaskOf(tx: Tx, id: string, on: string): Promise<boolean> {
  const row = await tx.one(
    query
      .updateTable('governance.task')
      .set({ done_on: on })
      .where('id', '=', id)
      .where('done_on', 'is', null)
      .returning('id'),
  )
  return row !== undefined
}

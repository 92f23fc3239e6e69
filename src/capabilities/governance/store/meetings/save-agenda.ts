import { sql } from 'kysely'
import { query, type Tx } from '../../../../platform/db/database.ts'

export interface ItemFields {
  title: string
  kind: string | undefined
  matter: string | undefined
  presenter: string | undefined
  secretGround: string | undefined
  words: string | undefined
}

/** Adds an item at the end of an agenda. @returns its id and place */
export async function saveItem(tx: Tx, meeting: string, item: ItemFields): Promise<{ id: string; position: number }> {
  // Whoever adds at the same time waits here: two items never take one place.
  await tx.all(sql`select from governance.meeting where id = ${meeting} for update`)
  const row = await tx.one(
    sql<{ id: string; position: number }>`insert into governance.agenda_item
        (meeting_id, position, title, kind, matter_id, presenter, secret_ground, created_at, changed_at)
      select ${meeting}::uuid, coalesce(max(i.position), 0) + 1, ${item.title}, ${item.kind ?? null}, ${item.matter ?? null}::uuid,
        ${item.presenter ?? null}, ${item.secretGround ?? null}, ${tx.now}::timestamptz, ${tx.now}::timestamptz
      from governance.agenda_item i where i.meeting_id = ${meeting} returning id, position`,
  )
  if (!row) throw new Error('an agenda item was not stored')
  await saveItemWords(tx, row.id, item.words)
  return row
}

/** Changes an item, without what it is decided by and which matter it is about. */
export async function saveItemChange(
  tx: Tx,
  id: string,
  item: Pick<ItemFields, 'title' | 'presenter' | 'secretGround' | 'words'>,
): Promise<void> {
  await tx.all(
    query
      .updateTable('governance.agenda_item')
      .set({
        title: item.title,
        presenter: item.presenter ?? null,
        secret_ground: item.secretGround ?? null,
        changed_at: tx.now,
      })
      .where('id', '=', id)
      .returning('id'),
  )
  await saveItemWords(tx, id, item.words)
}

async function saveItemWords(tx: Tx, item: string, words: string | undefined): Promise<void> {
  if (words === undefined) {
    await tx.all(query.deleteFrom('governance.agenda_words').where('item_id', '=', item).returning('item_id'))
    return
  }
  await tx.all(
    query
      .insertInto('governance.agenda_words')
      .values({ item_id: item, words })
      .onConflict((clash) => clash.column('item_id').doUpdateSet({ words })),
  )
}

/** Takes an item off the agenda; it stays known that it stood there. @returns false where it was decided, or is off already */
export async function withdrawItem(tx: Tx, id: string): Promise<boolean> {
  const row = await tx.one(
    sql<{
      id: string
    }>`update governance.agenda_item i set withdrawn_at = ${tx.now}::timestamptz, changed_at = ${tx.now}::timestamptz
      where i.id = ${id} and i.withdrawn_at is null and not exists (select from governance.item_decision d where d.item_id = i.id)
      returning i.id`,
  )
  return row !== undefined
}

/** Moves an item one place up or down among those that stand on the agenda. */
export async function moveItem(tx: Tx, id: string, meeting: string, up: boolean): Promise<void> {
  await tx.all(sql`select from governance.meeting where id = ${meeting} for update`)
  await tx.all(
    sql`with standing as (select i.id, i.position, row_number() over (order by i.position) as place
          from governance.agenda_item i where i.meeting_id = ${meeting} and i.withdrawn_at is null),
        pair as (select a.id as a_id, a.position as a_position, b.id as b_id, b.position as b_position
          from standing a join standing b on b.place = a.place + ${up ? -1 : 1} where a.id = ${id})
      update governance.agenda_item i set changed_at = ${tx.now}::timestamptz,
        position = case when i.id = pair.a_id then pair.b_position else pair.a_position end
      from pair where i.id in (pair.a_id, pair.b_id)`,
  )
}

export interface NewPaper {
  item: string
  file: string
  name: string
  type: string
  size: number
  confidential: boolean
  by: string
}

/** Adds a paper to an item. */
export async function savePaper(tx: Tx, paper: NewPaper): Promise<void> {
  await tx.all(
    query.insertInto('governance.agenda_paper').values({
      item_id: paper.item,
      file_id: paper.file,
      name: paper.name,
      type: paper.type,
      size: paper.size,
      confidential: paper.confidential,
      added_by: paper.by,
      added_at: tx.now,
    }),
  )
}

/** Takes a paper away: it is given to nobody any longer. @returns false where it is gone already */
export async function withdrawPaper(tx: Tx, id: string): Promise<boolean> {
  const row = await tx.one(
    query
      .updateTable('governance.agenda_paper')
      .set({ withdrawn_at: tx.now })
      .where('id', '=', id)
      .where('withdrawn_at', 'is', null)
      .returning('id'),
  )
  return row !== undefined
}

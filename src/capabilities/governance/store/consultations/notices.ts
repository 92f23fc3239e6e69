import { query, type Tx } from '../../../../platform/db/database.ts'
import { consultationOf, consultations, type StoredConsultation } from './consultations.ts'

const most = 200

/** What a job has to do about a consultation at this moment. */
export interface Due {
  consultation: StoredConsultation
  what: 'half-time' | 'day-before' | 'closed'
}

/** Consultations that are over and not noted, and those whose reminders are due; of one alone where it is named. Needs the errand of the job. */
export async function dueConsultations(tx: Tx, id?: string): Promise<Due[]> {
  const open = consultations().where('c.state', '=', 'open')
  const rows = await tx.all(
    (id === undefined ? open : open.where('c.id', '=', id))
      .where((is) =>
        is.or([is('c.closes_at', '<=', tx.now), is('c.half_at', '<=', tx.now), is('c.day_before_at', '<=', tx.now)]),
      )
      .orderBy('c.closes_at')
      .limit(most),
  )
  return rows.map((row) => {
    const over = row.closes_at !== null && row.closes_at <= tx.now
    const late = row.day_before_at !== null && row.day_before_at <= tx.now
    return { consultation: consultationOf(row, tx.now), what: over ? 'closed' : late ? 'day-before' : 'half-time' }
  })
}

/** Notes that everybody was told of something, once. @returns false where they were told before */
export async function noteTold(tx: Tx, consultation: string, occasion: string, letters: number): Promise<boolean> {
  const row = await tx.one(
    query
      .insertInto('governance.consultation_notice')
      .values({ consultation_id: consultation, occasion, letters, told_at: tx.now })
      .onConflict((clash) => clash.doNothing())
      .returning('occasion'),
  )
  return row !== undefined
}

/** Was everybody told of this? */
export async function wasTold(tx: Tx, consultation: string, occasion: string): Promise<boolean> {
  const row = await tx.one(
    query
      .selectFrom('governance.consultation_notice')
      .select('occasion')
      .where('consultation_id', '=', consultation)
      .where('occasion', '=', occasion),
  )
  return row !== undefined
}

/** What the parties were told, when, and how many letters went out; oldest first. */
export async function noticesOf(
  tx: Tx,
  consultation: string,
): Promise<{ occasion: string; letters: number; at: Date }[]> {
  const rows = await tx.all(
    query
      .selectFrom('governance.consultation_notice')
      .select(['occasion', 'letters', 'told_at'])
      .where('consultation_id', '=', consultation)
      .orderBy('told_at'),
  )
  return rows.map(({ occasion, letters, told_at }) => ({ occasion, letters, at: told_at }))
}

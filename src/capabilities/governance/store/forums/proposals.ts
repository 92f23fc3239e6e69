import { query, type Tx } from '../../../../platform/db/database.ts'
import { currentLocale } from '../../../../platform/i18n/speech.ts'
import { speak, Text } from '../../../../platform/i18n/text.ts'
import { type Conference, conferenceById } from './conferences.ts'

export interface Proposal {
  id: string
  conference: string
  title: Text
  words: Text | undefined
  by: string | undefined
  raised: boolean
  /** id of the matter that it became, as far as the reader may see it */
  matter: string | undefined
}

/** What was proposed at a conference, in the order in which it was entered. */
export async function proposalsAt(tx: Tx, id: string): Promise<Proposal[]> {
  const rows = await tx.all(
    query
      .selectFrom('governance.conference_proposal as p')
      // an idea that nobody has looked at yet is not everybody's
      .leftJoin('governance.matter as m', 'm.id', 'p.matter_id')
      .select(['p.id', 'p.conference_id', 'p.title', 'p.words', 'p.proposed_by', 'p.matter_id', 'm.id as shown'])
      .where('p.conference_id', '=', id)
      .orderBy('p.id'),
  )
  return rows.map((row) => ({
    id: row.id,
    conference: row.conference_id,
    title: Text.parse(row.title),
    words: row.words === null ? undefined : Text.parse(row.words),
    by: row.proposed_by ?? undefined,
    raised: row.matter_id !== null,
    matter: row.shown ?? undefined,
  }))
}

/** The conference at which something was proposed. */
export async function conferenceOfProposal(tx: Tx, id: string): Promise<Conference | undefined> {
  const row = await tx.one(
    query.selectFrom('governance.conference_proposal').select('conference_id').where('id', '=', id),
  )
  return row && conferenceById(tx, row.conference_id)
}

/** Stores what somebody proposed. */
export async function saveProposal(
  tx: Tx,
  made: { conference: string; title: Text; words: Text | undefined; by: string | undefined; enteredBy: string },
): Promise<string> {
  const row = await tx.one(
    query
      .insertInto('governance.conference_proposal')
      .values({
        conference_id: made.conference,
        title: JSON.stringify(made.title),
        words: made.words ? JSON.stringify(made.words) : null,
        proposed_by: made.by ?? null,
        entered_by: made.enteredBy,
        entered_at: tx.now,
      })
      .returning('id'),
  )
  if (!row) throw new Error('a proposal was not stored')
  return row.id
}

/** Notes which matter a proposal became. @returns false where it became one meanwhile */
export async function saveProposalMatter(tx: Tx, id: string, matter: string): Promise<boolean> {
  const row = await tx.one(
    query
      .updateTable('governance.conference_proposal')
      .set({ matter_id: matter })
      .where('id', '=', id)
      .where('matter_id', 'is', null)
      .returning('id'),
  )
  return row !== undefined
}

/** What was proposed, for the thread; it stands on the page of its conference. */
export async function describeProposal(tx: Tx, id: string): Promise<{ href: string; label: string } | undefined> {
  const row = await tx.one(
    query.selectFrom('governance.conference_proposal').select(['title', 'conference_id']).where('id', '=', id),
  )
  return (
    row && {
      href: `/conferences/${row.conference_id}#proposals`,
      label: speak(Text.parse(row.title), currentLocale()).words,
    }
  )
}

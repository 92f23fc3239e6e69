import { sql } from 'kysely'
import { json, query, type Tx } from '../../../../platform/db/database.ts'
import type { Text } from '../../../../platform/i18n/text.ts'
import type { FrameworkLinkPurpose, FrameworkState, ScopeOffer } from '../../types/agreements.ts'

export interface NewAgreement {
  slug: string
  pack: string
  title: Text
  since: string
  until: string
  way: string
  organisation: string
  amends: string | undefined
  predecessor: string | undefined
  ratifyBy: string
  by: string
}

/** Begins a draft. @returns undefined where the address is taken */
export async function saveAgreement(tx: Tx, made: NewAgreement): Promise<{ id: string } | undefined> {
  return tx.one(
    query
      .insertInto('governance.framework_agreement')
      .values({
        slug: made.slug,
        pack: made.pack,
        title: json(made.title),
        since: made.since,
        until: made.until,
        way: made.way,
        organisation_id: made.organisation,
        amends: made.amends ?? null,
        predecessor: made.predecessor ?? null,
        ratify_by: made.ratifyBy,
        begun_by: made.by,
        begun_at: tx.now,
      })
      .onConflict((clash) => clash.doNothing())
      .returning('id'),
  )
}

/** What a move brings with it. */
export interface Moved {
  reason?: string | undefined
  inForceOn?: string
  endedOn?: string
}

/** Moves an agreement from the state in which it was read. @returns false where somebody was faster */
export async function moveAgreement(
  tx: Tx,
  { id, state, version }: { id: string; state: FrameworkState; version: number },
  to: FrameworkState,
  { reason, inForceOn, endedOn }: Moved = {},
): Promise<boolean> {
  const row = await tx.one(
    query
      .updateTable('governance.framework_agreement')
      .set({
        state: to,
        moved_at: tx.now,
        reason: reason ?? null,
        ...(inForceOn ? { in_force_on: inForceOn } : {}),
        ...(endedOn ? { ended_on: endedOn } : {}),
      })
      .where('id', '=', id)
      .where('state', '=', state)
      .where('version', '=', version)
      .returning('id'),
  )
  return row !== undefined
}

/** Ties the consultation of this round to the agreement. */
export async function tieConsultation(tx: Tx, id: string, consultation: string): Promise<void> {
  await tx.all(
    query.updateTable('governance.framework_agreement').set({ consultation_id: consultation }).where('id', '=', id),
  )
}

export interface NewVersion {
  agreement: string
  part: string
  number: number
  words: string
  offers: readonly ScopeOffer[]
  reason: string | undefined
  body: string
  by: string
}

/** Stores the next version of a part. @returns undefined where somebody has written one with this number */
export async function saveVersion(tx: Tx, made: NewVersion): Promise<{ id: string } | undefined> {
  return tx.one(
    sql<{
      id: string
    }>`insert into governance.framework_version (agreement_id, part, number, round, words, offers, reason, body_id, written_by, written_at)
      select ${made.agreement}::uuid, ${made.part}, ${made.number}::integer, 1, ${made.words}, ${JSON.stringify(made.offers)}::jsonb,
        ${made.reason ?? null}, ${made.body}::uuid, ${made.by}::uuid, ${tx.now}::timestamptz
      where not exists (select from governance.framework_version v
        where v.agreement_id = ${made.agreement} and v.part = ${made.part} and v.number >= ${made.number}::integer)
      returning id`,
  )
}

export interface NewProposal {
  agreement: string
  part: string
  basedOn: number
  words: string
  reason: string
  body: string
  by: string
}

export async function saveProposal(tx: Tx, made: NewProposal): Promise<{ id: string }> {
  const row = await tx.one(
    query
      .insertInto('governance.framework_proposal')
      .values({
        agreement_id: made.agreement,
        part: made.part,
        based_on: made.basedOn,
        words: made.words,
        reason: made.reason,
        body_id: made.body,
        proposed_by: made.by,
        proposed_at: tx.now,
      })
      .returning('id'),
  )
  if (!row) throw new Error('a proposal was not stored')
  return row
}

/** Answers a proposal that is open: taken over into a version, or declined with an answer. @returns false where it was answered before */
export async function answerProposal(
  tx: Tx,
  id: string,
  answer: { version: string } | { declined: string },
  by: string,
): Promise<boolean> {
  const row = await tx.one(
    query
      .updateTable('governance.framework_proposal')
      .set({
        ...('version' in answer
          ? { state: 'taken', version_id: answer.version }
          : { state: 'declined', answer: answer.declined }),
        answered_by: by,
        answered_at: tx.now,
      })
      .where('id', '=', id)
      .where('state', '=', 'open')
      .returning('id'),
  )
  return row !== undefined
}

/** Notes that a body has agreed; the database checks that it is its turn. */
export async function saveStep(
  tx: Tx,
  made: { agreement: string; body: string; decision: string; by: string },
): Promise<void> {
  await tx.all(
    query.insertInto('governance.framework_step').values({
      agreement_id: made.agreement,
      round: 1,
      place: 1,
      body_id: made.body,
      decision_id: made.decision,
      entered_by: made.by,
      entered_at: tx.now,
    }),
  )
}

export interface NewRatification {
  agreement: string
  body: string
  decision: string
  file: string | undefined
  entered: 'by-party' | 'from-minutes'
  by: string
}

export async function saveRatification(tx: Tx, made: NewRatification): Promise<{ id: string }> {
  const row = await tx.one(
    query
      .insertInto('governance.framework_ratification')
      .values({
        agreement_id: made.agreement,
        round: 1,
        body_id: made.body,
        decision_id: made.decision,
        file_id: made.file ?? null,
        entered: made.entered,
        entered_by: made.by,
        entered_at: tx.now,
      })
      .returning('id'),
  )
  if (!row) throw new Error('a ratification was not stored')
  return row
}

export interface NewLink {
  agreement: string
  purpose: FrameworkLinkPurpose
  title: string
  target: string
  source: string | undefined
  by: string
}

/** Attaches by link. @returns undefined where it is attached already */
export async function saveLink(tx: Tx, made: NewLink): Promise<{ id: string } | undefined> {
  return tx.one(
    query
      .insertInto('governance.framework_link')
      .values({
        agreement_id: made.agreement,
        purpose: made.purpose,
        title: made.title,
        target: made.target,
        source: made.source ?? null,
        added_by: made.by,
        added_at: tx.now,
      })
      .onConflict((clash) => clash.doNothing())
      .returning('id'),
  )
}

/** Notes who is reminded on a day. @returns ids of the bodies that had not been reminded on it */
export async function saveReminders(
  tx: Tx,
  agreement: string,
  bodies: readonly string[],
  day: string,
  by: string | undefined,
): Promise<string[]> {
  const rows = await tx.all(
    sql<{ body_id: string }>`insert into governance.framework_reminder (agreement_id, body_id, on_day, reminded_by)
      select ${agreement}::uuid, body, ${day}::date, ${by ?? null}::uuid from unnest(${[...bodies]}::uuid[]) body
      on conflict do nothing returning body_id`,
  )
  return rows.map(({ body_id }) => body_id)
}

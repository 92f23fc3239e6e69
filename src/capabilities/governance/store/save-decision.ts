import { sql } from 'kysely'
import { query, type Tx } from '../../../platform/db/database.ts'
import type { Text } from '../../../platform/i18n/text.ts'
import { type DecisionOutcome, type DecisionSubject, decisionKind, type Entered } from '../types.ts'

export interface NewDecision {
  body: string
  /** undefined: the next free number of the body's year */
  number: string | undefined
  decidedOn: string
  matter: string
  outcome: DecisionOutcome
  title: Text
  words: Text | undefined
  aboutPerson: boolean
  subject: DecisionSubject | undefined
  entered: Entered
  /** account of who records it */
  by: string
  supersedes: string | undefined
}

/**
 * Stores a decision. One about a person comes with a grant to whoever recorded it: without it not even they could read it (GOV-13).
 * @returns undefined where the number is taken, or the decision to be superseded has been superseded meanwhile
 */
export async function saveDecision(tx: Tx, made: NewDecision): Promise<{ id: string; number: string } | undefined> {
  const named = await tx.one(sql<{ id: string }>`select uuidv7() as id`)
  if (!named) throw new Error('the database gave no id')
  if (made.aboutPerson)
    await saveGrant(tx, { decision: named.id, account: made.by, by: made.by, basis: 'recorded the decision' })
  return tx.one(
    query
      .insertInto('governance.decision')
      .values({
        id: named.id,
        body_id: made.body,
        number: made.number ?? '',
        decided_on: made.decidedOn,
        matter: made.matter,
        outcome: made.outcome,
        title: JSON.stringify(made.title),
        words: made.words ? JSON.stringify(made.words) : null,
        about_person: made.aboutPerson,
        subject_kind: made.subject?.kind ?? null,
        subject_id: made.subject?.id ?? null,
        entered: made.entered,
        recorded_by: made.by,
        recorded_at: tx.now,
        supersedes: made.supersedes ?? null,
      })
      .onConflict((clash) => clash.doNothing())
      .returning(['id', 'number']),
  )
}

export interface Grant {
  decision: string
  account: string
  /** account of who grants it */
  by: string
  basis: string
  /** last day on which it holds, in the time zone of the body */
  until?: { day: string; timeZone: string } | undefined
}

/** Opens a decision to an account. What nobody holds nobody grants: `governance.reads` follows every grant back to the recorder. */
export async function saveGrant(tx: Tx, { decision, account, by, basis, until }: Grant): Promise<void> {
  await tx.all(
    query.insertInto('access.grant').values({
      account_id: account,
      object_kind: decisionKind,
      object_id: decision,
      basis,
      granted_by: by,
      until: until ? sql<Date>`(${until.day}::date + 1)::timestamp at time zone ${until.timeZone}` : null,
    }),
  )
}

/** Whoever was shown a wrong decision by this account shall find the one that takes its place. */
export async function passGrantsOn(tx: Tx, from: string, to: string, by: string): Promise<void> {
  await tx.all(
    sql`insert into access.grant (account_id, object_kind, object_id, basis, granted_by, until)
        select distinct on (account_id) account_id, object_kind, ${to}::uuid, basis, granted_by, until from access.grant
        where object_kind = ${decisionKind} and object_id = ${from} and granted_by = ${by} and account_id <> ${by}
          and (until is null or until > now())
        order by account_id, until desc nulls first`,
  )
}

/** The account of a colleague with this e-mail address who works in the organisation; undefined for anybody else. */
export async function colleagueByEmail(tx: Tx, email: string, organisation: string): Promise<string | undefined> {
  const row = await tx.one(
    query
      .selectFrom('access.account')
      .select('id')
      .where(sql<string>`lower(email)`, '=', email.toLowerCase())
      .where('disabled_at', 'is', null)
      .where(sql<boolean>`governance.is_colleague_in(id, ${organisation})`),
  )
  return row?.id
}

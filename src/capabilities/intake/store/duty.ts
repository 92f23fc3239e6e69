import { sql } from 'kysely'
import { query, type Tx } from '../../../platform/db/database.ts'
import type { Locale } from '../../../platform/i18n/text.ts'

/** A turn on the duty list. */
export interface Turn {
  id: string
  organisation: string
  account: string
  name: string
  from: Date
  until: Date
  phone: string | undefined
}

/** Turns of these organisations that end after a moment, the next first. */
export async function turnsOf(
  tx: Tx,
  organisations: readonly string[],
  span: { from: Date; until: Date },
): Promise<Turn[]> {
  const rows = await tx.all(
    query
      .selectFrom('intake.duty as d')
      .leftJoin('access.account as a', 'a.id', 'd.account_id')
      .leftJoin('access.person as p', 'p.id', 'a.person_id')
      .select([
        'd.id',
        'd.organisation_id',
        'd.account_id',
        'd.phone',
        'p.name',
        sql<Date>`lower(d.during)`.as('from'),
        sql<Date>`upper(d.during)`.as('until'),
      ])
      .where(sql<boolean>`d.organisation_id = any(${[...organisations]}::uuid[])`)
      .where(sql<boolean>`d.during && tstzrange(${span.from}, ${span.until})`)
      .orderBy(sql`lower(d.during)`)
      .orderBy('d.id')
      .limit(500),
  )
  return rows.map((row) => ({
    id: row.id,
    organisation: row.organisation_id,
    account: row.account_id,
    name: row.name ?? '',
    from: row.from,
    until: row.until,
    phone: row.phone ?? undefined,
  }))
}

/** Puts somebody on the list. @returns false where they are on it in that time already */
export async function addTurn(
  tx: Tx,
  turn: {
    organisation: string
    account: string
    from: Date
    until: Date
    phone: string | undefined
    by: string | null
  },
): Promise<boolean> {
  const row = await tx.one(
    query
      .insertInto('intake.duty')
      .columns(['organisation_id', 'account_id', 'during', 'phone', 'created_by'])
      .expression(
        query
          .selectNoFrom([
            sql<string>`${turn.organisation}::uuid`.as('organisation_id'),
            sql<string>`${turn.account}::uuid`.as('account_id'),
            sql<string>`tstzrange(${turn.from}, ${turn.until})`.as('during'),
            sql<string | null>`${turn.phone ?? null}::text`.as('phone'),
            sql<string | null>`${turn.by}::uuid`.as('created_by'),
          ])
          .where(
            sql<boolean>`not exists (select from intake.duty d where d.organisation_id = ${turn.organisation}::uuid
              and d.account_id = ${turn.account}::uuid and d.during && tstzrange(${turn.from}, ${turn.until}))`,
          ),
      )
      .returning('id'),
  )
  return row !== undefined
}

/** The organisation of a turn; undefined where there is none that the actor may see. */
export async function organisationOfTurn(tx: Tx, id: string): Promise<string | undefined> {
  const row = await tx.one(query.selectFrom('intake.duty').select('organisation_id').where('id', '=', id))
  return row?.organisation_id
}

/** Takes a turn off the list. @returns whether there was one */
export async function removeTurn(tx: Tx, id: string): Promise<boolean> {
  const row = await tx.one(query.deleteFrom('intake.duty').where('id', '=', id).returning('id'))
  return row !== undefined
}

/** Somebody who is written to. */
export interface Colleague {
  account: string
  name: string
  email: string
  locale: Locale | undefined
  phone: string | undefined
}

/** Who is on duty for an organisation at this moment. Needs the purpose `intake`. */
export async function onDuty(tx: Tx, organisation: string): Promise<Colleague[]> {
  const rows = await tx.all(
    colleagues()
      .innerJoin('intake.duty as d', 'd.account_id', 'a.id')
      .select('d.phone')
      .where('d.organisation_id', '=', organisation)
      .where(sql<boolean>`d.during @> ${tx.now}::timestamptz`)
      // who has left the office since the list was written is called no more
      .where(
        sql<boolean>`exists (select from access.membership m where m.account_id = a.id and m.organisation_id = d.organisation_id
          and m.role in ('case_worker', 'team_lead', 'duty_officer') and (m.until is null or m.until > ${tx.now}))`,
      )
      .orderBy('a.id'),
  )
  return rows.map((row) => ({ ...colleague(row), phone: row.phone ?? undefined }))
}

/** Who holds one of these roles in an organisation. Needs the purpose `intake`, or to be an office of its own. */
export async function staffOf(tx: Tx, organisation: string, roles: readonly string[]): Promise<Colleague[]> {
  const rows = await tx.all(
    colleagues()
      .where(
        sql<boolean>`exists (select from access.membership m where m.account_id = a.id and m.organisation_id = ${organisation}::uuid
          and m.role = any(${[...roles]}::text[]) and (m.until is null or m.until > ${tx.now}))`,
      )
      .orderBy('p.name')
      .orderBy('a.id')
      .limit(200),
  )
  return rows.map(colleague)
}

/** One account. Needs the purpose `intake`. */
export async function colleagueById(tx: Tx, account: string): Promise<Colleague | undefined> {
  const row = await tx.one(colleagues().where('a.id', '=', account))
  return row && colleague(row)
}

/** The account with this address. Needs the purpose `administration`. */
export async function accountByEmail(tx: Tx, email: string): Promise<string | undefined> {
  const row = await tx.one(colleagues().where('a.email', '=', email))
  return row?.id
}

const colleagues = () =>
  query
    .selectFrom('access.account as a')
    .innerJoin('access.person as p', 'p.id', 'a.person_id')
    .select(['a.id', 'p.name', 'a.email', 'a.locale'])
    .where('a.disabled_at', 'is', null)

const colleague = (row: { id: string; name: string; email: string; locale: string | null }): Colleague => ({
  account: row.id,
  name: row.name,
  email: row.email,
  locale: (row.locale as Locale | null) ?? undefined,
  phone: undefined,
})

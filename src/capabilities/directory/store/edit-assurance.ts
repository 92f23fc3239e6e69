import { sql } from 'kysely'
import { query, type Tx } from '../../../platform/db/database.ts'
import type { Locale, Text } from '../../../platform/i18n/text.ts'
import { ServiceCard } from '../types.ts'
import type { ServiceStatus } from './save-service.ts'

/** Notes that a record is right (DIR-6). The card itself does not change, so this is no version; the audit trail names who. */
export async function assureService(tx: Tx, id: string, assured: { by: string; due: Date }): Promise<void> {
  await tx.all(
    query
      .updateTable('directory.service')
      .set({ assured_at: tx.now, assured_by: assured.by, assurance_due: assured.due, last_modified: tx.now })
      .where('id', '=', id),
  )
}

/** Months after which a record of this pack counts as not assured; the schema's default where no pack says. */
export async function assuranceMonths(tx: Tx, pack: string | undefined): Promise<number> {
  const row = await tx.one(
    query
      .selectFrom('packs.pack')
      .select(sql<number | null>`(manifest ->> 'assuranceMonths')::int`.as('months'))
      .where('id', '=', pack ?? ''),
  )
  return row?.months ?? 6
}

/** An organisation whose cards are due, and how it can be written to. */
export interface DueOrganisation {
  id: string
  names: Text
  /** language of its letters where an account says none: the first of its pack */
  locale: Locale
  /** its own address; where there is none, those of its staff */
  recipients: { email: string; locale: Locale | undefined }[]
  /** letters since its last answer, and any of the last two weeks: nobody who has just answered for some cards is written to the next day */
  sent: Date[]
  /** how many of its cards are due */
  due: number
}

/**
 * Organisations with cards that are due and that may be asked by letter: for crisis services their editor is called instead (DIR-6).
 * Needs the purpose `administration`: it reads addresses of staff.
 */
export async function dueOrganisations(tx: Tx): Promise<DueOrganisation[]> {
  const rows = await tx.all(
    query
      .selectFrom('directory.organisation as o')
      .innerJoin('access.organisation as a', 'a.id', 'o.id')
      .innerJoin('access.area', 'access.area.code', 'a.area')
      .leftJoin('packs.pack', 'packs.pack.id', 'access.area.pack')
      .select([
        'o.id',
        'a.names',
        sql<Locale>`coalesce(packs.pack.manifest #>> '{languages,0}', 'en')`.as('locale'),
        sql<string | null>`o.profile ->> 'email'`.as('email'),
        sql<
          { email: string; locale: Locale | null }[]
        >`coalesce((select jsonb_agg(jsonb_build_object('email', c.email, 'locale', c.locale) order by c.email)
          from access.membership m join access.account c on c.id = m.account_id and c.disabled_at is null
          where m.organisation_id = o.id and m.role = 'provider' and (m.until is null or m.until > ${tx.now})), '[]')`.as(
          'staff',
        ),
        sql<Date[]>`array(select r.sent_at from directory.assurance_request r where r.organisation_id = o.id
          and r.sent_at > least(${tx.now}::timestamptz - interval '14 days',
            coalesce((select max(answered_at) from directory.assurance_request d where d.organisation_id = o.id), '-infinity')))`.as(
          'sent',
        ),
        sql<number>`(select count(*)::int from directory.service s where s.organisation_id = o.id and s.status = 'active' and s.assurance_due <= ${tx.now})`.as(
          'due',
        ),
      ])
      .where(
        sql<boolean>`exists (select from directory.service s where s.organisation_id = o.id and s.status = 'active' and not s.crisis and s.assurance_due <= ${tx.now})`,
      )
      // an invented organisation reads no letters
      .where('a.example', '=', false)
      .orderBy('o.id'),
  )
  return rows.map((row) => ({
    id: row.id,
    names: row.names as Text,
    locale: row.locale,
    recipients: row.email
      ? [{ email: row.email, locale: undefined }]
      : row.staff.map((one) => ({ email: one.email, locale: one.locale ?? undefined })),
    sent: row.sent,
    due: row.due,
  }))
}

/** Keeps the hash of a link that leaves by letter, and where to. */
export function addAssuranceRequest(
  tx: Tx,
  request: { organisation: string; emails: readonly string[]; tokenHash: Buffer; expiresAt: Date },
): void {
  tx.later(
    query.insertInto('directory.assurance_request').values({
      organisation_id: request.organisation,
      emails: [...request.emails],
      token_hash: request.tokenHash,
      sent_at: tx.now,
      expires_at: request.expiresAt,
    }),
  )
}

export interface AssuranceRequest {
  id: string
  organisation: { id: string; names: Text; pack: string }
  expiresAt: Date
  answeredAt: Date | undefined
}

/** The request behind a link. Needs the purpose `assurance`. */
export async function requestByToken(tx: Tx, tokenHash: Buffer): Promise<AssuranceRequest | undefined> {
  const row = await tx.one(
    query
      .selectFrom('directory.assurance_request as r')
      .innerJoin('access.organisation as a', 'a.id', 'r.organisation_id')
      .innerJoin('access.area', 'access.area.code', 'a.area')
      .select(['r.id', 'r.organisation_id', 'r.expires_at', 'r.answered_at', 'a.names', 'access.area.pack'])
      .where('r.token_hash', '=', tokenHash),
  )
  if (!row) return undefined
  return {
    id: row.id,
    organisation: { id: row.organisation_id, names: row.names as Text, pack: row.pack },
    expiresAt: row.expires_at,
    answeredAt: row.answered_at ?? undefined,
  }
}

/** Closes a request that is still open, and with it all earlier ones of the organisation. @returns false when somebody was faster */
export async function answerRequest(tx: Tx, request: AssuranceRequest): Promise<boolean> {
  const row = await tx.one(
    query
      .updateTable('directory.assurance_request')
      .set({ answered_at: tx.now })
      .where('id', '=', request.id)
      .where('answered_at', 'is', null)
      .returning('id'),
  )
  if (!row) return false
  tx.later(
    query
      .updateTable('directory.assurance_request')
      .set({ answered_at: tx.now })
      .where('organisation_id', '=', request.organisation.id)
      .where('answered_at', 'is', null),
  )
  return true
}

export interface CardToConfirm {
  id: string
  slug: string
  card: ServiceCard
  status: ServiceStatus
  due: Date
}

/** All cards of an organisation that are still in the directory, by name of address. */
export async function cardsToConfirm(tx: Tx, organisation: string): Promise<CardToConfirm[]> {
  const rows = await tx.all(
    query
      .selectFrom('directory.service')
      .select(['id', 'slug', 'card', 'status', 'assurance_due'])
      .where('organisation_id', '=', organisation)
      .where('status', 'in', ['active', 'temporarily closed'])
      .orderBy('slug'),
  )
  return rows.map((row) => ({
    id: row.id,
    slug: row.slug,
    card: ServiceCard.parse(row.card),
    status: row.status as ServiceStatus,
    due: row.assurance_due,
  }))
}

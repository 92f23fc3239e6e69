import { sql } from 'kysely'
import type { Tx } from '../../../../platform/db/database.ts'
import { Locale } from '../../../../platform/i18n/text.ts'

/** Somebody who answers for a body. */
export interface Answering {
  body: string
  email: string
  locale: Locale | undefined
}

/** Secretariats and members of the organisations of these bodies, as far as they have accounts: whom a reminder goes to. Needs the errand `framework`. */
export async function staffOfBodies(tx: Tx, bodies: readonly string[]): Promise<Answering[]> {
  const rows = await tx.all(
    sql<{ body_id: string; email: string; locale: string | null }>`
      select distinct b.id as body_id, a.email, a.locale from governance.body b
      join access.membership m on m.organisation_id = b.organisation_id and m.role in ('secretariat', 'body_member')
      join access.account a on a.id = m.account_id
      where b.id = any (${[...bodies]}::uuid[]) and a.disabled_at is null
        and m.since <= now() and (m.until is null or m.until > now())`,
  )
  return rows.map(({ body_id, email, locale }) => ({
    body: body_id,
    email,
    locale: Locale.safeParse(locale).data,
  }))
}

/** When each of these bodies was reminded last: days by id of the body. */
export async function remindersOf(tx: Tx, agreement: string): Promise<Map<string, string>> {
  const rows = await tx.all(
    sql<{ body_id: string; on_day: string }>`select body_id, max(on_day) as on_day from governance.framework_reminder
      where agreement_id = ${agreement} group by body_id`,
  )
  return new Map(rows.map(({ body_id, on_day }) => [body_id, on_day]))
}

import { sql } from 'kysely'
import { query, type Tx } from '../../../../platform/db/database.ts'
import { Locale, Text } from '../../../../platform/i18n/text.ts'
import type { AffectedBecause, ContactAnswer } from '../../types/adjustments.ts'

/** A municipality that an adjustment concerns, and why. Never how many people. */
export interface Affected {
  /** id of the organisation */
  id: string
  slug: string
  names: Text
  because: AffectedBecause[]
}

/** One that has not been contacted. */
export interface Uncontacted extends Affected {
  /** the secretariat has written down where a letter to it goes */
  addressKept: boolean
}

/** Affected municipalities that have not been contacted about this revision, from a day until the day of effect. */
export async function uncontacted(tx: Tx, adjustment: string, day: string): Promise<Uncontacted[]> {
  const rows = await tx.all(
    sql<{
      id: string
      slug: string
      names: unknown
      kept: boolean
      residents: boolean
      waiting: boolean
      referred: boolean
    }>`select o.id, o.slug, o.names, capacity.address_kept(${adjustment}::uuid, o.id) as kept, u.residents, u.waiting, u.referred
      from capacity.uncontacted(${adjustment}::uuid, ${day}::date) u join access.organisation o on o.id = u.municipality_id order by o.slug`,
  )
  return rows.map(({ id, slug, names, kept, ...why }) => ({
    id,
    slug,
    names: Text.parse(names),
    because: becauseOf(why),
    addressKept: kept,
  }))
}

/** Why a municipality is affected. */
export const becauseOf = (why: { residents: boolean; waiting: boolean; referred: boolean }): AffectedBecause[] => [
  ...(why.residents ? ['residents' as const] : []),
  ...(why.waiting ? ['waiting' as const] : []),
  ...(why.referred ? ['referred' as const] : []),
]

/** Notes to whom letters go. The database fills in the address that the secretariat keeps; the job sends them. */
export async function addContacts(
  tx: Tx,
  adjustment: { id: string; revision: number },
  contacts: readonly { municipality: string; because: readonly AffectedBecause[] }[],
): Promise<void> {
  if (contacts.length === 0) return
  const rows = await tx.all(
    query
      .insertInto('capacity.adjustment_contact')
      .values(
        contacts.map(({ municipality }) => ({
          adjustment_id: adjustment.id,
          revision: adjustment.revision,
          municipality_id: municipality,
          contacted_at: tx.now,
        })),
      )
      .returning(['id', 'municipality_id']),
  )
  const ids = new Map(rows.map((row) => [row.municipality_id, row.id]))
  const letters = contacts.map(({ municipality, because }) => ({ contact: ids.get(municipality), because }))
  await tx.all(
    sql`insert into capacity.adjustment_letter (contact_id, because)
      select n.contact, array(select jsonb_array_elements_text(n.because))
      from jsonb_to_recordset(${JSON.stringify(letters)}::jsonb) as n (contact uuid, because jsonb)`,
  )
}

/** A municipality that was contacted, and its last answer. */
export interface Contacted {
  id: string
  revision: number
  municipality: { slug: string; names: Text }
  contactedAt: Date
  answer: { answer: ContactAnswer; words: string | undefined; at: Date } | undefined
  /** the municipality says that the last answer in its name was not its own */
  disputed: boolean
}

/** Who was contacted about an adjustment, all revisions, by name. */
export async function contactsOf(tx: Tx, adjustment: string): Promise<Contacted[]> {
  const rows = await tx.all(
    sql<{
      id: string
      revision: number
      slug: string
      names: unknown
      contacted_at: Date
      answer: ContactAnswer | null
      words: string | null
      answered_at: Date | null
      disputed: boolean
    }>`select c.id, c.revision, o.slug, o.names, c.contacted_at, a.answer, a.words, a.answered_at, capacity.contact_disputed(c.id) as disputed
      from capacity.adjustment_contact c join access.organisation o on o.id = c.municipality_id
      left join lateral (select * from capacity.adjustment_answer n where n.contact_id = c.id and not capacity.is_disputed(n.id) order by n.answered_at desc, n.id desc limit 1) a on true
      where c.adjustment_id = ${adjustment} order by c.revision, o.slug`,
  )
  return rows.map((row) => ({
    id: row.id,
    revision: row.revision,
    municipality: { slug: row.slug, names: Text.parse(row.names) },
    contactedAt: row.contacted_at,
    disputed: row.disputed,
    answer:
      row.answer && row.answered_at
        ? { answer: row.answer, words: row.words ?? undefined, at: row.answered_at }
        : undefined,
  }))
}

/** Where a letter went, for the operator and the secretariat. */
export interface LetterSent {
  contact: string
  email: string
  because: AffectedBecause[]
  /** who wrote the last answer */
  author: { name: string; function: string } | undefined
}

/** Letters of an adjustment, as far as the actor may see them. */
export async function lettersOf(tx: Tx, adjustment: string): Promise<Map<string, LetterSent>> {
  const rows = await tx.all(
    sql<{
      contact_id: string
      email: string
      because: AffectedBecause[]
      name: string | null
      function: string | null
    }>`
      select l.contact_id, l.email, l.because, w.name, w.function from capacity.adjustment_letter l
      join capacity.adjustment_contact c on c.id = l.contact_id
      left join lateral (select * from capacity.adjustment_answer n where n.contact_id = c.id and not capacity.is_disputed(n.id) order by n.answered_at desc, n.id desc limit 1) a on true
      left join capacity.adjustment_answer_author w on w.answer_id = a.id
      where c.adjustment_id = ${adjustment}`,
  )
  return new Map(
    rows.map((row) => [
      row.contact_id,
      {
        contact: row.contact_id,
        email: row.email,
        because: row.because,
        author: row.name && row.function ? { name: row.name, function: row.function } : undefined,
      },
    ]),
  )
}

/** A letter that waits to be sent. */
export interface LetterToSend {
  contact: string
  email: string
  locale: Locale
  municipality: Text
}

/** Letters about an adjustment that have not been sent. Needs the purpose of the job. */
export async function lettersToSend(tx: Tx, adjustment: string): Promise<LetterToSend[]> {
  const rows = await tx.all(
    sql<{
      contact: string
      email: string
      locale: string
      names: unknown
    }>`select l.contact_id as contact, l.email, l.locale, o.names
      from capacity.adjustment_letter l join capacity.adjustment_contact c on c.id = l.contact_id
      join access.organisation o on o.id = c.municipality_id
      where c.adjustment_id = ${adjustment} and l.sent_at is null order by o.slug for no key update of l`,
  )
  return rows.map(({ names, locale, ...row }) => ({
    ...row,
    locale: Locale.parse(locale),
    municipality: Text.parse(names),
  }))
}

/** Notes that a letter is on its way, with the link in it. */
export async function noteSent(tx: Tx, contact: string, tokenHash: Buffer): Promise<void> {
  await tx.all(
    query
      .updateTable('capacity.adjustment_letter')
      .set({ sent_at: tx.now, token_hash: tokenHash })
      .where('contact_id', '=', contact),
  )
}

/** Addresses and languages of all who were contacted about this revision. Needs the purpose of the job. */
export async function addressesOf(tx: Tx, adjustment: string): Promise<{ email: string; locale: Locale }[]> {
  const rows = await tx.all(
    sql<{ email: string; locale: string }>`select l.email, l.locale from capacity.adjustment_letter l
      join capacity.adjustment_contact c on c.id = l.contact_id join capacity.adjustment a on a.id = c.adjustment_id and a.revision = c.revision
      where a.id = ${adjustment} order by l.email`,
  )
  return rows.map(({ email, locale }) => ({ email, locale: Locale.parse(locale) }))
}

/** What a link leads to. */
export interface LinkedContact {
  contact: string
  adjustment: string
  revision: number
  municipality: Text
}

/** The contact of this link. Needs the errand of the link itself. */
export async function contactByHash(tx: Tx, tokenHash: Buffer): Promise<LinkedContact | undefined> {
  const row = await tx.one(
    sql<{
      contact: string
      adjustment: string
      revision: number
      names: unknown
    }>`select c.id as contact, c.adjustment_id as adjustment, c.revision, o.names
      from capacity.adjustment_letter l join capacity.adjustment_contact c on c.id = l.contact_id
      join access.organisation o on o.id = c.municipality_id where l.token_hash = ${tokenHash}`,
  )
  return (
    row && {
      contact: row.contact,
      adjustment: row.adjustment,
      revision: row.revision,
      municipality: Text.parse(row.names),
    }
  )
}

/** Keeps what a municipality answered, and who wrote it. @param answer.account of whoever signed in to answer; undefined by the link */
export async function addAnswer(
  tx: Tx,
  answer: {
    contact: string
    answer: ContactAnswer
    words: string | undefined
    name: string
    function: string
    account?: string | undefined
  },
): Promise<void> {
  const row = await tx.one(
    query
      .insertInto('capacity.adjustment_answer')
      .values({ contact_id: answer.contact, answer: answer.answer, words: answer.words ?? null, answered_at: tx.now })
      .returning('id'),
  )
  await tx.all(
    query.insertInto('capacity.adjustment_answer_author').values({
      answer_id: row?.id ?? '',
      name: answer.name,
      function: answer.function,
      account_id: answer.account ?? null,
    }),
  )
}

/** E-mail and language of those who hold a role in these organisations. Needs the purpose of the job. */
export async function staffOf(
  tx: Tx,
  organisations: readonly string[],
  role: string,
): Promise<{ email: string; locale: Locale | undefined }[]> {
  if (organisations.length === 0) return []
  const rows = await tx.all(
    sql<{
      email: string
      locale: string | null
    }>`select distinct a.email, a.locale from access.membership m join access.account a on a.id = m.account_id
      where m.organisation_id = any (${[...organisations]}::uuid[]) and m.role = ${role} and a.disabled_at is null
        and m.since <= now() and (m.until is null or m.until > now()) order by a.email`,
  )
  return rows.map(({ email, locale }) => ({ email, locale: Locale.safeParse(locale).data }))
}

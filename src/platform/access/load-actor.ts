import type pg from 'pg'
import type { Locale } from '../i18n/text.ts'
import type { Actor, Membership } from './actor.ts'

/** An actor, and when the session or token that brought them was last seen. */
export interface Loaded {
  actor: Actor
  /** id of the session or token */
  by: string
  seen: Date | null
}

interface Row {
  by: string
  seen: Date | null
  account: string
  person: string
  name: string
  email: string
  locale: Locale | null
  second_factor: boolean
  scopes: string[] | null
  memberships: Membership[]
}

/** Every request of a signed-in person runs one of these two, once: account, person and memberships with their areas together. */
const person = `
  a.id as account, a.person_id as person, p.name, a.email, a.locale,
  coalesce((select jsonb_agg(jsonb_build_object('organisation', m.organisation_id, 'areaPath', to_jsonb(area.path), 'role', m.role))
            from access.membership m
            join access.organisation o on o.id = m.organisation_id
            join access.area area on area.code = o.area
            where m.account_id = a.id and m.since <= $2 and (m.until is null or m.until > $2)), '[]') as memberships`

const bySession = `
  select s.id as by, s.seen_at as seen, s.second_factor, null::text[] as scopes, ${person}
  from auth.session s
  join access.account a on a.id = s."userId" and a.disabled_at is null
  join access.person p on p.id = a.person_id
  where s.token = $1 and s."expiresAt" > $2`

const byToken = `
  select t.id as by, t.used_at as seen, false as second_factor, t.scopes, ${person}
  from access.token t
  join access.account a on a.id = t.account_id and a.disabled_at is null
  join access.person p on p.id = a.person_id
  where t.hash = $1 and t.revoked_at is null and t.expires_at > $2`

/** Who holds this session? Nobody when it expired, was revoked, or the account is disabled: asked each time, so that all three end it at once. */
export function loadBySession(pool: pg.Pool, token: string, now: Date): Promise<Loaded | undefined> {
  return load(pool, 'actor-by-session', bySession, token, now)
}

/** Who holds this API token? @param hash SHA-256 of the token */
export function loadByToken(pool: pg.Pool, hash: Buffer, now: Date): Promise<Loaded | undefined> {
  return load(pool, 'actor-by-token', byToken, hash, now)
}

async function load(
  pool: pg.Pool,
  name: string,
  text: string,
  key: string | Buffer,
  now: Date,
): Promise<Loaded | undefined> {
  const { rows } = await pool.query<Row>({ name, text, values: [key, now] })
  const row = rows[0]
  if (!row) return undefined
  return {
    by: row.by,
    seen: row.seen,
    actor: {
      account: row.account,
      person: row.person,
      name: row.name,
      email: row.email,
      locale: row.locale ?? undefined,
      memberships: row.memberships,
      secondFactor: row.second_factor,
      scopes: row.scopes ?? undefined,
    },
  }
}

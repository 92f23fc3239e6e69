import { createHmac } from 'node:crypto'
import type pg from 'pg'

/** How often something may be tried within a window: by one account (its address, whether or not it exists), from one network address. */
export interface Limit {
  account: number
  address: number
  minutes: number
}

export const limits = {
  'sign-in': { account: 10, address: 100, minutes: 15 },
  code: { account: 10, address: 100, minutes: 15 },
  reset: { account: 3, address: 30, minutes: 60 },
  registration: { account: 3, address: 30, minutes: 60 },
  link: { account: 20, address: 60, minutes: 15 },
  passkey: { account: 60, address: 100, minutes: 15 },
  token: { account: 20, address: 100, minutes: 60 },
} as const satisfies Record<string, Limit>

export type Limited = keyof typeof limits

/** Who tries: the account by its e-mail address or id, the network address; either may be unknown. */
export interface Trying {
  account?: string | undefined
  address?: string | undefined
}

/** The verdict: go on, or wait for so many seconds. */
export type Verdict = { is: 'open' } | { is: 'locked'; seconds: number }

/** Pure: the longest wait among the counters that are over their limit. */
export function judge(counters: readonly { count: number; limit: number; until: Date }[], now: Date): Verdict {
  const over = counters.filter((counter) => counter.count > counter.limit)
  if (over.length === 0) return { is: 'open' }
  const until = Math.max(...over.map((counter) => counter.until.valueOf()))
  return { is: 'locked', seconds: Math.max(1, Math.ceil((until - now.valueOf()) / 1000)) }
}

/** Counters in the database, shared by every process. Keys are hashes, so that the table names nobody. */
export class Attempts {
  readonly #pool: pg.Pool
  readonly #secret: string

  constructor(pool: pg.Pool, secret: string) {
    this.#pool = pool
    this.#secret = secret
  }

  /** Counts one try, before it is made: two at the same moment are two. */
  async count(what: Limited, trying: Trying, now: Date): Promise<Verdict> {
    const limit = limits[what]
    const keys = this.#keys(what, trying)
    if (keys.length === 0) return { is: 'open' }
    const { rows } = await this.#pool.query<{ key: string; count: number; until: Date }>(
      `insert into auth.attempt as a (key, count, until) select key, 1, $2 from unnest($1::text[]) key order by key
       on conflict (key) do update set count = case when a.until <= $3 then 1 else a.count + 1 end,
                                       until = case when a.until <= $3 then excluded.until else a.until end
       returning key, count, until`,
      [keys.map(({ key }) => key), new Date(now.valueOf() + limit.minutes * 60_000), now],
    )
    return judge(
      rows.map((row) => ({ ...row, limit: limit[keys.find(({ key }) => key === row.key)?.by ?? 'account'] })),
      now,
    )
  }

  /** Forgets the tries of an account after one that was right; those of a network address stay. */
  async clear(what: Limited, account: string): Promise<void> {
    await this.#pool.query('delete from auth.attempt where key = any($1)', [
      this.#keys(what, { account }).map(({ key }) => key),
    ])
  }

  #keys(what: Limited, trying: Trying): { key: string; by: 'account' | 'address' }[] {
    return (['account', 'address'] as const).flatMap((by) => {
      const who = trying[by]
      return who ? [{ by, key: `${what}:${by}:${this.#hash(who.trim().toLowerCase())}` }] : []
    })
  }

  #hash(who: string): string {
    return createHmac('sha256', this.#secret).update(`attempt:${who}`).digest('base64url')
  }
}

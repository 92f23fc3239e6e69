import type pg from 'pg'
import { compile } from '../db/query.ts'
import { type Counter, countTry } from '../limits/count.ts'
import { counterKey, judge, networkOf, type Verdict } from '../limits/limit.ts'

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

/** Counts tries, over the connections of signing in: what a command undoes stays counted. */
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
    const { sql, parameters } = compile(
      countTry(
        keys.map(({ key }) => key),
        limit.minutes,
        now,
      ),
    )
    const { rows } = await this.#pool.query<Counter>(sql, [...parameters])
    return judge(
      rows.map((row) => ({ ...row, limit: limit[keys.find(({ key }) => key === row.key)?.by ?? 'account'] })),
      now,
    )
  }

  /** Forgets the tries of an account after one that was right; those of a network address stay. */
  async clear(what: Limited, account: string): Promise<void> {
    await this.#pool.query('delete from limits.counter where key = any($1)', [
      this.#keys(what, { account }).map(({ key }) => key),
    ])
  }

  #keys(what: Limited, trying: Trying): { key: string; by: 'account' | 'address' }[] {
    return (['account', 'address'] as const).flatMap((by) => {
      const who = by === 'address' && trying.address ? networkOf(trying.address) : trying[by]
      return who ? [{ by, key: counterKey(this.#secret, what, by, who) }] : []
    })
  }
}

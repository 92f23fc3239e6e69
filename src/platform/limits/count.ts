import { sql } from 'kysely'
import type { Database } from '../db/database.ts'
import { query, type Tx } from '../db/database.ts'
import type { Statement } from '../db/query.ts'
import { type AddressLimit, counterKey, judge, networkOf, type Verdict } from './limit.ts'

/** A counter after a try. */
export interface Counter {
  key: string
  count: number
  until: Date
}

/** Counts one try under each key, before it is made: two at the same moment are two. A counter whose time is over begins anew. */
export function countTry(keys: readonly string[], minutes: number, now: Date): Statement<Counter> {
  const until = new Date(now.valueOf() + minutes * 60_000)
  return sql<Counter>`insert into limits.counter as c (key, count, until) select key, 1, ${until} from unnest(${[...keys]}::text[]) key order by key
    on conflict (key) do update set count = case when c.until <= ${now} then 1 else c.count + 1 end,
                                    until = case when c.until <= ${now} then excluded.until else c.until end
    returning key, count, until`
}

/**
 * Counts one try from a network address, in a transaction of its own: what is refused or undone afterwards stays counted.
 * @param address undefined where there is no network (tests, jobs): nothing is counted
 */
export async function countAddress(
  database: Database,
  secret: string,
  limit: AddressLimit,
  address: string | undefined,
): Promise<Verdict> {
  if (!address) return { is: 'open' }
  const key = counterKey(secret, limit.name, limit.per, networkOf(address))
  return database.transact({ actor: null, purpose: 'limits' }, async (tx) => {
    const counted = await tx.all(countTry([key], limit.within.minutes, tx.now))
    return judge(
      counted.map((counter) => ({ ...counter, limit: limit.most })),
      tx.now,
    )
  })
}

/** Forgets counters whose time is over. Needs the purpose `forgetting`. */
export async function forgetCounters(tx: Tx): Promise<void> {
  await tx.all(query.deleteFrom('limits.counter').where('until', '<', tx.now))
}

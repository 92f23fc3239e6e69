import { createHmac } from 'node:crypto'

/**
 * How often something may be done from one network address by visitors without an account. Who has signed in is not counted: a whole
 * office often shares one address, and the audit trail knows them.
 */
export interface AddressLimit {
  /** what is counted, part and verb: `directory.remark`; two routes with one name count together */
  readonly name: `${string}.${string}`
  readonly per: 'address'
  readonly most: number
  readonly within: { readonly minutes: number }
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

/**
 * Under which key something is counted. A keyed hash, so that the table names nobody.
 * @param who account or network address, compared without regard to case
 */
export function counterKey(secret: string, name: string, by: 'account' | 'address', who: string): string {
  const hash = createHmac('sha256', secret).update(`attempt:${who.trim().toLowerCase()}`).digest('base64url')
  return `${name}:${by}:${hash}`
}

/** What one household or device has: an address of IPv4, the first half of one of IPv6 (RFC 6177), within which it may take any. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address
  const [head = '', tail] = address.toLowerCase().split('%')[0]?.split('::') ?? []
  const first = head === '' ? [] : head.split(':')
  const last = !tail ? [] : tail.split(':')
  const groups =
    tail === undefined
      ? first
      : [...first, ...Array<string>(Math.max(0, 8 - first.length - last.length)).fill('0'), ...last]
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
}

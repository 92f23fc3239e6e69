import type { Child } from 'hono/jsx'
import type { Outcome } from '../../access/outcome.ts'
import { type Answer, page } from '../../http/answer.ts'
import { secondsToWait } from '../context.ts'

/** Pages of signing in stay in no cache, and no address of theirs leaves them. */
const unseen = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' }

/** A page of signing in; where it comes back because somebody must wait, it is 429 and says for how long. */
export function quietPage(
  title: string,
  content: Child,
  outcome?: Exclude<Outcome<unknown>, { is: 'ok' }>,
  cookies: readonly string[] = [],
): Answer {
  const seconds = outcome ? secondsToWait(outcome) : undefined
  return page(title, content, {
    headers: seconds === undefined ? unseen : { ...unseen, 'retry-after': String(seconds) },
    ...(seconds === undefined ? {} : { status: 429 as const }),
    ...(cookies.length > 0 ? { cookies } : {}),
  })
}

/** On with a step of signing in. */
export function onward({ to, cookies }: { to: string; cookies: readonly string[] }): Answer {
  return { is: 'redirect', to, cookies }
}

/** Reading these pages is nobody's data but one's own. */
export const ownOnly = { none: 'a form without data of anybody but the one who looks' } as const

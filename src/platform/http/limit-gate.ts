import { m } from '../i18n/speech.ts'
import { countAddress } from '../limits/count.ts'
import type { AddressLimit } from '../limits/limit.ts'
import type { House } from './app.ts'
import { peerOf } from './peer.ts'
import { problem } from './problem.ts'
import type { Recognised } from './recognise.ts'
import { renderProblem } from './render.tsx'
import { wantsJson } from './wants-json.ts'

/** Counts this request, where a limit is declared and nobody has signed in. @returns seconds to wait; undefined to go on */
export async function secondsToWait(
  house: House,
  limit: AddressLimit | undefined,
  recognised: Recognised,
): Promise<number | undefined> {
  if (!limit || recognised.actor) return undefined
  const verdict = await countAddress(house.database, house.secret, limit, peerOf(recognised.request))
  return verdict.is === 'open' ? undefined : verdict.seconds
}

/** How long to wait, in words. */
export function waitInWords(seconds: number): string {
  return m.problem_too_often({ count: Math.ceil(seconds / 60) })
}

/** Says that this was too often and when it goes on, as a page or a problem, with `Retry-After`. */
export async function refuseTooOften(house: House, recognised: Recognised, seconds: number): Promise<Response> {
  const response = wantsJson(recognised.request)
    ? problem(429, m.page_429_title(), { detail: waitInWords(seconds) })
    : await renderProblem(house, recognised, 429, { errors: [{ path: '', message: waitInWords(seconds) }] })
  response.headers.set('retry-after', String(seconds))
  // what was not read of the request would be taken for the next one
  if (recognised.request.body) response.headers.set('connection', 'close')
  return response
}

import type { FieldError, Outcome } from '../access/outcome.ts'
import { m } from '../i18n/speech.ts'
import { statusOf } from './answer.ts'

/** A problem as RFC 9457 says it, with the fields that are wrong. */
export function problem(
  status: number,
  title: string,
  more: { detail?: string; errors?: readonly FieldError[]; id?: string; current?: unknown } = {},
  headers: Record<string, string> = {},
): Response {
  const body = { type: 'about:blank', title, status, ...more }
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store', ...headers },
  })
}

/** Turns what a command answered, short of `ok`, into a problem. */
export function problemOf(outcome: Exclude<Outcome<unknown>, { is: 'ok' }>): Response {
  const status = statusOf[outcome.is]
  switch (outcome.is) {
    case 'invalid':
      return problem(status, m.problem_invalid(), { errors: outcome.errors })
    case 'forbidden':
      return problem(status, m.problem_forbidden())
    case 'notFound':
      return problem(status, m.problem_not_found())
    case 'conflict':
      return problem(
        status,
        outcome.message ?? m.problem_conflict(),
        outcome.current === undefined ? {} : { current: outcome.current },
      )
    case 'late':
      return problem(status, outcome.message)
  }
}

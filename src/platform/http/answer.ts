import type { Child } from 'hono/jsx'
import type { Outcome } from '../access/outcome.ts'

export interface Flash {
  kind: 'done' | 'warning'
  text: string
  /** takes back what was just done: a form that is sent to `action` with these fields */
  undo?: { action: string; fields: Record<string, string> }
}

/** What a route shows. Everything else (frame, headers, language, errors) is the platform's. */
export type Answer =
  | {
      is: 'page'
      title: string
      content: Child
      description?: string
      /** further elements of the head: JSON-LD, canonical address, alternate languages */
      head?: Child
      /** work pages are denser than reading pages */
      size?: 'sm' | 'md'
      status?: 200 | 400 | 403 | 404 | 409 | 410 | 422 | 429
      /** id of the region that the page is about, where it is not the reader's own: its emergency numbers are the ones that help there */
      region?: string
      /** pages about violence offer "leave this page" first */
      leave?: boolean
      headers?: Record<string, string>
      cookies?: readonly string[]
    }
  | { is: 'redirect'; to: string; flash?: Flash; cookies?: readonly string[] }
  | {
      is: 'file'
      body: Uint8Array | ReadableStream<Uint8Array> | string
      type: string
      name?: string
      headers?: Record<string, string>
    }
  | { is: 'notFound' }
  | { is: 'forbidden' }
  | { is: 'bad'; path: string; message: string }

export const page = (
  title: string,
  content: Child,
  more: Omit<Extract<Answer, { is: 'page' }>, 'is' | 'title' | 'content'> = {},
): Answer => ({ is: 'page', title, content, ...more })
export const redirect = (to: string, flash?: Flash): Answer => ({ is: 'redirect', to, ...(flash ? { flash } : {}) })

/** HTTP status of an outcome: a malformed request is 400, a well-formed one that breaks a rule is 422. */
export const statusOf = {
  ok: 200,
  invalid: 422,
  forbidden: 403,
  notFound: 404,
  conflict: 409,
  late: 409,
} as const satisfies Record<Outcome<unknown>['is'], number>

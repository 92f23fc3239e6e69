/** What is wrong with one field: where (dotted path; empty for the whole), and what to do, in the sender's language. */
export interface FieldError {
  path: string
  message: string
}

/** How a command can end. What can be expected is never thrown. */
export type Outcome<T> =
  | { is: 'ok'; value: T }
  | { is: 'invalid'; errors: readonly FieldError[] }
  | { is: 'forbidden' }
  | { is: 'notFound' }
  /** somebody changed it meanwhile: `current` is what is stored now, for the second editor to see both */
  | { is: 'conflict'; current?: unknown; message?: string }
  | { is: 'late'; message: string }

export const ok = <T>(value: T): Outcome<T> => ({ is: 'ok', value })
export const invalid = (...errors: FieldError[]): Outcome<never> => ({ is: 'invalid', errors })
export const forbidden: Outcome<never> = { is: 'forbidden' }
export const notFound: Outcome<never> = { is: 'notFound' }
export const conflict = (current?: unknown, message?: string): Outcome<never> => ({
  is: 'conflict',
  ...(current === undefined ? {} : { current }),
  ...(message === undefined ? {} : { message }),
})
export const late = (message: string): Outcome<never> => ({ is: 'late', message })

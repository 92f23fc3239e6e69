import type { z } from 'zod'
import { m } from '../i18n/speech.ts'
import type { FieldError } from './outcome.ts'

/** Turns what zod found into sentences for the person who typed it. A schema's own message wins over ours. */
export function fieldErrors(error: z.ZodError): FieldError[] {
  return error.issues.map((issue) => ({ path: issue.path.join('.'), message: sentence(issue) }))
}

function sentence(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined || issue.input === '' ? m.form_missing() : m.form_wrong_type()
    case 'too_small':
      if (issue.origin === 'string')
        return Number(issue.minimum) <= 1 ? m.form_missing() : m.form_too_short({ count: Number(issue.minimum) })
      if (issue.origin === 'array') return m.form_too_few({ count: Number(issue.minimum) })
      return m.form_too_small({ minimum: String(issue.minimum) })
    case 'too_big':
      if (issue.origin === 'string') return m.form_too_long({ count: Number(issue.maximum) })
      if (issue.origin === 'array') return m.form_too_many({ count: Number(issue.maximum) })
      return m.form_too_big({ maximum: String(issue.maximum) })
    case 'invalid_format':
      switch (issue.format) {
        case 'email':
          return m.form_email()
        case 'url':
          return m.form_url()
        case 'date':
          return m.form_date()
        case 'uuid':
        case 'guid':
          return m.form_id()
        default:
          return m.form_format()
      }
    case 'invalid_value':
      return m.form_choose({ allowed: issue.values.map(String).join(', ') })
    case 'unrecognized_keys':
      return m.form_unknown_field({ names: issue.keys.join(', ') })
    case 'custom':
      return issue.message || m.form_wrong_type()
    default:
      return m.form_wrong_type()
  }
}

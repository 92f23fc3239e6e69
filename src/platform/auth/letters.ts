import { z } from 'zod'
import { m } from '../i18n/speech.ts'
import type { MailTemplate } from '../mail/letter.ts'
import { linkHours } from './links.ts'

/** The letters of signing in, by the name under which the mail part finds them. */
export const authLetters = ['auth.registration', 'auth.exists', 'auth.invitation', 'auth.reset'] as const
export type AuthLetter = (typeof authLetters)[number]

export const LetterParameters = z.object({
  /** address that the reader opens; in it stands the only copy of its secret */
  link: z.string(),
  /** how to greet the reader, where it is known */
  name: z.string().optional(),
})
export type LetterParameters = z.infer<typeof LetterParameters>

/** A letter in the language of the reader (`currentLocale`). Who did not ask for it is told that nothing has happened. */
export function authLetter(kind: AuthLetter, parameters: LetterParameters): { subject: string; text: string } {
  const { link, name = '' } = parameters
  const greeting = name ? m.auth_letter_greeting_name({ name }) : m.auth_letter_greeting()
  switch (kind) {
    case 'auth.registration':
      return letter(m.auth_letter_registration_subject(), [
        greeting,
        m.auth_letter_registration(),
        link,
        m.auth_letter_hours({ count: linkHours.registration }),
        m.auth_letter_not_you(),
      ])
    case 'auth.exists':
      return letter(m.auth_letter_exists_subject(), [
        greeting,
        m.auth_letter_exists(),
        link,
        m.auth_letter_exists_not_you(),
      ])
    case 'auth.invitation':
      return letter(m.auth_letter_invitation_subject(), [
        greeting,
        m.auth_letter_invitation(),
        link,
        m.auth_letter_days({ count: linkHours.invitation / 24 }),
      ])
    case 'auth.reset':
      return letter(m.auth_letter_reset_subject(), [
        greeting,
        m.auth_letter_reset(),
        link,
        m.auth_letter_hours({ count: linkHours.reset }),
        m.auth_letter_not_you(),
      ])
  }
}

function letter(subject: string, paragraphs: readonly string[]): { subject: string; text: string } {
  return { subject, text: `${paragraphs.join('\n\n')}\n` }
}

/** The same as templates of the mail part. */
export const authTemplates: readonly MailTemplate[] = authLetters.map((name) => ({
  name,
  parameters: LetterParameters,
  write: (parameters) => authLetter(name, LetterParameters.parse(parameters)),
}))

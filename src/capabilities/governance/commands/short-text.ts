import { locales, Text } from '../../../platform/i18n/text.ts'

/** A text whose every language has at most so many characters. */
export const shortText = (maximum: number) =>
  Text.superRefine((text, context) => {
    for (const locale of locales)
      if ((text[locale]?.length ?? 0) > maximum)
        context.addIssue({ code: 'too_big', origin: 'string', maximum, inclusive: true, path: [locale], input: text })
  })

import { z } from 'zod'
import { formatDay } from '../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { speak, Text } from '../../../platform/i18n/text.ts'
import type { MailTemplate } from '../../../platform/mail/letter.ts'
import { AdjustmentKind, AdjustmentState } from '../types/adjustments.ts'
import { changeWords, planParts, stateWords, titleWords } from './adjustment-words.ts'

/** What is told of an adjustment, and when. */
export const NewsOccasion = z.enum([
  'planned',
  'contacted',
  'amended',
  'postponed',
  'approved',
  'declined',
  'withdrawn',
  'in-force',
  /** a municipality became affected and has not been contacted: nothing takes effect until it was */
  'contact-missing',
  /** a municipality says that an answer in its name was not its own */
  'disputed',
])
export type NewsOccasion = z.infer<typeof NewsOccasion>

const About = z.object({
  number: z.string(),
  offer: z.object({ names: Text }),
  operator: Text,
  kind: AdjustmentKind,
  change: z.number(),
  effectOn: z.iso.date(),
})
const Contact = About.extend({
  municipality: Text,
  reason: Text,
  tariffEffect: Text,
  peopleEffect: Text,
  alternatives: Text,
  /** where it is answered */
  link: z.url(),
})
const News = About.extend({
  occasion: NewsOccasion,
  state: AdjustmentState,
  /** the reader has something to do */
  asks: z.boolean(),
  splitting: z.boolean(),
  reason: z.string().optional(),
  link: z.url(),
})
export type ContactLetter = z.infer<typeof Contact>
export type NewsLetter = z.infer<typeof News>

const spoken = (text: Text) => speak(text, currentLocale()).words
/** Words of people hold no line breaks where the head of a mail is made of them. */
const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim()

/** CAP-3: contacts an affected municipality about an adjustment. One letter is enough; an answer is welcome and not awaited. */
const contactLetter: MailTemplate<ContactLetter> = {
  name: 'capacity.adjustment-contact',
  parameters: Contact,
  write(letter) {
    const lines = [
      m.capacity_adjust_letter_contact({
        operator: spoken(letter.operator),
        municipality: spoken(letter.municipality),
      }),
      titleWords(letter),
      ...planParts(letter).map(({ label, text }) => `${label}:\n${spoken(text)}`),
      m.capacity_adjust_letter_answer(),
      letter.link,
    ]
    return { subject: oneLine(titleWords(letter)), text: `${lines.join('\n\n')}\n` }
  },
}

/** CAP-3: tells secretariat, operator and municipalities how an adjustment goes on. */
const newsLetter: MailTemplate<NewsLetter> = {
  name: 'capacity.adjustment-news',
  parameters: News,
  write(letter) {
    const title = oneLine(titleWords(letter))
    const lines = [
      newsWords(letter),
      title,
      `${m.capacity_adjust_operator()}: ${spoken(letter.operator)}`,
      ...(letter.reason ? [letter.reason] : []),
      ...(letter.splitting ? [m.capacity_adjust_splitting_letter()] : []),
      ...(letter.asks ? [asksWords(letter.state)] : []),
      letter.link,
    ]
    return {
      subject: `${oneLine(spoken(letter.offer.names))}, ${changeWords(letter)}: ${stateWords(letter.state)}`,
      text: `${lines.join('\n\n')}\n`,
    }
  },
}

function newsWords({ occasion, effectOn }: NewsLetter): string {
  const day = formatDay(effectOn)
  switch (occasion) {
    case 'planned':
      return m.capacity_adjust_news_planned()
    case 'contacted':
      return m.capacity_adjust_news_contacted()
    case 'amended':
      return m.capacity_adjust_news_amended()
    case 'postponed':
      return m.capacity_adjust_news_postponed({ day })
    case 'approved':
      return m.capacity_adjust_news_approved({ day })
    case 'declined':
      return m.capacity_adjust_news_declined()
    case 'withdrawn':
      return m.capacity_adjust_news_withdrawn()
    case 'in-force':
      return m.capacity_adjust_news_in_force()
    case 'contact-missing':
      return m.capacity_adjust_news_contact_missing()
    case 'disputed':
      return m.capacity_adjust_news_disputed()
  }
}

const asksWords = (state: AdjustmentState): string =>
  state === 'path-open' ? m.capacity_adjust_asks_path() : m.capacity_adjust_asks_approval()

export const adjustmentLetters: readonly MailTemplate[] = [contactLetter as MailTemplate, newsLetter as MailTemplate]

import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { Locale, locales } from './text.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const Settings = z.object({ 'plugin.inlang.messageFormat': z.object({ pathPattern: z.array(z.string()) }) })
const Variants = z.tuple([
  z.object({
    declarations: z.array(z.string()),
    selectors: z.array(z.string()),
    match: z.record(z.string(), z.string()),
  }),
])
const Messages = z.record(z.string(), z.union([z.string(), Variants]))
type Message = z.infer<typeof Messages>[string]

/** `shared-words.json` beside the messages: texts that are rightly the same as in English (names, abbreviations, words that languages share). */
function sharedWords(pattern: string): Record<string, Locale[]> {
  const file = `${root}/${pattern.replace('{locale}', 'shared-words')}`
  return existsSync(file) ? z.record(z.string(), z.array(Locale)).parse(JSON.parse(readFileSync(file, 'utf8'))) : {}
}

const settings = Settings.parse(JSON.parse(readFileSync(`${root}/project.inlang/settings.json`, 'utf8')))
const parts = settings['plugin.inlang.messageFormat'].pathPattern.filter((pattern) =>
  existsSync(`${root}/${pattern.replace('{locale}', 'en')}`),
)

function read(pattern: string, locale: Locale): Map<string, Message> {
  const { $schema: _, ...messages } = JSON.parse(readFileSync(`${root}/${pattern.replace('{locale}', locale)}`, 'utf8'))
  return new Map(Object.entries(Messages.parse(messages)))
}

const texts = (message: Message) => (typeof message === 'string' ? [message] : Object.values(message[0].match))
const named = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '')

/** The parameters a message takes: those its text names, except what it declares itself out of another one. */
function parameters(message: Message): string[] {
  if (typeof message === 'string') return [...new Set(named(message))].sort()
  return message[0].declarations.flatMap((line) => /^input (\w+)/.exec(line)?.[1] ?? []).sort()
}

describe.each(parts)('messages of %s', (pattern) => {
  const english = read(pattern, 'en')
  const shared = sharedWords(pattern)

  test.each(locales)('%s has every key, with the same parameters', (locale) => {
    const messages = read(pattern, locale)
    expect([...messages.keys()].sort()).toEqual([...english.keys()].sort())
    for (const [key, message] of messages)
      expect([key, parameters(message)]).toEqual([key, parameters(english.get(key) ?? '')])
  })

  test.each(locales)('%s names in its texts only what is declared, and leaves none empty', (locale) => {
    for (const [key, message] of read(pattern, locale)) {
      for (const text of texts(message)) expect([key, text.trim()]).not.toEqual([key, ''])
      if (typeof message === 'string') continue
      const declared = message[0].declarations.map((line) => /^(?:input|local) (\w+)/.exec(line)?.[1])
      for (const name of texts(message).flatMap(named))
        expect([key, declared]).toEqual([key, expect.arrayContaining([name])])
    }
  })

  test.each(locales)('%s has a text for every plural of the language', (locale) => {
    const needed = new Intl.PluralRules(locale).resolvedOptions().pluralCategories
    for (const [key, message] of read(pattern, locale)) {
      if (typeof message === 'string') continue
      const [{ declarations, selectors, match }] = message
      const plurals = selectors.filter((selector) =>
        declarations.some((line) => new RegExp(`^local ${selector} = \\w+: plural`).test(line)),
      )
      for (const selector of plurals) {
        const has = Object.keys(match).map(
          (variant) => new RegExp(`(?:^|, *)${selector}=(\\w+|\\*)`).exec(variant)?.[1],
        )
        const lacking = needed.filter(
          (category) => !has.includes(category) && !(category === 'other' && has.includes('*')),
        )
        expect([key, lacking]).toEqual([key, []])
      }
    }
  })

  test.each(locales.filter((locale) => locale !== 'en'))('%s says everything in its own words', (locale) => {
    for (const [key, message] of read(pattern, locale)) {
      const original = english.get(key)
      if (original === undefined || shared[key]?.includes(locale)) continue
      // A text of nothing but parameters and signs ("{city}, {street}") has no words to translate.
      const worded = texts(message).filter((text) => /\p{L}/u.test(text.replace(/\{\w+\}/g, '')))
      const same = worded.filter((text) => texts(original).includes(text))
      expect([key, same]).toEqual([key, []])
    }
  })

  test.each(locales)('%s stays calm: no exclamation marks', (locale) => {
    for (const [key, message] of read(pattern, locale))
      for (const text of texts(message)) expect([key, text]).not.toEqual([key, expect.stringContaining('!')])
  })

  test('a shared word is a message that exists and is really the same', () => {
    for (const [key, inLocales] of Object.entries(shared))
      for (const locale of inLocales)
        expect([key, locale, read(pattern, locale).get(key)]).toEqual([key, locale, english.get(key) ?? 'missing'])
  })
})

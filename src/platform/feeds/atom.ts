import type { Locale } from '../i18n/text.ts'

export interface AtomEntry {
  /** stays the same for as long as the thing does: an address, or `urn:uuid:…` */
  id: string
  title: string
  /** plain text */
  text?: string | undefined
  page: string
  updatedAt: Date
  publishedAt?: Date | undefined
  locale?: Locale | undefined
}

export interface AtomFeed {
  title: string
  text?: string | undefined
  /** address of this feed */
  self: string
  /** address of the page that shows the same */
  page: string
  author: string
  locale: Locale
  /** newest first */
  entries: readonly AtomEntry[]
}

export const atomType = 'application/atom+xml; charset=utf-8'

/** A feed as Atom (RFC 4287). A feed without entries was updated when the epoch began: nothing in it ever changed. */
export function writeAtom({ title, text, self, page, author, locale, entries }: AtomFeed): string {
  const updated = entries.reduce((newest, { updatedAt }) => Math.max(newest, updatedAt.getTime()), 0)
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${locale}">`,
    element('id', self),
    element('title', title),
    ...(text === undefined ? [] : [element('subtitle', text)]),
    element('updated', new Date(updated).toISOString()),
    `<author>${element('name', author)}</author>`,
    `<link rel="self" type="application/atom+xml" href="${xml(self)}"/>`,
    `<link rel="alternate" type="text/html" href="${xml(page)}"/>`,
    ...entries.map(entryOf),
    '</feed>',
    '',
  ].join('\n')
}

function entryOf(entry: AtomEntry): string {
  return [
    entry.locale === undefined ? '<entry>' : `<entry xml:lang="${entry.locale}">`,
    element('id', entry.id),
    element('title', entry.title),
    element('updated', entry.updatedAt.toISOString()),
    ...(entry.publishedAt === undefined ? [] : [element('published', entry.publishedAt.toISOString())]),
    `<link rel="alternate" type="text/html" href="${xml(entry.page)}"/>`,
    ...(entry.text === undefined ? [] : [`<content type="text">${xml(entry.text)}</content>`]),
    '</entry>',
  ].join('\n')
}

const element = (name: string, words: string) => `<${name}>${xml(words)}</${name}>`

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get in
const noXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

/** Words inside XML 1.0; signs that it does not know at all are left out. */
function xml(words: string): string {
  return words
    .toWellFormed()
    .replaceAll(noXml, '')
    .replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? sign)
}

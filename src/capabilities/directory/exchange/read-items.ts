import type { Hash } from 'node:crypto'
import type { Locale } from '../../../platform/i18n/text.ts'
import type { ImportFormat, ImportItem, ImportSource } from './import-types.ts'
import { readCards } from './read-cards.ts'
import { readHsdsJson } from './read-hsds.ts'
import { readTabular } from './read-tabular.ts'

type Bytes = AsyncIterable<Uint8Array>

/** Reads a data set in one of the formats; `hash` is fed with every byte. */
export function readItems(
  source: ImportSource,
  format: ImportFormat,
  locale: Locale,
  hash: Hash,
): AsyncGenerator<ImportItem> {
  if (source.kind === 'tables') {
    const hashed = new Map([...source.tables].map(([name, open]) => [name, () => feeding(open(), hash)] as const))
    return format === 'hsds-tabular' ? readTabular(hashed, locale) : refused(format, 'a package of tables')
  }
  const bytes = feeding(source.open(), hash)
  switch (format) {
    case 'hsds':
    case 'oruk':
      return readHsdsJson(bytes, locale)
    case 'cards':
      return readCards(bytes, locale)
    case 'hsds-tabular':
      return refused(format, source.name)
  }
}

async function* feeding(bytes: Bytes, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    hash.update(chunk)
    yield chunk
  }
}

async function* refused(format: ImportFormat, given: string): AsyncGenerator<ImportItem> {
  yield { type: 'reject', line: 1, name: given, reasons: [{ code: 'wrong-value', field: 'format', value: format }] }
}

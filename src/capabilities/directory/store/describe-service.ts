import { query, type Tx } from '../../../platform/db/database.ts'
import { currentLocale } from '../../../platform/i18n/speech.ts'
import { speak, type Text } from '../../../platform/i18n/text.ts'

/** Address and name of a service for the thread; undefined when there is none. */
export async function describeService(tx: Tx, id: string): Promise<{ href: string; label: string } | undefined> {
  const row = await tx.one(query.selectFrom('directory.service').select(['slug', 'card']).where('id', '=', id))
  if (!row) return undefined
  const { names } = row.card as { names: Text }
  return { href: `/services/${row.slug}`, label: speak(names, currentLocale()).words }
}

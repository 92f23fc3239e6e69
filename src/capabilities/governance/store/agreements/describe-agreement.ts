import { query, type Tx } from '../../../../platform/db/database.ts'
import { currentLocale } from '../../../../platform/i18n/speech.ts'
import { speak, Text } from '../../../../platform/i18n/text.ts'

/** Address and title of a framework agreement for the thread. */
export async function describeAgreement(tx: Tx, id: string): Promise<{ href: string; label: string } | undefined> {
  const row = await tx.one(
    query.selectFrom('governance.framework_agreement').select(['slug', 'title']).where('id', '=', id),
  )
  return (
    row && { href: `/framework-agreements/${row.slug}`, label: speak(Text.parse(row.title), currentLocale()).words }
  )
}

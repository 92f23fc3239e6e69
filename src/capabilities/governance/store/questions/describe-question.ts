import type { Tx } from '../../../../platform/db/database.ts'
import { currentLocale } from '../../../../platform/i18n/speech.ts'
import { speak } from '../../../../platform/i18n/text.ts'
import { questionById } from './read-questions.ts'

/** Address and title of a question for the thread; undefined when there is none that everybody may read. */
export async function describeQuestion(tx: Tx, id: string): Promise<{ href: string; label: string } | undefined> {
  const found = await questionById(tx, id)
  if (!found?.answered || found.withdrawn) return undefined
  return { href: `/rulings/${id}`, label: speak(found.title, currentLocale()).words }
}

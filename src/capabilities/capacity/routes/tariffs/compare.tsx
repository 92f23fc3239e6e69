import { z } from 'zod'
import { identityOf } from '../../../../platform/access/perform.ts'
import { everyone } from '../../../../platform/access/permission.ts'
import { type Answer, page } from '../../../../platform/http/answer.ts'
import type { Door } from '../../../../platform/http/door.ts'
import type { Visit } from '../../../../platform/http/visit.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { speak } from '../../../../platform/i18n/text.ts'
import { compareXlsx } from '../../exchange/tariffs/compare-xlsx.ts'
import { compareTariffs, compareYears, everySheet } from '../../store/tariffs/compare-tariffs.ts'
import { choosable } from '../../store/tariffs/list-tariffs.ts'
import { tariffRulesOf } from '../../store/tariffs/rules.ts'
import { ComparePage } from '../../views/tariffs/compare-page.tsx'
import { tariffsAddress } from '../../views/tariffs/tariffs-page.tsx'
import { TariffsAsked, workbook } from './public.tsx'
import { choices } from './read-tariffs.ts'

const open = { permission: everyone, audit: { none: 'published tariffs alone' } } as const
const Asked = TariffsAsked.extend({ by: z.enum(['offer', 'paragraph', 'operator']).optional() })
const pageSize = 25

/** CAP-6: tariffs side by side, as a page and as a workbook that makes each of them anew. */
export function compareRoutes(door: Door): void {
  door.page('/tariffs/compare', { ...open, query: Asked }, showComparison)
  door.page('/tariffs/compare/xlsx', { ...open, query: Asked }, async (visit) => {
    const pack = visit.region?.id ?? ''
    const { paragraphs } = await visit.read((tx) => choosable(tx, pack))
    const { paragraph, operator, group } = visit.query
    const sheets = everySheet(visit.database, identityOf(visit.actor, visit.locale), {
      pack,
      paragraph,
      operator,
      group,
    })
    const short = (code: string) => paragraphs.find((one) => one.code === code)?.short ?? code
    return workbook(`tariffs-${pack}.xlsx`, compareXlsx(sheets, visit.locale, short))
  })
}

async function showComparison({
  query,
  read,
  region,
  locale,
}: Visit<unknown, z.output<typeof Asked>>): Promise<Answer> {
  const pack = region?.id ?? ''
  const { by = 'paragraph', after, paragraph, operator, group } = query
  const choice = { pack, paragraph, operator, group }
  const found = await read(async (tx) => {
    const [known, { rules }, compared, years] = await Promise.all([
      choices(tx, pack),
      tariffRulesOf(tx, pack),
      compareTariffs(tx, choice, by, { after, limit: pageSize }),
      compareYears(tx, choice),
    ])
    return { ...known, ...compared, years, rule: rules[0] }
  })
  const at = (from: string | undefined) => tariffsAddress('/tariffs/compare', { ...query, after: from })
  return page(
    m.capacity_tariff_compare(),
    <ComparePage
      region={region && speak(region.names, locale, region.languages).words}
      query={query}
      by={by}
      lines={found.lines}
      years={found.years}
      rule={found.rule}
      choosable={found.choosable}
      groups={found.groups}
      first={after ? at(undefined) : undefined}
      next={found.next ? at(found.next) : undefined}
    />,
  )
}

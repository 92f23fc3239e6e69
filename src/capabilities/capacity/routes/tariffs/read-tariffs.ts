import type { Tx } from '../../../../platform/db/database.ts'
import { targetGroups } from '../../../directory/contract.ts'
import { decisionById } from '../../../governance/contract.ts'
import { ruleFor } from '../../rules/tariffs/judge-sheet.ts'
import { offerBySlug, type StoredOffer } from '../../store/places/read-offer.ts'
import type { GivenConsent } from '../../store/tariffs/consents.ts'
import { resultsOf, type YearResult } from '../../store/tariffs/earlier-years.ts'
import { choosable } from '../../store/tariffs/list-tariffs.ts'
import { editionsOf, type Sheet, type SheetHead, sheetOf, sheetsThatHold } from '../../store/tariffs/read-sheets.ts'
import { tariffRulesOf } from '../../store/tariffs/rules.ts'
import type { TariffRule } from '../../types/tariffs.ts'

/** What one can choose by, with the names of groups that offers of the region are for. */
export async function choices(tx: Tx, pack: string) {
  const [found, groups] = await Promise.all([choosable(tx, pack), targetGroups(tx)])
  const used = new Set(found.groups)
  return { choosable: found, groups: groups.filter(({ code }) => used.has(code)) }
}

/** All that the page of a sheet tells. */
export interface SeenSheet {
  offer: StoredOffer
  sheet: Sheet
  history: SheetHead[]
  editions: SheetHead[]
  results: YearResult[]
  rule: TariffRule | undefined
  /** what a body consented to, where the sheet needs it */
  consent: GivenConsent | undefined
  collector: string | undefined
}

/** A published sheet. @param year the newest where none is named @param edition the one that holds where none is named */
export async function seeSheet(
  tx: Tx,
  slug: string,
  year: number | undefined,
  edition: number | undefined,
): Promise<SeenSheet | undefined> {
  const offer = await offerBySlug(tx, slug)
  if (!offer) return undefined
  const history = await sheetsThatHold(tx, [offer.id])
  const wanted = year ?? history.at(-1)?.year
  const sheet = wanted === undefined ? undefined : await sheetOf(tx, offer.id, wanted, edition ?? 'holds')
  if (!sheet) return undefined
  const [editions, results, { rules, collector }, decided] = await Promise.all([
    editionsOf(tx, offer.id, sheet.year),
    resultsOf(tx, offer.id),
    tariffRulesOf(tx, offer.pack),
    sheet.consent && decisionById(tx, sheet.consent.decision),
  ])
  const consent = sheet.consent && { ...sheet.consent, decided }
  return { offer, sheet, history, editions, results, rule: ruleFor(rules, sheet.year), consent, collector }
}

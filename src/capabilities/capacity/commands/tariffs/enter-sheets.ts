import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { type FieldError, invalid, ok } from '../../../../platform/access/outcome.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { mayCollect } from '../../permissions/tariffs.ts'
import { duesIn } from '../../store/tariffs/earlier-years.ts'
import { offersIn } from '../../store/tariffs/list-tariffs.ts'
import { tariffRulesOf } from '../../store/tariffs/rules.ts'
import { type NewSheet, publishSheets, saveDrafts } from '../../store/tariffs/save-sheets.ts'
import { SheetFields, Year } from '../../types/tariffs.ts'
import { Slug } from '../../types.ts'
import { judged } from './judged-sheet.ts'

/** Enters and publishes many sheets at once, all or none: what a region has collected before Linden, or elsewhere (CAP-10). */
export const enterSheets = command({
  audit: 'capacity.tariff.enter-many',
  input: z.object({
    pack: z.string().max(40),
    sheets: z
      .array(SheetFields.extend({ offer: Slug, year: Year }))
      .min(1)
      .max(2000),
  }),
  async subject(tx, { pack }) {
    const { rules, collector } = await tariffRulesOf(tx, pack)
    return rules.length === 0 ? undefined : { rules, collector }
  },
  permission: mayCollect,
  async run(work, { pack, sheets }, { rules }) {
    const dues = await duesIn(work.tx, pack)
    const offers = new Map((await offersIn(work.tx, pack)).map((offer) => [offer.slug, offer]))
    const errors: FieldError[] = []
    const made: NewSheet[] = []
    const seen = new Set<string>()
    for (const [at, fields] of sheets.entries()) {
      const offer = offers.get(fields.offer)
      const wrong = (message: string) => errors.push({ path: `sheets.${at}`, message: `${fields.offer}: ${message}` })
      if (!offer) wrong(m.capacity_tariff_no_offer())
      else if (seen.has(`${fields.offer} ${fields.year}`) || offer.priced.has(fields.year))
        wrong(m.capacity_tariff_there_already())
      else {
        const found = await judged(
          work.tx,
          { offer: offer.stored, rules, published: undefined },
          fields.year,
          fields,
          dues,
        )
        if ('errors' in found) for (const { message } of found.errors) wrong(message)
        else made.push(found.sheet)
      }
      seen.add(`${fields.offer} ${fields.year}`)
    }
    if (errors.length > 0) return invalid(...errors.slice(0, 100))
    await publishSheets(work.tx, await saveDrafts(work.tx, made, work.actor?.account ?? ''))
    work.about({ kind: 'packs.pack', id: pack, detail: { sheets: made.length } })
    return ok({ sheets: made.length })
  },
})

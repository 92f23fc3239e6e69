import { z } from 'zod'
import { everyone } from '../../../../platform/access/permission.ts'
import type { Door } from '../../../../platform/http/door.ts'
import { Text } from '../../../../platform/i18n/text.ts'
import { draftSheet } from '../../commands/tariffs/draft-sheet.ts'
import { enterSheets } from '../../commands/tariffs/enter-sheets.ts'
import { dropDraft, publishSheet } from '../../commands/tariffs/publish-sheet.ts'
import { recordConsent, recordResult } from '../../commands/tariffs/record-result.ts'
import { listTariffs } from '../../store/tariffs/list-tariffs.ts'
import { Line, Supplement, Year } from '../../types/tariffs.ts'
import { Slug } from '../../types.ts'
import { seeSheet } from './read-tariffs.ts'

const open = {
  permission: everyone,
  audit: { none: 'published tariffs alone' },
  tag: 'Capacity',
} as const
const writing = { tag: 'Capacity', scope: 'capacity:write' } as const
const params = z.object({ offer: Slug, year: Year })

const Listed = z.object({
  offer: z.string(),
  names: Text,
  operator: z.string(),
  paragraph: z.string(),
  area: z.string(),
  year: z.number(),
  scheme: z.enum(['days', 'points']),
  currency: z.string(),
  /** a day, as an exact number in text: "1609.94"; null in the scheme of points */
  tariff: z.string().nullable(),
  pointValue: z.string().nullable(),
  places: z.string().nullable(),
  /** assumed, in per cent */
  occupancy: z.string().nullable(),
  page: z.string(),
})
const Whole = z.object({
  id: z.uuid(),
  offer: z.string(),
  year: z.number(),
  edition: z.number(),
  scheme: z.enum(['days', 'points']),
  currency: z.string(),
  tariff: z.string().nullable(),
  pointValue: z.string().nullable(),
  lines: z.array(Line),
  supplements: z.array(Supplement),
  items: z.array(z.object({ name: z.string(), points: z.string(), price: z.string() })),
  publishedAt: z.string(),
  superseded: z.boolean(),
  reason: z.string().nullable(),
  /** what a body consented to, where the sheet assumes another occupancy than the rule allows */
  consent: z
    .object({ decision: z.uuid(), least: z.string(), most: z.string(), fromYear: z.number(), untilYear: z.number() })
    .nullable(),
  page: z.string(),
})

/** Tariffs over JSON: reading what is public, and the same commands as the forms. Amounts are exact numbers in text. */
export function tariffsApi(door: Door): void {
  door.resource(
    '/api/v1/tariffs',
    {
      ...open,
      summary: 'Tariffs of a year that hold, offer by offer',
      query: z.object({
        pack: z.string().max(40),
        year: Year,
        paragraph: Slug.optional(),
        operator: Slug.optional(),
        group: Slug.optional(),
        q: z.string().trim().max(100).optional(),
        after: Slug.optional(),
        size: z.coerce.number().int().min(1).max(200).default(50),
      }),
      response: z.object({ items: z.array(Listed), next: z.string().nullable() }),
    },
    async ({ read, query: { after, size, q, ...choice }, origin }) => {
      const { tariffs, next } = await read((tx) => listTariffs(tx, { ...choice, words: q }, { after, limit: size }))
      const items = tariffs.map((one) => ({
        offer: one.slug,
        names: one.names,
        operator: one.operator.slug,
        paragraph: one.paragraph,
        area: one.area,
        year: one.year,
        scheme: one.scheme,
        currency: one.currency,
        tariff: one.tariff ?? null,
        pointValue: one.pointValue ?? null,
        places: one.places ?? null,
        occupancy: one.occupancy ?? null,
        page: `${origin}/offers/${one.slug}/tariffs?year=${one.year}`,
      }))
      return { is: 'ok', value: { items, next: next ?? null } }
    },
  )
  door.resource(
    '/api/v1/tariffs/{offer}/{year}',
    {
      ...open,
      summary: 'The tariff sheet of an offer and year: every figure with its source',
      params,
      query: z.object({ edition: z.coerce.number().int().min(1).max(9999).optional() }),
      response: Whole,
    },
    async ({ read, params: { offer, year }, query, origin }) => {
      const seen = await read((tx) => seeSheet(tx, offer, year, query.edition))
      if (!seen) return { is: 'notFound' }
      const { sheet } = seen
      return {
        is: 'ok',
        value: {
          id: sheet.id,
          offer,
          year,
          edition: sheet.edition ?? 0,
          scheme: sheet.scheme,
          currency: sheet.currency,
          tariff: sheet.tariff ?? null,
          pointValue: sheet.pointValue ?? null,
          lines: [...sheet.lines],
          supplements: [...sheet.supplements],
          items: [...sheet.items],
          publishedAt: sheet.publishedAt?.toISOString() ?? '',
          superseded: sheet.superseded,
          reason: sheet.reason ?? null,
          consent: sheet.consent ?? null,
          page: `${origin}/offers/${offer}/tariffs?year=${year}&edition=${sheet.edition}`,
        },
      }
    },
  )
  const drafted = z.object({
    id: z.uuid(),
    offer: z.string(),
    year: z.number(),
    version: z.number(),
    tariff: z.string().nullable(),
  })
  door.command('/api/v1/tariffs/{offer}/{year}/draft', {
    ...writing,
    method: 'put',
    summary: 'Write the draft of a tariff sheet',
    command: draftSheet,
    params,
    response: drafted,
  })
  door.command('/api/v1/tariffs/{offer}/{year}/draft', {
    ...writing,
    method: 'delete',
    summary: 'Throw the draft of a tariff sheet away',
    command: dropDraft,
    params,
    response: z.object({ offer: z.string(), year: z.number() }),
  })
  door.command('/api/v1/tariffs/{offer}/{year}/publish', {
    ...writing,
    method: 'post',
    summary: 'Publish the draft of a tariff sheet; from then on it never changes',
    command: publishSheet,
    params,
    response: z.object({
      id: z.uuid(),
      offer: z.string(),
      year: z.number(),
      edition: z.number(),
      tariff: z.string().nullable(),
    }),
    status: 201,
  })
  door.command('/api/v1/tariffs/{offer}/{year}/result', {
    ...writing,
    method: 'post',
    summary: 'Enter what a year of an offer left over or lacked',
    command: recordResult,
    params,
    response: z.object({ id: z.uuid(), offer: z.string(), year: z.number(), beyond: z.string() }),
    status: 201,
  })
  door.command('/api/v1/tariffs/{offer}/{year}/consent', {
    ...writing,
    method: 'post',
    summary: 'Enter that a body has consented to another occupancy',
    command: recordConsent,
    params,
    response: z.object({ id: z.uuid(), offer: z.string() }),
    status: 201,
  })
  door.command('/api/v1/tariffs', {
    ...writing,
    method: 'post',
    summary: 'Enter and publish many tariff sheets, all or none',
    command: enterSheets,
    response: z.object({ sheets: z.number() }),
    status: 201,
  })
}

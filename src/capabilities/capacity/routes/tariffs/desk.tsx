import { z } from 'zod'
import type { Actor } from '../../../../platform/access/actor.ts'
import { holdsRole } from '../../../../platform/access/actor.ts'
import { type Answer, page, redirect } from '../../../../platform/http/answer.ts'
import type { Door } from '../../../../platform/http/door.ts'
import type { Visit } from '../../../../platform/http/visit.ts'
import { dayIn } from '../../../../platform/i18n/day.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import type { FormState } from '../../../../platform/ui/form.tsx'
import { draftSheet } from '../../commands/tariffs/draft-sheet.ts'
import { sheetSubject } from '../../commands/tariffs/judged-sheet.ts'
import { dropDraft, publishSheet } from '../../commands/tariffs/publish-sheet.ts'
import { recordConsent } from '../../commands/tariffs/record-result.ts'
import { economistOf, mayCollect, mayPrice, mayPriceSomewhere, secretariatOf } from '../../permissions/tariffs.ts'
import { daysOf } from '../../rules/tariffs/exact.ts'
import { ruleFor } from '../../rules/tariffs/judge-sheet.ts'
import { offersOf } from '../../store/places/read-offer.ts'
import { openPartsOf } from '../../store/tariffs/collections.ts'
import { consentingBodies, consentsOf, wantedConsents } from '../../store/tariffs/consents.ts'
import { dueIn } from '../../store/tariffs/earlier-years.ts'
import { draftsOf, sheetOf, sheetsThatHold } from '../../store/tariffs/read-sheets.ts'
import { packsCollectedBy } from '../../store/tariffs/rules.ts'
import { Year } from '../../types/tariffs.ts'
import { Slug } from '../../types.ts'
import { TariffDesk } from '../../views/tariffs/desk.tsx'
import { SheetForm } from '../../views/tariffs/sheet-form.tsx'
import { nameOf } from '../../views/tariffs/tariff-words.tsx'
import { openWorkbooks } from './collection.tsx'

const params = z.object({ offer: Slug, year: Year })
type SheetVisit = Visit<z.output<typeof params>>

/** The desk at which economists write and publish tariffs (CAP-5). */
export function tariffDesk(door: Door): void {
  door.page('/tariffs/desk', { permission: mayPriceSomewhere, audit: 'capacity.tariffs.open' }, showDesk)
  const own = '/tariffs/desk/{offer}/{year}'
  door.page(own, { permission: mayPriceSomewhere, audit: 'capacity.tariff.read', params }, (visit) =>
    showSheet(visit, {}),
  )
  door.form(own, {
    command: draftSheet,
    params,
    input: (fields, visit) => ({ ...withPoints(fields), ...visit.params }),
    done: (made) =>
      redirect(`/tariffs/desk/${made.offer}/${made.year}`, { kind: 'done', text: m.capacity_tariff_saved_flash() }),
    again: (typed, outcome, visit) => showSheet(visit, { writing: { typed, outcome } }),
  })
  door.form(`${own}/publish`, {
    command: publishSheet,
    params,
    input: (fields, visit) => ({ version: fields.version, ...visit.params }),
    done: (made) =>
      redirect(`/offers/${made.offer}/tariffs?year=${made.year}`, {
        kind: 'done',
        text: m.capacity_tariff_published_flash(),
      }),
    again: (typed, outcome, visit) => showSheet(visit, { publishing: { typed, outcome } }),
  })
  door.form(`${own}/drop`, {
    command: dropDraft,
    params,
    input: (fields, visit) => ({ version: fields.version, ...visit.params }),
    done: () => redirect('/tariffs/desk', { kind: 'done', text: m.capacity_tariff_dropped_flash() }),
    again: (typed, outcome, visit) => showSheet(visit, { publishing: { typed, outcome } }),
  })
  door.form(`${own}/consent`, {
    command: recordConsent,
    params,
    input: ({ decision, untilYear, least, most }, visit) => ({
      decision,
      untilYear,
      least: exactly(least),
      most: exactly(most),
      ...visit.params,
    }),
    done: ({ offer }, visit) =>
      redirect(`/tariffs/desk/${offer}/${visit.params.year}#consent`, {
        kind: 'done',
        text: m.capacity_tariff_consent_entered_flash(),
      }),
    again: (typed, outcome, visit) => showSheet(visit, { consenting: { typed, outcome } }),
  })
}

/** What the menu of economists names. Secretariats find the desk in the same place. */
export const tariffMenu = (actor: Actor | null) =>
  holdsRole(actor, 'economist') || holdsRole(actor, 'secretariat')
    ? [{ href: '/tariffs/desk', label: m.capacity_tariff_desk(), icon: 'document' as const }]
    : []

const Row = z.looseObject({ amount: z.string().optional(), name: z.string().optional(), points: z.string().optional() })

/** A comma before one or two last digits is how most people here write coins, and can mean nothing else: it becomes a point. All else is refused in words. */
const exactly = (value: unknown) =>
  typeof value === 'string'
    ? value.replace(/^(-?\d+),(\d{1,5})$/, (whole, units, coins) => (coins.length === 3 ? whole : `${units}.${coins}`))
    : value

/**
 * What was typed, with exact numbers. Supplements and services without a name and a sum are rows that nobody filled in.
 */
function withPoints(fields: Record<string, unknown>): Record<string, unknown> {
  const rows = (given: unknown, keep: (row: z.infer<typeof Row>) => boolean) =>
    z
      .array(Row)
      .catch([])
      .parse(given)
      .filter(keep)
      .map((row) => ({
        ...row,
        ...(row.amount === undefined ? {} : { amount: exactly(row.amount) }),
        ...(row.points === undefined ? {} : { points: exactly(row.points) }),
      }))
  return {
    ...fields,
    lines: rows(fields.lines, () => true),
    supplements: rows(fields.supplements, ({ name, amount }) => name !== undefined || amount !== undefined),
    items: rows(fields.items, ({ name, points }) => name !== undefined || points !== undefined),
    ...(typeof fields.tariff === 'string' ? { tariff: exactly(fields.tariff) } : {}),
  }
}

async function showDesk({ read, actor, now, region }: Visit): Promise<Answer> {
  const thisYear = Number(dayIn(now, region?.timeZone ?? 'UTC').slice(0, 4))
  const found = await read(async (tx) => {
    const offers = await offersOf(tx, economistOf(actor))
    const ids = offers.map(({ id }) => id)
    const [sheets, drafts] = await Promise.all([sheetsThatHold(tx, ids), draftsOf(tx, ids)])
    const packs = await packsCollectedBy(tx, secretariatOf(actor))
    return {
      offers,
      sheets,
      drafts,
      parts: await openPartsOf(tx, economistOf(actor)),
      wanted: await wantedConsents(tx, packs),
    }
  })
  return page(
    m.capacity_tariff_desk(),
    <TariffDesk {...found} years={[thisYear + 1, thisYear, thisYear - 1]} collections={openWorkbooks(found.parts)} />,
    { size: 'sm' },
  )
}

function showSheet(
  visit: SheetVisit,
  {
    writing = {},
    publishing = {},
    consenting = {},
  }: Partial<Record<'writing' | 'publishing' | 'consenting', FormState>>,
): Promise<Answer> {
  const { offer: slug, year } = visit.params
  return visit.read(async (tx): Promise<Answer> => {
    const subject = await sheetSubject(tx, { offer: slug, year })
    if (!subject) return { is: 'notFound' }
    if (!mayPrice.may(visit.actor, subject)) return { is: 'forbidden' }
    const rule = ruleFor(subject.rules, year)
    if (!rule) return { is: 'notFound' }
    const [before, due, consents, bodies] = await Promise.all([
      sheetOf(tx, subject.offer.id, year - 1, 'holds'),
      dueIn(tx, subject.offer.id, year),
      consentsOf(tx, subject.offer.id),
      consentingBodies(tx, rule),
    ])
    const idempotencyKey = crypto.randomUUID()
    return page(
      m.capacity_tariff_of({ offer: nameOf(subject.offer.names), year: String(year) }),
      <SheetForm
        offer={subject.offer}
        year={year}
        rule={rule}
        draft={subject.draft}
        published={subject.published}
        before={before}
        due={due}
        days={daysOf(year)}
        state={writing}
        publishing={publishing}
        consents={{
          consents,
          consenting: bodies,
          entering: mayCollect.may(visit.actor, subject)
            ? { own: `/tariffs/desk/${slug}/${year}`, year, state: consenting, idempotencyKey: `${idempotencyKey}-c` }
            : undefined,
        }}
        idempotencyKey={idempotencyKey}
      />,
      { size: 'sm', region: subject.offer.pack },
    )
  })
}

import type { DemoStage } from '../../platform/demo/stage.ts'
import { inLocale } from '../../platform/i18n/speech.ts'
import { type Locale, locales, type Text } from '../../platform/i18n/text.ts'
import { importServices } from './commands/import-services.ts'
import { importedCards } from './demo-imported.ts'
import { type CardSheet, type ColumnId, columns, listCell } from './exchange/cards-columns.ts'
import { reasonWords } from './exchange/import-report.ts'
import { countServices, demoTemplates, type Templates } from './store/demo-templates.ts'
import type { ServiceCard } from './types.ts'

/** Cards that came from a spreadsheet, and that nobody has confirmed yet. */
export async function importDemoCards(stage: DemoStage): Promise<void> {
  for (const { pack, locale, cards } of importedCards)
    if (stage.packs.has(pack)) await importCards(stage, `demo-${pack}`, locale, cards)
}

/**
 * Fills the directory up to `count` services with variations of the packs' cards, each marked as an example: through the same import that
 * brings a real register. The same count makes the same services.
 */
export async function multiplyCards(stage: DemoStage, count: number): Promise<void> {
  const templates = (await stage.transact(demoTemplates)).filter(({ pack }) => stage.packs.has(pack))
  const wanted = Math.max(0, count - (await stage.transact(countServices)))
  for (const [index, template] of templates.entries()) {
    const share = Math.floor(wanted / templates.length) + (index < wanted % templates.length ? 1 : 0)
    const locale = template.cards[0]?.writtenIn ?? 'en'
    if (share > 0 && template.areas.length > 0)
      await importCards(stage, `demo-many-${template.pack}`, locale, variations(template, share))
  }
}

async function importCards(
  stage: DemoStage,
  dataset: string,
  locale: Locale,
  cards: Iterable<ServiceCard>,
): Promise<void> {
  const [first] = cards
  const report = await inLocale('en', () =>
    importServices(
      stage.database,
      { kind: 'file', name: `${dataset}.csv`, open: () => csvOf(cards) },
      {
        format: 'cards',
        dataset,
        apply: true,
        locale,
        areas: first?.areas ?? [],
        by: { account: null, origin: 'command-line' },
      },
    ),
  )
  if (report.applied) return
  const reason = report.entries.find(({ outcome }) => outcome === 'rejected')
  throw new Error(
    `The demo cannot import ${dataset}: line ${reason?.line}, ${reason?.reasons.map(reasonWords).join(' ')}`,
  )
}

/** Can be walked through again, as a transaction may be begun again. */
function variations({ cards, areas }: Templates, count: number): Iterable<ServiceCard> {
  return {
    *[Symbol.iterator]() {
      for (let number = 1; number <= count; number++) {
        const card = cards[number % cards.length]
        const area = areas[(number * 7) % areas.length]
        if (card && area) yield variation(card, area, number)
      }
    },
  }
}

function variation(card: ServiceCard, area: Templates['areas'][number], number: number): ServiceCard {
  const named = (locale: Locale) => {
    const name = card.names[locale]
    return name
      ? { [locale]: `${name}, ${area.names[locale] ?? area.names[card.writtenIn] ?? area.code} ${number}` }
      : {}
  }
  const { draft } = card.names
  const names: Text = Object.assign({}, ...locales.map(named), draft ? { draft } : {})
  return {
    ...card,
    slug: `${card.slug}-${number}`,
    names,
    areas: [area.code],
    locations: [],
    example: true,
    crisis: false,
  }
}

/** Columns that stand for the card alone: its organisation and places are named, and are here already. */
const left: readonly ColumnId[] = columns
  .map(({ id }) => id)
  .filter((id) => /^(organisation|location)_|^legal_|^status$/.test(id))
const used = columns.filter(({ id }) => !left.includes(id))

/** The spreadsheet of cards, row by row, so that memory stays flat. */
async function* csvOf(cards: Iterable<ServiceCard>): AsyncGenerator<Uint8Array> {
  yield Buffer.from(
    row(used.flatMap(({ id, kind }) => (isText(kind) ? locales.map((locale) => `${id} (${locale})`) : [id]))),
  )
  for (const card of cards) yield Buffer.from(row(cellsOf(card)))
}

const isText = (kind: (typeof columns)[number]['kind']) => kind === 'text' || kind === 'texts'

function cellsOf(card: ServiceCard): string[] {
  const sheet: CardSheet = {
    card,
    organisation: {
      slug: card.organisation,
      names: {},
      description: {},
      kind: 'non-profit',
      area: '',
      example: card.example,
    },
    locations: [],
    status: 'active',
  }
  return used.flatMap((column): string[] => {
    if (column.kind === 'text') {
      const text = column.get(sheet)
      return locales.map((locale) => text?.[locale] ?? '')
    }
    if (column.kind === 'texts') {
      const texts = column.get(sheet)
      return locales.map((locale) => listCell(texts.map((text) => text?.[locale])))
    }
    if (column.kind === 'list') return [listCell(column.get(sheet))]
    return [String(column.get(sheet) ?? '')]
  })
}

const row = (cells: readonly string[]) => `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`

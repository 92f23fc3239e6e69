import { m } from '../../../../platform/i18n/speech.ts'
import { TaskList } from '../../../../platform/ui/lists.tsx'
import { Empty } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { Status } from '../../../../platform/ui/status.tsx'
import { DataTable } from '../../../../platform/ui/table.tsx'
import type { StoredOffer } from '../../store/places/read-offer.ts'
import type { WantedConsent } from '../../store/tariffs/consents.ts'
import type { SheetHead } from '../../store/tariffs/read-sheets.ts'
import { nameOf, perCent, tariffWords } from './tariff-words.tsx'

export interface DeskProps {
  offers: readonly StoredOffer[]
  /** the sheets that hold */
  sheets: readonly SheetHead[]
  drafts: readonly SheetHead[]
  /** the years that can be worked on, newest first */
  years: readonly number[]
  /** collections in which this person has something to do */
  collections: readonly { href: string; label: string; note: string }[]
  /** figures of open collections to which a body has to consent first */
  wanted: readonly WantedConsent[]
}

/** The desk of an economist: offers, their years, what is a draft. */
export function TariffDesk({ offers, sheets, drafts, years, collections, wanted }: DeskProps) {
  const of = (offer: StoredOffer, year: number) => ({
    draft: drafts.find((sheet) => sheet.offer === offer.id && sheet.year === year),
    sheet: sheets.find((sheet) => sheet.offer === offer.id && sheet.year === year),
  })
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead title={m.capacity_tariff_desk()} lead={m.capacity_tariff_desk_lead()} />
      {collections.length > 0 ? (
        <Section id="collections" heading={m.capacity_tariff_collections()}>
          <TaskList items={collections} />
        </Section>
      ) : null}
      {wanted.length > 0 ? (
        <Section id="wanted" heading={m.capacity_tariff_consents_wanted()}>
          <TaskList
            items={wanted.map(({ offer, names, year, occupancy }) => ({
              href: `/tariffs/desk/${offer}/${year}#consent`,
              label: m.capacity_tariff_of({ offer: nameOf(names), year: String(year) }),
              note: m.capacity_tariff_consent_wanted_note({ share: perCent(occupancy) }),
            }))}
          />
        </Section>
      ) : null}
      {offers.length === 0 ? (
        <Empty>{m.capacity_tariff_desk_none()}</Empty>
      ) : (
        <DataTable
          caption={m.capacity_tariff_desk_offers()}
          rows={offers}
          columns={[
            { id: 'offer', label: m.capacity_tariff_offer(), head: true, cell: (offer) => nameOf(offer.names) },
            ...years.map((year) => ({
              id: String(year),
              label: String(year),
              figures: true,
              cell: (offer: StoredOffer) => {
                const { draft, sheet } = of(offer, year)
                return (
                  <>
                    <a class="ln-link" href={`/tariffs/desk/${offer.slug}/${year}`}>
                      {sheet ? tariffWords(sheet, 'short') : m.capacity_tariff_enter()}
                      <span class="ds-sr-only">
                        , {nameOf(offer.names)}, {String(year)}
                      </span>
                    </a>
                    {draft ? (
                      <span class="ln-block ln-small">
                        <Status mark="draft">{m.capacity_tariff_draft()}</Status>
                      </span>
                    ) : null}
                  </>
                )
              },
            })),
          ]}
        />
      )}
    </div>
  )
}

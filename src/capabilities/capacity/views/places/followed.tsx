import { formatDay } from '../../../../platform/i18n/format.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { Pager } from '../../../../platform/ui/browse.tsx'
import { Empty } from '../../../../platform/ui/notices.tsx'
import { PageHead } from '../../../../platform/ui/page-head.tsx'
import { Status } from '../../../../platform/ui/status.tsx'
import { DataTable } from '../../../../platform/ui/table.tsx'
import type { FollowedStay } from '../../store/places/read-stays.ts'
import { nameOf } from './offer-words.tsx'

/** Where people live or wait whom the reader's own municipality has referred. */
export function FollowedPage({
  stays,
  first,
  next,
}: {
  stays: readonly FollowedStay[]
  /** addresses of the beginning of the list and of its next page, where there are such */
  first: string | undefined
  next: string | undefined
}) {
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead title={m.capacity_followed_title()} lead={m.capacity_followed_lead()} />
      {stays.length > 0 ? (
        <DataTable
          caption={m.capacity_followed_title()}
          captionHeard
          rows={stays}
          columns={[
            { id: 'person', label: m.capacity_column_person(), head: true, cell: ({ person }) => person },
            {
              id: 'offer',
              label: m.capacity_offer(),
              cell: ({ offer }) => (
                <>
                  <a class="ln-link" href={`/offers/${offer.slug}`}>
                    {nameOf(offer.names)}
                  </a>
                  <span class="ln-block ln-small ln-quiet">{nameOf(offer.operator)}</span>
                </>
              ),
            },
            {
              id: 'kind',
              label: m.capacity_followed_kind(),
              cell: ({ kind }) =>
                kind === 'stay' ? (
                  <Status mark="done">{m.capacity_followed_lives()}</Status>
                ) : (
                  <Status mark="wait">{m.capacity_followed_waits()}</Status>
                ),
            },
            { id: 'from', label: m.capacity_from(), cell: ({ from }) => formatDay(from, 'short') },
            {
              id: 'municipality',
              label: m.capacity_column_municipality(),
              cell: ({ municipality }) => nameOf(municipality),
            },
          ]}
        />
      ) : (
        <Empty>{m.capacity_followed_none()}</Empty>
      )}
      <Pager previous={first} next={next} />
    </div>
  )
}

import { formatDay, formatMoment } from '../../../platform/i18n/format.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { Pager } from '../../../platform/ui/browse.tsx'
import { Button } from '../../../platform/ui/buttons.tsx'
import { Timeline } from '../../../platform/ui/lists.tsx'
import { Empty } from '../../../platform/ui/notices.tsx'
import { PageHead } from '../../../platform/ui/page-head.tsx'
import { Words } from '../../../platform/ui/words.tsx'
import { type CardDifference, compareWords } from '../rules/compare.ts'
import type { ServiceVersion } from '../store/edit-read.ts'
import type { ServiceDetails } from '../store/read-service.ts'
import { cardSpeech } from './card-words.ts'
import { dayOf } from './edit-list.tsx'
import { deedWords, pathWords, statusWords, yesNoWords } from './edit-words.ts'

/** Who changed the card, when, what; each beside the one before (DIR-7). */
export function VersionList({
  service,
  versions,
  next,
  timeZone,
}: {
  service: ServiceDetails
  versions: readonly ServiceVersion[]
  next: string | undefined
  timeZone: string
}) {
  const base = `/directory/services/${service.slug}`
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead
        back={{ href: base, label: m.edit_back_card() }}
        title={m.edit_versions_title()}
        lead={<Words of={cardSpeech(service.card)(service.card.names)} plain />}
      />
      <Timeline
        label={m.edit_versions_title()}
        items={versions.map((one) => ({
          kind: one.version === service.version ? ('now' as const) : ('record' as const),
          facts: (
            <>
              {m.edit_version_number({ version: String(one.version) })} · {formatMoment(one.at, timeZone)}
            </>
          ),
          content: (
            <div class="ln-stack" data-gap="2">
              <p>
                {deedWords(one.deed)} · {one.by ?? m.edit_by_nobody()} · {statusWords(one.status)}
              </p>
              <div class="ln-row">
                {one.version > 1 ? (
                  <a class="ln-link" href={`${base}/versions/${one.version - 1}..${one.version}`}>
                    {m.edit_what_changed()}
                    <span class="ds-sr-only">: {m.edit_version_number({ version: String(one.version) })}</span>
                  </a>
                ) : null}
                {one.version < service.version ? <RestoreButton service={service} to={one.version} /> : null}
              </div>
            </div>
          ),
        }))}
      />
      <Pager next={next} />
    </div>
  )
}

function RestoreButton({ service, to }: { service: ServiceDetails; to: number }) {
  return (
    <form action={`/directory/services/${service.slug}/restore`} method="post">
      <input type="hidden" name="version" value={String(service.version)} />
      <input type="hidden" name="to" value={String(to)} />
      <Button variant="tertiary">
        {m.edit_restore()}
        <span class="ds-sr-only">: {m.edit_version_number({ version: String(to) })}</span>
      </Button>
    </form>
  )
}

/** Two versions side by side, field by field, with the words that went and came. */
export function VersionComparison({
  service,
  from,
  to,
  differences,
}: {
  service: ServiceDetails
  from: ServiceVersion
  to: ServiceVersion
  differences: readonly CardDifference[]
}) {
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead
        back={{ href: `/directory/services/${service.slug}/versions`, label: m.edit_versions_title() }}
        title={m.edit_compare_title({ from: String(from.version), to: String(to.version) })}
        lead={<Words of={cardSpeech(service.card)(service.card.names)} plain />}
        facts={`${formatDay(dayOf(from.at))} – ${formatDay(dayOf(to.at))}`}
      />
      {from.status === to.status ? null : (
        <p>
          {m.edit_status()}: <del>{statusWords(from.status)}</del> <ins>{statusWords(to.status)}</ins>
        </p>
      )}
      <Differences differences={differences} />
      {from.version < service.version ? <RestoreButton service={service} to={from.version} /> : null}
    </div>
  )
}

/** What differs, each under the name of its field. What went is struck through, what came is underlined; both also by name for those who hear. */
export function Differences({ differences }: { differences: readonly CardDifference[] }) {
  if (differences.length === 0) return <Empty>{m.edit_compare_same()}</Empty>
  return (
    <dl class="ln-both">
      {differences.map((one) => (
        <div>
          <dt>{pathWords(one.path)}</dt>
          <dd>
            <strong>{m.edit_before()}</strong>
            <span lang={one.locale}>
              {one.before === undefined ? (
                m.form_empty()
              ) : one.after === undefined ? (
                <del>{yesNoWords(one.before)}</del>
              ) : (
                <Side runs={one} side="before" />
              )}
            </span>
          </dd>
          <dd>
            <strong>{m.edit_after()}</strong>
            <span lang={one.locale}>
              {one.after === undefined ? (
                m.form_empty()
              ) : one.before === undefined ? (
                <ins>{yesNoWords(one.after)}</ins>
              ) : (
                <Side runs={one} side="after" />
              )}
            </span>
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Side({ runs, side }: { runs: CardDifference; side: 'before' | 'after' }) {
  const other = side === 'before' ? 'added' : 'removed'
  return (
    <>
      {compareWords(yesNoWords(runs.before ?? ''), yesNoWords(runs.after ?? ''))
        .filter((run) => run.kind !== other)
        .map((run) =>
          run.kind === 'same' ? run.words : run.kind === 'removed' ? <del>{run.words}</del> : <ins>{run.words}</ins>,
        )}
    </>
  )
}

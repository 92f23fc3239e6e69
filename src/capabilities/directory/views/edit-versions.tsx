import { formatDay, formatMoment } from '../../../platform/i18n/format.ts'
import { m } from '../../../platform/i18n/speech.ts'
import type { Spoken } from '../../../platform/i18n/text.ts'
import { Pager } from '../../../platform/ui/browse.tsx'
import { Button } from '../../../platform/ui/buttons.tsx'
import { Timeline } from '../../../platform/ui/lists.tsx'
import { Empty } from '../../../platform/ui/notices.tsx'
import { PageHead } from '../../../platform/ui/page-head.tsx'
import { Words } from '../../../platform/ui/words.tsx'
import { type CardDifference, compareWords } from '../rules/compare.ts'
import type { ServiceStatus } from '../store/save-service.ts'
import { dayOf } from './edit-list.tsx'
import { deedWords, pathWords, statusWords, yesNoWords } from './edit-words.ts'

/** A card, an organisation or a place whose versions are shown. */
export interface Versioned {
  /** address under which its versions are, and `/restore` */
  base: string
  /** where one came from */
  back: { href: string; label: string }
  name: Spoken
  /** the present one */
  version: number
}

/** What the list says of one version. */
export interface ListedVersion {
  version: number
  at: Date
  by: string | undefined
  deed: string
  /** of a card: whether it was open */
  status?: ServiceStatus
}

/** Who changed it, when, what; each beside the one before (DIR-7). */
export function VersionList({
  of,
  versions,
  next,
  timeZone,
}: {
  of: Versioned
  versions: readonly ListedVersion[]
  next: string | undefined
  timeZone: string
}) {
  // the first that is kept has none before it to stand beside
  const first = next === undefined ? versions.at(-1)?.version : undefined
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead back={of.back} title={m.edit_versions_title()} lead={<Words of={of.name} plain />} />
      <Timeline
        label={m.edit_versions_title()}
        items={versions.map((one) => ({
          kind: one.version === of.version ? ('now' as const) : ('record' as const),
          facts: (
            <>
              {m.edit_version_number({ version: String(one.version) })} · {formatMoment(one.at, timeZone)}
            </>
          ),
          content: (
            <div class="ln-stack" data-gap="2">
              <p>
                {[
                  deedWords(one.deed),
                  one.by ?? m.edit_by_nobody(),
                  ...(one.status ? [statusWords(one.status)] : []),
                ].join(' · ')}
              </p>
              <div class="ln-row">
                {one.version > 1 && one.version !== first ? (
                  <a class="ln-link" href={`${of.base}/versions/${one.version - 1}..${one.version}`}>
                    {m.edit_what_changed()}
                    <span class="ds-sr-only">: {m.edit_version_number({ version: String(one.version) })}</span>
                  </a>
                ) : null}
                {one.version < of.version ? <RestoreButton of={of} to={one.version} /> : null}
              </div>
            </div>
          ),
        }))}
      />
      <Pager next={next} />
    </div>
  )
}

function RestoreButton({ of, to }: { of: Versioned; to: number }) {
  return (
    <form action={`${of.base}/restore`} method="post">
      <input type="hidden" name="version" value={String(of.version)} />
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
  of,
  from,
  to,
  differences,
}: {
  of: Versioned
  from: ListedVersion
  to: ListedVersion
  differences: readonly CardDifference[]
}) {
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead
        back={{ href: `${of.base}/versions`, label: m.edit_versions_title() }}
        title={m.edit_compare_title({ from: String(from.version), to: String(to.version) })}
        lead={<Words of={of.name} plain />}
        facts={`${formatDay(dayOf(from.at))} – ${formatDay(dayOf(to.at))}`}
      />
      {from.status && to.status && from.status !== to.status ? (
        <p>
          {m.edit_status()}: <del>{statusWords(from.status)}</del> <ins>{statusWords(to.status)}</ins>
        </p>
      ) : null}
      <Differences differences={differences} />
      {from.version < of.version ? <RestoreButton of={of} to={from.version} /> : null}
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

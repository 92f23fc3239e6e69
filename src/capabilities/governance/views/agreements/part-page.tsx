import { m } from '../../../../platform/i18n/speech.ts'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { type Change, differenceOf, sizeOf } from '../../rules/agreements/difference.ts'
import { offersAsTyped } from '../../rules/agreements/period.ts'
import type { Agreement } from '../../store/agreements/read-agreement.ts'
import type { PartVersion } from '../../store/agreements/read-texts.ts'
import type { FrameworkPart } from '../../types/agreements.ts'
import { Difference, inWords, PartWords, periodWords, ScopeList, told } from './agreement-words.tsx'

/** One part of an agreement as everybody may read it (GOV-6). */
export function PartPage({
  agreement,
  part,
  version,
}: {
  agreement: Agreement
  part: FrameworkPart
  version: PartVersion
}) {
  return (
    <article class="ln-stack ln-read" data-gap="6">
      <PageHead
        back={{ href: `/framework-agreements/${agreement.slug}`, label: inWords(agreement.title) }}
        title={told(part.names)}
        facts={[
          inWords(agreement.title),
          periodWords(agreement),
          m.governance_framework_version({ number: version.number }),
        ].join(' · ')}
      />
      <PartWords words={version.words} language={agreement.rule.language} />
      {part.kind === 'offers' ? (
        <Section id="offers" heading={m.governance_framework_offers({ count: version.offers.length })}>
          <ScopeList offers={version.offers} until={agreement.until} />
        </Section>
      ) : null}
    </article>
  )
}

/** The words of a version, with its list of offers as lines, so that both are compared. */
export const comparable = (version: Pick<PartVersion, 'words' | 'offers'> | undefined): string =>
  version ? [version.words, ...(version.offers.length > 0 ? [offersAsTyped(version.offers)] : [])].join('\n\n') : ''

export interface PartChange {
  part: FrameworkPart
  before: PartVersion | undefined
  after: PartVersion | undefined
}

/** What changed in every part, word by word (GOV-6). */
export function ChangesPage({
  agreement,
  title,
  lead,
  changes,
  titles,
}: {
  agreement: Agreement
  title: string
  lead: string
  changes: readonly PartChange[]
  /** what the two texts are called */
  titles: { before: string; after: string }
}) {
  return (
    <div class="ln-stack" data-gap="10">
      <PageHead
        back={{ href: `/framework-agreements/${agreement.slug}`, label: inWords(agreement.title) }}
        title={title}
        lead={lead}
        facts={`${titles.before} → ${titles.after}`}
      />
      {changes.map(({ part, before, after }) => (
        <Section id={`part-${part.slug}`} heading={told(part.names)} line>
          <Changes changes={differenceOf(comparable(before), comparable(after))} language={agreement.rule.language} />
          {after?.reason && comparable(before) !== comparable(after) ? (
            <p class="ln-small">
              {m.governance_framework_because()} <span lang={agreement.rule.language}>{after.reason}</span>
            </p>
          ) : null}
        </Section>
      ))}
    </div>
  )
}

/** How much changed, and what. */
export function Changes({
  changes,
  language,
}: {
  changes: readonly Change[]
  language: Agreement['rule']['language']
}) {
  if (changes.every(({ is }) => is === 'same')) return <p class="ln-quiet">{m.governance_framework_unchanged()}</p>
  const { gone, come } = sizeOf(changes)
  return (
    <div class="ln-stack ln-read" data-gap="3">
      <p class="ln-small ln-quiet">{m.governance_framework_change_size({ count: come, gone })}</p>
      <Difference changes={changes} language={language} />
    </div>
  )
}

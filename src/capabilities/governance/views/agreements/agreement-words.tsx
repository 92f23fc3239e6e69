import { formatDay } from '../../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { type Locale, speak, type Text } from '../../../../platform/i18n/text.ts'
import { Status, type StatusMark } from '../../../../platform/ui/status.tsx'
import { Words } from '../../../../platform/ui/words.tsx'
import type { Change } from '../../rules/agreements/difference.ts'
import { type Block, blocksOf, type Span } from '../../rules/agreements/markup.ts'
import type { Agreement } from '../../store/agreements/read-agreement.ts'
import type { FrameworkState, ScopeOffer } from '../../types/agreements.ts'

export function stateWords(state: FrameworkState): string {
  const words = {
    draft: m.governance_framework_state_draft,
    consultation: m.governance_framework_state_consultation,
    'on-its-way': m.governance_framework_state_way,
    ratification: m.governance_framework_state_ratification,
    'in-force': m.governance_framework_state_force,
    ended: m.governance_framework_state_ended,
  }
  return words[state]()
}

const marks: Record<FrameworkState, StatusMark> = {
  draft: 'draft',
  consultation: 'ask',
  'on-its-way': 'wait',
  ratification: 'wait',
  'in-force': 'done',
  ended: 'dot',
}

/** Where an agreement stands. @param amended an amendment to it is in force */
export function StateTag({ state, amended = false }: { state: FrameworkState; amended?: boolean }) {
  return (
    <Status mark={marks[state]} tag>
      {amended && state === 'in-force' ? m.governance_framework_state_amended() : stateWords(state)}
    </Status>
  )
}

/** A text of the content, without marks. */
export const told = (text: Text) => <Words of={speak(text, currentLocale())} plain />
export const inWords = (text: Text): string => speak(text, currentLocale()).words

/** Its first and its last day. */
export const periodWords = ({ since, until }: Pick<Agreement, 'since' | 'until'>): string =>
  m.governance_framework_period({ since: formatDay(since), until: formatDay(until) })

export const langOf = (language: Locale): Locale | undefined => (language === currentLocale() ? undefined : language)

/** The words of a part, in the language of the agreement: headings, paragraphs and lists, and nothing else. */
export function PartWords({ words, language }: { words: string; language: Locale }) {
  return (
    <div class="ln-stack" data-gap="3" lang={langOf(language)}>
      {blocksOf(words).map((block) => (
        <Piece of={block} />
      ))}
    </div>
  )
}

function Piece({ of: block }: { of: Block }) {
  switch (block.is) {
    case 'heading':
      return block.level === 1 ? (
        <h2 class="ds-heading" data-size="sm">
          {block.words}
        </h2>
      ) : (
        <h3 class="ds-heading" data-size="xs">
          {block.words}
        </h3>
      )
    case 'paragraph':
      return (
        <p>
          <Spans of={block.spans} />
        </p>
      )
    case 'list': {
      const items = block.items.map((spans) => (
        <li>
          <Spans of={spans} />
        </li>
      ))
      return block.ordered ? <ol class="ds-list">{items}</ol> : <ul class="ds-list">{items}</ul>
    }
  }
}

function Spans({ of }: { of: readonly Span[] }) {
  return <>{of.map(({ words, strong }) => (strong ? <strong>{words}</strong> : words))}</>
}

/** What came and what went, word by word: by colour, by line, and for those who hear it by words. */
export function Difference({ changes, language }: { changes: readonly Change[]; language: Locale }) {
  return (
    <div class="ln-difference" lang={langOf(language)}>
      {changes.map(({ is, words }) => {
        if (is === 'same') return <span>{shortened(words)}</span>
        const Mark = is === 'gone' ? 'del' : 'ins'
        return (
          <Mark>
            <span class="ds-sr-only" lang={currentLocale()}>
              {is === 'gone' ? m.governance_framework_gone() : m.governance_framework_new()}
            </span>
            {words}
            <span class="ds-sr-only" lang={currentLocale()}>
              {m.governance_framework_change_ends()}
            </span>
          </Mark>
        )
      })}
    </div>
  )
}

/** Of a long stretch that stayed, what stands next to a change is enough. */
function shortened(words: string): string {
  const lines = words.split('\n')
  return lines.length > 12 ? [...lines.slice(0, 4), '[…]', ...lines.slice(-4)].join('\n') : words
}

/** The offers in scope, in the order of the annex. Places are known by their address here: what else is known of them has a page of its own. */
export function ScopeList({ offers, until }: { offers: readonly ScopeOffer[]; until: string }) {
  if (offers.length === 0) return <p class="ln-quiet">{m.governance_framework_no_offers()}</p>
  return (
    <ul class="ds-list">
      {offers.map(({ offer, since, until: last }) => (
        <li>
          {offer}
          {since ? `, ${m.governance_framework_offer_since({ day: formatDay(since) })}` : ''}
          {last && last < until ? `, ${m.governance_framework_offer_until({ day: formatDay(last) })}` : ''}
        </li>
      ))}
    </ul>
  )
}

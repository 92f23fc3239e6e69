import { locales, type Text } from '../../../platform/i18n/text.ts'
import type { DocumentNeed, DocumentState } from '../types.ts'

/** A line of the card's list of papers. */
export interface Listed {
  names: Text
  needed: DocumentNeed
  from: 'person' | 'office'
}

/** A paper of a request. */
export interface Paper extends Listed {
  id: string
  state: DocumentState
}

/** A paper that an earlier request of the same person holds. */
export interface Earlier {
  id: string
  names: Text
  state: DocumentState
  /** last day on which it is good for another request; undefined: nobody knows */
  goodUntil: string | undefined
}

/** The same paper, told by its name in any language. */
export const isSamePaper = (a: Text, b: Text): boolean => {
  const plain = (words: string | undefined) => words?.trim().toLowerCase().replaceAll(/[’ʼ']/g, "'")
  return locales.some((locale) => a[locale] !== undefined && plain(a[locale]) === plain(b[locale]))
}

/** INT-4: nothing is asked that an earlier request already gave and that is still good. The newest one counts. */
export function reusable(
  paper: Pick<Listed, 'names' | 'from'>,
  earlier: readonly Earlier[],
  day: string,
): Earlier | undefined {
  if (paper.from !== 'person') return undefined
  return earlier.find(
    (one) =>
      (one.state === 'given' || one.state === 'seen') &&
      one.goodUntil !== undefined &&
      one.goodUntil >= day &&
      isSamePaper(one.names, paper.names),
  )
}

/** What keeps a decision waiting: papers that the person brings, that the card needs before it, and that are neither here nor waived. */
export function missing<P extends Pick<Paper, 'state' | 'needed' | 'from'>>(papers: readonly P[]): P[] {
  return papers.filter(
    ({ state, needed, from }) =>
      state === 'open' && from === 'person' && (needed === 'at-application' || needed === 'before-decision'),
  )
}

/** INT-4: how each paper may be settled. What the office has to obtain is not given by the person; everything may be seen or waived. */
export function ways(paper: Pick<Paper, 'from' | 'state'>): DocumentState[] {
  return paper.state === 'open' || paper.state === 'given' ? ['seen', 'waived', 'obtained'] : ['open']
}

/**
 * INT-3: waiting for the person stops the clock of the office once for each paper. Asked for again, the office has had the time of grace already, and no
 * deadline is put off by asking.
 */
export const stopsTheClock = (
  asked: readonly { id: string }[],
  earlier: readonly { documents: readonly string[] }[],
): boolean => asked.some(({ id }) => !earlier.some(({ documents }) => documents.includes(id)))

import { locales } from '../../../platform/i18n/text.ts'
import type { TermFacet } from '../types.ts'
import type { Vocabulary } from './hsds-parts.ts'
import type { TermDraft } from './import-types.ts'

/** Finds our terms behind the names that others use. */
export interface TermMap {
  /** codes of our terms by id, code, Open Eligibility id, or name in any language; lower case */
  byName: ReadonlyMap<string, readonly { code: string; facet: TermFacet }[]>
}

const plain = (name: string) => name.toLowerCase().normalize('NFC').replace(/\s+/g, ' ').trim()

/** The map for a vocabulary. An id of Open Eligibility may stand for several of our terms, one in each facet. */
export function termMap(vocabulary: Vocabulary): TermMap {
  const byName = new Map<string, { code: string; facet: TermFacet }[]>()
  for (const { id, code, details } of vocabulary.terms.values()) {
    const names = [id, code, ...details.openEligibility, ...locales.flatMap((locale) => details.names[locale] ?? [])]
    for (const name of new Set(names.map(plain)))
      byName.set(name, [...(byName.get(name) ?? []), { code, facet: details.facet }])
  }
  return { byName }
}

export interface MappedTerms {
  kind: string | undefined
  targetGroups: string[]
  situations: string[]
  /** names that lead to no term of ours */
  words: string[]
}

/** Our terms for those of a data set: id, code and name are tried in this order. The first kind found is the kind. */
export function mapTerms(terms: readonly TermDraft[], map: TermMap): MappedTerms {
  const mapped: MappedTerms = { kind: undefined, targetGroups: [], situations: [], words: [] }
  for (const term of terms) {
    const keys = [term.id, term.code, term.name].flatMap((key) => (key ? [plain(key)] : []))
    const found = keys.map((key) => map.byName.get(key)).find((each) => each !== undefined)
    if (!found) {
      const word = term.name ?? term.code
      if (word && !mapped.words.includes(word)) mapped.words.push(word)
      continue
    }
    for (const { code, facet } of facetsOnce(found)) {
      if (facet === 'kind') mapped.kind ??= code
      else if (facet === 'target-group') addOnce(mapped.targetGroups, code)
      else addOnce(mapped.situations, code)
    }
  }
  return mapped
}

/** Of several terms in one facet none is meant more than the others: the first stands for them. */
function facetsOnce(found: readonly { code: string; facet: TermFacet }[]) {
  const seen = new Set<TermFacet>()
  return found.filter(({ facet }) => !seen.has(facet) && seen.add(facet))
}

function addOnce(list: string[], code: string): void {
  if (!list.includes(code)) list.push(code)
}

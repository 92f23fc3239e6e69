import type { StoredTable } from '../../types/rules.ts'

/** What has to be known of a decision on which a rule is to rest. */
export interface Ground {
  body: string
  pack: string
  matter: string
  decidedOn: string
  outcome: string
  aboutPerson: boolean
  superseded: boolean
  /** it was made on a matter of exactly this rule */
  onThisRule: boolean
  /** a version rests on it already */
  founds: boolean
}

export type ChangeMistake =
  | 'not-entitled'
  | 'not-agreed'
  | 'other-matter'
  | 'founds-another'
  | 'before-decision'
  | 'taken'
  | 'nobody'

/**
 * What stands against a new version from a day on (GOV-12): only a standing decision of an entitled body on this very rule
 * founds it, once, and never backwards.
 */
export function judgeChange(table: StoredTable, ground: Ground, from: string): ChangeMistake[] {
  if (!table.changedBy) return ['nobody']
  const entitled =
    ground.pack === table.pack &&
    table.changedBy.bodies.includes(ground.body) &&
    ground.matter === table.changedBy.matter &&
    !ground.aboutPerson
  const mistakes: (ChangeMistake | false)[] = [
    !entitled && 'not-entitled',
    (ground.outcome !== 'agreed' || ground.superseded) && 'not-agreed',
    entitled && !ground.onThisRule && 'other-matter',
    ground.founds && 'founds-another',
    from < ground.decidedOn && 'before-decision',
    table.versions.some((version) => version.from === from) && 'taken',
  ]
  return mistakes.filter((mistake) => mistake !== false)
}

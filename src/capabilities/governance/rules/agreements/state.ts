import type { FrameworkPart, FrameworkState, FrameworkWay, ScopeOffer } from '../../types/agreements.ts'

/** What the state of an agreement hangs on: the way that it takes, and how far it is on it in this round. */
export interface Standing {
  state: FrameworkState
  way: Pick<FrameworkWay, 'steps' | 'ratifiedBy'>
  /** parts without which it goes nowhere and that have no version yet */
  missingParts: readonly string[]
  /** was the result of the consultation confirmed */
  consulted: boolean
  /** slugs of bodies that have agreed, in their order */
  agreed: readonly string[]
  /** slugs of parties that have ratified */
  ratified: readonly string[]
  since: string
  until: string
}

/** Why it cannot move on yet. */
export type Hold = 'parts' | 'consultation' | 'steps' | 'ratifications' | 'day' | 'over'

/** The state that comes next on its way; undefined where nothing does. */
export function nextState({ state, way }: Pick<Standing, 'state' | 'way'>): FrameworkState | undefined {
  switch (state) {
    case 'draft':
      return 'consultation'
    case 'consultation':
      return 'on-its-way'
    case 'on-its-way':
      return way.ratifiedBy.length > 0 ? 'ratification' : 'in-force'
    case 'ratification':
      return 'in-force'
    case 'in-force':
      return 'ended'
    case 'ended':
      return undefined
  }
}

/** GOV-6: what keeps an agreement from its next state on a day; nothing where it may move. */
export function holds(agreement: Standing, today: string): Hold[] {
  switch (agreement.state) {
    case 'draft':
      return agreement.missingParts.length > 0 ? ['parts'] : []
    case 'consultation':
      return agreement.consulted ? [] : ['consultation']
    case 'on-its-way':
      return [
        ...(turnOf(agreement) === undefined ? [] : ['steps' as const]),
        ...(agreement.way.ratifiedBy.length === 0 && today < agreement.since ? ['day' as const] : []),
      ]
    case 'ratification':
      return [
        ...(missingOf(agreement).length > 0 ? ['ratifications' as const] : []),
        ...(today < agreement.since ? ['day' as const] : []),
      ]
    case 'in-force':
      return today > agreement.until ? [] : ['over']
    case 'ended':
      return []
  }
}

/** The body whose turn it is; undefined where all have agreed. */
export function turnOf({ way, agreed }: Pick<Standing, 'way' | 'agreed'>): string | undefined {
  return way.steps[agreed.length]
}

/** The parties that have not ratified, in the order of the rule. */
export function missingOf({ way, ratified }: Pick<Standing, 'way' | 'ratified'>): string[] {
  return way.ratifiedBy.filter((party) => !ratified.includes(party))
}

/** May its text still be written on. */
export const isWritable = (state: FrameworkState): boolean => state === 'draft' || state === 'consultation'
/** May it go back to drafting: not before it left, and not once it holds. */
export const mayGoBack = (state: FrameworkState): boolean =>
  state === 'consultation' || state === 'on-its-way' || state === 'ratification'

/** The whole text as one, exactly as the database writes it before it takes its hash: whoever has the text can check the hash. */
export function plainText(parts: readonly { part: string; words: string; offers: readonly ScopeOffer[] }[]): string {
  return parts
    .map(({ part, words, offers }) => {
      const lines = offers.map(({ offer, since, until }) => `* ${offer} ${since ?? '-'} ${until ?? '-'}\n`).join('')
      return `# ${part}\n\n${words}\n${lines === '' ? '' : `\n${lines}`}`
    })
    .join('\n')
}

/** Whoever may write on a part: its drafters and whoever keeps the agreement. */
export function draftersOf(rule: { keeper: string }, part: Pick<FrameworkPart, 'draftedBy'>): string[] {
  return [...new Set([...part.draftedBy, rule.keeper])]
}

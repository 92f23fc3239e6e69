import type { FieldError } from '../../../../platform/access/outcome.ts'
import { dayAfter } from '../../../../platform/calendar/working-days.ts'
import type { Tx } from '../../../../platform/db/database.ts'
import { dayIn } from '../../../../platform/i18n/day.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import type { Text } from '../../../../platform/i18n/text.ts'
import { ruleOn } from '../../../governance/contract.ts'
import { changeOf, judgePlan, type PlanMistake } from '../../rules/adjustments/judge-plan.ts'
import { factsOf, type PathFacts, type PathOutcome, pathOf } from '../../rules/adjustments/path.ts'
import { possibleSplitting, type Splitting } from '../../rules/adjustments/splitting.ts'
import { type Affected, becauseOf } from '../../store/adjustments/contacts.ts'
import { offerFacts, unapprovedChanges } from '../../store/adjustments/offer-facts.ts'
import { usersOf } from '../../store/places/use-of-offer.ts'
import { type AdjustmentKind, pathTable, type RuleSeen } from '../../types/adjustments.ts'

/** What a plan would mean, before it is kept: the same that the command judges by. */
export interface Judged {
  mistakes: PlanMistake[]
  /** places more or fewer; of a closure all that there are */
  change: number
  places: number
  /** undefined where the rule is unknown */
  path: PathOutcome | undefined
  rule: RuleSeen | undefined
  /** what the rule says of it, for readers */
  because: Text | undefined
  affected: Affected[]
  splitting: Splitting | undefined
}

/** The path of an adjustment by the rule of the day of its matter (CAP-3, GOV-12). */
export async function pathOn(
  tx: Tx,
  pack: string,
  day: string,
): Promise<{
  of(facts: PathFacts): PathOutcome | undefined
  /** what the rule says of it, for readers */
  because(facts: PathFacts): Text | undefined
  rule: RuleSeen | undefined
}> {
  const rule = await ruleOn(tx, pack, pathTable, day)
  return {
    because: (facts) => {
      const said = rule?.evaluate(factsOf(facts))
      return said?.is === 'decided' ? said.hits[0]?.annotation : undefined
    },
    rule: rule && { version: rule.version.id, from: rule.version.from ?? null, source: rule.version.source },
    of: (facts) =>
      pathOf(facts, (known) => {
        const said = rule?.evaluate(known)
        return said?.is === 'decided' ? said.outputs : undefined
      }),
  }
}

/**
 * Judges a plan on this day: what is wrong with it, which path it takes, whom it concerns, what it looks split with (CAP-3, CAP-4).
 * @param own id of the adjustment, where a plan is changed
 */
export async function judgeAdjustment(
  tx: Tx,
  offer: { id: string; pack: string; timeZone: string },
  plan: { kind: AdjustmentKind; change: number | undefined; effectOn: string },
  own?: string,
): Promise<Judged> {
  const today = dayIn(tx.now, offer.timeZone)
  const { effectOn, kind } = plan
  const last = effectOn < today ? today : effectOn
  const [facts, path, users, others] = await Promise.all([
    offerFacts(tx, offer.id, { today, effectOn }, own),
    pathOn(tx, offer.pack, today),
    usersOf(tx, offer.id, today, dayAfter(last)),
    unapprovedChanges(tx, offer.id, own),
  ])
  const change = changeOf(plan, facts.places)
  const known = { inScope: facts.inScope, contacted: true }
  return {
    mistakes: judgePlan(plan, facts, today),
    change,
    places: facts.places,
    path: path.of({ kind, change, ...known }),
    rule: path.rule,
    because: path.because({ kind, change, ...known }),
    affected: users.map((user) => ({ id: user.id, slug: user.slug, names: user.names, because: becauseOf(user) })),
    splitting:
      kind === 'change'
        ? possibleSplitting(
            { change, effectOn },
            others,
            (sum) => path.of({ kind, change: sum, ...known })?.path === 'approval',
          )
        : undefined,
  }
}

/** What is wrong with a plan, at the field where it can be put right. */
export const planErrors = (mistakes: readonly PlanMistake[], places: number): FieldError[] =>
  mistakes.map((mistake) => inWords(mistake, places))

function inWords({ mistake }: PlanMistake, places: number): FieldError {
  switch (mistake) {
    case 'out-of-scope':
      return { path: 'offer', message: m.capacity_adjust_out_of_scope() }
    case 'no-places':
      return { path: 'kind', message: m.capacity_adjust_no_places() }
    case 'no-change':
      return { path: 'change', message: m.capacity_adjust_no_change() }
    case 'is-closure':
      return { path: 'change', message: m.capacity_adjust_is_closure({ count: places }) }
    case 'past':
      return { path: 'effectOn', message: m.capacity_adjust_past() }
    case 'contradicts':
      return { path: 'effectOn', message: m.capacity_adjust_contradicts() }
  }
}

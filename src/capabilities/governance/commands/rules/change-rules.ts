import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { conflict, type FieldError, invalid, ok } from '../../../../platform/access/outcome.ts'
import { checkContent } from '../../../../platform/decision-tables/check.ts'
import { VersionContent } from '../../../../platform/decision-tables/types.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { speak } from '../../../../platform/i18n/text.ts'
import { mayChangeRules } from '../../permissions/rules.ts'
import { type ChangeMistake, judgeChange } from '../../rules/rules/judge-change.ts'
import { decidesAbout } from '../../store/matters/decided-about.ts'
import { decisionById } from '../../store/read-decisions.ts'
import { foundsVersion } from '../../store/rules/grounds.ts'
import { tableBySlug } from '../../store/rules/read-rules.ts'
import { saveVersion } from '../../store/rules/save-rules.ts'
import { ruleKind, ruleVersionKind } from '../../types/rules.ts'
import { Day, decisionKind, Slug } from '../../types.ts'
import { cellError } from './cell-error.ts'

export interface ChangedRule {
  id: string
  pack: string
  table: string
  from: string
}

/**
 * Puts a new version of a rule in force from a day on (GOV-12). It rests on a recorded decision of a body that may change the rule, and
 * is checked like one of a pack: no case is left open, none settled twice. What matters of earlier days are judged by stays as it was.
 */
export const changeRules = command({
  audit: 'governance.rule.change',
  input: z.object({
    pack: Slug,
    table: Slug,
    from: Day,
    /** id of the decision on which the version rests */
    decision: z.uuid(),
    content: VersionContent,
  }),
  async subject(tx, input) {
    const decision = await decisionById(tx, input.decision)
    const table = await tableBySlug(tx, input.pack, input.table)
    return decision && table && { decision, table, organisation: decision.body.organisation }
  },
  permission: mayChangeRules,
  async run(work, input, { decision, table }) {
    const ground = {
      ...decision,
      body: decision.body.slug,
      pack: decision.body.pack,
      matter: decision.matter.slug,
      onThisRule: await decidesAbout(work.tx, decision.id, { kind: ruleKind, id: table.id }),
      founds: await foundsVersion(work.tx, decision.id),
    }
    const mistakes = judgeChange(table, ground, input.from)
    if (mistakes.length > 0) return invalid(...mistakes.map(inWords))
    const problems = checkContent(input.content, { table: table.slug, version: input.from })
    if (problems.length > 0) return invalid(...problems.map((problem) => cellError(problem, input.content)))
    const source = {
      title: `${speak(decision.body.names, work.locale).words}, ${decision.number}`,
      date: decision.decidedOn,
    }
    const content = { ...input.content, from: input.from, source, example: decision.body.example }
    const by = work.actor?.account ?? ''
    const id = await saveVersion(work.tx, { table: table.id, content, decision: decision.id, by })
    if (id === undefined) return conflict(undefined, m.governance_rules_day_taken())
    work.about({ kind: ruleVersionKind, id, detail: { table: table.slug, from: input.from } })
    work.thread.link({ kind: ruleVersionKind, id }, 'rests-on', { kind: decisionKind, id: decision.id })
    return ok<ChangedRule>({ id, pack: table.pack, table: table.slug, from: input.from })
  },
})

function inWords(mistake: ChangeMistake): FieldError {
  switch (mistake) {
    case 'nobody':
      return { path: 'decision', message: m.governance_rules_nobody_changes() }
    case 'not-entitled':
      return { path: 'decision', message: m.governance_rules_not_entitled() }
    case 'not-agreed':
      return { path: 'decision', message: m.governance_rules_not_agreed() }
    case 'other-matter':
      return { path: 'decision', message: m.governance_rules_other_matter() }
    case 'founds-another':
      return { path: 'decision', message: m.governance_rules_founds_another() }
    case 'before-decision':
      return { path: 'from', message: m.governance_rules_before_decision() }
    case 'taken':
      return { path: 'from', message: m.governance_rules_day_taken() }
  }
}

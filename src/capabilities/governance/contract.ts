/** All that other capabilities may use of governance. */
export { type Raised, raiseMatter } from './commands/matters/raise-matter.ts'
export { type RecordedDecision, recordDecision } from './commands/record-decision.ts'
export { bodyBySlug, type StoredBody } from './store/read-body.ts'
export { type Decision, decisionsAbout } from './store/read-decisions.ts'
export { ruleOn } from './store/rules/read-rules.ts'
export { MatterSource, matterKind } from './types/matters.ts'
export type { RuleInForce } from './types/rules.ts'
export { type Body, type DecisionOutcome, type DecisionSubject, decisionKind, type Matter } from './types.ts'

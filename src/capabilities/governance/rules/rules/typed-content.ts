import { z } from 'zod'
import { VersionContent } from '../../../../platform/decision-tables/types.ts'
import { type Locale, speak } from '../../../../platform/i18n/text.ts'

const TypedRule = z.object({
  when: z.record(z.string(), z.string()).default({}),
  says: z.record(z.string(), z.string()).default({}),
  annotation: z.string().optional(),
  leave: z.string().optional(),
})
const TypedRules = z.object({ rules: z.array(TypedRule) })

/**
 * The version that was typed into a form: inputs and outputs as they were, rules as they are now. Words of a rule that nobody touched
 * keep all their languages; changed ones stand in the language in which they were typed.
 * @returns what the schema of the command judges; undefined where the form was tampered with
 */
export function typedContent(structure: unknown, typed: unknown, locale: Locale): unknown {
  const former = formerContent(structure)
  const rules = TypedRules.safeParse(typed)
  if (!former || !rules.success) return undefined
  const ids = new Set(former.rules.map(({ id }) => id))
  return {
    ...former,
    rules: rules.data.rules.flatMap((rule, at) => {
      const before = former.rules[at]
      const empty = Object.keys(rule.when).length + Object.keys(rule.says).length === 0 && rule.annotation === undefined
      if (rule.leave !== undefined || (!before && empty)) return []
      const kept = before && speak(before.annotation, locale).words === rule.annotation?.replace(/\n/g, ' ')
      return {
        id: before?.id ?? freeId(ids),
        when: rule.when,
        says: rule.says,
        annotation: kept ? before.annotation : { [locale]: rule.annotation },
      }
    }),
  }
}

function formerContent(structure: unknown): VersionContent | undefined {
  try {
    return VersionContent.safeParse(JSON.parse(String(structure))).data
  } catch {
    return undefined
  }
}

function freeId(taken: ReadonlySet<string>): string {
  for (let at = 1; ; at++) if (!taken.has(`rule-${at}`)) return `rule-${at}`
}

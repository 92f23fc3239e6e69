import { isFact } from '../../../../platform/decision-tables/evaluate.ts'
import type { Fact, Facts, Input } from '../../../../platform/decision-tables/types.ts'

/** Facts as people type them: a minus of any kind, a comma in a number, `true` and `false` of a choice. Nothing typed is not known. */
export function typedFacts(inputs: readonly Input[], typed: (id: string) => string | undefined): Facts {
  return Object.fromEntries(
    inputs.filter(isFact).flatMap((input): [string, Fact][] => {
      const text = typed(input.id)?.trim()
      return text ? [[input.id, factOf(input, text)]] : []
    }),
  )
}

function factOf({ type }: Input, text: string): Fact {
  switch (type) {
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text
    case 'integer':
    case 'number': {
      const figures = text.replace(/[−–]/g, '-').replace(',', '.')
      return /^[-+]?\d{1,15}(\.\d{1,15})?$/.test(figures) ? Number(figures) : text
    }
    default:
      return text
  }
}

import type { AnswerKind, ConsultationOutcome, CountedBy, Silence, Tally } from '../../types/consultations.ts'

/** Counts what the parties said last; one that said nothing is silent. */
export function tallyOf(answers: readonly (AnswerKind | undefined)[]): Tally {
  const count = (kind: AnswerKind | undefined) => answers.filter((answer) => answer === kind).length
  return {
    parties: answers.length,
    agree: count('agree'),
    agreeWithRemarks: count('agree-with-remarks'),
    object: count('object'),
    noRemarks: count('no-remarks'),
    silent: count(undefined),
  }
}

/** How the parties stand once silence has its meaning. Whoever has no remarks lets it pass: less than that silence never means. */
export function sidesOf(tally: Tally, silence: Silence): { counted: number; agree: number; object: number } {
  const { parties, agree, agreeWithRemarks, noRemarks, object, silent } = tally
  return {
    counted: parties - (silence === 'not-counted' ? silent : 0),
    agree: agree + agreeWithRemarks + noRemarks + (silence === 'agrees' ? silent : 0),
    object: object + (silence === 'objects' ? silent : 0),
  }
}

/**
 * GOV-5: what came of a consultation, by the way in which the body decides. By consensus nobody objects; by majority more agree than object; in
 * unanimity everybody who counts agrees. Where nobody took a side, both sides are even, or the way is not known, the chair says what came of it.
 */
export function outcomeOf(tally: Tally, silence: Silence, countedBy: CountedBy | undefined): ConsultationOutcome {
  const { counted, agree, object } = sidesOf(tally, silence)
  if (countedBy === undefined || agree + object === 0) return 'open'
  switch (countedBy) {
    case 'consensus':
      return object === 0 ? 'agreed' : 'declined'
    case 'majority':
      if (agree === object) return 'open'
      return agree > object ? 'agreed' : 'declined'
    case 'unanimity':
      return agree === counted ? 'agreed' : 'declined'
  }
}

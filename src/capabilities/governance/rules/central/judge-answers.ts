import type { CentralAnswers, CentralField, CentralReply, Prefilled } from '../../types/central.ts'

export interface AnswersMistake {
  field: string
  mistake: 'missing' | 'number' | 'yes-no' | 'unasked'
}

/** What is wrong with the answers of a municipality (GOV-15). A draft may leave anything open, but nothing may be of the wrong kind. */
export function judgeAnswers(
  fields: readonly CentralField[],
  answers: CentralAnswers,
  send: boolean,
): AnswersMistake[] {
  const unasked = Object.keys(answers).filter((id) => !fields.some((field) => field.id === id))
  return [
    ...unasked.map((field): AnswersMistake => ({ field, mistake: 'unasked' })),
    ...fields.flatMap(({ id, type, optional }): AnswersMistake[] => {
      const answer = answers[id] ?? ''
      if (answer === '') return send && !optional ? [{ field: id, mistake: 'missing' }] : []
      if (type === 'number' && !isNumber(answer)) return [{ field: id, mistake: 'number' }]
      return type === 'yes-no' && !['yes', 'no'].includes(answer) ? [{ field: id, mistake: 'yes-no' }] : []
    }),
  ]
}

export const isNumber = (text: string): boolean => /^\d{1,12}([.,]\d{1,6})?$/.test(text)

export interface Known {
  /** what the municipality answered last, by id of the question */
  answers: CentralAnswers
  from: string
}

/** What each question begins with: a figure that is counted goes before what was typed last time. */
export function prefill(
  fields: readonly CentralField[],
  last: Known | undefined,
  figures: ReadonlyMap<string, { value: string; source: string }>,
): Prefilled {
  return Object.fromEntries(
    fields.flatMap(({ id, figure, type }): [string, { value: string; from: string }][] => {
      const counted = figure === undefined ? undefined : figures.get(figure)
      if (counted && (type !== 'number' || isNumber(counted.value)))
        return [[id, { value: counted.value, from: counted.source }]]
      const answered = last?.answers[id]
      return last && answered ? [[id, { value: answered, from: last.from }]] : []
    }),
  )
}

export type ReplyMistake = 'no-reply' | 'not-agreed' | 'before-asked' | 'approved' | 'not-approved' | 'sent'

/** What stands against the next step of a joint answer: it is written, then approved, then sent, each once. */
export function judgeReply(
  step: 'write' | 'approve' | 'send',
  reply: CentralReply | undefined,
): Extract<ReplyMistake, 'no-reply' | 'approved' | 'not-approved' | 'sent'> | undefined {
  if (step === 'write') return reply?.decision ? 'approved' : undefined
  if (!reply) return 'no-reply'
  if (step === 'approve') return reply.decision ? 'approved' : undefined
  if (!reply.decision) return 'not-approved'
  return reply.sentAt ? 'sent' : undefined
}

/** Days on which municipalities that have not answered are reminded: half-time and the day before. */
export function reminderDays(opened: string, due: string): string[] {
  const at = (day: string) => Date.parse(`${day}T00:00:00Z`)
  const dayOf = (moment: number) => new Date(moment).toISOString().slice(0, 10)
  const half = at(opened) + Math.floor((at(due) - at(opened)) / 2 / 86_400_000) * 86_400_000
  const before = at(due) - 86_400_000
  return [...new Set([half, before])].filter((moment) => moment > at(opened)).map(dayOf)
}

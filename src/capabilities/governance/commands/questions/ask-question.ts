import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { invalid, ok } from '../../../../platform/access/outcome.ts'
import { dayIn } from '../../../../platform/i18n/day.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { mayAskQuestion } from '../../permissions/rules.ts'
import { asker } from '../../store/questions/read-questions.ts'
import { saveQuestion } from '../../store/questions/save-question.ts'
import { bodyBySlug } from '../../store/read-body.ts'
import { ruleOn } from '../../store/rules/read-rules.ts'
import { QuestionKind, questionKind } from '../../types/questions.ts'
import { Slug } from '../../types.ts'
import { shortText } from '../short-text.ts'

/** Asks a question of law, tariff, practice or diverging views; the rules of the region say which group answers (GOV-16). */
export const askQuestion = command({
  audit: 'governance.question.ask',
  input: z.object({
    /** slug of the authority for which it is asked */
    organisation: Slug,
    kind: QuestionKind,
    title: shortText(300),
    words: shortText(10_000),
  }),
  async subject(tx, input) {
    const found = await asker(tx, input.organisation)
    return found && { ...found, organisation: found.id }
  },
  permission: mayAskQuestion,
  async run(work, input, { id, pack }) {
    const rule = pack === undefined ? undefined : await ruleOn(work.tx, pack, 'question', dayIn(work.now, 'UTC'))
    const outcome = rule?.evaluate({ kind: input.kind })
    const slug = outcome?.is === 'decided' ? outcome.outputs.body : undefined
    const body = typeof slug === 'string' ? await bodyBySlug(work.tx, slug) : undefined
    if (!pack || !rule || !body) return invalid({ path: 'kind', message: m.governance_questions_no_group() })
    const saved = await saveQuestion(work.tx, {
      pack,
      year: Number(dayIn(work.now, body.timeZone).slice(0, 4)),
      kind: input.kind,
      body: body.id,
      rule: rule.version.id,
      title: input.title,
      words: input.words,
      organisation: id,
      by: work.actor?.account ?? '',
    })
    work.about({ kind: questionKind, id: saved.id, detail: { body: body.profile.slug, kind: input.kind } })
    return ok({ ...saved, body: body.profile.slug })
  },
})

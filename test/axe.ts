import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { AxeResults, Result } from 'axe-core'
import type { Page } from 'playwright-core'
import { z } from 'zod'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe could not decide, and what a person found when they looked. */
const Answers = z.array(
  z.object({
    rule: z.string(),
    /** every element that axe names must match this selector */
    where: z.string(),
    answer: z.string().min(20),
  }),
)
export const answers = Answers.parse(JSON.parse(readFileSync(join(import.meta.dirname, 'axe-incomplete.json'), 'utf8')))

/** A finding as one line: rule, element, reason. */
export interface Finding {
  rule: string
  element: string
  why: string
}

/** @param without rules that say nothing here @returns what axe-core finds wrong on the page, and what it could not decide and nobody has answered */
export async function examine(
  page: Page,
  without: readonly string[] = [],
): Promise<{ violations: Finding[]; unanswered: Finding[]; used: string[] }> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source)
  // colours on their way from one to the other are neither
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)))
  const results: AxeResults = await page.evaluate(async (disabled) => {
    const { axe } = window as unknown as { axe: { run(context: Document, options: object): Promise<AxeResults> } }
    return axe.run(document, {
      resultTypes: ['violations', 'incomplete'],
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      rules: Object.fromEntries(disabled.map((rule) => [rule, { enabled: false }])),
    })
  }, without)
  const undecided = results.incomplete.flatMap(findings)
  const used = new Set<string>()
  const unanswered: Finding[] = []
  for (const finding of undecided) {
    const answer = await firstAsync(
      answers,
      async ({ rule, where }) => rule === finding.rule && (await matches(page, finding.element, where)),
    )
    if (answer) used.add(`${answer.rule} ${answer.where}`)
    else unanswered.push(finding)
  }
  return { violations: results.violations.flatMap(findings), unanswered, used: [...used] }
}

function findings(result: Result): Finding[] {
  return result.nodes.map((node) => ({
    rule: result.id,
    element: node.target.join(' '),
    why: (
      node.failureSummary ?? [...node.any, ...node.all, ...node.none].map(({ message }) => message).join('; ')
    ).replaceAll('\n', ' '),
  }))
}

function matches(page: Page, element: string, where: string): Promise<boolean> {
  return page.evaluate(([target, wanted]) => document.querySelector(target)?.matches(wanted) ?? false, [
    element,
    where,
  ] as const)
}

async function firstAsync<T>(items: readonly T[], fits: (item: T) => Promise<boolean>): Promise<T | undefined> {
  for (const item of items) if (await fits(item)) return item
  return undefined
}

import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { invalid, late, ok } from '../../../../platform/access/outcome.ts'
import { dayAfter } from '../../../../platform/calendar/working-days.ts'
import { dayIn } from '../../../../platform/i18n/day.ts'
import { formatDay } from '../../../../platform/i18n/format.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { locales, Text } from '../../../../platform/i18n/text.ts'
import { mayKeep } from '../../permissions/agreements.ts'
import { nextFirstYear, periodFrom, periodName, ratifyBy } from '../../rules/agreements/period.ts'
import {
  type Agreement,
  agreementBefore,
  amendmentsOf,
  frameworkRuleOf,
  holdAgreement,
} from '../../store/agreements/read-agreement.ts'
import { saveAgreement } from '../../store/agreements/save-agreement.ts'
import { type FrameworkRule, frameworkKind } from '../../types/agreements.ts'
import { Day, Slug } from '../../types.ts'

/** Begins the draft of the next framework agreement of a region (GOV-6). Its rule says which years it can have. */
export const beginAgreement = command({
  audit: 'governance.framework.begin',
  input: z.object({
    pack: z.string().max(40),
    /** the year in which it begins; without it the next one that the rule allows */
    year: z.coerce.number().int().min(1990).max(2200).optional(),
    /** in the language of the agreement; without it the name that the rule gives, and the period */
    title: z.string().trim().min(3).max(200).optional(),
  }),
  subject: (tx, input) => frameworkRuleOf(tx, input.pack),
  permission: mayKeep,
  async run(work, input, { rule, organisation, timeZone }) {
    const next = nextFirstYear(rule, dayIn(work.now, timeZone))
    const period = periodFrom(rule, input.year ?? next)
    if (!period) return invalid({ path: 'year', message: m.governance_framework_no_such_year({ year: String(next) }) })
    const name = periodName(period)
    const predecessor = await agreementBefore(work.tx, input.pack, period.since)
    const slug = `${rule.slug}-${name}`
    if (await holdAgreement(work.tx, slug)) return late(m.governance_framework_begun_already())
    const made = await saveAgreement(work.tx, {
      slug,
      pack: input.pack,
      title: input.title ? { [rule.language]: input.title } : titled(rule, name.replace('-', '–')),
      ...period,
      way: openWay(rule),
      organisation,
      amends: undefined,
      predecessor: predecessor?.id,
      ratifyBy: ratifyBy(rule, period.since),
      by: work.actor?.account ?? '',
    })
    if (!made) return late(m.governance_framework_begun_already())
    if (predecessor)
      work.thread.link({ kind: frameworkKind, id: made.id }, 'succeeds', { kind: frameworkKind, id: predecessor.id })
    work.about({ kind: frameworkKind, id: made.id, detail: { agreement: slug } })
    return ok({ id: made.id, slug })
  },
})

/** Begins the draft of an amendment to an agreement in force, on the way that its rule offers for it (GOV-6). */
export const beginAmendment = command({
  audit: 'governance.framework.amend',
  input: z.object({
    slug: Slug,
    /** what it changes, in the language of the agreement */
    title: z.string().trim().min(3).max(200),
    /** the first day on which it may hold */
    since: Day,
    way: Slug,
  }),
  subject: (tx, input) => holdAgreement(tx, input.slug),
  permission: mayKeep,
  async run(work, input, agreement) {
    const { rule } = agreement
    if (agreement.state !== 'in-force' || agreement.amends) return late(m.governance_framework_not_in_force())
    if (!rule.ways.some(({ slug }) => slug === input.way)) return invalid({ path: 'way', message: m.form_choose_one() })
    if (input.since < agreement.since || input.since >= agreement.until)
      return invalid({
        path: 'since',
        message: m.governance_framework_outside_period({
          since: formatDay(agreement.since),
          until: formatDay(agreement.until),
        }),
      })
    const before = await amendmentsOf(work.tx, agreement.id)
    const slug = `${agreement.slug}-amendment-${before.length + 1}`
    const made = await saveAgreement(work.tx, {
      slug,
      pack: agreement.pack,
      title: { [rule.language]: input.title },
      since: input.since,
      until: agreement.until,
      way: input.way,
      organisation: agreement.organisation,
      amends: agreement.id,
      predecessor: undefined,
      ratifyBy: dayBeforeOrOn(agreement, input.since),
      by: work.actor?.account ?? '',
    })
    if (!made) return late(m.governance_framework_begun_already())
    work.thread.link({ kind: frameworkKind, id: made.id }, 'amends', { kind: frameworkKind, id: agreement.id })
    work.about({ kind: frameworkKind, id: made.id, detail: { agreement: slug } })
    return ok({ id: made.id, slug })
  },
})

/** An amendment is ratified before its first day. */
const dayBeforeOrOn = ({ since }: Agreement, day: string) => (day > since ? dayAfter(day, -1) : day)

function openWay(rule: FrameworkRule): string {
  const way = rule.ways.find(({ amendsOnly }) => !amendsOnly)
  if (!way) throw new Error(`the rule ${rule.slug} opens no way`)
  return way.slug
}

/** "Rammeaftale 2027–28", in each language in which the rule has a name. */
function titled({ names }: FrameworkRule, period: string): Text {
  const words = locales.flatMap((locale) => (names[locale] ? [[locale, `${names[locale]} ${period}`] as const] : []))
  return Text.parse({ ...Object.fromEntries(words), ...(names.draft ? { draft: names.draft } : {}) })
}

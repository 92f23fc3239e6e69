import type { DemoStage } from '../../platform/demo/stage.ts'
import { dayIn } from '../../platform/i18n/day.ts'
import { attachLink } from './commands/agreements/attach-link.ts'
import { beginAgreement } from './commands/agreements/begin-agreement.ts'
import { bringIntoForce, passStep, settleText } from './commands/agreements/move-agreement.ts'
import { ratifyAgreement } from './commands/agreements/ratify.ts'
import { sendToConsultation } from './commands/agreements/send-to-consultation.ts'
import { proposeWords, writePart } from './commands/agreements/write-part.ts'
import { confirmConsultation, publishConsultation } from './commands/consultations/confirm-consultation.ts'
import { recordDecision } from './commands/record-decision.ts'
import { offersInScope } from './demo-agreement-offers.ts'
import { afterConsultation, type DemoPart, lastTexts, nextTexts, proposed } from './demo-agreement-texts.ts'
import { nextFirstYear, periodFrom, periodName } from './rules/agreements/period.ts'
import { agreementBySlug, frameworkRuleOf } from './store/agreements/read-agreement.ts'
import type { FrameworkRule } from './types/agreements.ts'

const pack = 'dk-midtjylland'
const email = 'secretariat.viborg@example.org'

/** So many days before an agreement begins each step was taken. */
const calendar = { begin: 330, write: 300, propose: 250, send: 215, confirm: 170, change: 166, settle: 165 }
const steps = [150, 135, 115]
/** the first council and the last one; between them they come one by one */
const ratifications = { first: 95, last: 8 }

/** Two framework agreements of Midtjylland: the last one in force, the next one as far as the calendar says. Titles say that they are invented. */
export async function playAgreements(stage: DemoStage): Promise<void> {
  if (!stage.packs.has(pack)) return
  const kept = await stage.transact((tx) => frameworkRuleOf(tx, pack))
  if (!kept) return
  const today = dayIn(stage.now, kept.timeZone)
  const next = nextFirstYear(kept.rule, today)
  await playOne(stage, kept.rule, next - kept.rule.years, lastTexts, today)
  await playOne(stage, kept.rule, next, nextTexts, today)
}

async function playOne(
  stage: DemoStage,
  rule: FrameworkRule,
  year: number,
  texts: readonly DemoPart[],
  today: string,
): Promise<void> {
  const period = periodFrom(rule, year)
  if (!period) return
  const name = periodName(period)
  const slug = `${rule.slug}-${name}`
  /** So many days ago was the day that lies so many days before it begins; at the latest the day before yesterday for what stands in any case. */
  const ago = (before: number) => Math.round((Date.parse(today) - Date.parse(period.since)) / 86_400_000) + before
  const dayBefore = (before: number) =>
    new Date(Date.parse(period.since) - before * 86_400_000).toISOString().slice(0, 10)
  const act: DemoStage['perform'] = (key, command, input, by) =>
    stage.perform(`agreement ${slug} ${key}`, command, input, by)
  const by = (before: number) => ({ email, daysAgo: ago(before) })
  const version = async () => (await stage.transact((tx) => agreementBySlug(tx, slug)))?.version ?? 1

  const begun = Math.max(calendar.begin, -ago(0) + 3)
  await act(
    'begin',
    beginAgreement,
    { pack, year, title: `Eksempel: Rammeaftale ${name.replace('-', '–')}` },
    by(begun),
  )
  for (const { part, as, versions } of texts) {
    if (ago(calendar.write) < 0) return
    for (const [at, { words, reason }] of versions.entries())
      await act(
        `write ${part} ${at}`,
        writePart,
        {
          slug,
          part,
          as,
          version: at,
          words,
          ...(reason ? { reason } : {}),
          ...(part === 'omfattede-tilbud' ? { offers: offersInScope.map((offer) => ({ offer })) } : {}),
        },
        by(calendar.write - at),
      )
  }
  await act(
    'evidence',
    attachLink,
    { slug, purpose: 'supply', title: 'Udbud og behov i regionen', target: '/supply' },
    by(calendar.write),
  )
  await act(
    'tariffs',
    attachLink,
    { slug, purpose: 'tariffs', title: 'Takster og belægning', target: '/tariffs' },
    by(calendar.write),
  )
  await act(
    'contribution',
    attachLink,
    {
      slug,
      purpose: 'contribution',
      title: 'Eksempel: Tre ønsker til den nye aftale',
      target: '/bodies/dialogforum',
      source: 'Eksempel: Fællesrådet for pårørende',
    },
    by(calendar.propose),
  )
  if (ago(calendar.propose) < 0) return
  await act('propose', proposeWords, { slug, as: 'forretningsudvalget', version: 1, ...proposed }, by(calendar.propose))
  if (ago(calendar.send) < 0) return
  await act('send', sendToConsultation('https://example.org'), { slug, version: await version() }, by(calendar.send))
  if (ago(calendar.confirm) < 0) return
  const id = (await stage.transact((tx) => agreementBySlug(tx, slug)))?.consultation ?? ''
  await act(
    'confirm',
    confirmConsultation,
    { id, word: 'Eksempel: aftalt på mødet', outcome: 'agreed', reason: 'Ingen har sagt nej' },
    by(calendar.confirm),
  )
  await act('publish', publishConsultation, { id }, by(calendar.confirm))
  if (texts === nextTexts)
    await act('change', writePart, { slug, as: 'takstgruppen', version: 1, ...afterConsultation }, by(calendar.change))
  await act('settle', settleText, { slug, version: await version() }, by(calendar.settle))
  const way = rule.ways[0]
  for (const [at, body] of (way?.steps ?? []).entries()) {
    const before = steps[at] ?? 0
    if (ago(before) < 0) return
    await act(
      `decide ${body}`,
      recordDecision,
      {
        body,
        matter: rule.matter,
        decidedOn: dayBefore(before),
        outcome: 'agreed',
        title: { [rule.language]: `Eksempel: Rammeaftale ${name.replace('-', '–')}` },
      },
      by(before),
    )
    await act(`step ${body}`, passStep, { slug }, by(before))
  }
  const parties = way?.ratifiedBy ?? []
  const ratify = ratifyAgreement()
  const gap = (ratifications.first - ratifications.last) / Math.max(1, parties.length - 1)
  for (const [at, body] of parties.entries()) {
    const before = Math.round(ratifications.first - at * gap)
    if (ago(before) < 0) return
    await act(
      `ratify ${body}`,
      ratify,
      { slug, body, decidedOn: dayBefore(before), number: `${20 + at}` },
      by(before - (ago(before) > 0 ? 1 : 0)),
    )
  }
  if (ago(0) < 0) return
  await act('force', bringIntoForce, { slug, version: await version() }, by(0))
  const half = 365 / 2
  if (ago(-half) > 0)
    await act(
      'report',
      attachLink,
      {
        slug,
        purpose: 'report',
        title: 'Eksempel: Status efter det første halve år',
        target: '/bodies/dassos',
      },
      by(-Math.floor(half)),
    )
}
